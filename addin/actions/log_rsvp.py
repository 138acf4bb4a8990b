"""Log calendar answers: read out of a mail, then the doubtful ones confirmed or set aside by a person."""

from datetime import UTC

from msgspec import Struct
from msgspec.structs import replace

from addin.actions.receive_mail import Received, receive
from addin.core.book import Book, current
from addin.core.errors import BadInput, NotFound
from addin.core.events import Event
from addin.core.meetings import Partstat
from addin.core.rsvps import Waiting, settled, waiting
from addin.ports.desk import Desk
from addin.ports.logbook import Change


class Settled(Struct, frozen=True, kw_only=True):
    """Say how a doubt was settled: the gesture (for undo) and its events."""

    action: str
    waiting: Waiting
    events: tuple[Event, ...]


def log_rsvp(desk: Desk, raw: bytes) -> Received:
    """Log the calendar answers of one mail; the same mail twice changes nothing. Raise BadInput when it holds no calendar answer."""
    received = receive(desk, raw)
    if received.incoming.kind != "rsvp":
        raise BadInput("Ce message n’est pas une réponse à une invitation.", where="raw")
    return received


def confirm_rsvp(desk: Desk, event: str, *, contact: str | None = None) -> Settled:
    """Count a doubtful answer as that of `contact` (an id; by default the invited person it names). One gesture, undoable.

    For a delegation: the delegate comes, having been invited. Raise NotFound when nothing waits under this event id, BadInput when
    the contact is not said or not invited.
    """
    with desk.logbook.change() as change:
        book = current(change.book)
        wait, doubt = _waiting(book, event)
        if wait.doubt == "refresh":
            raise BadInput("Cette personne demande l’invitation\u00a0: envoyez-la de nouveau.", where="event")
        meeting = book.meetings[wait.meeting]
        who = contact or wait.contact
        if who is None:
            raise BadInput("Dites de qui est cette réponse.", where="contact")
        if who not in {attendee.contact for attendee in meeting.attendees}:
            raise BadInput("Cette personne n’est pas invitée\u00a0: invitez-la d’abord.", where="contact")
        partstat: Partstat | None = "ACCEPTED" if wait.doubt == "delegate" else doubt.partstat  # type: ignore[assignment]
        if wait.doubt == "delegate" and who == wait.contact:
            raise BadInput("Dites qui vient à sa place.", where="contact")
        said = replace(doubt, type="rsvp", contact=who, partstat=partstat, reason=None, start=None)
        events = [said] if partstat else []
        if doubt.start:
            events.append(replace(said, type="countered", partstat=None, start=doubt.start))
        return _settle(desk, change, wait, doubt, "confirmed", events)


def ignore_rsvp(desk: Desk, event: str) -> Settled:
    """Set a doubtful answer aside: it does not count. Raise NotFound when nothing waits under this event id."""
    with desk.logbook.change() as change:
        wait, doubt = _waiting(current(change.book), event)
        return _settle(desk, change, wait, doubt, "ignored", [])


def _waiting(book: Book, event: str) -> tuple[Waiting, Event]:
    wait = next((one for one in waiting(book) if one.id == event), None)
    if wait is None:
        raise NotFound("Aucune réponse à confirmer ne porte cet identifiant.", where="event")
    return wait, next(one for one in book.events if one.id == event)


def _settle(desk: Desk, change: Change, wait: Waiting, doubt: Event, answer: str, events: list[Event]) -> Settled:
    at, action = desk.clock().astimezone(UTC), desk.new_id()
    mark = settled(doubt, "confirmed" if answer == "confirmed" else "ignored", at=at)
    written = tuple(replace(one, id=desk.new_id(), at=at, action=action) for one in (*events, mark))
    for one in written:
        change.append(one)
    return Settled(action=action, waiting=wait, events=written)
