"""The fold: the events that stand become the organigramme, all at once or from one book to the next."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from addin.core.book import Book
from addin.core.datasets import Dataset
from addin.core.orgchart.chart import Chart
from addin.core.orgchart.joining import Joined, join, rejoin
from addin.core.orgchart.parts import Part, awaited, status_of
from addin.core.orgchart.readings import Reading, read, read_on

__all__ = ["ChartFold", "awaited", "draw_chart", "status_of"]

_LAST = 10**9
_MANY = 40
"""From so many changes on, joining all the parts costs less than putting each in its place."""


def draw_chart(book: Book, *, today: date) -> Chart:
    """Draw the chart of a raw book (what was undone is left out here) as it stands on the local date `today`.

    Data sets come by rank, then in the order they were written; those that are not wanted and of which nothing is known are left out.
    Contacts come in the order the chart meets them. The same book and day always give the same chart.
    """
    return _start(book, today).chart


class ChartFold:
    """Draw the chart of one logbook again and again, for the price of what changed since the last time.

    `draw` always gives what `draw_chart` gives: it compares the book with the last one it saw, so that nothing has to be told to it and
    nothing can go stale. Books are values: neither they nor their mappings are changed in place. Threads may share a fold: what it
    keeps is replaced as one.
    """

    def __init__(self) -> None:
        self._last: _Fold | None = None

    def draw(self, book: Book, *, today: date) -> Chart:
        """Draw the chart of a raw book as it stands on the local date `today`: equal to `draw_chart`, for a small part of its time."""
        last = self._last
        self._last = fold = _start(book, today) if last is None or last.today != today else _follow(last, book)
        return fold.chart


class _Fold(Struct, frozen=True):
    """Hold a chart with what it was drawn from."""

    reading: Reading
    today: date
    joined: Joined
    chart: Chart


def _start(book: Book, today: date) -> _Fold:
    """Fold a whole book."""
    reading = read(book)
    return _whole(reading, today, [reading.part(one, today) for one in _in_order(reading)])


def _follow(last: _Fold, book: Book) -> _Fold:
    """Fold a book after the one before: only what the difference touches is drawn anew."""
    today, joined = last.today, last.joined
    if book is last.reading.book:
        return last
    gone_on = read_on(last.reading, book)
    if gone_on is None:
        return _start(book, today)
    reading, touched = gone_on
    stale = touched.datasets.union(*(joined.who_draws_from(key) for key in touched.contacts))
    drawn = {key: reading.part(reading.datasets[key], today) for key in stale if key in reading.datasets}
    shown = all((key in joined.places) is (part is not None) for key, part in drawn.items())
    if touched.order or not shown or len(drawn) + len(touched.contacts) > _MANY:
        kept = {part.shown.id: part for part in joined.parts}
        return _whole(reading, today, [drawn.get(one.id, kept.get(one.id)) for one in _in_order(reading)])
    joined = rejoin(joined, [part for part in drawn.values() if part is not None], touched.contacts, reading.box)
    return _Fold(reading, today, joined, _chart(reading, today, joined))


def _whole(reading: Reading, today: date, parts: Iterable[Part | None]) -> _Fold:
    joined = join([part for part in parts if part is not None], reading.box)
    return _Fold(reading, today, joined, _chart(reading, today, joined))


def _in_order(reading: Reading) -> list[Dataset]:
    return sorted(reading.datasets.values(), key=lambda one: one.rank if one.rank is not None else _LAST)


def _chart(reading: Reading, today: date, joined: Joined) -> Chart:
    return Chart(
        organisation=reading.book.organisation.name,
        today=today,
        datasets=joined.datasets,
        contacts=joined.contacts.things,
        links=joined.links.things,
        issues=joined.issues.things,
    )
