"""The book: everything one logbook holds at one instant, as values."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec
from msgspec import Struct

from addin.core.calendar_entry import CalendarEntry
from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.deliveries import Batch, Delivery
from addin.core.events import Event, standing, undone_actions
from addin.core.inbox_settings import InboxMark
from addin.core.meetings import Meeting
from addin.core.messages import Message
from addin.core.organisation import Organisation

Kept = Contact | Dataset | Meeting | Message | Batch | Delivery | CalendarEntry | InboxMark
Record = Kept | Organisation


class Book(Struct, frozen=True, kw_only=True):
    """Hold the records by id, in order of writing, and the events, oldest first.

    It is raw: use `current` to read what stands, without the gestures taken back.
    """

    organisation: Organisation = Organisation()
    contacts: Mapping[str, Contact] = {}
    datasets: Mapping[str, Dataset] = {}
    meetings: Mapping[str, Meeting] = {}
    messages: Mapping[str, Message] = {}
    batches: Mapping[str, Batch] = {}
    deliveries: Mapping[str, Delivery] = {}
    calendar_entries: Mapping[str, CalendarEntry] = {}
    inbox_marks: Mapping[str, InboxMark] = {}
    events: tuple[Event, ...] = ()


SHELVES: Mapping[type[Kept], str] = {
    Contact: "contacts",
    Dataset: "datasets",
    Meeting: "meetings",
    Message: "messages",
    Batch: "batches",
    Delivery: "deliveries",
    CalendarEntry: "calendar_entries",
    InboxMark: "inbox_marks",
}
"""The field of the book where each kind of record stands."""

POINTERS: Mapping[str, str] = {
    "contact": "contacts",
    "to": "contacts",
    "by": "contacts",
    "dataset": "datasets",
    "message": "messages",
    "meeting": "meetings",
}
"""The fields of an event that hold an id, and the field of the book where it is found."""


def current(book: Book) -> Book:
    """Give the book without what was undone: the events taken back, and the records made by an undone action.

    A record whose making was undone stays when something that stands still speaks of it: an event, or a record that stays
    (the letter already prepared for a contact whose import was taken back keeps its contact).
    """
    gone = undone_actions(book.events)
    events = standing(book.events)
    if not gone:
        return book if len(events) == len(book.events) else msgspec.structs.replace(book, events=events)
    records: dict[str, list[Kept]] = {}
    for record in records_of(book):
        records.setdefault(record.id, []).append(record)
    spoken = {ref for event in events for field in POINTERS if (ref := getattr(event, field))}
    waiting: list[Kept] = [
        record
        for same in records.values()
        for record in same
        # a mail that only waits to leave keeps no meeting standing, nor does an object in a calendar; what left is told by its event
        if not isinstance(record, Delivery | CalendarEntry) and (record.action not in gone or record.id in spoken)
    ]
    while waiting:
        fresh = {ref for _, _, ref in _pointers(waiting.pop()) if ref not in spoken}
        spoken |= fresh
        waiting += [record for ref in fresh for record in records.get(ref, ()) if record.action in gone]

    def stands(record: Kept) -> bool:
        return record.action not in gone or record.id in spoken

    return Book(
        organisation=book.organisation,
        contacts={key: record for key, record in book.contacts.items() if stands(record)},
        datasets={key: record for key, record in book.datasets.items() if stands(record)},
        meetings={key: record for key, record in book.meetings.items() if stands(record)},
        messages={key: record for key, record in book.messages.items() if stands(record)},
        batches=book.batches,
        deliveries=book.deliveries,
        calendar_entries=book.calendar_entries,
        inbox_marks=book.inbox_marks,
        events=events,
    )


class Reference(NamedTuple):
    """Say that `field` of the record or event `id` in `table` points to `ref`, to be found on `shelf`."""

    table: str
    id: str
    field: str
    shelf: str
    ref: str


def references(book: Book) -> Iterator[Reference]:
    """Give all that points to a record: events first, then messages, meetings, data sets and deliveries."""
    for event in book.events:
        for field, shelf in POINTERS.items():
            if ref := getattr(event, field):
                yield Reference("events", event.id, field, shelf, ref)
    for record in records_of(book):
        for field, shelf, ref in _pointers(record):
            yield Reference(SHELVES[type(record)], record.id, field, shelf, ref)


def records_of(book: Book) -> Iterator[Kept]:
    """Give all the records, the organisation apart."""
    yield from book.messages.values()
    yield from book.meetings.values()
    yield from book.datasets.values()
    yield from book.contacts.values()
    yield from book.batches.values()
    yield from book.deliveries.values()
    yield from book.calendar_entries.values()
    yield from book.inbox_marks.values()


def _pointers(record: Kept) -> Iterator[tuple[str, str, str]]:
    if isinstance(record, Message):
        yield from (("contacts", "contacts", ref) for ref in record.contacts)
        yield from (("datasets", "datasets", ref) for ref in record.datasets)
    elif isinstance(record, Meeting):
        yield from (("attendees", "contacts", attendee.contact) for attendee in record.attendees)
        yield from (("datasets", "datasets", ref) for ref in record.datasets)
    elif isinstance(record, Dataset) and record.contact:
        yield "contact", "contacts", record.contact
    elif isinstance(record, Delivery):
        yield "meeting", "meetings", record.meeting
        yield "contact", "contacts", record.contact
        yield "batch", "batches", record.batch
    elif isinstance(record, CalendarEntry):
        yield "id", "meetings", record.id
        yield from (("seen", "contacts", seen.contact) for seen in (*record.seen, *record.placing))
