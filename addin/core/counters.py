"""Proposals of another time (METHOD:COUNTER): which stand, a fold of the events."""

from datetime import datetime
from typing import cast

from msgspec import Struct

from addin.core.book import Book, current
from addin.core.events import Event
from addin.core.rsvps import rsvp_of


class Counter(Struct, frozen=True, kw_only=True):
    """Show a proposal that stands: `contact` would rather meet at `start` (aware). `id` is that of its event."""

    id: str
    meeting: str
    contact: str
    start: datetime
    at: datetime
    message: str = ""
    comment: str = ""
    recurrence: datetime | None = None


def open_counters(book: Book, meeting: str | None = None) -> tuple[Counter, ...]:
    """Give the proposals that stand, oldest first (about one meeting, or all). `book` may be raw.

    One is over when it was declined (`countered` with an answer), when the meeting or that date has moved or was called off since,
    when its author proposed again, or is no longer invited; one made before a move and logged after it never stood.
    """
    book = current(book)
    found: dict[tuple[str, str, datetime | None], Event] = {}
    ends: list[Event] = []
    for event in book.events:
        key = (event.meeting or "", event.contact or "", event.recurrence)
        if event.type == "countered" and (event.answer or event.start is None):
            found.pop(key, None)
        elif event.type == "countered" and not any(_ends(end, event) and _after(end, event) for end in ends):
            found.pop(key, None)
            found[key] = event
        elif event.type in ("moved", "cancelled", "uninvited"):
            ends.append(event)
            found = {key: one for key, one in found.items() if not _ends(event, one)}
    return tuple(
        Counter(
            id=event.id,
            meeting=event.meeting or "",
            contact=event.contact or "",
            start=cast(datetime, event.start),
            at=event.at,
            message=event.message or "",
            comment=_comment(book, event),
            recurrence=event.recurrence,
        )
        for event in found.values()
        if event.meeting in book.meetings and (meeting is None or event.meeting == meeting)
    )


def _ends(event: Event, proposal: Event) -> bool:
    if event.meeting != proposal.meeting:
        return False
    if event.type == "uninvited":
        return event.contact == proposal.contact
    return event.recurrence is None or event.recurrence == proposal.recurrence


def _after(end: Event, proposal: Event) -> bool:
    """Tell whether a proposal, logged later, was made before the meeting moved: it answers an older SEQUENCE."""
    return end.type == "moved" and end.sequence is not None and proposal.sequence is not None and proposal.sequence < end.sequence


def _comment(book: Book, event: Event) -> str:
    rsvp = rsvp_of(book, event)
    return rsvp.comment if rsvp else ""
