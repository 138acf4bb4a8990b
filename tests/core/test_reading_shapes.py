"""The same answer in every client's shape, as text, HTML or both, our letter known or not, in four charsets: the same words come out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.core.reading.mails import read_mail
from addin.core.reading.sent import Sent
from tests.core.mail_clients import CLIENTS, SUBJECT, lines, mail

ASKED = (
    "Bonjour,",
    "Référente données ouvertes de la ville, je recense les fichiers que nous devons publier avant la fin de l'année.",
    "Le jeu « Menus scolaires » est-il tenu par votre service ? Si oui, sous quelle forme ?",
    "Sinon, à qui dois-je m'adresser ? Un nom et un téléphone me suffisent.",
    "Je vous remercie de me répondre avant le 4 décembre.",
    "Bien cordialement,",
    "Claire Vasseur\nRéférente données ouvertes\nVille de Saint-Aubin, 02 99 00 00 01",
)
LETTER = Sent(lines(ASKED), SUBJECT, ("paul.morin@saint-aubin.example",))
ANSWERS = (
    ("Bonjour Claire,", "Oui, c'est bien nous. Je vous envoie le fichier demain.", "Cordialement,"),
    ("Non.",),
    (
        "Bonjour,",
        "Ce n'est pas nous : voyez Mme Anne LE GOFF (service éducation), a.legoff@saint-aubin.example, poste 4512.",
        "Bien à vous,",
    ),
    (
        "Le jeu « Menus scolaires » est tenu par la société Hydralis depuis 2024.",
        "Leur contact :\nM. Luc Petit\n02 40 11 22 33",
        "Bonne journée",
    ),
    (
        "Bonjour Madame,",
        "- le tableau des menus : oui\n- les allergènes : non",
        "Il faut l'accord de la directrice. À qui dois-je l'envoyer ?",
    ),
    ("Je ne sais pas, désolé !",),
    (
        "Le 2 mars dernier, Anne m'a écrit :\nles menus sont à jour.",
        "De la direction : rien à signaler.\nObjet : à préciser ensemble.",
        "Cdt",
    ),
    ("Déjà publié : https://data.saint-aubin.example/menus?annee=2026&x=1",),
)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def forms(client: str, answer: tuple[str, ...]) -> list[tuple[str, str]]:
    text, page = CLIENTS[client](answer, ASKED)
    return [form for form in ((text, ""), ("", page), (text, page)) if any(form)]


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer[-1][:20])
@pytest.mark.parametrize("client", CLIENTS)
def test_the_same_words_come_out_of_every_shape(client: str, answer: tuple[str, ...]) -> None:
    for text, page in forms(client, answer):
        for sent in ((), (LETTER,), (Sent("Tout autre chose, sans aucun rapport avec ce qui précède."), LETTER)):
            read = read_mail(mail(text, page), sent=sent)
            assert (squeezed(read.text), read.doubtful, read.warnings) == (squeezed(" ".join(answer)), False, ()), (bool(text), bool(page))


words = (
    st.text(st.sampled_from("abcdeéèàçœilmnoprstuv ,.'’-0123"), min_size=3, max_size=60)
    .map(squeezed)
    .filter(lambda s: any(map(str.isalpha, s)))
)


@settings(max_examples=150, deadline=None)
@given(
    client=st.sampled_from(sorted(CLIENTS)),
    said=st.lists(words.map(lambda s: f"Nous avons {s} ici."), min_size=1, max_size=4),
    charset=st.sampled_from(["utf-8", "iso-8859-15", "windows-1252", "utf-8"]),
    known=st.booleans(),
    signed=st.booleans(),
    form=st.integers(0, 2),
)
def test_any_words_in_any_charset(client: str, said: list[str], charset: str, known: bool, signed: bool, form: int) -> None:
    # "’" and "–" have no place in ISO-8859-15, nor U+FEFF anywhere but in Unicode.
    text, page = (
        part.replace("’", "'").replace("–", "-").replace("\ufeff", "")
        for part in forms(client, tuple(said))[form % len(forms(client, tuple(said)))]
    )
    read = read_mail(mail(text, page, charset=charset, signed=signed), sent=(LETTER,) if known else ())
    assert squeezed(read.text) == squeezed(" ".join(said)).replace("’", "'")
    assert (read.kind, read.doubtful, read.attachments) == ("answer", False, ())
