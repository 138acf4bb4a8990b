"""Who must be sent what so that every calendar shows a meeting as it stands, and what each of them knows of it by now."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from addin.core.attendance import as_answered
from addin.core.book import Book, current
from addin.core.deliveries import LEFT
from addin.core.invitations import METHODS, Method, Purpose
from addin.core.lifecycle.dates import is_over
from addin.core.lifecycle.steps import cancelled_for
from addin.core.meetings import Attendee, Meeting
from addin.core.takebacks import Rewrite

_MAY_HAVE_LEFT: Final = LEFT | {"prepared"}
"""The states of a mail of the outbox that left, may have left, or was given as a file that the user may have sent."""


class Outgoing(Struct, frozen=True, kw_only=True):
    """One mail that is due: to whom, what for, about which state of the meeting; `before` is the state they know, for an update."""

    attendee: Attendee
    purpose: Purpose
    meeting: Meeting
    before: Meeting | None = None

    @property
    def method(self) -> Method:
        """Give the METHOD of its calendar object."""
        return METHODS[self.purpose]


class Told(Struct, frozen=True, kw_only=True):
    """Say what one contact was last sent of a meeting; `place` is that of its event in the log, None when there is no event yet."""

    method: str
    sequence: int
    stamp: datetime | None
    place: int | None = None


def answered(meeting: Meeting, book: Book) -> Meeting:
    """Fill the answers to a meeting, and those to each moved date of a series, from the events (`book` may be raw)."""
    filled = as_answered(meeting, book)
    return replace(
        filled,
        overrides=tuple(replace(one, attendees=as_answered(meeting, book, date=one.original).attendees) for one in meeting.overrides),
    )


def outgoing(meeting: Meeting, book: Book, *, now: datetime) -> tuple[Outgoing, ...]:
    """Give the mails that are due for `meeting` (its answers filled), in the order of its attendees, then those uninvited.

    An attendee is due a REQUEST when nothing was sent to them yet, or when the meeting changed since (a new person only concerns
    that person); a CANCEL when the meeting is called off or they were uninvited, and they have it. Nothing is due for a change to a
    meeting that is over at `now`. What only waits to be sent is still due. `book` may be raw.
    """
    book = current(book)
    told = told_of(meeting.id, book)
    if told and is_over(meeting, now):
        return ()
    changes = [(place, event) for place, event in enumerate(book.events) if event.type == "changed" and event.meeting == meeting.id]
    past = _Past(meeting, book)
    invited = {attendee.contact for attendee in meeting.attendees}
    due: list[Outgoing] = []
    for attendee in meeting.attendees:
        got = told.get(attendee.contact)
        if not attendee.email:  # a person who was forgotten
            continue
        if meeting.status == "CANCELLED":
            if got and got.method == "REQUEST":
                due.append(Outgoing(attendee=attendee, purpose="cancel", meeting=meeting))
        elif not got or got.method == "CANCEL":
            due.append(Outgoing(attendee=attendee, purpose="invite", meeting=meeting))
        elif got.sequence < meeting.sequence or any(_came_after(got, place, event.at) for place, event in changes):
            due.append(Outgoing(attendee=attendee, purpose="update", meeting=meeting, before=past.as_told(got)))
    for contact, got in told.items():
        if contact not in invited and got.method == "REQUEST" and (email := past.address(contact)):
            gone = Attendee(contact=contact, email=email)
            due.append(Outgoing(attendee=gone, purpose="uninvite", meeting=cancelled_for(meeting, gone)))
    return tuple(due)


def everyone(meeting: Meeting) -> tuple[Outgoing, ...]:
    """Give one mail for each attendee, whatever they were sent: a re-send, or a first sending by hand."""
    purpose: Purpose = "cancel" if meeting.status == "CANCELLED" else "invite"
    return tuple(Outgoing(attendee=attendee, purpose=purpose, meeting=meeting) for attendee in meeting.attendees if attendee.email)


def told_of(meeting: str, book: Book) -> Mapping[str, Told]:
    """Fold what each contact was last sent of a meeting (id), by contact.

    A mail counts that left (`delivered`), that was handed over as a file (`handed`), or that may have left: the outbox still waits
    for a word of the server, or gave a file. A declined proposal is no news of the meeting.
    """
    told: dict[str, Told] = {}
    for place, event in enumerate(book.events):
        if event.meeting == meeting and event.contact and event.type in ("handed", "delivered") and event.method != "DECLINECOUNTER":
            told[event.contact] = Told(method=event.method or "REQUEST", sequence=event.sequence or 0, stamp=event.stamp, place=place)
    for mail in book.deliveries.values():
        if mail.meeting == meeting and mail.state in _MAY_HAVE_LEFT and mail.method != "DECLINECOUNTER":
            got = told.get(mail.contact)
            if got is None or got.stamp is None or mail.stamp > got.stamp:
                told[mail.contact] = Told(method=mail.method, sequence=mail.sequence, stamp=mail.stamp)
    return told


def told_since(meeting: str, book: Book, action: str) -> bool:
    """Tell whether a mail of a meeting (id) left, or may have left, that holds what the gesture `action` did; `book` is the raw one."""
    gesture = [place for place, event in enumerate(book.events) if event.action == action]
    begun, raised = min(gesture, default=len(book.events)), max((book.events[place].sequence or 0 for place in gesture), default=0)
    for place, event in enumerate(book.events):
        if event.meeting == meeting and event.type in ("handed", "delivered") and place > begun and (event.sequence or 0) >= raised:
            return True
    return any(mail.meeting == meeting and mail.state in _MAY_HAVE_LEFT and mail.known > begun for mail in book.deliveries.values())


def _came_after(got: Told, place: int, at: datetime) -> bool:
    """Tell whether a change is not in the mail that somebody got, also when it came while that mail was on its way."""
    if got.place is not None and place > got.place:
        return True
    return got.stamp is not None and at >= got.stamp + timedelta(seconds=1)


class _Past:
    """Know the earlier states of a meeting, from what the gestures that stand changed in it."""

    def __init__(self, meeting: Meeting, book: Book) -> None:
        self._meeting, self._book = meeting, book
        places: dict[str, int] = {}
        for place, event in enumerate(book.events):
            places.setdefault(event.action, place)
        self._rewrites: list[tuple[int, datetime, Rewrite]] = []  # latest first
        for message in book.messages.values():
            if message.way == "change" and f'"{meeting.id}"' in message.text:
                for rewrite in msgspec.json.decode(message.text, type=list[Rewrite]):
                    if rewrite.kind == Meeting.__name__ and rewrite.id == meeting.id:
                        self._rewrites.insert(0, (places.get(message.action, -1), message.at, rewrite))
        self._states: dict[int, Meeting] = {}

    def as_told(self, got: Told) -> Meeting:
        """Give the state that somebody was told: the changes made since are taken back, latest first."""
        values, taken = msgspec.to_builtins(self._meeting), 0
        for place, at, rewrite in self._rewrites:
            if _came_after(got, place, at) or values["sequence"] > got.sequence:
                values |= {name: before for name, (before, _) in rewrite.fields.items()}
                taken += 1
        if taken not in self._states:
            self._states[taken] = msgspec.convert(values, Meeting)
        return self._states[taken]

    def address(self, contact: str) -> str:
        """Give the address that somebody was invited at before they were uninvited (the very ATTENDEE to cancel); else their own."""
        for _, _, rewrite in self._rewrites:
            for attendee in msgspec.convert(rewrite.fields.get("attendees", ((), ()))[0], tuple[Attendee, ...]):
                if attendee.contact == contact:
                    return attendee.email
        known = self._book.contacts.get(contact)
        return known.email if known else ""
