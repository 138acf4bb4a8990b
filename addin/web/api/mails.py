"""What a mail says, in the shape of the contract."""

import datetime
from typing import Literal

from msgspec import Struct

from addin.core.reading.incoming import Incoming, to_json
from addin.core.reading.threads import thread_of
from addin.web.desk import desk


class BoxOut(Struct, frozen=True):
    """Name a mailbox."""

    name: str | None
    email: str | None


class PersonOut(Struct, frozen=True, kw_only=True):
    """Describe a person that a mail names."""

    name: str | None
    email: str | None
    phone: str | None
    service: str | None = None


class FileOut(Struct, frozen=True):
    """Name a joined file; `size` in octets."""

    name: str
    type: str
    size: int


class BouncedOut(Struct, frozen=True):
    """Say which address was refused."""

    email: str
    permanent: bool
    status: str | None


class RsvpOut(Struct, frozen=True, kw_only=True):
    """Show one calendar answer."""

    method: str
    uid: str
    attendee: str | None
    partstat: str | None
    recurrence_id: str | None
    sequence: int
    comment: str | None
    start: str | None
    end: str | None
    sender_matches: bool


class SpanOut(Struct, frozen=True):
    """Point at words of `text`: offsets in characters, `end` excluded."""

    start: int
    end: int


class ConclusionOut(Struct, frozen=True, kw_only=True):
    """Say what was understood: a code of the taxonomy (null: the form is left open), how sure from 0 to 1, and the words that led to it."""

    answer: str | None
    holds: Literal["yes", "partly", "no", "unknown"]
    confidence: float
    because: list[SpanOut]
    due: datetime.date | None
    reason: str | None
    url: str | None
    question: bool
    need: bool
    named: Literal["yes", "no"] | None


class ReadOut(Struct, frozen=True, kw_only=True, rename={"sender": "from"}):
    """Say what a mail holds, as `antiseche read` does. `answers` is the Message-ID of the letter of ours that it answers."""

    file: str | None
    kind: Literal["answer", "rsvp", "automatic", "bounce", "receipt", "invitation", "forward", "other"]
    sender: BoxOut | None
    to: list[BoxOut]
    cc: list[BoxOut]
    date: datetime.datetime | None
    subject: str | None
    message_id: str | None
    in_reply_to: str | None
    references: list[str]
    text: str | None
    signature: str | None
    holds: Literal["yes", "partly", "no", "unknown"]
    next: list[PersonOut]
    attachments: list[FileOut]
    absent_until: datetime.date | None
    deputy: PersonOut | None
    bounced: list[BouncedOut]
    original_message_id: str | None
    rsvp: list[RsvpOut]
    warnings: list[str]
    conclusion: ConclusionOut | None
    answers: str | None


def shown(incoming: Incoming) -> dict[str, object]:
    """Give the object of the contract, and the Message-ID of the letter of ours that the mail answers."""
    thread = thread_of(incoming, desk().logbook.read())
    return to_json(incoming) | {"answers": thread.message_id if thread else None}
