"""Who tells the people invited to one meeting: the calendar server or we, one channel only, for the whole life of the meeting.

Two channels give double entries in calendars, even with the same UID: the one that began goes on.
"""

from addin.core.book import Book
from addin.core.calendar_settings import Inviter
from addin.core.deliveries import STANDING
from addin.core.meetings import Meeting


def inviter_of(meeting: Meeting, book: Book) -> Inviter:
    """Say who tells the people invited to `meeting`: who told them before, else what the settings of the calendar say."""
    settings = book.organisation.calendar
    entry = book.calendar_entries.get(meeting.id)
    if entry and settings.calendar and entry.account == settings.account and (entry.told or entry.telling):
        return "server"
    if any(mail.meeting == meeting.id and mail.state in STANDING for mail in book.deliveries.values()):
        return "us"
    if any(event.type == "handed" and event.meeting == meeting.id for event in book.events):
        return "us"
    return settings.inviter(meeting.organizer_email)
