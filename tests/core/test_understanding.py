"""What an answer is understood to say: the sentences of answer_sentences.toml, the rules one by one, and texts that nobody foresaw."""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.core.reading.conclusions import Conclusion
from addin.core.reading.incoming import Incoming, Mailbox, MailFile, Piece
from addin.core.taxonomy import ANSWERS, REASONS
from addin.core.understanding.bare_text import bare, spelled_out
from addin.core.understanding.conclude import SURE, conclude
from addin.core.understanding.context import Context
from addin.core.understanding.pieces import asked_about
from addin.core.understanding.promises import promised_day
from addin.core.understanding.understand import understand
from tests.endless import must_end

SENTENCES = tomllib.loads((Path(__file__).parent / "answer_sentences.toml").read_text(encoding="utf-8"))
ON = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 10, tzinfo=UTC)
TYPES = {"pdf": "application/pdf", "csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def file(name: str) -> MailFile:
    return MailFile(name=name, type=TYPES.get(name.rpartition(".")[2], "application/octet-stream"), size=1000)


def said(text: str, *, files: tuple[str, ...] = (), under: str = "", titles: tuple[str, ...] = ()) -> Conclusion:
    pieces = (Piece(question=under, text=text),) if under else ()
    return conclude(text, pieces=pieces, files=[file(name) for name in files], on=ON, titles=titles)


def understood(sentence: dict) -> Conclusion:
    mail = Incoming(
        kind="answer",
        sender=Mailbox("", "quelquun@ville.example"),
        date=AT,
        text=sentence["text"],
        pieces=(Piece(question=sentence["under"], text=sentence["text"]),) if "under" in sentence else (),
        attachments=tuple(file(name) for name in sentence.get("files", ())),
    )
    conclusion = understand(mail, Context()).conclusion
    assert conclusion is not None
    return conclusion


def counted(half: str) -> tuple[float, float, float]:
    """Give the shares of the sentences of a half understood right (holds), coded right (answer), and wrong while sure."""
    right = coded = wrong = 0
    for sentence in SENTENCES[half]:
        got = understood(sentence)
        right += got.holds in sentence["holds"]
        coded += got.answer in sentence["answer"]
        wrong += got.holds != "unknown" and got.holds not in sentence["holds"]
    whole = len(SENTENCES[half])
    print(f"{half}: {whole} answers, holds {right / whole:.1%}, answer {coded / whole:.1%}, wrong and sure {wrong / whole:.1%}")
    return right / whole, coded / whole, wrong / whole


def test_the_sentences_the_rules_were_tuned_on():
    right, coded, wrong = counted("tuned")
    assert right >= 0.97
    assert coded >= 0.97
    assert wrong <= 0.01


def test_the_sentences_set_apart():
    right, coded, wrong = counted("apart")
    assert right >= 0.93
    assert coded >= 0.93
    assert wrong <= 0.04


def test_the_sentences_are_many_and_differ():
    texts = [(sentence.get("under"), sentence["text"]) for half in SENTENCES.values() for sentence in half]
    assert len(texts) == len(set(texts)) >= 500
    assert len(SENTENCES["apart"]) >= 150
    assert {answer for half in SENTENCES.values() for sentence in half for answer in sentence["answer"]} <= {*ANSWERS, ""}


@pytest.mark.parametrize("sentence", SENTENCES["tuned"], ids=lambda sentence: sentence["text"][:40])
def test_what_goes_with_an_answer(sentence):
    got = understood(sentence)
    for name in ("due", "named", "url"):
        if name in sentence:
            assert getattr(got, name) == sentence[name]
    assert got.question or not sentence.get("question")
    assert got.need or not sentence.get("need")
    assert not got.named or "named" in sentence
    if got.answer == "refuses" and "reason" in sentence:
        assert got.reason in sentence["reason"]


@pytest.mark.parametrize("sentence", SENTENCES["tuned"] + SENTENCES["apart"], ids=lambda sentence: sentence["text"][:40])
def test_what_is_sure_shows_its_words_and_what_is_not_says_nothing(sentence):
    got = understood(sentence)
    assert got.answer in {*ANSWERS, ""}
    assert got.reason in {*REASONS, ""}
    assert all(0 <= span.start < span.end <= len(sentence["text"]) for span in got.because)
    if got.confidence < SURE:
        assert (got.answer, got.holds, got.because) == ("", "unknown", ())
    if got.holds != "unknown":
        assert got.because or sentence.get("files")


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Nous détenons ces données.", "yes"),
        ("Nous ne détenons pas ces données.", "no"),
        ("nous detenons plus ces donnees", "no"),
        ("On gère plus ça.", "no"),
        ("Nous gérons plus de 300 arbres.", "yes"),
        ("J'ai pas ce fichier.", "no"),
        ("J’ai ce fichier.", "yes"),
        ("J'ai une question.", "unknown"),
        ("J'ai transmis.", "unknown"),
        ("Nous n’avons aucune donnée.", "no"),
        ("Nous n'avons ni liste ni plan.", "no"),
        ("Nous n'avons aucun problème à vous envoyer le fichier.", "yes"),
        ("Pas de problème, c'est chez nous.", "yes"),
        ("Ce n'est pas chez nous.", "no"),
        ("Ce n'est pas que nous ne les avons pas : elles sont dans un logiciel fermé.", "yes"),
        ("Je vérifie si nous avons ces données.", "unknown"),
        ("On m'a dit que nous avions ces données.", "unknown"),
        ("Je ne pense pas que nous ayons ces données.", "no"),
        ("Avez-vous ces données ?", "unknown"),
        ("C'est nous qui tenons ce fichier.", "yes"),
        ("Ce n'est pas nous qui tenons ce fichier.", "no"),
        ("La DSI tient ce fichier.", "no"),
        ("C EST PAS NOUS", "no"),
        ("g pas ce fichier", "no"),
        ("Je suis ravi de vous lire.", "unknown"),
        ("Bonne journée à vous aussi.", "unknown"),
    ],
)
def test_who_holds(text, holds):
    assert said(text).holds == holds


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("d'ici vendredi", "2026-11-27"),
        ("mardi", "2026-12-01"),
        ("lundi en huit", "2026-12-07"),
        ("mercredi de la semaine prochaine", "2026-12-02"),
        ("avant la fin du mois", "2026-11-30"),
        ("fin de semaine", "2026-11-27"),
        ("la semaine prochaine", "2026-12-04"),
        ("le mois prochain", "2026-12-31"),
        ("le 12/12", "2026-12-12"),
        ("le 04.01.2027", "2027-01-04"),
        ("le 4/1/27", "2027-01-04"),
        ("le 1er decembre", "2026-12-01"),
        ("mercredi 2", "2026-12-02"),
        ("avant le 5", "2026-12-05"),
        ("sous quinzaine", "2026-12-09"),
        ("dans une dizaine de jours", "2026-12-04"),
        ("sous 48 h", "2026-11-26"),
        ("debut janvier", "2027-01-10"),
        ("mi-decembre", "2026-12-15"),
        ("fin janvier", "2027-01-31"),
        ("en fevrier 2027", "2027-02-28"),
        ("semaine 50", "2026-12-11"),
        ("apres-demain", "2026-11-26"),
        ("ce soir", "2026-11-24"),
        ("by friday", "2026-11-27"),
        ("le 3 novembre", None),
        ("depuis 2019", None),
        ("lundi dernier", None),
        ("le 31/02", None),
        ("02 61 91 00 12", None),
    ],
)
def test_the_day_promised(words, day):
    found = promised_day(words, ON)
    assert (found[0].isoformat() if found else None) == day
    assert promised_day(words, None) is None


def test_a_promise_counts_from_the_day_of_the_mail():
    assert conclude("Je vous envoie le fichier d'ici vendredi.", on=date(2026, 12, 28)).due == date(2027, 1, 1)
    assert conclude("Je vous envoie le fichier le 5 janvier.", on=date(2026, 12, 21)).due == date(2027, 1, 5)
    assert conclude("Je vous envoie le fichier d'ici vendredi.", on=None).due is None
    assert said("Nous avons ces données depuis le 5 décembre.").due is None


def test_a_joined_file_counts_and_a_forgotten_one_is_told():
    assert said("Ci-joint le tableau.", files=("menus.csv",)).answer == "holds_sent"
    assert said("Ci-joint le tableau.", files=("menus.pdf",)).answer == "holds_partial"
    assert said("", files=("menus.csv",)).answer == "holds_sent"
    forgotten = said("Ci-joint le tableau.")
    assert forgotten.holds == "yes"
    assert forgotten.answer != "holds_sent"
    assert forgotten.warnings
    assert not said("Ci-joint le tableau.", files=("menus.csv",)).warnings
    assert said("Je n'ai pas ces données, je vous joins la délibération.", files=("delib.pdf",)).holds != "partly"
    assert said("Le lien pour télécharger le fichier : https://nuage.example/s/ab12").answer == "holds_sent"


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("Détenez-vous les menus scolaires ?", "hold"),
        ("> Votre service gère-t-il l'éclairage ?", "hold"),
        ("Si ce n'est pas le cas, savez-vous qui les détient ?", "who"),
        ("À qui dois-je m'adresser ?", "who"),
        ("Acceptez-vous que votre nom figure dans l'organigramme ?", "named"),
        ("Quand pourriez-vous les transmettre ?", "when"),
        ("Sous quelle forme sont-elles ?", "shape"),
        ("Faut-il l'accord d'un élu ?", "approval"),
        ("Merci d'avance.", ""),
    ],
)
def test_what_a_quoted_line_asks(question, about):
    assert asked_about(question) == about


def test_a_bare_word_answers_the_line_above():
    assert said("Non.", under="Détenez-vous les menus ?").holds == "no"
    assert said("Non.", under="L'accord d'un élu est-il nécessaire ?").holds == "unknown"
    assert said("Non.", under="Savez-vous qui les détient ?").answer == "knows_nobody"
    assert said("Oui", under="Acceptez-vous que votre nom figure sur la fiche ?").named == "yes"
    assert said("Non", under="Acceptez-vous que votre nom figure sur la fiche ?").named == "no"
    assert said("Oui", under="Acceptez-vous que votre nom figure sur la fiche ?").holds == "unknown"


def test_the_title_of_a_data_set_counts_as_data():
    assert said("Nous n'avons plus les lampadaires.", titles=("Les lampadaires de la ville",)).holds == "no"


def test_the_bare_text_keeps_the_place_of_each_letter():
    text = "Ç’est  l’Œuvre…\u00a0: g ça"
    plain = spelled_out(bare(text))
    assert plain.words == "c'est l'oeuvre... : j'ai ca"
    place = plain.words.index("oeuvre")
    span = plain.span(place, place + 6)
    assert text[span.start : span.end] == "Œuvre"
    place = plain.words.index("j'ai")
    span = plain.span(place, place + 4)
    assert text[span.start : span.end] == "g"


WORDS = sorted({word for half in SENTENCES.values() for sentence in half for word in sentence["text"].split()})
PROSE = st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(["\n", "\n\n", ",", "?", "!", "> ", "…"])), max_size=60).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(text=st.one_of(st.text(max_size=400), PROSE), question=st.text(max_size=80), on=st.one_of(st.none(), st.dates()))
def test_any_text_gives_a_conclusion_with_its_words_inside(text, question, on):
    got = conclude(text, pieces=(Piece(question=question, text=text[:50]),), files=[file("a.pdf")], on=on, titles=(question,))
    assert all(0 <= span.start < span.end <= len(text) for span in got.because)
    assert 0 <= got.confidence <= 1
    assert got.confidence >= SURE or (got.answer, got.holds) == ("", "unknown")
    assert got == conclude(text, pieces=(Piece(question=question, text=text[:50]),), files=[file("a.pdf")], on=on, titles=(question,))


@settings(max_examples=60, deadline=None)
@given(sentence=st.sampled_from(SENTENCES["tuned"]), noise=st.text(alphabet="\x00\ufeff\u200b\u0301'’>()[]{}|*~\\ \n", max_size=60))
def test_hostile_marks_around_an_answer_break_nothing(sentence, noise):
    got = conclude(noise + sentence["text"] + noise, on=ON)
    assert all(0 <= span.start < span.end for span in got.because)


@pytest.mark.parametrize(
    "bomb",
    [
        "je vous " * 25_000,
        "nous n'" * 30_000,
        "oui, non " * 22_000,
        "a " * 100_000,
        "pas de " * 28_000,
        "ne peux pas vous les les les " * 7_000,
        "c'est le service qui " * 9_500,
        "(" * 200_000,
        "le 1/1 " * 28_000,
        "\u0301" * 200_000,
        "il faut que je demande d'abord au maire et " * 4_600,
    ],
)
def test_two_hundred_thousand_letters_are_read_to_their_end(bomb):
    with must_end(2):
        assert conclude(bomb, on=ON).holds in ("yes", "partly", "no", "unknown")
