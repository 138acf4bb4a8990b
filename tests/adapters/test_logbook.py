"""The contract of a logbook, run on every provider. Each store is reopened before what was kept is looked at."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addin.adapters.memory import MemoryLogbook
from addin.adapters.tinydb_logbook.logbook import TinydbLogbook
from addin.core.book import Book
from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.errors import BadInput
from addin.core.events import Event
from addin.core.meetings import Attendee, Meeting
from addin.core.messages import Message
from addin.core.organisation import Organisation
from addin.ports.logbook import Logbook
from tests.people import ANNE, MENUS, NOW, PAUL, VILLE

PARIS = ZoneInfo("Europe/Paris")


@dataclass
class Store:
    """One place where a logbook is kept; `open` gives a fresh way into it."""

    open: Callable[[], Logbook]


def memory_store() -> Store:
    logbook = MemoryLogbook()
    return Store(lambda: logbook)


def tinydb_store(folder: Path) -> Store:
    return Store(lambda: TinydbLogbook(folder / "journal.json", clock=lambda: NOW))


@pytest.fixture(params=["memory", "tinydb"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return memory_store() if request.param == "memory" else tinydb_store(tmp_path)


def event(name: str, **fields: Any) -> Event:
    return Event(**{"id": name, "at": NOW, "type": "asked", "action": "geste", **fields})


FULL_MEETING = Meeting(
    id="r1",
    uid="r1@saint-aubin.example",
    kind="club",
    title="Club de réutilisation",
    start=datetime(2026, 12, 3, 10, tzinfo=PARIS),
    end=datetime(2026, 12, 3, 10, 45, tzinfo=PARIS),
    rrule="FREQ=MONTHLY;BYDAY=1TH",
    exdates=(datetime(2027, 7, 1, 10, tzinfo=PARIS), datetime(2027, 8, 5, 10, tzinfo=PARIS)),
    stamp=NOW,
    attendees=(Attendee(contact="paul", email="Paul.Morin@saint-aubin.example", partstat="ACCEPTED", told_by="phone", attended=True),),
    datasets=("menus", "eclairage"),
    action="geste",
)
FULL_MESSAGE = Message(
    id="m1",
    way="in",
    at=datetime(2026, 11, 24, 23, 30, tzinfo=PARIS),
    message_id="abc@mail.example",
    subject="Re : les menus « d'été » 🥗\u2028",
    excerpt="Voilà…\nà bientôt\u00a0!",
    contacts=("paul", "anne"),
    files=("menus.csv",),
    digest="0" * 64,
    state="received",
)
FULL_EVENT = event(
    "e1", dataset="menus", contact="paul", to="anne", by="inconnu", until=date(2026, 12, 1), due=date(2026, 12, 4), level=3, told_by="mail"
)


class TestWhatIsKept:
    def test_a_new_store_holds_an_empty_book(self, store: Store) -> None:
        assert store.open().read() == Book()

    def test_every_kind_of_record_comes_back_whole(self, store: Store) -> None:
        organisation = msgspec.structs.replace(VILLE, values={"signature": "Bien à vous"}, level=4)
        with store.open().change() as change:
            for record in (organisation, PAUL, ANNE, MENUS, FULL_MEETING, FULL_MESSAGE):
                change.put(record)
            change.append(FULL_EVENT)
        book = store.open().read()
        assert book == Book(
            organisation=organisation,
            contacts={"paul": PAUL, "anne": ANNE},
            datasets={"menus": MENUS},
            meetings={"r1": FULL_MEETING},
            messages={"m1": FULL_MESSAGE},
            events=(FULL_EVENT,),
        )
        assert book.messages["m1"].at.utcoffset() == timedelta(hours=1)
        assert isinstance(book.meetings["r1"].attendees[0], Attendee)

    def test_records_and_events_keep_their_order(self, store: Store) -> None:
        for name in ("b", "c", "a"):
            with store.open().change() as change:
                change.put(Contact(id=name))
                change.append(event(f"e-{name}"))
        with store.open().change() as change:
            change.put(Contact(id="c", name="Rewritten"))
        book = store.open().read()
        assert list(book.contacts) == ["b", "c", "a"]
        assert [e.id for e in book.events] == ["e-b", "e-c", "e-a"]
        assert book.contacts["c"].name == "Rewritten"

    def test_a_record_put_twice_is_kept_as_last_put(self, store: Store) -> None:
        with store.open().change() as change:
            change.put(Contact(id="x", name="Premier"))
            change.put(Contact(id="x", name="Second"))
            change.put(VILLE)
            change.put(Organisation(name="Autre"))
        assert store.open().read().contacts == {"x": Contact(id="x", name="Second")}
        assert store.open().read().organisation == Organisation(name="Autre")

    def test_the_same_id_may_name_a_contact_and_a_data_set(self, store: Store) -> None:
        with store.open().change() as change:
            change.put(Contact(id="x", name="Contact"))
            change.put(Dataset(id="x", title="Jeu"))
        book = store.open().read()
        assert (book.contacts["x"].name, book.datasets["x"].title) == ("Contact", "Jeu")

    def test_a_change_without_anything_is_allowed(self, store: Store) -> None:
        with store.open().change():
            pass
        assert store.open().read() == Book()


class TestOneChange:
    def test_it_sees_what_it_has_put_and_others_do_not_yet(self, store: Store) -> None:
        reader, writer = store.open(), store.open()
        with writer.change() as change:
            change.put(PAUL)
            change.append(event("e1"))
            assert change.book.contacts == {"paul": PAUL}
            change.put(ANNE)
            assert list(change.book.contacts) == ["paul", "anne"]
            assert len(change.book.events) == 1
            assert reader.read() == Book()
            assert writer.read() == Book()
        assert list(reader.read().contacts) == ["paul", "anne"]

    def test_it_starts_from_what_others_wrote(self, store: Store) -> None:
        first, second = store.open(), store.open()
        first.read(), second.read()
        with first.change() as change:
            change.put(PAUL)
        with second.change() as change:
            assert change.book.contacts == {"paul": PAUL}
            change.put(msgspec.structs.replace(change.book.contacts["paul"], phone="02 99 00 00 09"))
        assert first.read().contacts["paul"].phone == "02 99 00 00 09"

    @pytest.mark.parametrize("error", [ValueError, BadInput, KeyboardInterrupt, SystemExit])
    def test_an_exception_writes_nothing(self, store: Store, error: type[BaseException]) -> None:
        with store.open().change() as change:
            change.put(PAUL)
        with pytest.raises(error), store.open().change() as change:
            change.put(ANNE)
            change.put(msgspec.structs.replace(PAUL, name="Perdu"))
            change.append(event("e1"))
            raise error("stop")
        assert store.open().read() == Book(contacts={"paul": PAUL})
        with store.open().change() as change:
            change.append(event("e1"))
        assert len(store.open().read().events) == 1

    def test_it_cannot_be_used_once_over(self, store: Store) -> None:
        with store.open().change() as change:
            change.put(PAUL)
        for use in (lambda: change.put(ANNE), lambda: change.append(event("e")), lambda: change.book):
            with pytest.raises(RuntimeError):
                use()
        with pytest.raises(ValueError), store.open().change() as failed:
            raise ValueError
        with pytest.raises(RuntimeError):
            failed.put(ANNE)
        assert store.open().read() == Book(contacts={"paul": PAUL})

    def test_a_second_one_in_the_same_thread_is_refused_and_the_first_lands(self, store: Store) -> None:
        logbook = store.open()
        with logbook.change() as change:
            change.put(PAUL)
            with pytest.raises(RuntimeError), logbook.change():
                pass
            change.put(ANNE)
        assert list(store.open().read().contacts) == ["paul", "anne"]


class TestRefusals:
    def test_an_event_id_is_taken_only_once(self, store: Store) -> None:
        with store.open().change() as change:
            change.append(event("e1"))
            with pytest.raises(BadInput):
                change.append(event("e1", type="answered"))
        with store.open().change() as change, pytest.raises(BadInput):
            change.append(event("e1", type="called"))
        assert store.open().read().events == (event("e1"),)

    @pytest.mark.parametrize(
        "bad",
        [
            Contact(id=""),
            Contact(id="x", name="a\0b"),
            Contact(id="x", name="caf\udce9"),
            Contact(id="caf\udce9"),
            Contact(id="x", kind="robot"),  # type: ignore[arg-type]
            Contact(id="x", name=None),  # type: ignore[arg-type]
            Contact(id="x", emails="paul@saint-aubin.example"),  # type: ignore[arg-type]
            Contact(id="x", created=datetime(2026, 11, 24, 10)),  # noqa: DTZ001 - a time without zone is the point
            Dataset(id="x", title="t", level=2**80),
            Dataset(id="x", title="t", level=float("nan")),  # type: ignore[arg-type]
            Dataset(id="x", title="t", theme=object()),  # type: ignore[arg-type]
            Organisation(values={"a": "b\0"}),
            Organisation(values={"a\ud800": "b"}),
            Organisation(values={"a": 3}),  # type: ignore[dict-item]
            Message(id="x", way="in", at=NOW, contacts=("a", "b\0")),
            event(""),
            event("x", type="lost"),
            event("x", at="hier"),
        ],
    )
    def test_what_cannot_be_kept_is_refused_in_french_and_nothing_is_written(self, store: Store, bad: Any) -> None:
        with store.open().change() as change:
            change.put(PAUL)
        with pytest.raises(BadInput) as refusal, store.open().change() as change:
            change.put(ANNE)
            (change.append if isinstance(bad, Event) else change.put)(bad)
        assert "gardé" in refusal.value.message
        refusal.value.message.encode()
        assert store.open().read() == Book(contacts={"paul": PAUL})


class TestReaders:
    def test_a_book_in_hand_never_changes(self, store: Store) -> None:
        logbook = store.open()
        with logbook.change() as change:
            change.put(PAUL)
            change.append(event("e1"))
        book = logbook.read()
        with logbook.change() as change:
            inside = change.book
            change.put(msgspec.structs.replace(PAUL, name="Autre"))
            change.put(ANNE)
            change.append(event("e2"))
        assert book == inside == Book(contacts={"paul": PAUL}, events=(event("e1"),))

    def test_what_was_put_is_not_shared_with_the_caller(self, store: Store) -> None:
        values = {"signature": "avant"}
        logbook = store.open()
        with logbook.change() as change:
            change.put(Organisation(values=values))
        values["signature"] = "après"
        with logbook.change() as change:
            change.put(PAUL)
        assert logbook.read().organisation.values == store.open().read().organisation.values == {"signature": "avant"}

    def test_the_same_book_is_given_until_something_changes(self, store: Store) -> None:
        logbook = store.open()
        with logbook.change() as change:
            change.put(PAUL)
        assert logbook.read() is logbook.read()

    def test_four_writers_and_a_reader_share_one_logbook(self, store: Store) -> None:
        logbook, other = store.open(), store.open()
        seen: list[str] = []
        over = threading.Event()

        def write(writer: int) -> None:
            for number in range(25):
                with (logbook if writer % 2 else other).change() as change:
                    change.put(Contact(id=f"c{writer}-{number}"))
                    counter = change.book.contacts.get("counter", Contact(id="counter", phone="0"))
                    change.put(msgspec.structs.replace(counter, phone=str(int(counter.phone) + 1)))
                    change.append(event(f"e{writer}-{number}", contact=f"c{writer}-{number}"))

        def watch() -> None:
            while not over.wait(0.001):
                book = logbook.read()
                if (
                    not len(book.events)
                    == max(len(book.contacts) - 1, 0)
                    == int(book.contacts.get("counter", Contact(id="", phone="0")).phone)
                ):
                    seen.append("half a change")

        reader = threading.Thread(target=watch)
        writers = [threading.Thread(target=write, args=(n,)) for n in range(4)]
        for thread in (reader, *writers):
            thread.start()
        for thread in writers:
            thread.join()
        over.set()
        reader.join()
        book = store.open().read()
        assert seen == []
        assert {e.id for e in book.events} == {f"e{w}-{n}" for w in range(4) for n in range(25)}
        assert book.contacts["counter"].phone == "100"
        assert logbook.read() == other.read() == book


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
TIMES = st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2099, 1, 1), timezones=st.sampled_from([UTC, PARIS]))  # noqa: DTZ001
IDS = st.sampled_from(["a", "b", "c"])
RECORDS = st.one_of(
    st.builds(
        Contact,
        id=IDS,
        name=TEXTS,
        emails=st.lists(TEXTS, max_size=2).map(tuple),
        created=st.none() | TIMES,
        consent=st.none() | st.booleans(),
    ),
    st.builds(Dataset, id=IDS, title=TEXTS, level=st.none() | st.integers(1, 5), rank=st.none() | st.integers(-(2**60), 2**60)),
    st.builds(Message, id=IDS, way=st.sampled_from(["in", "out"]), at=TIMES, text=TEXTS, contacts=st.lists(IDS, max_size=3).map(tuple)),
    st.builds(Organisation, name=TEXTS, values=st.dictionaries(TEXTS, TEXTS, max_size=2)),
    st.builds(Event, id=st.integers(0, 9).map(lambda n: f"e{n}"), at=TIMES, type=st.just("asked"), action=IDS, due=st.none() | st.dates()),
)
as_json = msgspec.json.encode
CHANGES = st.lists(st.tuples(st.lists(RECORDS, max_size=5), st.booleans()), max_size=6)


@pytest.mark.parametrize("provider", ["memory", "tinydb"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES)
def test_any_sequence_of_changes_and_exceptions_agrees_with_a_plain_dict(
    provider: str, changes: list[tuple[list[Any], bool]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = memory_store() if provider == "memory" else tinydb_store(tmp_path_factory.mktemp("suite"))
    kept: dict[str, Any] = {"organisation": Organisation(), "contacts": {}, "datasets": {}, "meetings": {}, "messages": {}, "events": {}}
    logbook = store.open()
    shelves = {Contact: "contacts", Dataset: "datasets", Message: "messages"}
    for records, fails in changes:
        model: dict[str, Any] = {key: dict(value) if isinstance(value, dict) else value for key, value in kept.items()}
        try:
            with logbook.change() as change:
                for record in records:
                    if isinstance(record, Organisation):
                        change.put(record)
                        model["organisation"] = record
                    elif not isinstance(record, Event):
                        change.put(record)
                        model[shelves[type(record)]][record.id] = record
                    elif record.id in model["events"]:
                        with pytest.raises(BadInput):
                            change.append(record)
                    else:
                        change.append(record)
                        model["events"][record.id] = record
                if fails:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            model = kept
        kept = model
        expected = Book(**{**kept, "events": tuple(kept["events"].values())})
        # As JSON: it tells the order too, and a time in the hour that comes twice is unequal to itself in another zone (PEP 495).
        assert as_json(logbook.read()) == as_json(expected) == as_json(store.open().read())
