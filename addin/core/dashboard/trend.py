"""The trend: how many data sets had reached each state, week after week, by the events up to then."""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from addin.core.book import Book
from addin.core.events import Event
from addin.core.orgchart.chart import STATES, Chart, State
from addin.core.orgchart.fold import draw_chart
from addin.core.timezones import zone_of

MOST_POINTS = 13


class TrendPoint(Struct, frozen=True, kw_only=True):
    """Count the data sets asked, located, received and published by the end of the local date `day`."""

    day: date
    asked: int
    located: int
    received: int
    published: int


def reached(chart: Chart, state: State) -> int:
    """Count the data sets of a chart that are at this state or further, those given up apart."""
    floor = STATES.index(state)
    return sum(one.state != "abandonné" and STATES.index(one.state) >= floor for one in chart.datasets)


def trend(book: Book, *, today: date) -> tuple[TrendPoint, ...]:
    """Give at most 13 points, evenly spaced, a week or more apart, the last one today. `book` is a current one.

    Each is the chart of the events up to that day, so that the last one says what the chart of today says.
    """
    if not book.events:
        return ()
    zone = zone_of(book.organisation)
    days = [event.at.astimezone(zone).date() for event in book.events]
    span = max(1, (today - min(days)).days)
    step = max(7, -(-span // (MOST_POINTS - 1)))
    count = min(MOST_POINTS, -(-span // step) + 1)
    published = _published(book.events, days)
    return tuple(_point(book, today - timedelta(days=step * back), days, published, last=not back) for back in reversed(range(count)))


def _published(events: Sequence[Event], days: Sequence[date]) -> dict[str, date]:
    found: dict[str, date] = {}
    for event, day in zip(events, days, strict=True):
        if event.type == "published" and event.dataset:
            found.setdefault(event.dataset, day)
    return found


def _point(book: Book, day: date, days: Sequence[date], published: dict[str, date], *, last: bool) -> TrendPoint:
    if not last:
        zone = zone_of(book.organisation)
        events = tuple(event for event, on in zip(book.events, days, strict=True) if on <= day)
        # the address of a published data set stands in its record whatever the day: it counts from its publication, else its making
        datasets = {
            key: replace(one, published_url="")
            if one.published_url and published.get(key, one.created.astimezone(zone).date() if one.created else date.min) > day
            else one
            for key, one in book.datasets.items()
        }
        book = replace(book, events=events, datasets=datasets)
    chart = draw_chart(book, today=day)
    return TrendPoint(
        day=day,
        asked=reached(chart, "demandé"),
        located=reached(chart, "localisé"),
        received=reached(chart, "reçu"),
        published=reached(chart, "publié"),
    )
