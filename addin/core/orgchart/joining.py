"""The joining: the parts of the data sets, one after the other, become one chart; a part drawn anew takes its place in it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from addin.core.orgchart.chart import ChartContact, ChartDataset, ChartLink, Issue
from addin.core.orgchart.parts import Part

T = TypeVar("T")
Box = Callable[[str], ChartContact]
"""Gives what the chart shows of the contact of an id."""


class Row(Struct, Generic[T], frozen=True):
    """Hold in one tuple what each part brought, in order, and how many things each brought."""

    things: tuple[T, ...]
    counts: tuple[int, ...]

    def put(self, place: int, fresh: tuple[T, ...]) -> "Row[T]":
        """Give the row with other things from the part at a place."""
        start = sum(self.counts[:place])
        end = start + self.counts[place]
        if self.things[start:end] == fresh:
            return self
        counts = self.counts if end - start == len(fresh) else (*self.counts[:place], len(fresh), *self.counts[place + 1 :])
        return Row(self.things[:start] + fresh + self.things[end:], counts)


def _row(brought: Sequence[Sequence[T]]) -> Row[T]:
    return Row(tuple([thing for things in brought for thing in things]), tuple([len(things) for things in brought]))


class Joined(Struct, frozen=True):
    """Hold parts in order, and what the chart shows of them. It never changes.

    `places` tells where the part of a data set stands, `drawn_from` the places of the parts drawn from a contact (see `Part.people`).
    A contact stands in the row of the first part that meets it.
    """

    parts: tuple[Part, ...]
    places: Mapping[str, int]
    drawn_from: Mapping[str, tuple[int, ...]]
    datasets: tuple[ChartDataset, ...]
    contacts: Row[ChartContact]
    links: Row[ChartLink]
    issues: Row[Issue]

    def who_draws_from(self, contact: str) -> list[str]:
        """Give the ids of the data sets whose part was drawn from a contact."""
        return [self.parts[place].shown.id for place in self.drawn_from.get(contact, ())]


def join(parts: Iterable[Part], box: Box) -> Joined:
    """Join parts in this order."""
    parts = tuple(parts)
    drawn_from: dict[str, tuple[int, ...]] = {}
    met: set[str] = set()
    boxes = []
    for place, part in enumerate(parts):
        for key in part.people:
            drawn_from[key] = (*drawn_from.get(key, ()), place)
        boxes.append([box(key) for key in part.met if key not in met])
        met.update(part.met)
    return Joined(
        parts=parts,
        places={part.shown.id: place for place, part in enumerate(parts)},
        drawn_from=drawn_from,
        datasets=tuple([part.shown for part in parts]),
        contacts=_row(boxes),
        links=_row([part.links for part in parts]),
        issues=_row([part.issues for part in parts]),
    )


def rejoin(joined: Joined, fresh: Iterable[Part], people: Iterable[str], box: Box) -> Joined:
    """Put parts drawn anew in the places of those of the same data sets, and show anew the contacts `people`."""
    parts, datasets = list(joined.parts), list(joined.datasets)
    links, issues, drawn_from = joined.links, joined.issues, joined.drawn_from
    moved = set(people)
    for part in fresh:
        place = joined.places[part.shown.id]
        before, parts[place], datasets[place] = parts[place], part, part.shown
        links, issues = links.put(place, part.links), issues.put(place, part.issues)
        if part.people != before.people:
            drawn_from = {**drawn_from, **_places_after(drawn_from, place, set(before.people), set(part.people))}
        if part.met != before.met:
            moved.update(before.met, part.met)
    stale = {_first(held, those, key) for held, those in ((joined.drawn_from, joined.parts), (drawn_from, parts)) for key in moved}
    contacts = joined.contacts
    for at in stale:
        if at is not None:
            contacts = contacts.put(at, tuple([box(key) for key in parts[at].met if _first(drawn_from, parts, key) == at]))
    return Joined(tuple(parts), joined.places, drawn_from, tuple(datasets), contacts, links, issues)


def _places_after(
    drawn_from: Mapping[str, tuple[int, ...]], place: int, before: set[str], after: set[str]
) -> Mapping[str, tuple[int, ...]]:
    """Give the places of the parts drawn from each contact that the part at a place was drawn from before, or is now, but not both."""
    left = {key: tuple([at for at in drawn_from[key] if at != place]) for key in before - after}
    return left | {key: tuple(sorted((*drawn_from.get(key, ()), place))) for key in after - before}


def _first(drawn_from: Mapping[str, tuple[int, ...]], parts: Sequence[Part], key: str) -> int | None:
    """Give the place of the first part that meets a contact."""
    return next((place for place in drawn_from.get(key, ()) if key in parts[place].met), None)
