"""The append-only facts of the logbook. Events speak only in ids: no name, no address, no free text."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

EventType = Literal[
    "asked",  # dataset asked of contact; `to` unused, `by` = the contact who pointed the way, due = reply-by date
    "answered",  # contact answered about dataset: answer, reason, until, due
    "redirected",  # contact pointed from itself to `to` for dataset
    "linked",  # `to` also takes part in dataset beside contact: relation produces | supplies | validates
    "reminded",  # contact was reminded about dataset
    "called",  # contact was called (about dataset)
    "sent",  # a letter went out that asks nothing of one data set (stage 1, thanks, ...)
    "received",  # a mail came in from contact (about dataset) and waits to be logged
    "absent",  # contact is away until `until`; `to` = the deputy
    "bounced",  # contact's address was refused
    "invited",
    "rsvp",
    "moved",
    "cancelled",
    "attended",
    "named",  # contact agreed (answer "yes") or not (answer "no") to be named
    "published",  # dataset was published
    "decided",  # decision on dataset: answer "impossible" | "later" | "open"
    "maturity",  # level found
    "imported",  # records were imported, or added by hand
    "edited",  # a record was changed by hand (what changed is kept beside, core/takebacks)
    "undone",  # `undo_of` = the action taken back
]


class Event(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """State one fact. `at` is UTC. All events and new records of one gesture share `action`: undo takes back an action."""

    id: str
    at: datetime
    type: EventType
    action: str
    dataset: str | None = None
    contact: str | None = None
    to: str | None = None
    by: str | None = None
    relation: str | None = None
    stage: str | None = None
    letter: str | None = None
    message: str | None = None
    meeting: str | None = None
    answer: str | None = None
    reason: str | None = None
    until: date | None = None
    due: date | None = None
    told_by: Literal["mail", "phone", "calendar", "oral"] | None = None
    partstat: str | None = None
    level: int | None = None
    undo_of: str | None = None


def undone_actions(events: tuple[Event, ...]) -> frozenset[str]:
    """Give the actions that are taken back at present. An undoing can itself be undone (redo): the latest word wins."""
    gone: set[str] = set()
    for event in reversed(events):
        if event.type == "undone" and event.action not in gone and event.undo_of:
            gone.add(event.undo_of)
    return frozenset(gone)


def standing(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Give the events that still count: without the actions taken back, nor the undoings themselves."""
    gone = undone_actions(events)
    return tuple(event for event in events if event.type != "undone" and event.action not in gone)
