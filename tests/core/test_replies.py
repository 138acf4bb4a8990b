"""The taxonomy of answers, what one answer writes, and the letter that follows."""

from datetime import date

import pytest
from msgspec.structs import replace

from addin.core.answers import Said, answer_events, check_said
from addin.core.book import Book
from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.errors import BadInput
from addin.core.events import Event
from addin.core.parties import Cast, Named, digits, find, folded
from addin.core.replies import ANSWERS, GROUPS, REASONS, next_letters
from tests.people import NOW

# the kinds of the domain's table, with their group
TAXONOMY = {
    "holds": "holds_sent holds_later holds_partial needs_approval locked",
    "not_holds": "redirects external knows_nobody not_existing",
    "other": "already_published no_interest refuses not_understood absent moved bounced",
}
PAUL = Contact(id="paul", name="Paul Morin", service="Cantines", emails=("paul@x.test",), phone="02 99 00 00 02")
ANNE = Contact(id="anne", name="Anne Le Goff", service="Éducation", emails=("anne@x.test",))
ACCUEIL = Contact(id="accueil", service="Accueil", kind="service", phone="02 99 00 00 00")
BOOK = Book(contacts={c.id: c for c in (PAUL, ANNE, ACCUEIL)}, datasets={"menus": Dataset(id="menus", title="Menus scolaires")})


def events_of(said: Said, **more: object) -> tuple[Event, ...]:
    values = {"contact": "paul", "asked_of": None, "datasets": ("menus",), "message": "m", "at": NOW} | more
    return answer_events(said, **values)  # type: ignore[arg-type]


def test_the_taxonomy_is_whole() -> None:
    assert {group: " ".join(a.code for a in ANSWERS.values() if a.group == group) for group in GROUPS} == TAXONOMY
    assert all(answer.label and answer.help and answer.status for answer in ANSWERS.values())
    assert all(set(answer.needs) <= set(answer.asks) for answer in ANSWERS.values())
    assert all("'" not in answer.label + answer.help + answer.words for answer in ANSWERS.values())


def test_every_letter_offered_stands_on_the_shelf() -> None:
    from pathlib import Path

    letters = {path.stem for path in (Path(__file__).parents[2] / "templates" / "3-localiser").glob("*.md")}
    assert {answer.letter for answer in ANSWERS.values() if answer.letter} | {"oriente", "donnees-personnelles"} <= letters


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        (Said(answer="holds_sent"), "answered"),
        (Said(answer="holds_later", due=date(2026, 12, 1), told_by="phone"), "called answered"),
        (Said(answer="holds_sent", next=(("anne", ""),)), "answered linked:produces"),
        (Said(answer="holds_sent", next=(("anne", "supplies"),)), "answered linked:supplies"),
        (Said(answer="needs_approval", next=(("anne", ""),)), "answered linked:validates"),
        (Said(answer="redirects", next=(("anne", ""), ("accueil", ""))), "answered redirected redirected"),
        (Said(answer="external", next=(("accueil", ""),)), "answered redirected"),
        (Said(answer="moved"), "answered"),
        (Said(answer="absent", until=date(2026, 12, 2), deputy="anne"), "answered absent"),
        (Said(answer="bounced"), "answered bounced"),
        (Said(answer="refuses", reason="personal_data"), "answered"),
    ],
)
def test_events_of_an_answer(said: Said, kinds: str) -> None:
    events = events_of(said)
    assert " ".join(e.type + (f":{e.relation}" if e.relation else "") for e in events) == kinds
    answered = next(e for e in events if e.type == "answered")
    assert (answered.answer, answered.contact, answered.dataset, answered.message) == (said.answer, "paul", "menus", "m")


def test_one_answer_about_many_data_sets() -> None:
    events = events_of(Said(answer="redirects", next=(("anne", ""),)), datasets=("menus", "budget"))
    assert [(e.type, e.dataset, e.to) for e in events] == [
        ("answered", "menus", None),
        ("redirected", "menus", "anne"),
        ("answered", "budget", None),
        ("redirected", "budget", "anne"),
    ]


def test_a_colleague_who_answers_is_pointed_to_by_the_one_who_was_asked() -> None:
    events = events_of(Said(answer="holds_sent"), contact="anne", asked_of="paul")
    assert [(e.type, e.contact, e.to) for e in events] == [("redirected", "paul", "anne"), ("answered", "anne", None)]


@pytest.mark.parametrize(
    ("said", "where"),
    [
        (Said(answer="peut-être"), "answer"),
        (Said(answer="redirects"), "next"),
        (Said(answer="external"), "next"),
        (Said(answer="refuses"), "reason"),
        (Said(answer="refuses", reason="humeur"), "reason"),
        (Said(answer="knows_nobody", next=(("anne", ""),)), "next"),
        (Said(answer="holds_sent", reason="secret"), "reason"),
        (Said(answer="holds_sent", deputy=""), "deputy"),
        (Said(answer="holds_later", due=date(1, 1, 1)), "due"),
        (Said(answer="absent", until=date(9999, 1, 1)), "until"),
        (Said(answer="already_published", url="ftp://x"), "url"),
        (Said(answer="already_published", url="https://a b"), "url"),
    ],
)
def test_what_does_not_fit_is_refused_and_named(said: Said, where: str) -> None:
    with pytest.raises(BadInput) as refused:
        check_said(said)
    assert refused.value.where == where


@pytest.mark.parametrize(
    ("said", "offers"),
    [
        (Said(answer="holds_sent"), [("merci", "paul")]),
        (Said(answer="holds_sent", next=(("anne", ""),)), [("letter", "anne"), ("merci", "paul")]),
        (Said(answer="holds_partial"), [("format-inutilisable", "paul")]),
        (Said(answer="locked"), [("format-inutilisable", "paul")]),
        (Said(answer="needs_approval", next=(("anne", ""),)), [("accord", "anne")]),
        (Said(answer="redirects", next=(("anne", ""),)), [("letter", "anne"), ("oriente", "paul")]),
        (Said(answer="moved", next=(("anne", ""),)), [("letter", "anne")]),
        (Said(answer="not_understood"), [("explication", "paul")]),
        (Said(answer="no_interest"), [("argument", "paul")]),
        (Said(answer="refuses", reason="personal_data"), [("donnees-personnelles", "paul")]),
        (Said(answer="refuses", reason="hierarchy", next=(("anne", ""),)), [("accord", "anne")]),
        (Said(answer="refuses", reason="no_interest"), [("argument", "paul")]),
        (Said(answer="absent", deputy="anne"), [("remplacant", "anne")]),
        (Said(answer="absent"), []),
        (Said(answer="bounced"), []),
        (Said(answer="knows_nobody"), []),
        (Said(answer="holds_later"), []),
    ],
)
def test_the_letter_that_follows(said: Said, offers: list[tuple[str, str]]) -> None:
    found = next_letters(events_of(said), BOOK)
    assert [(offer.letter, offer.contact) for offer in found] == offers
    assert all(offer.words and offer.datasets == ("menus",) for offer in found)


def test_offers_know_what_the_letter_needs() -> None:
    onward, thanks = next_letters(events_of(Said(answer="redirects", next=(("anne", ""),))), BOOK)
    assert (onward.by, onward.words, thanks.given) == ("paul", "Écrire à Anne Le Goff", {"oriente_vers": "Anne Le Goff"})
    (accord,) = next_letters(events_of(Said(answer="needs_approval", next=(("anne", ""),))), BOOK)
    assert accord.given == {"detenteur": "Paul Morin"}
    (deputy,) = next_letters(events_of(Said(answer="absent", deputy="anne")), BOOK)
    assert deputy.given == {"personne_absente": "Paul Morin"}


def test_an_offer_to_a_department_reads_well() -> None:
    anne = replace(BOOK.contacts["anne"], name="", service="Service éducation", kind="service")
    book = replace(BOOK, contacts={**BOOK.contacts, "anne": anne})
    events = events_of(Said(answer="redirects", next=(("anne", ""),)))
    assert next_letters(events, book)[0].words == "Écrire au service éducation"


def test_nobody_is_asked_twice_and_letters_are_grouped() -> None:
    said = Said(answer="redirects", next=(("anne", ""),))
    two = events_of(said, datasets=("menus", "budget"))
    assert [(o.letter, o.datasets) for o in next_letters(two, BOOK)] == [("letter", ("menus", "budget")), ("oriente", ("menus", "budget"))]
    asked = replace(BOOK, events=(Event(id="1", at=NOW, type="asked", action="a", contact="anne", dataset="menus"),))
    assert next((o.letter, o.datasets) for o in next_letters(two, asked)) == ("letter", ("budget",))


def test_every_reason_has_words() -> None:
    assert all(words and next_letters(events_of(Said(answer="refuses", reason=code)), BOOK) is not None for code, words in REASONS.items())


@pytest.mark.parametrize(
    ("named", "id"),
    [
        (Named(email="anne@x.test"), "anne"),
        (Named(name="Quelqu'un d'autre", email="anne@x.test"), "anne"),
        (Named(name="MORIN Paul"), "paul"),
        (Named(name="M. Paul  Morin"), "paul"),
        (Named(name="Paul Morin", service="Sports"), None),
        (Named(name="Anne Le-Goff", email="a.legoff@ailleurs.test"), "anne"),
        (Named(phone="+33 (0)2 99 00 00 02"), "paul"),
        (Named(name="Iris Passage", phone="02 99 00 00 02"), None),
        (Named(service="accueil"), "accueil"),
        (Named(service="Cantines"), None),
        (Named(name="Iris"), None),
    ],
)
def test_who_is_meant(named: Named, id: str | None) -> None:
    found = find(named, BOOK.contacts.values())
    assert (found.id if found else None) == id


def test_a_cast_completes_and_makes() -> None:
    ids = iter("xyz")
    cast = Cast(BOOK.contacts, new_id=lambda: next(ids), at=NOW, action="a", source="call")
    assert cast.settle(Named(name="Anne Le Goff", phone="06 00 00 00 00"), where="next").phone == "06 00 00 00 00"
    made = cast.settle(Named(service="Voirie"), where="next")
    assert (made.id, made.kind, made.action) == ("x", "service", "a")
    assert cast.settle(Named(service="voirie", email="v@x.test"), where="next").id == "x" or cast.made
    assert cast.completed["anne"] == (ANNE, replace(ANNE, phone="06 00 00 00 00"))
    with pytest.raises(BadInput):
        cast.settle(Named(), where="next")


@pytest.mark.parametrize(
    ("phone", "plain"),
    [("02.99.00.00.02", "0299000002"), ("0033 2 99 00 00 02", "0299000002"), ("+33299000002", "0299000002"), ("poste 12", ""), ("", "")],
)
def test_telephones(phone: str, plain: str) -> None:
    assert digits(phone) == plain


def test_names_are_folded() -> None:
    assert folded("Mme LE GOFF Anne") == folded("Anne Le Goff") != folded("Anne Goff")
    assert folded("Mme") == "mme"
