"""The pages: the events of a book laid out by what they touch, so that one data set is read without the others."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from addin.core.events import Event

_PAUSES = frozenset({"absent", "bounced"})
_APART = _PAUSES | {"answered", "named", "undone"}


class Pages(Struct, frozen=True):
    """Hold the places of events in the book, in order: those of each data set, and what is said of each contact alone.

    `undone` are the gestures taken back. What was taken back stands on its pages all the same.
    """

    datasets: Mapping[str, Sequence[int]]
    contacts: Mapping[str, Sequence[int]]
    undone: Sequence[int]

    def followed_by(self, more: "Pages") -> "Pages":
        """Give the pages with later ones after them. Neither changes."""
        return Pages(
            datasets=_joined(self.datasets, more.datasets),
            contacts=_joined(self.contacts, more.contacts),
            undone=[*self.undone, *more.undone] if more.undone else self.undone,
        )


def lay_out(events: Iterable[Event], first: int = 0) -> Pages:
    """Lay out events, the first of which has the place `first`."""
    datasets: dict[str, list[int]] = {}
    contacts: dict[str, list[int]] = {}
    undone: list[int] = []
    for place, event in enumerate(events, first):
        key = event.dataset
        if key is not None:
            if key in datasets:
                datasets[key].append(place)
            else:
                datasets[key] = [place]
        kind = event.type
        if kind not in _APART or (kind == "answered" and event.answer not in _PAUSES):
            continue
        if kind == "undone":
            undone.append(place)
        elif event.contact is not None:
            contacts.setdefault(event.contact, []).append(place)
    return Pages(datasets, contacts, undone)


def pause_of(event: Event) -> str:
    """Tell whether an event pauses or stops the wait, told alone or as an answer: "absent", "bounced" or ""."""
    kind = event.answer if event.type == "answered" else event.type
    return kind if kind in _PAUSES else ""


def _joined(before: Mapping[str, Sequence[int]], after: Mapping[str, Sequence[int]]) -> Mapping[str, Sequence[int]]:
    if not after:
        return before
    joined = dict(before)
    for key, places in after.items():
        joined[key] = [*joined.get(key, ()), *places]
    return joined
