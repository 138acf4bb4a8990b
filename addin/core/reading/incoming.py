"""What one received mail says, as a value, and its JSON shape of the contract."""

import datetime as dt
from typing import Literal

from msgspec import Struct

from addin.core.itip import Rsvp

MailKind = Literal["answer", "rsvp", "automatic", "bounce", "receipt", "invitation", "forward", "other"]
Holds = Literal["yes", "partly", "no", "unknown"]


class Mailbox(Struct, frozen=True):
    """Name one mailbox: a display name (may be empty) and a lower-cased address (empty when it could not be read)."""

    name: str = ""
    email: str = ""


class Person(Struct, frozen=True, kw_only=True):
    """Describe a contact that a mail names. Any field may be empty."""

    name: str = ""
    email: str = ""
    phone: str = ""
    service: str = ""


class MailFile(Struct, frozen=True):
    """Name one joined file: its decoded name, its media type, its size in octets once decoded."""

    name: str
    type: str
    size: int


class Bounced(Struct, frozen=True):
    """Say which address was refused. `status` is the RFC 3463 code ("5.1.1"), `permanent` false for a delay."""

    email: str
    permanent: bool
    status: str


class Incoming(Struct, frozen=True, kw_only=True):
    """Say what one raw mail holds.

    `date` is aware, or None when the header is missing or unreadable. `message_id`, `in_reply_to`, `references` and
    `original_message_id` carry no angle brackets. `text` is what the person wrote. `digest` is the sha256 (hex) of the
    raw mail with its line ends made alike, to recognise a mail without Message-ID.
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
