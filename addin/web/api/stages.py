"""The stages: their letters, blanks, meetings, links and files."""

import mimetypes
from typing import Any

from msgspec import Struct

from addin.core.errors import NotFound
from addin.core.stages import Attachment, Blank, Link, Stage
from addin.web.api.table import Says, Sends, Table
from addin.web.desk import desk

TABLE = Table("étapes")


class BlankOut(Struct, frozen=True, kw_only=True):
    """Describe one blank of a letter."""

    name: str
    label: str
    type: str
    required: bool
    example: str | None
    help: str | None


class LetterOut(Struct, frozen=True, kw_only=True):
    """Describe one letter of a stage."""

    id: str
    title: str
    subject: str
    when: str | None
    blanks: list[BlankOut]
    attachments: list[str]


class PlannedMeeting(Struct, frozen=True, kw_only=True):
    """Describe one meeting that a stage calls."""

    kind: str
    title: str
    minutes: int
    step: int
    aim: str | None
    agenda: list[str]


class StageOut(Struct, frozen=True, kw_only=True):
    """Describe one stage."""

    id: str
    number: int
    title: str
    goal: str
    audience: str | None
    todo: list[str]
    guide: str
    letters: list[LetterOut]
    meetings: list[PlannedMeeting]
    links: list[Link]
    attachments: list[Attachment]


def blank_out(blank: Blank) -> BlankOut:
    """Give a blank in the shape of the contract."""
    return BlankOut(
        name=blank.name, label=blank.label, type=blank.type, required=blank.required, example=blank.example or None, help=blank.help or None
    )


def stage_out(stage: Stage) -> StageOut:
    """Give a stage in the shape of the contract: every key is there."""
    return StageOut(
        id=stage.id,
        number=stage.number,
        title=stage.title,
        goal=stage.goal,
        audience=stage.audience or None,
        todo=list(stage.todo),
        guide=stage.guide,
        letters=[
            LetterOut(
                id=letter.id,
                title=letter.title,
                subject=letter.subject,
                when=letter.when or None,
                blanks=[blank_out(blank) for blank in letter.blanks],
                attachments=list(letter.attachments),
            )
            for letter in stage.letters
        ],
        meetings=[
            PlannedMeeting(kind=m.kind, title=m.title, minutes=m.minutes, step=m.step, aim=m.aim or None, agenda=list(m.agenda))
            for m in stage.meetings
        ],
        links=list(stage.links),
        attachments=list(stage.attachments),
    )


@TABLE.route("GET", "/stages", "Les étapes, dans l’ordre", Says(200, "Les étapes.", list[StageOut]))
def list_stages() -> Any:
    """List the stages."""
    return [stage_out(stage) for stage in desk().shelf.stages()]


@TABLE.route("GET", "/stages/<stage>", "Une étape, par son numéro ou son identifiant", Says(200, "L’étape.", StageOut))
def read_stage(stage: str) -> Any:
    """Give one stage."""
    for one in desk().shelf.stages():
        if stage in (one.id, str(one.number)):
            return stage_out(one)
    raise NotFound("Cette étape n’existe pas.")


@TABLE.route(
    "GET",
    "/stages/<stage>/attachments/<name>",
    "Un fichier à joindre",
    Says(200, "Le fichier.", media=("*/*",)),
)
def read_attachment(stage: str, name: str) -> Any:
    """Give the bytes of a file to join."""
    found = read_stage(stage)
    if name not in {attachment.name for attachment in found.attachments}:
        raise NotFound("Cette étape ne joint pas ce fichier.")
    media = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Sends(desk().shelf.attachment(found.id, name), media=media, name=name)
