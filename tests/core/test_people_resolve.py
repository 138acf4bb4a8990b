import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.core.contacts import Contact
from addin.core.reading.incoming import Person
from addin.core.understanding.people.resolving import resolve

KNOWN = (
    Contact(id="sophie", name="Sophie Marchand", emails=("sophie.marchand@ville.example",), phone="02 40 11 22 33", service="Service SIG"),
    Contact(id="helene", name="Hélène Le Goff", emails=("h.legoff@ville.example",), service="Finances"),
    Contact(id="jp", name="Jean-Pierre Durand", emails=("jp.durand@agglo.example",), service="Voirie"),
    Contact(id="marie", name="Marie Petit", emails=("marie.petit@ville.example",), service="Sports"),
    Contact(id="michel", name="Michel Petit", emails=("michel.petit@ville.example",), service="Culture"),
    Contact(id="standard", service="standard", kind="service", phone="02 40 00 00 00"),
    Contact(id="dsi", service="Service informatique", kind="service", emails=("dsi@ville.example",)),
)


@pytest.mark.parametrize(
    ("person", "who"),
    [
        (Person(email="sophie.marchand@ville.example"), "sophie"),
        (Person(name="Autre Nom", email="h.legoff@ville.example"), "helene"),
        (Person(name="MARCHAND Sophie", email="s.marchand@agglo.example"), "sophie"),
        (Person(name="Sophie Marchand"), "sophie"),
        (Person(name="sophie marchand", email="smarchand@perso.example"), "sophie"),
        (Person(name="S. Marchand"), "sophie"),
        (Person(name="Helene Le Goff"), "helene"),
        (Person(name="H. Le Goff"), "helene"),
        (Person(name="J.-P. Durand"), "jp"),
        (Person(name="Jean Pierre DURAND"), "jp"),
        (Person(email="smarchand@ville.example"), "sophie"),
        (Person(email="marchand.sophie@agglo.example"), "sophie"),
        (Person(phone="+33 2 40 11 22 33"), "sophie"),
        (Person(name="Sophie", phone="02.40.11.22.33"), "sophie"),
        (Person(name="Marchand", service="SIG"), "sophie"),
        (Person(name="Marchand"), "sophie"),
        (Person(name="Petit", service="service culture"), "michel"),
        (Person(service="service informatique"), "dsi"),
        (Person(name="Petit"), None),
        (Person(name="M. Petit"), None),
        (Person(name="Sophie"), None),
        (Person(name="Sophie Martin"), None),
        (Person(name="Sophie Marchand", service="Piscine"), None),
        (Person(name="Marchand", email="marchand@autre.example", service="Piscine"), None),
        (Person(email="petit@ville.example"), None),
        (Person(email="smarchand@ailleurs.example"), None),
        (Person(phone="poste 4512"), None),
        (Person(), None),
        (Person(name="Inconnue Totale", email="x@y.example"), None),
    ],
)
def test_the_contact_that_is_meant(person: Person, who: str | None) -> None:
    found = resolve(person, KNOWN)
    assert (found.id if found else None) == who


def test_two_of_one_name_are_told_by_what_they_have_in_common() -> None:
    twins = (
        Contact(id="a", name="Paul Martin", phone="02 40 00 00 01", emails=("p.martin@a.example",)),
        Contact(id="b", name="Paul Martin", phone="02 40 00 00 02", emails=("paul.martin@b.example",)),
    )
    assert resolve(Person(name="Paul Martin"), twins) is None
    found = resolve(Person(name="Martin Paul", phone="02 40 00 00 02"), twins)
    assert found is not None and found.id == "b"


@given(st.builds(Person, name=st.text(max_size=30), email=st.text(max_size=30), phone=st.text(max_size=20), service=st.text(max_size=30)))
def test_any_person_is_looked_up(person: Person) -> None:
    found = resolve(person, KNOWN)
    assert found is None or found in KNOWN
