import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.core.reading.incoming import Forwarded, Mailbox, Person
from addin.core.reading.mailboxes import read_mailboxes
from addin.core.understanding.context import Context
from addin.core.understanding.people.leading import Lead, leads
from tests.endless import must_end

SENTENCES: dict[str, list[dict[str, Any]]] = tomllib.loads(Path(__file__).with_name("lead_sentences.toml").read_text(encoding="utf-8"))
PAUL = Mailbox("Paul Morin", "p.morin@ville.example")
JULIE = Mailbox("Julie Kerneis", "j.kerneis@mairie.example")
CONTEXT = Context(
    own=frozenset({"opendata@ville.example", "anne.legoff@ville.example", "opendata@mairie.example"}),
    names=frozenset({"Anne Le Goff"}),
    titles=("Menus scolaires", "Éclairage public", "Subventions", "Équipements sportifs", "Budget primitif", "Défibrillateurs"),
)
SURE = 0.5


def read(text: str, *, writer: Mailbox = PAUL, context: Context = CONTEXT, cc: list[str] | None = None, **more: Any) -> tuple[Lead, ...]:
    boxes = [Mailbox(name, email) for header in cc or [] for name, email in read_mailboxes(header)]
    return leads(text, writer=writer, context=context, cc=boxes, **more)


def shown(found: tuple[Lead, ...]) -> list[dict[str, str]]:
    return [fields(lead.person) for lead in found if not lead.denied and lead.confidence >= SURE]


def fields(person: Person) -> dict[str, str]:
    return {name: value for name in ("name", "email", "phone", "service") if (value := getattr(person, name))}


def right(said: dict[str, Any], writer: Mailbox = PAUL) -> bool:
    found = read(said["text"], writer=writer, cc=said.get("cc"))
    refused = {lead.person.name or lead.person.service for lead in found if lead.denied}
    return shown(found) == said["next"] and set(said.get("denied", ())) <= refused


@pytest.mark.parametrize("said", SENTENCES["known"], ids=lambda said: str(said["text"][:40]))
def test_sentences_that_rules_were_tuned_on(said: dict[str, Any]) -> None:
    found = read(said["text"], cc=said.get("cc"))
    assert shown(found) == said["next"]
    assert set(said.get("denied", ())) <= {lead.person.name or lead.person.service for lead in found if lead.denied}


@pytest.mark.parametrize(("part", "writer", "least"), [("apart", PAUL, 0.93), ("later", JULIE, 0.9)])
def test_other_sentences_are_read_as_well(part: str, writer: Mailbox, least: float) -> None:
    missed = [said["text"] for said in SENTENCES[part] if not right(said, writer)]
    assert 1 - len(missed) / len(SENTENCES[part]) >= least, missed


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour Claire,",
        "Merci Paul",
        "Merci beaucoup Claire Roussel !",
        "Chère Sophie,\n\nrien chez nous.",
        "Bonjour Mme Marchand, je n'ai rien.",
        "Bonjour Anne Le Goff, rien ici.",
        "Voyez avec Anne Le Goff.",
        "C'est Paul Morin qui gère cela.",
        "Écrivez à p.morin@ville.example.",
        "Écrivez à opendata@ville.example.",
        "Répondez à noreply@ville.example ou à postmaster@ville.example.",
        "Les menus scolaires sont en pièce jointe.",
        "Il faut voir les menus scolaires.",
        "C'est l'éclairage public qui coûte cher.",
        "Voir avec le temps.",
        "Vous pouvez me joindre au 02 40 11 22 33.",
        "Mon poste est le 4512, mon mail paul@autre.example.",
        "J'ai déjà demandé à Sophie Marchand.",
        "Selon Sophie Marchand, le fichier est perdu.",
        "SIRET 21440109200015, facture 2026-11-24, 44000 Nantes.",
        "Le fichier est ici : https://ville.example/s.marchand@ville.example/02.40.11.22.33",
        "Voici le fichier.\n\nCordialement,\nSophie Marchand\nService SIG\n02 40 11 22 33",
    ],
)
def test_nobody_is_named(text: str) -> None:
    assert shown(read(text)) == []


def test_copy_counts_only_when_the_text_says_so() -> None:
    cc = ["MARCHAND Sophie <s.marchand@ville.example>", "Karim <k@ville.example>", "Anne <opendata@ville.example>"]
    known = Context(own=CONTEXT.own, names=CONTEXT.names, original_recipients=frozenset({"k@ville.example"}))
    assert shown(read("Rien ici.", cc=cc, context=known)) == []
    assert shown(read("Je mets ma collègue en copie.", cc=cc, context=known)) == [
        {"name": "Sophie Marchand", "email": "s.marchand@ville.example"}
    ]


def test_forwarded_sender_is_next_when_they_hold_it() -> None:
    sophie = Mailbox("Sophie Marchand", "s.marchand@ville.example")
    found = read("Voici la réponse de ma collègue.", forwarded=Forwarded(sender=sophie, text="Oui, nous avons ce fichier au SIG."))
    assert shown(found) == [{"name": "Sophie Marchand", "email": "s.marchand@ville.example"}]
    assert found[0].source == "forwarded"
    assert shown(read("Pour info.", forwarded=Forwarded(sender=sophie, text="Non, nous n'avons rien de tel."))) == []
    other = read("Pour info.", forwarded=Forwarded(sender=sophie, text="Non, voyez avec Karim Benali (k.benali@ville.example)."))
    assert shown(other) == [{"name": "Karim Benali", "email": "k.benali@ville.example"}]


def test_somebody_denied_is_told_apart() -> None:
    found = read("Ce n'est plus Mme Dupuis, elle est partie. Voyez M. Caron.")
    assert [(lead.person.name, lead.denied) for lead in found] == [("Dupuis", True), ("Caron", False)]


def test_words_are_pointed_at_in_the_text_as_written() -> None:
    text = "Non.\u200b Voyez\u00a0avec\u202fSophie Marchand (s.marchand@ville.example)."
    (lead,) = read(text)
    assert text[lead.because.start : lead.because.end] == "Voyez\u00a0avec\u202fSophie Marchand (s.marchand@ville.example"


def test_letters_in_two_marks_are_read() -> None:
    assert shown(read("Voyez avec He\u0301le\u0300ne Vasseur.")) == [{"name": "Hélène Vasseur"}]


WORDS = st.sampled_from(
    [
        *(
            "Voyez",
            "avec",
            "Sophie",
            "Marchand",
            "MARCHAND",
            "M.",
            "Mme",
            "le",
            "la",
            "service",
            "SIG",
            "des",
            "sports",
            "(s.m@v.example)",
            "02",
        ),
        *(
            "40",
            "11",
            "22",
            "33",
            "poste",
            "4512",
            "qui",
            "gère",
            "ne",
            "pas",
            "plus",
            "c'est",
            ",",
            ".",
            ":",
            ";",
            "-",
            "\n",
            "«",
            "»",
            "(",
            ")",
        ),
        *("et", "ou", "chez", "Hydralis", "[at]", "arobase", "point", "J.-P.", "d'", "l'", "N'Diaye", "en", "copie", "\u00a0", "É"),
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join)))
def test_any_text_is_read_with_spans_inside(text: str) -> None:
    boxes = (Mailbox("Sophie Marchand", "s.m@v.example"), Mailbox("", "x@y.example"))
    for lead in leads(text, writer=PAUL, context=CONTEXT, cc=boxes, forwarded=Forwarded(sender=boxes[0], text=text)):
        assert 0 <= lead.because.start <= lead.because.end <= len(text)
        assert 0 <= lead.confidence <= 1
        assert lead.person != Person()
        assert lead.person.email not in CONTEXT.own | {PAUL.email}


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(
        ["Sophie Marchand", "Jean-Pierre de La Tour", "Nadia Ben Salah", "Fatou N'Diaye", "Yann Le Goff", "Anne-Laure Prigent"]
    ),
    st.sampled_from(["{} ({}, {})", "{} - {} - {}", "{} / {} / {}", "{} : {} ou {}", "{}, {}, {}"]),
    st.sampled_from(["Voyez avec ", "Merci de contacter ", "Adressez-vous à ", "Je transmets à ", "Il faut voir avec ma collègue "]),
    st.booleans(),
)
def test_every_shape_of_coordinates(name: str, shape: str, cue: str, capitals: bool) -> None:
    written = " ".join([*name.split()[:1], *(word.upper() for word in name.split()[1:])]) if capitals and " de " not in name else name
    found = shown(read(f"Bonjour,\n{cue}{shape.format(written, 'contact.x@ville.example', '02.40.11.22.33')}."))
    assert found == [{"name": name, "email": "contact.x@ville.example", "phone": "02 40 11 22 33"}]


@pytest.mark.parametrize(
    "unit",
    [
        "Voyez avec Sophie Marchand (s.marchand@ville.example, 02 40 11 22 33). ",
        "J.-P.",
        "a@",
        "x at ",
        "12 34 ",
        "Sophie ",
        "M. ",
        "« ",
        "- a\n",
        "e\u0301",
    ],
)
def test_a_long_text_is_read_to_its_end(unit: str) -> None:
    with must_end(4):
        assert isinstance(read((unit * 200_000)[:200_000]), tuple)
