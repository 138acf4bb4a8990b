"""The points left open on one day: who owes what, what was promised, the meetings to come, what is to be looked at again."""

from collections.abc import Iterator
from datetime import date, datetime

from msgspec import Struct

from addin.core.book import Book, current
from addin.core.counters import open_counters
from addin.core.events import Event
from addin.core.french import datetime_in_words, enumeration, short_date
from addin.core.lifecycle.dates import held_dates
from addin.core.messages import Message
from addin.core.orgchart.chart import ChainLink, Chart, ChartDataset
from addin.core.orgchart.fold import draw_chart
from addin.core.reminders import to_log, unsent
from addin.core.taxonomy import REASONS
from addin.core.timezones import zone_of

_REFUSALS = frozenset({"refuses", "no_interest"})


class Point(Struct, frozen=True, kw_only=True):
    """State one open point: `what` it is about, `detail` in words, the local date it hangs on, None when there is none."""

    what: str
    detail: str = ""
    day: date | None = None


class OpenPoints(Struct, frozen=True, kw_only=True):
    """Hold the open points, the most pressing of each kind first. `unasked` are the data sets that nobody was asked for."""

    organisation: str
    referent: str
    today: date
    owed: tuple[Point, ...] = ()
    promises: tuple[Point, ...] = ()
    approvals: tuple[Point, ...] = ()
    meetings: tuple[Point, ...] = ()
    counters: tuple[Point, ...] = ()
    refusals: tuple[Point, ...] = ()
    to_log: tuple[Point, ...] = ()
    unsent: tuple[Point, ...] = ()
    unasked: tuple[Point, ...] = ()


def open_points(book: Book, *, now: datetime) -> OpenPoints:
    """Gather the open points of a raw book at `now` (aware)."""
    book = current(book)
    zone = zone_of(book.organisation)
    today = now.astimezone(zone).date()
    chart = draw_chart(book, today=today)
    names = {one.id: one.name for one in chart.contacts}
    waiting = [(one, link) for one in chart.datasets for link in one.chain if link.waiting]
    return OpenPoints(
        organisation=book.organisation.name,
        referent=book.organisation.referent,
        today=today,
        owed=_grouped([pair for pair in waiting if pair[1].status not in ("holds-expected", "approval")], names),
        promises=_grouped([pair for pair in waiting if pair[1].status == "holds-expected"], names),
        approvals=_grouped([(one, link) for one in chart.datasets for link in one.chain if link.status == "approval"], names),
        meetings=tuple(_meetings(book, now)),
        counters=tuple(
            Point(
                what=book.meetings[one.meeting].title,
                detail=f"{_name(book, one.contact)} propose {datetime_in_words(one.start.astimezone(zone))}",
                day=one.start.astimezone(zone).date(),
            )
            for one in open_counters(book)
        ),
        refusals=_sorted(_refusals(book, chart)),
        to_log=tuple(_mail(book, one) for one in to_log(book)),
        unsent=tuple(_mail(book, one) for one in unsent(book)),
        unasked=tuple(Point(what=one.title) for one in chart.datasets if one.state == "repéré"),
    )


def _grouped(pairs: list[tuple[ChartDataset, ChainLink]], names: dict[str, str]) -> tuple[Point, ...]:
    """Make one point of what one contact owes for one date."""
    groups: dict[tuple[str, date | None, str], list[tuple[ChartDataset, ChainLink]]] = {}
    for one, link in pairs:
        groups.setdefault((link.contact, link.due, link.words), []).append((one, link))
    points = []
    for (contact, due, words), rows in groups.items():
        titles = enumeration([one.title for one, _ in rows])
        points.append(Point(what=names.get(contact, ""), detail=f"{titles} ({words})", day=due))
    return _sorted(points)


def _meetings(book: Book, now: datetime) -> Iterator[Point]:
    zone = zone_of(book.organisation)
    coming = []
    for meeting in book.meetings.values():
        dates = [one for one in held_dates(meeting) if one.end > now] if meeting.status != "CANCELLED" else []
        if dates:
            coming.append((dates[0].start.astimezone(zone), len(dates), meeting))
    for start, count, meeting in sorted(coming, key=lambda one: (one[0], one[2].id)):
        invited = len(meeting.attendees)
        people = f"{invited} personnes invitées" if invited > 1 else "une personne invitée"
        more = f", puis {count - 1} autres dates" if count > 2 else ", puis une autre date" if count == 2 else ""
        yield Point(what=meeting.title, detail=f"{datetime_in_words(start)}{more} ; {people}", day=start.date())


def _refusals(book: Book, chart: Chart) -> Iterator[Point]:
    """Give the refusals that stand, with the date to look again, then the data sets put off."""
    last: dict[tuple[str | None, str | None], Event] = {}
    later: dict[str, Event | None] = {}
    for event in book.events:
        if event.type == "answered":
            last[event.contact, event.dataset] = event
        elif event.type == "decided" and event.dataset:
            later[event.dataset] = event if event.answer == "later" else None
    for one in chart.datasets:
        for link in one.chain:
            said = last.get((link.contact, one.id))
            if link.status == "refused" and said is not None and said.answer in _REFUSALS:
                reason = REASONS.get(said.reason or "", "").lower() or "pas d’intérêt vu"
                again = f", à revoir le {short_date(said.until)}" if said.until else ""
                yield Point(what=one.title, detail=f"refus de {_name(book, link.contact)} ({reason}){again}", day=said.until)
        if (decision := later.get(one.id)) is not None:
            yield Point(what=one.title, detail="ouverture remise à plus tard", day=decision.until)


def _mail(book: Book, message: Message) -> Point:
    people = enumeration([_name(book, key) for key in message.contacts])
    day = message.at.astimezone(zone_of(book.organisation)).date()
    return Point(what=message.subject or "Sans objet", detail=people, day=day)


def _name(book: Book, key: str) -> str:
    return book.contacts[key].label if key in book.contacts else "un contact"


def _sorted(points: Iterator[Point] | list[Point]) -> tuple[Point, ...]:
    return tuple(sorted(points, key=lambda one: (one.day or date.max, one.what)))
