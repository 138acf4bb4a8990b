"""The reminders: who owes an answer today, and the letter that comes next."""

from datetime import date
from typing import Annotated, Any

from msgspec import Meta, Struct

from addin.actions.prepare_reminders import prepare_reminder
from addin.core.book import current
from addin.core.reminders import owed_answers
from addin.core.timezones import zone_of
from addin.core.working_days import WorkingDays
from addin.web.api.table import Says, Sends, Table
from addin.web.desk import desk

TABLE = Table("relances")


class OwedOut(Struct, frozen=True, kw_only=True):
    """Show one answer owed: by whom, about what, since when, how late in working days, and the letter of stage 3 to send.

    `hidden` says why nobody should be reminded now, `tone` how the letter speaks, `prepared` the message once it is prepared.
    """

    contact: str
    datasets: list[str]
    since: date
    due: date
    late_by: int
    level: int
    letter: str
    reminders: int
    message: str | None
    message_id: str | None
    promise: bool
    hidden: str | None
    tone: str
    prepared: str | None


Id = Annotated[str, Meta(min_length=1, max_length=100)]
Text = Annotated[str, Meta(max_length=500)]


class ReminderOrder(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Prepare the reminder that a contact's silence about data sets calls for; `values` fill its blanks."""

    contact: Id
    datasets: Annotated[list[Id], Meta(min_length=1, max_length=200)]
    values: dict[str, Text] = {}


class ReminderOut(Struct, frozen=True, kw_only=True):
    """Say which reminder is prepared: the id of its message and its Message-ID. Nothing has left."""

    message: str
    message_id: str
    subject: str
    letter: str


@TABLE.route("POST", "/reminders/prepare", "Préparer une relance, sans rien envoyer", Says(201, "La relance est prête.", ReminderOut))
def draft_reminder(body: ReminderOrder) -> Any:
    """Keep a reminder as prepared, in the thread of the first letter; the same one twice stays one."""
    kept = prepare_reminder(desk(), body.contact, body.datasets, body.values).message
    return Sends(ReminderOut(message=kept.id, message_id=kept.message_id, subject=kept.subject, letter=kept.letter), status=201)


@TABLE.route("GET", "/reminders", "Qui doit une réponse aujourd’hui", Says(200, "Les réponses attendues.", list[OwedOut]))
def list_reminders() -> Any:
    """List the answers owed, the latest first."""
    opened = desk()
    book = current(opened.logbook.read())
    today = opened.clock().astimezone(zone_of(book.organisation)).date()
    return [
        OwedOut(
            contact=owed.contact,
            datasets=list(owed.datasets),
            since=owed.since,
            due=owed.due,
            late_by=owed.late_by,
            level=owed.level,
            letter=owed.letter,
            reminders=owed.reminders,
            message=owed.message or None,
            message_id=owed.message_id or None,
            promise=owed.promise,
            hidden=owed.hidden or None,
            tone=owed.tone,
            prepared=owed.prepared or None,
        )
        for owed in owed_answers(book, today=today, days=WorkingDays(book.organisation, school=True))
    ]
