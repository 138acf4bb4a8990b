"""Lists of contacts: tables and address cards."""

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.core.errors import BadInput
from addin.core.lists.contact_lists import ContactRow, read_contacts


def rows(text: str) -> tuple[ContactRow, ...]:
    found = read_contacts(text.encode())
    assert found.faults == ()
    return found.rows


def test_french_and_english_tables_say_the_same() -> None:
    wanted = (
        ContactRow(
            line=2, name="Anne Le Goff", emails=("anne@x.test",), phone="02 99", service="Éducation", kind="agent", civility="madame"
        ),
        ContactRow(line=3, service="Accueil", kind="service"),
    )
    assert (
        rows("nom;courriel;téléphone;service;type;civilité\nAnne Le Goff;Anne@X.test;02 99;Éducation;Agent;Mme\n;;;Accueil;service;\n")
        == wanted
    )
    assert (
        rows("title,kind,service,phone,email,name\nMadame,agent,Éducation,02 99,anne@x.test,Anne Le Goff\n,service,Accueil,,,\n") == wanted
    )


@pytest.mark.parametrize(
    ("cell", "civility"), [("M.", "monsieur"), ("monsieur", "monsieur"), ("Mme", "madame"), ("MADAME", "madame"), ("", "")]
)
def test_civilities(cell: str, civility: str) -> None:
    assert rows(f"nom;civilité\nX;{cell}")[0].civility == civility


@pytest.mark.parametrize(("cell", "kind"), [("élu", "elu"), ("Prestataire", "prestataire"), ("Intercommunalité", "epci"), ("", None)])
def test_kinds(cell: str, kind: str | None) -> None:
    assert rows(f"nom;type\nX;{cell}")[0].kind == kind


def test_first_and_last_names_and_many_addresses() -> None:
    (row,) = rows("Prénom;Nom;E-mail\nAnne;Le Goff;a@x.test; b@x.test".replace("a@x.test; b@x.test", '"a@x.test; b@x.test"'))
    assert (row.name, row.emails) == ("Anne Le Goff", ("a@x.test", "b@x.test"))


def test_bad_rows_are_told() -> None:
    found = read_contacts("nom;courriel;type;civilité\n;;;M.\nA;a@;;\nB;;chat;\nC;;;Dr\nD;d@x.test;agent;Mme\n".encode())
    assert [line for line, _ in found.faults] == [2, 3, 4, 5]
    assert [row.name for row in found.rows] == ["D"]


CARD3 = """BEGIN:VCARD
VERSION:3.0
N:Le Goff;Anne;;Mme;
FN:Anne Le Goff
ORG:Ville de Saint-Aubin;Éducation\\, jeunesse
TITLE:Chargée des
  menus
item1.EMAIL;TYPE=INTERNET:Anne@X.test
EMAIL;TYPE=INTERNET,PREF:a.legoff@x.test
TEL;TYPE=CELL:06 00 00 00 00
TEL;TYPE="work,pref":02 99 00 00 03
NOTE:BEGIN
END:VCARD
"""
CARD4 = """BEGIN:VCARD
VERSION:4.0
KIND:org
FN:Service des sports
ORG:Service des sports
TEL;VALUE=uri:tel:+33-2-99-00-00-04
END:VCARD
begin:vcard
VERSION:4.0
N:Morin;Paul;;;
GENDER:M
EMAIL:mailto:paul@x.test
end:vcard
"""
CARD21 = """BEGIN:VCARD
VERSION:2.1
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:H=C3=A9l=C3=A8ne=
 Caradec
EMAIL:h@x.test
END:VCARD
"""


@pytest.mark.parametrize("change", [lambda t: t, lambda t: t.replace("\n", "\r\n"), lambda t: "\ufeff" + t])
def test_cards(change) -> None:  # type: ignore[no-untyped-def]
    found = rows(change(CARD3 + CARD4 + CARD21))
    assert found == (
        ContactRow(
            line=1,
            name="Anne Le Goff",
            emails=("a.legoff@x.test", "anne@x.test"),
            phone="02 99 00 00 03",
            service="Éducation, jeunesse",
            civility="madame",
            role="Chargée des menus",
        ),
        ContactRow(line=14, service="Service des sports", phone="+33-2-99-00-00-04", kind="service"),
        ContactRow(line=21, name="Paul Morin", emails=("paul@x.test",), civility="monsieur"),
        ContactRow(line=27, name="Hélène Caradec", emails=("h@x.test",)),
    )


def test_cards_at_fault() -> None:
    found = read_contacts(b"BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nEMAIL:rien\nEND:VCARD\nBEGIN:VCARD\nEND:VCARD\nBEGIN:VCARD\nFN:Z")
    assert [line for line, _ in found.faults] == [1, 3, 6, 8]


def test_a_latin_card_is_read() -> None:
    assert read_contacts("BEGIN:VCARD\nFN:Hélène\nEND:VCARD".encode("cp1252")).rows[0].name == "Hélène"


def test_a_photo_is_passed_over() -> None:
    photo = b64encode(bytes(60_000)).decode()
    folded = "\n ".join(photo[n : n + 74] for n in range(0, len(photo), 74))
    assert rows(f"BEGIN:VCARD\nPHOTO;ENCODING=b:{folded}\nFN:Anne\nEND:VCARD\n")[0].name == "Anne"


@given(st.one_of(st.binary(max_size=200), st.text(max_size=150).map(lambda t: ("BEGIN:VCARD\n" + t).encode("utf-8", "surrogatepass"))))
def test_any_octets_are_read_or_refused(raw: bytes) -> None:
    try:
        found = read_contacts(raw)
    except BadInput as refused:
        assert refused.message
        return
    for row in found.rows:
        assert row.name or row.emails or row.service
