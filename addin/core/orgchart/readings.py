"""The readings: a raw book read for the chart, and read on when it has changed, telling which data sets and contacts that touches."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct

from addin.core.book import Book, current
from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.events import Event, undone_actions
from addin.core.orgchart.chart import ChartContact
from addin.core.orgchart.pages import Pages, lay_out
from addin.core.orgchart.parts import Part, draw_part
from addin.core.orgchart.ties import NOWHERE, Whereabouts, read_chain, read_whereabouts
from addin.core.timezones import zone_of

R = TypeVar("R", Contact, Dataset)


class Reading(Struct, frozen=True, kw_only=True):
    """Hold what a raw book says for the chart, ready to draw any of its data sets and contacts. It never changes.

    `gone` are the actions taken back. The records are those that stand (see core/book); `whole` tells that none of the book's was made
    by an action of `gone`. `pages` hold all events, those of `gone` too.
    """

    book: Book
    zone: ZoneInfo
    gone: frozenset[str]
    pages: Pages
    contacts: Mapping[str, Contact]
    datasets: Mapping[str, Dataset]
    whole: bool
    whereabouts: Mapping[str, Whereabouts]

    def part(self, dataset: Dataset, today: date) -> Part | None:
        """Draw one data set as it stands on the local date `today`; None when the chart leaves it out."""
        key = dataset.id
        places = _standing(self.pages.datasets.get(key, ()), self.book.events, self.gone)
        reply_days = self.book.organisation.reply_days
        chain = read_chain(key, places, self.book.events, zone=self.zone, reply_days=reply_days)
        return draw_part(dataset, chain, self.whereabouts, self.contacts, today)

    def box(self, key: str) -> ChartContact:
        """Show one party. One whose record is gone keeps its place in the chains."""
        contact = self.contacts.get(key)
        if contact is None:
            return ChartContact(id=key, name="Contact inconnu", kind="agent")
        agreed = self.whereabouts.get(key, NOWHERE).agreed
        return ChartContact(
            id=key,
            name=contact.label,
            kind=contact.kind,
            service=contact.service,
            email=contact.email,
            phone=contact.phone,
            agreed=bool(contact.consent) if agreed is None else agreed,
        )


class Touched(NamedTuple):
    """Name what has to be drawn anew: ids of data sets and of contacts, whether there is one of that id or not.

    `order` tells that the records of the data sets are others than before, and so perhaps their order.
    """

    datasets: set[str]
    contacts: set[str]
    order: bool = False


def read(book: Book) -> Reading:
    """Read a whole raw book."""
    pages = lay_out(book.events)
    gone = undone_actions(book.events) if pages.undone else frozenset[str]()
    zone = zone_of(book.organisation)
    whole = _whole(book, gone)
    stands = book if whole else current(book)
    return Reading(
        book=book,
        zone=zone,
        gone=gone,
        pages=pages,
        contacts=stands.contacts,
        datasets=stands.datasets,
        whole=whole,
        whereabouts=_whereabouts(pages.contacts, pages, book.events, gone, zone),
    )


def read_on(before: Reading, book: Book) -> tuple[Reading, Touched] | None:
    """Read a raw book that goes on from the one read before: the same events and perhaps more, the records changed or not.

    None when it does not, or when the profile of the organisation changed: then everything has to be read.
    """
    known = before.book
    count = len(known.events)
    if book.organisation != known.organisation or not _begins(book.events, known.events):
        return None
    more = lay_out(book.events[count:], count)
    pages = before.pages.followed_by(more)
    gone = undone_actions(tuple([book.events[place] for place in pages.undone])) if more.undone else before.gone
    turned = gone ^ before.gone
    if turned:
        more = more.followed_by(lay_out([event for event in book.events if event.action in turned]))
    same = not turned and all(getattr(book, shelf) is getattr(known, shelf) for shelf in ("contacts", "datasets"))
    whole = before.whole if same else _whole(book, gone)
    stands = book if whole else current(book)
    datasets = _changed(before.datasets, stands.datasets)
    order = bool(datasets) or list(before.datasets) != list(stands.datasets)
    touched = Touched({*more.datasets, *datasets}, {*more.contacts, *_changed(before.contacts, stands.contacts)}, order)
    whereabouts = before.whereabouts
    if more.contacts:
        whereabouts = {**whereabouts, **_whereabouts(more.contacts, pages, book.events, gone, before.zone)}
    reading = Reading(
        book=book,
        zone=before.zone,
        gone=gone,
        pages=pages,
        contacts=stands.contacts,
        datasets=stands.datasets,
        whole=whole,
        whereabouts=whereabouts,
    )
    return reading, touched


def _begins(events: tuple[Event, ...], first: tuple[Event, ...]) -> bool:
    """Tell whether events begin with these."""
    # A tuple is at most any other that begins with it. Two events that differ have no order: to compare them raises.
    try:
        return first <= events
    except TypeError:
        return False


def _whole(book: Book, gone: frozenset[str]) -> bool:
    """Tell that no record was made by a gesture taken back."""
    return not gone or not any(record.action in gone for shelf in (book.contacts, book.datasets) for record in shelf.values())


def _standing(places: Sequence[int], events: Sequence[Event], gone: frozenset[str]) -> Sequence[int]:
    """Keep the places of the events that were not taken back."""
    return [place for place in places if events[place].action not in gone] if gone else places


def _whereabouts(
    keys: Iterable[str], pages: Pages, events: Sequence[Event], gone: frozenset[str], zone: ZoneInfo
) -> Mapping[str, Whereabouts]:
    return {key: read_whereabouts(_standing(pages.contacts[key], events, gone), events, zone=zone) for key in keys}


def _changed(before: Mapping[str, R], after: Mapping[str, R]) -> set[str]:
    """Give the ids of the records that came, went or were rewritten."""
    if after is before:
        return set()
    changed = {key for key, record in after.items() if before.get(key) is not record}
    return changed | (before.keys() - after.keys())
