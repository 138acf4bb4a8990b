"""Write the files of meetings: a calendar file each, and per attendee a mail ready to send."""

import re
import unicodedata
from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from msgspec import Struct

from addin.core.book import current
from addin.core.errors import NotFound
from addin.core.invitations import invitation
from addin.core.meetings import Attendee, Meeting
from addin.core.writing.invitation import invitation_mail
from addin.ports import Desk

_FILE_NAMES: Final = {"maturity": "evaluation", "club-launch": "lancement-du-club", "club": "club"}
_STEP_NAMES: Final = {1: "nettoyage", 2: "compilation", 3: "standardisation", 4: "validation"}


class Invitation(Struct, frozen=True, kw_only=True):
    """Hold the files of one meeting: the calendar file, and per attendee a mail ready to send, as (name, bytes)."""

    meeting: Meeting
    ics: tuple[str, bytes]
    mails: tuple[tuple[str, bytes], ...]


def invitations(desk: Desk, meetings: Sequence[str]) -> tuple[Invitation, ...]:
    """Write the files of the meetings (ids), in order. DTSTAMP is now. Raise NotFound for an unknown id, BadInput as `invitation` does.

    Names are safe on every system and none comes twice, whatever the case of its letters.
    """
    book = current(desk.logbook.read())
    now = desk.clock()
    used: set[str] = set()
    prepared = []
    for key in meetings:
        meeting = book.meetings.get(key)
        if meeting is None:
            raise NotFound("Cette réunion n’est pas dans le journal.", where="meeting")
        stem = _unused(_file_stem(meeting), ".ics", used)
        ics = invitation(meeting, book.contacts, now=now)
        mails = []
        for attendee in meeting.attendees:
            name = _unused(f"{stem}--{_safe(attendee.email)}", ".eml", used) + ".eml"
            message_id = mail_id(meeting, attendee)
            mails.append((name, invitation_mail(meeting, attendee, book.contacts, ics=ics, message_id=message_id, now=now)))
        prepared.append(Invitation(meeting=meeting, ics=(stem + ".ics", ics), mails=tuple(mails)))
    return tuple(prepared)


def files(desk: Desk, meetings: Sequence[str]) -> list[tuple[str, bytes]]:
    """Write the same files as one flat list of (name, bytes): each calendar file, then its mails."""
    return [file for one in invitations(desk, meetings) for file in (one.ics, *one.mails)]


def mail_id(meeting: Meeting, attendee: Attendee) -> str:
    """Give the Message-ID (without brackets) of the mail that invites `attendee`, always the same for one SEQUENCE and address."""
    key = sha256(attendee.email.encode()).hexdigest()[:12]
    return f"{meeting.id}.{meeting.sequence}.{key}@{meeting.uid.rpartition('@')[2]}"


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
