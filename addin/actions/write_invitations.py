"""Write the files of meetings: a calendar file each, and per attendee a mail ready to send."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC
from hashlib import sha256
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from addin.core.book import Book, current
from addin.core.errors import NotFound
from addin.core.events import Event
from addin.core.invitations import Method, invitation
from addin.core.lifecycle.dates import is_over
from addin.core.lifecycle.mailing import Outgoing, answered, everyone, outgoing, told_of
from addin.core.lifecycle.steps import resend
from addin.core.meetings import Attendee, Meeting
from addin.core.writing.press import Press
from addin.ports.desk import Desk

_FILE_NAMES: Final = {"maturity": "evaluation", "club-launch": "lancement-du-club", "club": "club"}
_STEP_NAMES: Final = {1: "nettoyage", 2: "compilation", 3: "standardisation", 4: "validation"}


class Invitation(Struct, frozen=True, kw_only=True):
    """Hold the files of one meeting, as (name, bytes): the calendar file, and per recipient of `to` a mail ready to send."""

    meeting: Meeting
    ics: tuple[str, bytes]
    mails: tuple[tuple[str, bytes], ...]
    to: tuple[Outgoing, ...]


def invitations(desk: Desk, meetings: Sequence[str]) -> tuple[Invitation, ...]:
    """Write the files of the meetings (ids) for everybody invited, in order; a cancelled meeting gives its cancellation.

    Nothing is recorded. The answers known are kept; DTSTAMP is now, or later than the last sending. Raise NotFound for an unknown
    id, BadInput as `invitation` does. Names are safe on every system and none comes twice, whatever the case of its letters.
    """
    book = current(desk.logbook.read())
    return _written(book, [(meeting, everyone(meeting)) for meeting in _stamped(desk, book, meetings)])


def hand_over(desk: Desk, meetings: Sequence[str], *, record: bool = True) -> tuple[Invitation, ...]:
    """Write the files of the mails that are due, for the user to send, and record that they may have left (events `handed`).

    Without `record`, they are copies: the outbox sends the mails themselves.

    Due are those of `lifecycle.mailing.outgoing`; when none is, everybody gets one more (a re-send), but never about a change to a
    meeting that is over. The DTSTAMP is kept, so that the next is later. Raise NotFound for an unknown id, BadInput as `invitation`
    does; nothing is then recorded.
    """
    now, action = desk.clock(), desk.new_id()
    with desk.logbook.change() as change:
        book = current(change.book)
        wanted = []
        for meeting in _stamped(desk, book, meetings):
            due = outgoing(meeting, change.book, now=now)
            if not due and not (is_over(meeting, now) and told_of(meeting.id, change.book)):
                due = everyone(meeting)
            wanted.append((meeting, due))
        written = _written(book, wanted)
        for one in written:
            if not one.to or not record:
                continue
            change.put(replace(book.meetings[one.meeting.id], stamp=one.meeting.stamp))
            for mail in one.to:
                change.append(
                    Event(
                        id=desk.new_id(),
                        at=now,
                        type="handed",
                        action=action,
                        meeting=one.meeting.id,
                        contact=mail.attendee.contact,
                        sequence=one.meeting.sequence,
                        stamp=one.meeting.stamp,
                        method=mail.method,
                    )
                )
    return written


def files(desk: Desk, meetings: Sequence[str]) -> list[tuple[str, bytes]]:
    """Write the files of `invitations` as one flat list of (name, bytes): each calendar file, then its mails."""
    return [file for one in invitations(desk, meetings) for file in (one.ics, *one.mails)]


def mail_id(meeting: Meeting, attendee: Attendee) -> str:
    """Give the Message-ID (without brackets) of the mail to `attendee`, always the same for one SEQUENCE, DTSTAMP and address."""
    stamp = f"{meeting.stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}" if meeting.stamp else ""
    key = sha256(f"{stamp} {attendee.email}".encode()).hexdigest()[:12]
    return f"{meeting.id}.{meeting.sequence}.{key}@{meeting.uid.rpartition('@')[2]}"


def _stamped(desk: Desk, book: Book, meetings: Sequence[str]) -> list[Meeting]:
    """Find the meetings, their answers filled, with the DTSTAMP of this sending."""
    found = []
    for key in meetings:
        meeting = book.meetings.get(key)
        if meeting is None:
            raise NotFound("Cette réunion n’est pas dans le journal.", where="meeting")
        found.append(resend(answered(meeting, book), desk.clock()))
    return found


def _written(book: Book, wanted: Sequence[tuple[Meeting, tuple[Outgoing, ...]]]) -> tuple[Invitation, ...]:
    press, used = Press(book.contacts), set[str]()
    prepared = []
    for meeting, due in wanted:
        stamp = meeting.stamp or meeting.start  # `_stamped` has set it
        stem = _unused(_file_stem(meeting), ".ics", used)
        method: Method = "CANCEL" if meeting.status == "CANCELLED" else "REQUEST"
        comment = "" if all(one.purpose == "invite" for one in due) else meeting.reason
        ics = invitation(meeting, book.contacts, method=method, now=stamp, comment=comment)
        mails = []
        for one in due:
            name = _unused(f"{stem}--{_safe(one.attendee.email)}", ".eml", used) + ".eml"
            mails.append((name, press.letter(one, message_id=mail_id(meeting, one.attendee), stamp=stamp)))
        prepared.append(Invitation(meeting=meeting, ics=(stem + ".ics", ics), mails=tuple(mails), to=due))
    return tuple(prepared)


def _file_stem(meeting: Meeting) -> str:
    """Name the files of a meeting: "seance-1-nettoyage", "evaluation", "lancement-du-club", "club"."""
    if meeting.kind == "quality":
        return f"seance-{meeting.step}-{_STEP_NAMES.get(meeting.step, 'travail')}"
    return _FILE_NAMES[meeting.kind]


def _safe(text: str) -> str:
    """Keep letters, digits and `.@_+-`; the rest becomes `_`. At most 120 characters, no dot at the ends."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9.@_+-]", "_", plain)[:120].strip(".") or "reunion"


def _unused(stem: str, suffix: str, used: set[str]) -> str:
    """Give `stem`, numbered when a file of that name is there already."""
    name, n = stem, 1
    while (name + suffix).lower() in used:
        n += 1
        name = f"{stem}-{n}"
    used.add((name + suffix).lower())
    return name
