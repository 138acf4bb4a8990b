"""Deliveries: one invitation mail for one person, from the click to the server's word."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final, Literal

from msgspec import Struct

from addin.core.invitations import Method
from addin.core.meetings import Meeting

State = Literal["queued", "sending", "sent", "prepared", "failed", "unsure", "dropped"]

LEFT: Final = frozenset({"sending", "sent", "unsure"})
"""The states of a mail that left, or may have left."""

STANDING: Final = frozenset({"queued", "sending", "sent", "prepared", "unsure"})
"""The states of a mail that must not be made a second time."""


class Delivery(Struct, frozen=True, kw_only=True):
    """Follow one mail. One id (meeting, SEQUENCE, DTSTAMP, contact) is one mail, and one mail is sent at most once by itself.

    States: `queued` (will leave), `sending` (handed to the server, no word yet; durable before the first byte leaves), `sent` (the
    server took it), `prepared` (written as a file, the user sends it), `failed` (refused; `error` says why), `unsure` (the server
    went silent after the last byte: only the user may send it again), `dropped` (replaced before it left). `at` is the instant (UTC)
    of the last change of state, `after` the instant before which it is not tried again, `tries` counts the times it was handed over.
    `known` is how many events the logbook held at the click: what changed the meeting later is not in this mail.
    """

    id: str
    batch: str
    meeting: str
    contact: str
    email: str
    method: Method
    sequence: int
    stamp: datetime
    message_id: str
    at: datetime
    known: int = 0
    state: State = "queued"
    tries: int = 0
    error: str = ""
    after: datetime | None = None
    action: str = ""


class Batch(Struct, frozen=True, kw_only=True):
    """Gather what one click sends. `owner` holds the lease of the sending until `until` (UTC); `halted` says why it waits for the user.

    `comment` is a word for everybody, beside the meeting's own reason. Of a DECLINECOUNTER, `proposed` is the time that is declined
    and `recurrence` the original start of the one date of a series (UTC).
    """

    id: str
    at: datetime
    comment: str | None = None
    proposed: datetime | None = None
    recurrence: datetime | None = None
    owner: str = ""
    until: datetime | None = None
    halted: str = ""
    action: str = ""


def delivery_id(meeting: Meeting, stamp: datetime, contact: str, method: Method) -> str:
    """Give the id of a mail; a DECLINECOUNTER, which may share its stamp with a REQUEST, says its name."""
    tail = "" if method != "DECLINECOUNTER" else ".declinecounter"
    return f"{meeting.id}.{meeting.sequence}.{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}.{contact}{tail}"


def delivery_message_id(delivery: str, meeting: Meeting) -> str:
    """Give the Message-ID (without brackets) of a mail: always the same for one delivery, so that a copy is known as a copy."""
    return f"{sha256(delivery.encode()).hexdigest()[:32]}@{meeting.uid.rpartition('@')[2]}"


def next_stamp(meeting: Meeting, now: datetime) -> datetime:
    """Give the DTSTAMP of a new sending: UTC, whole seconds, later than the last (RFC 5546 §2.1.5: an equal one is obsolete)."""
    stamp = now.astimezone(UTC).replace(microsecond=0)
    return max(stamp, meeting.stamp.astimezone(UTC) + timedelta(seconds=1)) if meeting.stamp else stamp


def of_meeting(deliveries: Mapping[str, Delivery], meeting: str) -> tuple[Delivery, ...]:
    """Give the mails of one meeting (id), oldest first."""
    return tuple(delivery for delivery in deliveries.values() if delivery.meeting == meeting)
