"""Invitations: a meeting as an iCalendar object (RFC 5545) that people can answer (iTIP, RFC 5546).

The only file that imports icalendar. The library writes the VEVENT; the lines around it and the VTIMEZONE are constants.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Alarm, Event, vCalAddress, vRecur

from addin.core.contacts import Contact
from addin.core.errors import BadInput
from addin.core.fields import mail_address, many_lines, one_line, web_address
from addin.core.meetings import Attendee, Meeting
from addin.core.timezones import VTIMEZONES

Method = Literal["REQUEST", "CANCEL"]

PRODID = "-//Antiseche//Antiseche//FR"
_REMINDER = timedelta(minutes=-15)


def invitation(meeting: Meeting, people: Mapping[str, Contact], *, method: Method = "REQUEST", now: datetime) -> bytes:
    """Write the calendar object of one meeting or one whole series: one VCALENDAR, one UID, UTF-8, CRLF, lines ≤ 75 octets.

    `people` gives the names of the attendees by contact id (an unknown one is named by the address). `now` (aware) becomes
    DTSTAMP: give a new one at every sending, a copy with the same SEQUENCE and DTSTAMP is obsolete (RFC 5546 §2.1.5).
    A REQUEST asks each attendee for an answer (RSVP=TRUE) and keeps the answers known; a CANCEL carries STATUS:CANCELLED and
    no alarm (RFC 5546 §3.2.2 and §3.2.5). Raise BadInput when a field holds a line end or a control character, the title is
    empty, an address cannot be written, nobody is invited, the organiser is missing, the end is not after the start, or the
    zone is not one of ours.
    """
    if meeting.tzid not in VTIMEZONES:
        raise BadInput(f"Le fuseau horaire «\u00a0{meeting.tzid}\u00a0» n’est pas celui d’une collectivité française.", where="tzid")
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN", f"METHOD:{method}", *VTIMEZONES[meeting.tzid])
    head = "".join(line + "\r\n" for line in lines)
    vevent: bytes = _vevent(meeting, people, method, now).to_ical()
    return head.encode("ascii") + vevent + b"END:VCALENDAR\r\n"


def invitation_text(meeting: Meeting) -> str:
    """Give the words of DESCRIPTION: the agenda, then the link; the same that the mail says around it."""
    parts = [meeting.description.strip()]
    if meeting.video:
        parts.append(f"Lien de visioconférence\u00a0: {meeting.video}")
    return "\n\n".join(part for part in parts if part)


def _vevent(meeting: Meeting, people: Mapping[str, Contact], method: Method, now: datetime) -> Event:
    """Build the VEVENT, every field checked."""
    zone = ZoneInfo(meeting.tzid)
    start, end = meeting.start.astimezone(zone), meeting.end.astimezone(zone)
    if end <= start:
        raise BadInput("La réunion finit avant d’avoir commencé.", where="end")
    if not meeting.attendees:
        raise BadInput("Personne n’est invité à cette réunion.", where="attendees")
    if not meeting.organizer_email:
        raise BadInput("L’adresse de la personne qui invite manque\u00a0: remplissez votre profil.", where="organizer")
    title = one_line(meeting.title.strip(), where="title")
    if not title:  # an empty SUMMARY or alarm text is a parse error for some readers
        raise BadInput("Donnez un titre à la réunion.", where="title")
    event = Event()
    event.add("uid", one_line(meeting.uid, where="uid"))
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("sequence", meeting.sequence)
    event.add("summary", title)
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("transp", "OPAQUE")
    organizer_name = one_line(meeting.organizer_name.strip(), where="organizer")
    organizer_email = mail_address(meeting.organizer_email, where="organizer")
    event.add("organizer", vCalAddress.new(organizer_email, cn=_common_name(organizer_name or organizer_email)))
    for attendee in meeting.attendees:
        event.add("attendee", _attendee(attendee, people))
    if text := many_lines(invitation_text(meeting), where="description"):
        event.add("description", text)
    if place := one_line(meeting.place.strip() or meeting.video, where="place"):
        event.add("location", place)
    if meeting.video and web_address(meeting.video, where="video").isascii():
        event.add("url", meeting.video)
    if meeting.rrule:
        event.add("rrule", vRecur.from_ical(meeting.rrule))
    if meeting.exdates:
        event.add("exdate", [moment.astimezone(zone) for moment in meeting.exdates])
    if method == "REQUEST":
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", _REMINDER)
        event.add_component(alarm)
    return event


def _attendee(attendee: Attendee, people: Mapping[str, Contact]) -> vCalAddress:
    """Write one ATTENDEE: exactly the address that is mailed, an answer asked for (RFC 5545 §3.8.4.1)."""
    email = mail_address(attendee.email, where="attendees")
    contact = people.get(attendee.contact)
    name = one_line(contact.name.strip() or contact.service.strip() if contact else "", where="attendees")
    return vCalAddress.new(
        email,
        cn=_common_name(name or email),
        cutype="INDIVIDUAL",
        role="REQ-PARTICIPANT",
        partstat=attendee.partstat,
        rsvp=True,
    )


def _common_name(name: str) -> str:
    """Make a name fit for CN: a parameter knows no escape, and readers disagree on what a backslash before a delimiter means."""
    return name.replace("\\", "/")
