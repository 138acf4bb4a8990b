"""Tell an answer by hand: "dit par téléphone"."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Final, Literal, get_args

from msgspec import Struct

from addin.core.book import Book, current
from addin.core.errors import BadInput, NotFound
from addin.core.events import Event
from addin.core.lifecycle.dates import one_date
from addin.core.meetings import Meeting
from addin.ports.desk import Desk

SaidPartstat = Literal["ACCEPTED", "DECLINED", "TENTATIVE"]
TOLD: Final = get_args(SaidPartstat)


class Told(Struct, frozen=True, kw_only=True):
    """Say what was noted: the gesture (for undo) and one event per meeting."""

    action: str
    events: tuple[Event, ...]


def tell_rsvp(
    desk: Desk,
    meetings: Sequence[str],
    contact: str,
    partstat: str,
    *,
    date: date | datetime | None = None,
    told_by: Literal["phone", "mail", "calendar"] = "phone",
) -> Told:
    """Note the answer that one invited person gave by phone, to one meeting or to several at once (ids).

    It answers the invitation as it stands now: an older mail that comes later does not overwrite it, a newer one does. `date`
    names one date of a series by its original start or its day. Raise NotFound for an unknown meeting or a person who is not
    invited, BadInput for another answer than yes, no or perhaps; nothing is then written.
    """
    if partstat not in TOLD:
        raise BadInput(f"Cette réponse n’est pas prévue\u00a0; sont prévues\u00a0: {', '.join(TOLD)}.", where="partstat")
    with desk.logbook.change() as change:
        book = current(change.book)
        at, action = desk.clock().astimezone(UTC), desk.new_id()
        events = tuple(
            Event(
                id=desk.new_id(),
                at=at,
                type="rsvp",
                action=action,
                contact=contact,
                meeting=meeting.id,
                told_by=told_by,
                partstat=partstat,
                sequence=meeting.sequence,
                stamp=at,
                recurrence=original_of(meeting, date),
            )
            for meeting in (invited_meeting(book, key, contact) for key in meetings)
        )
        for event in events:
            change.append(event)
    return Told(action=action, events=events)


def invited_meeting(book: Book, key: str, contact: str) -> Meeting:
    """Give the meeting (id) to which `contact` (id) is invited. Raise NotFound when it is not there, or they are not invited."""
    meeting = book.meetings.get(key)
    if meeting is None:
        raise NotFound("Cette réunion n’est pas dans le journal.", where="meeting")
    if contact not in {attendee.contact for attendee in meeting.attendees}:
        raise NotFound("Cette personne n’est pas invitée à la réunion.", where="contact")
    return meeting


def original_of(meeting: Meeting, wanted: date | datetime | None) -> datetime | None:
    """Give the original start (UTC) of one date of a series; None for none. Raise BadInput when there is no such date."""
    return one_date(meeting, wanted).original.astimezone(UTC) if wanted is not None else None
