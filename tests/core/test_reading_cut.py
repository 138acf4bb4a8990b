"""Where an answer begins and ends: between quoted lines, below them, above a signature, a footer, a forward; what is said in doubt."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.core.reading.flowed import unflowed
from addin.core.reading.incoming import Forwarded, Incoming, Mailbox, Piece
from addin.core.reading.lines import lines_of
from addin.core.reading.mails import read_mail
from addin.core.reading.quotes.cut import cut
from addin.core.reading.sent import Sent
from addin.core.reading.tickets import ticket_of
from addin.core.reading.tnef import files_inside
from tests.core.mail_clients import ASKER, ASKER_ADDRESS, SUBJECT, gmail, lines, mail, outlook
from tests.core.test_reading_shapes import ASKED, LETTER, squeezed

ATTRIBUTION = f"Le 12/11/2026 à 09:00, {ASKER} a écrit :"
FORM = "Si oui, sous quelle forme ?"
WHO = "Sinon, à qui dois-je m'adresser ?"


def read(text: str, page: str = "", *, sent: tuple[Sent, ...] = (LETTER,), **headers: str) -> Incoming:
    return read_mail(mail(text, page, headers), sent=sent)


def quoted(*paragraphs: str) -> str:
    return lines(paragraphs, "> ")


INLINE = f"{ATTRIBUTION}\n{quoted(*ASKED[:3])}\n\nOui, un tableur.\n\n{quoted(ASKED[3])}\n\nNon.\n\n{quoted(*ASKED[4:])}\n\nPaul\n"
BARE_INLINE = "\n\n".join(["Bonjour, voici.", *ASKED[1:3], "Oui, un tableur.", ASKED[3], "Non.", *ASKED[4:]])


@pytest.mark.parametrize("known", [True, False])
def test_answers_between_prefixed_lines_keep_their_questions(known: bool) -> None:
    found = read(INLINE, sent=(LETTER,) if known else ())
    assert (found.text, found.signature) == ("Oui, un tableur.\n\nNon.", "Paul")
    assert found.pieces == (Piece(FORM, "Oui, un tableur."), Piece(WHO, "Non."))
    assert not found.doubtful


@pytest.mark.parametrize(
    "reshape", [lambda text: text, lambda text: text.replace("\n\n", "\n"), lambda text: text.replace("’", "'").upper()]
)
def test_our_own_lines_are_taken_off_without_any_mark(reshape: object) -> None:
    found = read(reshape(BARE_INLINE))  # type: ignore[operator]
    assert squeezed(found.text).lower() == "bonjour, voici. oui, un tableur. non."
    assert [piece.question.lower() for piece in found.pieces] == [FORM.lower(), WHO.lower()]
    assert not found.doubtful


def test_answers_typed_inside_an_outlook_quote_come_out() -> None:
    asked = [*ASKED[:2], ASKED[2] + " OUI sous Excel", ASKED[3], "Anne Le Goff, au service de la vie scolaire.", *ASKED[4:]]
    for text, page in ((outlook(["Voir ci-dessous."], asked)[0], ""), ("", outlook(["Voir ci-dessous."], asked)[1])):
        found = read(text, page)
        assert squeezed(found.text) == "Voir ci-dessous. OUI sous Excel Anne Le Goff, au service de la vie scolaire."
        assert not found.doubtful


@pytest.mark.parametrize("colour", ["color:#0070C0", "color:blue", "color: rgb(0, 32, 240)", "color:red"])
def test_a_colour_stands_for_what_we_do_not_know(colour: str) -> None:
    named = "rouge" if "red" in colour else "bleu"
    text, page = outlook([f"Mes réponses en {named} ci-dessous."], list(ASKED))
    page = page.replace("<p>Sinon", f"<p><span style='{colour}'>Oui, un tableur.</span></p><p>Sinon")
    found = read("", page, sent=())
    assert found.text == f"Mes réponses en {named} ci-dessous.\n\nOui, un tableur."
    lost = read(text, sent=())
    assert lost.doubtful
    assert any("relisez" in warning for warning in lost.warnings)


def test_our_coloured_signature_is_no_answer() -> None:
    _, page = outlook(["Je vous réponds ci-dessous."], list(ASKED))
    found = read("", page.replace("<p>Claire Vasseur", "<p style='color:#0070C0'>Claire Vasseur"), sent=())
    assert found.text == "Je vous réponds ci-dessous."


@pytest.mark.parametrize(
    "separator",
    [
        "",
        "=== Message de Claire Vasseur du 12/11 ===",
        f"Claire Vasseur <{ASKER_ADDRESS}> a écrit le 12 novembre :",
        f"{ASKER_ADDRESS}, hier :",
    ],
)
def test_an_unknown_client_is_read_by_alignment(separator: str) -> None:
    found = read(f"Non, voyez le SIG.\n\nPaul\n\n{separator}\n\n{lines(ASKED)}\n\nService informatique de la ville, 02 99 00 00 01")
    assert (found.text, found.signature, found.doubtful) == ("Non, voyez le SIG.", "Paul", False)


def test_the_chain_below_is_nobodys_answer() -> None:
    old = "De : Anne Le Goff <a@x.test>\nEnvoyé : lundi\nÀ : Paul\nObjet : RE\n\nOui c'est nous, voir Luc Petit au 02 40 11 22 33."
    for sent in ((), (LETTER,), (LETTER, Sent("Oui c'est nous, voir Luc Petit au 02 40 11 22 33."))):
        found = read(f"Non.\n\n{old}\n\nDe : {ASKER}\nEnvoyé : lundi\nÀ : Anne\nObjet : {SUBJECT}\n\n{lines(ASKED)}", sent=sent)
        assert (found.text, found.doubtful) == ("Non.", False)


def test_words_of_ours_in_a_sentence_stay() -> None:
    said = "Le jeu « Menus scolaires » est tenu par votre service informatique, pas par moi."
    assert read(f"{said}\n\n{ATTRIBUTION}\n{quoted(*ASKED)}").text == said


def test_what_may_be_a_leak_is_said() -> None:
    found = read(
        f"Vous dites « à qui dois-je m'adresser ? Un nom et un téléphone me suffisent » : Anne.\n\n{ATTRIBUTION}\n{quoted(*ASKED)}"
    )
    assert found.doubtful
    assert found.warnings


# signatures
@pytest.mark.parametrize(
    ("body", "text", "signature"),
    [
        ("Oui.\n\nPaul", "Oui.", "Paul"),
        ("Oui.\n\nPaul Morin\nRestauration scolaire\n02 99 00 00 02", "Oui.", "Paul Morin\nRestauration scolaire\n02 99 00 00 02"),
        ("Oui.\n\nPM", "Oui.", "PM"),
        ("Oui.\nP. Morin", "Oui.", "P. Morin"),
        ("Oui.\n\nMORIN Paul - Service éducation", "Oui.", "MORIN Paul - Service éducation"),
        ("Oui.\n\nMerci et bonne journée à vous,\n\nPaul", "Oui.\n\nMerci et bonne journée à vous,", "Paul"),
        ("Oui.\n\nCordialement Paul Morin", "Oui.\n\nCordialement", "Paul Morin"),
        ("Oui.\n\nCdt,\nPaul\n\nPS : le fichier suit.", "Oui.\n\nCdt,\n\nPS : le fichier suit.", "Paul"),
        (
            "Oui.\n\nJe vous prie d'agréer, Madame, l'expression de mes salutations distinguées.\n\nLe maire\nPaul Morin",
            "Oui.\n\nJe vous prie d'agréer, Madame, l'expression de mes salutations distinguées.",
            "Le maire\nPaul Morin",
        ),
        ("Oui.\n\nEnvoyé depuis mon appareil Galaxy", "Oui.", "Envoyé depuis mon appareil Galaxy"),
        ("Oui.\n\nSent from my iPhone", "Oui.", "Sent from my iPhone"),
        ("Oui.\n\n--\nPaul\nMairie", "Oui.", "Paul\nMairie"),
        ("Merci", "Merci", ""),
        ("Oui.\n\nMerci\n\nLe fichier est joint", "Oui.\n\nMerci\n\nLe fichier est joint", ""),
        ("Voyez :\n\nSophie Marchand\nService SIG\n02 40 11 22 33", "Voyez :\n\nSophie Marchand\nService SIG\n02 40 11 22 33", ""),
        ("Voyez :\nSophie Marchand\nService SIG\n\nBien à vous\n\nPaul", "Voyez :\nSophie Marchand\nService SIG\n\nBien à vous", "Paul"),
        ("Bonne journée,\n\nSophie Marchand vous répondra lundi.", "Bonne journée,\n\nSophie Marchand vous répondra lundi.", ""),
        ("Paul", "Paul", ""),
    ],
)
def test_signatures(body: str, text: str, signature: str) -> None:
    found = read(body)
    assert (found.text, found.signature) == (text, signature)


LEGAL = (
    "Ce message et ses pièces jointes sont confidentiels et destinés exclusivement à leur destinataire : dpo@x.test, 02 99 99 99 99.",
    "Ce courriel est établi à l'intention exclusive de ses destinataires.\nSi vous l'avez reçu par erreur, merci de le détruire.",
    "P Avant d'imprimer, pensez à l'environnement",
    "🌳 Adoptez l'éco-attitude : n'imprimez ce courriel que si c'est nécessaire",
    "Cet e-mail a été vérifié par le logiciel antivirus d'Avast.\nwww.avast.com",
    "L'absence de virus dans ce courrier électronique a été vérifiée par le logiciel antivirus Avast.",
    "Droit à la déconnexion : si vous recevez ce courriel hors de vos heures de travail, n'y répondez pas.",
    "This e-mail and any attachments are confidential and intended solely for the addressee. If received in error, delete it.",
    "Secretaires mailing list\nsecretaires@listes.test",
)


@pytest.mark.parametrize("rule", ["", "________________________________\n", "*****\n", "-----\n"])
@pytest.mark.parametrize("footer", LEGAL)
def test_footers_are_no_answer(footer: str, rule: str) -> None:
    for body in ("Voyez Anne Le Goff.", "Voyez Anne Le Goff.\n\nCordialement,\n\nPaul Morin"):
        found = read(f"{body}\n\n{rule}{footer}")
        assert found.text == body.removesuffix("\n\nPaul Morin")
        assert "99 99" not in found.signature


@pytest.mark.parametrize(
    "said",
    [
        "Ce message ne m'est pas destiné, voyez le SIG.",
        "Ce courriel a été transmis à Anne.",
        "Les informations contenues dans ce fichier sont confidentielles : je refuse de les diffuser.",
        "Attention : le fichier externe n'est pas à jour.",
        "Pensez à prévenir Anne.",
        "Ce document est confidentiel et à usage interne uniquement.",
    ],
)
def test_answers_that_look_like_footers_stay(said: str) -> None:
    assert read(f"Bonjour,\n\n{said}\n\nBonne journée,\n\nPaul").text == f"Bonjour,\n\n{said}\n\nBonne journée,"
    assert read(said).text == said


def test_a_warning_about_outside_mail_is_no_answer() -> None:
    banner = "ATTENTION : ce message provient de l'extérieur de l'organisation. Ne cliquez pas sur les liens."
    assert read(f"{banner}\n\nOui.").text == "Oui."
    assert read("", f"<table><tr><td>{banner}</td></tr></table><p>Oui.</p>").text == "Oui."


def test_marked_signatures() -> None:
    for mark in ('class="gmail_signature"', 'id="Signature"', 'id="x_Signature"', 'data-marker="__SIG_POST__"', 'id="_rc_sig"'):
        found = read("", f"<div>Oui.</div><div {mark}><p>Cordialement,</p><p>Luc P.</p><p>02 99 00 00 02</p></div>")
        assert (found.text, found.signature) == ("Oui.\nCordialement,", "Luc P.\n\n02 99 00 00 02"), mark
    assert read("", '<div id="Signature"><p>Oui, c\'est nous.</p></div>').text == "Oui, c'est nous."


# forwards
def test_what_a_forward_hands_on() -> None:
    handed = f"C'est moi, 02 99 00 00 02.\n\nCordialement,\nAnne\n\nLe 20/11/2026 à 09:00, Paul a écrit :\n{quoted(*ASKED)}"
    head = "De : Anne Le Goff <Anne@x.test>\nDate : lun. 23 nov. 2026 à 09:00\nSujet : Re: menus\nÀ : Paul <p@x.test>"
    for separator in ("---------- Forwarded message ---------", "-------- Message transféré --------", "Début du message réexpédié :"):
        found = read(f"Voici sa réponse.\n\n{separator}\n{head}\n\n{handed}", Subject="TR : menus")
        assert (found.kind, found.text) == ("forward", "Voici sa réponse.")
        assert found.forwarded == Forwarded(Mailbox("Anne Le Goff", "anne@x.test"), "C'est moi, 02 99 00 00 02.\n\nCordialement,")


def test_a_forward_of_a_forward_gives_the_words() -> None:
    head = "De : {0} <{0}@x.test>\nEnvoyé : lundi\nÀ : Paul\nObjet : TR: x\n\n"
    found = read(head.format("Anne") + head.format("Julie") + "C'est moi.\nJulie", Subject="TR: TR: x")
    assert (found.text, found.forwarded) == ("", Forwarded(Mailbox("Julie", "julie@x.test"), "C'est moi."))


def test_a_joined_mail_is_handed_on() -> None:
    inner = b"From: Anne <anne@x.test>\nSubject: menus\nContent-Type: text/plain; charset=utf-8\n\nC'est moi.\n\nAnne"
    raw = b"From: p@x.test\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nVoir ci-joint.\n--b\n"
    found = read_mail(raw + b"Content-Type: message/rfc822\n\n" + inner + b"\n--b--\n")
    assert (found.kind, found.text, found.forwarded) == (
        "forward",
        "Voir ci-joint.",
        Forwarded(Mailbox("Anne", "anne@x.test"), "C'est moi."),
    )


def test_an_answer_hands_nothing_on() -> None:
    for text, page in (outlook(["Oui."], ASKED), gmail(["Oui."], ASKED)):
        assert read(text).forwarded is None
        assert read("", page).forwarded is None


# kinds that words alone tell
@pytest.mark.parametrize(
    ("kind", "subject", "body", "headers"),
    [
        ("automatic", "Absent : RE: Données", "Je suis absente jusqu'au 4 décembre.", {}),
        ("automatic", "Congés", "Bonjour, je suis actuellement en congés, de retour le 7.", {}),
        ("automatic", "RE: Données", "Message automatique\n\nJe suis absent.", {}),
        ("automatic", "RE: Données", "Ceci est une réponse automatique. Je suis absent.", {}),
        ("automatic", "[GLPI #0001234] Nouveau ticket", "Votre demande a bien été enregistrée.", {"From": "ne-pas-repondre@x.test"}),
        ("receipt", "Lu : Données", "Votre message\n\n À : Paul\n Objet : Données\n\na été lu le lundi 23 novembre 2026 10:20.", {}),
        ("answer", "RE: Données", "Nous avons bien reçu votre message, la réponse est oui.", {}),
        ("answer", "RE: Données", "Le message automatique que vous avez reçu était une erreur : je suis là.", {}),
        ("answer", "RE: Absence de données", "Je suis désolé, nous n'avons rien.", {}),
        ("answer", "RE: Données", "Oui.", {"Precedence": "bulk", "List-Id": "<secretaires.x.test>"}),
        ("answer", "RE: Données", "Oui.", {"X-Auto-Response-Suppress": "DR, RN, NRN, OOF"}),
        ("answer", "RE: Non remis : Données", "Mon ancienne adresse ne marche plus, la voici.", {}),
        ("answer", "RE: Données", "Je serai absent lundi, mais oui, c'est nous.", {}),
        ("answer", "Arbres", "Suite à votre demande : j'ai l'inventaire.", {"In-Reply-To": ""}),
        ("other", "Arbres", "Je vous écris pour une autre affaire.", {"In-Reply-To": ""}),
    ],
)
def test_kinds_told_by_words(kind: str, subject: str, body: str, headers: dict[str, str]) -> None:
    assert read_mail(mail(body, "", {"Subject": subject} | headers)).kind == kind


@pytest.mark.parametrize(
    ("subject", "text", "number"),
    [
        ("[GLPI #0012345] Nouveau suivi : menus", "", "0012345"),
        ("[Ticket#2026112400012] RE: menus", "", "2026112400012"),
        ("Ticket n° 4512 : menus", "", "4512"),
        ("RE: [SUP-123] menus", "", "SUP-123"),
        ("INC0012345 - menus", "", "INC0012345"),
        ("Accusé de réception", "Votre demande a bien été enregistrée sous le numéro 2026-4512.", "2026-4512"),
        ("Menus 2026", "", ""),
        ("RE: demande du 12/11/2026", "", ""),
        ("Budget [2026]", "", ""),
    ],
)
def test_ticket_numbers(subject: str, text: str, number: str) -> None:
    assert ticket_of(subject, text) == number


@pytest.mark.parametrize(
    ("text", "delsp", "joined"),
    [
        ("un long \ntexte", False, "un long texte"),
        ("un lo \nng", True, "un long"),
        (" > pas une citation\n From moi", False, "> pas une citation\nFrom moi"),
        (">> a \n>> b\n> c", False, ">> a b\n> c"),
        ("a \n-- \nPaul", False, "a \n-- \nPaul"),
        ("-- \nPaul \nMorin", False, "-- \nPaul Morin"),
    ],
)
def test_flowed_texts(text: str, delsp: bool, joined: str) -> None:
    assert unflowed(text, delsp=delsp) == joined


def attribute(level: int, number: int, data: bytes) -> bytes:
    return bytes([level]) + number.to_bytes(4, "little") + len(data).to_bytes(4, "little") + data + b"\0\0"


def long_name(name: str) -> bytes:
    data = (name + "\0").encode("utf-16-le")
    padded = data + b"\0" * (-len(data) % 4)
    return (1).to_bytes(4, "little") + b"\x1f\x00\x07\x37" + (1).to_bytes(4, "little") + len(data).to_bytes(4, "little") + padded


WINMAIL = (
    b"\x78\x9f\x3e\x22\x01\x00"
    + attribute(1, 0x00089006, b"\0\0\1\0")
    + attribute(2, 0x00069002, b"\0" * 14)
    + attribute(2, 0x00018010, b"MENUS~1.XLS\0")
    + attribute(2, 0x0006800F, b"x" * 321)
    + attribute(2, 0x00069005, long_name("Menus d'été.xlsx"))
)


def test_the_files_of_a_winmail_are_named() -> None:
    raw = mail("Ci-joint.", "")
    assert [(file.name, file.size) for file in files_inside(WINMAIL)] == [("Menus d'été.xlsx", 321)]
    head, _, body = raw.partition(b"\n\n")
    kept = b"\n".join(line for line in head.split(b"\n") if not line.lower().startswith((b"content-", b"mime")))
    mixed = b"\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n"
    joined = b'\n--b\nContent-Type: application/ms-tnef; name="winmail.dat"\nContent-Transfer-Encoding: 8bit\n\n'
    whole = kept + mixed + body + joined + WINMAIL + b"\n--b--\n"
    found = read_mail(whole)
    assert [file.name for file in found.attachments] == ["Menus d'été.xlsx"]
    assert any("winmail.dat" in warning for warning in found.warnings)


@given(st.binary(max_size=200), st.integers(0, len(WINMAIL)))
def test_any_winmail_is_read_without_harm(noise: bytes, place: int) -> None:
    files_inside(WINMAIL[:place] + noise + WINMAIL[place:])


LINES = [
    "Oui.",
    "",
    "> a",
    "De : x",
    "Date : y",
    "Objet : z",
    ATTRIBUTION,
    *ASKED,
    "Cordialement,",
    "Paul",
    "-- ",
    "Ce message est confidentiel",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=20), st.booleans(), st.booleans(), st.booleans())
def test_any_order_of_lines_gives_an_answer(body: list[str], answer: bool, forward: bool, files: bool) -> None:
    text = "\n".join(body)
    found = cut(lines_of(text), answer=answer, forward=forward, bare_file=files, sent=(LETTER,))
    assert "\n\n\n" not in found.text
    if text.strip() and not forward and not files:
        assert found.text or found.signature or (answer and found.quoted and found.warnings)
