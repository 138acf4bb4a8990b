"""Letters: choose one, fill its blanks, read it, take it out of the pane, say whether it left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, request
from markupsafe import Markup

from addin.actions import insert_letter
from addin.actions.discard_letter import discard_letter
from addin.actions.insert_letter import Written
from addin.actions.remember_blanks import remember_blanks
from addin.core.addresses import read_addresses
from addin.core.book import Book
from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.errors import NotFound
from addin.core.letters import fill, guard, preview_html
from addin.core.proposed import asked_before
from addin.core.sendings import ASKING, STAGE
from addin.core.stages import Blank, Letter, Stage
from addin.web.desk import desk
from addin.web.pane import forms, fragments
from addin.web.pane.fragments import Toast
from addin.web.pane.today import show_today

letters = fragments.column("letters")

# The blanks of a letter travel under this prefix: a blank may bear any name, "to" and "letter" included.
PREFIX = "b-"
INPUTS = {"date": "date", "time": "time", "datetime": "datetime-local", "email": "email", "phone": "tel", "url": "url", "number": "number"}


@dataclass(frozen=True)
class Line:
    """Show one blank as a field: its value as the field takes it, and whether the letter still waits for it."""

    blank: Blank
    name: str
    input: str
    value: str
    missing: bool


@dataclass(frozen=True)
class Choice:
    """Hold what was chosen: which letter, for whom, about what, and what was typed."""

    reference: str
    contact: str
    to: str
    datasets: tuple[str, ...]
    given: Mapping[str, str]


def _choice(book: Book) -> Choice:
    """Read the choice of this request. A data set's first contact is suggested when nobody was chosen."""
    reference = forms.text("reference") or "/".join(filter(None, (forms.text("stage"), forms.text("letter") or "letter")))
    if reference == "letter":
        reference = ""
    datasets = forms.texts("dataset")
    contact, to = forms.text("contact"), forms.text("to")
    if not contact and not to and request.method == "GET" and len(datasets) == 1 and datasets[0] in book.datasets:
        thought = book.datasets[datasets[0]].contact or ""
        contact = thought if thought in book.contacts else ""
    given = {name.removeprefix(PREFIX): value for name, value in request.values.items() if name.startswith(PREFIX)}
    return Choice(reference, contact, "" if contact else to, datasets, given)


def _write(choice: Choice) -> Written:
    return insert_letter.write(
        desk(),
        choice.reference,
        contact=choice.contact,
        to=read_addresses(choice.to, where="to"),
        datasets=choice.datasets,
        given=choice.given,
    )


def _typed(value: object) -> str:
    """Give a value as a form field takes it."""
    if isinstance(value, tuple):
        return "\n".join(str(part) for part in value)
    if isinstance(value, date):
        return value.isoformat()[:16]
    return "" if value is None else str(value)


def _lines(book: Book, written: Written, choice: Choice) -> list[Line]:
    """Give every blank of the letter with the value it has now."""
    contact = book.contacts.get(choice.contact)
    if contact is None and written.to:
        contact = next((one for one in book.contacts.values() if written.to[0].email in one.emails), None)
        contact = contact or Contact(id="", name=written.to[0].name, emails=(written.to[0].email,))
    chosen: Sequence[Dataset] = [book.datasets[key] for key in written.datasets]
    values = fill(written.stage, written.letter, book, contact=contact, datasets=chosen, given=choice.given, now=fragments.local_now(book))
    return [
        Line(blank, PREFIX + blank.name, _input(blank), _typed(values.get(blank.name)), blank.name in written.draft.missing)
        for blank in written.letter.blanks
    ]


def _input(blank: Blank) -> str:
    return "longtext" if blank.type in ("longtext", "datasets") else INPUTS.get(blank.type, "text")


def _kind_of_choice(letter: Letter) -> str:
    """Tell how a letter speaks of data sets: of "one", of "many", or "" of none."""
    types = {blank.type for blank in letter.blanks}
    return "many" if "datasets" in types else "one" if "dataset" in types else ""


@letters.get("/views/letters", endpoint="letters")
def show_letters() -> str:
    """Show the letter chosen, or the choice."""
    book = fragments.book()
    choice = _choice(book)
    stages = desk().shelf.stages()
    people = sorted(book.contacts.values(), key=lambda one: fragments.order(one.label))
    sets = sorted((one for one in book.datasets.values() if one.wanted), key=lambda one: fragments.order(one.title))
    common: dict[str, Any] = {
        "column": "write",
        "organisation": book.organisation,
        "book": book,
        "stages": stages,
        "people": people,
        "sets": sets,
        "choice": choice,
    }
    if not choice.reference:
        return fragments.show("letters/choose.html", **common)
    written = _write(choice)
    lines = _lines(book, written, choice)
    return fragments.show(
        "letters/letter.html",
        **common,
        lines=lines,
        asked_before=_asked_before(book, written, choice),
        speaks_of=_kind_of_choice(written.letter),
        **_draft(written),
    )


def _asked_before(book: Book, written: Written, choice: Choice) -> str:
    """Say when the reader was already asked about the same data set, before the question is put again."""
    if written.stage.id != STAGE or written.letter.id not in ASKING:
        return ""
    return next(filter(None, (asked_before(book, choice.contact, key) for key in written.datasets)), "")


@letters.post("/views/letters/preview")
def preview() -> str:
    """Show the letter anew, with what was typed since."""
    book = fragments.book()
    written = _write(_choice(book))
    return fragments.show("letters/draft.html", column="write", organisation=book.organisation, **_draft(written))


def _draft(written: Written) -> dict[str, Any]:
    stage: Stage = written.stage
    # the fragment is escaped where it is made (core/prose) and holds neither style nor script
    sheet = Markup(preview_html(written.draft))  # noqa: S704
    return {"written": written, "draft": written.draft, "stage": stage, "letter": written.letter, "sheet": sheet}


@letters.post("/letters/prepare")
def prepare() -> Response:
    """Keep the letter as prepared and give it as a draft; the header X-Message names it, X-Due the date an answer is awaited."""
    book = fragments.book()
    choice = _choice(book)
    written = _write(choice)
    guard(written.draft)
    remember_blanks(desk(), written.letter, choice.given)
    prepared = insert_letter.prepare(desk(), written, contact=choice.contact)
    due = next((line.value for line in _lines(book, written, choice) if line.blank.source == "deadline.reply"), "")
    answer = Response(prepared.eml, content_type="message/rfc822")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{written.stage.id}-{written.letter.id}.eml")
    answer.headers["X-Message"] = prepared.message.id
    answer.headers["X-Due"] = due
    return answer


@letters.get("/views/letters/prepared/<message_id>")
def prepared(message_id: str) -> str:
    """Ask whether a letter that was just prepared has left."""
    book = fragments.book()
    message = book.messages.get(message_id)
    if message is None:
        raise NotFound("Ce courrier n’existe pas.")
    addresses = ", ".join(book.contacts[key].email for key in message.contacts if key in book.contacts)
    return fragments.show(
        "letters/prepared.html",
        column="write",
        organisation=book.organisation,
        message=message,
        addresses=addresses,
        way=forms.text("way"),
        due=forms.text("due"),
    )


@letters.post("/views/letters/settle")
def settle() -> str:
    """Note that a prepared letter left, or that it never will."""
    message_id = forms.text("message")
    if forms.text("gone") != "yes":
        discard_letter(desk(), message_id)
        return show_today(Toast("Courrier laissé de côté."))
    sent = insert_letter.note_sent(desk(), message_id, due=forms.day("due"))
    words = "Envoi déjà noté." if sent.already else "Envoi consigné\u00a0✓"
    return show_today(Toast(words, sent.action))
