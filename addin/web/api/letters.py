"""The letters: list, write one, give it as a draft, keep it as prepared."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from addin.actions.insert_letter import Written, prepare, write
from addin.core.addresses import read_address
from addin.core.stages import Attachment, Link
from addin.web.api.stages import BlankOut, blank_out
from addin.web.api.table import JSON, MAIL, Says, Sends, Table
from addin.web.desk import desk

TABLE = Table("courriers")

Name = Annotated[str, Meta(min_length=1, max_length=100)]
Typed = Annotated[str, Meta(max_length=20_000)]
Line = Annotated[str, Meta(max_length=500)]


class LetterSummary(Struct, frozen=True, kw_only=True):
    """Name one letter of one stage, with its blanks."""

    stage: str
    letter: str
    title: str
    subject: str
    when: str | None
    blanks: list[BlankOut]


class LetterOrder(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Order a letter. `stage` is a number or an id; `contact` an id or `to` addresses; `datasets` ids; `values` what the blanks hold.

    With `record` the letter is kept as prepared, and an answer to it will be recognised.
    """

    stage: Name
    letter: Name = "letter"
    to: Annotated[list[Line], Meta(max_length=100)] = []
    contact: Name | None = None
    datasets: Annotated[list[Name], Meta(max_length=200)] = []
    values: dict[Name, Typed] = {}
    record: bool = False


class WrittenOut(Struct, frozen=True, kw_only=True):
    """Show a written letter. `missing` names the blanks without value; `message`, `message_id` and `action` are null unless it was kept."""

    stage: str
    letter: str
    subject: str
    text: str
    html: str
    to: list[str]
    missing: list[str]
    attachments: list[Attachment]
    links: list[Link]
    message: str | None
    message_id: str | None
    action: str | None


def written_out(written: Written, *, message: str | None = None, message_id: str | None = None, action: str | None = None) -> WrittenOut:
    """Give a written letter in the shape of the contract."""
    draft = written.draft
    return WrittenOut(
        stage=draft.stage,
        letter=draft.letter,
        subject=draft.subject,
        text=draft.text,
        html=draft.html,
        to=[str(box) for box in written.to],
        missing=list(draft.missing),
        attachments=list(draft.attachments),
        links=list(draft.links),
        message=message,
        message_id=message_id,
        action=action,
    )


def _write(order: LetterOrder) -> Written:
    return write(
        desk(),
        f"{order.stage}/{order.letter}",
        contact=order.contact or "",
        to=[read_address(address, where="to") for address in order.to],
        datasets=order.datasets,
        given=order.values,
    )


@TABLE.route("GET", "/letters", "Les courriers de toutes les étapes", Says(200, "Les courriers.", list[LetterSummary]))
def list_letters() -> Any:
    """List the letters."""
    return [
        LetterSummary(
            stage=stage.id,
            letter=letter.id,
            title=letter.title,
            subject=letter.subject,
            when=letter.when or None,
            blanks=[blank_out(blank) for blank in letter.blanks],
        )
        for stage in desk().shelf.stages()
        for letter in stage.letters
    ]


@TABLE.route(
    "POST",
    "/letters",
    "Écrire un courrier",
    Says(200, "Le courrier écrit, que rien ne garde.", WrittenOut),
    Says(201, "Le courrier écrit et gardé comme préparé.", WrittenOut),
    bodies={JSON: LetterOrder},
)
def write_letter(body: LetterOrder) -> Any:
    """Write a letter, and keep it if asked."""
    written = _write(body)
    if not body.record:
        return written_out(written)
    kept = prepare(desk(), written, contact=body.contact or "")
    value = written_out(written, message=kept.message.id, message_id=kept.message.message_id, action=kept.action)
    return Sends(value, status=201)


@TABLE.route(
    "POST",
    "/letters/draft.eml",
    "Écrire un courrier comme brouillon, gardé comme préparé",
    Says(201, "Le brouillon.", media=(MAIL,)),
    bodies={JSON: LetterOrder},
)
def draft_letter(body: LetterOrder) -> Any:
    """Give the draft of a letter; it is always kept, or its answer would not be recognised."""
    kept = prepare(desk(), _write(body), contact=body.contact or "")
    return Sends(kept.eml, status=201, media=MAIL, name=f"{kept.written.stage.id}-{kept.written.letter.id}.eml")
