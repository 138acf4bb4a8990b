from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.core.understanding.people.emails import emails
from addin.core.understanding.people.phones import phones
from addin.core.understanding.people.plaintext import made_plain


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("02 40 11 22 33", "02 40 11 22 33"),
        ("02.40.11.22.33.", "02 40 11 22 33"),
        ("02-40-11-22-33", "02 40 11 22 33"),
        ("02/40/11/22/33", "02 40 11 22 33"),
        ("02 / 40 / 11 / 22 / 33", "02 40 11 22 33"),
        ("0240112233", "02 40 11 22 33"),
        ("02\u00a040\u00a011\u00a022\u00a033", "02 40 11 22 33"),
        ("02\u202f40\u202f11\u202f22\u202f33", "02 40 11 22 33"),
        ("+33 2 40 11 22 33", "02 40 11 22 33"),
        ("+33 (0)2 40 11 22 33", "02 40 11 22 33"),
        ("0033 2 40 11 22 33", "02 40 11 22 33"),
        ("+33240112233", "02 40 11 22 33"),
        ("02 40 11 22 33 poste 4512", "02 40 11 22 33 poste 4512"),
        ("02 40 11 22 33 (poste 210)", "02 40 11 22 33 poste 210"),
        ("poste 4512", "poste 4512"),
        ("Poste : 45 12", "poste 4512"),
        ("poste n° 12", "poste 12"),
        ("joignable au 4512", "poste 4512"),
        ("tél. 4512", "poste 4512"),
        ("+32 2 555 12 12", "+32 2 555 12 12"),
        ("+262 262 12 34 56", "02 62 12 34 56"),
    ],
)
def test_telephones(text: str, found: str) -> None:
    (mark,) = (mark for mark in phones(made_plain(text).text) if not mark.weak)
    assert mark.value == found


@pytest.mark.parametrize("region", ["RE", "GP", "MQ", "GF", "YT"])
def test_overseas_numbers_are_read_where_they_are_used(region: str) -> None:
    number = {"RE": "0262 12 34 56", "GP": "0590 12 34 56", "MQ": "0596 12 34 56", "GF": "0594 12 34 56", "YT": "0269 61 23 45"}[region]
    (mark,) = phones(number, region)
    assert mark.value.replace(" ", "") == number.replace(" ", "")
    (mainland,) = phones("02 40 11 22 33", region)
    assert mainland.value == "02 40 11 22 33"


@pytest.mark.parametrize(
    "text",
    [
        "SIRET 214 401 092 00015",
        "SIREN 356000000",
        "IBAN FR76 3000 6000 0112 3456 7890 189",
        "le 24/11/2026 à 10 h 30",
        "44000 Nantes",
        "ticket 20261124001",
        "47.218371, -1.553621",
        "jusqu'au 31 décembre 2026",
        "au 12 rue de la Paix",
        "1 250 000 €",
        "entre 2019 et 2024",
        "au 2026",
    ],
)
def test_other_numbers_are_no_telephone(text: str) -> None:
    assert [mark for mark in phones(text) if not mark.weak] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("s.marchand@ville.example", "s.marchand@ville.example"),
        ("S.Marchand@Ville.Example.", "s.marchand@ville.example"),
        ("(s.marchand@ville.example),", "s.marchand@ville.example"),
        ("<s.marchand@ville.example>;", "s.marchand@ville.example"),
        ("mailto:s.marchand@ville.example", "s.marchand@ville.example"),
        ("s.marchand [at] ville.example", "s.marchand@ville.example"),
        ("s.marchand(at)ville.example", "s.marchand@ville.example"),
        ("s.marchand (a) ville.example", "s.marchand@ville.example"),
        ("s.marchand[@]ville.example", "s.marchand@ville.example"),
        ("s.marchand @ ville.example", "s.marchand@ville.example"),
        ("s.marchand arobase ville.example", "s.marchand@ville.example"),
        ("s point marchand arobase ville point example", "s.marchand@ville.example"),
        ("s.marchand [arobase] ville [point] example", "s.marchand@ville.example"),
        ("s.marchand AT ville DOT example", "s.marchand@ville.example"),
        ("marie-christine.de-oliveira@cc-pays.ville.example", "marie-christine.de-oliveira@cc-pays.ville.example"),
        ("etat-civil+rdv@ville.example", "etat-civil+rdv@ville.example"),
    ],
)
def test_addresses(text: str, found: str) -> None:
    assert [mark.value for mark in emails(made_plain(text).text)] == [found]


@pytest.mark.parametrize(
    "text",
    [
        "noreply@ville.example",
        "ne-pas-repondre@ville.example",
        "no-reply@ville.example",
        "postmaster@ville.example",
        "prenom.nom@ville.example",
        "@ville",
        "a@b",
        "look at this. Fine.",
    ],
)
def test_robots_and_scraps_are_no_address(text: str) -> None:
    assert emails(text) == ()


@given(st.text(alphabet="a.@ -[]()atpoinbose0123456789+/\n", max_size=200))
def test_marks_stay_inside_and_apart(text: str) -> None:
    for found in (emails(text), phones(text)):
        assert all(0 <= mark.start < mark.end <= len(text) for mark in found)
        assert all(left.end <= right.start for left, right in pairwise(found))
