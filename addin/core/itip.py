"""iTIP (RFC 5546): what the calendar part of one mail says, as a value."""

import datetime as dt
from typing import Final

from msgspec import Struct

ANSWER_METHODS: Final = ("REPLY", "COUNTER", "REFRESH", "DECLINECOUNTER")
"""The methods by which one party answers another; the other methods announce (REQUEST, CANCEL, PUBLISH, ADD)."""


class Rsvp(Struct, frozen=True, kw_only=True):
    """Hold one calendar answer carried by a mail: one event (or one date of a series) and one attendee.

    `attendee`, `delegates` and `sent_by` are lower-cased addresses, `name` is the attendee's CN. `recurrence_id`, `start` and `end`
    are ISO 8601 with an offset (a bare date for a whole day); `recurrence` and `begins` the same as aware datetimes, None for a
    whole day. `numbered` tells that SEQUENCE was there (else `sequence` is 0, its default); `stamp` is DTSTAMP (UTC).
    `uids` are further UIDs, when the line came twice. `guests` is the number of people whom Google says come along.
    """

    method: str
    uid: str
    attendee: str = ""
    partstat: str = ""
    recurrence_id: str | None = None
    sequence: int = 0
    comment: str = ""
    start: str | None = None
    end: str | None = None
    sender_matches: bool = False
    name: str = ""
    uids: tuple[str, ...] = ()
    delegates: tuple[str, ...] = ()
    sent_by: str = ""
    guests: int = 0
    numbered: bool = False
    stamp: dt.datetime | None = None
    begins: dt.datetime | None = None
    ends: dt.datetime | None = None
    recurrence: dt.datetime | None = None
