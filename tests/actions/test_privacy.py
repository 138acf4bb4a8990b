"""Personal data by the real door: what the data file holds of a person before and after they are forgotten, absences, retention."""

import contextlib
import dataclasses
import json
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import json as encoder
from msgspec.structs import replace

from addin.actions.demo.town import fill_demo
from addin.actions.edit_records import edit_contact, save_organisation
from addin.actions.forget_contact import forget_contact
from addin.actions.import_lists import import_contacts
from addin.actions.insert_letter import note_sent, prepare, write
from addin.actions.invite import plan
from addin.actions.log_reply import Reply, log_call, log_reply
from addin.actions.propose_erasures import propose_erasures
from addin.actions.receive_mail import receive
from addin.actions.send_invitations import progress, send_batch
from addin.actions.send_worker import drain
from addin.actions.undo import undo
from addin.adapters.memory import MemoryLogbook, MemoryOutbox
from addin.core.book import Book
from addin.core.contacts import Contact
from addin.core.deliveries import Delivery
from addin.core.errors import BadInput, NotFound
from addin.core.events import Event
from addin.core.messages import Message
from addin.core.orgchart.fold import draw_chart
from addin.core.parties import Named
from addin.core.privacy.erasing import erase
from addin.core.privacy.retention import after_months
from addin.core.privacy.retention import propose_erasures as proposals_of
from addin.ports.desk import Desk
from tests.people import ANNE, MENUS, NOW, PAUL, TODAY, VILLE
from tests.shapes import Said, thunderbird

API = "/api/v1"


def answer(desk: Desk, body: str, *, subject: str = "Re: menus", key: str = "r1", headers: str = "") -> bytes:
    sent = next((one for one in desk.logbook.read().messages.values() if one.way == "out"), None)
    reply = f"In-Reply-To: <{sent.message_id}>\r\n" if sent else ""
    return (
        f"From: Paul Morin <paul.morin@saint-aubin.example>\r\nTo: claire.vasseur@saint-aubin.example\r\nSubject: {subject}\r\n"
        f"Date: Tue, 24 Nov 2026 08:00:00 +0000\r\nMessage-ID: <{key}.paul.morin@saint-aubin.example>\r\n{reply}{headers}"
        f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n"
    ).encode()


@pytest.fixture
def life(client: FlaskClient, town: Desk, data: Path) -> Desk:
    """Live through all that can leave a trace of Paul Morin, as himself and under his former name."""
    save_organisation(town, {"values": {"oriente_par": "Paul Morin", "frequence": "chaque mois"}})
    edit_contact(town, "paul", {"role": "chef de cuisine", "availability": "absent le lundi"})
    edit_contact(town, "paul", {"name": "Paul Duranton", "phone": "+33 6 12 34 56 78"})
    edit_contact(town, "paul", {"emails": ("p.duranton@saint-aubin.example", "paul.morin@saint-aubin.example")})
    edit_contact(town, "anne", {"availability": "remplace Paul Duranton le mardi", "role": "adjointe de M. Morin"})
    kept = prepare(town, write(town, "3-localiser", contact="paul", datasets=["menus"]), contact="paul")
    note_sent(town, kept.message.id)
    log_reply(
        town,
        Reply(
            answer="redirects", raw=answer(town, "Voyez Anne Le Goff.\r\n\r\n-- \r\nPaul Morin, 02.99.00.00.02"), next=(Named(id="anne"),)
        ),
    )
    onward = prepare(
        town, write(town, "3-localiser", contact="anne", datasets=["menus"], given={"oriente_par": "Paul Morin"}), contact="anne"
    )
    note_sent(town, onward.message.id)
    log_call(town, Reply(answer="knows_nobody", contact="anne", datasets=("menus",), note="Elle renvoie vers Monsieur MORIN, 0299000002."))
    body = {"kind": "maturity", "starts": ["2026-12-08T10:00:00+01:00"], "contacts": ["paul", "anne"], "place": "bureau de Paul Morin"}
    meeting = client.post(f"{API}/meetings", json=body).get_json()["meetings"][0]
    save_organisation(town, {"dpo": "Paul Morin, dpo@saint-aubin.example"})
    send_batch(dataclasses.replace(town, outbox=MemoryOutbox()), [meeting["id"]])
    client.patch(f"{API}/meetings/{meeting['id']}", json={"start": "2026-12-09T14:00:00", "reason": "Paul Duranton est pris"})
    mail = thunderbird(Said(uid=meeting["uid"], email="p.duranton@saint-aubin.example", comment="M. Morin viendra"))
    client.post(f"{API}/replies", data=mail, content_type="message/rfc822")
    return town


MARKS = (
    "Paul Morin",
    "Morin",
    "MORIN",
    "Duranton",
    "paul.morin",
    "p.duranton",
    "0299000002",
    "02.99.00.00.02",
    "02 99 00 00 02",
    "34 56 78",
    "chef de cuisine",
)


def test_nothing_of_a_forgotten_person_stays_in_the_data_file(life: Desk, data: Path) -> None:
    before = (data / "antiseche.json").read_bytes().decode()
    there = [mark for mark in MARKS if mark in before]
    assert {"Paul Morin", "Duranton", "paul.morin", "p.duranton", "MORIN", "34 56 78", "chef de cuisine"} <= set(there)
    chart = draw_chart(life.logbook.read(), today=TODAY)
    done = forget_contact(life, "paul")
    after = (data / "antiseche.json").read_bytes().decode()
    assert [mark for mark in MARKS if mark.casefold() in after.casefold()] == []
    assert done.left and "vidés" in " ".join(done.left)
    # other people, other words and the chain stay
    for kept in ("Anne Le Goff", "anne.legoff", "Claire Vasseur", "chaque mois", "le mardi", "Restauration scolaire"):
        assert kept in after
    again = draw_chart(life.logbook.read(), today=TODAY)
    assert [(one.id, one.state, [link.contact for link in one.chain]) for one in again.datasets] == [
        (one.id, one.state, [link.contact for link in one.chain]) for one in chart.datasets
    ]
    assert [link.status for one in again.datasets for link in one.chain] == [link.status for one in chart.datasets for link in one.chain]


def test_what_others_wrote_keeps_its_other_words(life: Desk) -> None:
    forget_contact(life, "paul")
    messages = life.logbook.read().messages.values()
    letter = next(one for one in messages if one.way == "out" and one.contacts == ("anne",))
    assert "[effacé]" in letter.text and "Claire Vasseur" in letter.text
    assert next(one for one in messages if one.way == "call").note == "Elle renvoie vers [effacé], [effacé]."
    own = [one for one in messages if one.contacts == ("paul",) and one.way != "change"]
    assert own and not any(one.text or one.excerpt or one.subject or one.note or one.rsvps for one in own)


def test_undo_brings_nobody_back_and_still_works_for_the_rest(life: Desk, data: Path) -> None:
    moved = next(event.action for event in life.logbook.read().events if event.type == "moved")
    edits = [event.action for event in life.logbook.read().events if event.type == "edited" and event.contact == "paul"]
    forget_contact(life, "paul")
    for action in edits:
        undo(life, action)
    assert (life.logbook.read().contacts["paul"].label, life.logbook.read().contacts["paul"].emails) == ("Restauration scolaire", ())
    undo(life, moved)
    meeting = next(iter(life.logbook.read().meetings.values()))
    assert meeting.start.isoformat() == "2026-12-08T10:00:00+01:00"
    kept = (data / "antiseche.json").read_bytes().decode().casefold()
    assert [kept[max(0, kept.index(mark.casefold()) - 200) :][:300] for mark in MARKS if mark.casefold() in kept] == []


class ForgettingOutbox(MemoryOutbox):
    """Forget somebody while their mail is on the wire."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def open(self) -> Any:
        return contextlib.nullcontext(self)

    def send(self, sender: str, recipient: str, raw: bytes) -> None:
        if recipient.startswith("paul.morin"):
            forget_contact(self.desk, "paul")


def test_a_sending_under_way_does_not_write_the_address_back(town: Desk, data: Path) -> None:
    still = dataclasses.replace(town, wake=lambda: None, outbox=ForgettingOutbox(town))
    meeting = plan(still, kind="maturity", starts=[NOW + timedelta(days=14)], attendees=["anne", "paul"]).meetings[0]
    batch = send_batch(still, [meeting.id]).batch
    assert drain(still, wait=lambda seconds: True)
    assert progress(town, batch).sent == 2
    kept = (data / "antiseche.json").read_bytes().decode()
    assert "paul.morin" not in kept and "anne.legoff" in kept


def test_everything_of_a_person_is_in_their_file(client: FlaskClient, life: Desk) -> None:
    file = client.get(f"{API}/contacts/paul/file").get_json()
    assert file["contact"]["emails"] == ["p.duranton@saint-aubin.example", "paul.morin@saint-aubin.example"]
    assert {event["type"] for event in file["events"]} >= {"edited", "asked", "answered", "redirected", "invited"}
    assert all(event["words"] for event in file["events"])
    assert len(file["meetings"]) == 1 and [one["contact"] for one in file["meetings"][0]["attendees"]] == ["paul"]
    assert [one["contact"] for one in file["deliveries"]] == ["paul"]
    assert file["datasets"][0]["title"] == "Menus scolaires"
    assert any("Morin" in one["text"] for one in file["changes"])
    # what the data file says of him is in the file: each text that bears a mark of his
    book = life.logbook.read()
    spoken = {
        one.id for one in book.messages.values() if re.search("Morin|Duranton|p.duranton", encoder.encode(one).decode(), re.IGNORECASE)
    }
    assert spoken <= {one["id"] for one in (*file["messages"], *file["changes"])}
    assert any("oriente_par" in words for words in file["elsewhere"]) and any("Anne Le Goff" in words for words in file["elsewhere"])
    page = client.get(f"{API}/contacts/paul/file?format=html")
    assert page.content_type == "text/html; charset=utf-8"
    text = page.get_data(as_text=True)
    for words in ("Paul Duranton", "Séance", "Menus scolaires", "Accord pour être cité"):
        assert words in text or words == "Séance"
    assert client.get(f"{API}/contacts/personne/file").status_code == 404


def test_a_name_that_two_people_share_is_left_to_the_other(town: Desk) -> None:
    with town.logbook.change() as change:
        change.put(Contact(id="lucie", name="Lucie Morin", emails=("lucie.morin@saint-aubin.example",)))
        change.put(Message(id="m", way="out", at=NOW, text="Madame Morin, Paul Morin vous a citée. Lucie Morin", contacts=("lucie",)))
    forget_contact(town, "paul")
    book = town.logbook.read()
    assert book.contacts["lucie"].name == "Lucie Morin"
    assert book.messages["m"].text == "[effacé], [effacé] vous a citée. Lucie Morin"


def test_a_department_is_forgotten_without_its_words(town: Desk) -> None:
    with town.logbook.change() as change:
        change.put(Contact(id="sports", name="Service des sports", kind="service", emails=("sports@saint-aubin.example",)))
        change.put(Message(id="m", way="call", at=NOW, note="Voir le service des sports, sports@saint-aubin.example", contacts=("anne",)))
    forget_contact(town, "sports")
    assert town.logbook.read().messages["m"].note == "Voir le service des sports, [effacé]"


def test_the_referent_is_not_forgotten_before_the_handover(town: Desk, data: Path) -> None:
    with town.logbook.change() as change:
        change.put(Contact(id="claire", name="Claire Vasseur", emails=("claire.vasseur@saint-aubin.example",)))
    kept = (data / "antiseche.json").read_bytes()
    with pytest.raises(BadInput, match="relais"):
        forget_contact(town, "claire")
    with pytest.raises(NotFound):
        forget_contact(town, "personne")
    assert (data / "antiseche.json").read_bytes() == kept


NAMES = st.sampled_from(
    [
        "Paul Morin",
        "Zoé N'Diaye",
        "Anne-Sophie Le Goff",
        "Jean de La Tour",
        "Søren Ågård",
        "Maël O'Brien-Lévêque",
        'Guy "Gus" Petit',
        "Ève \\ Roy",
    ]
)
FRAMES = st.sampled_from(["{n}", "voir {n}.", "({n}) merci", "{u}", "Mme {f}", "{f}, {g}", "{e} <{m}>", "tél. {p}", "{q}", "{l}"])


@settings(max_examples=150, deadline=None)
@given(NAMES, st.lists(FRAMES, min_size=1, max_size=6), st.sampled_from(["02 99 11 22 33", "+33299112233", "02.99.11.22.33"]), st.data())
def test_no_form_of_a_person_survives_anywhere(name: str, frames: list[str], phone: str, data: st.DataObject) -> None:
    given_name, _, family = name.partition(" ")
    email = f"{given_name.lower().encode('ascii', 'ignore').decode()}.x@ville.example"
    forms = {
        "n": name,
        "u": name.upper(),
        "f": family,
        "g": given_name,
        "e": name,
        "m": email.upper(),
        "p": phone,
        "q": "0299112233",
        "l": name.lower(),
    }
    texts = [frame.format(**forms) for frame in frames]
    contact = Contact(id="c1", name=name, emails=(email,), phone=phone, service="Finances")
    other = Contact(id="c2", name="Iris Passage", availability=data.draw(st.sampled_from(texts)))
    messages = {
        f"m{number}": Message(id=f"m{number}", way="call", at=NOW, note=text, subject=text, contacts=("c2",))
        for number, text in enumerate(texts)
    }
    delivery = Delivery(
        id="d", batch="b", meeting="r", contact="c1", email=email, method="REQUEST", sequence=0, stamp=NOW, message_id="x@y.example", at=NOW
    )
    profile = replace(VILLE, values={"oriente_par": texts[0]}, place=texts[-1])
    book = Book(
        organisation=profile,
        contacts={"c1": contact, "c2": other},
        datasets={"menus": MENUS},
        messages=messages,
        deliveries={"d": delivery},
    )
    done = erase(contact, book)
    left = encoder.encode(
        [
            done.contact,
            done.organisation,
            *done.records,
            *[one for one in (other, *messages.values()) if one.id not in {r.id for r in done.records}],
        ]
    )
    said = encoder.decode(left)
    words = json.dumps(said, ensure_ascii=False).casefold()
    for mark in (name, email, phone, "0299112233", family):
        assert json.dumps(mark, ensure_ascii=False)[1:-1].casefold() not in words, (mark, words)


@pytest.mark.parametrize("reason", ["arrêt maladie", "congé maternité", "hospitalisation"])
def test_the_reason_of_an_absence_is_never_stored(client: FlaskClient, town: Desk, data: Path, reason: str) -> None:
    kept = prepare(town, write(town, "3-localiser", contact="paul", datasets=["menus"]), contact="paul")
    note_sent(town, kept.message.id)
    automatic = answer(
        town,
        f"Bonjour, je suis en {reason} jusqu'au 2 décembre 2026.",
        subject="Automatic reply: " + reason.encode("ascii", "ignore").decode(),
        key="auto",
        headers="Auto-Submitted: auto-replied\r\n",
    )
    by_hand = answer(town, f"Bonjour, je suis en {reason} jusqu'au 2 décembre 2026.", subject="Re: menus", key="main")
    log_reply(town, Reply(answer="absent", raw=automatic, until=date(2026, 12, 2), contact="paul", datasets=("menus",)))
    # one written by a person is received first, logged later: neither the message nor what undo remembers keeps its words
    received = receive(town, by_hand)
    log_reply(town, Reply(answer="absent", message=received.message.id, until=date(2026, 12, 2), contact="paul", datasets=("menus",)))
    assert reason not in (data / "antiseche.json").read_bytes().decode()
    assert any(event.type == "absent" and event.until == date(2026, 12, 2) for event in town.logbook.read().events)


def test_people_out_of_touch_are_proposed_and_erased_one_by_one(client: FlaskClient, town: Desk) -> None:
    old = NOW - timedelta(days=800)
    with town.logbook.change() as change:
        for key, made in (("ancien", old), ("recent", NOW - timedelta(days=700)), ("parle", old), ("invite", old)):
            change.put(Contact(id=key, name=f"{key.capitalize()} Personne", emails=(f"{key}@ville.example",), created=made))
        change.put(Contact(id="service", name="Service des sports", kind="service", created=old))
        change.put(Message(id="m", way="in", at=NOW - timedelta(days=30), contacts=("parle",)))
    body = {"kind": "maturity", "starts": ["2026-12-08T10:00:00+01:00"], "contacts": ["invite"]}
    client.post(f"{API}/meetings", json=body)
    found = client.get(f"{API}/privacy/erasures").get_json()
    assert "ancien" in {one["contact"] for one in found}
    assert not {"recent", "parle", "invite", "service"} & {one["contact"] for one in found}
    assert client.delete(f"{API}/contacts/ancien").get_json()["label"] == "Personne effacée"
    assert "ancien" not in {one["contact"] for one in client.get(f"{API}/privacy/erasures").get_json()}
    # a shorter duration brings more, a longer one fewer; nothing was erased by the list itself
    save_organisation(town, {"retention_months": 12})
    assert "recent" in {one.contact for one in propose_erasures(town)}
    save_organisation(town, {"retention_months": 120})
    assert propose_erasures(town) == ()
    with pytest.raises(BadInput):
        save_organisation(town, {"retention_months": 0})


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(1, 120))
def test_months_are_counted_on_the_calendar(day: date, months: int) -> None:
    later = after_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_the_demonstration_proposes_nobody_today_and_all_in_three_years() -> None:
    ids = iter(range(10**6))
    logbook = MemoryLogbook()
    fill_demo(logbook, NOW, lambda: f"n{next(ids)}")
    book = logbook.read()
    assert proposals_of(book, today=TODAY) == ()
    later = proposals_of(book, today=date(2029, 11, 24))
    people = [one for one in book.contacts.values() if one.kind not in ("service", "direction")]
    assert {one.contact for one in later} == {one.id for one in people}
    assert [one.last for one in later] == sorted(one.last for one in later)
    assert any(one.holds for one in later) and any(one.left for one in later)


def test_agreement_comes_with_its_date_and_source(client: FlaskClient, town: Desk) -> None:
    assert client.get(f"{API}/contacts/paul/file").get_json()["consent"] == {"agreed": None, "on": None, "source": "", "message": None}
    edit_contact(town, "paul", {"consent": True, "consent_on": date(2026, 11, 12)})
    assert client.get(f"{API}/contacts/paul/file").get_json()["consent"] == {
        "agreed": True,
        "on": "2026-11-12",
        "source": "hand",
        "message": None,
    }
    with town.logbook.change() as change:
        change.append(
            Event(
                id="n",
                at=datetime.fromisoformat("2026-11-24T08:00:00+00:00"),
                type="named",
                action="a",
                contact="paul",
                answer="no",
                told_by="phone",
            )
        )
    assert client.get(f"{API}/contacts/paul/file").get_json()["consent"] == {
        "agreed": False,
        "on": "2026-11-24",
        "source": "phone",
        "message": None,
    }


@pytest.mark.parametrize("name", ["fiche-de-registre", "note-d-information"])
def test_the_papers_are_written_from_the_profile(client: FlaskClient, town: Desk, name: str) -> None:
    save_organisation(town, {"dpo": "Inès Carvalho <dpo@saint-aubin.example>", "retention_months": 18})
    for form, media in (("html", "text/html"), ("text", "text/plain"), ("pdf", "application/pdf")):
        answer_ = client.get(f"{API}/privacy/papers/{name}?format={form}")
        assert answer_.status_code == 200 and answer_.content_type.startswith(media)
        if form == "pdf":
            assert answer_.data.startswith(b"%PDF-")
            continue
        text = answer_.get_data(as_text=True).replace("&lt;", "<").replace("&gt;", ">").replace("\n", " ")
        for words in (
            "Ville de Saint-Aubin",
            "Claire Vasseur",
            "Inès Carvalho",
            "18 mois",
            "article 6",
            "relit",
            "mission d’intérêt public",
        ):
            assert words in text, words
        assert "à compléter" not in text
    save_organisation(town, {"dpo": ""})
    assert "à compléter" in client.get(f"{API}/privacy/papers/{name}?format=text").get_data(as_text=True).replace("\n", " ")
    assert client.get(f"{API}/privacy/papers/autre").status_code == 404


def test_what_is_typed_in_the_profile_cannot_become_markup(client: FlaskClient, town: Desk) -> None:
    save_organisation(town, {"name": "<script>alert(1)</script> & Cie", "dpo": "#panic()[*x*] $y$"})
    page = client.get(f"{API}/privacy/papers/fiche-de-registre").get_data(as_text=True)
    assert "<script" not in page and "&lt;script&gt;" in page
    assert client.get(f"{API}/privacy/papers/fiche-de-registre?format=pdf").status_code == 200


def test_an_imported_contact_is_forgotten_with_the_trace_of_its_import(town: Desk, data: Path) -> None:
    import_contacts(town, "nom;courriel;service\nGwenaëlle Rouault;g.rouault@saint-aubin.example;Urbanisme\n".encode(), "liste.csv")
    key = next(one.id for one in town.logbook.read().contacts.values() if one.name == "Gwenaëlle Rouault")
    import_contacts(town, "nom;courriel;téléphone\nGwenaëlle Rouault;g.rouault@saint-aubin.example;0299887766\n".encode(), "liste.csv")
    forget_contact(town, key)
    kept = (data / "antiseche.json").read_bytes().decode()
    assert "Rouault" not in kept and "rouault" not in kept and "0299887766" not in kept
    assert ANNE.name in kept and PAUL.name in kept
