"""What an incoming calendar message means for our meetings (RFC 5546): an answer, a proposal, a question, or a doubt to settle.

An answer is matched on its UID and its ATTENDEE only. What is doubtful is never decided here: it waits, as a `received` event that
bears its meeting and a reason, until a person confirms it or sets it aside (an `rsvp` event of the same message, `answer` confirmed
or ignored).
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Final, Literal, cast

from msgspec import Struct
from msgspec.structs import replace

from addin.core.book import Book, current
from addin.core.events import Event
from addin.core.itip import Rsvp
from addin.core.lifecycle.dates import held_dates, local_start, zone_of_meeting
from addin.core.meetings import Attendee, Meeting

Doubt = Literal["sender", "stranger", "delegate", "refresh"]
Verdict = Literal["answer", "counter", "sender", "stranger", "delegate", "refresh", "silent", "unknown", "foreign"]

DOUBTS: Final[Mapping[str, str]] = {
    "sender": "à confirmer\u00a0: le message vient d’une autre adresse que celle de la personne invitée",
    "stranger": "à confirmer\u00a0: cette personne n’est pas invitée",
    "delegate": "à confirmer\u00a0: une autre personne viendrait à sa place",
    "refresh": "demande à recevoir de nouveau l’invitation",
}
"""Why an answer waits, in words."""

NOT_OURS: Final[Mapping[str, str]] = {
    "silent": "Cette réponse ne dit ni oui, ni non, ni peut-être.",
    "unknown": "Cette réponse concerne une réunion qui n’est pas dans le journal.",
    "foreign": "Ce message vient d’une personne qui organise, pas d’une personne invitée.",
}
"""Why a calendar message changes nothing, in words."""

_ANSWERS: Final = ("ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED")


class Meaning(Struct, frozen=True, kw_only=True):
    """Say what one calendar answer means.

    `verdict`: `answer` and `counter` (another time proposed) are certain; those of `DOUBTS` wait for a person's word; those of
    `NOT_OURS` change nothing. `contact` is the invited person concerned, or the known contact behind a stranger's address.
    `recurrence` is the date of a series (UTC); `sequence` that of the invitation that was answered, None when nothing tells it.
    """

    verdict: Verdict
    rsvp: Rsvp
    meeting: str | None = None
    contact: str | None = None
    recurrence: datetime | None = None
    sequence: int | None = None

    @property
    def words(self) -> str:
        """Say in French why nothing certain is written, or an empty text."""
        return DOUBTS.get(self.verdict) or NOT_OURS.get(self.verdict, "")


class Waiting(Struct, frozen=True, kw_only=True):
    """Show what waits for a person's word: `id` is that of its event, `email` and `name` say who answers, `sender` who wrote.

    `contact` is the invited person concerned, or the known contact behind the address; `delegates` those who would come instead.
    """

    id: str
    message: str
    meeting: str
    doubt: Doubt
    at: datetime
    contact: str | None = None
    email: str = ""
    name: str = ""
    partstat: str = ""
    comment: str = ""
    start: datetime | None = None
    recurrence: datetime | None = None
    delegates: tuple[str, ...] = ()


def meanings(rsvps: tuple[Rsvp, ...], sender: str, book: Book) -> tuple[Meaning, ...]:
    """Say what each calendar answer of one mail means; `sender` is the address of its From, `book` may be raw."""
    book = current(book)
    return tuple(_meaning(rsvp, sender, book) for rsvp in rsvps)


def events_of(meaning: Meaning, *, message: str, at: datetime) -> tuple[Event, ...]:
    """Give the events that a meaning writes, for the caller to fill `id` and `action`.

    Certain: `rsvp`, or `countered` with the `rsvp` that it implies. Doubtful: one `received` that bears the meeting. What changes
    nothing leaves an `rsvp` without meeting or without answer, so that the mail is known as dealt with.
    """
    rsvp = meaning.rsvp
    said = Event(
        id="",
        at=at,
        action="",
        type="rsvp",
        contact=meaning.contact,
        meeting=meaning.meeting,
        message=message,
        told_by="mail",
        partstat=rsvp.partstat if rsvp.partstat in _ANSWERS else None,
        sequence=meaning.sequence,
        stamp=rsvp.stamp,
        recurrence=meaning.recurrence,
        method=rsvp.method,
    )
    doubt = replace(said, type="received", reason=meaning.verdict, start=rsvp.begins if rsvp.method == "COUNTER" else None)
    if meaning.verdict == "answer":
        return (said,)
    if meaning.verdict == "counter":
        proposed = replace(said, type="countered", partstat=None, start=rsvp.begins)
        return (said, proposed) if said.partstat else (proposed,)
    if meaning.verdict == "delegate":
        return said, doubt
    if meaning.verdict in DOUBTS:
        return (doubt,)
    return (replace(said, partstat=None, reason=meaning.verdict),)


def waiting(book: Book, meeting: str | None = None) -> tuple[Waiting, ...]:
    """Give what waits for a person's word, oldest first (about one meeting, or all). `book` may be raw."""
    book = current(book)
    found: dict[tuple[object, ...], Event] = {}
    for event in book.events:
        if event.meeting is None or event.meeting not in book.meetings or event.message is None or (meeting and event.meeting != meeting):
            continue
        key = (event.message, event.meeting, event.recurrence, event.contact, event.reason)
        if event.type == "received" and event.reason in DOUBTS:
            found[key] = event
        elif event.type == "rsvp" and event.answer:
            found.pop(key, None)
    return tuple(_waiting(event, book) for event in found.values())


def settled(event: Event, answer: Literal["confirmed", "ignored"], *, at: datetime) -> Event:
    """Give the event that settles a doubt (its `received` event), for the caller to fill `id` and `action`."""
    return replace(event, id="", action="", at=at, type="rsvp", partstat=None, start=None, answer=answer)


def _meaning(rsvp: Rsvp, sender: str, book: Book) -> Meaning:
    if rsvp.method == "DECLINECOUNTER":
        return Meaning(verdict="foreign", rsvp=rsvp)
    meeting = next((one for uid in (rsvp.uid, *rsvp.uids) for one in book.meetings.values() if one.uid == uid), None)
    if meeting is None:
        return Meaning(verdict="unknown", rsvp=rsvp)
    named = rsvp.attendee or (sender if rsvp.method == "REFRESH" else "")
    invited, writes = _invited(meeting, named, book), _invited(meeting, sender, book)
    recurrence = recurrence_of(rsvp, meeting)
    found = Meaning(
        verdict="answer",
        rsvp=rsvp,
        meeting=meeting.id,
        contact=invited.contact if invited else writes.contact if writes else _known(named, book),
        recurrence=recurrence,
        sequence=_sequence(rsvp, meeting, recurrence, book),
    )
    return replace(found, verdict=_verdict(rsvp, invited, writes, sender_is_known=_same(invited, sender, book)))


def _verdict(rsvp: Rsvp, invited: Attendee | None, writes: Attendee | None, *, sender_is_known: bool) -> Verdict:
    if rsvp.method == "REPLY" and rsvp.partstat not in _ANSWERS:
        return "silent"
    if invited is None:
        return "sender" if writes else "stranger"
    if not sender_is_known:
        return "sender"
    if rsvp.method == "REFRESH":
        return "refresh"
    if rsvp.method == "COUNTER" and rsvp.begins:
        return "counter"
    if rsvp.partstat == "DELEGATED":
        return "delegate"
    return "answer" if rsvp.partstat in _ANSWERS else "silent"


def _invited(meeting: Meeting, email: str, book: Book) -> Attendee | None:
    """Find who is invited at that very address; else the invited contact whose address it is too."""
    if not email:
        return None
    for attendee in meeting.attendees:
        if attendee.email.lower() == email:
            return attendee
    own = {contact.id for contact in book.contacts.values() if email in contact.emails}
    return next((attendee for attendee in meeting.attendees if attendee.contact in own), None)


def _same(invited: Attendee | None, sender: str, book: Book) -> bool:
    """Tell whether the mail comes from the invited address, or from another one that the address book gives to the same contact."""
    if invited is None or not sender:
        return False
    contact = book.contacts.get(invited.contact)
    return invited.email.lower() == sender or bool(contact and sender in contact.emails)


def _known(email: str, book: Book) -> str | None:
    return next((contact.id for contact in book.contacts.values() if email and email in contact.emails), None)


def recurrence_of(rsvp: Rsvp, meeting: Meeting) -> datetime | None:
    """Give the date of the series that an answer is about, as the UTC instant of its original start; None for the whole series.

    A client that writes another instant, or a bare day, means the date of that local day.
    """
    if not meeting.rrule or rsvp.recurrence_id is None:
        return None
    originals = [held.original for held in held_dates(meeting)]
    if rsvp.recurrence:
        instant = rsvp.recurrence.astimezone(UTC)
        if any(original.astimezone(UTC) == instant for original in originals):
            return instant
        day = instant.astimezone(zone_of_meeting(meeting)).date()
    else:
        day = date.fromisoformat(rsvp.recurrence_id[:10])
        instant = datetime(day.year, day.month, day.day, tzinfo=zone_of_meeting(meeting)).astimezone(UTC)
    same_day = [original.astimezone(UTC) for original in originals if original.date() == day]
    return same_day[0] if len(same_day) == 1 else instant


def _sequence(rsvp: Rsvp, meeting: Meeting, recurrence: datetime | None, book: Book) -> int | None:
    """Give the SEQUENCE that was answered: said, else told by the time the answer repeats or by its DTSTAMP (before a move)."""
    if rsvp.numbered:
        return rsvp.sequence
    moves = [
        event
        for event in book.events
        if event.type == "moved" and event.meeting == meeting.id and event.sequence and event.recurrence in (None, recurrence)
    ]
    if not moves:
        return None
    begins = rsvp.begins.astimezone(UTC) if rsvp.begins and rsvp.method == "REPLY" else None
    held = next((one.start for one in held_dates(meeting) if one.original.astimezone(UTC) == recurrence), local_start(meeting))
    if begins == held.astimezone(UTC):
        return None
    for event in reversed(moves):
        if event.was and event.was.astimezone(UTC) == begins and event.sequence:
            return event.sequence - 1
    last = moves[-1]
    return last.sequence - 1 if rsvp.stamp and rsvp.stamp < last.at and last.sequence else None


def rsvp_of(book: Book, event: Event) -> Rsvp | None:
    """Find what the mail said that an event was made from; None when it is not kept (a person was forgotten)."""
    message, meeting = book.messages.get(event.message or ""), book.meetings.get(event.meeting or "")
    if message is None or meeting is None:
        return None
    same = [rsvp for rsvp in message.rsvps if meeting.uid in (rsvp.uid, *rsvp.uids)]
    exact = [rsvp for rsvp in same if recurrence_of(rsvp, meeting) == event.recurrence and (rsvp.partstat or None) == event.partstat]
    return next(iter(exact or same), None)


def _waiting(event: Event, book: Book) -> Waiting:
    rsvp = rsvp_of(book, event)
    return Waiting(
        id=event.id,
        message=event.message or "",
        meeting=event.meeting or "",
        doubt=cast(Doubt, event.reason),
        at=event.at,
        contact=event.contact,
        email=rsvp.attendee if rsvp else "",
        name=rsvp.name if rsvp else "",
        partstat=event.partstat or "",
        comment=rsvp.comment if rsvp else "",
        start=event.start,
        recurrence=event.recurrence,
        delegates=rsvp.delegates if rsvp else (),
    )
