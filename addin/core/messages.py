"""Messages: letters prepared or sent, mails received, calls noted: what an event's `message` points to."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from addin.core.itip import Rsvp
from addin.core.readings import Reading


class Message(Struct, frozen=True, kw_only=True):
    """Keep what is needed to recognise an answer and to recall what was said.

    `message_id` is the RFC 5322 Message-ID without angle brackets (empty for a call). `text` is what *we* wrote
    (kept to take our own words out of the answers); of a received mail only `excerpt` is kept. `contacts` are the ids of
    the recipients (out) or of the sender (in). `due` is the reply-by date that a letter states.
    `digest` (sha256, hex) recognises a mail that carries no Message-ID.
    `url` is the address at which somebody said the data is. `rsvps` is what the calendar part of a received mail said (its body is not
    kept), `reading` what a received mail was understood to say (core/readings).
    A message whose way is "change" is no mail: its `text` tells what a gesture changed in records, for undo (core/takebacks).
    """

    id: str
    way: Literal["out", "in", "call", "paste", "change"]
    at: datetime
    message_id: str = ""
    in_reply_to: str = ""
    subject: str = ""
    text: str = ""
    excerpt: str = ""
    note: str = ""
    url: str = ""
    stage: str = ""
    letter: str = ""
    contacts: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    digest: str = ""
    rsvps: tuple[Rsvp, ...] = ()
    reading: Reading | None = None
    state: Literal["prepared", "sent", "received", ""] = ""
    due: date | None = None
    action: str = ""
