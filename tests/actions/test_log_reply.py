"""Logging an answer: by mail, by phone, by a pasted text; once, whole, and in the right chain."""

import itertools
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from addin.actions.log_reply import Reply, log_call, log_reply
from addin.actions.receive_mail import receive
from addin.actions.undo import undo
from addin.adapters.memory import MemoryLogbook
from addin.adapters.tinydb_logbook.logbook import TinydbLogbook
from addin.core.book import Book, current
from addin.core.errors import BadInput
from addin.core.events import Event
from addin.core.parties import Named
from addin.ports.desk import Desk
from tests.people import ANNE, ASKED, ECLAIRAGE, LETTER, MENUS, NOW, PAUL, VILLE

MAILS = Path(__file__).parents[1] / "core" / "mails"


@dataclass(frozen=True)
class NoShelf:
    """Stand for a shelf nobody opens here."""


def a_desk(logbook) -> Desk:  # type: ignore[no-untyped-def]
    ids = itertools.count(1)
    return Desk(shelf=NoShelf(), logbook=logbook, clock=lambda: NOW, new_id=lambda: f"id{next(ids):04d}")  # type: ignore[arg-type]


@pytest.fixture(params=["memory", "tinydb"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    logbook = MemoryLogbook() if request.param == "memory" else TinydbLogbook(tmp_path / "journal.json")
    with logbook.change() as change:
        for record in (VILLE, PAUL, ANNE, MENUS, ECLAIRAGE, LETTER):
            change.put(record)
    yield a_desk(logbook)


def raw(name: str) -> bytes:
    return (MAILS / f"{name}.eml").read_bytes()


def told(events: tuple[Event, ...]) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(e.type, e.dataset, e.contact, e.to) for e in events]


def book(desk: Desk) -> Book:
    return current(desk.logbook.read())


def test_a_mail_finds_its_letter_and_proves_that_it_was_sent(desk: Desk) -> None:
    logged = log_reply(desk, Reply(answer="holds_sent", raw=raw("outlook-bureau")))
    assert told(logged.events) == [("asked", "menus", "paul", None), ("answered", "menus", "paul", None)]
    assert {e.action for e in logged.events} == {logged.action}
    assert logged.events[0].at == LETTER.at and logged.events[0].message == "lettre"
    assert (logged.contact.id, [o.letter for o in logged.offers], logged.already) == ("paul", ["merci"], False)
    kept = book(desk).messages
    assert kept["lettre"].state == "sent"
    assert kept[logged.message.id].excerpt.startswith("Bonjour Claire, Oui, c'est bien nous.")
    assert kept[logged.message.id].text == ""


def test_a_letter_already_noted_as_sent_is_not_asked_twice(desk: Desk) -> None:
    with desk.logbook.change() as change:
        change.put(replace(LETTER, state="sent"))
        change.append(Event(id="e0", at=LETTER.at, type="asked", action="a0", contact="paul", dataset="menus", message="lettre"))
    logged = log_reply(desk, Reply(answer="holds_later", due=date(2026, 12, 1), raw=raw("gmail")))
    assert [e.type for e in logged.events] == ["answered"]
    assert logged.events[0].due == date(2026, 12, 1)


def test_the_same_mail_twice_changes_nothing(desk: Desk) -> None:
    reply = Reply(answer="redirects", next=(Named(name="Anne Le Goff"),), raw=raw("outlook-mobile"))
    first = log_reply(desk, reply)
    before = desk.logbook.read()
    for again in (reply, replace(reply, answer="holds_sent", next=())):
        second = log_reply(desk, again)
        assert second.already and second.message.id == first.message.id
        assert [e.id for e in second.events] == [e.id for e in first.events if e.message == first.message.id]
    assert desk.logbook.read() == before


def test_a_mail_without_message_id_is_known_by_its_octets(desk: Desk) -> None:
    reply = Reply(answer="holds_sent", datasets=("menus",), raw=raw("sans-identifiant"))
    log_reply(desk, reply)
    unix = replace(reply, raw=raw("sans-identifiant").replace(b"\r\n", b"\n"))
    assert log_reply(desk, unix).already
    assert not log_reply(desk, replace(reply, raw=raw("sans-identifiant") + b"Non.\n")).already


def test_one_mail_may_answer_about_a_second_data_set_later(desk: Desk) -> None:
    first = log_reply(desk, Reply(answer="holds_sent", raw=raw("gmail")))
    second = log_reply(desk, Reply(answer="knows_nobody", datasets=("eclairage",), raw=raw("gmail")))
    assert told(second.events) == [("answered", "eclairage", "paul", None)]
    assert second.message.id == first.message.id and second.message.datasets == ("menus", "eclairage")


def test_the_same_form_twice_writes_once(desk: Desk) -> None:
    call = Reply(answer="knows_nobody", contact="paul", datasets=("menus",), key="formulaire-1", note="Au standard")
    first, second = log_call(desk, call), log_call(desk, call)
    assert (first.already, second.already, first.message.note, first.message.way) == (False, True, "Au standard", "call")
    assert [e.type for e in first.events] == ["called", "answered"]
    assert not log_call(desk, replace(call, key="formulaire-2")).already


def test_a_call_is_not_proof_of_a_letter(desk: Desk) -> None:
    log_call(desk, Reply(answer="holds_sent", contact="paul", datasets=("menus",)))
    assert book(desk).messages["lettre"].state == "prepared"


def test_not_me_see_anne(desk: Desk) -> None:
    logged = log_reply(
        desk, Reply(answer="redirects", next=(Named(name="LE GOFF Anne", phone="02 99 00 00 03"),), raw=raw("outlook-mobile"))
    )
    assert ("redirected", "menus", "paul", "anne") in told(logged.events)
    assert logged.created == ()
    assert book(desk).contacts["anne"].phone == "02 99 00 00 03"
    assert [(o.letter, o.contact, o.by) for o in logged.offers] == [("letter", "anne", "paul"), ("oriente", "paul", None)]


def test_a_new_contact_is_made_and_a_provider_is_one(desk: Desk) -> None:
    logged = log_reply(
        desk, Reply(answer="external", next=(Named(service="Cuisine centrale SARL", email="contact@cuisine.example"),), raw=raw("gmail"))
    )
    (made,) = logged.created
    assert (made.kind, made.email, made.label) == ("prestataire", "contact@cuisine.example", "Cuisine centrale SARL")
    assert made.action == logged.action


def test_a_cycle_is_said_with_its_date(desk: Desk) -> None:
    log_reply(desk, Reply(answer="redirects", next=(Named(id="anne"),), raw=raw("outlook-mobile")))
    back = log_call(desk, Reply(answer="redirects", contact="anne", datasets=("menus",), next=(Named(id="paul"),)))
    assert any("Paul Morin a déjà répondu" in words and "24/11/2026" in words for words in back.warnings)
    assert "letter" not in [o.letter for o in back.offers]


def test_a_colleague_answers_instead(desk: Desk) -> None:
    logged = log_reply(desk, Reply(answer="holds_sent", raw=raw("mots-codes-coupes")))
    assert told(logged.events)[1:] == [("redirected", "menus", "paul", logged.contact.id), ("answered", "menus", logged.contact.id, None)]
    assert logged.contact.name == "Hélène Le Goëff"
    assert any("à la place de Paul Morin" in words for words in logged.warnings)


def test_the_same_person_from_another_address(desk: Desk) -> None:
    other = raw("gmail").replace(b"paul.morin@saint-aubin.example", b"pmorin@maison.example")
    logged = log_reply(desk, Reply(answer="holds_sent", raw=other))
    assert (logged.contact.id, logged.contact.emails) == ("paul", ("paul.morin@saint-aubin.example", "pmorin@maison.example"))
    assert any("autre adresse" in words for words in logged.warnings)


def test_the_form_has_the_last_word_on_who_and_what(desk: Desk) -> None:
    logged = log_reply(desk, Reply(answer="holds_sent", contact="anne", datasets=("eclairage",), raw=raw("gmail")))
    assert told(logged.events)[-1] == ("answered", "eclairage", "anne", None)


def test_an_absence_keeps_no_reason(desk: Desk) -> None:
    logged = log_reply(
        desk,
        Reply(answer="absent", until=date(2026, 12, 2), deputy=Named(email="anne.legoff@saint-aubin.example"), raw=raw("absence-exchange")),
    )
    assert ("absent", None, "paul", "anne") in told(logged.events)
    assert [(o.letter, o.contact) for o in logged.offers] == [("remplacant", "anne")]
    assert "maternité" not in repr(desk.logbook.read())


def test_a_refused_address_is_that_of_the_letter(desk: Desk) -> None:
    logged = log_reply(desk, Reply(answer="bounced", raw=raw("refus-postfix")))
    assert told(logged.events)[-1] == ("bounced", None, "paul", None)
    assert logged.contact.id == "paul"


def test_an_absence_without_data_set_is_about_all_that_is_owed(desk: Desk) -> None:
    with desk.logbook.change() as change:
        for n, dataset in enumerate(("menus", "eclairage")):
            change.append(Event(id=f"e{n}", at=NOW, type="asked", action="a0", contact="paul", dataset=dataset))
    logged = log_call(desk, Reply(answer="absent", contact="paul", until=date(2026, 12, 2)))
    assert [e.dataset for e in logged.events if e.type == "answered"] == ["menus", "eclairage"]


def test_free_text_never_enters_the_events(desk: Desk) -> None:
    logged = log_reply(
        desk,
        Reply(
            answer="already_published", contact="paul", datasets=("menus",), text="Sur le site", note="vu le 3", url="https://x.example/a"
        ),
    )
    assert "site" not in repr(logged.events) and "x.example" not in repr(logged.events)
    assert (logged.message.way, logged.message.url, logged.message.excerpt, logged.message.note) == (
        "paste",
        "https://x.example/a",
        "Sur le site",
        "vu le 3",
    )


@pytest.mark.parametrize(
    ("reply", "where"),
    [
        (Reply(answer="holds_sent"), "contact"),
        (Reply(answer="holds_sent", contact="personne"), "contact"),
        (Reply(answer="holds_sent", contact="paul"), "dataset"),
        (Reply(answer="holds_sent", contact="paul", datasets=("rien",)), "dataset"),
        (Reply(answer="bof", contact="paul", datasets=("menus",)), "answer"),
        (Reply(answer="redirects", contact="paul", datasets=("menus",)), "next"),
        (Reply(answer="redirects", contact="paul", datasets=("menus",), next=(Named(),)), "next"),
        (Reply(answer="redirects", contact="paul", datasets=("menus",), next=(Named(email="faux"),)), "next"),
        (Reply(answer="redirects", contact="paul", datasets=("menus",), next=(Named(id="paul"),)), "next"),
        (Reply(answer="redirects", contact="paul", datasets=("menus",), next=(Named(id="rien"),)), "next"),
        (Reply(answer="absent", contact="paul", datasets=("menus",), deputy=Named(email="a@\n")), "deputy"),
        (Reply(answer="holds_sent", who=Named(), datasets=("menus",)), "who"),
        (Reply(answer="holds_sent", contact="paul", datasets=("menus",), message="rien"), "message"),
        (Reply(answer="holds_sent", raw=b"\x89PNG"), "raw"),
        (Reply(answer="holds_sent", raw=b"From: a@b.test\n\n" + b"x" * (25 * 1024 * 1024)), "raw"),
        (Reply(answer="holds_sent", contact="paul", datasets=("menus",), note="x" * 20_001), "note"),
        (Reply(answer="holds_sent", raw=b"From: a@b.test\nMessage-ID: <" + ASKED.encode() + b">\n\nx"), "raw"),
    ],
)
def test_a_bad_form_writes_nothing_and_names_the_field(desk: Desk, reply: Reply, where: str) -> None:
    before = desk.logbook.read()
    with pytest.raises(BadInput) as refused:
        log_reply(desk, reply)
    assert refused.value.where == where
    assert desk.logbook.read() == before


def test_receive_then_log(desk: Desk) -> None:
    came = receive(desk, raw("gmail"))
    assert [(e.type, e.contact, e.dataset) for e in came.events] == [("asked", "paul", "menus"), ("received", "paul", "menus")]
    assert came.thread and came.thread.id == "lettre"
    assert receive(desk, raw("gmail")).already
    assert book(desk).messages["lettre"].state == "sent"
    logged = log_reply(desk, Reply(answer="holds_sent", message=came.message.id, note="vu"))
    assert told(logged.events) == [("answered", "menus", "paul", None)]
    assert book(desk).messages[came.message.id].note == "vu"
    assert log_reply(desk, Reply(answer="holds_sent", raw=raw("gmail"))).already
    undo(desk, logged.action)
    assert (book(desk).messages[came.message.id].note, book(desk).messages["lettre"].state) == ("", "sent")
    undo(desk, came.message.action)
    assert book(desk).messages["lettre"].state == "prepared"
    assert book(desk).events == ()


def test_a_mail_received_keeps_the_letter_found_by_its_references(desk: Desk) -> None:
    far = raw("gmail").replace(b"In-Reply-To: <" + ASKED.encode(), b"In-Reply-To: <loin@ailleurs.example")
    came = receive(desk, far)
    logged = log_reply(desk, Reply(answer="holds_sent", message=came.message.id))
    assert told(came.events) == [("asked", "menus", "paul", None), ("received", "menus", "paul", None)]
    assert told(logged.events) == [("answered", "menus", "paul", None)]


def test_receive_from_a_stranger_makes_no_contact(desk: Desk) -> None:
    came = receive(desk, raw("mots-codes-coupes"))
    assert came.message.contacts == () and set(book(desk).contacts) == {"paul", "anne"}


def test_a_refused_letter_is_received_from_the_contact(desk: Desk) -> None:
    assert receive(desk, raw("refus-exchange-francais")).message.contacts == ("paul",)


def test_an_undone_mail_can_be_logged_again(desk: Desk) -> None:
    first = log_reply(desk, Reply(answer="redirects", next=(Named(name="Iris Passage"),), raw=raw("gmail")))
    undo(desk, first.action)
    assert set(book(desk).contacts) == {"paul", "anne"}
    again = log_reply(desk, Reply(answer="holds_sent", raw=raw("gmail")))
    assert not again.already and [e.type for e in again.events] == ["asked", "answered"]


def test_two_at_once_write_once(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    with TinydbLogbook(path).change() as change:
        for record in (VILLE, PAUL, ANNE, MENUS, LETTER):
            change.put(record)
    results: list[bool] = []
    start = threading.Barrier(4)

    def log(n: int) -> None:
        ids = itertools.count(1)
        desk = Desk(shelf=NoShelf(), logbook=TinydbLogbook(path), clock=lambda: NOW, new_id=lambda: f"w{n}-{next(ids)}")  # type: ignore[arg-type]
        start.wait()
        results.append(log_reply(desk, Reply(answer="holds_sent", raw=raw("gmail"))).already)

    writers = [threading.Thread(target=log, args=(n,)) for n in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(results) == [False, True, True, True]
    assert [e.type for e in TinydbLogbook(path).read().events] == ["asked", "answered"]
