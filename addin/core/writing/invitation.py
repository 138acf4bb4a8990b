"""An invitation as a ready mail (.eml): words for people, the calendar object for programs (iMIP, RFC 6047)."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from addin.core.contacts import Contact
from addin.core.meetings import Attendee, Meeting
from addin.core.writing.cover import write_cover
from addin.core.writing.mime import (
    address_headers,
    base64_part,
    html_page,
    identity_headers,
    multipart,
    text_part,
    to_bytes,
)


def invitation_mail(
    meeting: Meeting,
    attendee: Attendee,
    people: Mapping[str, Contact],
    *,
    ics: bytes,
    message_id: str,
    now: datetime,
) -> bytes:
    """Write the mail that invites one person: From is the ORGANIZER, To the ATTENDEE's very address (RFC 6047 §2.2.2).

    `ics` is what `invitations.invitation` gave (METHOD:REQUEST); `now` is aware and becomes Date, in the zone of the meeting.
    The tree, in this order because Outlook looks for a meeting in the first child only:
    mixed{ alternative{ text/plain, text/html, text/calendar; method=REQUEST }, application/ics (the same octets, as a file) }.
    Raise BadInput for a field that would break a header.
    """
    contact = people.get(attendee.contact)
    cover = write_cover(meeting, contact)
    calendar = base64_part(ics, "text/calendar", "; method=REQUEST; charset=UTF-8")
    file = base64_part(ics, "application/ics", '; name="invitation.ics"')
    file["Content-Disposition"] = 'attachment; filename="invitation.ics"'
    words = [text_part(cover.text, "plain"), text_part(html_page(cover.subject, cover.html), "html")]
    mail = multipart("mixed", message_id, [multipart("alternative", message_id, [*words, calendar]), file])
    identity_headers(mail, subject=cover.subject, message_id=message_id, date=now.astimezone(ZoneInfo(meeting.tzid)))
    name = (contact.name or contact.service) if contact else ""
    address_headers(mail, sender=(meeting.organizer_name, meeting.organizer_email), to=[(name, attendee.email)])
    return to_bytes(mail)
