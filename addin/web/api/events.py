"""The events of the logbook, in the shape of the API: every key is there."""

from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import asdict

from addin.core.events import Event


class EventOut(Struct, frozen=True, kw_only=True):
    """Show one event of the logbook, every key there."""

    id: str
    at: datetime
    type: str
    action: str
    dataset: str | None
    contact: str | None
    to: str | None
    by: str | None
    relation: str | None
    stage: str | None
    letter: str | None
    message: str | None
    meeting: str | None
    answer: str | None
    reason: str | None
    until: date | None
    due: date | None
    told_by: str | None
    partstat: str | None
    level: int | None
    sequence: int | None
    stamp: datetime | None
    recurrence: datetime | None
    start: datetime | None
    was: datetime | None
    method: str | None
    undo_of: str | None


def event_out(event: Event) -> EventOut:
    """Give an event with every key."""
    return EventOut(**asdict(event))
