"""Undo and redo: what of the book still stands."""

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from addin.core.book import Book, current, references
from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.events import Event, standing, undone_actions
from addin.core.meetings import Attendee, Meeting
from addin.core.messages import Message
from tests.people import ANNE, MENUS, NOW, PAUL


def event(name: str, action: str, **fields: Any) -> Event:
    return Event(**{"id": name, "at": NOW, "type": "asked", "action": action, **fields})


def undo(name: str, of: str) -> Event:
    return event(name, name, type="undone", undo_of=of)


def with_events(book: Book, *events: Event) -> Book:
    return msgspec.structs.replace(book, events=book.events + events)


def made(record: Any, action: str) -> Any:
    return msgspec.structs.replace(record, action=action)


def test_nothing_undone_leaves_the_book_as_it_is() -> None:
    book = Book(contacts={"paul": PAUL}, events=(event("e1", "a"),))
    assert current(book) is book


def test_undo_takes_back_all_the_events_and_records_of_a_gesture() -> None:
    book = Book(
        contacts={"paul": PAUL, "anne": made(ANNE, "b")},
        messages={"m": Message(id="m", way="in", at=NOW, action="b")},
        events=(event("e1", "a"), event("e2", "b", contact="anne", message="m"), event("e3", "b"), undo("u1", "b")),
    )
    now = current(book)
    assert now.contacts == {"paul": PAUL}
    assert now.messages == {}
    assert [e.id for e in now.events] == ["e1"]


def test_redo_brings_it_back_and_a_second_undo_takes_it_again() -> None:
    events = [event("e1", "a"), undo("u1", "a")]
    assert standing(tuple(events)) == ()
    events.append(undo("u2", "u1"))
    assert [e.id for e in standing(tuple(events))] == ["e1"]
    events.append(undo("u3", "u2"))
    assert standing(tuple(events)) == ()


def test_a_redo_answers_one_undo_only() -> None:
    events = (event("e1", "a"), undo("u1", "a"), undo("u2", "a"), undo("r", "u2"))
    assert undone_actions(events) == {"u2", "a"}


def test_a_record_stays_while_an_event_that_stands_speaks_of_it() -> None:
    book = Book(
        contacts={"anne": made(ANNE, "import")},
        events=(event("e0", "import", type="imported"), event("e1", "b", to="anne"), undo("u", "import")),
    )
    assert current(book).contacts == {"anne": made(ANNE, "import")}


def test_a_record_stays_while_a_record_that_stays_speaks_of_it_through_any_number_of_links() -> None:
    who = (Attendee(contact="anne", email="anne.legoff@saint-aubin.example"),)
    meeting = Meeting(id="r", uid="r@x.example", kind="quality", title="Séance", start=NOW, end=NOW, attendees=who, datasets=("menus",))
    book = Book(
        contacts={"anne": made(ANNE, "import"), "paul": made(PAUL, "import"), "iris": Contact(id="iris", action="import")},
        datasets={"menus": made(MENUS, "import")},
        meetings={"r": meeting},
        events=(undo("u", "import"),),
    )
    now = current(book)
    assert list(now.contacts) == ["anne", "paul"]  # paul is the contact of the data set of the meeting
    assert list(now.datasets) == ["menus"]


def test_two_records_of_an_undone_gesture_do_not_keep_each_other() -> None:
    book = Book(
        contacts={"paul": made(PAUL, "import")},
        datasets={"menus": made(MENUS, "import")},
        events=(event("e", "import"), undo("u", "import")),
    )
    assert current(book) == Book()


def test_the_profile_is_never_undone() -> None:
    book = with_events(Book(), event("e", "a"), undo("u", "a"))
    assert current(book).organisation == book.organisation


def test_undoings_themselves_are_never_seen_even_when_they_take_back_nothing() -> None:
    book = with_events(Book(), event("e", "a"), event("u", "u", type="undone"))
    assert [e.id for e in current(book).events] == ["e"]


def test_references_name_every_link() -> None:
    book = Book(
        datasets={"menus": MENUS},
        messages={"m": Message(id="m", way="out", at=NOW, contacts=("paul",), datasets=("menus",))},
        events=(event("e", "a", contact="paul", to="anne", by="iris", dataset="menus", message="m", meeting="r"),),
    )
    assert [(link.field, link.shelf, link.ref) for link in references(book)] == [
        ("contact", "contacts", "paul"),
        ("to", "contacts", "anne"),
        ("by", "contacts", "iris"),
        ("dataset", "datasets", "menus"),
        ("message", "messages", "m"),
        ("meeting", "meetings", "r"),
        ("contacts", "contacts", "paul"),
        ("datasets", "datasets", "menus"),
        ("contact", "contacts", "paul"),
    ]


ACTIONS = st.sampled_from(["a", "b", "c", "u0", "u1", "u2"])
REFS = st.none() | st.sampled_from(["x", "y", "z"])


@st.composite
def books(draw: st.DrawFn) -> Book:
    events = []
    for number in range(draw(st.integers(0, 8))):
        if draw(st.booleans()):
            events.append(event(f"e{number}", draw(st.sampled_from(["a", "b", "c"])), contact=draw(REFS), dataset=draw(REFS)))
        else:
            events.append(event(f"e{number}", f"u{number}", type="undone", undo_of=draw(ACTIONS)))
    return Book(
        contacts={name: Contact(id=name, action=draw(ACTIONS)) for name in draw(st.sets(st.sampled_from("xyz")))},
        datasets={
            name: Dataset(id=name, title=name, contact=draw(REFS), action=draw(ACTIONS)) for name in draw(st.sets(st.sampled_from("xyz")))
        },
        events=tuple(events),
    )


@given(books(), ACTIONS)
def test_undo_then_redo_is_the_identity(book: Book, action: str) -> None:
    undone = with_events(book, undo("undo", action))
    redone = with_events(undone, undo("redo", "undo"))
    assert current(redone) == current(book)


@given(books(), ACTIONS)
def test_after_an_undo_nothing_of_the_action_stands_and_no_link_is_newly_broken(book: Book, action: str) -> None:
    now = current(with_events(book, undo("undo", action)))
    assert action not in {e.action for e in now.events}
    shelves: dict[str, Any] = {"contacts": (book.contacts, now.contacts), "datasets": (book.datasets, now.datasets)}
    for link in references(now):
        before, after = shelves[link.shelf]
        assert link.ref in after or link.ref not in before


@given(books())
def test_what_stands_stands_again_when_asked_twice(book: Book) -> None:
    assert current(current(book)) == current(book)
