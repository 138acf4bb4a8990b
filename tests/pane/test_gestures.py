"""The gestures that the newcomer’s path does not meet: calls, moved dates, the club, the demonstration, the archive."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pane.conftest import MakePane
from tests.pane.servers import Server


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Server]:
    """Give a demonstration town of one's own, to write in."""
    server = Server(tmp_path / "ville", "--demo")
    yield server
    server.stop()


def test_a_call_that_points_to_two_people(town: Server, make_pane: MakePane) -> None:
    pane = make_pane(town)
    pane.open("/pane/views/replies/new?told_by=phone")
    page = pane.page
    assert not page.get_by_text("Qui d’autre").is_visible(), "only what the answer calls for is asked"
    page.get_by_label("Qui a répondu").select_option(label="Patrick Gosselin")
    page.get_by_role("checkbox", name="Îlots de fraîcheur").check()
    page.get_by_role("radio", name="Ne détient pas").check()
    page.get_by_role("radio", name="voir avec quelqu").check()
    blocks = page.locator("form [data-block]")
    blocks.first.get_by_label("Nom").fill("Iris Passage")
    pane.go("Ajouter un autre contact")
    assert blocks.count() == 2
    assert pane.run("() => document.activeElement.name") == "next_id"
    blocks.nth(1).get_by_label("Contact connu").select_option(label="Léa Fontaine (Cadre de vie)")
    assert not blocks.nth(1).get_by_label("Nom").is_visible(), "a contact that is known is not typed again"
    pane.go("Ajouter un autre contact")
    blocks.nth(2).get_by_role("button", name="Retirer").click()
    assert blocks.count() == 2
    page.get_by_label("Note pour vous").fill("Au téléphone, très aimable")
    pane.go("Consigner")
    words = pane.main.inner_text()
    assert "Consigné" in words
    assert "Iris Passage" in words
    assert "Léa Fontaine" in words
    assert page.get_by_role("link", name="Écrire à Iris Passage").count() == 1
    pane.go("Annuler")
    pane.open("/pane/views/chart")
    assert "Iris Passage" not in pane.main.inner_text()


def test_what_is_missing_is_asked_before_anything_is_written(town: Server, make_pane: MakePane) -> None:
    pane = make_pane(town)
    pane.open("/pane/views/replies/new?told_by=oral")
    pane.refused_on_purpose = True
    button = pane.page.get_by_role("button", name="Consigner", exact=True)
    button.click()
    pane.main.locator("[role=alert]").wait_for()
    pane.page.get_by_label("Qui a répondu").select_option(label="Patrick Gosselin")
    pane.page.get_by_role("radio", name="Autre…").check()
    pane.page.get_by_role("radio", name="Refuse").check()
    button.click()
    pane.main.locator("[role=alert]").wait_for()
    assert pane.page.get_by_role("radio", name="Refuse").is_checked()
    pane.page.get_by_role("radio", name="Détient", exact=True).check()
    assert not pane.page.get_by_role("radio", name="Refuse").is_visible()
    assert pane.page.locator("input[name=answer]:checked").count() == 0, "a choice that no longer shows no longer counts"


def test_a_date_is_moved_and_moved_back(town: Server, make_pane: MakePane) -> None:
    pane = make_pane(town)
    pane.open("/pane/views/meetings")
    card = pane.main.locator("section[aria-labelledby^=m-]").last
    title = card.get_by_role("heading").inner_text()
    before = card.locator("p").first.inner_text()
    pane.go(title)
    pane.go("Changer")
    pane.page.get_by_label("Nouvelle date et heure").fill("2031-03-27T14:00")
    pane.go("Voir ce qui va changer")
    pane.go("Confirmer le changement")
    assert pane.heading() == "Changement enregistré"
    assert "jeudi 27 mars 2031 à 14\u00a0h" in pane.main.inner_text()
    pane.go("Annuler")
    assert pane.heading() == title, "undo leads to the view it was seen from"
    pane.go("Réunions")
    assert before in pane.main.inner_text()


def test_the_club_meets_every_month(town: Server, make_pane: MakePane, tmp_path: Path) -> None:
    pane = make_pane(town)
    pane.open("/pane/views/meetings/new?kind=club")
    pane.page.get_by_label("Rythme").select_option("premier jeudi du mois")
    pane.page.get_by_label("Jusqu’au").fill("2030-06-30")
    pane.page.get_by_label("Autres adresses").fill("club@saint-aubin.example, iris@saint-aubin.example")
    pane.go("Préparer les invitations")
    pane.main.get_by_text("Les envoyer moi-même").click()
    raw = pane.download("Tout télécharger (.zip)", tmp_path)
    with zipfile.ZipFile(raw) as files:
        calendar = next(files.read(name) for name in files.namelist() if name.endswith(".ics"))
        assert sum(name.endswith(".eml") for name in files.namelist()) == 2
    assert b"RRULE:FREQ=MONTHLY" in calendar


def test_a_letter_left_aside_is_no_longer_asked_about(town: Server, make_pane: MakePane) -> None:
    pane = make_pane(town)
    pane.open("/pane/views/today")
    asked = pane.main.locator("section[aria-labelledby=unsent] li")
    count = asked.count()
    assert count > 0
    asked.first.get_by_role("button", name="Abandonner").click()
    pane.page.get_by_text("Courrier laissé de côté").first.wait_for()
    assert asked.count() == count - 1


def test_a_letter_too_long_for_the_address_is_not_cut(town: Server, make_pane: MakePane) -> None:
    pane = make_pane(town)
    pane.open("/pane/views/letters?stage=1-lancer")
    for field in pane.page.locator("#letter [data-missing]").all():
        field.fill("2027-01-14")
        field.blur()
    pane.page.wait_for_selector("#remaining", state="detached")
    pane.page.get_by_role("button", name="Écrire dans ma messagerie").click()
    pane.page.get_by_text("trop long").first.wait_for()
    assert pane.page.locator("[data-long]").is_visible()


def test_from_the_demonstration_to_real_data_and_back(empty_server: Server, make_pane: MakePane) -> None:
    pane = make_pane(empty_server)
    pane.open()
    pane.go("Voir la démonstration")
    assert "Démonstration" in pane.main.inner_text()
    pane.tab("Contacts")
    assert pane.main.locator("[data-person]").count() > 5
    pane.go("Passer à mes données")
    assert pane.heading() == "Bienvenue"
    assert "Démonstration." not in pane.main.inner_text()


def test_everything_is_taken_away_and_brought_back(empty_server: Server, make_pane: MakePane, tmp_path: Path) -> None:
    pane = make_pane(empty_server)
    pane.first_run()
    pane.tab("Contacts")
    pane.go("Ajouter un contact")
    pane.page.get_by_label("Nom", exact=False).first.fill("Paul Morin")
    pane.go("Enregistrer")
    pane.tab("Réglages")
    archive = pane.download("Tout emporter (.zip)", tmp_path)
    other = Server(tmp_path / "autre")
    try:
        there = make_pane(other)
        there.open("/pane/views/profile")
        there.page.get_by_text("Reprendre un fichier emporté").click()
        there.page.get_by_label("Fichier .zip").set_input_files(archive)
        there.go("Reprendre")
        assert "Ville de Saint-Aubin" in there.page.locator("#place").inner_text()
        there.tab("Contacts")
        assert "Paul Morin" in there.main.inner_text()
    finally:
        other.stop()


def test_a_person_is_erased_and_the_chain_stays(town: Server, make_pane: MakePane) -> None:
    pane = make_pane(town)
    pane.open("/pane/views/contacts")
    pane.page.get_by_role("searchbox").fill("nadia")
    pane.go("Nadia Belkacem")
    pane.go("Modifier")
    pane.page.get_by_text("Effacer cette personne").click()
    pane.go("Effacer définitivement")
    assert "Nadia Belkacem" not in pane.main.inner_text()
    pane.tab("Organigramme")
    assert "Nadia Belkacem" not in pane.main.inner_text()
    assert "Maël Le Goff" in pane.main.locator("#chains > li").filter(has_text="Menus scolaires").inner_text()
