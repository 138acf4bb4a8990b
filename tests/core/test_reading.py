"""What each mail says: forty-odd invented mails of the clients met in town halls, and any octets at all."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from addin.core.book import Book
from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.events import Event
from addin.core.messages import Message
from addin.core.reading.incoming import Bounced, Incoming, Mailbox, Person, to_json
from addin.core.reading.kinds import bare_subject
from addin.core.reading.lines import lines_of
from addin.core.reading.mailboxes import read_mailboxes
from addin.core.reading.mails import digest_of, looks_like_mail, read_mail
from addin.core.reading.pages.page import page_text
from addin.core.reading.quotes.cut import cut
from addin.core.reading.records import excerpt, mail_record
from addin.core.reading.threads import suggest, thread_of
from addin.core.reading.words import decoded_words
from tests.endless import must_end
from tests.people import NOW

MAILS = Path(__file__).parent / "mails"
ASKED = "demande-menus@saint-aubin.example"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YES = "Bonjour Claire,\n\nOui, c'est bien nous. Je vous envoie le fichier demain.\n\nCordialement,"


def mail(name: str) -> Incoming:
    return read_mail((MAILS / f"{name}.eml").read_bytes())


# one answer in the shape of each client: the same words must come out
@pytest.mark.parametrize(
    "name",
    [
        "anglais",
        "apple-anglais",
        "bluemind",
        "gmail",
        "gmail-android",
        "gmail-html-seul",
        "nextcloud",
        "notes",
        "orange",
        "outlook-ancien-latin1",
        "outlook-bureau",
        "outlook-web-html-seul",
        "sogo",
        "zimbra",
    ],
)
def test_the_same_answer_comes_out_of_every_client(name: str) -> None:
    read = mail(name)
    assert (read.kind, read.text, read.warnings) == ("answer", YES, ())
    assert read.sender == Mailbox("Paul Morin", "paul.morin@saint-aubin.example")
    assert read.to == (Mailbox("Claire Vasseur", "claire.vasseur@saint-aubin.example"),)
    assert bare_subject(read.subject) == "données relatives aux menus scolaires"
    assert read.date == datetime.fromisoformat("2026-11-23T10:20:00+01:00")


@pytest.mark.parametrize(
    ("name", "text", "signature"),
    [
        ("outlook-bureau", YES, "Paul Morin\nRestauration scolaire\n02 99 00 00 02"),
        ("outlook-mobile", "Oui, voir avec Anne Le Goff.", "Télécharger Outlook pour iOS <https://aka.example/o0ukef>"),
        ("iphone", "Oui c'est nous", "Envoyé de mon iPhone"),
        ("roundcube", "Oui.", ""),
        ("thunderbird-entre-les-lignes", "Non.\n\nOui : Anne Le Goff, à l'éducation.", "Paul"),
        ("thunderbird-html-seul", "Bonjour,\n\nLe fichier est sur le partage menus <file://serveur/menus>.", "Paul Morin"),
        (
            "thunderbird-sous-la-citation",
            "Non, ces données sont tenues par le service de l'éducation, qui les reçoit chaque semaine du prestataire.",
            "Paul Morin\nRestauration scolaire",
        ),
        ("thunderbird-transfert", "Voici la réponse de l'éducation.", ""),
        ("outlook-transfert-sans-un-mot", "", ""),
        ("transfert-en-piece-jointe", "Voir ci-joint.", ""),
        ("fichier-sans-un-mot", "", ""),
        ("fichiers-csv-xlsx", "Les fichiers sont joints.\n\nCordialement,", "Paul Morin"),
        ("iphone-fichier-au-milieu", "Voici le début :\net la suite arrive demain.", ""),
        ("liens-outlook", "Écrivez à anne.legoff@saint-aubin.example, ou voyez https://menus.example/x.", ""),
        (
            "pas-une-citation",
            "Le 2 mars dernier, Anne m'a écrit :\nles menus sont à jour.\n\n"
            "De la direction : rien à signaler.\nObjet : à préciser ensemble.\n\nBonne journée",
            "Paul",
        ),
        ("windows-1252", "L’export coûte 12 € – c’est tout.", ""),
        ("iso-8859-15", "Le cœur du fichier : 3 € le menu.", ""),
        ("sans-charset-8bit", "Voilà l'été déjà reçu.", ""),
        ("nul-et-controle", "Oui, c'est nous.", ""),
        ("signe-smime", "Oui, signé.", ""),
        ("tronque", "Oui, le fichier suit.", ""),
        ("nouveau-message", "Bonjour, voici une question : qui publie ?", "Paul"),
    ],
)
def test_text_and_signature(name: str, text: str, signature: str) -> None:
    read = mail(name)
    assert (read.text, read.signature, read.warnings) == (text, signature, ())


@pytest.mark.parametrize(
    ("name", "kept", "warning"),
    [
        ("citation-seule", "Mes réponses en bleu : oui.", "n’a pas pu être séparée"),
        ("chevrons-sans-origine", "> export --menus", "sont restées"),
        ("charset-inconnu", "Déjà envoyé.", "jeu de caractères"),
        ("frontiere-absente", "Un corps sans aucune frontière.", "abîmé"),
        ("scelle-smime", "", "chiffré ou scellé"),
        ("winmail", "Le tableau est joint.", "winmail.dat"),
        ("absence-de-donnees", "Rien n'est publié chez nous.", "fait penser à une absence"),
        ("invitation", "Je vous propose un point.", "calendrier"),
    ],
)
def test_doubts_are_said_and_the_text_stays_whole(name: str, kept: str, warning: str) -> None:
    read = mail(name)
    assert kept in read.text
    assert any(warning in words for words in read.warnings), read.warnings


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("bounce", ["refus-postfix", "refus-exchange-francais", "refus-qmail", "retard"]),
        ("receipt", ["accuse-lecture", "remise-reussie"]),
        ("rsvp", ["reponse-agenda-google"]),
        ("invitation", ["invitation"]),
        ("automatic", ["absence-exchange", "absence-sieve", "absence-sans-entete"]),
        ("forward", ["thunderbird-transfert", "outlook-transfert-sans-un-mot", "transfert-en-piece-jointe"]),
        ("answer", ["humain-auto-submitted-no", "outlook-bureau", "notes", "sans-identifiant", "mots-codes-coupes"]),
        ("other", ["nouveau-message", "absence-de-donnees", "chevrons-sans-origine"]),
    ],
)
def test_kind_is_told_by_the_headers(kind: str, names: list[str]) -> None:
    assert {name: mail(name).kind for name in names} == dict.fromkeys(names, kind)


@pytest.mark.parametrize(
    ("name", "bounced"),
    [
        ("refus-postfix", (Bounced("paul.morin@saint-aubin.example", permanent=True, status="5.1.1"),)),
        ("refus-exchange-francais", (Bounced("paul.morin@saint-aubin.example", permanent=True, status="5.1.10"),)),
        ("refus-qmail", (Bounced("paul.morin@saint-aubin.example", permanent=True, status=""),)),
        ("retard", (Bounced("paul.morin@saint-aubin.example", permanent=False, status="4.4.1"),)),
        ("remise-reussie", ()),
        ("gmail", ()),
    ],
)
def test_refused_addresses(name: str, bounced: tuple[Bounced, ...]) -> None:
    assert mail(name).bounced == bounced


def test_reports_name_the_letter_they_speak_of() -> None:
    assert {mail(name).original_message_id for name in ("refus-postfix", "refus-exchange-francais", "retard", "accuse-lecture")} == {ASKED}


@pytest.mark.parametrize(
    ("name", "files"),
    [
        (
            "fichiers-csv-xlsx",
            [("menus décembre.csv", "text/csv"), ("Été 2026.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")],
        ),
        ("fichier-sans-un-mot", [("menus.pdf", "application/pdf")]),
        ("iphone-fichier-au-milieu", [("menus.csv", "text/csv")]),
        ("transfert-en-piece-jointe", [("Les données.eml", "message/rfc822")]),
        ("signe-smime", []),
        ("invitation", []),
        ("refus-postfix", []),
        ("winmail", [("winmail.dat", "application/ms-tnef")]),
    ],
)
def test_joined_files(name: str, files: list[tuple[str, str]]) -> None:
    found = mail(name).attachments
    assert [(file.name, file.type) for file in found] == files
    assert all(file.size > 0 for file in found)


def test_size_is_that_of_the_decoded_file() -> None:
    assert mail("fichiers-csv-xlsx").attachments[1].size == 304


def test_words_of_headers() -> None:
    read = mail("mots-codes-coupes")
    assert read.sender == Mailbox("Hélène Le Goëff", "h.legoff@saint-aubin.example")
    assert read.subject == 'Ré : "menus" et goûters'
    assert mail("sans-charset-8bit").subject == "Données été"
    assert mail("sans-identifiant").date is None
    assert mail("sans-identifiant").to == ()


@pytest.mark.parametrize("name", [path.stem for path in sorted(MAILS.glob("*.eml"))])
def test_the_json_of_the_contract_has_every_key(name: str) -> None:
    shape = json.loads(json.dumps(to_json(mail(name), f"{name}.eml")))
    assert set(shape) >= {
        "file",
        "kind",
        "from",
        "to",
        "date",
        "subject",
        "message_id",
        "in_reply_to",
        "references",
        "text",
        "signature",
        "holds",
        "next",
        "attachments",
        "absent_until",
        "deputy",
        "bounced",
        "original_message_id",
        "rsvp",
        "warnings",
    }
    assert shape["holds"] == "unknown"
    assert shape["next"] == shape["rsvp"] == []
    assert shape["absent_until"] is shape["deputy"] is None
    assert shape["from"]["email"] == shape["from"]["email"].lower()
    assert shape["date"] is None or datetime.fromisoformat(shape["date"]).tzinfo


def test_what_a_mail_lacks_is_null_never_an_empty_text() -> None:
    for raw in (b"", b"From: a@b.example\n\n", b"Subject:\n\n \n"):
        shape = to_json(read_mail(raw))
        assert "" not in shape.values()
        assert (shape["file"], shape["subject"], shape["text"], shape["message_id"]) == (None, None, None, None)


def test_the_dashes_above_a_signature_are_no_part_of_it() -> None:
    read = read_mail(b"From: a@b.example\n\nOui.\n\nCordialement,\n\n-- \nAnne Le Goff\nMairie")
    assert (read.text, read.signature) == ("Oui.\n\nCordialement,", "Anne Le Goff\nMairie")


def test_json_of_what_a_later_reading_fills() -> None:
    full = Incoming(next=(Person(name="Anne", service="Éducation"),), deputy=Person(phone="01"), absent_until=date(2026, 12, 2))
    shape = to_json(full)
    assert shape["next"] == [{"name": "Anne", "email": None, "phone": None, "service": "Éducation"}]
    assert shape["deputy"] == {"name": None, "email": None, "phone": "01"}
    assert (shape["absent_until"], shape["from"]) == ("2026-12-02", None)


def test_the_digest_ignores_line_ends_and_the_mailbox_line() -> None:
    raw = (MAILS / "sans-identifiant.eml").read_bytes().replace(b"\r\n", b"\n")
    assert digest_of(raw) == digest_of(raw.replace(b"\n", b"\r\n")) == digest_of(b"From paul Mon Nov 23 10:20:00 2026\n" + raw + b"\n\n")
    assert digest_of(raw) != digest_of(raw.replace(b"Oui", b"Non"))


def test_looks_like_mail() -> None:
    assert all(looks_like_mail(path.read_bytes()) for path in MAILS.glob("*.eml"))
    assert not any(looks_like_mail(raw) for raw in (b"", b"\x89PNG\r\n", b"PK\x03\x04", b"nom;courriel\nPaul;p@x.test\n", b"<html>"))


@pytest.mark.parametrize("end", [None, 0.9, 0.6, 0.3, 0.1])
@pytest.mark.parametrize("name", ["fichiers-csv-xlsx", "refus-postfix", "gmail", "reponse-agenda-google"])
def test_a_mail_cut_short_is_read_as_far_as_it_goes(name: str, end: float | None) -> None:
    raw = (MAILS / f"{name}.eml").read_bytes()
    read = read_mail(raw[: int(len(raw) * end)] if end else raw)
    assert read.sender.email or end == 0.1


raws = st.one_of(
    st.binary(max_size=400),
    st.sampled_from(sorted(MAILS.glob("*.eml"))).flatmap(
        lambda path: st.tuples(st.integers(0, 4000), st.binary(max_size=12), st.integers(0, 40)).map(
            lambda cut: path.read_bytes()[: cut[0]] + cut[1] + path.read_bytes()[cut[0] + cut[2] :]
        )
    ),
    st.lists(
        st.sampled_from(
            [
                b"Content-Type: multipart/mixed; boundary=a\r\n",
                b"Content-Type: text/html; charset=idna\r\n",
                b"\r\n",
                b"--a\r\n",
                b"--a--\r\n",
                b"Content-Transfer-Encoding: base64\r\n",
                b"Content-Transfer-Encoding: x-uuencode\r\n",
                b"begin 644 a\r\n",
                b"=?utf-8?b?====?=",
                b"Subject: ",
                b'From: "<(@>,',
                b"Date: Mon, 99 Zzz 99999 99:99 +9999\r\n",
                b"Message-ID: <<>\r\n",
                b"\xff\xfe\x00\xed\xa0\x80",
                b"Content-Type: message/rfc822\r\n",
                b"Content-Type: multipart/report; report-type=delivery-status; boundary=a\r\n",
                b"Content-Type: message/delivery-status\r\n",
                b"Final-Recipient: rfc822; <a@b>\r\n",
                b"> Le 1 a \xc3\xa9crit :\r\n",
                b"<style><a href='x",
                b"Content-Disposition: attachment; filename*0*=utf-8''%; filename*1=b\r\n",
                b"Content-Type: text/plain; format=flowed; delsp=yes\r\n",
            ]
        ),
        max_size=25,
    ).map(b"".join),
)


@settings(max_examples=400, deadline=None)
@given(raw=raws)
@example(raw=b"")
@example(raw=b"From: x\nContent-Type: text/plain; charset=utf-8*\n\n\xff")
def test_no_octets_make_it_raise(raw: bytes) -> None:
    read = read_mail(raw)
    shape = json.dumps(to_json(read), ensure_ascii=False)
    shape.encode("utf-8")
    assert "\x00" not in read.text + read.subject
    assert "\\u0000" not in shape
    assert read == read_mail(raw)
    if looks_like_mail(raw):
        mail_record(read, id="m", at=NOW, action="a")


@pytest.mark.parametrize(
    "raw",
    [
        b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3000)) + b"\nhi",
        b"Content-Type: message/rfc822\n\n" * 3000,
        b"Content-Type: text/html\n\n" + b"<head><style>" * 40_000,
        b"Content-Type: text/html\n\n" + b"<" * 500_000,
        b"Content-Type: text/plain\n\n" + b"-- \n" * 60_000,
        b"Content-Type: text/plain\n\n" + b"a@b<mailto:" * 20_000,
        b"Content-Type: text/plain\n\n" + b"Le 2 mars 2026, Paul a\n" * 9_000,
        b"From: " + b"(" * 200_000 + b"\n\n",
        b"Subject: " + b"re:" * 100_000 + b"\n\n",
    ],
    ids=["boîtes", "messages", "styles", "chevrons", "signatures", "liens", "attributions", "parenthèses", "préfixes"],
)
def test_hostile_mail_is_read_to_its_end(raw: bytes) -> None:
    with must_end(2):
        read = read_mail(b"From: a@b.example\n" + raw)
    assert read.digest


# the answer never loses a line that is neither quoted nor a signature
@settings(max_examples=200, deadline=None)
@given(
    answer=st.lists(
        st.sampled_from(["Oui.", "Non, voir avec Anne.", "Le fichier : menus.csv", "", "12 € par menu", "Qui ?"]), min_size=1, max_size=6
    ),
    quoted=st.lists(st.sampled_from(["Le détenez-vous ?", "", "Bonjour,", "> encore"]), min_size=1, max_size=5),
)
def test_answer_and_quote_are_parted(answer: list[str], quoted: list[str]) -> None:
    words = "\n".join(answer).strip()
    body = f"{words}\n\nLe 12/11/2026 à 09:00, Claire Vasseur a écrit :\n" + "\n".join(f"> {line}" for line in quoted)
    found = cut(lines_of(body), answer=True)
    if words:
        assert found.text.split() == words.split()
    else:
        assert found.warnings


@given(st.text(max_size=200))
def test_encoded_words_never_raise(text: str) -> None:
    decoded_words(f"=?utf-8?q?{text}?= =?x?b?{text}?=")


@pytest.mark.parametrize(
    ("header", "boxes"),
    [
        ("paul@x.test", [("", "paul@x.test")]),
        ('"Morin, Paul" <P@X.test>, Anne <a@x.test>', [("Morin, Paul", "p@x.test"), ("Anne", "a@x.test")]),
        ("p@x.test (Paul (le chef) Morin)", [("Paul (le chef) Morin", "p@x.test")]),
        ("Équipe: a@x.test, B <b@x.test>;", [("", "a@x.test"), ("B", "b@x.test")]),
        ("undisclosed-recipients:;", []),
        ("'Paul' <p@x.test>; <a@x.test>", [("Paul", "p@x.test"), ("", "a@x.test")]),
        ('"Paul" Morin" <p@x.test>', [('Paul" Morin', "p@x.test")]),
        ("Service des sports", [("Service des sports", "")]),
    ],
)
def test_mailboxes(header: str, boxes: list[tuple[str, str]]) -> None:
    assert list(read_mailboxes(header)) == boxes


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Un</p><p>Deux</p>", "Un\n\nDeux"),
        ("Un<br>Deux<div>Trois</div>", "Un\nDeux\nTrois"),
        ("<ul><li>Un<li>Deux</ul>", "- Un\n- Deux"),
        ("<a href='https://x.test/a'>le site</a>", "le site <https://x.test/a>"),
        ("<a href='mailto:a@x.test?subject=b'>a@x.test</a>", "a@x.test"),
        ("<a href='javascript:alert(1)'>ici</a>", "ici"),
        ("<script>mal()</script><style>p{}</style>Bon", "Bon"),
        ("<blockquote>Un<blockquote>Deux</blockquote></blockquote>Trois", "> Un\n>\n> > Deux\n\nTrois"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\tb"),
        ("caf&eacute; &lt;b&gt; &#233; 1 < 2", "café <b> é 1 < 2"),
        ('<img alt="a>b">vu', "vu"),
        ("<p>ouvert", "ouvert"),
    ],
)
def test_pages(html: str, text: str) -> None:
    assert page_text(html) == text


PAUL = Contact(id="paul", name="Paul Morin", emails=("paul.morin@saint-aubin.example",))
BOOK = Book(
    contacts={"paul": PAUL},
    datasets={"menus": Dataset(id="menus", title="Menus")},
    messages={
        "lettre": Message(id="lettre", way="out", at=NOW, message_id=ASKED, subject="Données relatives aux menus scolaires", state="sent"),
        "autre": Message(id="autre", way="out", at=NOW, message_id="autre@x.test", state="prepared"),
    },
    events=(Event(id="e1", at=NOW, type="asked", action="a1", contact="paul", dataset="menus", message="lettre"),),
)


def test_the_thread_is_found_by_any_of_its_ids() -> None:
    ours = BOOK.messages["lettre"]
    assert thread_of(mail("gmail"), BOOK) == ours
    assert thread_of(mail("refus-postfix"), BOOK) == ours
    assert thread_of(Incoming(references=("loin", ASKED, "x")), BOOK) == ours
    assert thread_of(Incoming(references=(ASKED, "autre@x.test")), BOOK) == BOOK.messages["autre"]
    assert thread_of(mail("nouveau-message"), BOOK) is None


def test_a_mail_without_thread_is_only_a_suggestion() -> None:
    sure, unsure = mail("notes"), mail("nouveau-message")
    assert [(s.contact, s.dataset, s.sure) for s in suggest(sure, BOOK)] == [("paul", "menus", True)]
    assert [(s.contact, s.dataset, s.sure) for s in suggest(unsure, BOOK)] == [("paul", "menus", False)]
    assert suggest(mail("mots-codes-coupes"), BOOK) == ()


def test_nothing_of_an_absence_is_kept() -> None:
    kept = mail_record(mail("absence-exchange"), id="m", at=NOW, action="a")
    assert "maternité" not in json.dumps([kept.subject, kept.excerpt, kept.text, kept.note])
    assert kept.message_id == "ooo@clients.example"


def test_excerpts_are_short() -> None:
    assert excerpt("Oui,\n\n  demain.") == "Oui, demain."
    assert len(excerpt("mot " * 200)) == 280
