"""The object stored in a calendar: an invitation without METHOD (RFC 4791 §4.1), which says who tells the people invited."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from msgspec.structs import replace

from addin.core.calendar_settings import Inviter
from addin.core.contacts import Contact
from addin.core.invitations import invitation
from addin.core.meetings import Attendee, Meeting

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST: Final = 75


def calendar_object(
    meeting: Meeting,
    people: Mapping[str, Contact],
    *,
    inviter: Inviter,
    stamp: datetime,
    modified: datetime | None = None,
) -> bytes:
    """Write a meeting or a whole series (master, then moved dates) as one object to store: one UID, no METHOD, CRLF, lines ≤ 75 octets.

    `meeting` has its answers filled: they are written as PARTSTAT. When `inviter` is "us" each ATTENDEE bears SCHEDULE-AGENT=CLIENT,
    which keeps the server from mailing (RFC 6638 §7.1). `stamp` becomes DTSTAMP, `modified` (aware) LAST-MODIFIED: a server that
    schedules tells people of a change when it is new. Raise BadInput as `invitation` does.
    """
    cancelled = meeting.status == "CANCELLED"
    ics = invitation(meeting, people, method="CANCEL" if cancelled else "REQUEST", now=stamp, comment=meeting.reason)
    return b"".join(folded(line) for line in _stored(unfolded(ics), inviter, modified))


def digest_of(meeting: Meeting, people: Mapping[str, Contact], *, inviter: Inviter) -> str:
    """Give a mark of what the object says, its time stamps apart."""
    return sha256(calendar_object(meeting, people, inviter=inviter, stamp=_EPOCH)).hexdigest()


def told_digest(meeting: Meeting) -> str:
    """Give a mark of what concerns the people invited: not their answers, nor how the address book spells their names."""
    silent = replace(
        meeting,
        attendees=tuple(Attendee(contact=one.contact, email=one.email) for one in meeting.attendees),
        overrides=tuple(replace(one, attendees=()) for one in meeting.overrides),
    )
    return digest_of(silent, {}, inviter="server")


def unfolded(octets: bytes) -> list[str]:
    """Give the content lines of an object: any line end, folds undone before decoding (RFC 5545 §3.1)."""
    plain = octets.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n ", b"").replace(b"\n\t", b"")
    return [line for line in plain.decode("utf-8", "replace").split("\n") if line.strip()]


def folded(line: str) -> bytes:
    """Fold one content line into lines of at most 75 octets, never inside a character, each ended by CRLF."""
    pieces, piece = [], b""
    for character in line:
        octets = character.encode("utf-8")
        if len(piece) + len(octets) > _LONGEST:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join((*pieces, piece)) + b"\r\n"


def _stored(lines: Sequence[str], inviter: Inviter, modified: datetime | None) -> Iterator[str]:
    for line in lines:
        if line.startswith("METHOD:"):
            continue
        if inviter == "us" and line.startswith("ATTENDEE;"):
            line = line.replace("ATTENDEE;", "ATTENDEE;SCHEDULE-AGENT=CLIENT;", 1)
        yield line
        if modified and line.startswith("DTSTAMP:"):
            yield f"LAST-MODIFIED:{modified.astimezone(UTC):%Y%m%dT%H%M%SZ}"
