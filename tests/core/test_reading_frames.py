"""What stands around an answer: signatures without a formula, lists, legal texts, clients, help desks; and what must stay."""

import pytest

from addin.core.reading.incoming import Incoming
from addin.core.reading.mails import read_mail
from addin.core.reading.sent import Sent
from tests.core.mail_clients import ASKER, ASKER_ADDRESS, gmail, lines, mail, outlook
from tests.core.test_reading_shapes import ASKED, LETTER

QUOTE = f"Le 12/11/2026 à 09:00, {ASKER} <{ASKER_ADDRESS}> a écrit :\n{lines(ASKED, '> ')}"
FILE = "--b\nContent-Type: text/csv\nContent-Disposition: attachment; filename=menus.csv\n\na;b\n--b--\n"


def read(text: str, page: str = "", *, sent: tuple[Sent, ...] = (LETTER,), **headers: str) -> Incoming:
    return read_mail(mail(text, page, headers), sent=sent)


def with_file(body: str, sender: str) -> Incoming:
    head = f"From: {sender}\nSubject: RE: Menus\nIn-Reply-To: <1@x.test>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    text = f"--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}\n\n{QUOTE}\n"
    return read_mail((head + text + FILE).encode(), sent=(LETTER,))


OFFICE = "Mairie de Beaulieu <mairie@x.test>"
CLUB = "JC BARBIER <jcbarbier@x.test>"


@pytest.mark.parametrize("below", ["", QUOTE])
@pytest.mark.parametrize(
    ("sender", "block"),
    [
        (OFFICE, "La secrétaire\nMonique"),
        (OFFICE, "La secrétaire de mairie"),
        (OFFICE, "Le maire,\nJean Dubois"),
        (OFFICE, "Le brigadier-chef principal\nPolice municipale de Beaulieu"),
        (OFFICE, "Monique Lebrun, secrétaire de mairie"),
        (OFFICE, "Monique Lebrun\nSecrétaire de mairie"),
        (OFFICE, "Le secrétariat"),
        ("Urbanisme <urbanisme@x.test>", "Le service urbanisme"),
        (CLUB, "Jean-Claude BARBIER, président"),
        (CLUB, "Jean-Claude BARBIER - Président du club"),
        (CLUB, "Le président\nJean-Claude Barbier"),
    ],
)
def test_a_post_and_a_name_sign_without_a_formula(sender: str, block: str, below: str) -> None:
    found = read(f"Nous n'avons pas cette liste.\n\n{block}\n\n{below}", From=sender)
    assert (found.text, found.signature) == ("Nous n'avons pas cette liste.", block)


@pytest.mark.parametrize(
    ("sender", "said"),
    [
        (CLUB, "Ce n'est pas nous.\n\nLucie Chabert, directrice des sports"),
        (CLUB, "Ce n'est pas moi.\n\nLa directrice des sports\nLucie Chabert"),
        (OFFICE, "Voici ses coordonnées.\n\nLucie Chabert\nService des sports\n02 99 00 00 09"),
        (OFFICE, "Il faut contacter cette personne.\n\nLucie Chabert\nService des sports\n02 99 00 00 09"),
        (OFFICE, "Ce n'est pas nous.\n\nLucie Chabert, directrice, l.chabert@sports.test"),
        (OFFICE, "Ce n'est pas nous.\n\nLe service des sports"),
        (CLUB, "Ce n'est pas nous.\n\nLe service SIG de la ville"),
        (CLUB, "Deux services les tiennent.\n\nService des sports\nService culture"),
        (OFFICE, "Oui, les deux.\n\nPrésident : Paul\nSecrétaire : Anne"),
        (OFFICE, "Qui le tient :\n\nLa secrétaire\nMonique"),
        (OFFICE, "Nous n'avons rien.\n\nLe maire est d'accord."),
        (OFFICE, "Deux personnes.\n\n- Le maire\n- La secrétaire"),
    ],
)
def test_a_contact_that_ends_an_answer_stays(sender: str, said: str) -> None:
    assert read(said, From=sender).text == said


@pytest.mark.parametrize(
    "block", ["--\nLuc Pascual\nSIG mutualisé\n02 99 00 00 09", "-- \nLuc Pascual", "Luc PASCUAL\n\nDirection des finances"]
)
def test_a_file_without_a_word_leaves_no_text(block: str) -> None:
    found = with_file(block, "Luc Pascual <l.pascual@x.test>")
    assert found.attachments
    assert found.text == ""
    assert "Pascual" in found.signature.title()


@pytest.mark.parametrize(
    "said", ["Oui", "Voici", "Luc Pascual\n\nLe fichier est à jour.", "Anne Le Goff\nDirection des finances", "Fichier joint"]
)
def test_a_word_beside_a_file_stays(said: str) -> None:
    assert with_file(said, "Luc Pascual <l.pascual@x.test>").text.startswith(said.split("\n")[0])


RULE = "_______________________________________________"


@pytest.mark.parametrize("order", ["{said}\n\n{footer}\n\n{quote}", "{said}\n\n{quote}\n\n{footer}", "{said}\n\n{footer}"])
@pytest.mark.parametrize(
    "footer",
    [
        f"{RULE}\nResponsables mailing list -- responsables@listes.x.test\n"
        "To unsubscribe send an email to responsables-leave@listes.x.test",
        f"{RULE}\nListe referents\nreferents@listes.x.test\nDésabonnement : https://listes.x.test/sympa/signoff/referents\n"
        "Propriétaire : A. Roux, 02 99",
        f"{RULE}\nReferents mailing list\nReferents@lists.x.test\nhttps://lists.x.test/mailman/listinfo/referents",
        f"{RULE}\nPour se désinscrire : https://groupes.x.test/unsubscribe/referents\n{RULE}",
    ],
)
def test_a_list_footer_is_no_answer(footer: str, order: str) -> None:
    said = "Bonjour à tous,\n\nDans ma commune, non, rien n'a été relevé."
    found = read(order.format(said=said, footer=footer, quote=QUOTE))
    assert found.text == said
    assert read(order.format(said=f"{said}\n\nCordialement,\n\nPaul", footer=footer, quote=QUOTE)).text == f"{said}\n\nCordialement,"


def test_words_below_a_rule_or_about_a_list_stay() -> None:
    for said in (
        f"Oui.\n\n{RULE}\nPour les écoles, voyez plutôt Anne Le Goff.",
        "Je suis sur la mailing list des directeurs, je leur demande.",
        "La liste de diffusion est tenue par Anne.\n\nElle vous répondra.",
    ):
        assert read(said).text == said


@pytest.mark.parametrize(
    "above",
    [
        "Ce courriel et ses pièces jointes sont confidentiels, destinés exclusivement à la personne nommée : dpo@x.test.",
        "Ce message est confidentiel.\nToute diffusion non autorisée de ce courriel est interdite, sauf à son destinataire.",
        "This e-mail and any attachments are confidential and intended solely for the addressee.\n-----",
        "[EXTERNE]",
        "Ce courriel est confidentiel et destiné exclusivement à son destinataire.\n\nSi vous l'avez reçu par erreur, supprimez-le.",
        "[EXT]\n\nATTENTION : ce message provient de l'extérieur de l'organisation. Ne cliquez pas sur les liens.",
        f"{RULE}\nListe referents@listes.x.test\n{RULE}",
        "##- Veuillez taper votre réponse au-dessus de cette ligne -##",
        "--- Reply above this line ---",
    ],
)
def test_what_a_gateway_writes_above_is_no_answer(above: str) -> None:
    said = "Monsieur,\n\nNous avons les données des 11 bornes.\n\nCordialement,"
    found = read(f"{above}\n\n{said}\n\nPaul Morin\n\n{QUOTE}")
    assert (found.text, found.signature) == (said, "Paul Morin")
    assert read(f"[EXTERNE] {said}").text == said


@pytest.mark.parametrize(
    "said",
    [
        "Ce message ne m'est pas destiné, voyez le SIG.\n\nPaul est au courant.",
        "Toute diffusion de ces données est strictement interdite, elles sont confidentielles : je refuse.\n\nVoyez la DPO.",
        "Attention : le fichier externe n'est pas à jour.\n\nJe le referai.",
        "Les données sont confidentielles.\n\nJe ne peux pas les diffuser sans l'accord de la responsable.",
    ],
)
def test_an_opening_that_looks_like_a_banner_stays(said: str) -> None:
    assert read(said).text == said


@pytest.mark.parametrize(
    "line",
    [
        "Envoyé avec Spark <https://spark.example>",
        "Envoyé depuis Canary Mail",
        "Envoyé à partir de Edison Mail pour Android",
        "Envoyé avec la messagerie sécurisée Proton Mail.",
        "Envoyé depuis l'application Mail Orange",
        "Envoyé via BlueMail https://bluemail.example/x",
        "Envoyé avec eM Client",
        "Sent with Spark",
        "Sent securely with Tuta",
        "Écrit depuis mon téléphone",
    ],
)
def test_any_client_that_names_itself_is_no_answer(line: str) -> None:
    found = read(f"Oui, c'est nous.\n\n{line}\n\n{QUOTE}")
    assert (found.text, found.signature) == ("Oui, c'est nous.", line)


@pytest.mark.parametrize(
    "said",
    ["Envoyé via WeTransfer", "Envoyé avec le tableau de mars", "Envoyé depuis Rennes vendredi", "Envoyé à Anne ce matin", "Avec Spark"],
)
def test_words_about_a_sending_stay(said: str) -> None:
    assert read(f"Oui, c'est nous.\n\n{said}").text == f"Oui, c'est nous.\n\n{said}"


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    "frame",
    [
        "Ticket n° 771 : un agent a répondu à votre demande\n==========\n\n"
        "Auteur : Fabrice Hue\nDate : 18-11-2026 08:40\nSuivi :\n{said}\n\n"
        "==========\nDemande initiale :\n{asked}",
        "Auteur : Fabrice Hue\nDate : 18/11/2026\nRéponse : {said}\n\nRappel de votre demande :\n{asked}",
        "##- Merci de répondre au-dessus de cette ligne -##\n\n{said}\n\nDemande n° 4471 – état : Résolue\n"
        f"Message initial de {ASKER}, 23/11/2026 09:04 :\n{{asked}}",
    ],
)
def test_a_help_desk_frames_what_a_person_says(frame: str, known: bool) -> None:
    said = "Nous avons le plan des armoires, mais seule l'entreprise Luméa connaît les points : contact@lumea.test."
    assert read(frame.format(said=said, asked=lines(ASKED)), sent=(LETTER,) if known else ()).text == said


@pytest.mark.parametrize(
    "said",
    [
        "Auteur : service SIG\nDate : 2024\nFormat : CSV",
        "Bonjour,\n\nDate : 18/11/2026\nAuteur : Paul\n\nVoilà ce que dit le fichier.",
        "Solution : demander à Anne.",
        "Demande n° 4471 transmise à Anne, voyez avec elle.",
        "La demande initiale était trop vague : quel format ?",
    ],
)
def test_labels_that_describe_data_stay(said: str) -> None:
    assert read(said).text == said


@pytest.mark.parametrize("mark", ["/", "X", "RAS", "?", "Oui"])
def test_a_mark_typed_in_colour_in_the_quote_comes_out(mark: str) -> None:
    _, page = outlook(["Mes réponses en rouge dans votre message."], list(ASKED))
    page = page.replace("<p>Sinon", f"<p><span style='color:red'>{mark}</span></p><p>Sinon")
    found = read("", page)
    assert found.text == f"Mes réponses en rouge dans votre message.\n\n{mark}"


def test_an_answer_in_its_subject_leaks_nothing() -> None:
    for text, page in (gmail([], ASKED), outlook([], ASKED)):
        for body in ((text, ""), ("", page)):
            found = read(*body, Subject="Re: Menus => je ne l'ai pas, désolé")
            assert (found.kind, found.text) == ("answer", "")
            assert found.warnings
    typed = read(QUOTE.replace(ASKED[3], f"{ASKED[3]}\n> Anne"))
    assert "Anne" in typed.text


@pytest.mark.parametrize(
    "opening",
    [
        "Suite à votre message, voici ce que je sais.",
        "On m'a fait suivre ton message. C'est moi qui les tiens.",
        "Le secrétariat m'a transmis votre demande.",
        "Votre courriel m'a été transféré : c'est nous.",
        "J'ai pris connaissance de votre demande.",
        "Tu m'as demandé les menus.",
        "Je fais suite à votre courrier du 12.",
    ],
)
def test_a_new_thread_may_answer(opening: str) -> None:
    assert read(f"Bonjour,\n\n{opening}", Subject="Menus", **{"In-Reply-To": ""}).kind == "answer"


@pytest.mark.parametrize(
    "opening", ["Je vous transmets une invitation.", "Pourriez-vous me dire qui tient le budget ?", "À propos des menus."]
)
def test_a_new_thread_may_be_another_matter(opening: str) -> None:
    assert read(f"Bonjour,\n\n{opening}", Subject="Réunion", **{"In-Reply-To": ""}).kind == "other"
