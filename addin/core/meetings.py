"""Meetings: the maturity session, the four quality sessions, the club's launch and its recurring meeting."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

MeetingKind = Literal["maturity", "quality", "club-launch", "club"]
Partstat = Literal["NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED"]


class Attendee(Struct, frozen=True, kw_only=True):
    """Tie a contact to a meeting. `email` is exactly the address that was invited (RFC 5546 §2.1.4).

    Only `contact` and `email` are kept; `partstat`, `told_by`, `attended` and `reconfirm` (had accepted the time before) are a
    fold of the events, filled on reading (core/attendance).
    """

    contact: str
    email: str
    partstat: Partstat = "NEEDS-ACTION"
    told_by: Literal["mail", "phone", "calendar"] | None = None
    attended: bool | None = None
    reconfirm: bool = False


class Override(Struct, frozen=True, kw_only=True):
    """Move one date of a series: `original` is the start the rule gives (RECURRENCE-ID, RFC 5545 §3.8.4.4), aware, in the zone.

    `attendees` is a fold like that of the meeting: the answers to this very date, filled on reading; empty, nobody has answered.
    """

    original: datetime
    start: datetime
    end: datetime
    attendees: tuple[Attendee, ...] = ()


class Meeting(Struct, frozen=True, kw_only=True):
    """Describe one meeting (or one series). `start` and `end` carry the offset they have in `tzid` (an IANA name).

    `uid` and `sequence` are those of RFC 5545; `stamp` is the DTSTAMP of the last sending (UTC). `step` is 1 to 4 for a quality
    session, 0 elsewhere; the four share `cycle`. `rrule`, `exdates` (dates left out) and `overrides` (dates moved) only for a
    series. `reason` is why it last changed, as told to the people invited.
    """

    id: str
    uid: str
    kind: MeetingKind
    title: str
    start: datetime
    end: datetime
    tzid: str = "Europe/Paris"
    place: str = ""
    video: str = ""
    description: str = ""
    rrule: str = ""
    exdates: tuple[datetime, ...] = ()
    overrides: tuple[Override, ...] = ()
    sequence: int = 0
    stamp: datetime | None = None
    status: Literal["CONFIRMED", "CANCELLED", "TENTATIVE"] = "CONFIRMED"
    organizer_name: str = ""
    organizer_email: str = ""
    attendees: tuple[Attendee, ...] = ()
    datasets: tuple[str, ...] = ()
    cycle: str = ""
    step: int = 0
    reason: str = ""
    action: str = ""
