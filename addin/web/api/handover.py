"""The hand-over: the points left open, and the change of hands of the meetings and of the profile."""

from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from addin.actions.hand_over import HandedOver, export_summary, foresee, hand_over, show_points
from addin.core.handover.succession import Successor
from addin.web.api.table import JSON, Says, Sends, Table
from addin.web.desk import desk

TABLE = Table("passation")

Line = Annotated[str, Meta(max_length=300)]


class PointOut(Struct, frozen=True, kw_only=True):
    """State one open point: what it is about, its words, the date it hangs on."""

    what: str
    detail: str
    day: date | None


class PointsOut(Struct, frozen=True, kw_only=True):
    """Hold the points open on one day, the most pressing of each kind first."""

    organisation: str
    referent: str
    today: date
    owed: list[PointOut]
    promises: list[PointOut]
    approvals: list[PointOut]
    meetings: list[PointOut]
    counters: list[PointOut]
    refusals: list[PointOut]
    to_log: list[PointOut]
    unsent: list[PointOut]
    unasked: list[PointOut]


class PointsQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Choose the form of the page."""

    format: Literal["json", "html", "pdf"] = "json"


class SuccessorIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Name who takes over; say whether the meetings to come and the profile change hands."""

    name: Line
    email: Annotated[str, Meta(max_length=320)]
    civility: Literal["", "madame", "monsieur"] = ""
    phone: Line = ""
    role: Line = ""
    meetings: bool = True
    profile: bool = True


class HandedOverOut(Struct, frozen=True, kw_only=True):
    """Say in French what was done; `ended` and `called` are the meetings whose mails are to be sent, `action` undoes it all."""

    words: list[str]
    action: str | None
    ended: list[str]
    called: list[str]


@TABLE.route(
    "GET",
    "/handover",
    "Les points ouverts",
    Says(200, "Les points ouverts.", PointsOut, media=(JSON, "text/html; charset=utf-8", "application/pdf")),
)
def read_points(query: PointsQuery) -> Any:
    """Give the points open now, as data or as one page."""
    if query.format == "json":
        return show_points(desk())
    name, media, octets = export_summary(desk(), query.format)
    return Sends(octets, media=media, name=name)


@TABLE.route("POST", "/handover/preview", "Dire ce que ferait la passation", Says(200, "Ce qui changerait.", HandedOverOut))
def preview_handover(body: SuccessorIn) -> Any:
    """Say what the hand-over would do."""
    return _out(foresee(desk(), _successor(body), meetings=body.meetings, profile=body.profile))


@TABLE.route("POST", "/handover", "Passer le relais", Says(200, "Ce qui a changé\u00a0; rien n’est envoyé.", HandedOverOut))
def do_handover(body: SuccessorIn) -> Any:
    """Pass the meetings and the profile to the successor; the mails wait for a click."""
    return _out(hand_over(desk(), _successor(body), meetings=body.meetings, profile=body.profile))


def _successor(body: SuccessorIn) -> Successor:
    return Successor(name=body.name, email=body.email, civility=body.civility, phone=body.phone, role=body.role)


def _out(done: HandedOver) -> HandedOverOut:
    return HandedOverOut(words=list(done.words), action=done.action or None, ended=list(done.ended), called=list(done.called))
