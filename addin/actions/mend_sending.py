"""Mend a sending: send a mail again, say what is known of one in doubt, go on, give up; and write down what became of each."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final, Literal

from msgspec.structs import replace

from addin.actions.send_invitations import Progress, batch_of, progress
from addin.core.book import Book, current
from addin.core.deliveries import Delivery, State, of_meeting
from addin.core.errors import BadInput, NotFound
from addin.core.events import Event, EventType
from addin.core.messages import Message
from addin.ports.desk import Desk
from addin.ports.logbook import Change


def retry(desk: Desk, delivery: str) -> Delivery:
    """Queue again a mail that failed, is unsure, or waits for its turn: the same mail, with the same Message-ID.

    Raise NotFound, or BadInput when it left already or says what is no longer true.
    """
    with desk.logbook.change() as change:
        mail = _delivery(change.book, delivery)
        if mail.state not in ("failed", "unsure", "queued"):
            raise BadInput("Ce message n’est pas à renvoyer.", where="delivery")
        meeting = current(change.book).meetings.get(mail.meeting)
        newer = any(one.stamp > mail.stamp for one in of_meeting(change.book.deliveries, mail.meeting) if one.contact == mail.contact)
        if meeting is None or meeting.sequence != mail.sequence or newer:
            raise BadInput("La réunion a changé depuis\u00a0: envoyez plutôt sa dernière version.", where="delivery")
        again = replace(mail, state="queued", error="", after=None, tries=0, at=desk.clock().astimezone(UTC))
        change.put(again)
        change.put(replace(batch_of(change.book, mail.batch), halted=""))
    desk.wake()
    return again


def settle(desk: Desk, delivery: str, received: bool) -> Delivery:
    """Write down what the user knows of a mail that is unsure or was only prepared: it was received (or sent by hand), or not.

    Raise NotFound, or BadInput when there is nothing to settle.
    """
    with desk.logbook.change() as change:
        mail = _delivery(change.book, delivery)
        if mail.state not in ("unsure", "prepared"):
            raise BadInput("L’envoi de ce message n’est pas en doute.", where="delivery")
        now = desk.clock().astimezone(UTC)
        settled = replace(mail, state="sent" if received else "failed", error="" if received else "Non reçu.", at=now)
        change.put(settled)
        note_outcome(change, change.book, settled, at=now, event=desk.new_id(), subject="")
    return settled


def resume(desk: Desk, batch: str) -> Progress:
    """Go on with a batch that was halted, now that its cause is mended. Raise NotFound."""
    with desk.logbook.change() as change:
        change.put(replace(batch_of(change.book, batch), halted=""))
    desk.wake()
    return progress(desk, batch)


def stop(desk: Desk, batch: str) -> Progress:
    """Give up what a batch has not sent yet. Raise NotFound."""
    with desk.logbook.change() as change:
        batch_of(change.book, batch)
        now = desk.clock().astimezone(UTC)
        for mail in change.book.deliveries.values():
            if mail.batch == batch and mail.state == "queued":
                change.put(replace(mail, state="dropped", error="Envoi arrêté.", at=now))
    desk.wake()  # whoever waits to send them leaves at once
    return progress(desk, batch)


_EVENTS: Final[Mapping[State, EventType]] = {"sent": "delivered", "prepared": "handed", "unsure": "handed", "failed": "refused"}


def note_outcome(change: Change, book: Book, mail: Delivery, *, at: datetime, event: str, subject: str) -> None:
    """Append the event of a mail that left, may have left, or was refused for good; keep what recognises an answer to it.

    `book` is that of the change, or what it was a moment ago.
    """
    kind = _EVENTS.get(mail.state)
    if kind is None:
        return
    if kind != "refused":
        meeting, known = book.meetings.get(mail.meeting), book.messages.get(mail.id)
        subject = subject or (known.subject if known else meeting.title if meeting else "")
        state: Literal["sent", "prepared"] = "sent" if mail.state == "sent" else "prepared"
        change.put(
            Message(id=mail.id, way="out", at=at, message_id=mail.message_id, subject=subject[:300], contacts=(mail.contact,), state=state)
        )
    change.append(
        Event(
            id=event,
            at=at,
            type=kind,
            action=mail.batch,
            contact=mail.contact,
            meeting=mail.meeting,
            sequence=mail.sequence,
            stamp=mail.stamp,
            method=mail.method,
            message=None if kind == "refused" else mail.id,
        )
    )


def _delivery(book: Book, key: str) -> Delivery:
    found = book.deliveries.get(key)
    if found is None:
        raise NotFound("Ce message n’est pas dans le journal.", where="delivery")
    return found
