"""The fold of the organigramme, all at once and from one book to the next: equal to its rules said plainly, whatever happened."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from addin.core.book import Book
from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.events import Event
from addin.core.meetings import Meeting
from addin.core.organisation import Organisation
from addin.core.orgchart.fold import ChartFold, draw_chart
from addin.core.revision import Revision
from addin.core.taxonomy import ANSWERS
from tests.core.plain_chart import plain_chart
from tests.core.stories import KINDS, Story
from tests.people import TODAY

IDS = ["p0", "p1", "p2", "p3", "gone"]
SETS = ["d0", "d1", "d2", "gone"]
ACTIONS = [f"a{number}" for number in range(5)]
TYPES = ["asked", "answered", "redirected", "linked", "reminded", "absent", "bounced", "advanced", "decided", "undone"]
WORDS = st.sampled_from(["Paul Morin", "Anne", ""])
DAYS = st.dates(date(2026, 11, 1), date(2026, 12, 31))
TIMES = st.datetimes(datetime(2026, 11, 1), datetime(2026, 11, 24, 23), timezones=st.just(UTC))  # noqa: DTZ001


def some(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


EVENTS = st.builds(
    Event,
    id=st.just("e"),
    at=TIMES,
    type=st.sampled_from(TYPES) | st.sampled_from(KINDS),
    action=st.sampled_from(ACTIONS),
    dataset=st.sampled_from(SETS) | some(st.sampled_from(SETS)),
    contact=st.sampled_from(IDS) | some(st.sampled_from(IDS)),
    to=some(st.sampled_from(IDS)),
    by=some(st.sampled_from(IDS)),
    relation=some(st.sampled_from(["produces", "supplies", "validates", "odd"])),
    answer=some(st.sampled_from([*ANSWERS, "absent", "bounced", "cleaned", "standardised", "impossible", "open", "yes", "no", "named"])),
    reason=some(st.sampled_from(["personal_data", "odd"])),
    told_by=some(st.sampled_from(["mail", "phone"])),
    until=some(DAYS),
    due=some(DAYS),
    meeting=some(st.sampled_from(["m0", "m1"])),
    undo_of=some(st.sampled_from(ACTIONS)),
)
CONTACTS = st.builds(
    Contact,
    id=st.sampled_from(IDS[:-1]),
    name=WORDS,
    civility=st.sampled_from(["", "madame"]),
    service=WORDS,
    consent=some(st.booleans()),
    action=st.sampled_from(ACTIONS),
)
DATASETS = st.builds(
    Dataset,
    id=st.sampled_from(SETS[:-1]),
    title=WORDS,
    contact=some(st.sampled_from(IDS)),
    rank=some(st.integers(1, 3)),
    wanted=st.booleans(),
    published_url=st.sampled_from(["", "", "https://donnees.example/jeu"]),
    action=st.sampled_from(ACTIONS),
)
MEETINGS = st.builds(
    Meeting,
    id=st.sampled_from(["m0", "m1"]),
    uid=st.just("m@ville.example"),
    kind=st.sampled_from(["quality", "quality", "maturity"]),
    title=st.just("Séance"),
    start=st.just(datetime(2026, 11, 3, 9, tzinfo=UTC)),
    end=st.just(datetime(2026, 11, 3, 10, tzinfo=UTC)),
    datasets=st.lists(st.sampled_from(SETS), max_size=3, unique=True).map(tuple),
    step=st.integers(0, 5),
    status=st.sampled_from(["CONFIRMED", "CONFIRMED", "CANCELLED"]),
    action=st.sampled_from(ACTIONS),
)
ORGANISATIONS = st.builds(
    Organisation, name=st.sampled_from(["", "Ville"]), department=st.sampled_from(["35", "988"]), reply_days=st.integers(0, 6)
)


def shelf(records: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.lists(records, min_size=4, max_size=8).map(lambda found: {one.id: one for one in found})


BOOKS = st.builds(
    Book,
    organisation=ORGANISATIONS,
    contacts=shelf(CONTACTS),
    datasets=shelf(DATASETS),
    meetings=shelf(MEETINGS),
    events=st.lists(EVENTS, max_size=25).map(tuple) | st.lists(EVENTS, min_size=12, max_size=30).map(tuple),
)
Change = Callable[[Book], Book]


def put(record: Any) -> Change:
    name = {Contact: "contacts", Dataset: "datasets", Meeting: "meetings"}[type(record)]
    return lambda book: replace(book, **{name: {**getattr(book, name), record.id: record}})


def drop(name: str, key: str) -> Change:
    return lambda book: replace(book, **{name: {one: record for one, record in getattr(book, name).items() if one != key}})


def turn_round(book: Book) -> Book:
    """Write the same data sets in the opposite order."""
    return replace(book, datasets=dict(reversed(book.datasets.items())))


def take_back(events: tuple[Event, ...]) -> Change:
    """Drop the last event, as in another logbook, and tell others."""
    return lambda book: replace(book, events=book.events[:-1] + events)


TOLD = st.lists(EVENTS, min_size=1, max_size=3).map(tuple)
CHANGES: st.SearchStrategy[Change] = st.one_of(
    TOLD.map(lambda told: lambda book: replace(book, events=book.events + told)),
    TOLD.map(lambda told: lambda book: replace(book, events=book.events + told)),
    st.one_of(CONTACTS, DATASETS, MEETINGS).map(put),
    st.builds(drop, st.just("contacts"), st.sampled_from(IDS)) | st.builds(drop, st.just("datasets"), st.sampled_from(SETS)),
    st.just(turn_round),
    TOLD.map(take_back),
    ORGANISATIONS.map(lambda organisation: lambda book: replace(book, organisation=organisation)),
)


@settings(max_examples=200, deadline=None)
@given(BOOKS, st.integers(-10, 10))
def test_a_chart_follows_the_rules_said_plainly(book: Book, days: int) -> None:
    today = TODAY + timedelta(days=days)
    assert draw_chart(book, today=today) == plain_chart(book, today)


@settings(max_examples=200, deadline=None)
@given(BOOKS, st.lists(st.tuples(CHANGES, st.sampled_from([0, 0, 0, 0, 3])), min_size=4, max_size=12))
def test_a_fold_that_goes_on_gives_the_chart_of_the_whole_book(book: Book, changes: list[tuple[Change, int]]) -> None:
    fold, today = ChartFold(), TODAY
    assert fold.draw(book, today=today) == draw_chart(book, today=today)
    for change, days in changes:
        book, today = change(book), today + timedelta(days=days)
        assert fold.draw(book, today=today) == draw_chart(book, today=today)


def town(count: int) -> Story:
    """Tell of as many data sets, each asked of a person who sends us on to the next person."""
    story = Story(*[Contact(id=f"p{n}", name=f"Personne {n}") for n in range(count + 2)])
    story.shelves[Dataset] = {f"d{n}": Dataset(id=f"d{n}", title=f"Jeu {n}", rank=n) for n in range(count)}
    for n in range(count):
        story.ask(f"p{n}", dataset=f"d{n}")
        story.redirect(f"p{n}", f"p{n + 1}", dataset=f"d{n}")
    return story


@pytest.mark.parametrize(
    ("facts", "touched"),
    [
        ({"type": "answered", "dataset": "d7", "contact": "p8", "answer": "holds_sent"}, {"d7"}),
        ({"type": "redirected", "dataset": "d7", "contact": "p8", "to": "p9"}, {"d7"}),
        ({"type": "absent", "contact": "p7"}, {"d6", "d7"}),
        ({"type": "bounced", "contact": "p0"}, {"d0"}),
        ({"type": "undone", "undo_of": "a4"}, {"d1"}),
        ({"type": "sent", "contact": "p3"}, set()),
    ],
)
def test_only_what_an_event_touches_is_drawn_again(facts: dict[str, Any], touched: set[str]) -> None:
    book = town(60).told()
    fold = ChartFold()
    before = {one.id: one for one in fold.draw(book, today=TODAY).datasets}
    more = replace(book, events=(*book.events, Event(id="x", at=datetime(2026, 11, 23, tzinfo=UTC), action="x", **facts)))
    chart = fold.draw(more, today=TODAY)
    assert {one.id for one in chart.datasets if one is not before[one.id]} == touched
    assert chart == draw_chart(more, today=TODAY)


def test_a_record_mended_by_hand_is_seen_through_a_revision() -> None:
    fold, book = ChartFold(), town(5).told()
    fold.draw(book, today=TODAY)
    revision = Revision(book)
    revision.put(Contact(id="p2", name="Rose Kerbrat", civility="madame"))
    revision.put(Dataset(id="d4", title="Jeu retitré", rank=0))
    chart = fold.draw(revision.book, today=TODAY)
    assert chart == draw_chart(revision.book, today=TODAY)
    assert [one.id for one in chart.datasets] == ["d0", "d4", "d1", "d2", "d3"]
    assert "Rose Kerbrat" in {one.name for one in chart.contacts}


def test_a_fold_may_go_back_to_an_older_book() -> None:
    fold, book = ChartFold(), town(5).told()
    older = replace(book, events=book.events[:4])
    for seen in (book, older, book, older):
        assert fold.draw(seen, today=TODAY) == draw_chart(seen, today=TODAY)


@pytest.mark.parametrize(("kind", "until"), [("answered", date(2026, 12, 2)), ("absent", None)])
def test_an_answer_adds_to_a_known_absence_and_a_new_absence_replaces_it(kind: str, until: date | None) -> None:
    story = Story()
    story.ask()
    story.tell("absent", 21, contact="paul", until=date(2026, 12, 2))
    story.tell(kind, 22, dataset="menus", contact="paul", answer="absent")
    assert story.chain().chain[0].until == until
    assert story.chart() == plain_chart(story.told(), TODAY)
