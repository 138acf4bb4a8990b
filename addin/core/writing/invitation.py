"""An invitation as a ready mail (.eml): words for people, the calendar object for programs (iMIP, RFC 6047)."""

from collections.abc import Mapping
from datetime import datetime
from email.message import Message as MimePart
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from addin.core.contacts import Contact
from addin.core.invitations import METHODS, Purpose
from addin.core.meetings import Attendee, Meeting
from addin.core.writing.cover import write_cover
from addin.core.writing.mime import (
    Mailbox,
    address_headers,
    base64_part,
    html_page,
    known_id,
    multipart,
    subject_headers,
    text_part,
    to_bytes,
)


class Leaflet(Struct, frozen=True, kw_only=True):
    """Hold what the mails to several people have in common: all headers but those of address, and the body, as bytes."""

    headers: bytes
    body: bytes


def write_leaflet(
    meeting: Meeting,
    contact: Contact | None,
    *,
    ics: bytes,
    now: datetime,
    purpose: Purpose = "invite",
    before: Meeting | None = None,
    reason: str | None = None,
    word: str = "",
    proposed: datetime | None = None,
) -> Leaflet:
    """Write the mail of one purpose up to its addresses; everyone who is opened alike and knows the same `before` gets the same.

    `ics` is what `invitations.invitation` gave for that purpose; `now` is aware and becomes Date, in the zone of the meeting. The
    tree, in this order because Outlook looks for a meeting in the first child only:
    mixed{ alternative{ text/plain, text/html, text/calendar; method=… }, application/ics (the same octets, as a file) }.
    The words are those of `write_cover`. A change asks receiving servers for no automatic answer: an absence is already known, or
    is told by the first invitation. Raise BadInput for a field that would break a header.
    """
    method = METHODS[purpose]
    cover = write_cover(meeting, contact, purpose=purpose, before=before, reason=reason, word=word, proposed=proposed)
    calendar = base64_part(ics, "text/calendar", f"; method={method}; charset=UTF-8")
    file = base64_part(ics, "application/ics", '; name="invitation.ics"')
    file["Content-Disposition"] = 'attachment; filename="invitation.ics"'
    words = [text_part(cover.text, "plain"), text_part(html_page(cover.subject, cover.html), "html")]
    seed = f"{meeting.uid} {meeting.sequence} {now:%Y%m%dT%H%M%S}"
    mail = multipart("mixed", seed, [multipart("alternative", seed, [*words, calendar]), file])
    subject_headers(mail, subject=cover.subject, date=now.astimezone(ZoneInfo(meeting.tzid)))
    if purpose != "invite":
        mail["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    headers, _, body = to_bytes(mail).partition(b"\r\n\r\n")
    return Leaflet(headers=headers, body=body)


def address(leaflet: Leaflet, meeting: Meeting, attendee: Attendee, people: Mapping[str, Contact], *, message_id: str) -> bytes:
    """Make the mail to one person: From is the ORGANIZER, To the ATTENDEE's very address (RFC 6047 §2.2.2). Raise BadInput."""
    contact = people.get(attendee.contact)
    name = (contact.name or contact.service) if contact else ""
    lines = _address_lines((meeting.organizer_name, meeting.organizer_email), (name, attendee.email))
    # written by hand: a long one would be folded, which some readers take for a space in it
    identity = f"\r\nMessage-ID: <{known_id(message_id)}>\r\n".encode("ascii")
    return lines + identity + leaflet.headers + b"\r\n\r\n" + leaflet.body


@lru_cache(maxsize=1024)
def _address_lines(sender: Mailbox, to: Mailbox) -> bytes:
    """Write From and To, kept: the same people are invited to one meeting after the other, and coding a name costs more than the rest."""
    mail = MimePart()
    address_headers(mail, sender=sender, to=[to])
    return to_bytes(mail).rstrip(b"\r\n")


def invitation_mail(
    meeting: Meeting,
    attendee: Attendee,
    people: Mapping[str, Contact],
    *,
    ics: bytes,
    message_id: str,
    now: datetime,
    purpose: Purpose = "invite",
    before: Meeting | None = None,
    reason: str | None = None,
    word: str = "",
    proposed: datetime | None = None,
) -> bytes:
    """Write the mail to one person whole: `write_leaflet`, then `address`. Raise BadInput for a field that would break a header."""
    leaflet = write_leaflet(
        meeting, people.get(attendee.contact), ics=ics, now=now, purpose=purpose, before=before, reason=reason, word=word, proposed=proposed
    )
    return address(leaflet, meeting, attendee, people, message_id=message_id)
