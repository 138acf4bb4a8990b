"""The content policy of every answer is `default-src 'self'`, and nothing of the pane asks for more."""

import re

import pytest

from tests.pane.conftest import MakePane
from tests.pane.servers import Server
from tests.pane.views import all_paths

INLINE = re.compile(
    rb"<script(?![^>]*\bsrc=)|<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:|hx-(?:on|confirm|vals|headers|boost|push-url)", re.IGNORECASE
)


def policies(headers: dict[str, str]) -> str:
    return next(value for name, value in headers.items() if name.lower() == "content-security-policy")


@pytest.mark.parametrize("path", ["/pane", "/pane?host=outlook", "/organigramme"])
def test_shells_hold_no_data_and_nothing_inline(demo_server: Server, path: str) -> None:
    status, body, headers = demo_server.get(path, headers={"Authorization": ""})
    assert status == 200
    assert "default-src 'self'" in policies(headers)
    assert "unsafe" not in policies(headers)
    assert not INLINE.search(body)


def test_fragments_hold_nothing_inline(demo_server: Server) -> None:
    for path in [*all_paths(demo_server), "/pane/views/chart/wide", "/pane/views/chart/beside"]:
        status, body, headers = demo_server.get(path)
        assert status == 200, path
        assert "default-src 'self'" in policies(headers), path
        # a letter's own styles travel as text in one attribute, to be copied; they style nothing here
        shown = re.sub(rb'data-html="[^"]*"', b"", body)
        assert not INLINE.search(shown), (path, INLINE.search(shown))


def test_every_view_leaves_the_console_silent(demo_server: Server, make_pane: MakePane) -> None:
    pane = make_pane(demo_server, size="wide")
    for path in all_paths(demo_server):
        pane.open(path)
        assert not pane.complaints, path
    pane.open(page="/organigramme")


def test_fragments_ask_for_the_key(demo_server: Server) -> None:
    for path in all_paths(demo_server):
        assert demo_server.get(path, headers={"Authorization": "Bearer faux"})[0] == 401, path


def test_what_people_type_is_never_markup(empty_server: Server, make_pane: MakePane) -> None:
    pane = make_pane(empty_server)
    evil = "<img src=x onerror=\"document.title='pris'\">"
    pane.open()
    pane.page.get_by_label("1. Votre collectivité").fill(f"Ville {evil}")
    pane.page.get_by_label("2. Votre département").select_option("35")
    pane.page.get_by_label("Prénom et nom").fill(f"Claire {evil}")
    pane.page.get_by_label("4. Votre courriel").fill("claire@saint-aubin.example")
    pane.go("Commencer")
    pane.tab("Jeux de données")
    pane.go("Ajouter un jeu de données")
    pane.page.get_by_label("Titre").fill(f"Menus {evil}")
    pane.go("Enregistrer")
    for path in ("datasets", "chart", "letters?stage=1-lancer", "profile", "today"):
        pane.open(f"/pane/views/{path}")
        assert pane.page.locator("img").count() == 0
        assert "pris" not in pane.page.title()
    pane.open(page="/organigramme")
    assert pane.page.locator("img").count() == 0
