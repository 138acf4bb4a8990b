"""Confirm what a mail was understood to say: write it all with one click; or set the mail aside."""

from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from addin.actions.log_reply import Logged, Reply, log_reply
from addin.core.answers import naming_events
from addin.core.book import Book, current
from addin.core.errors import BadInput, NotFound
from addin.core.events import Event
from addin.core.french import short_date
from addin.core.messages import Message
from addin.core.proposed import NOTED, Proposal, named, propose
from addin.core.reminders import to_log
from addin.core.takebacks import change_message
from addin.core.timezones import zone_of
from addin.ports.desk import Desk

NEED: Final = "Exprime un besoin pour le club des usagers des données."


class Noted(Struct, frozen=True, kw_only=True):
    """Say that a mail asks nothing more; `already` is true when nothing was written."""

    message: Message
    action: str
    already: bool = False


def proposal_of(desk: Desk, message_id: str) -> Proposal:
    """Give what is proposed for one mail received. Raise NotFound when it is not there."""
    book = current(desk.logbook.read())
    return propose(_received(book, message_id), book)


def confirm_reading(desk: Desk, message_id: str, *, contact: str = "") -> Logged:
    """Write all that a mail was understood to say, in one gesture; doing it twice changes nothing.

    `contact` says who the unknown sender is: its address is then added to that contact; left out, a contact is made from the From field.
    Raise NotFound, or BadInput saying what one click lacks (a mail that is only to be noted too: see `note_mail`).
    """
    book = current(desk.logbook.read())
    message = _received(book, message_id)
    return log_reply(desk, reply_of(propose(message, book), contact=contact))


def reply_of(proposal: Proposal, *, contact: str = "") -> Reply:
    """Give what is to be logged when a proposal is confirmed. Raise BadInput when one click is not enough."""
    if proposal.shape in NOTED:
        raise BadInput("Ce message ne répond à rien\u00a0: il se note, sans plus.", where="message")
    if proposal.missing:
        raise BadInput(proposal.missing, where="message")
    told, known = proposal.reading, contact or proposal.who
    return Reply(
        answer=proposal.answer,
        contact=known or None,
        address=told.sender.email if contact and proposal.shape != "bounce" else "",
        datasets=proposal.datasets,
        next=tuple(named(one) for one in proposal.next),
        deputy=named(proposal.deputy) if proposal.deputy else None,
        reason=proposal.reason,
        until=proposal.until,
        due=proposal.due,
        url=proposal.url,
        named=told.named,
        note=NEED if told.need else "",
        message=proposal.message.id,
    )


def note_mail(desk: Desk, message_id: str, *, naming: bool = False) -> Noted:
    """Note a mail that asks nothing more: a receipt, a delay, the number of a help desk, or one that the user sets aside.

    What it told is kept as a note. With `naming`, what its writer says about being named in public is written too.
    Doing it twice changes nothing. Raise NotFound, or BadInput when it says nothing of that.
    """
    with desk.logbook.change() as change:
        book = current(change.book)
        message = _received(book, message_id)
        if message not in to_log(book):
            done = next((event.action for event in book.events if event.message == message.id and event.type != "received"), "")
            return Noted(message=message, action=done, already=True)
        now, action = desk.clock(), desk.new_id()
        proposal = propose(message, book)
        if naming and not proposal.names:
            raise BadInput("Ce message ne dit pas si la personne accepte d’être nommée.", where="message")
        noted = replace(message, note=message.note or _told(proposal, book))
        if kept := change_message([(message, noted)], id=desk.new_id(), at=now, action=action):
            change.put(noted)
            change.put(kept)
        contact = next((id for id in message.contacts if id in book.contacts), None)
        dataset = message.datasets[0] if len(message.datasets) == 1 else None
        change.append(
            Event(
                id=desk.new_id(), at=now, type="noted", action=action, contact=contact, dataset=dataset, message=message.id, told_by="mail"
            )
        )
        if naming:
            for event in naming_events(proposal.reading.named, contact=proposal.who, message=message.id, at=now):
                change.append(replace(event, id=desk.new_id(), action=action))
    return Noted(message=noted, action=action)


def _told(proposal: Proposal, book: Book) -> str:
    day = short_date(proposal.message.at.astimezone(zone_of(book.organisation)).date())
    number = proposal.reading.ticket
    words = {
        "receipt": f"Message affiché par son destinataire le {day}.",
        "delay": f"Remise du message retardée, signalée le {day}.",
        "ticket": f"Demande enregistrée sous le numéro {number}, le {day}.",
    }
    return words.get(proposal.shape, f"Numéro de demande\u00a0: {number}." if number else "")


def _received(book: Book, message_id: str) -> Message:
    message = book.messages.get(message_id)
    if message is None or message.way != "in":
        raise NotFound("Ce message reçu n’est pas dans le journal.", where="message")
    return message
