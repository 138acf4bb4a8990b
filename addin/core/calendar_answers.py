"""The answers that stand in a stored object, and which of them are news to the logbook."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from addin.core.attendance import as_answered
from addin.core.book import Book
from addin.core.calendar_entry import Seen
from addin.core.events import Event
from addin.core.meetings import Attendee, Meeting
from addin.core.stored_object import StoredObject

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def seen_in(stored: StoredObject, meeting: Meeting) -> tuple[Seen, ...]:
    """Give the answers of the people invited to `meeting` that the object holds; others are left out."""
    contacts = {attendee.email.lower(): attendee.contact for attendee in meeting.attendees if attendee.email}
    return tuple(
        Seen(contact=contacts[one.email], partstat=one.partstat, recurrence=one.recurrence)
        for one in stored.attendees
        if one.email in contacts
    )


def put_in(meeting: Meeting) -> tuple[Seen, ...]:
    """Give the answers that the object of `meeting` (answers filled, those to moved dates too) holds when it is put."""

    def seen(attendee: Attendee, recurrence: datetime | None) -> Seen:
        return Seen(contact=attendee.contact, partstat=attendee.partstat, recurrence=recurrence)

    own = [seen(attendee, None) for attendee in meeting.attendees if attendee.email]
    if meeting.status != "CANCELLED":
        for date in meeting.overrides:
            answered = {attendee.contact: attendee for attendee in date.attendees}
            for one in meeting.attendees:
                if one.email:
                    blank = Attendee(contact=one.contact, email=one.email)
                    own.append(seen(answered.get(one.contact, blank), date.original.astimezone(UTC)))
    return tuple(own)


def news(stored: StoredObject, before: tuple[Seen, ...], meeting: Meeting, book: Book) -> Iterator[Event]:
    """Give the answers that came since `before`, as `rsvp` events; `id`, `at` and `action` are for the caller to fill.

    Somebody else (the server, or the référent's own calendar program) wrote them: what we put ourselves is in `before`. They answer
    the SEQUENCE that stands in the object, so an answer to a time that is over does not count for the new one.
    """
    known: Mapping[tuple[str, datetime | None], str] = {(one.contact, one.recurrence): one.partstat for one in before}
    filled: dict[datetime | None, Mapping[str, str]] = {}
    for one in seen_in(stored, meeting):
        was = known.get((one.contact, one.recurrence), known.get((one.contact, None), "NEEDS-ACTION"))
        if one.partstat in ("NEEDS-ACTION", was):
            continue
        if one.recurrence not in filled:
            answered = as_answered(meeting, book, date=one.recurrence)
            filled[one.recurrence] = {attendee.contact: attendee.partstat for attendee in answered.attendees}
        if filled[one.recurrence].get(one.contact) == one.partstat:
            continue
        yield Event(
            id="",
            at=_EPOCH,
            type="rsvp",
            action="",
            contact=one.contact,
            meeting=meeting.id,
            told_by="calendar",
            partstat=one.partstat,
            sequence=min(stored.sequence, meeting.sequence),
            recurrence=one.recurrence,
        )


def strangers(stored: StoredObject, meeting: Meeting, book: Book) -> tuple[str, ...]:
    """Give the addresses of people whom somebody added in the calendar, and whom nobody knows here."""
    known = {attendee.email.lower() for attendee in meeting.attendees} | {
        email.lower() for one in book.contacts.values() for email in one.emails
    }
    known.add(meeting.organizer_email.lower())
    return tuple(dict.fromkeys(one.email for one in stored.attendees if one.email not in known))
