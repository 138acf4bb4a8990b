"""What whole mails are understood to say: people's, machines', forwarded ones, and what the logbook knows around them."""

import json
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner

from addin.cli.main import main
from addin.core.book import Book
from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.messages import Message
from addin.core.organisation import Organisation
from addin.core.reading.incoming import Bounced, Forwarded, Incoming, Mailbox, to_json
from addin.core.understanding.context import Context
from addin.core.understanding.surroundings import context_of, known_texts, region_of
from addin.core.understanding.understand import understand

AT = datetime(2026, 11, 24, 10, tzinfo=UTC)
ANNE = Mailbox("Anne Roué", "anne.roue@ville.example")
AROUND = Context(own=frozenset({"opendata@ville.example"}), names=frozenset({"Paul Lemaire"}))


def mail(text: str, **more) -> Incoming:
    return understand(Incoming(**{"kind": "answer", "sender": ANNE, "date": AT, "text": text} | more), AROUND)


def test_a_person_who_points_elsewhere():
    read = mail("Bonjour,\n\nCe n'est pas nous, voyez avec Luc Morvan (luc.morvan@ville.example, 02 61 91 00 12).\n\nCordialement,")
    assert read.holds == "no"
    assert read.conclusion.answer == "redirects"
    assert [(person.name, person.email, person.phone) for person in read.next] == [
        ("Luc Morvan", "luc.morvan@ville.example", "02 61 91 00 12")
    ]


def test_the_domain_tells_what_is_outside():
    assert mail("Pas nous. Demandez à Luc Morvan, luc.morvan@lumival.example").conclusion.answer == "external"
    assert mail("Pas nous. Demandez à Luc Morvan, luc.morvan@ville.example").conclusion.answer == "redirects"


def test_a_doubtful_text_names_nobody():
    read = mail("Ce n'est pas nous, voyez avec Luc Morvan (luc.morvan@ville.example).", doubtful=True)
    assert read.holds == "no"
    assert read.next == ()


def test_an_absence_names_a_deputy_and_nobody_next():
    read = mail(
        "Je suis absente jusqu'au 4 décembre. En cas d'urgence, contactez Luc Morvan (luc.morvan@ville.example).",
        kind="automatic",
        subject="Réponse automatique : Menus",
    )
    assert read.conclusion.answer == "absent"
    assert read.absent_until == date(2026, 12, 4)
    assert read.deputy.email == "luc.morvan@ville.example"
    assert (read.holds, read.next) == ("unknown", ())


def test_a_ticket_says_nothing_and_a_departure_says_moved():
    assert mail("Votre demande 4512 est enregistrée.", kind="automatic", ticket="4512").conclusion.answer == ""
    gone = mail("Anne Roué a quitté la collectivité. Écrivez à Luc Morvan, luc.morvan@ville.example.", kind="automatic")
    assert gone.conclusion.answer == "moved"
    assert gone.deputy.email == "luc.morvan@ville.example"


def test_a_bounce_counts_only_when_it_is_final():
    hard = Bounced(email="x@ville.example", permanent=True, status="5.1.1")
    late = Bounced(email="x@ville.example", permanent=False, status="4.4.1")
    assert mail("", kind="bounce", bounced=(hard,)).conclusion.answer == "bounced"
    assert mail("", kind="bounce", bounced=(late,)).conclusion.answer == ""


@pytest.mark.parametrize("kind", ["receipt", "rsvp", "invitation", "other"])
def test_what_answers_nothing_is_left_alone(kind):
    read = mail("Oui, nous détenons ces données.", kind=kind)
    assert (read.holds, read.conclusion) == ("unknown", None)


def test_a_forward_points_to_its_writer_and_sends_no_data():
    inner = Forwarded(
        sender=Mailbox("Luc Morvan", "luc.morvan@lumival.example"), text="Bonjour, nous tenons l'inventaire des lampes.\nLuc Morvan"
    )
    read = mail("Je vous transmets la réponse de l'exploitant.", kind="forward", forwarded=inner)
    assert read.holds == "no"
    assert read.conclusion.answer == "external"
    assert read.next[0].email == "luc.morvan@lumival.example"


def test_the_warning_of_a_forgotten_file_joins_the_others():
    read = mail("Vous trouverez ci-joint le tableau demandé.", warnings=("Autre chose.",))
    assert read.warnings[0] == "Autre chose."
    assert len(read.warnings) == 2


def test_the_conclusion_in_json():
    shape = to_json(mail("Oui, je vous envoie le fichier d'ici vendredi."))["conclusion"]
    assert shape["answer"] == "holds_later"
    assert shape["due"] == "2026-11-27"
    assert shape["because"][0] == {"start": 0, "end": 3}
    assert (shape["url"], shape["reason"], shape["named"]) == (None, None, None)
    assert to_json(Incoming())["conclusion"] is None


def letter(id: str, text: str, to: str, day: int) -> Message:
    return Message(
        id=id,
        way="out",
        at=datetime(2026, 11, day, tzinfo=UTC),
        message_id=f"{id}@ville.example",
        subject=id,
        text=text,
        contacts=(to,),
        state="sent",
    )


BOOK = Book(
    contacts={
        "anne": Contact(id="anne", name="Anne Roué", emails=("anne.roue@ville.example",)),
        "luc": Contact(id="luc", name="Luc", emails=("luc@ville.example",)),
    },
    datasets={"menus": Dataset(id="menus", title="Menus scolaires")},
    messages={
        m.id: m for m in (letter("a", "Lettre à Anne", "anne", 1), letter("b", "Lettre à Luc", "luc", 2), letter("c", "Autre", "luc", 3))
    },
    organisation=Organisation(referent="Paul Lemaire", referent_email="OpenData@ville.example", department="974"),
)


def test_the_letters_a_mail_may_quote_come_nearest_first():
    raw = b"From: inconnu@ville.example\r\nIn-Reply-To: <b@ville.example>\r\nTo: anne.roue@ville.example\r\n\r\n<c@ville.example>"
    assert [sent.text for sent in known_texts(BOOK, raw)] == ["Lettre à Luc", "Lettre à Anne", "Autre"]
    assert known_texts(BOOK, raw)[0].emails == ("luc@ville.example",)
    assert known_texts(Book(), raw) == ()
    many = Book(messages={str(n): letter(str(n), "x", "luc", 1 + n % 28) for n in range(100)})
    assert len(known_texts(many, b"\xff\x00<")) == 40


def test_what_the_logbook_knows_around_a_mail():
    around = context_of(BOOK, BOOK.messages["a"])
    assert around.own == {"opendata@ville.example"}
    assert around.names == {"Paul Lemaire"}
    assert around.titles == ("Menus scolaires",)
    assert around.original_recipients == {"anne.roue@ville.example"}
    assert around.region == "RE"
    assert context_of(BOOK, None).original_recipients == frozenset()
    assert region_of(Organisation(department="35")) == region_of(Organisation()) == "FR"


SENT = """From: Paul Lemaire <opendata@ville.example>
To: Anne Roué <anne.roue@ville.example>
Subject: Menus scolaires
Message-ID: <demande@ville.example>
Date: Mon, 23 Nov 2026 09:00:00 +0100
Content-Type: text/plain; charset=utf-8

Bonjour,

Détenez-vous les menus scolaires ? Si ce n'est pas le cas, merci de m'indiquer le service qui les tient à jour.
Oui ou non, une réponse nous aide.

Paul Lemaire
"""
REPLY = """From: Anne Roué <anne.roue@ville.example>
To: Paul Lemaire <opendata@ville.example>
Subject: RE: Menus scolaires
In-Reply-To: <demande@ville.example>
Message-ID: <reponse@ville.example>
Date: Tue, 24 Nov 2026 09:00:00 +0100
Content-Type: text/plain; charset=utf-8

Non, c'est la cuisine centrale qui les établit : voir avec Luc Morvan, poste 4512.

Bonjour,

Détenez-vous les menus scolaires ? Si ce n'est pas le cas, merci de
m'indiquer le service qui les tient à jour. Oui ou non, une réponse nous aide.

Paul Lemaire
"""


def test_the_command_line_reads_an_answer_in_the_light_of_what_was_sent(tmp_path):
    for name, text in (("sent.eml", SENT), ("reply.eml", REPLY)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    data = tmp_path / "data"
    args = ["read", str(tmp_path / "reply.eml"), "--sent", str(tmp_path / "sent.eml"), "--json", "--data", str(data)]
    done = CliRunner().invoke(main, args, standalone_mode=False)
    read = json.loads(done.stdout)
    assert read["holds"] == "no"
    assert read["conclusion"]["answer"] == "redirects"
    assert read["answers"] == "demande@ville.example"
    assert "Détenez" not in read["text"]
    assert [(person["name"], person["phone"]) for person in read["next"]] == [("Luc Morvan", "poste 4512")]
    assert not data.exists()
