"""Retention: when somebody was last in touch, and who is proposed for erasure. Nothing is erased from here."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct

from addin.core.book import Book, current
from addin.core.contacts import Contact
from addin.core.lifecycle.dates import held_dates
from addin.core.orgchart.fold import draw_chart
from addin.core.orgchart.statuses import HOLDING
from addin.core.timezones import zone_of

_DEPARTMENTS = frozenset({"service", "direction"})


class Proposal(Struct, frozen=True, kw_only=True):
    """Propose to erase one contact: `last` is the local date of the last contact, `since` the date from which erasing is due.

    `holds` are the titles of the data sets that the person still holds on the chart; `left` tells that they left their post.
    """

    contact: str
    label: str
    service: str
    last: date
    since: date
    holds: tuple[str, ...] = ()
    left: bool = False


def propose_erasures(book: Book, *, today: date) -> tuple[Proposal, ...]:
    """Give the people whose last contact lies further back than the profile's duration, the oldest first. `book` may be raw.

    Departments are nobody's data; who was erased already is not proposed again, nor who is invited to a meeting to come.
    """
    book = current(book)
    months = book.organisation.retention_months
    last = last_contacts(book)
    due = {
        key: day
        for key, contact in book.contacts.items()
        if key in last and is_personal(contact) and (day := after_months(last[key], months)) <= today
    }
    if not due:
        return ()
    chart = draw_chart(book, today=today)
    holds: dict[str, list[str]] = {}
    left = set()
    for dataset in chart.datasets:
        for link in dataset.chain:
            if link.status in HOLDING:
                holds.setdefault(link.contact, []).append(dataset.title)
    for event in book.events:
        if event.type == "answered" and event.answer == "moved" and event.contact:
            left.add(event.contact)
    found = (
        Proposal(
            contact=key,
            label=book.contacts[key].label,
            service=book.contacts[key].service,
            last=last[key],
            since=day,
            holds=tuple(holds.get(key, ())),
            left=key in left,
        )
        for key, day in due.items()
    )
    return tuple(sorted(found, key=lambda one: (one.last, one.label)))


def last_contacts(book: Book) -> Mapping[str, date]:
    """Give the local date of the last contact of each contact: its latest event, message or meeting date; else its making.

    A contact whose making is not known counts from the oldest event; without any event it is left out. `book` is a current one.
    """
    zone = zone_of(book.organisation)

    def local(moment: datetime) -> date:
        return moment.astimezone(zone).date()

    oldest = min((event.at for event in book.events), default=None)
    begun = {key: contact.created or oldest for key, contact in book.contacts.items()}
    last = {key: local(moment) for key, moment in begun.items() if moment}

    def touch(key: str | None, day: date) -> None:
        if key is not None and key in last and day > last[key]:
            last[key] = day

    for event in book.events:
        if event.type != "edited":
            for key in (event.contact, event.to, event.by):
                touch(key, local(event.at))
    for message in book.messages.values():
        if message.way != "change":
            for key in message.contacts:
                touch(key, local(message.at))
    for meeting in book.meetings.values():
        if meeting.status != "CANCELLED" and meeting.attendees:
            end = max((one.end for one in held_dates(meeting)), default=meeting.end)
            for attendee in meeting.attendees:
                touch(attendee.contact, local(end))
    return last


def is_personal(contact: Contact) -> bool:
    """Tell whether a record holds something of a person."""
    return contact.kind not in _DEPARTMENTS and bool(contact.name or contact.emails or contact.phone)


def after_months(day: date, months: int) -> date:
    """Give the same day of the month some months later, the last of the month when there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
