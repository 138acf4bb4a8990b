"""« Mes séances »: the meetings of one person, as a calendar file to open."""

from datetime import datetime

from msgspec.structs import replace

from addin.core.book import Book, current
from addin.core.errors import NotFound
from addin.core.invitations import personal_calendar
from addin.core.lifecycle.mailing import answered
from addin.core.meetings import Attendee


def sessions_of(book: Book, contact: str, *, now: datetime) -> bytes:
    """Give the meetings to which `contact` (an id) is invited, by date, past and future, those called off left out.

    Only this person is named in it, with their answers: the file may be handed to them. UID and SEQUENCE are those of the
    invitations, so that no calendar shows a meeting twice. `now` is aware. Raise NotFound for an unknown contact.
    """
    book = current(book)
    if contact not in book.contacts:
        raise NotFound("Ce contact n’existe pas.", where="contact")

    def own(attendees: tuple[Attendee, ...]) -> tuple[Attendee, ...]:
        return tuple(attendee for attendee in attendees if attendee.contact == contact and attendee.email)

    meetings = []
    for meeting in sorted(book.meetings.values(), key=lambda one: one.start):
        if meeting.status != "CANCELLED" and own(meeting.attendees):
            filled = answered(meeting, book)
            overrides = tuple(replace(moved, attendees=own(moved.attendees)) for moved in filled.overrides)
            meetings.append(replace(filled, attendees=own(filled.attendees), overrides=overrides))
    return personal_calendar(meetings, book.contacts, now=now)
