"""Stages (étapes): their letters, blanks, links, meetings and files, as values."""

from typing import Literal

from msgspec import Struct

BlankType = Literal["text", "longtext", "date", "time", "datetime", "email", "phone", "url", "number", "dataset", "datasets"]


class Blank(Struct, frozen=True, kw_only=True):
    """Describe a named field of a letter. `source` says where its value is found when nobody types it (core/letters)."""

    name: str
    label: str
    type: BlankType = "text"
    required: bool = True
    example: str = ""
    help: str = ""
    source: str = ""


class Link(Struct, frozen=True, kw_only=True):
    """Name an address that a stage offers."""

    label: str
    url: str


class MeetingPlan(Struct, frozen=True, kw_only=True):
    """Describe a meeting that a stage calls. `kind` is one of core/meetings; `step` is 1 to 4 for a quality session."""

    kind: str
    title: str
    minutes: int = 45
    step: int = 0
    aim: str = ""
    agenda: tuple[str, ...] = ()


class Attachment(Struct, frozen=True, kw_only=True):
    """Name a file to join: `type` is its media type, `size` in octets."""

    name: str
    type: str
    size: int
    title: str = ""


class Letter(Struct, frozen=True, kw_only=True):
    """Hold one letter: `body` is its source (Markdown with Jinja blanks), `subject` may hold blanks too."""

    id: str
    title: str
    subject: str
    body: str
    when: str = ""
    blanks: tuple[Blank, ...] = ()
    attachments: tuple[str, ...] = ()


class Stage(Struct, frozen=True, kw_only=True):
    """Hold one stage. `id` is its folder's name ("3-localiser"), `guide` Markdown, `todo` the check-list of the pane."""

    id: str
    number: int
    title: str
    goal: str
    audience: str = ""
    guide: str = ""
    todo: tuple[str, ...] = ()
    letters: tuple[Letter, ...] = ()
    links: tuple[Link, ...] = ()
    meetings: tuple[MeetingPlan, ...] = ()
    attachments: tuple[Attachment, ...] = ()


class Fault(Struct, frozen=True, kw_only=True):
    """Say what is wrong in a stage folder. `line` counts from 1, 0 when the whole file is meant."""

    file: str
    line: int
    message: str
