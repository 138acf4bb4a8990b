"""What goes wrong is said beside what was typed, and nothing typed is lost: a bad value, a wrong key, a server that stopped."""

from pathlib import Path

from tests.pane.conftest import MakePane
from tests.pane.servers import Server


def test_a_bad_value_is_said_beside_its_field(empty_server: Server, make_pane: MakePane) -> None:
    pane = make_pane(empty_server)
    pane.first_run()
    pane.tab("Contacts")
    pane.go("Ajouter un contact")
    pane.page.get_by_label("Nom", exact=False).first.fill("Paul Morin")
    pane.page.get_by_label("Courriel").fill("paul sans arobase")
    pane.refused_on_purpose = True
    pane.page.get_by_role("button", name="Enregistrer").click()
    alert = pane.main.locator("[role=alert]")
    alert.wait_for()
    assert pane.page.get_by_label("Courriel").input_value() == "paul sans arobase"
    assert pane.page.get_by_label("Courriel").get_attribute("aria-invalid") == "true"
    assert pane.run("() => document.activeElement.name") == "emails"
    pane.page.get_by_label("Courriel").fill("paul.morin@saint-aubin.example")
    pane.go("Enregistrer")
    assert "Paul Morin est dans vos contacts" in pane.main.inner_text()
    assert pane.main.locator("[role=alert]").count() == 0


def test_bad_lines_of_a_table_are_told_one_by_one(empty_server: Server, make_pane: MakePane, tmp_path: Path) -> None:
    table = tmp_path / "contacts.csv"
    table.write_text("nom;courriel\nPaul;paul@saint-aubin.example\nAnne;pas une adresse\n;\n", encoding="utf-8")
    pane = make_pane(empty_server)
    pane.first_run()
    pane.tab("Contacts")
    pane.page.get_by_text("Importer une liste").click()
    pane.page.get_by_label("Fichier .csv ou .vcf").set_input_files(table)
    pane.go("Importer")
    assert "Ligne 3" in pane.main.locator("[role=alert]").inner_text().replace("\u00a0", " ")
    assert "Rien n’a été écrit" in pane.main.inner_text()
    assert pane.page.get_by_role("heading", name="Votre carnet est vide").is_visible()


def test_a_wrong_key_is_asked_again(empty_server: Server, make_pane: MakePane) -> None:
    pane = make_pane(empty_server)
    pane.refused_on_purpose = True
    pane.open(token="")
    pane.page.get_by_label("Clé").fill("pas la bonne")
    pane.page.get_by_role("button", name="Ouvrir").click()
    pane.page.wait_for_timeout(500)
    assert pane.page.get_by_role("heading", name="Collez la clé").is_visible()
    # the whole printed address is as good as the key alone
    pane.page.get_by_label("Clé").fill(f"{empty_server.base}/pane?host=browser#token={empty_server.token}")
    pane.page.get_by_role("button", name="Ouvrir").click()
    pane.page.get_by_role("heading", name="Bienvenue").wait_for()


def test_a_reload_comes_back_to_the_same_view(demo_server: Server, make_pane: MakePane) -> None:
    pane = make_pane(demo_server)
    pane.open()
    pane.tab("Écrire")
    pane.page.reload()
    pane.settled()
    assert pane.heading() == "Écrire"
    pane.tab("Étapes")
    pane.page.go_back()
    pane.page.get_by_role("heading", name="Écrire", exact=True).wait_for()
    assert pane.run("() => { try { return localStorage.length + sessionStorage.length } catch { return 0 } }") == 0


def test_a_stopped_server_loses_nothing(tmp_path: Path, make_pane: MakePane) -> None:
    server = Server(tmp_path / "donnees")
    pane = make_pane(server)
    pane.first_run()
    pane.tab("Jeux de données")
    pane.go("Ajouter un jeu de données")
    pane.page.get_by_label("Titre").fill("Menus scolaires")
    server.stop()
    pane.stopped_on_purpose = True
    pane.page.get_by_role("button", name="Enregistrer").click()
    pane.page.get_by_text("Antisèche ne répond pas").wait_for()
    assert pane.page.get_by_label("Titre").input_value() == "Menus scolaires"
    again = Server(tmp_path / "donnees", port=server.port)
    try:
        pane.page.get_by_role("button", name="Réessayer").click()
        pane.page.get_by_text("ajouté à la liste").first.wait_for()
        assert not pane.page.locator("#silent").is_visible()
    finally:
        again.stop()
