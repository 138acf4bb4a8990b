"""Importing lists: one gesture, told line by line, taken back whole."""

import itertools
from pathlib import Path

import pytest

from addin.actions.import_lists import Imported, import_contacts, import_datasets
from addin.actions.undo import undo
from addin.adapters.memory import MemoryLogbook
from addin.core.book import Book, current
from addin.core.errors import BadInput
from addin.ports.desk import Desk
from tests.endless import must_end
from tests.people import ANNE, MENUS, NOW, PAUL

LISTS = Path(__file__).parents[1] / "core" / "lists"


@pytest.fixture
def desk() -> Desk:
    ids = itertools.count(1)
    book = Book(contacts={"paul": PAUL, "anne": ANNE}, datasets={"menus": MENUS})
    return Desk(shelf=None, logbook=MemoryLogbook(book), clock=lambda: NOW, new_id=lambda: f"id{next(ids)}")  # type: ignore[arg-type]


def counts(done: Imported) -> tuple[int, int, int, list[int]]:
    return done.written, done.updated, done.skipped, [line for line, _ in done.faults]


def test_a_whole_catalogue(desk: Desk) -> None:
    done = import_datasets(desk, (LISTS / "catalogue-excel.csv").read_bytes())
    assert counts(done) == (4, 1, 0, [])
    book = current(desk.logbook.read())
    assert [d.title for d in book.datasets.values()] == ["Menus scolaires", "Délibérations", "Éclairage public", "Budget primitif"]
    assert (book.datasets["menus"].level, book.datasets["menus"].theme) == (2, "Enfance et éducation")
    lamp = next(d for d in book.datasets.values() if d.title == "Éclairage public")
    assert lamp.contact and book.contacts[lamp.contact].email == "voirie@saint-aubin.example"
    assert book.contacts[lamp.contact].kind == "service" and not lamp.wanted
    assert [e.type for e in book.events] == ["imported", "published"]


@pytest.mark.parametrize("name", ["catalogue-excel.csv", "catalogue-anglais.csv"])
def test_the_same_file_twice_changes_nothing(desk: Desk, name: str) -> None:
    raw = (LISTS / name).read_bytes()
    assert import_datasets(desk, raw).action
    before = desk.logbook.read()
    again = import_datasets(desk, raw)
    assert (again.written, again.updated, again.faults, again.action) == (0, 0, (), "") and again.skipped > 0
    assert desk.logbook.read() == before


def test_undo_and_import_again(desk: Desk) -> None:
    before = current(desk.logbook.read())
    raw = (LISTS / "catalogue-excel.csv").read_bytes()
    first = import_datasets(desk, raw)
    after = current(desk.logbook.read())
    undone = undo(desk, first.action)
    assert current(desk.logbook.read()) == before
    undo(desk, undone.action)
    assert current(desk.logbook.read()) == after
    undo(desk, first.action)
    assert counts(import_datasets(desk, raw)) == (4, 1, 0, [])


def test_one_bad_row_and_nothing_is_written_unless_partial(desk: Desk) -> None:
    raw = "titre;niveau\nBudget;9\nDélibérations;1\n".encode()
    before = desk.logbook.read()
    assert counts(import_datasets(desk, raw)) == (0, 0, 0, [2])
    assert desk.logbook.read() == before
    assert counts(import_datasets(desk, raw, partial=True)) == (1, 0, 0, [2])


def test_the_same_title_twice_is_one_record(desk: Desk) -> None:
    done = import_datasets(desk, b"titre;niveau;rang\nBudget primitif;1;\nbudget  PRIMITIF;;3\n")
    assert counts(done) == (1, 0, 0, [])
    (made,) = [d for d in desk.logbook.read().datasets.values() if d.id != "menus"]
    assert (made.title, made.level, made.rank) == ("Budget primitif", 1, 3)


def test_an_id_renames_and_an_empty_cell_erases_nothing(desk: Desk) -> None:
    done = import_datasets(desk, "id;titre;thème\nmenus;Menus des cantines;\nmenus;Menus des cantines;\n".encode())
    assert counts(done) == (0, 1, 1, [])
    menus = desk.logbook.read().datasets["menus"]
    assert (menus.title, menus.theme, menus.schema) == ("Menus des cantines", "Enfance", "menus-collectifs")


def test_a_title_that_is_anothers_is_a_fault(desk: Desk) -> None:
    raw = b"id;titre\nbudget;Budget\nbudget;Menus scolaires\n"
    assert counts(import_datasets(desk, raw)) == (0, 0, 0, [3])
    assert set(desk.logbook.read().datasets) == {"menus"}


def test_a_known_address_links_the_known_contact(desk: Desk) -> None:
    done = import_datasets(
        desk, b"titre;courriel\nBudget;Anne.LeGoff@saint-aubin.example\nGo\xc3\xbbters;anne.legoff@saint-aubin.example\n"
    )
    assert done.written == 2
    assert [d.contact for d in desk.logbook.read().datasets.values()] == ["paul", "anne", "anne"]


def test_ignored_columns_are_said(desk: Desk) -> None:
    assert import_datasets(desk, b"titre;couleur\nBudget;bleu\n").warnings == ("La colonne «\u00a0couleur\u00a0» n’est pas reprise.",)


def test_contacts_from_a_table(desk: Desk) -> None:
    done = import_contacts(desk, (LISTS / "contacts-latin1.csv").read_bytes(), "contacts.csv")
    assert counts(done) == (2, 1, 0, [])
    book = current(desk.logbook.read())
    anne = book.contacts["anne"]
    assert (anne.phone, anne.civility, anne.service) == (
        "02 99 00 00 03",
        "madame",
        "Éducation",
    )
    assert [(c.label, c.kind, c.source) for c in book.contacts.values()][2:] == [
        ("Hélène Caradec", "elu", "import"),
        ("Accueil de la mairie", "service", "import"),
    ]
    assert import_contacts(desk, (LISTS / "contacts-latin1.csv").read_bytes()).action == ""
    undo(desk, done.action)
    assert current(desk.logbook.read()).contacts == {"paul": PAUL, "anne": ANNE}


def test_contacts_from_cards(desk: Desk) -> None:
    raw = b"BEGIN:VCARD\nFN:Paul Morin\nTEL:06 00 00 00 09\nEND:VCARD\nBEGIN:VCARD\nFN:Iris\nEMAIL:iris@x.test\nEND:VCARD\n"
    assert counts(import_contacts(desk, raw, "carnet.vcf")) == (1, 1, 0, [])


def test_an_address_of_somebody_else_is_a_fault(desk: Desk) -> None:
    raw = b'nom;courriel\nPaul Morin;"paul.morin@saint-aubin.example, anne.legoff@saint-aubin.example"\n'
    assert counts(import_contacts(desk, raw)) == (0, 0, 0, [2])


def test_no_table_names_the_file(desk: Desk) -> None:
    with pytest.raises(BadInput) as refused:
        import_contacts(desk, b"PK\x03\x04\0\0", "carnet.xlsx")
    assert refused.value.where == "carnet.xlsx"


def test_a_long_list_is_written_whole(desk: Desk) -> None:
    raw = ("nom;courriel;service\n" + "".join(f"Agent {n};agent{n}@x.test;Service {n % 30}\n" for n in range(5000))).encode()
    with must_end(15):
        assert import_contacts(desk, raw).written == 5000
