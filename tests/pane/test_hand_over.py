"""Journey 8 and the rights of people in a real browser: the papers, a person's file, erasing, passing the project on, the dashboard."""

import json
import re
import zipfile
from pathlib import Path

import pytest

from tests.pane.conftest import MakePane
from tests.pane.driver import Pane
from tests.pane.servers import Server


@pytest.fixture
def server(tmp_path: Path) -> Server:  # type: ignore[misc]
    """Give a demonstration town of its own: this test changes it."""
    server = Server(tmp_path / "ville", "--demo")
    yield server  # type: ignore[misc]
    server.stop()


def names(pane: Pane) -> str:
    return pane.server.get("/pane/views/contacts")[1].decode()


def test_the_papers_a_person_s_file_then_the_erasing(make_pane: MakePane, server: Server, tmp_path: Path) -> None:
    pane = make_pane(server)
    pane.open()
    pane.tab("Réglages")
    pane.go("Données personnelles")
    assert pane.heading() == "Données personnelles"
    register = pane.download("Page (HTML)", tmp_path)
    assert register.name == "fiche-de-registre.html" and "Saint-Aubin-sur-Vire" in register.read_text(encoding="utf-8")
    pane.page.get_by_label("Délégué ou déléguée").fill("Zoé Lenoir, dpo@saint-aubin-sur-vire.example")
    pane.go("Enregistrer")
    assert "Zoé Lenoir" in pane.download("Texte", tmp_path).read_text(encoding="utf-8")
    pane.page.get_by_label("Qui").select_option(label="Solange Hubert (Affaires juridiques)")
    pane.go("Réunir ses données")
    assert pane.heading() == "Solange Hubert" and "oui, le" in pane.main.inner_text()
    file = pane.download("Données (JSON)", tmp_path)
    assert json.loads(file.read_bytes())["contact"]["name"] == "Solange Hubert"
    assert "Solange Hubert" in names(pane)
    pane.main.get_by_text("Effacer cette personne").click()
    pane.go("Effacer définitivement")
    assert "Personne effacée" in pane.main.inner_text() and "copies datées" in pane.main.inner_text()
    assert "Solange" not in names(pane)
    pane.tab("Organigramme")
    assert "Affaires juridiques" in pane.main.inner_text()


def test_the_project_changes_hands(make_pane: MakePane, server: Server, tmp_path: Path) -> None:
    pane = make_pane(server)
    pane.open("/pane/views/profile")
    pane.go("Passer le relais")
    page = pane.download("À imprimer (PDF)", tmp_path)
    assert page.read_bytes().startswith(b"%PDF-")
    pane.page.get_by_label("Dans vos contacts").select_option(label="Inès Carvalho (Vie associative)")
    pane.go("Voir ce qui changera")
    assert pane.heading() == "Ce qui changera" and "Séance 3" in pane.main.inner_text()
    pane.go("Passer le relais à Inès Carvalho")
    assert "Rien n’est encore envoyé" in pane.main.inner_text()
    assert "au nom d'Inès Carvalho" in pane.main.inner_text().replace("’", "'")
    profile = server.get("/pane/views/profile")[1].decode()
    assert 'value="Inès Carvalho"' in profile and "Camille Renouf" not in profile
    archive = pane.download("Tout emporter", tmp_path)
    with zipfile.ZipFile(archive) as zipped:
        assert json.loads(zipped.read("organisation.json"))["referent"] == "Inès Carvalho"
    pane.go("Envoyer les invitations")
    assert "partent" in pane.main.inner_text()
    pane.go("À toutes les personnes du projet")
    assert "relais" in pane.heading().lower() or "relais" in pane.main.inner_text().lower()


def test_a_hand_over_is_taken_back(make_pane: MakePane, server: Server) -> None:
    pane = make_pane(server)
    pane.open("/pane/views/handover")
    pane.page.get_by_label("Prénom et nom").fill("Zoé Lenoir")
    pane.page.get_by_label("Courriel").fill("camille.renouf@saint-aubin-sur-vire.example")
    pane.refused_on_purpose = True
    pane.main.get_by_role("button", name="Voir ce qui changera").click()
    pane.main.get_by_text("déjà celle de la personne").wait_for()
    pane.page.get_by_label("Courriel").fill("zoe.lenoir@saint-aubin-sur-vire.example")
    pane.go("Voir ce qui changera")
    pane.go("Passer le relais à Zoé Lenoir")
    pane.go("Annuler")
    assert 'value="Camille Renouf"' in server.get("/pane/views/profile")[1].decode()


def test_the_dashboard_is_chosen_for_its_readers_printed_and_shared(make_pane: MakePane, demo_server: Server, tmp_path: Path) -> None:
    pane = make_pane(demo_server, size="wide")
    pane.open(page="/tableau-de-bord")
    assert pane.heading().startswith("Ouverture des données")
    assert "Maël Le Goff" in pane.main.inner_text() and "Relances" in pane.main.inner_text()
    pane.go("Pour le public")
    assert "Maël Le Goff" not in pane.main.inner_text() and "Nadia Belkacem" in pane.main.inner_text()
    assert "Relances" not in pane.main.inner_text()
    draft = pane.download("Préparer le courriel qui le partage", tmp_path)
    assert draft.name == "tableau-de-bord-public.eml" and b"X-Unsent: 1" in draft.read_bytes()
    printed = pane.page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") == 1
    assert re.search(rb"/MediaBox \[0 0 59[45]\.\d+ 84[12]\.\d+\]", printed)
    assert pane.page.get_by_role("img", name="Jeux de données demandés").count() == 1
