"""Attendance: who comes, who does not, who said nothing: a fold of the events, never stored.

What an answer is worth follows RFC 5546 §2.1.5: a higher SEQUENCE is newer, then a later DTSTAMP, each compared only when both
sides have it; else the one logged last. An answer given for the time before a move never counts for the new time: it makes
the person "à reconfirmer" when it was an acceptance.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, Literal, cast

from msgspec import Struct
from msgspec.structs import replace

from addin.core.book import Book
from addin.core.events import Event, standing
from addin.core.meetings import Attendee, Meeting, Partstat

State = Literal["accepted", "maybe", "declined", "delegated", "silent", "reconfirm"]

STATES: Final[Mapping[State, str]] = {
    "accepted": "accepté",
    "maybe": "peut-être",
    "declined": "décliné",
    "delegated": "délégué",
    "silent": "sans réponse",
    "reconfirm": "à reconfirmer",
}
"""What each state is called."""

_OF_PARTSTAT: Final[Mapping[str, State]] = {"ACCEPTED": "accepted", "TENTATIVE": "maybe", "DECLINED": "declined", "DELEGATED": "delegated"}


class _Move(Struct, frozen=True):
    place: int
    sequence: int
    date: datetime | None


class _Answer(Struct, frozen=True):
    place: int
    event: Event


class _Tale(Struct):
    """Hold what the events tell of one meeting, in order. Dates are UTC."""

    moves: list[_Move]
    answers: dict[tuple[str, datetime | None], list[_Answer]]
    attended: dict[tuple[str, datetime | None], bool]


def as_answered(meeting: Meeting, book: Book, *, date: datetime | None = None) -> Meeting:
    """Give the meeting with `partstat`, `told_by`, `attended` and `reconfirm` of each attendee filled from the events.

    `date` (the original start of one date of a series, aware): as things stand for that date, an answer for the whole series
    standing for each date of which nothing else was said. `book` may be raw: what was undone does not count.
    """
    return _filled(meeting, _tales(book, (meeting,))[meeting.id], date)


def all_answered(meetings: Iterable[Meeting], book: Book) -> tuple[Meeting, ...]:
    """Give several meetings as `as_answered` does, in one pass over the events."""
    wanted = tuple(meetings)
    tales = _tales(book, wanted)
    return tuple(_filled(meeting, tales[meeting.id], None) for meeting in wanted)


def state_of(attendee: Attendee) -> State:
    """Give the state of an attendee whom `as_answered` filled."""
    if attendee.partstat == "NEEDS-ACTION":
        return "reconfirm" if attendee.reconfirm else "silent"
    return _OF_PARTSTAT[attendee.partstat]


def told_dates(meeting: str, book: Book) -> frozenset[datetime]:
    """Give the dates of a series (id; original starts, UTC) of which something particular is known: answered, moved or ticked."""
    found = set()
    for event in standing(book.events):
        if event.meeting == meeting and event.recurrence and (event.type in ("rsvp", "attended") or _moves(event)):
            found.add(event.recurrence.astimezone(UTC))
    return frozenset(found)


def silent(book: Book, meeting: Meeting, *, date: datetime | None = None) -> tuple[Attendee, ...]:
    """Give the people invited who have not answered for the time that stands: silent, or to confirm again."""
    return tuple(a for a in as_answered(meeting, book, date=date).attendees if a.email and state_of(a) in ("silent", "reconfirm"))


def _tales(book: Book, meetings: Iterable[Meeting]) -> dict[str, _Tale]:
    tales = {meeting.id: _Tale([], {}, {}) for meeting in meetings}
    for place, event in enumerate(standing(book.events)):
        tale = tales.get(event.meeting or "")
        if tale is None:
            continue
        date = event.recurrence.astimezone(UTC) if event.recurrence else None
        if _moves(event):
            before = max((move.sequence for move in tale.moves), default=0)
            tale.moves.append(_Move(place, event.sequence if event.sequence is not None else before + 1, date))
        elif event.type == "rsvp" and event.contact and event.partstat in _OF_PARTSTAT:
            tale.answers.setdefault((event.contact, date), []).append(_Answer(place, event))
        elif event.type == "attended" and event.contact:
            tale.attended[event.contact, date] = event.answer == "yes"
        elif event.type == "uninvited" and event.contact:
            for key in [key for key in tale.answers if key[0] == event.contact]:
                del tale.answers[key]
    return tales


def _moves(event: Event) -> bool:
    """Tell whether an event changes the time of a meeting or of one date; a moved date put back is told by `changed`."""
    return event.type == "moved" or (event.type == "changed" and event.recurrence is not None and event.start is not None)


def _filled(meeting: Meeting, tale: _Tale, date: datetime | None) -> Meeting:
    return replace(meeting, attendees=tuple(_person(attendee, tale, date) for attendee in meeting.attendees))


def _person(attendee: Attendee, tale: _Tale, date: datetime | None) -> Attendee:
    key = date.astimezone(UTC) if date else None
    moves = [move for move in tale.moves if move.date is None or move.date == key]
    whole = _latest(tale.answers.get((attendee.contact, None), ()), moves)
    own = _latest(tale.answers.get((attendee.contact, key), ()), moves) if key else None
    # a word about that very date wins over one about the series, unless the date has moved since
    best = max((found for found in (whole, own) if found), key=lambda found: _epoch(found, moves), default=None)
    if best is whole and own and whole and _epoch(own, moves) == _epoch(whole, moves):
        best = own
    stands = best is not None and _epoch(best, moves) == len(moves)
    return replace(
        attendee,
        partstat=cast(Partstat, best.event.partstat) if best and stands else "NEEDS-ACTION",
        told_by=_told_by(best.event) if best and stands else None,
        attended=tale.attended.get((attendee.contact, key)),
        reconfirm=bool(best and not stands and best.event.partstat == "ACCEPTED"),
    )


def _told_by(event: Event) -> Literal["mail", "phone", "calendar"]:
    return event.told_by if event.told_by in ("phone", "calendar") else "mail"


def _latest(answers: Iterable[_Answer], moves: Sequence[_Move]) -> _Answer | None:
    """Give the answer that counts among those of one person about one thing, in the order they were logged."""
    best: _Answer | None = None
    for answer in answers:
        if best is None or not _older(answer, best, moves):
            best = answer
    return best


def _older(answer: _Answer, best: _Answer, moves: Sequence[_Move]) -> bool:
    """Tell whether an answer logged after `best` was given before it."""
    mine, other = _epoch(answer, moves), _epoch(best, moves)
    if mine != other:
        return mine < other
    a, b = answer.event, best.event
    if a.sequence is not None and b.sequence is not None and a.sequence != b.sequence:
        return a.sequence < b.sequence
    return a.stamp is not None and b.stamp is not None and a.stamp < b.stamp


def _epoch(answer: _Answer, moves: Sequence[_Move]) -> int:
    """Count the moves that the answer knew of: by its SEQUENCE, else by when it was logged."""
    if answer.event.sequence is not None:
        return sum(move.sequence <= answer.event.sequence for move in moves)
    return sum(move.place < answer.place for move in moves)
