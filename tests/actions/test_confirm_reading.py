"""Confirming what a mail was understood to say: each kind of card, one click each, once, and taken back."""

from datetime import date, timedelta
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.actions.confirm_reading import confirm_reading, note_mail, proposal_of
from addin.actions.insert_letter import note_sent
from addin.actions.prepare_reminders import draft_of, prepare_all, prepare_reminder, queue
from addin.actions.receive_mail import receive
from addin.actions.undo import undo
from addin.core.errors import BadInput, NotFound
from addin.core.mail_facts import Span
from addin.core.next_mails import next_mails
from addin.core.proposed import proposals
from addin.core.proposed_words import sentence
from addin.core.readings import LONGEST_EXCERPT, kept_words
from addin.core.reminders import to_log, unsent
from tests.actions.test_loop import Town, mail_of
from tests.loop_town import CLAIRE, HOUSE, Mail, address_of
from tests.people import NOW

TODAY = date(2026, 11, 24)


@pytest.fixture
def town() -> Town:
    made = Town()
    made.ask((("paul", "menus", "letter"),))
    return made


def came(town: Town, text: str = "", **more: object) -> str:
    """Receive an answer of Paul about the menus, give the id of its message."""
    mail = Mail(**{"to": "paul", "about": "menus", "text": text, **more})  # type: ignore[arg-type]
    return receive(town.desk, town.raw(mail)).message.id


@pytest.mark.parametrize(
    ("text", "answer", "words"),
    [
        ("Ce n'est pas moi, voyez avec Anne Le Goff (anne.legoff@saint-aubin.example).", "redirects", "voir Anne Le Goff (anne.legoff@"),
        ("Oui, nous avons ces données. Je vous les envoie avant le 11/12/2026.", "holds_later", "promis pour le 11 déc. 2026"),
        ("Je n'ai pas ces données et je ne sais pas du tout qui les a.", "knows_nobody", "ne sait pas qui les a"),
        (
            "Ces données sont déjà publiées : https://data.saint-aubin.example/menus",
            "already_published",
            "https://data.saint-aubin.example/menus",
        ),
        ("Je ne suis plus à ce poste depuis septembre.", "moved", "n’est plus à ce poste"),
    ],
)
def test_one_click_writes_all_of_it(town: Town, text: str, answer: str, words: str) -> None:
    message = came(town, f"Bonjour,\n\n{text}\n\nPaul Morin")
    proposal = proposal_of(town.desk, message)
    assert proposal.answer == answer
    assert words in sentence(proposal, town.book)
    assert sentence(proposal, town.book).startswith("Paul Morin répond pour Menus scolaires\u00a0: ")
    logged = confirm_reading(town.desk, message)
    assert {(e.type, e.dataset, e.answer) for e in logged.events} >= {("answered", "menus", answer)}
    assert to_log(town.book) == ()
    events = town.desk.logbook.read().events
    assert confirm_reading(town.desk, message).already
    assert town.desk.logbook.read().events == events


def test_the_excerpt_holds_the_words_that_led_to_it(town: Town) -> None:
    chat = "Je vous remercie de votre message et de votre patience, la rentrée a été longue et bien remplie pour toute l'équipe. " * 4
    message = came(town, f"Bonjour,\n\n{chat}\n\nPour le reste, ce n'est pas moi : voyez avec Anne Le Goff.\n\nPaul")
    kept = town.book.messages[message]
    assert len(kept.excerpt) <= LONGEST_EXCERPT
    assert "voyez avec Anne Le Goff" in kept.excerpt
    assert kept.reading is not None
    marked = " ".join(kept.excerpt[span.start : span.end] for span in kept.reading.because)
    assert "Anne Le Goff" in marked


def test_under_the_threshold_the_form_is_left_open(town: Town) -> None:
    message = came(town, "Merci beaucoup, bonne journée à vous !\n\nPaul")
    proposal = proposal_of(town.desk, message)
    assert (proposal.answer, proposal.confirmable, proposal.certainty) == ("", False, "à vérifier")
    with pytest.raises(BadInput, match="choisissez vous-même"):
        confirm_reading(town.desk, message)
    noted = note_mail(town.desk, message)
    assert to_log(town.book) == ()
    assert note_mail(town.desk, message).already
    undo(town.desk, noted.action)
    assert [one.id for one in to_log(town.book)] == [message]


def test_a_refused_address_is_one_click_and_is_to_be_mended(town: Town) -> None:
    message = came(town, kind="bounce")
    assert proposal_of(town.desk, message).answer == "bounced"
    confirm_reading(town.desk, message)
    assert {e.type for e in town.book.events} == {"imported", "asked", "received", "answered", "bounced"}
    assert [one.why for one in next_mails(town.book, today=TODAY)] == ["mend"]


def test_an_absence_is_one_click_pauses_and_offers_the_deputy(town: Town) -> None:
    words = "Je suis absent jusqu'au 4 décembre 2026. En mon absence, adressez-vous à Anne Le Goff (anne.legoff@saint-aubin.example)."
    message = came(town, words, kind="absence")
    kept = town.book.messages[message]
    assert (kept.excerpt, kept.subject) == ("", "Réponse automatique"), "the reason of an absence is never kept"
    confirm_reading(town.desk, message)
    absent = next(e for e in town.book.events if e.type == "absent")
    assert (absent.until, town.book.contacts[absent.to or ""].name) == (date(2026, 12, 4), "Anne Le Goff")
    (offer,) = (one.offer for one in next_mails(town.book, today=TODAY))
    assert (offer.letter, town.book.contacts[offer.contact].name) == ("remplacant", "Anne Le Goff")
    assert next_mails(town.book, today=date(2026, 12, 7)) == (), "once they are back, nobody writes to the deputy"


@pytest.mark.parametrize(
    ("kind", "note"),
    [("receipt", "affiché par son destinataire"), ("delay", "retardée"), ("ticket", "sous le numéro 0045127")],
)
def test_what_answers_nothing_is_only_noted(town: Town, kind: str, note: str) -> None:
    text = "Votre demande a bien été enregistrée." if kind == "ticket" else ""
    message = came(town, text, kind=kind)
    with pytest.raises(BadInput):
        confirm_reading(town.desk, message)
    note_mail(town.desk, message)
    assert note in town.book.messages[message].note
    assert not any(e.type == "answered" for e in town.book.events)


def test_somebody_else_answers(town: Town) -> None:
    message = came(
        town,
        "Bonjour,\n\nPaul m'a transmis votre message. Je n'ai pas ces données et je ne sais pas qui les a.\n\nIris",
        writer=f"Iris Passage <iris@{HOUSE}>",
    )
    proposal = proposal_of(town.desk, message)
    assert (proposal.newcomer, proposal.sure, proposal.who, proposal.same) == (True, False, "", "")
    logged = confirm_reading(town.desk, message)
    assert [one.name for one in logged.created] == ["Iris Passage"]
    paul = next(key for key, one in town.book.contacts.items() if one.name == "Paul Morin")
    assert [(e.contact, e.to) for e in logged.events if e.type == "redirected"] == [(paul, logged.contact.id)]
    undo(town.desk, logged.action)
    assert "Iris Passage" not in {one.name for one in town.book.contacts.values()}


def test_the_same_person_writes_from_another_address(town: Town) -> None:
    message = came(
        town,
        "Bonjour,\n\nOui, nous avons ces données, je vous les envoie la semaine prochaine.\n\nPaul Morin",
        writer="Paul Morin <p.morin@perso.example>",
    )
    proposal = proposal_of(town.desk, message)
    assert town.book.contacts[proposal.same].name == "Paul Morin"
    logged = confirm_reading(town.desk, message, contact=proposal.same)
    assert town.book.contacts[proposal.same].emails == (address_of("paul"), "p.morin@perso.example")
    assert not any(e.type == "redirected" for e in logged.events)
    undo(town.desk, logged.action)
    assert town.book.contacts[proposal.same].emails == (address_of("paul"),)


def test_a_circle_is_told_before_it_is_written(town: Town) -> None:
    town.ask((("anne", "menus", "letter"),))
    confirm_reading(town.desk, came(town, "Ce n'est pas moi, voyez avec Anne Le Goff.\n\nPaul"))
    back = came(town, "Ce n'est pas moi, voyez avec Paul Morin.\n\nAnne", to="anne")
    (words,) = proposal_of(town.desk, back).warnings
    assert words.startswith("Paul Morin a déjà répondu")
    confirm_reading(town.desk, back)
    assert "cycle" in {one.why for one in next_mails(town.book, today=TODAY)}
    assert not any(one.why == "ask" for one in next_mails(town.book, today=TODAY))


def test_a_dead_end_goes_up_to_the_management(town: Town) -> None:
    confirm_reading(town.desk, came(town, "Je n'ai pas ces données et je ne sais pas du tout qui les a.\n\nPaul"))
    (up,) = next_mails(town.book, today=TODAY)
    assert (up.why, up.offer.letter, town.book.contacts[up.offer.contact].name) == ("escalate", "relance-3", "Hugo Lambert")
    town.ask((("hugo", "menus", "relance-3"),))
    (waits,) = next_mails(town.book, today=TODAY)
    assert waits.prepared
    note_sent(town.desk, waits.prepared)
    assert next_mails(town.book, today=TODAY) == ()


def test_an_unknown_mail_is_not_found(town: Town) -> None:
    with pytest.raises(NotFound):
        confirm_reading(town.desk, "rien")
    with pytest.raises(NotFound):
        note_mail(town.desk, "rien")


def test_someone_who_only_agrees_to_be_named(town: Town) -> None:
    out = EmailMessage(policy=SMTP)
    ours = town.letters[address_of("paul"), "menus"]
    for name, value in (
        ("From", f"Paul Morin <{address_of('paul')}>"),
        ("To", CLAIRE),
        ("Subject", "RE: Publication"),
        ("Message-ID", "<nom@x.test>"),
    ):
        out[name] = value
    out["In-Reply-To"] = str(ours["Message-ID"])
    out.set_content("Bonjour,\n\nJe suis d'accord pour que mon nom figure sur l'organigramme public.\n\nPaul Morin\n")
    message = receive(town.desk, out.as_bytes()).message
    proposal = proposal_of(town.desk, message.id)
    assert proposal.reading.named == "yes"
    if proposal.names:
        note_mail(town.desk, message.id, naming=True)
    else:
        confirm_reading(town.desk, message.id)
    assert [(e.type, e.answer) for e in town.book.events if e.type == "named"] == [("named", "yes")]


def later(town: Town, days: int) -> None:
    object.__setattr__(town.desk, "clock", lambda: NOW + timedelta(days=days))


def test_the_queue_of_reminders_is_prepared_and_never_sent(town: Town) -> None:
    town.ask((("karim", "eclairage", "letter"), ("anne", "menus", "letter")))
    for message in tuple(unsent(town.book)):
        note_sent(town.desk, message.id)
    later(town, 9)  # Thursday 3 December, two working days after the date
    due, waiting = queue(town.desk)
    assert (len(due), waiting) == (3, ())
    assert all(one.ready and one.written.in_reply_to for one in due)
    before = [e for e in town.desk.logbook.read().events if e.type == "reminded"]
    made = prepare_all(town.desk)
    assert len(made) == 3 and prepare_all(town.desk) == ()
    assert [e for e in town.desk.logbook.read().events if e.type == "reminded"] == before == []
    for one in made:
        eml = mail_of(draft_of(town.desk, one.message.id))
        first = next(m for m in town.book.messages.values() if m.letter == "letter" and m.contacts == one.message.contacts)
        assert (eml["In-Reply-To"], eml["References"]) == (f"<{first.message_id}>", f"<{first.message_id}>")
        assert eml["Message-ID"] == f"<{one.message.message_id}>"
    # an answer between preparing and sending calls the reminder off
    assert len(unsent(town.book)) == 3
    confirm_reading(town.desk, came(town, "Je n'ai pas ces données et je ne sais pas du tout qui les a.\n\nPaul"))
    assert len(unsent(town.book)) == 2
    assert {town.book.contacts[one.owed.contact].name for one in queue(town.desk)[0]} == {"Karim Benali", "Anne Le Goff"}
    with pytest.raises(NotFound):
        prepare_reminder(town.desk, made[0].message.contacts[0], ["menus"])


def test_three_tones_up_to_the_management(town: Town) -> None:
    note_sent(town.desk, unsent(town.book)[0].id)
    tones = []
    for day in (9, 20, 31):  # the third falls after the Christmas holidays: see below
        later(town, day if day < 31 else 55)
        (due,), _ = queue(town.desk)
        tones.append(due.owed.tone)
        kept = prepare_reminder(town.desk, due.owed.contact, due.owed.datasets)
        assert kept.message.letter == f"relance-{len(tones)}"
        note_sent(town.desk, kept.message.id)
    assert tones == ["rappel aimable", "proposition d’un appel", "appui de l’encadrement"]
    assert [town.book.contacts[id].name for id in kept.message.contacts] == ["Hugo Lambert"]
    assert kept.message.in_reply_to == "" and "Paul Morin" in kept.message.text
    assert queue(town.desk)[0] == (), "support was asked for: patience begins anew"


def test_school_holidays_wait(town: Town) -> None:
    note_sent(town.desk, unsent(town.book)[0].id)
    later(town, 30)  # 24 December
    due, waiting = queue(town.desk)
    assert due == ()
    assert "vacances scolaires" in waiting[0].hidden


def test_a_book_without_mails_proposes_nothing() -> None:
    assert proposals(Town().book) == ()


SPANS = st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), max_size=6)


@given(st.text(alphabet="ab .\n\u00a0é", max_size=900), SPANS)
def test_kept_words_are_short_and_the_marks_stand_in_them(text: str, places: list[tuple[int, int]]) -> None:
    spans = [Span(min(pair), max(pair)) for pair in places]
    excerpt, marks = kept_words(text, spans)
    assert len(excerpt) <= LONGEST_EXCERPT
    assert "\n" not in excerpt
    assert all(0 <= mark.start < mark.end <= len(excerpt) for mark in marks)
    assert list(marks) == sorted(marks)
    squeezed = " ".join(text.split())
    assert excerpt.strip("…").strip() in squeezed
    if len(squeezed) <= LONGEST_EXCERPT:
        assert excerpt == squeezed
