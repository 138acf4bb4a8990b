"""Log a reply: what a person answered about a data set, by mail, by phone or by word of mouth."""

from datetime import UTC, date, datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from addin.actions.receive_mail import mail_kept, read_reply
from addin.core.answerers import answerer, datasets_meant, first_asked
from addin.core.answers import Said, answer_events, check_said, cycle_warnings, naming_events, proof_of_sending
from addin.core.book import Book, current
from addin.core.contacts import Contact, ContactKind
from addin.core.errors import BadInput
from addin.core.events import Event
from addin.core.messages import Message
from addin.core.parties import Cast, Named
from addin.core.reading.incoming import Incoming
from addin.core.reading.records import AUTOMATIC_SUBJECT, excerpt, same_mail
from addin.core.reading.threads import thread_of
from addin.core.replies import Offer, next_letters
from addin.core.takebacks import change_message
from addin.core.timezones import zone_of
from addin.ports.desk import Desk
from addin.ports.logbook import Change

ToldBy = Literal["mail", "phone", "oral"]


class Reply(Struct, frozen=True, kw_only=True):
    """Say what was answered.

    `answer` is a code of core/replies.ANSWERS. Who answered: `contact` (an id) or `who`; left out, the mail's thread and
    sender tell. `datasets` likewise. `raw` is the mail itself, `message` the id of a mail already received, `text` a
    pasted text. `note` is kept with the message. `address` is added to the contact: the one that this person wrote from. `named` says
    whether the answerer agrees to be named in public ("yes", "no"). `key` is any text made once per form: the same key twice writes once.
    """

    answer: str
    contact: str | None = None
    who: Named | None = None
    datasets: tuple[str, ...] = ()
    next: tuple[Named, ...] = ()
    deputy: Named | None = None
    reason: str = ""
    until: date | None = None
    due: date | None = None
    url: str = ""
    note: str = ""
    address: str = ""
    named: Literal["", "yes", "no"] = ""
    told_by: ToldBy = "mail"
    raw: bytes | None = None
    message: str | None = None
    text: str = ""
    key: str = ""


class Logged(Struct, frozen=True, kw_only=True):
    """Say what was written. `already` is true when nothing was: `events` are then those written the first time.

    `incoming` is what the mail says, when `raw` was given.
    """

    action: str
    events: tuple[Event, ...]
    message: Message
    contact: Contact
    created: tuple[Contact, ...] = ()
    offers: tuple[Offer, ...] = ()
    warnings: tuple[str, ...] = ()
    already: bool = False
    incoming: Incoming | None = None


def log_call(desk: Desk, reply: Reply) -> Logged:
    """Write one answer given by phone: the same as `log_reply`, with a `called` event. Raise BadInput."""
    return log_reply(desk, replace(reply, told_by="phone"))


def log_reply(desk: Desk, reply: Reply) -> Logged:
    """Write one answer, whole or not at all; the same mail, or the same key, twice changes nothing.

    A mail that answers a letter only prepared proves that it was sent: what was asked is written too. Raise BadInput
    (`where` = the field) when something is missing or wrong.
    """
    answer = check_said(_said(reply))
    incoming = read_reply(reply.raw, desk.logbook.read()) if reply.raw is not None else None
    if len(reply.note) > 20_000 or len(reply.text) > 200_000:
        raise BadInput("Cette note est trop longue.", where="note")
    with desk.logbook.change() as change:
        book = current(change.book)
        known = _known(book, reply, incoming)
        thread = thread_of(incoming, book) if incoming else _thread_of(known, book)
        if done := _done(book, reply, known, thread):
            return replace(done, incoming=incoming)
        at = desk.clock().astimezone(UTC)
        action = desk.new_id()
        cast = Cast(book.contacts, new_id=desk.new_id, at=at, action=action, source="mail" if reply.told_by == "mail" else "call")
        asked_of, contact = _who(reply, thread, book, cast) or answerer(incoming, known, thread, book, cast)
        datasets = datasets_meant(reply.datasets, reply.answer, known, thread, contact, book)
        kind: ContactKind = "prestataire" if answer.code == "external" else "agent"
        named = [(person, cast.settle(person, where="next", kind=kind)) for person in reply.next]
        if any(to.id == contact.id for _, to in named):
            raise BadInput(f"{contact.label} ne peut pas être son propre contact suivant.", where="next")
        deputy = cast.settle(reply.deputy, where="deputy") if reply.deputy else None
        message, before = _message(reply, incoming, known, thread, contact, datasets, book, at=at, action=action, id=desk.new_id())
        said = replace(_said(reply), next=tuple((to.id, person.relation) for person, to in named), deputy=deputy.id if deputy else None)
        events = [
            *proof_of_sending(thread, book, by_mail=incoming is not None or known is not None),
            *answer_events(said, contact=contact.id, asked_of=asked_of, datasets=datasets, message=message.id, at=at),
            *naming_events(reply.named, contact=contact.id, message=message.id, at=at),
        ]
        warnings = (
            *(incoming.warnings if incoming else ()),
            *cast.warnings,
            *cycle_warnings(events, book, cast.made, zone_of(book.organisation)),
        )
        written = _write(desk, change, events, message, before, thread, cast, at=at, action=action)
        return Logged(
            action=action,
            events=written,
            message=message,
            contact=contact,
            created=tuple(cast.made.values()),
            offers=next_letters(written, current(change.book)),
            warnings=tuple(dict.fromkeys(warnings)),
            incoming=incoming,
        )


def _said(reply: Reply) -> Said:
    return Said(
        answer=reply.answer,
        next=tuple((person.id or "", person.relation) for person in reply.next),
        deputy="" if reply.deputy else None,
        reason=reply.reason,
        until=reply.until,
        due=reply.due,
        url=reply.url,
        told_by=reply.told_by,
    )


def _known(book: Book, reply: Reply, incoming: Incoming | None) -> Message | None:
    """Give the message that is already in the logbook: the same mail, the one named by the form, or the one of the same key."""
    if incoming:
        return same_mail(incoming, book)
    if reply.message:
        if reply.message not in book.messages or book.messages[reply.message].way not in ("in", "call", "paste"):
            raise BadInput("Ce message reçu n’est pas dans le journal.", where="message")
        return book.messages[reply.message]
    if reply.key:
        return next((message for message in book.messages.values() if message.digest == _key(reply)), None)
    return None


def _key(reply: Reply) -> str:
    return f"key:{reply.key[:200]}" if reply.key else ""


def _thread_of(known: Message | None, book: Book) -> Message | None:
    if known is None or not known.in_reply_to:
        return None
    return next((message for message in book.messages.values() if message.way == "out" and message.message_id == known.in_reply_to), None)


def _done(book: Book, reply: Reply, known: Message | None, thread: Message | None) -> Logged | None:
    """Give what was written the first time, when this message already answers about all the data sets."""
    if known is None:
        return None
    events = tuple(event for event in book.events if event.message == known.id)
    answered = {event.dataset: event for event in events if event.type == "answered"}
    wanted = set(reply.datasets or (thread.datasets if thread else ()) or answered)
    if not answered or (wanted - set(answered) and known.way == "in"):
        return None
    first = next(iter(answered.values()))
    contact = book.contacts[first.contact or ""]
    return Logged(action=first.action, events=events, message=known, contact=contact, offers=next_letters(events, book), already=True)


def _who(reply: Reply, thread: Message | None, book: Book, cast: Cast) -> tuple[str | None, Contact] | None:
    """Give (the contact first asked when it is another one, the contact that the form names), if the form names one."""
    if reply.contact:
        contact = cast.settle(Named(id=reply.contact, email=reply.address), where="contact")
    elif reply.who:
        contact = cast.settle(reply.who, where="who")
    else:
        return None
    return first_asked(thread, contact, book, cast), contact


def _message(
    reply: Reply,
    incoming: Incoming | None,
    known: Message | None,
    thread: Message | None,
    contact: Contact,
    datasets: tuple[str, ...],
    book: Book,
    *,
    at: datetime,
    action: str,
    id: str,
) -> tuple[Message, Message | None]:
    """Give the message to write, and how it stood before when it was received earlier."""
    if known:
        message = known
    elif incoming:
        message = mail_kept(incoming, thread, contact.id, book, id=id, at=at, action=action)
    else:
        way: Literal["paste", "call"] = "paste" if reply.told_by == "mail" else "call"
        message = Message(id=id, action=action, way=way, at=at, excerpt=excerpt(reply.text), digest=_key(reply))
    message = replace(
        message,
        contacts=(contact.id,),
        datasets=tuple(dict.fromkeys((*message.datasets, *datasets))) if known else datasets,
        note=reply.note.strip() or message.note,
        url=reply.url.strip() or message.url,
    )
    # The reason of an absence is never kept, nor words that tell it.
    if reply.answer == "absent":
        reading = replace(message.reading, because=()) if message.reading else None
        message = replace(message, excerpt="", files=(), reading=reading, subject=AUTOMATIC_SUBJECT if message.subject else "")
        # nor by what undo remembers of the message as it was received
        known = replace(known, excerpt="", files=(), reading=reading, subject=message.subject) if known else None
    return message, known


def _write(
    desk: Desk,
    change: Change,
    events: list[Event],
    message: Message,
    before: Message | None,
    thread: Message | None,
    cast: Cast,
    *,
    at: datetime,
    action: str,
) -> tuple[Event, ...]:
    pairs: list[tuple[Contact | Message, Contact | Message]] = list(cast.completed.values())
    if before:
        pairs.append((before, message))
    if thread and thread.state == "prepared" and any(event.message == thread.id for event in events):
        pairs.append((thread, replace(thread, state="sent")))
    for contact in cast.made.values():
        change.put(contact)
    for _, after in pairs:
        change.put(after)
    change.put(message)
    kept = change_message(pairs, id=desk.new_id(), at=at, action=action)
    if kept:
        change.put(kept)
    written = tuple(replace(event, id=desk.new_id(), action=action) for event in events)
    for event in written:
        change.append(event)
    return written
