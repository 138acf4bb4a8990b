"""Meetings: the maturity session, the four quality sessions, the club's launch and its recurring meeting."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

MeetingKind = Literal["maturity", "quality", "club-launch", "club"]
Partstat = Literal["NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED"]


class Attendee(Struct, frozen=True, kw_only=True):
    """Tie a contact to a meeting. `email` is exactly the address that was invited (RFC 5546 §2.1.4)."""

    contact: str
    email: str
    partstat: Partstat = "NEEDS-ACTION"
    told_by: Literal["mail", "phone", "calendar"] | None = None
    attended: bool | None = None


class Meeting(Struct, frozen=True, kw_only=True):
    """Describe one meeting (or one series). `start` and `end` carry the offset they have in `tzid` (an IANA name).

    `uid` and `sequence` are those of RFC 5545; `stamp` is the DTSTAMP of the last sending (UTC). `step` is 1 to 4 for a quality
    session, 0 elsewhere; the four share `cycle`. `rrule` and `exdates` only for a series.
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
    sequence: int = 0
    stamp: datetime | None = None
    status: Literal["CONFIRMED", "CANCELLED", "TENTATIVE"] = "CONFIRMED"
    organizer_name: str = ""
    organizer_email: str = ""
    attendees: tuple[Attendee, ...] = ()
    datasets: tuple[str, ...] = ()
    cycle: str = ""
    step: int = 0
    action: str = ""
