"""What is kept of a received mail: what recognises it and its first words, never its body."""

from datetime import UTC, datetime

from addin.core.book import Book
from addin.core.errors import BadInput
from addin.core.messages import Message
from addin.core.reading.incoming import Incoming

LONGEST_EXCERPT = 280
AUTOMATIC_SUBJECT = "Réponse automatique"


def mail_record(incoming: Incoming, *, id: str, at: datetime, action: str, words: bool = True) -> Message:
    """Give the message record of a mail read at `at` (UTC): its own date, unless it lies in the future. `words` false keeps no excerpt.

    Of an automatic answer not even the subject is kept: it may tell why somebody is away.
    """
    sent = incoming.date.astimezone(UTC) if incoming.date and incoming.date.year > 1990 else at
    return Message(
        id=id,
        way="in",
        at=min(sent, at),
        message_id=incoming.message_id,
        in_reply_to=incoming.in_reply_to or incoming.original_message_id,
        subject=AUTOMATIC_SUBJECT if incoming.kind == "automatic" else incoming.subject[:300],
        excerpt=_kept(incoming) if words else "",
        rsvps=incoming.rsvp,
        files=tuple(file.name for file in incoming.attachments),
        digest=incoming.digest,
        state="received",
        action=action,
    )


def _kept(incoming: Incoming) -> str:
    """Give the words to keep: those of a person, or the comment of a calendar answer; none of an automatic mail."""
    if incoming.kind == "rsvp":
        return excerpt(" ".join(dict.fromkeys(rsvp.comment for rsvp in incoming.rsvp)))
    return excerpt(incoming.text) if incoming.kind in ("answer", "other", "forward") else ""


def excerpt(text: str) -> str:
    """Give the first words of a text on one line, 280 characters at most."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_EXCERPT else line[: LONGEST_EXCERPT - 1].rstrip() + "…"


def same_mail(incoming: Incoming, book: Book) -> Message | None:
    """Give the record of this very mail: same Message-ID, or same octets when it bears none. Raise BadInput when it is our own letter."""
    for message in book.messages.values():
        if message.way == "out" and incoming.message_id and message.message_id == incoming.message_id:
            raise BadInput("Ce message est votre propre courrier, pas une réponse.", where="raw")
        if message.way != "in":
            continue
        if message.message_id == incoming.message_id if incoming.message_id else message.digest == incoming.digest:
            return message
    return None
