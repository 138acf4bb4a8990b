"""Receive a mail: note that it came, so that it waits to be logged."""

from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace

from addin.core.answerers import refused_contact
from addin.core.book import current
from addin.core.errors import BadInput
from addin.core.events import Event
from addin.core.messages import Message
from addin.core.reading.incoming import Incoming
from addin.core.reading.mails import LARGEST, looks_like_mail, read_mail
from addin.core.reading.records import mail_record, same_mail
from addin.core.reading.threads import thread_of
from addin.core.rsvps import Meaning, events_of, meanings
from addin.ports import Desk


class Received(Struct, frozen=True, kw_only=True):
    """Say that a mail was noted (or was known: `already`), what it says, and the letter it answers (`thread`).

    `meanings` tells what each calendar answer in it means for our meetings.
    """

    message: Message
    events: tuple[Event, ...]
    incoming: Incoming
    thread: Message | None = None
    meanings: tuple[Meaning, ...] = ()
    already: bool = False


def read_raw(raw: bytes) -> Incoming:
    """Read a raw mail. Raise BadInput when it is larger than 25 MB or no mail at all."""
    if len(raw) > LARGEST:
        raise BadInput("Ce message dépasse 25 Mo\u00a0: enregistrez-le sans ses pièces jointes.", where="raw")
    if not looks_like_mail(raw):
        raise BadInput("Ce fichier n’est pas un message électronique.", where="raw")
    return read_mail(raw)


def receive(desk: Desk, raw: bytes) -> Received:
    """Note that a mail came in; the same mail twice changes nothing. Raise BadInput (see `read_raw`).

    A calendar answer (iTIP) that is certain counts at once; a doubtful one waits (core/rsvps).
    """
    incoming = read_raw(raw)
    with desk.logbook.change() as change:
        book = current(change.book)
        thread = thread_of(incoming, book)
        told = meanings(incoming.rsvp, incoming.sender.email, book)
        if known := same_mail(incoming, book):
            events = tuple(event for event in book.events if event.message == known.id)
            return Received(message=known, events=events, incoming=incoming, thread=thread, meanings=told, already=True)
        at = desk.clock().astimezone(UTC)
        sender = next((contact.id for contact in book.contacts.values() if incoming.sender.email in contact.emails), None)
        if incoming.kind == "bounce":
            sender = refused_contact(incoming, thread, book)
        words = book.organisation.inbox.keep == "excerpt"
        record = mail_record(incoming, id=desk.new_id(), at=at, action=desk.new_id(), words=words)
        message = replace(
            record,
            in_reply_to=thread.message_id if thread else record.in_reply_to,
            contacts=(sender,) if sender else (),
            datasets=thread.datasets if thread else (),
        )
        events = tuple(
            replace(event, id=desk.new_id(), action=message.action)
            for event in _rsvp_events(told, message, at) or (_received(message, sender, at),)
        )
        change.put(message)
        for event in events:
            change.append(event)
        return Received(message=message, events=events, incoming=incoming, thread=thread, meanings=told)


def _rsvp_events(told: tuple[Meaning, ...], message: Message, at: datetime) -> tuple[Event, ...]:
    return tuple(event for meaning in told for event in events_of(meaning, message=message.id, at=at))


def _received(message: Message, sender: str | None, at: datetime) -> Event:
    return Event(
        id="",
        at=at,
        type="received",
        action="",
        contact=sender,
        dataset=message.datasets[0] if len(message.datasets) == 1 else None,
        message=message.id,
        told_by="mail",
    )
