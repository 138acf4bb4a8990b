"""Answer a proposal for another time (COUNTER): take it, and everybody is moved, or decline it; send an invitation again on demand."""

from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace

from addin.actions.change_meeting import Changed, Order, change, foresee
from addin.actions.send_invitations import send_batch
from addin.core.book import Book, current
from addin.core.counters import Counter, open_counters
from addin.core.deliveries import next_stamp
from addin.core.errors import BadInput, NotFound
from addin.core.events import Event
from addin.core.fields import many_lines
from addin.core.lifecycle.mailing import Outgoing, answered
from addin.core.meetings import Attendee, Meeting
from addin.core.rsvps import settled, waiting
from addin.core.writing.press import Press
from addin.ports.desk import Desk


class Declined(Struct, frozen=True, kw_only=True):
    """Say that a proposal was declined: the gesture (for undo), its event, and how its author is told (METHOD:DECLINECOUNTER).

    Either `mail`, a file (name, bytes) to send by hand, or `batch`, the sending to follow.
    """

    action: str
    counter: Counter
    event: Event
    mail: tuple[str, bytes] | None = None
    batch: str = ""


class SentAgain(Struct, frozen=True, kw_only=True):
    """Say that an invitation goes again to one person (METHOD:REQUEST, same SEQUENCE): the gesture, then `mail` or `batch` as above."""

    action: str
    meeting: str
    mail: tuple[str, bytes] | None = None
    batch: str = ""


def accept_counter(desk: Desk, counter: str, *, reason: str = "") -> Changed:
    """Move the meeting, or that date of the series, to the time that was proposed: everybody is asked again, SEQUENCE goes up.

    `counter` is the id of its `countered` event. The gesture is that of a move: undo takes it back. Raise NotFound when the proposal
    does not stand, BadInput as `change_meeting.change` does.
    """
    found = _counter(current(desk.logbook.read()), counter)
    return change(desk, found.meeting, Order(start=found.start, date=found.recurrence, reason=reason))


def foresee_counter(desk: Desk, counter: str, *, reason: str = "") -> Changed:
    """Say what `accept_counter` would do, without doing it. Raise as it would."""
    found = _counter(current(desk.logbook.read()), counter)
    return foresee(desk, found.meeting, Order(start=found.start, date=found.recurrence, reason=reason))


def decline_counter(desk: Desk, counter: str, *, comment: str = "", send: bool = False) -> Declined:
    """Say no to a proposal: the meeting stays, its author is told (`comment` says why). The gesture is undoable, not the mail.

    With `send` the mail is queued at the outbox; else it is given as a file. Raise NotFound when the proposal does not stand,
    BadInput for words that cannot be written, or when nothing can leave; nothing is then written.
    """
    comment = many_lines(comment.strip(), where="comment")
    _refuse_when_shut(desk, send)
    with desk.logbook.change() as writing:
        book = current(writing.book)
        found = _counter(book, counter)
        now, action = desk.clock().astimezone(UTC), desk.new_id()
        meeting = book.meetings[found.meeting]
        mail = Outgoing(attendee=_attendee(meeting, found.contact), purpose="decline", meeting=answered(meeting, book))
        press = Press(book.contacts, comment=comment, proposed=found.start, recurrence=found.recurrence)
        octets = _printed(press, mail, next_stamp(meeting, now), key=f"{found.id}.declinecounter")
        event = Event(
            id=desk.new_id(),
            at=now,
            type="countered",
            action=action,
            contact=found.contact,
            meeting=found.meeting,
            message=found.message or None,
            recurrence=found.recurrence,
            start=found.start,
            answer="declined",
            method="DECLINECOUNTER",
        )
        writing.append(event)
    if not send:
        return Declined(action=action, counter=found, event=event, mail=octets)
    sent = send_batch(
        desk,
        [found.meeting],
        only=[found.contact],
        method="DECLINECOUNTER",
        comment=comment,
        proposed=found.start,
        recurrence=found.recurrence,
    )
    return Declined(action=action, counter=found, event=event, batch=sent.batch)


def send_again(desk: Desk, event: str, *, send: bool = False) -> SentAgain:
    """Invite once more the person who asked for it (REFRESH; `event` is the id of its `received` event).

    SEQUENCE stays, DTSTAMP is new (RFC 5546 §3.2.6). With `send` the mail is queued at the outbox; else it is given as a file. Raise
    NotFound when nobody waits under this id, BadInput for another doubt, a cancelled meeting, or when nothing can leave.
    """
    _refuse_when_shut(desk, send)
    with desk.logbook.change() as writing:
        book = current(writing.book)
        wait = next((one for one in waiting(book) if one.id == event), None)
        if wait is None:
            raise NotFound("Aucune demande d’invitation ne porte cet identifiant.", where="event")
        if wait.doubt != "refresh" or wait.contact is None:
            raise BadInput("Cette personne ne demande pas l’invitation.", where="event")
        now, action = desk.clock().astimezone(UTC), desk.new_id()
        meeting = book.meetings[wait.meeting]
        if meeting.status == "CANCELLED":
            raise BadInput("Cette réunion est annulée.", where="event")
        stamp = next_stamp(meeting, now)
        mail = Outgoing(attendee=_attendee(meeting, wait.contact), purpose="invite", meeting=answered(meeting, book))
        octets = _printed(Press(book.contacts), mail, stamp, key=f"{meeting.id}.{meeting.sequence}.{wait.id}")
        doubt = next(one for one in book.events if one.id == event)
        written = [settled(doubt, "confirmed", at=now)]
        if not send:
            writing.put(replace(meeting, stamp=stamp))
            handed = Event(id="", at=now, type="handed", action="", contact=wait.contact, meeting=meeting.id, method="REQUEST")
            written.append(replace(handed, sequence=meeting.sequence, stamp=stamp))
        for one in written:
            writing.append(replace(one, id=desk.new_id(), action=action))
    if not send:
        return SentAgain(action=action, meeting=meeting.id, mail=octets)
    sent = send_batch(desk, [meeting.id], only=[wait.contact], again=True)
    return SentAgain(action=action, meeting=meeting.id, batch=sent.batch)


def _refuse_when_shut(desk: Desk, send: bool) -> None:
    if send and (fault := desk.outbox.fault()):
        raise BadInput(fault, where="mail")


def _counter(book: Book, counter: str) -> Counter:
    found = next((one for one in open_counters(book) if one.id == counter), None)
    if found is None:
        raise NotFound("Cette proposition n’est pas, ou plus, à traiter.", where="counter")
    return found


def _attendee(meeting: Meeting, contact: str) -> Attendee:
    found = next((attendee for attendee in meeting.attendees if attendee.contact == contact and attendee.email), None)
    if found is None:
        raise NotFound("Cette personne n’est plus invitée à la réunion.", where="contact")
    return found


def _printed(press: Press, mail: Outgoing, stamp: datetime, *, key: str) -> tuple[str, bytes]:
    """Give (file name, mail); its Message-ID follows from `key`, always the same for one answer."""
    host = mail.meeting.uid.rpartition("@")[2]
    return f"{key}.eml", press.letter(mail, message_id=f"{key}@{host}", stamp=stamp.replace(microsecond=0))
