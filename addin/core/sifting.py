"""Which mails of an inbox concern us, told from their headers alone: all the others are never opened."""

from email.parser import BytesHeaderParser
from typing import Literal

from msgspec import Struct

from addin.core.book import Book, current
from addin.core.reading.incoming import Incoming
from addin.core.reading.kinds import Headers, bare_subject, first
from addin.core.reading.mailboxes import read_mailboxes
from addin.core.reading.parts import headers_of
from addin.core.reading.reports import ids_in
from addin.core.reading.threads import thread_of
from addin.core.reading.words import header_text
from addin.core.rsvps import meanings

Reason = Literal["", "thread", "contact", "subject", "report", "calendar"]
"""Why a mail is read further; "" when it is not."""


class Head(Struct, frozen=True):
    """Give one mail of a mailbox from outside: its number there, its header fields and its size (octets), whether it holds a calendar part.

    `place` is where the provider finds it again, when the number does not say so.
    """

    number: int
    fields: bytes
    size: int
    calendar: bool = False
    place: str = ""


class Sieve:
    """Sift heads for one book: what we wrote, to whom, about what. The book may be raw."""

    def __init__(self, book: Book) -> None:
        standing = current(book)
        sent = [message for message in standing.messages.values() if message.way == "out"]
        self._ours = frozenset(message.message_id for message in sent if message.message_id)
        self._ours |= frozenset(mail.message_id for mail in standing.deliveries.values() if mail.message_id)
        self._known = frozenset(message.message_id for message in standing.messages.values() if message.way == "in" and message.message_id)
        written = {key for message in sent for key in message.contacts}
        written |= {attendee.contact for meeting in standing.meetings.values() for attendee in meeting.attendees}
        written |= {event.contact for event in standing.events if event.type in ("asked", "reminded", "sent", "invited") and event.contact}
        self._people = frozenset(email for key in written if key in standing.contacts for email in standing.contacts[key].emails)
        self._subjects = frozenset(bare for message in sent if (bare := bare_subject(message.subject)))
        self._meetings = bool(standing.meetings)
        moments = [message.at for message in sent] + [mail.at for mail in standing.deliveries.values()]
        self.since = min(moments, default=None)
        """The instant (UTC) before which nothing can be an answer; None when we wrote nothing."""

    def reason(self, head: Head) -> Reason:
        """Say why a mail must be read further, or nothing. Never raises, whatever the octets."""
        try:
            headers = headers_of(BytesHeaderParser().parsebytes(head.fields))
        except (ValueError, LookupError, RecursionError):
            return ""
        ids = _ids(headers, "message-id")
        if ids & self._ours or ids & self._known:
            return ""
        if (_ids(headers, "in-reply-to") | _ids(headers, "references")) & self._ours:
            return "thread"
        if _sender(headers) in self._people:
            return "contact"
        if _is_report(headers) and self._ours:
            return "report"
        if head.calendar and self._meetings:
            return "calendar"
        # a mail that opens a thread of its own may bear our subject by chance: it must say that it answers
        bare = bare_subject(first(headers, "subject"))
        if bare in self._subjects and bare != first(headers, "subject").strip().lower():
            return "subject"
        return ""


def concerns(incoming: Incoming, reason: Reason, book: Book) -> bool:
    """Tell whether a mail that was read is about what we wrote. What the headers proved already stays; the rest is checked inside."""
    if reason == "report":
        known = {email for contact in current(book).contacts.values() for email in contact.emails}
        return thread_of(incoming, book) is not None or any(one.email in known for one in incoming.bounced)
    if reason == "calendar":
        return any(meaning.meeting for meaning in meanings(incoming.rsvp, incoming.sender.email, book))
    return bool(reason)


def may_hold_calendar(fields: bytes) -> bool:
    """Tell whether the shape of a mail must be looked at: only a calendar, or a mail of several parts, can hold a calendar part."""
    plain = fields.lower()
    return b"multipart/" in plain or b"text/calendar" in plain


def _ids(headers: Headers, name: str) -> frozenset[str]:
    return frozenset(ref for value in headers.get(name, ()) for ref in ids_in(header_text(value)))


def _sender(headers: Headers) -> str:
    for value in headers.get("from", ()):
        for _, address in read_mailboxes(value):
            return header_text(address).lower()
    return ""


def _is_report(headers: Headers) -> bool:
    """Tell whether a mail system speaks: a report (RFC 6522), or a null reverse-path (RFC 5321 §4.5.5)."""
    kind = first(headers, "content-type").lower()
    if kind.startswith("multipart/report") or first(headers, "return-path").strip() == "<>":
        return True
    return "x-failed-recipients" in headers or "mailer-daemon" in first(headers, "from").lower()
