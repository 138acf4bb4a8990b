"""Taking back, and taking back the taking back."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from addin.actions.log_reply import Reply, log_call
from addin.actions.undo import undo, undo_last
from addin.adapters.memory import MemoryLogbook
from addin.core.book import Book, current
from addin.core.errors import BadInput, NotFound
from addin.core.events import Event
from addin.core.parties import Named
from addin.core.takebacks import change_message, taken_back
from addin.ports.desk import Desk
from tests.people import ANNE, MENUS, NOW, PAUL, VILLE


def a_desk() -> Desk:
    ids = itertools.count(1)
    book = Book(organisation=VILLE, contacts={"paul": PAUL, "anne": ANNE}, datasets={"menus": MENUS})
    return Desk(shelf=None, logbook=MemoryLogbook(book), clock=lambda: NOW, new_id=lambda: f"id{next(ids)}")  # type: ignore[arg-type]


def say(desk: Desk, name: str = "Iris Passage", phone: str = "") -> str:
    reply = Reply(answer="redirects", contact="paul", datasets=("menus",), next=(Named(name=name, phone=phone),))
    return log_call(desk, reply).action


def test_undo_takes_back_events_and_records_and_redo_brings_them_again() -> None:
    desk = a_desk()
    before = current(desk.logbook.read())
    action = say(desk)
    after = current(desk.logbook.read())
    undone = undo(desk, action)
    assert undone.words == "Annulé\u00a0: réponse (Paul Morin) sur «\u00a0Menus scolaires\u00a0»."
    assert current(desk.logbook.read()) == before
    redone = undo(desk, undone.action)
    assert redone.words == "Rétabli\u00a0: réponse (Paul Morin) sur «\u00a0Menus scolaires\u00a0»."
    assert current(desk.logbook.read()) == after
    assert undo(desk, redone.action).words.startswith("Annulé")
    assert current(desk.logbook.read()) == before


def test_a_record_that_was_completed_comes_back_as_it_was() -> None:
    desk = a_desk()
    action = say(desk, "Anne Le Goff", phone="02 99")
    assert desk.logbook.read().contacts["anne"].phone == "02 99"
    undone = undo(desk, action)
    assert desk.logbook.read().contacts["anne"] == ANNE
    undo(desk, undone.action)
    assert desk.logbook.read().contacts["anne"].phone == "02 99"


def test_what_was_changed_since_is_left() -> None:
    desk = a_desk()
    action = say(desk, "Anne Le Goff", phone="02 99")
    with desk.logbook.change() as change:
        change.put(replace(change.book.contacts["anne"], phone="06 00", role="Directrice"))
    undo(desk, action)
    assert (desk.logbook.read().contacts["anne"].phone, desk.logbook.read().contacts["anne"].role) == ("06 00", "Directrice")


def test_refused_undoings_write_nothing() -> None:
    desk = a_desk()
    with pytest.raises(BadInput, match="rien à annuler"):
        undo_last(desk)
    with pytest.raises(NotFound):
        undo(desk, "inconnu")
    action = say(desk)
    undo(desk, action)
    events = desk.logbook.read().events
    with pytest.raises(BadInput, match="déjà annulé"):
        undo(desk, action)
    with pytest.raises(BadInput, match="rien à annuler"):
        undo_last(desk)
    assert desk.logbook.read().events == events


def test_undo_last_goes_back_one_gesture_at_a_time() -> None:
    desk = a_desk()
    first, second = say(desk), say(desk, "Une Autre")
    assert [undo_last(desk).undone, undo_last(desk).undone] == [second, first]


@given(st.lists(st.integers(0, 3), max_size=12))
def test_any_walk_of_undoings_ends_where_the_standing_gestures_say(walk: list[int]) -> None:
    desk = a_desk()
    actions = [say(desk, "Anne Le Goff", phone="02 99")]
    for step in walk:
        try:
            actions.append(undo(desk, actions[step % len(actions)]).action)
        except BadInput:
            continue
    book = current(desk.logbook.read())
    done = any(event.type == "answered" for event in book.events)
    assert (book.contacts["anne"].phone == "02 99") is done


def test_every_kind_of_value_comes_back() -> None:
    changed = replace(PAUL, emails=(), consent=True, consent_on=date(2026, 11, 24), civility="")
    profile = replace(VILLE, mandate_on=None, values={"a": "b"})
    message = change_message([(PAUL, changed), (VILLE, profile), (ANNE, ANNE)], id="m", at=NOW, action="x")
    assert message and message.contacts == ("paul",)
    undone = Event(id="e", at=NOW, type="undone", action="y", undo_of="x")
    book = Book(organisation=profile, contacts={"paul": changed}, messages={"m": message}, events=(undone,))
    assert set(map(repr, taken_back(book, "x"))) == {repr(PAUL), repr(VILLE)}
    assert change_message([(ANNE, ANNE)], id="m", at=NOW, action="x") is None
