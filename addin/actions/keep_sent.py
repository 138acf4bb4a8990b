"""Keep a letter that left by another way than this product, so that its answer is recognised."""

from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace

from addin.actions.receive_mail import read_raw
from addin.core.book import current
from addin.core.contacts import Contact
from addin.core.errors import BadInput
from addin.core.messages import Message
from addin.core.reading.incoming import Incoming
from addin.ports.desk import Desk


class KeptSent(Struct, frozen=True, kw_only=True):
    """Say that a sent mail is kept; `already` is true when its Message-ID was known (then nothing was written)."""

    message: Message
    already: bool = False


def sent_record(incoming: Incoming, *, id: str, at: datetime, action: str = "") -> Message:
    """Give the record of a mail of ours, read from the copy that was sent; `at` (UTC) stands for a date that is missing or to come."""
    left = incoming.date.astimezone(UTC) if incoming.date and incoming.date.year > 1990 else at
    return Message(
        id=id,
        way="out",
        at=min(left, at),
        message_id=incoming.message_id,
        in_reply_to=incoming.in_reply_to,
        subject=incoming.subject[:300],
        text=incoming.text[:20_000],
        state="sent",
        action=action,
    )


def keep_sent(desk: Desk, raw: bytes) -> KeptSent:
    """Keep a sent mail with its recipients as contacts; the same one twice changes nothing. Raise BadInput when it bears no Message-ID."""
    incoming = read_raw(raw)
    if not incoming.message_id:
        raise BadInput("Ce courrier envoyé n’a pas de Message-ID\u00a0: aucune réponse ne peut lui être rattachée.", where="sent")
    with desk.logbook.change() as change:
        book = current(change.book)
        for message in book.messages.values():
            if message.way == "out" and message.message_id == incoming.message_id:
                return KeptSent(message=message, already=True)
        at, action = desk.clock().astimezone(UTC), desk.new_id()
        known = {email: contact.id for contact in book.contacts.values() for email in contact.emails}
        contacts: list[str] = []
        for box in (*incoming.to, *incoming.cc):
            if box.email and box.email not in known:
                contact = Contact(id=desk.new_id(), name=box.name, emails=(box.email,), source="mail", created=at, action=action)
                change.put(contact)
                known[box.email] = contact.id
            if box.email:
                contacts.append(known[box.email])
        message = sent_record(incoming, id=desk.new_id(), at=at, action=action)
        message = replace(message, contacts=tuple(dict.fromkeys(contacts)))
        change.put(message)
    return KeptSent(message=message)
