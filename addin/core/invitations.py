"""Invitations: a meeting as an iCalendar object (RFC 5545) that people can answer (iTIP, RFC 5546).

It and core/itip_reading, which reads, are all that imports icalendar. The library writes the VEVENT; the lines around
it and the VTIMEZONE are constants.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from icalendar import Alarm, Event, vCalAddress, vRecur
from msgspec.structs import replace

from addin.core.contacts import Contact
from addin.core.errors import BadInput
from addin.core.fields import mail_address, many_lines, one_line, web_address
from addin.core.meetings import Attendee, Meeting, Override
from addin.core.timezones import VTIMEZONES

Method = Literal["REQUEST", "CANCEL", "DECLINECOUNTER"]
Purpose = Literal["invite", "update", "cancel", "uninvite", "decline"]

METHODS: Final[Mapping[Purpose, Method]] = {
    "invite": "REQUEST",
    "update": "REQUEST",
    "cancel": "CANCEL",
    "uninvite": "CANCEL",
    "decline": "DECLINECOUNTER",
}
"""What a mail is for → the METHOD of its calendar object."""

PRODID = "-//Antiseche//Antiseche//FR"
_REMINDER = timedelta(minutes=-15)
_FOLD = 75


def invitation(
    meeting: Meeting,
    people: Mapping[str, Contact],
    *,
    method: Method = "REQUEST",
    now: datetime,
    comment: str = "",
    recurrence: datetime | None = None,
) -> bytes:
    """Write the calendar object of one meeting or one whole series: one VCALENDAR, one UID, UTF-8, CRLF, lines ≤ 75 octets.

    `people` gives the names of the attendees by contact id (an unknown one is named by the address). `now` (aware) becomes
    DTSTAMP: give a new one at every sending, a copy with the same SEQUENCE and DTSTAMP is obsolete (RFC 5546 §2.1.5).
    A REQUEST asks each attendee for an answer (RSVP=TRUE), keeps the answers known, and holds the whole series: the master,
    then each moved date with the start the rule gave it as RECURRENCE-ID; never a moved date alone, which would wipe the series
    out of some calendars. A CANCEL carries STATUS:CANCELLED for all, without alarm (RFC 5546 §3.2.2 and §3.2.5); to uninvite one
    person, give a meeting that has only this attendee. A DECLINECOUNTER (§3.2.8) says no to a proposed time: only UID,
    ORGANIZER, `comment` and, for one date of a series, its original start `recurrence`. Elsewhere `comment` says why there is a
    change. Raise BadInput when a field holds a line end or a control character, the title is empty, an address cannot be
    written, nobody is invited, the organiser is missing, an end is not after its start, or the zone is not one of ours.
    """
    if meeting.tzid not in VTIMEZONES:
        raise BadInput(f"Le fuseau horaire «\u00a0{meeting.tzid}\u00a0» n’est pas celui d’une collectivité française.", where="tzid")
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    stamp = now.astimezone(UTC).replace(microsecond=0)
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN", f"METHOD:{method}", *VTIMEZONES[meeting.tzid])
    head = "".join(line + "\r\n" for line in lines)
    if method == "DECLINECOUNTER":
        events = [_refusal(meeting, stamp, comment, recurrence)]
    else:
        events = [_vevent(meeting, people, method, stamp, comment)]
        if method == "REQUEST":
            events += [_vevent(meeting, people, method, stamp, comment, moved=override) for override in meeting.overrides]
    return head.encode("ascii") + b"".join(_octets(event) for event in events) + b"END:VCALENDAR\r\n"


def personal_calendar(meetings: Sequence[Meeting], people: Mapping[str, Contact], *, now: datetime) -> bytes:
    """Write several meetings as one calendar to keep, each naming the attendees it has, with their answers; it asks nobody anything.

    Without METHOD: a file to open, no message (several UIDs in one object, RFC 5545 §3.6). DTSTAMP is that of the last sending, else
    `now` (aware). No meeting gives a calendar without events. Raise BadInput as `invitation` does.
    """
    for meeting in meetings:
        if meeting.tzid not in VTIMEZONES:
            raise BadInput(f"Le fuseau horaire «\u00a0{meeting.tzid}\u00a0» n’est pas celui d’une collectivité française.", where="tzid")
    zones = [line for tzid in dict.fromkeys(meeting.tzid for meeting in meetings) for line in VTIMEZONES[tzid]]
    head = "".join(line + "\r\n" for line in ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN", *zones))
    events = []
    for meeting in meetings:
        stamp = (meeting.stamp or now).astimezone(UTC).replace(microsecond=0)
        events += [_vevent(meeting, people, "REQUEST", stamp, "", moved=moved) for moved in (None, *meeting.overrides)]
    return head.encode("ascii") + b"".join(_octets(event) for event in events) + b"END:VCALENDAR\r\n"


def invitation_text(meeting: Meeting) -> str:
    """Give the words of DESCRIPTION: the agenda, then the link; the same that the mail says around it."""
    parts = [meeting.description.strip()]
    if meeting.video:
        parts.append(f"Lien de visioconférence\u00a0: {meeting.video}")
    return "\n\n".join(part for part in parts if part)


def _vevent(
    meeting: Meeting, people: Mapping[str, Contact], method: Method, stamp: datetime, comment: str, *, moved: Override | None = None
) -> Event:
    """Build the VEVENT of a meeting, or that of one `moved` date of a series, every field checked."""
    zone = ZoneInfo(meeting.tzid)
    start, end = (moved or meeting).start.astimezone(zone), (moved or meeting).end.astimezone(zone)
    if end <= start:
        raise BadInput("La réunion finit avant d’avoir commencé.", where="end")
    if not any(attendee.email for attendee in meeting.attendees):
        raise BadInput("Personne n’est invité à cette réunion.", where="attendees")
    title = one_line(meeting.title.strip(), where="title")
    if not title:  # an empty SUMMARY or alarm text is a parse error for some readers
        raise BadInput("Donnez un titre à la réunion.", where="title")
    event = _identified(meeting, stamp)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("sequence", meeting.sequence)
    event.add("summary", title)
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("transp", "OPAQUE")
    for attendee in _asked(meeting, moved):
        event.add("attendee", _attendee(attendee, people))
    if text := many_lines(invitation_text(meeting), where="description"):
        event.add("description", text)
    if place := one_line(meeting.place.strip() or meeting.video, where="place"):
        event.add("location", place)
    if meeting.video and web_address(meeting.video, where="video").isascii():
        event.add("url", meeting.video)
    if comment.strip():
        event.add("comment", many_lines(comment.strip(), where="reason"))
    if moved is not None:
        event.add("recurrence-id", moved.original.astimezone(zone))
    elif meeting.rrule:
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


def _refusal(meeting: Meeting, stamp: datetime, comment: str, recurrence: datetime | None) -> Event:
    """Build the VEVENT of a DECLINECOUNTER: libical's table allows neither ATTENDEE, DTSTART, SUMMARY nor SEQUENCE in it."""
    event = _identified(meeting, stamp)
    if comment.strip():
        event.add("comment", many_lines(comment.strip(), where="reason"))
    if recurrence is not None:
        event.add("recurrence-id", recurrence.astimezone(ZoneInfo(meeting.tzid)))
    return event


def _identified(meeting: Meeting, stamp: datetime) -> Event:
    """Begin a VEVENT with what every method carries: UID, DTSTAMP, ORGANIZER."""
    if not meeting.organizer_email:
        raise BadInput("L’adresse de la personne qui invite manque\u00a0: remplissez votre profil.", where="organizer")
    event = Event()
    event.add("uid", one_line(meeting.uid, where="uid"))
    event.add("dtstamp", stamp)
    name = one_line(meeting.organizer_name.strip(), where="organizer")
    email = mail_address(meeting.organizer_email, where="organizer")
    event.add("organizer", vCalAddress.new(email, cn=_common_name(name or email)))
    return event


def _asked(meeting: Meeting, moved: Override | None) -> Sequence[Attendee]:
    """Give the attendees with their answers; those to a moved date are its own, and a date just moved awaits them all.

    A person who was forgotten has no address left, and is not named.
    """
    attendees = [attendee for attendee in meeting.attendees if attendee.email]
    if moved is None:
        return attendees
    answered = {attendee.contact: attendee for attendee in moved.attendees}
    return [answered.get(one.contact, replace(one, partstat="NEEDS-ACTION")) for one in attendees]


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


def _octets(event: Event) -> bytes:
    """Write a component: the library's lines, folded by us in a tenth of its time, and never inside an escaped backslash."""
    return b"".join(_folded(line) + b"\r\n" for line in event.content_lines() if line)


def _folded(line: str) -> bytes:
    """Fold a content line so that none has more than 74 octets (RFC 5545 §3.1), cutting neither a character nor an escape pair."""
    octets = line.encode()
    if len(octets) < _FOLD:
        return octets
    parts, start = [], 0
    while len(octets) - start >= _FOLD:
        end = start + _FOLD - 1
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        for mark in (b"\\", b"^"):  # an odd run of these begins a pair (RFC 5545 §3.3.11, RFC 6868)
            run = end - start - len(octets[start:end].rstrip(mark))
            end -= run % 2
        parts.append(octets[start:end])
        start = end
    return b"\r\n ".join([*parts, octets[start:]])


def _common_name(name: str) -> str:
    """Make a name fit for CN: a parameter knows no escape, and readers disagree on what a backslash before a delimiter means."""
    return name.replace("\\", "/")
