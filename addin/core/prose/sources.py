"""Where the value of a blank is found when nobody types it: the profile, the chart, the meetings, the calendar."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from addin.core.book import Book
from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.french import opening
from addin.core.meetings import Meeting
from addin.core.orgchart.fold import draw_chart
from addin.core.stages import Blank
from addin.core.timezones import zone_of
from addin.core.working_days import WorkingDays

HOLDS = frozenset({"holds_sent", "holds_later", "holds_partial", "needs_approval", "locked"})
MEETING_KINDS = ("maturity", "quality", "club-launch", "club")

_PROFILE: Mapping[str, str] = MappingProxyType(
    {
        "organisation.name": "name",
        "organisation.referent": "referent",
        "organisation.referent_role": "referent_role",
        "organisation.referent_email": "referent_email",
        "organisation.referent_phone": "referent_phone",
        "organisation.mandate_by": "mandate_by",
        "organisation.mandate_on": "mandate_on",
        "organisation.place": "place",
        "organisation.chart_url": "chart_url",
        "organisation.portal_url": "portal_url",
    }
)
_OF_RECIPIENT: Mapping[str, Callable[[Contact], str]] = MappingProxyType(
    {
        "recipient.name": lambda contact: contact.name,
        "recipient.service": lambda contact: contact.service,
        "recipient.email": lambda contact: contact.email,
        "recipient.phone": lambda contact: contact.phone,
    }
)
_MEETING_SOURCES = frozenset(
    f"meeting.{kind}{step}.{what}"
    for kind in MEETING_KINDS
    for step in (("", ".1", ".2", ".3", ".4") if kind == "quality" else ("",))
    for what in ("start", "date", "place")
)
SOURCES = frozenset(
    {*_PROFILE, *_OF_RECIPIENT, *_MEETING_SOURCES, "recipient.opening", "recipient.dataset", "recipient.datasets", "recipient.referred_by"}
    | {"deadline.reply", "chart.count"}
)
"""All that a blank's `source` may say."""


def found(blank: Blank, book: Book, *, contact: Contact | None, datasets: Sequence[Dataset], now: datetime) -> object | None:
    """Find what a blank's source gives at the aware instant `now`, or None. `book` is a book without what was undone."""
    source = blank.source
    if source in _PROFILE:
        return getattr(book.organisation, _PROFILE[source]) or None
    if source in _OF_RECIPIENT:
        return (_OF_RECIPIENT[source](contact) or None) if contact else None
    if source in _MEETING_SOURCES:
        return _from_meeting(source, book, contact, now)
    if source == "recipient.opening":
        return opening(contact)
    if source in ("recipient.dataset", "recipient.datasets"):
        return _titles(source, book, contact, datasets)
    if source == "recipient.referred_by":
        return _referred_by(book, contact, datasets)
    today = now.astimezone(zone_of(book.organisation)).date()
    if source == "deadline.reply":
        return WorkingDays(book.organisation).add(today, book.organisation.reply_days)
    if source == "chart.count":
        chart = draw_chart(book, today=today)
        return sum(dataset.state not in ("repéré", "demandé", "abandonné", "publié") for dataset in chart.datasets) or None
    return None


def _titles(source: str, book: Book, contact: Contact | None, datasets: Sequence[Dataset]) -> tuple[str, ...] | None:
    """Give the titles passed; else what the chart says of the recipient. One dataset is never chosen among several."""
    if datasets:
        return tuple(dataset.title for dataset in datasets)
    if contact is None:
        return None
    asked, held = _asked_and_held(book, contact.id)
    thought = [dataset.id for dataset in book.datasets.values() if dataset.contact == contact.id and dataset.wanted]
    groups = (held, asked, thought) if source == "recipient.datasets" else (asked, held, thought)
    for ids in groups:
        titles = tuple(book.datasets[key].title for key in dict.fromkeys(ids) if key in book.datasets)
        if titles:
            return titles if source == "recipient.datasets" or len(titles) == 1 else None
    return None


def _asked_and_held(book: Book, contact: str) -> tuple[list[str], list[str]]:
    """Give the data sets asked of a contact that wait for an answer, and those that the contact holds or takes part in."""
    asked: dict[str, None] = {}
    held: dict[str, None] = {}
    for event in book.events:
        key = event.dataset or ""
        if event.type == "linked" and event.to == contact:
            held[key] = None
        if event.contact != contact:
            continue
        if event.type == "asked":
            asked[key] = None
        elif event.type == "answered":
            asked.pop(key, None)
            held.pop(key, None)
            if event.answer in HOLDS:
                held[key] = None
    return list(asked), list(held)


def _referred_by(book: Book, contact: Contact | None, datasets: Iterable[Dataset]) -> str | None:
    wanted = {dataset.id for dataset in datasets}
    for event in reversed(book.events):
        if contact and event.type == "redirected" and event.to == contact.id and (not wanted or event.dataset in wanted):
            by = book.contacts.get(event.contact or "")
            return by.label if by else None
    return None


def _from_meeting(source: str, book: Book, contact: Contact | None, now: datetime) -> object | None:
    _, kind, *step, what = source.split(".")
    meeting = _meeting(kind, int(step[0]) if step else 0, book, contact, now)
    if meeting is None:
        return None
    start = meeting.start.astimezone(ZoneInfo(meeting.tzid))
    return {"start": start, "date": start.date(), "place": meeting.place or meeting.video or None}[what]


def _meeting(kind: str, step: int, book: Book, contact: Contact | None, now: datetime) -> Meeting | None:
    """Choose the next confirmed meeting of a kind, one to which the recipient is invited first; the sessions of one cycle go together."""
    ours = [meeting for meeting in book.meetings.values() if meeting.kind == kind and meeting.status == "CONFIRMED"]
    coming = sorted((meeting for meeting in ours if meeting.start > now or meeting.rrule), key=lambda meeting: meeting.start)
    invited = [meeting for meeting in coming if contact and any(person.contact == contact.id for person in meeting.attendees)]
    first = next(iter(invited or coming), None)
    if first is None or not step:
        return first
    return next((meeting for meeting in ours if meeting.step == step and meeting.cycle == first.cycle), None)
