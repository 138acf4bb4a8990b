"""The path of a newcomer, from the first run to the four sessions, walked as a person does; each step is looked at."""

import email
import zipfile
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import cast

import pytest
from icalendar import Calendar

from tests.pane.album import Album
from tests.pane.conftest import MakePane
from tests.pane.driver import Pane
from tests.pane.mails import answer_to
from tests.pane.servers import Server

DATASETS = """titre;thème;niveau;service;courriel du contact;rang
Menus scolaires;Enfance;2;Restauration scolaire;paul.morin@saint-aubin.example;1
Éclairage public;Environnement;3;Services techniques;;2
Subventions aux associations;Vie associative;1;;;3
"""
CONTACTS = """nom;courriel;service;civilité
Paul Morin;paul.morin@saint-aubin.example;Restauration scolaire;monsieur
Direction des services techniques;dst@saint-aubin.example;Services techniques;
"""


def draft_of(path: Path) -> EmailMessage:
    return cast(EmailMessage, email.message_from_bytes(path.read_bytes(), policy=default))


def send_as_draft(pane: Pane, folder: Path) -> EmailMessage:
    """Take the letter out as a draft, then say that it left."""
    path = pane.download("Ouvrir le brouillon", folder)
    pane.page.get_by_role("heading", name="Brouillon téléchargé").wait_for()
    draft = draft_of(path)
    assert draft["X-Unsent"] == "1"
    pane.go("C’est envoyé")
    assert pane.heading() == "Aujourd’hui"
    return draft


def tree_of(pane: Pane, title: str) -> str:
    """Give the chain of a data set as its nested list reads."""
    return pane.main.locator("#chains > li").filter(has_text=title).inner_text()


@pytest.mark.parametrize("size", ["narrow", "wide"])
def test_from_the_first_run_to_the_four_sessions(empty_server: Server, make_pane: MakePane, tmp_path: Path, size: str) -> None:
    pane = make_pane(empty_server, size=size)
    album = Album(pane, size)
    page = pane.page
    pane.open()

    # first run: at most five questions
    assert pane.heading() == "Bienvenue"
    questions = [text.strip() for text in page.locator("#main label, #main legend").all_inner_texts()]
    assert [text[:2] for text in questions if text[:1].isdigit()] == ["1.", "2.", "3.", "4.", "5."]
    album.keep("bienvenue")
    page.get_by_label("1. Votre collectivité").fill("Ville de Saint-Aubin")
    page.get_by_label("2. Votre département").select_option("35")
    page.get_by_label("Civilité").select_option("madame")
    page.get_by_label("Prénom et nom").fill("Claire Vasseur")
    page.get_by_label("4. Votre courriel").fill("claire.vasseur@saint-aubin.example")
    page.get_by_label("5. Qui a décidé le projet").fill("Hélène Caradec, maire")
    pane.go("Commencer")
    assert pane.heading() == "Aujourd’hui"
    album.keep("aujourd-hui")

    # profile: what was typed is there, and is completed once
    pane.tab("Réglages")
    assert page.get_by_label("Nom de la collectivité").input_value() == "Ville de Saint-Aubin"
    page.get_by_label("Téléphone").fill("02 99 00 00 01")
    page.get_by_label("Lieu habituel des réunions").fill("Salle des Tilleuls, mairie")
    album.keep("reglages")
    pane.go("Enregistrer")

    # stage 1: the guard holds while a blank remains; then the letter is inserted
    pane.tab("Étapes")
    album.keep("etapes")
    pane.go("Lancer")
    album.keep("etape-1")
    page.locator("main section[aria-labelledby=letters] a").first.click()
    page.wait_for_selector("#sheet")
    pane.settled()
    assert page.locator("#sheet mark").count() > 0
    # marked aria-disabled, yet it answers: it says what is missing
    page.get_by_role("button", name="Copier", exact=True).click(force=True)
    pane.settled()
    assert page.evaluate("document.activeElement.hasAttribute('data-missing')"), "the focus goes to the first blank"
    album.keep("courrier-champs")
    for field in page.locator("#letter [data-missing]").all():
        field.fill("2027-01-14" if field.get_attribute("type") == "date" else "à préciser")
        field.blur()
    page.wait_for_selector("#remaining", state="detached")
    assert page.locator("#sheet mark").count() == 0
    page.get_by_role("button", name="Copier", exact=True).click()
    page.get_by_role("heading", name="Courrier copié").wait_for()
    album.keep("courrier-copie")
    copied = page.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          const read = async (type) => (await item.getType(type)).text();
          return {html: await read("text/html"), text: await read("text/plain")};
        }"""
    )
    assert "jeudi 14 janvier 2027" in copied["text"].replace("\u00a0", " ")
    assert "<li" in copied["html"]
    assert "style=" in copied["html"], "the styles of the mail travel with it"
    assert "Hélène Caradec, maire" in copied["html"]
    assert "[à compléter" not in copied["text"]
    pane.go("C’est envoyé")
    assert "Envoi consigné" in pane.main.inner_text()

    # data sets and contacts from tables
    (tmp_path / "jeux.csv").write_text(DATASETS, encoding="utf-8")
    (tmp_path / "contacts.csv").write_text(CONTACTS, encoding="utf-8")
    pane.tab("Contacts")
    page.get_by_text("Importer une liste").click()
    page.get_by_label("Fichier .csv ou .vcf").set_input_files(tmp_path / "contacts.csv")
    pane.go("Importer")
    assert "Paul Morin" in pane.main.inner_text()
    pane.tab("Jeux de données")
    album.keep("jeux-vides")
    page.get_by_label("Fichier .csv").set_input_files(tmp_path / "jeux.csv")
    pane.go("Importer")
    assert "Menus scolaires" in pane.main.inner_text()
    album.keep("jeux-importes")

    # stage 3: the letter to the first contact is filled at once
    pane.go("Menus scolaires")
    pane.go("Demander à quelqu’un")
    assert page.locator("#remaining").count() == 0
    sheet = page.locator("#sheet").inner_text().replace("\u00a0", " ")
    assert "paul.morin@saint-aubin.example" in sheet
    assert "relatives aux menus scolaires" in sheet
    assert "Monsieur," in sheet
    album.keep("courrier-localiser")
    asked = send_as_draft(pane, tmp_path)
    assert "paul.morin@saint-aubin.example" in asked["To"]

    # the answer comes: not me, see Anne
    pane.drop(
        answer_to(
            asked,
            "Bonjour Claire,\nCe n’est pas moi, voyez Anne Le Goff, au service éducation.\nPaul",
            sender="Paul Morin <paul.morin@saint-aubin.example>",
            message_id="r1@saint-aubin.example",
        ),
    )
    assert page.get_by_label("Qui a répondu").evaluate("one => one.selectedOptions[0].textContent") == "Paul Morin"
    assert page.get_by_role("checkbox", name="Menus scolaires").is_checked()
    # what it says is understood; the address that was not said is added by hand
    assert "voir Anne Le Goff" in pane.main.inner_text()
    assert page.get_by_role("radio", name="Ne détient pas", exact=True).is_checked()
    assert page.get_by_role("radio", name="voir avec quelqu").is_checked()
    block = page.locator("[data-block]").first
    assert block.get_by_label("Nom").input_value() == "Anne Le Goff"
    block.get_by_label("Courriel").fill("anne.legoff@saint-aubin.example")
    block.get_by_label("Service ou organisme").fill("Éducation")
    album.keep("reponse-oriente")
    pane.go("Consigner")
    assert "Consigné" in pane.main.inner_text()
    assert "Anne Le Goff" in pane.main.locator(".tree").inner_text()
    album.keep("reponse-consignee")

    # the next letter is offered, filled, and tells who pointed the way
    pane.go("Écrire à Anne Le Goff")
    sheet = page.locator("#sheet").inner_text().replace("\u00a0", " ")
    assert "anne.legoff@saint-aubin.example" in sheet
    assert "D’après Paul Morin" in sheet
    assert page.locator("#remaining").count() == 0
    album.keep("courrier-suivant")
    asked = send_as_draft(pane, tmp_path)

    # she holds it
    pane.drop(
        answer_to(
            asked,
            "Bonjour,\nOui, c’est bien moi : voici le fichier.\nAnne Le Goff",
            sender="Anne Le Goff <anne.legoff@saint-aubin.example>",
            message_id="r2@saint-aubin.example",
            file=("menus.csv", "date;plat\n2026-11-24;soupe\n"),
        ),
    )
    album.keep("reponse-a-confirmer")
    pane.go("Confirmer", exact=False)
    album.keep("reponse-detient")

    # the chart tells the chain
    pane.tab("Organigramme")
    chain = tree_of(pane, "Menus scolaires")
    assert chain.index("Paul Morin") < chain.index("a orienté") < chain.index("Anne Le Goff") < chain.index("détient")
    album.keep("organigramme")

    # four sessions with the people of the chain
    pane.tab("Étapes")
    pane.go("Qualifier")
    pane.go("Préparer les quatre séances")
    assert page.get_by_role("checkbox", name="Menus scolaires").is_checked()
    assert page.get_by_role("checkbox", name="Anne Le Goff").is_checked()
    assert page.get_by_role("checkbox", name="Paul Morin").is_checked()
    assert page.locator("input[name=start]").count() == 4
    album.keep("seances")
    pane.go("Préparer les invitations")
    assert "4 réunions préparées" in pane.main.inner_text()
    album.keep("seances-pretes")
    assert page.get_by_role("link", name="Voir qui reçoit quoi et envoyer").is_visible(), "sending them is the first way"
    page.get_by_text("Les envoyer moi-même").click()
    archive = pane.download("Tout télécharger (.zip)", tmp_path)
    with zipfile.ZipFile(archive) as files:
        names = files.namelist()
        calendars = [Calendar.from_ical(files.read(name)) for name in sorted(names) if name.endswith(".ics")]
    events = [calendar.walk("VEVENT")[0] for calendar in calendars]
    assert len(events) == len({str(event["UID"]) for event in events}) == 4
    assert [calendar["METHOD"] for calendar in calendars] == ["REQUEST"] * 4
    for event in events:
        invited = {str(one).lower() for one in event["ATTENDEE"]}
        assert invited >= {"mailto:paul.morin@saint-aubin.example", "mailto:anne.legoff@saint-aubin.example"}
    assert sum(name.endswith(".eml") for name in names) == 8

    # undo, and undo the undoing
    pane.go("Annuler")
    assert "Aucune réunion prévue" in pane.main.inner_text()
    album.keep("annule")
    pane.go("Rétablir")
    assert page.get_by_role("heading", name="Aucune réunion prévue").count() == 0

    # the page of one session gives its file
    page.locator("main ol.sessions a").first.click()
    page.get_by_role("heading", name="Les personnes invitées").wait_for()
    page.get_by_text("Fichiers", exact=True).click()
    one = pane.download("Agenda (.ics)", tmp_path)
    assert b"BEGIN:VEVENT" in one.read_bytes()

    # the wide page draws the same chain
    pane.open(page="/organigramme")
    drawn = page.locator("#drawing svg").text_content() or ""
    assert "Paul Morin" in drawn
    assert "Anne Le Goff" in drawn
    album.keep("grand-dessin")
    page.locator("#drawing [data-kind=contact]").filter(has_text="Anne Le Goff").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Anne Le Goff").wait_for()
    assert "Historique" in page.locator("#panel").inner_text()


def test_the_same_mail_twice_changes_nothing(empty_server: Server, make_pane: MakePane, tmp_path: Path) -> None:
    pane = make_pane(empty_server)
    pane.first_run()
    pane.tab("Jeux de données")
    pane.go("Ajouter un jeu de données")
    pane.page.get_by_label("Titre").fill("Menus scolaires")
    pane.go("Enregistrer")
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = "Claire <claire.vasseur@saint-aubin.example>", "Menus", "<rien@saint-aubin.example>"
    raw = answer_to(mail, "Oui.", sender="Paul <paul@saint-aubin.example>", message_id="double@saint-aubin.example")
    pane.drop(raw)
    pane.page.get_by_role("heading", name="Consigner la réponse").wait_for()
    pane.page.get_by_role("checkbox", name="Menus scolaires").check()
    pane.page.get_by_role("radio", name="Détient", exact=True).check()
    pane.page.get_by_role("radio", name="fichier est joint").check()
    pane.page.get_by_role("button", name="Consigner", exact=True).dblclick()
    pane.page.get_by_text("Consigné\u00a0✓", exact=True).first.wait_for()
    pane.tab("Réponses")
    assert pane.main.locator("section[aria-labelledby=latest] li").count() == 1
    pane.page.locator("#mail").set_input_files({"name": "r.eml", "mimeType": "message/rfc822", "buffer": raw})
    pane.page.get_by_text("déjà consigné").first.wait_for()
    assert pane.main.locator("section[aria-labelledby=latest] li").count() == 1
