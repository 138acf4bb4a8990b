"""The events that tell a change of a meeting: what the logbook keeps of it, in ids and instants only."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from addin.core.events import Event, EventType
from addin.core.lifecycle.differences import differences
from addin.core.meetings import Meeting

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def facts(before: Meeting, after: Meeting) -> Iterator[Event]:
    """Give the events between two states of one meeting; `id`, `at` and `action` are for the caller to fill.

    Each bears the new SEQUENCE. A move tells the old start (`was`) and the new; what concerns one date of a series bears its
    original start (`recurrence`), a new date falls on the day `due`.
    """

    def fact(kind: EventType, **fields: Any) -> Event:
        return Event(id="", at=_EPOCH, type=kind, action="", meeting=after.id, sequence=after.sequence, **fields)

    found = differences(before, after)
    if found.moved:
        was, start = found.moved
        yield fact("moved", was=was, start=start, due=start.date())
    for one in found.date_moves:
        yield fact("moved", was=one.was, start=one.start, due=one.start.date(), recurrence=one.original)
    for date in found.skipped:
        yield fact("cancelled", recurrence=date.original)
    for date in found.restored:
        yield fact("changed", recurrence=date.original, start=date.start)
    if found.place or found.video or found.words or found.resized or found.revived:
        yield fact("changed")
    if found.cancelled:
        yield fact("cancelled")
    for attendee in found.removed:
        yield fact("uninvited", contact=attendee.contact)
    for attendee in found.added:
        yield fact("invited", contact=attendee.contact)
