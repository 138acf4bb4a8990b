"""What happens to a meeting that was called: move, change, call off, add and remove people; or foresee that in words."""

from datetime import date, datetime
from typing import Annotated, Any

from msgspec import Meta, Struct

from addin.actions.call_off_sessions import call_off_sessions, foresee_calling_off
from addin.actions.change_meeting import Changed, Order, change, foresee, foresee_sessions, move_sessions
from addin.actions.show_meetings import meeting_json
from addin.core.addresses import read_address
from addin.core.book import current
from addin.core.errors import BadInput
from addin.web.api.meetings import Id, Line, MeetingOut
from addin.web.api.table import Says, Table
from addin.web.desk import desk

TABLE = Table("réunions")

Text = Annotated[str, Meta(max_length=20_000)]


class MeetingChange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change a meeting; what is null stays. A time without offset is local.

    `date` is the original start of the only date of a series to move; `cycle` moves the whole cycle by as much. `reason` is told to
    the people invited.
    """

    start: datetime | None = None
    date: datetime | None = None
    cycle: bool = False
    place: Line | None = None
    video: Line | None = None
    title: Line | None = None
    description: Text | None = None
    reason: Line = ""


class Cancellation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Call off a meeting, or the only `date` of a series (its original start); `cycle` calls off all the sessions to come of its cycle."""

    date: datetime | None = None
    cycle: bool = False
    reason: Line = ""


class NewPeople(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Invite more people, by address or by contact."""

    to: Annotated[list[Line], Meta(max_length=500)] = []
    contacts: Annotated[list[Id], Meta(max_length=500)] = []


class Foresight(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ask what a change would do: any of those that the other routes make, together."""

    start: datetime | None = None
    date: datetime | None = None
    cycle: bool = False
    cancel: bool = False
    place: Line | None = None
    video: Line | None = None
    title: Line | None = None
    description: Text | None = None
    to: Annotated[list[Line], Meta(max_length=500)] = []
    contacts: Annotated[list[Id], Meta(max_length=500)] = []
    remove: Annotated[list[Id], Meta(max_length=500)] = []
    reason: Line = ""


class MeetingChanged(Struct, frozen=True, kw_only=True):
    """Show the meetings as they stand, the gesture (null when nothing changed), the step in words and what to know about the dates."""

    meetings: list[MeetingOut]
    action: str | None
    words: list[str]
    warnings: list[str]


class Foreseen(Struct, frozen=True, kw_only=True):
    """Say in words what would happen; nothing is written."""

    words: list[str]
    warnings: list[str]


def _out(changed: Changed) -> dict[str, Any]:
    book = current(desk().logbook.read())
    return {
        "meetings": [meeting_json(meeting, book) for meeting in changed.meetings],
        "action": changed.action or None,
        "words": list(changed.words),
        "warnings": list(changed.warnings),
    }


def _people(to: list[str], contacts: list[str]) -> tuple[tuple[str, str] | str, ...]:
    boxes = [read_address(text, where="to") for text in to]
    return (*contacts, *((box.name, box.email) for box in boxes))


def _start_of_cycle(start: datetime | None, one: date | None) -> datetime:
    if start is None or one is not None:
        raise BadInput("Pour déplacer un cycle, donnez le nouveau début de la séance, et pas de date.", where="cycle")
    return start


@TABLE.route("PATCH", "/meetings/<id:meeting>", "Déplacer ou changer une réunion", Says(200, "La réunion changée.", MeetingChanged))
def change_meeting(meeting: str, body: MeetingChange) -> Any:
    """Move or change one meeting, one date of a series, or a cycle."""
    order = Order(
        start=body.start,
        date=body.date,
        place=body.place,
        video=body.video,
        title=body.title,
        description=body.description,
        reason=body.reason,
    )
    if body.cycle:
        if order != Order(start=body.start, date=body.date, reason=body.reason):
            raise BadInput("Un cycle se déplace seulement\u00a0: changez le reste séance par séance.", where="cycle")
        return _out(move_sessions(desk(), meeting, _start_of_cycle(body.start, body.date), reason=body.reason))
    return _out(change(desk(), meeting, order))


@TABLE.route("POST", "/meetings/<id:meeting>/preview", "Dire ce qu’un changement ferait", Says(200, "Ce qui se passerait.", Foreseen))
def foresee_change(meeting: str, body: Foresight) -> Any:
    """Say what a change would do, without doing it."""
    if body.cycle and body.cancel:
        foreseen = foresee_calling_off(desk(), meeting, reason=body.reason)
    elif body.cycle:
        foreseen = foresee_sessions(desk(), meeting, _start_of_cycle(body.start, body.date), reason=body.reason)
    else:
        order = Order(
            start=body.start,
            date=body.date,
            cancel=body.cancel,
            place=body.place,
            video=body.video,
            title=body.title,
            description=body.description,
            add=_people(body.to, body.contacts),
            remove=tuple(body.remove),
            reason=body.reason,
        )
        foreseen = foresee(desk(), meeting, order)
    return Foreseen(words=list(foreseen.words), warnings=list(foreseen.warnings))


@TABLE.route("POST", "/meetings/<id:meeting>/cancel", "Annuler une réunion", Says(200, "La réunion annulée.", MeetingChanged))
def cancel_meeting(meeting: str, body: Cancellation) -> Any:
    """Call off a meeting, a series, or one of its dates."""
    if body.cycle:
        if body.date is not None:
            raise BadInput("Un cycle s’annule en entier\u00a0: ne donnez pas de date.", where="date")
        return _out(call_off_sessions(desk(), meeting, reason=body.reason))
    return _out(change(desk(), meeting, Order(cancel=True, date=body.date, reason=body.reason)))


@TABLE.route("POST", "/meetings/<id:meeting>/attendees", "Inviter d’autres personnes", Says(200, "La réunion.", MeetingChanged))
def add_attendees(meeting: str, body: NewPeople) -> Any:
    """Invite more people to a meeting."""
    return _out(change(desk(), meeting, Order(add=_people(body.to, body.contacts))))


@TABLE.route(
    "DELETE", "/meetings/<id:meeting>/attendees/<id:contact>", "Retirer une personne invitée", Says(200, "La réunion.", MeetingChanged)
)
def remove_attendee(meeting: str, contact: str) -> Any:
    """Uninvite one contact."""
    return _out(change(desk(), meeting, Order(remove=(contact,))))
