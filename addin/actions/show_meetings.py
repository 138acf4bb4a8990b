"""Show the meetings kept in the logbook, as the command line and the API print them."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from addin.core.attendance import all_answered, as_answered
from addin.core.book import Book, current
from addin.core.meetings import Meeting
from addin.ports.desk import Desk


def show_meetings(desk: Desk) -> list[dict[str, Any]]:
    """List the meetings that stand, by date, as JSON-ready values; times are ISO 8601 with the offset of the meeting's zone.

    What each person answered is read from the events (core/attendance).
    """
    book = current(desk.logbook.read())
    meetings = all_answered(book.meetings.values(), book)
    return [_json(meeting, book) for meeting in sorted(meetings, key=lambda m: (m.start, m.step, m.id))]


def meeting_json(meeting: Meeting, book: Book) -> dict[str, Any]:
    """Give one meeting as JSON-ready values, its answers filled. `exdates` are the dates left out of a series, `overrides` those moved."""
    return _json(as_answered(meeting, book), book)


def _json(meeting: Meeting, book: Book) -> dict[str, Any]:
    zone = ZoneInfo(meeting.tzid)

    def local(moment: datetime) -> str:
        return moment.astimezone(zone).isoformat()

    return {
        "id": meeting.id,
        "uid": meeting.uid,
        "kind": meeting.kind,
        "title": meeting.title,
        "start": local(meeting.start),
        "end": local(meeting.end),
        "timezone": meeting.tzid,
        "place": meeting.place or None,
        "video": meeting.video or None,
        "description": meeting.description or None,
        "rrule": meeting.rrule or None,
        "exdates": [local(moment) for moment in meeting.exdates],
        "overrides": [{"original": local(one.original), "start": local(one.start), "end": local(one.end)} for one in meeting.overrides],
        "sequence": meeting.sequence,
        "status": meeting.status,
        "cycle": meeting.cycle or None,
        "step": meeting.step,
        "datasets": list(meeting.datasets),
        "organizer": {"name": meeting.organizer_name, "email": meeting.organizer_email},
        "attendees": [
            {
                "contact": attendee.contact,
                "name": book.contacts[attendee.contact].label if attendee.contact in book.contacts else attendee.email,
                "email": attendee.email,
                "partstat": attendee.partstat,
                "told_by": attendee.told_by,
                "attended": attendee.attended,
                "reconfirm": attendee.reconfirm,
            }
            for attendee in meeting.attendees
        ],
    }
