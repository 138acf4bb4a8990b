"""Reminders: the queue of today, each letter written and shown; prepared with a click, sent by the user alone."""

from dataclasses import dataclass
from typing import Any

from flask import Response

from addin.actions.prepare_reminders import Reminder, draft_of, prepare_all, prepare_reminder, queue
from addin.core.book import Book
from addin.core.errors import BadInput
from addin.core.french import to as to_whom
from addin.web.desk import desk
from addin.web.pane import forms, fragments
from addin.web.pane.fragments import Toast

reminders = fragments.column("reminders")

# The blanks of a letter travel under this prefix, as in the letters' own form.
PREFIX = "b-"


@dataclass(frozen=True)
class Row:
    """Show one reminder: who keeps silent about what, the letter, and the blanks that a person should look at."""

    reminder: Reminder
    who: str
    about: str
    reader: str
    call: str
    given: dict[str, Any]


def _row(reminder: Reminder, book: Book) -> Row:
    def label(id: str) -> str:
        return book.contacts[id].label if id in book.contacts else ""

    owed = reminder.owed
    return Row(
        reminder=reminder,
        who=label(owed.contact),
        about=", ".join(book.datasets[id].title for id in owed.datasets if id in book.datasets),
        reader=to_whom(label(reminder.reader)) if reminder.reader not in ("", owed.contact) else "",
        call=reminder.given.get("appel_debut", ""),
        given={PREFIX + name: value for name, value in reminder.given.items()},
    )


@reminders.get("/views/reminders", endpoint="reminders")
def show_reminders(toast: Toast | None = None) -> str:
    """Show the reminders of today, ready to be prepared, and those that wait with the reason."""
    book = fragments.book()
    due, later = queue(desk())
    return fragments.show(
        "reminders/reminders.html",
        column="today",
        view="/pane/views/reminders",
        toast=toast,
        organisation=book.organisation,
        book=book,
        rows=[_row(reminder, book) for reminder in due],
        later=later,
        ready=sum(one.ready and one.message is None for one in due),
    )


@reminders.post("/views/reminders/prepare", endpoint="prepare")
def prepare() -> str:
    """Keep one reminder as prepared."""
    given = {name.removeprefix(PREFIX): value for name, value in forms.typed(("b-appel_debut",)).items()}
    prepared = prepare_reminder(desk(), forms.text("contact"), forms.texts("dataset"), given)
    return show_reminders(Toast(f"Relance préparée\u00a0: «\u00a0{prepared.message.subject}\u00a0». Rien n’est parti."))


@reminders.post("/views/reminders/all", endpoint="prepare_every")
def prepare_every() -> str:
    """Keep every reminder of today as prepared."""
    made = prepare_all(desk())
    if not made:
        raise BadInput("Aucune relance n’est prête\u00a0: complétez-les d’abord.", where="all")
    words = f"{len(made)} relances préparées" if len(made) > 1 else "Une relance préparée"
    return show_reminders(Toast(f"{words}. Rien n’est parti\u00a0: envoyez-les depuis votre messagerie."))


@reminders.get("/files/reminders/<message_id>.eml", endpoint="draft")
def draft(message_id: str) -> Response:
    """Give a prepared reminder as a draft that a mail program opens."""
    answer = Response(draft_of(desk(), message_id), content_type="message/rfc822")
    answer.headers.set("Content-Disposition", "attachment", filename="relance.eml")
    return answer
