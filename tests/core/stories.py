"""Stories told in events: the shortest way to a book whose chart, reminders and progress are looked at."""

import itertools
from datetime import UTC, date, datetime
from typing import Any, get_args

from hypothesis import strategies as st

from addin.core.book import Book
from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.events import Event, EventType
from addin.core.meetings import Meeting
from addin.core.messages import Message
from addin.core.orgchart.chart import Chart, ChartDataset
from addin.core.orgchart.fold import draw_chart
from addin.core.orgchart.ties import STEPS
from addin.core.taxonomy import ANSWERS as ANSWERS_KNOWN
from tests.people import ANNE, ECLAIRAGE, MENUS, PAUL, STRANGER, TODAY, VILLE

DUE = date(2026, 12, 1)


class Story:
    """Tell gestures on days of November 2026 (their number), at 9 in the morning UTC; each is an action of its own."""

    def __init__(self, *more: Contact | Dataset | Meeting | Message, organisation: Any = VILLE) -> None:
        self.book = Book(organisation=organisation)
        self.shelves: dict[type, dict[str, Any]] = {Contact: {}, Dataset: {}, Meeting: {}, Message: {}}
        for record in (PAUL, ANNE, STRANGER, MENUS, ECLAIRAGE, *more):
            self.shelves[type(record)][record.id] = record
        self.events: list[Event] = []
        self.numbers = itertools.count(1)

    def tell(self, kind: str, day: int = 20, **facts: Any) -> str:
        number = next(self.numbers)
        action = facts.pop("action", f"a{number}")
        at = datetime(2026, 11, day, 9, tzinfo=UTC)
        self.events.append(Event(id=f"e{number}", at=at, action=action, type=kind, **facts))  # type: ignore[arg-type]
        return action

    def ask(self, contact: str = "paul", day: int = 20, *, dataset: str = "menus", due: date | None = DUE, **facts: Any) -> str:
        return self.tell("asked", day, dataset=dataset, contact=contact, due=due, **facts)

    def answer(self, contact: str, answer: str, day: int = 21, *, dataset: str = "menus", **facts: Any) -> str:
        return self.tell("answered", day, dataset=dataset, contact=contact, answer=answer, **facts)

    def redirect(self, contact: str, to: str, day: int = 21, *, dataset: str = "menus") -> str:
        action = self.answer(contact, "redirects", day, dataset=dataset)
        return self.tell("redirected", day, dataset=dataset, contact=contact, to=to, action=action)

    def put(self, record: Any) -> None:
        self.shelves[type(record)][record.id] = record

    def told(self) -> Book:
        contacts, datasets, meetings, messages = self.shelves.values()
        return Book(
            organisation=self.book.organisation,
            contacts=contacts,
            datasets=datasets,
            meetings=meetings,
            messages=messages,
            events=tuple(self.events),
        )

    def chart(self, today: date = TODAY) -> Chart:
        return draw_chart(self.told(), today=today)

    def chain(self, dataset: str = "menus", today: date = TODAY) -> ChartDataset:
        return next(one for one in self.chart(today).datasets if one.id == dataset)

    def status(self, contact: str = "paul", today: date = TODAY) -> str:
        return next(link.status for link in self.chain(today=today).chain if link.contact == contact)

    def issues(self, kind: str, today: date = TODAY) -> list[str]:
        return [one.words for one in self.chart(today).issues if one.kind == kind and one.dataset == "menus"]


KINDS = [*get_args(EventType)]
ANSWERS = [*ANSWERS_KNOWN, *STEPS, "yes", "no", "impossible", "open"]
PEOPLE = st.sampled_from(["p0", "p1", "p2", "p3", "p4", "gone"])


def _some(values: Any) -> Any:
    return st.none() | values


EVENTS = st.builds(
    lambda **facts: facts,
    type=st.sampled_from(KINDS),
    day=st.integers(1, 24),
    dataset=_some(st.sampled_from(["d0", "d1", "d2"])),
    contact=_some(PEOPLE),
    to=_some(PEOPLE),
    by=_some(PEOPLE),
    relation=_some(st.sampled_from(["produces", "supplies", "validates", "odd"])),
    answer=_some(st.sampled_from(ANSWERS)),
    reason=_some(st.sampled_from(["personal_data", "odd"])),
    until=_some(st.dates(date(2026, 11, 1), date(2026, 12, 31))),
    due=_some(st.dates(date(2026, 11, 1), date(2026, 12, 31))),
    action=st.sampled_from(["a", "b", "c", "d", "e"]),
    undo_of=_some(st.sampled_from(["a", "b", "c"])),
)


@st.composite
def books(draw: st.DrawFn, names: st.SearchStrategy[str] | None = None) -> Book:
    """Draw a book of five people, three data sets and up to thirty events in any order; its words are drawn from `names`."""
    words = names if names is not None else st.sampled_from(["Paul Morin", "Anne Le Goff", "Accueil", ""])
    kinds = st.sampled_from(["agent", "service", "prestataire", "epci"])
    people = {
        f"p{n}": Contact(
            id=f"p{n}",
            name=draw(words),
            kind=draw(kinds),  # type: ignore[arg-type]
            service=draw(words),
            emails=(f"p{n}@ville.example",),
            phone=f"02 99 00 00 0{n}",
            consent=draw(st.sampled_from([None, False, True])),
        )
        for n in range(5)
    }
    sets = {f"d{n}": Dataset(id=f"d{n}", title=draw(words), contact=draw(_some(PEOPLE)), rank=n) for n in range(3)}
    told = draw(st.lists(EVENTS, max_size=30))
    events = tuple(Event(id=f"e{n}", at=datetime(2026, 11, facts.pop("day"), 9, tzinfo=UTC), **facts) for n, facts in enumerate(told))
    return Book(organisation=VILLE, contacts=people, datasets=sets, events=events)
