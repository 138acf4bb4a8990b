import itertools
from datetime import UTC, date, datetime
from email import message_from_bytes, policy

import pytest
from msgspec.structs import replace

from addin.actions.insert_letter import note_sent, prepare, write
from addin.adapters.memory import MemoryLogbook
from addin.adapters.stage_folder import StageFolder, packaged_templates
from addin.core.addresses import Address, read_address
from addin.core.book import Book, current
from addin.core.errors import BadInput, NotFound
from addin.core.events import Event
from addin.core.letters import guard
from addin.ports.desk import Desk
from tests.people import ANNE, ECLAIRAGE, MENUS, NOW, PAUL, VILLE

SHELF = StageFolder(packaged_templates())
N = "\u00a0"


@pytest.fixture
def desk():
    book = Book(organisation=VILLE, contacts={c.id: c for c in (PAUL, ANNE)}, datasets={d.id: d for d in (MENUS, ECLAIRAGE)})
    ids = itertools.count(1)
    return Desk(shelf=SHELF, logbook=MemoryLogbook(book), clock=lambda: NOW, new_id=lambda: f"id{next(ids)}")


def read(desk):
    return current(desk.logbook.read())


def append(desk, kind, **fields):
    with desk.logbook.change() as change:
        change.append(Event(id=desk.new_id(), at=NOW, type=kind, action=desk.new_id(), **fields))


def test_a_request_is_filled_from_the_profile_the_contact_and_the_calendar(desk):
    written = write(desk, "3", contact=PAUL.id, datasets=[MENUS.id])
    guard(written.draft)
    assert written.draft.subject == f"Données relatives aux menus scolaires{N}: les détenez-vous{N}?"
    for words in (
        "Monsieur,",
        "Hélène Caradec, maire",
        "lundi 21 septembre 2026",
        "mardi 1er décembre 2026",
        "Claire Vasseur",
        "02 99 00 00 01",
    ):
        assert words in written.draft.text
    assert written.to == (Address("Paul Morin", PAUL.email),)
    assert desk.logbook.read().messages == {}


@pytest.mark.parametrize("reference", ["3", "3-localiser", "3/letter", "3-localiser/letter", " 3 "])
def test_a_stage_is_named_by_its_number_or_its_id(desk, reference):
    assert write(desk, reference, datasets=[MENUS.id]).letter.id == "letter"


@pytest.mark.parametrize(
    ("reference", "options"),
    [("9", {}), ("3/rien", {}), ("", {}), ("../3", {}), ("3", {"contact": "inconnu"}), ("3", {"datasets": ["inconnu"]})],
)
def test_what_does_not_exist_is_named(desk, reference, options):
    with pytest.raises(NotFound):
        write(desk, reference, **options)


def test_a_misspelt_blank_is_refused_and_one_of_another_letter_is_not(desk):
    with pytest.raises(BadInput, match="reponse_avent"):
        write(desk, "3", given={"reponse_avent": "2026-12-01"})
    write(desk, "3", given={"lancement_debut": "2027-04-01T14:00"})


def test_an_unknown_recipient_is_written_to_and_becomes_a_contact_when_the_letter_is_kept(desk):
    written = write(desk, "3", to=[read_address("Sonia Lambert <Sonia@Saint-Aubin.example>")], datasets=[MENUS.id])
    assert "Madame, Monsieur," in written.draft.text
    assert len(read(desk).contacts) == 2
    kept = prepare(desk, written)
    (new,) = [contact for key, contact in read(desk).contacts.items() if key not in (PAUL.id, ANNE.id)]
    assert (new.name, new.emails, kept.message.contacts) == ("Sonia Lambert", ("sonia@saint-aubin.example",), (new.id,))


def test_a_known_address_finds_its_contact(desk):
    assert "Monsieur," in write(desk, "3", to=[read_address(PAUL.email.upper())], datasets=[MENUS.id]).draft.text


def test_a_title_typed_ties_the_letter_to_its_dataset(desk):
    assert write(desk, "3", given={"jeu": " MENUS  scolaires "}).datasets == (MENUS.id,)
    assert write(desk, "3", given={"jeu": "Autre chose"}).datasets == ()


def test_a_kept_letter_is_a_draft_with_the_message_id_that_an_answer_will_bear(desk):
    kept = prepare(desk, write(desk, "3", contact=PAUL.id, datasets=[MENUS.id]), contact=PAUL.id)
    mail = message_from_bytes(kept.eml, policy=policy.default)
    assert mail["Message-ID"] == f"<{kept.message.message_id}>"
    assert kept.message.message_id.endswith("@saint-aubin.example")
    assert mail["X-Unsent"] == "1" and PAUL.email in mail["To"]
    stored = read(desk).messages[kept.message.id]
    assert (stored.state, stored.way, stored.contacts, stored.datasets, stored.letter) == (
        "prepared",
        "out",
        (PAUL.id,),
        (MENUS.id,),
        "letter",
    )
    assert "menus scolaires" in stored.text and read(desk).events == ()


def test_a_letter_copied_then_opened_as_a_draft_stays_one_message(desk):
    written = write(desk, "3", contact=PAUL.id, datasets=[MENUS.id])
    first, second = prepare(desk, written, contact=PAUL.id), prepare(desk, written, contact=PAUL.id)
    assert second.message == first.message and len(read(desk).messages) == 1
    note_sent(desk, first.message.id)
    assert prepare(desk, written, contact=PAUL.id).message.message_id != first.message.message_id


def test_an_answer_is_awaited_by_the_date_that_the_letter_states(desk):
    given = {"reponse_avant": "2026-12-18"}
    kept = prepare(desk, write(desk, "3", contact=PAUL.id, datasets=[MENUS.id], given=given), contact=PAUL.id)
    assert "18 décembre 2026" in kept.message.text
    assert [event.due for event in note_sent(desk, kept.message.id).events] == [date(2026, 12, 18)]


def test_noting_a_request_sent_asks_once_with_its_date_and_who_pointed_the_way(desk):
    append(desk, "redirected", contact=ANNE.id, to=PAUL.id, dataset=MENUS.id)
    kept = prepare(desk, write(desk, "3", contact=PAUL.id, datasets=[MENUS.id]), contact=PAUL.id)
    assert "Anne" in kept.message.text
    sent = note_sent(desk, kept.message.id)
    (asked,) = sent.events
    assert (asked.type, asked.contact, asked.dataset, asked.by, asked.due, asked.message) == (
        "asked",
        PAUL.id,
        MENUS.id,
        ANNE.id,
        date(2026, 12, 1),
        kept.message.id,
    )
    assert read(desk).messages[kept.message.id].state == "sent"
    before = desk.logbook.read()
    assert note_sent(desk, kept.message.id).already
    assert desk.logbook.read() == before


def test_a_request_for_two_datasets_asks_twice_and_reads_as_one_sentence(desk):
    kept = prepare(desk, write(desk, "3", contact=PAUL.id, datasets=[MENUS.id, ECLAIRAGE.id]), contact=PAUL.id)
    assert "relatives aux menus scolaires et à l’éclairage public" in kept.message.text
    assert [(e.type, e.dataset) for e in note_sent(desk, kept.message.id).events] == [("asked", MENUS.id), ("asked", ECLAIRAGE.id)]


def test_a_reminder_finds_the_request_by_itself_stays_in_its_thread_and_reminds(desk):
    first = prepare(desk, write(desk, "3", contact=PAUL.id, datasets=[MENUS.id]), contact=PAUL.id)
    note_sent(desk, first.message.id)
    written = write(desk, "3/relance-1", contact=PAUL.id)
    assert written.datasets == (MENUS.id,) and written.in_reply_to == first.message.message_id
    again = prepare(desk, written, contact=PAUL.id)
    assert [(e.type, e.dataset) for e in note_sent(desk, again.message.id).events] == [("reminded", MENUS.id)]


def test_other_letters_are_only_sent(desk):
    kept = prepare(desk, write(desk, "1", to=[Address("", "tous@saint-aubin.example")], given={"evaluation_date": "2026-12-08"}))
    assert [e.type for e in note_sent(desk, kept.message.id).events] == ["sent"]


def test_only_a_letter_of_ours_can_be_noted_as_sent(desk):
    with pytest.raises(NotFound):
        note_sent(desk, "rien")


def test_without_an_address_in_the_profile_the_message_id_is_still_one(desk):
    with desk.logbook.change() as change:
        change.put(replace(VILLE, referent_email=""))
    kept = prepare(desk, write(desk, "3", contact=PAUL.id, datasets=[MENUS.id]), contact=PAUL.id)
    assert kept.message.message_id.endswith("@antiseche.invalid")
    assert kept.written.draft.missing == ("referent_courriel",)


def test_a_value_cannot_add_a_header(desk):
    for name in ("jeu", "referent"):
        written = write(desk, "3", contact=PAUL.id, given={name: "x\r\nBcc: autre@evil.example"})
        if name == "jeu":  # a title is one line
            assert "x Bcc: autre@evil.example" in written.draft.subject and "\n" not in written.draft.subject
        try:
            kept = prepare(desk, written, contact=PAUL.id)
        except BadInput:
            continue
        assert message_from_bytes(kept.eml, policy=policy.default)["Bcc"] is None


def test_a_late_evening_counts_from_the_local_day(desk):
    late = Desk(shelf=desk.shelf, logbook=desk.logbook, clock=lambda: datetime(2026, 11, 24, 23, 30, tzinfo=UTC), new_id=desk.new_id)
    assert "mercredi 2 décembre 2026" in write(late, "3", contact=PAUL.id, datasets=[MENUS.id]).draft.text


def test_a_department_in_the_plural_points_the_way_without_a_fault_of_agreement(desk):
    given = {"oriente_par": "Services techniques"}
    text = write(desk, "3", contact=PAUL.id, datasets=[MENUS.id], given=given).draft.text
    assert "D’après les services techniques, vous les détenez peut-être." in text
    given = {"detenteur": "Services techniques"}
    text = write(desk, "3/accord", contact=PAUL.id, datasets=[MENUS.id], given=given).draft.text
    assert "Ces données sont détenues par les services techniques." in text
