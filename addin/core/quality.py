"""The four steps of quality that a data set goes through, one a session: a fold of the events."""

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct

from addin.core.book import Book
from addin.core.events import standing
from addin.core.meetings import Meeting

Quality = Literal["cleaned", "compiled", "standardised", "validated"]

QUALITIES: Final[Mapping[Quality, str]] = {
    "cleaned": "nettoyé",
    "compiled": "compilé",
    "standardised": "standardisé",
    "validated": "validé",
}
"""What each step is called, in the order of the sessions 1 to 4."""


class Check(Struct, frozen=True, kw_only=True):
    """Hold one line of a session's checklist: the data set, the step the session leads to, whether it has reached it.

    `state` is the step it stands at now, None before the first.
    """

    dataset: str
    goal: Quality
    reached: bool
    state: Quality | None = None


def qualities(book: Book) -> dict[str, Quality]:
    """Give the step each data set (id) stands at: the last one noted. Those before the first step are left out."""
    found: dict[str, Quality] = {}
    for event in standing(book.events):
        if event.type == "advanced" and event.dataset:
            state = next((quality for quality in QUALITIES if quality == event.answer), None)
            if state:
                found[event.dataset] = state
            else:
                found.pop(event.dataset, None)
    return found


def checklist(meeting: Meeting, book: Book) -> tuple[Check, ...]:
    """Give the checklist of a quality session, one line per data set it is about; nothing for another meeting."""
    order = list(QUALITIES)
    if not 1 <= meeting.step <= len(order):
        return ()
    goal, states = order[meeting.step - 1], qualities(book)
    return tuple(
        Check(
            dataset=key,
            goal=goal,
            reached=key in states and order.index(states[key]) >= order.index(goal),
            state=states.get(key),
        )
        for key in meeting.datasets
        if key in book.datasets
    )
