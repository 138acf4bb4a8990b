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
    "noted",  # a mail received asks nothing more: set aside, a receipt, a delay, the number of a help desk
    "absent",  # contact is away until `until`; `to` = the deputy
    "bounced",  # contact's address was refused
    "invited",  # contact is invited to meeting
    "rsvp",  # contact answered an invitation: partstat, told_by, sequence, stamp, recurrence
    "moved",  # meeting changed its time: was, start; recurrence = the one date of a series
    "changed",  # meeting changed its words, its place, or its dates without a new time (a moved date put back)
    "countered",  # contact proposed another time: start (and recurrence)
    "uninvited",  # contact is no longer invited to meeting
    "cancelled",  # meeting was called off; recurrence = only that date of a series
    "handed",  # one invitation mail was written to a file, and may have left by hand: same fields as `delivered`, and stamp
    "delivered",  # one invitation mail left: meeting, contact, sequence, method, message
    "refused",  # one invitation mail could not be sent: meeting, contact, sequence, method, message
    "attended",  # contact came (answer "yes") or not (answer "no"); recurrence = at that date of a series
    "advanced",  # dataset reached a step of quality: answer "cleaned" | "compiled" | "standardised" | "validated", in meeting
    "named",  # contact agreed (answer "yes") or not (answer "no") to be named
    "published",  # dataset was published
    "decided",  # decision on dataset: answer "impossible" | "later" | "open"
    "maturity",  # level found
    "imported",  # records were imported, or added by hand
    "edited",  # a record was changed by hand (what changed is kept beside, core/takebacks)
    "undone",  # `undo_of` = the action taken back
]


class Event(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """State one fact. `at` is UTC. All events and new records of one gesture share `action`: undo takes back an action.

    Of a meeting: `sequence` and `stamp` (DTSTAMP, UTC) are those of the invitation or of the answer, `recurrence` is the original
    start of the one date of a series, `start` the new or proposed start, `was` the start before (aware), `method` the METHOD.
    """

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
    sequence: int | None = None
    stamp: datetime | None = None
    recurrence: datetime | None = None
    start: datetime | None = None
    was: datetime | None = None
    method: str | None = None
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
