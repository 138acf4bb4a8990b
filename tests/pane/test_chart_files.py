"""The chart leaves the pane as a file, for an audience; the list is filtered; the history goes with the person."""

from pathlib import Path

import pytest

from tests.pane.conftest import MakePane
from tests.pane.servers import Server

FORMATS = {
    "svg": b"<svg",
    "png": b"\x89PNG\r\n\x1a\n",
    "pdf": b"%PDF",
    "pdf-a3": b"%PDF",
    "csv": b";",
    "xlsx": b"PK",
    "html": b"<html",
    "mup": b'"title"',
    "mm": b"<map",
    "kumu": b"",
    "dot": b"digraph",
    "graphml": b"<graphml",
    "vcard": b"BEGIN:VCARD",
}


@pytest.mark.parametrize("audience", ["internal", "staff", "public"])
def test_every_form_is_downloaded(demo_server: Server, make_pane: MakePane, tmp_path: Path, audience: str) -> None:
    pane = make_pane(demo_server)
    pane.open("/pane/views/chart")
    pane.page.get_by_text("Partager l’organigramme").click()
    offered = pane.page.get_by_label("Sous quelle forme").locator("option").evaluate_all("options => options.map((one) => one.value)")
    assert set(offered) == set(FORMATS)
    pane.page.get_by_label("Pour qui").select_option(audience)
    for form in offered:
        pane.page.get_by_label("Sous quelle forme").select_option(form)
        raw = pane.download("Télécharger", tmp_path).read_bytes()
        assert FORMATS[form] in raw, form
        if audience == "public" and form not in ("png",):
            assert "Gwenaëlle Rouault".encode() not in raw, "a person who refused is never named in public"


def test_the_list_is_filtered_without_accents(demo_server: Server, make_pane: MakePane) -> None:
    pane = make_pane(demo_server)
    pane.open("/pane/views/chart")
    chains = pane.page.locator("#chains > li")
    everything = chains.count()
    pane.page.get_by_role("searchbox").fill("eclairage")
    shown = [one for one in chains.all() if one.is_visible()]
    assert 0 < len(shown) < everything
    assert all("clairage" in one.inner_text() for one in shown)
    pane.page.get_by_role("searchbox").fill("")
    assert sum(one.is_visible() for one in chains.all()) == everything


def test_the_history_of_a_person(demo_server: Server, make_pane: MakePane) -> None:
    pane = make_pane(demo_server)
    pane.open("/pane/views/chart")
    link = pane.page.locator("#chains ul a").first
    name = link.inner_text()
    link.click()
    pane.page.get_by_role("heading", name=name, level=1).wait_for()
    assert pane.page.locator(".history > li").count() > 0


def test_the_wide_page_opens_with_the_key(demo_server: Server, make_pane: MakePane) -> None:
    pane = make_pane(demo_server)
    pane.open("/pane/views/chart")
    with pane.page.context.expect_page() as opened:
        pane.page.get_by_role("link", name="Voir en grand").click()
    opened.value.wait_for_selector("#drawing svg")
    assert opened.value.title().startswith("Organigramme")


def test_the_chart_beside_follows(empty_server: Server, make_pane: MakePane) -> None:
    pane = make_pane(empty_server, size="wide")
    pane.first_run()
    assert "réponse après réponse" in pane.page.locator("#beside").inner_text()
    pane.tab("Jeux de données")
    pane.go("Ajouter un jeu de données")
    pane.page.get_by_label("Titre").fill("Menus scolaires")
    pane.go("Enregistrer")
    pane.page.locator("#beside").get_by_text("Menus scolaires").wait_for()
    pane.tab("Organigramme")
    assert not pane.page.locator("#beside").is_visible(), "the chart is not shown twice"
