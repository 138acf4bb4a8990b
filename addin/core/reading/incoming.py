"""What one received mail says, as a value, and its JSON shape of the contract."""

import datetime as dt

from msgspec import Struct

from addin.core.itip import Rsvp
from addin.core.mail_facts import Bounced, Holds, Mailbox, MailKind, Person
from addin.core.reading.conclusions import Conclusion

__all__ = ["Bounced", "Forwarded", "Incoming", "MailFile", "MailKind", "Mailbox", "Person", "Piece", "to_json"]


class MailFile(Struct, frozen=True):
    """Name one joined file: its decoded name, its media type, its size in octets once decoded."""

    name: str
    type: str
    size: int


class Piece(Struct, frozen=True):
    """Hold one answer typed between the quoted lines: the quoted words just above it (`question`, may be empty) and the answer (`text`)."""

    question: str
    text: str


class Forwarded(Struct, frozen=True):
    """Hold the part that a forward hands on: who wrote it (either field may be empty) and what they wrote."""

    sender: Mailbox
    text: str


class Incoming(Struct, frozen=True, kw_only=True):
    """Say what one raw mail holds.

    `date` is aware, or None when the header is missing or unreadable. `message_id`, `in_reply_to`, `references` and
    `original_message_id` carry no angle brackets. `text` is what the person wrote; `pieces` are the answers typed between
    quoted lines, in order, each of them also in `text`; `forwarded` is the part that a forward hands on, apart from `text`.
    `doubtful` tells that some of `text` may be quoted: it is to be read again, and no contact is to be taken from it. `ticket` is the
    number that a help desk gave, without "#". `digest` is the sha256 (hex) of the raw mail with its line ends made alike, to recognise
    a mail without Message-ID.
    """

    kind: MailKind = "other"
    sender: Mailbox = Mailbox()
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    date: dt.datetime | None = None
    subject: str = ""
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    text: str = ""
    signature: str = ""
    holds: Holds = "unknown"
    next: tuple[Person, ...] = ()
    attachments: tuple[MailFile, ...] = ()
    absent_until: dt.date | None = None
    deputy: Person | None = None
    bounced: tuple[Bounced, ...] = ()
    original_message_id: str = ""
    rsvp: tuple[Rsvp, ...] = ()
    warnings: tuple[str, ...] = ()
    digest: str = ""
    pieces: tuple[Piece, ...] = ()
    forwarded: Forwarded | None = None
    doubtful: bool = False
    ticket: str = ""
    conclusion: Conclusion | None = None


def to_json(incoming: Incoming, file: str = "") -> dict[str, object]:
    """Give the contract's object for one mail read from `file`: every key is there, absent values are null or empty lists."""
    return {
        "file": file or None,
        "kind": incoming.kind,
        "from": _mailbox(incoming.sender) if incoming.sender.email or incoming.sender.name else None,
        "to": [_mailbox(box) for box in incoming.to],
        "cc": [_mailbox(box) for box in incoming.cc],
        "date": incoming.date.isoformat() if incoming.date else None,
        "subject": incoming.subject or None,
        "message_id": incoming.message_id or None,
        "in_reply_to": incoming.in_reply_to or None,
        "references": list(incoming.references),
        "text": incoming.text or None,
        "signature": incoming.signature or None,
        "holds": incoming.holds,
        "next": [_person(person) | {"service": person.service or None} for person in incoming.next],
        "attachments": [{"name": f.name, "type": f.type, "size": f.size} for f in incoming.attachments],
        "absent_until": incoming.absent_until.isoformat() if incoming.absent_until else None,
        "deputy": _person(incoming.deputy) if incoming.deputy else None,
        "bounced": [{"email": b.email, "permanent": b.permanent, "status": b.status or None} for b in incoming.bounced],
        "original_message_id": incoming.original_message_id or None,
        "rsvp": [_rsvp(rsvp) for rsvp in incoming.rsvp],
        "warnings": list(incoming.warnings),
        "conclusion": _conclusion(incoming.conclusion) if incoming.conclusion else None,
    }


def _conclusion(said: Conclusion) -> dict[str, object]:
    return {
        "answer": said.answer or None,
        "holds": said.holds,
        "confidence": round(said.confidence, 3),
        "because": [{"start": span.start, "end": span.end} for span in said.because],
        "due": said.due.isoformat() if said.due else None,
        "reason": said.reason or None,
        "url": said.url or None,
        "question": said.question,
        "need": said.need,
        "named": said.named or None,
    }


def _mailbox(box: Mailbox) -> dict[str, object]:
    return {"name": box.name or None, "email": box.email or None}


def _person(person: Person) -> dict[str, object]:
    return {"name": person.name or None, "email": person.email or None, "phone": person.phone or None}


def _rsvp(rsvp: Rsvp) -> dict[str, object]:
    return {
        "method": rsvp.method,
        "uid": rsvp.uid,
        "attendee": rsvp.attendee or None,
        "partstat": rsvp.partstat or None,
        "recurrence_id": rsvp.recurrence_id,
        "sequence": rsvp.sequence,
        "comment": rsvp.comment or None,
        "start": rsvp.start,
        "end": rsvp.end,
        "sender_matches": rsvp.sender_matches,
    }
