"""Remind only those who have not answered an invitation: the same invitation, once more."""

from datetime import datetime

from addin.actions.send_invitations import Preview, Sent, preview, send_batch
from addin.core.attendance import silent
from addin.core.book import current
from addin.core.errors import BadInput, NotFound
from addin.ports.desk import Desk


def silent_people(desk: Desk, meeting: str, *, date: datetime | None = None) -> tuple[str, ...]:
    """Give the contacts (ids) who are invited and have not answered for the time that stands. Raise NotFound.

    `date` is the original start of one date of a series. Nobody for a meeting that is called off.
    """
    book = current(desk.logbook.read())
    found = book.meetings.get(meeting)
    if found is None:
        raise NotFound("Cette réunion n’est pas dans le journal.", where="meeting")
    if found.status == "CANCELLED":
        return ()
    return tuple(attendee.contact for attendee in silent(book, found, date=date))


def foresee_reminder(desk: Desk, meeting: str) -> Preview:
    """Say who would be reminded. Raise as `remind_silent`."""
    return preview(desk, [meeting], only=_someone(desk, meeting), again=True)


def remind_silent(desk: Desk, meeting: str, *, comment: str | None = None) -> Sent:
    """Queue the invitation once more to the silent only: same SEQUENCE, new DTSTAMP.

    Raise NotFound, or BadInput when all have answered or nothing can leave yet.
    """
    return send_batch(desk, [meeting], only=_someone(desk, meeting), again=True, comment=comment)


def _someone(desk: Desk, meeting: str) -> tuple[str, ...]:
    people = silent_people(desk, meeting)
    if not people:
        raise BadInput("Tout le monde a répondu\u00a0: il n’y a personne à relancer.", where="meeting")
    return people
