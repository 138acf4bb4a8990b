"""Lists of data sets as people export them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.core.errors import BadInput
from addin.core.lists.dataset_lists import COLUMNS, DatasetRow, read_datasets

FRENCH = "identifiant;titre;thème;niveau;schéma;service;courriel du contact;rang;souhaité;url\n"
ROW = "menus;Menus scolaires;Enfance;2;menus-collectifs;Restauration;paul@x.test;1;oui;https://data.example/menus\n"
WANTED = DatasetRow(
    line=2,
    id="menus",
    title="Menus scolaires",
    theme="Enfance",
    level=2,
    schema="menus-collectifs",
    service="Restauration",
    contact_email="paul@x.test",
    rank=1,
    wanted=True,
    published_url="https://data.example/menus",
)


def no_faults(raw: bytes) -> tuple[DatasetRow, ...]:
    found = read_datasets(raw)
    assert found.faults == ()
    return found.rows


@pytest.mark.parametrize(
    "raw",
    [
        (FRENCH + ROW).encode(),
        b"\xef\xbb\xbf" + (FRENCH + ROW).encode(),
        (FRENCH + ROW).encode("cp1252"),
        (FRENCH + ROW).encode("utf-16"),
        (FRENCH + ROW).replace("\n", "\r\n").encode(),
        (FRENCH + ROW).replace("\n", "\r").encode(),
        (FRENCH + ROW).replace(";", ",").encode(),
        (FRENCH + ROW).replace(";", "\t").encode(),
        (FRENCH.replace("è", "e").replace("é", "e").upper() + ROW).encode(),
        ("id;title;theme;level;schema;service;contact_email;rank;wanted;published_url\n" + ROW).encode(),
        ("Identifiant ;Titre;Thématique;Niveau;Standard;Direction;E-mail;Priorité;Retenu ;Adresse de publication\n" + ROW).encode(),
        (FRENCH + ROW.replace("oui", "x").replace("2;", "Niveau 2;", 1)).encode(),
        (FRENCH + ROW.replace(";1;", ";1,0;").replace("Menus scolaires", '"Menus\nscolaires"')).encode(),
    ],
)
def test_one_row_in_every_form(raw: bytes) -> None:
    assert no_faults(raw) == (WANTED,)


def test_excel_names_its_separator_and_lines_are_those_of_the_file() -> None:
    raw = 'sep=;\r\ntitre;niveau\r\n\r\n"Menus, et\r\ngoûters";2\r\nBudget;9\r\n;;\r\n'.encode()
    found = read_datasets(raw)
    assert [(row.line, row.title, row.level) for row in found.rows] == [(4, "Menus, et goûters", 2)]
    assert [line for line, _ in found.faults] == [6]


@pytest.mark.parametrize(
    ("cell", "wanted"), [("oui", True), ("Vrai", True), ("1", True), ("X", True), ("non", False), ("0", False), ("", None)]
)
def test_wanted(cell: str, wanted: bool | None) -> None:
    assert no_faults(f"titre;souhaité\nMenus;{cell}".encode())[0].wanted is wanted


def test_one_column_is_enough() -> None:
    assert [row.title for row in no_faults(b"Titre\nMenus\n\nBudget primitif\n")] == ["Menus", "Budget primitif"]


def test_an_address_with_a_name() -> None:
    (row,) = no_faults(b'title,contact_email\nMenus,"Paul Morin <Paul@X.test>"\n')
    assert (row.contact_name, row.contact_email) == ("Paul Morin", "paul@x.test")


@pytest.mark.parametrize(
    ("heading", "cell", "said"),
    [
        ("niveau", "6", "niveau"),
        ("niveau", "deux", "niveau"),
        ("rang", "-1", "rang"),
        ("rang", "1.5", "rang"),
        ("souhaité", "peut-être", "oui ou non"),
        ("courriel", "paul@", "adresse"),
        ("courriel", "hélène@x.test", "accent"),
        ("url", "menus.example", "https://"),
        ("url", "javascript:x", "https://"),
        ("identifiant", "a/b", "identifiant"),
        ("identifiant", "..", "identifiant"),
        ("thème", "x" * 2001, "trop longue"),
    ],
)
def test_a_bad_cell_is_told_with_its_line(heading: str, cell: str, said: str) -> None:
    found = read_datasets(f"titre;{heading}\nBon;\nMauvais;{cell}\n".encode())
    assert [row.title for row in found.rows] == ["Bon"]
    ((line, words),) = found.faults
    assert line == 3 and said in words.lower()


def test_other_faults() -> None:
    found = read_datasets(b"titre;niveau\n;2\nMenus;2;de trop\n" + b"T" * 301 + b";1\n")
    assert [line for line, _ in found.faults] == [2, 3, 4]


def test_unknown_columns_are_named() -> None:
    assert read_datasets(b"titre;piste;couleur\nMenus;a;b\n").ignored == ("piste", "couleur")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "vide"),
        (b"\n\n;;\n", "vide"),
        (b"nom;prix\nx;1\n", "titre"),
        (b"PK\x03\x04" + b"\0" * 50, "classeur"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"titre\n\0\1\2", "pas un texte"),
        (b"titre;Titre\na;b\n", "Deux colonnes"),
        (b"titre\n" + b"x" * (10 * 1024 * 1024), "10"),
        (b'titre\n"' + b"x" * 200_000, "lisible"),
        (b"titre\n" + b"a\n" * 20_001, "20000"),
    ],
)
def test_no_table_at_all(raw: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_datasets(raw)


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda t: ("titre;niveau\n" + t).encode("utf-8", "surrogatepass"))))
def test_any_octets_are_read_or_refused(raw: bytes) -> None:
    try:
        found = read_datasets(raw)
    except BadInput as refused:
        assert refused.message
        return
    for row in found.rows:
        assert row.title.strip() and "\n" not in row.title and "\x00" not in row.title


def test_headings_name_one_column_each() -> None:
    from addin.core.lists.tables import heading

    names = [name for column, headings in COLUMNS.items() for name in {heading(name) for name in (column, *headings)}]
    assert len(names) == len(set(names))
