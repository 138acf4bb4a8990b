"""The steps in the life of a meeting, as pure functions: what each does to dates, SEQUENCE, STATUS, EXDATE and answers.

SEQUENCE goes up when the time, the dates left out, the status or the place change (RFC 5546 §2.1.4), and stays for words, a new
person or a mere re-send; only the organiser raises it. A change to one date of a series is a change to the series: the whole is
sent again, never one date alone. The DTSTAMP is new at every sending (`resend`).
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace

from addin.core.deliveries import next_stamp
from addin.core.errors import BadInput, NotFound
from addin.core.fields import many_lines, one_line, web_address
from addin.core.french import typeset
from addin.core.lifecycle.dates import end_after, held_dates, local_start, one_date, zone_of_meeting
from addin.core.lifecycle.rules import shift_series
from addin.core.meetings import Attendee, Meeting, Override
from addin.core.timezones import localise


def move(meeting: Meeting, start: datetime) -> Meeting:
    """Move a meeting, or a whole series with its exceptions, to another (first) start; a naive one is local. The length stays.

    The answers go back to NEEDS-ACTION, and who had accepted is to confirm again. Raise BadInput for a cancelled meeting, a local
    time that does not exist, or a series whose rule cannot follow.
    """
    _refuse_cancelled(meeting)
    start = localise(start, zone_of_meeting(meeting))
    if start == local_start(meeting):
        return meeting
    moved = replace(
        meeting,
        start=start,
        end=end_after(start, meeting.end - meeting.start),
        sequence=meeting.sequence + 1,
        attendees=tuple(_asked_again(attendee) for attendee in meeting.attendees),
    )
    if not meeting.rrule:
        return moved
    shifted = shift_series(meeting, start)
    return replace(moved, rrule=shifted.rrule, exdates=shifted.exdates, overrides=shifted.overrides)


def move_cycle(sessions: Sequence[Meeting], delta: timedelta) -> tuple[Meeting, ...]:
    """Move the sessions of a cycle by the same time on the wall clock (10 h stays 10 h when summer time begins between)."""
    return tuple(move(session, local_start(session).replace(tzinfo=None) + delta) for session in sessions)


def move_date(meeting: Meeting, wanted: date | datetime, start: datetime) -> Meeting:
    """Move one date of a series (found as `one_date` does, also when it was moved before) to `start`; its length stays.

    Moved back to where the rule puts it, it is no exception any more. Only the answers to that date are asked again. Raise
    BadInput when the series is cancelled, has no such date, or has another one that begins at `start`.
    """
    _refuse_cancelled(meeting)
    held = one_date(meeting, wanted)
    start = localise(start, zone_of_meeting(meeting))
    if start == held.start:
        return meeting
    if any(other.start == start for other in held_dates(meeting)):
        raise BadInput("La série a déjà une date à ce moment-là.", where="start")
    overrides = [one for one in meeting.overrides if one.original.astimezone(UTC) != held.original.astimezone(UTC)]
    if start != held.original:
        overrides.append(Override(original=held.original, start=start, end=end_after(start, held.end - held.start)))
    overrides.sort(key=lambda one: one.original.astimezone(UTC))
    return replace(meeting, overrides=tuple(overrides), sequence=meeting.sequence + 1)


def skip_date(meeting: Meeting, wanted: date | datetime) -> Meeting:
    """Leave out one date of a series, moved before or not; the answers to the others stay.

    Raise BadInput when the series is cancelled, has no such date, or has no other left: it is then to be cancelled.
    """
    _refuse_cancelled(meeting)
    held = one_date(meeting, wanted)
    if len(held_dates(meeting)) == 1:
        raise BadInput("C’est la dernière date de la série\u00a0: annulez toute la série.", where="date")
    original = held.original.astimezone(UTC)
    return replace(
        meeting,
        exdates=tuple(sorted((*meeting.exdates, held.original), key=lambda moment: moment.astimezone(UTC))),
        overrides=tuple(one for one in meeting.overrides if one.original.astimezone(UTC) != original),
        sequence=meeting.sequence + 1,
    )


def change_text(meeting: Meeting, *, title: str | None = None, description: str | None = None) -> Meeting:
    """Change the words; None leaves them. SEQUENCE and answers stay. Raise BadInput for a cancelled meeting or unfit words."""
    _refuse_cancelled(meeting)
    new_title = meeting.title if title is None else typeset(one_line(title.strip(), where="title"))
    if not new_title:
        raise BadInput("Donnez un titre à la réunion.", where="title")
    text = meeting.description if description is None else typeset(many_lines(description, where="description").strip())
    return replace(meeting, title=new_title, description=text)


def change_place(meeting: Meeting, *, place: str | None = None, video: str | None = None) -> Meeting:
    """Change the place or the video link; None leaves them, "" takes them away. The answers stay.

    Raise BadInput for a cancelled meeting, a place of several lines, a link that is none.
    """
    _refuse_cancelled(meeting)
    new = replace(
        meeting,
        place=meeting.place if place is None else one_line(place.strip(), where="place"),
        video=meeting.video if video is None else web_address(video.strip(), where="video") if video.strip() else "",
    )
    return new if new == meeting else replace(new, sequence=meeting.sequence + 1)


def add_people(meeting: Meeting, attendees: Sequence[Attendee]) -> Meeting:
    """Invite more people; those invited already, by contact or by address, stay as they are. SEQUENCE and answers stay."""
    _refuse_cancelled(meeting)
    contacts = {attendee.contact for attendee in meeting.attendees}
    emails = {attendee.email.lower() for attendee in meeting.attendees}
    added: list[Attendee] = []
    for attendee in attendees:
        if attendee.contact not in contacts and attendee.email.lower() not in emails:
            contacts.add(attendee.contact)
            emails.add(attendee.email.lower())
            added.append(attendee)
    return replace(meeting, attendees=(*meeting.attendees, *added))


def remove_person(meeting: Meeting, contact: str) -> tuple[Meeting, Meeting]:
    """Uninvite one contact. Give the meeting without them, and the one to be cancelled for them alone, both at the next SEQUENCE.

    Raise NotFound when they are not invited, BadInput when the meeting is cancelled or nobody would be left.
    """
    _refuse_cancelled(meeting)
    gone = next((attendee for attendee in meeting.attendees if attendee.contact == contact), None)
    if gone is None:
        raise NotFound("Cette personne n’est pas invitée à la réunion.", where="attendees")
    left = tuple(attendee for attendee in meeting.attendees if attendee.contact != contact)
    if not left:
        raise BadInput("C’est la dernière personne invitée\u00a0: annulez la réunion.", where="attendees")
    after = replace(meeting, attendees=left, sequence=meeting.sequence + 1)
    return after, cancelled_for(after, gone)


def cancelled_for(meeting: Meeting, attendee: Attendee) -> Meeting:
    """Give the meeting as it is cancelled for one person alone: only this ATTENDEE stands in it (RFC 5546 §3.2.5)."""
    return replace(meeting, attendees=(attendee,), status="CANCELLED")


def cancel(meeting: Meeting) -> Meeting:
    """Call off a meeting, or a whole series. Raise BadInput when it is cancelled already."""
    _refuse_cancelled(meeting)
    return replace(meeting, status="CANCELLED", sequence=meeting.sequence + 1)


def resend(meeting: Meeting, now: datetime) -> Meeting:
    """Give the same meeting with the DTSTAMP of one more sending at `now` (aware), later than the last: nothing else changes."""
    return replace(meeting, stamp=next_stamp(meeting, now))


def _refuse_cancelled(meeting: Meeting) -> None:
    if meeting.status == "CANCELLED":
        raise BadInput("Cette réunion est annulée\u00a0: préparez-en une autre.", where="meeting")


def _asked_again(attendee: Attendee) -> Attendee:
    """Take an answer back after a change of time; who had accepted, or was to confirm already, is to confirm again."""
    reconfirm = attendee.reconfirm or attendee.partstat == "ACCEPTED"
    return replace(attendee, partstat="NEEDS-ACTION", told_by=None, reconfirm=reconfirm)
