"""Receive a mail: note that it came, so that it waits to be logged."""

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace

from addin.core.answerers import refused_contact
from addin.core.answers import proof_of_sending
from addin.core.book import Book, current
from addin.core.errors import BadInput
from addin.core.events import Event
from addin.core.messages import Message
from addin.core.reading.conclusions import Span
from addin.core.reading.incoming import Incoming
from addin.core.reading.mails import LARGEST, looks_like_mail, read_mail
from addin.core.reading.records import mail_record, same_mail
from addin.core.reading.sent import Sent
from addin.core.reading.summary import reading_of, spans_of
from addin.core.reading.threads import thread_of
from addin.core.readings import kept_words
from addin.core.rsvps import Meaning, events_of, meanings
from addin.core.takebacks import change_message
from addin.core.understanding.surroundings import context_of, known_texts
from addin.core.understanding.understand import understand
from addin.ports.desk import Desk


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


def read_raw(raw: bytes, *, sent: Sequence[Sent] = ()) -> Incoming:
    """Read a raw mail; `sent` are our own letters that it may quote. Raise BadInput when it is larger than 25 MB or no mail at all."""
    if len(raw) > LARGEST:
        raise BadInput("Ce message dépasse 25 Mo\u00a0: enregistrez-le sans ses pièces jointes.", where="raw")
    if not looks_like_mail(raw):
        raise BadInput("Ce fichier n’est pas un message électronique.", where="raw")
    return read_mail(raw, sent=sent)


def read_reply(raw: bytes, book: Book) -> Incoming:
    """Read a raw mail and say what it means, in the light of a logbook: what we wrote is taken off. Raise BadInput (see `read_raw`)."""
    book = current(book)
    incoming = read_raw(raw, sent=known_texts(book, raw))
    return understand(incoming, context_of(book, thread_of(incoming, book)))


def receive(desk: Desk, raw: bytes) -> Received:
    """Note that a mail came in; the same mail twice changes nothing. Raise BadInput (see `read_raw`).

    A calendar answer (iTIP) that is certain counts at once; a doubtful one waits (core/rsvps). A mail that answers a letter only prepared
    proves that it was sent: what was asked is written at once. Of the mail are kept its conclusions and the words that led to them.
    """
    incoming = read_reply(raw, desk.logbook.read())
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
        action = desk.new_id()
        message = mail_kept(incoming, thread, sender, book, id=desk.new_id(), at=at, action=action)
        events = tuple(
            replace(event, id=desk.new_id(), action=action)
            for event in (
                *proof_of_sending(thread, book, by_mail=True),
                *(_rsvp_events(told, message, at) or (_received(message, sender, at),)),
            )
        )
        change.put(message)
        if thread and thread.state == "prepared" and any(event.message == thread.id for event in events):
            sent = replace(thread, state="sent")
            change.put(sent)
            if kept := change_message([(thread, sent)], id=desk.new_id(), at=at, action=action):
                change.put(kept)
        for event in events:
            change.append(event)
        return Received(message=message, events=events, incoming=incoming, thread=thread, meanings=told)


def mail_kept(incoming: Incoming, thread: Message | None, sender: str | None, book: Book, *, id: str, at: datetime, action: str) -> Message:
    """Give the record of a mail: what recognises it, its conclusions, and the words that led to them when the settings keep any."""
    words = book.organisation.inbox.keep == "excerpt"
    record = mail_record(incoming, id=id, at=at, action=action, words=words)
    excerpt = record.excerpt
    because: tuple[Span, ...] = ()
    if excerpt and incoming.kind in ("answer", "other", "forward"):
        excerpt, because = kept_words(incoming.text, spans_of(incoming))
    return replace(
        record,
        excerpt=excerpt,
        reading=reading_of(incoming, because),
        in_reply_to=thread.message_id if thread else record.in_reply_to,
        contacts=(sender,) if sender else (),
        datasets=thread.datasets if thread else (),
    )


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
