"""Sendings in the pane, before a real mail server and a real calendar server: the preview, the click, what is mended, the settings."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from tests import calendars
from tests.mail_server import LOGIN, PASSWORD, MailServer, Taken, silent_port
from tests.pane.conftest import MakePane
from tests.pane.driver import Pane
from tests.pane.servers import Server
from tests.pane.test_axe import violations

PEOPLE = {
    "paul.morin@saint-aubin.example": "Paul Morin",
    "anne.le-goff@saint-aubin.example": "Anne Le Goff",
    "iris@saint-aubin.example": "Iris Passage",
}
PAUL, ANNE, IRIS = PEOPLE
FIRST = datetime.combine(datetime.now(UTC).date() + timedelta(days=30), time(10))
STARTS = [FIRST + timedelta(days=7 * place) for place in range(4)]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Give a server with a profile and nothing else, which never touches the keyring of this machine."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    server = Server(tmp_path / "donnees")
    profile = {"name": "Ville de Saint-Aubin", "referent": "Claire Vasseur", "referent_email": "claire.vasseur@saint-aubin.example"}
    server.call("PUT", "/organisation", profile)
    yield server
    server.stop()


@pytest.fixture
def post() -> Iterator[MailServer]:
    """Give a mail server that asks for the password."""
    with MailServer(auth=True) as server:
        yield server


def four_sessions(server: Server) -> list[str]:
    to = [f"{name} <{address}>" for address, name in PEOPLE.items()]
    made = server.call("POST", "/meetings", {"kind": "quality", "starts": [start.isoformat() for start in STARTS], "to": to})
    return [one["id"] for one in made["meetings"]]


def can_send(server: Server, post: MailServer, *, secret: str = PASSWORD, **more: Any) -> None:
    settings = {"way": "smtp", "host": "127.0.0.1", "port": post.port, "security": "none", "auth": "password", "login": LOGIN, "rate": 0}
    server.call("PUT", "/mail-settings", settings | {"secret": secret} | more)


def sending(*meetings: str) -> str:
    return "/pane/views/sendings?" + "&".join(f"meeting={key}" for key in meetings)


def click_send(pane: Pane) -> None:
    pane.main.get_by_role("button", name="Envoyer maintenant").click()
    pane.page.wait_for_selector("#so-far")


def ended(pane: Pane, heading: str = "Envoi terminé") -> str:
    """Wait until the view says that nothing more moves, and see that nothing in it asks again; give its words."""
    pane.main.get_by_role("heading", name=heading).wait_for()
    assert pane.page.locator("[hx-trigger^=every]").count() == 0
    return pane.main.locator("#words").inner_text()


def stays_quiet(pane: Pane) -> bool:
    """Tell whether the page asks nothing more of the server."""
    asked: list[str] = []
    pane.page.on("request", lambda request: asked.append(request.url))
    pane.page.wait_for_timeout(2500)
    return not asked


def text_of(taken: Taken) -> str:
    """Give the plain text of a mail."""
    message = message_from_bytes(taken.raw, policy=default)
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def row(pane: Pane, name: str) -> Any:
    return pane.main.locator("#each li").filter(has_text=name)


@pytest.mark.parametrize("size", ["narrow", "wide"])
def test_four_sessions_leave_once_each(office: Server, post: MailServer, make_pane: MakePane, size: str) -> None:
    can_send(office, post)
    meetings = four_sessions(office)
    pane = make_pane(office, size=size)
    pane.open(sending(*meetings))
    assert "3 personnes recevront 12 messages\u00a0: 12 invitations." in pane.main.inner_text()
    assert pane.overflow() <= 0
    boxes = pane.main.get_by_role("checkbox")
    assert boxes.count() == 3
    assert pane.main.get_by_role("checkbox", name="Paul Morin").is_checked()
    assert len(re.findall(r"Invitation\u00a0:", pane.main.locator(".recipients").inner_text())) == 3
    assert not post.taken, "a preview sends nothing"
    pane.page.get_by_label("Un mot pour tous").fill("Je serai à votre disposition ensuite.")
    click_send(pane)
    assert ended(pane) == "12 messages sur 12 envoyés."
    assert stays_quiet(pane), "a finished sending is not asked about any more"
    assert pane.overflow() <= 0
    assert pane.main.locator("#each .chip").all_inner_texts() == ["parti"] * 12
    assert sorted(one.recipient for one in post.taken) == sorted([*PEOPLE] * 4)
    assert len({one.message_id for one in post.taken}) == 12
    assert all("Je serai à votre disposition ensuite." in text_of(one) for one in post.taken)

    # the way back leads to a preview that has nothing left to send
    pane.open(sending(*meetings))
    assert "chacun a déjà reçu la dernière version" in pane.main.inner_text()
    assert pane.main.get_by_role("button", name="Envoyer maintenant").count() == 0
    assert "12 messages sur 12 envoyés." in pane.main.locator("section[aria-labelledby=before]").inner_text()


def test_a_double_click_sends_once(office: Server, post: MailServer, make_pane: MakePane) -> None:
    can_send(office, post)
    meeting = four_sessions(office)[0]
    post.orders.slow = 0.2
    pane, other = make_pane(office), make_pane(office)
    other.open(sending(meeting))
    pane.open(sending(meeting))
    pane.main.get_by_role("button", name="Envoyer maintenant").dblclick()
    pane.page.wait_for_selector("#so-far")
    # another window still shows the button: its click finds nothing due
    other.main.get_by_role("button", name="Envoyer maintenant").click()
    other.page.get_by_text("Rien à envoyer").first.wait_for()
    assert ended(pane) == "3 messages sur 3 envoyés."
    assert sorted(one.recipient for one in post.taken) == sorted(PEOPLE)


def test_only_those_who_are_ticked(office: Server, post: MailServer, make_pane: MakePane) -> None:
    can_send(office, post)
    meeting = four_sessions(office)[0]
    pane = make_pane(office)
    pane.open(sending(meeting))
    for name in PEOPLE.values():
        pane.main.get_by_role("checkbox", name=name).uncheck()
    pane.refused_on_purpose = True
    pane.main.get_by_role("button", name="Envoyer maintenant").click()
    pane.main.locator("[role=alert]").get_by_text("Cochez au moins une personne").wait_for()
    assert not post.taken, "nobody ticked is nobody, not everybody"
    pane.main.get_by_role("checkbox", name="Iris Passage").check()
    click_send(pane)
    assert ended(pane) == "1 message sur 1 envoyé."
    assert [one.recipient for one in post.taken] == [IRIS]


def test_who_was_rejected_is_named_and_tried_again(office: Server, post: MailServer, make_pane: MakePane) -> None:
    can_send(office, post)
    meeting = four_sessions(office)[0]
    post.orders.at_rcpt = {ANNE: ["550 5.1.1 no such user"] * 2, PAUL: ["550 5.7.1 relaying denied"]}
    pane = make_pane(office)
    pane.open(sending(meeting))
    click_send(pane)
    assert ended(pane) == "1 message sur 3 envoyé, 2 refusés."
    assert "échec" in row(pane, "Anne Le Goff").inner_text()
    assert "Cette adresse n’existe pas" in row(pane, "Anne Le Goff").inner_text()
    assert "parti" in row(pane, "Iris Passage").inner_text()
    assert pane.main.locator("#each li").last.inner_text().startswith("Iris Passage"), "what needs a look comes first"
    pane.go("Renvoyer les 2 échecs")
    assert ended(pane) == "2 messages sur 3 envoyés, 1 refusé."
    row(pane, "Anne Le Goff").get_by_role("button", name="Renvoyer").click()
    pane.page.get_by_text("Le message d’Anne Le Goff repart").first.wait_for()
    assert ended(pane) == "3 messages sur 3 envoyés."
    assert sorted(one.recipient for one in post.taken) == sorted(PEOPLE)


@pytest.mark.parametrize(("size", "scheme"), [("narrow", "light"), ("wide", "dark")])
def test_the_sending_views_are_for_everybody(
    office: Server, post: MailServer, make_pane: MakePane, axe_source: str, size: str, scheme: str
) -> None:
    pane = make_pane(office, size=size, scheme=scheme)
    meetings = four_sessions(office)
    pane.open(sending(*meetings))
    assert not violations(pane, axe_source)
    can_send(office, post, secret="pas le bon")
    pane.open("/pane/views/mail")
    pane.go("Enregistrer et essayer")
    assert not violations(pane, axe_source)
    pane.open(sending(*meetings))
    click_send(pane)
    pane.main.get_by_role("heading", name="Envoi suspendu").wait_for()
    assert not violations(pane, axe_source)
    address = pane.run("() => document.querySelector('[data-view]').dataset.view")
    can_send(office, post)
    post.orders.at_rcpt, post.orders.at_data = {ANNE: ["550 5.1.1 no such user"]}, {PAUL: ["lose"]}
    post.orders.slow = 0.2
    pane.open(address)
    pane.go("Reprendre l’envoi")
    pane.page.wait_for_selector("#poll", state="attached")
    assert not violations(pane, axe_source)
    pane.main.get_by_role("heading", name="Envoi terminé").wait_for()
    assert not violations(pane, axe_source)
    assert pane.overflow() <= 0


def test_a_mail_in_doubt_is_settled_by_the_user(office: Server, post: MailServer, make_pane: MakePane) -> None:
    can_send(office, post)
    meeting = four_sessions(office)[0]
    post.orders.at_data = {ANNE: ["drop"], PAUL: ["lose"]}
    pane = make_pane(office)
    pane.open(sending(meeting))
    click_send(pane)
    assert ended(pane) == "1 message sur 3 envoyé, 2 à vérifier."
    for name in ("Anne Le Goff", "Paul Morin"):
        assert "incertain" in row(pane, name).inner_text()
        assert "peut-être pris" in row(pane, name).inner_text()
    row(pane, "Anne Le Goff").get_by_role("button", name="l’a bien reçu").click()
    pane.page.get_by_text("a bien reçu son message").first.wait_for()
    row(pane, "Paul Morin").get_by_role("button", name="Renvoyer").click()
    pane.page.get_by_text("Le message de Paul Morin repart").first.wait_for()
    assert ended(pane) == "3 messages sur 3 envoyés."
    assert sorted(one.recipient for one in post.taken) == sorted(PEOPLE)


def test_a_sending_is_halted_mended_and_goes_on(office: Server, post: MailServer, make_pane: MakePane) -> None:
    can_send(office, post, secret="pas le bon")
    meeting = four_sessions(office)[0]
    pane = make_pane(office)
    pane.open(sending(meeting))
    click_send(pane)
    assert ended(pane, "Envoi suspendu") == "0 message sur 3 envoyé, 3 en attente."
    assert "refuse l’identifiant ou le mot de passe" in pane.main.inner_text()
    assert not post.taken
    address = pane.run("() => document.querySelector('[data-view]').dataset.view")
    pane.main.get_by_role("link", name="Régler l’envoi").click()
    pane.page.locator("#secret").fill(PASSWORD)
    pane.go("Enregistrer et essayer")
    assert "L’essai est bon" in pane.main.inner_text()
    pane.open(address)
    pane.go("Reprendre l’envoi")
    assert ended(pane) == "3 messages sur 3 envoyés."
    assert sorted(one.recipient for one in post.taken) == sorted(PEOPLE)


def test_a_sending_is_stopped_on_the_way(office: Server, post: MailServer, make_pane: MakePane) -> None:
    can_send(office, post, rate=2)
    meetings = four_sessions(office)
    pane = make_pane(office)
    pane.open(sending(*meetings))
    click_send(pane)
    pane.main.get_by_text("2 messages sur 12 envoyés, 10 en attente.").wait_for()
    bar = pane.main.get_by_role("progressbar", name="Messages traités")
    assert (bar.get_attribute("value"), bar.get_attribute("max")) == ("2", "12")
    stop = pane.main.get_by_role("button", name="Arrêter")
    stop.focus()
    pane.page.wait_for_timeout(2500)
    assert pane.run("() => document.activeElement.textContent.trim()") == "Arrêter", "what moves by itself takes nobody's focus"
    stop.press("Enter")
    pane.page.get_by_text("Envoi arrêté\u00a0: 10 messages ne partent pas.").first.wait_for()
    assert ended(pane) == "2 messages sur 2 envoyés."
    assert pane.main.locator("#each .chip").filter(has_text="abandonné").count() == 10
    assert len(post.taken) == 2
    pane.open(sending(*meetings))
    assert "10 invitations" in pane.main.inner_text(), "what was given up is still due"


def test_each_person_gets_the_message_that_fits(office: Server, post: MailServer, make_pane: MakePane) -> None:
    can_send(office, post)
    first, second, third, _ = meetings = four_sessions(office)
    office.call("POST", "/meetings/send", {"meetings": meetings})
    pane = make_pane(office)
    pane.open("/pane/views/sendings")
    pane.main.get_by_role("link", name="Envoi du").click()
    ended(pane)
    office.call("PATCH", f"/meetings/{first}", {"start": (FIRST + timedelta(days=1)).isoformat(), "reason": "La salle est prise."})
    office.call("POST", f"/meetings/{second}/cancel", {"reason": "Grève."})
    office.call("POST", f"/meetings/{third}/attendees", {"to": ["Maël Nouveau <mael@saint-aubin.example>"]})
    pane.open(sending(*meetings))
    words = pane.main.inner_text()
    assert "4 personnes recevront 7 messages\u00a0: 1 invitation, 3 mises à jour, 3 annulations." in words
    assert "« La salle est prise. »" in words.replace("\u00a0", " ")
    paul = pane.main.locator(".recipients label").filter(has_text="Paul Morin").inner_text()
    assert re.search(r"Mise à jour : Séance 1", paul.replace("\u00a0", " "))
    assert re.search(r"Annulation : Séance 2", paul.replace("\u00a0", " "))
    mael = pane.main.locator(".recipients label").filter(has_text="Maël Nouveau").inner_text()
    assert "Invitation" in mael
    assert "Mise à jour" not in mael
    pane.main.get_by_text("ne recevront rien, ou pas tout").click()
    assert pane.main.get_by_text("a déjà reçu la dernière version").count() >= 3
    pane.page.get_by_label("Un mot pour tous").fill("Dégât des eaux.")
    post.taken.clear()
    click_send(pane)
    assert ended(pane) == "7 messages sur 7 envoyés."
    texts = [text_of(one) for one in post.taken]
    assert sum("Dégât des eaux." in text for text in texts) == 7, "a word is for everybody"
    assert sum("La salle est prise." in text for text in texts) == 3, "the reason of the change stays beside"


def test_without_settings_only_files_are_prepared(office: Server, post: MailServer, make_pane: MakePane, tmp_path: Path) -> None:
    meeting = four_sessions(office)[0]
    pane = make_pane(office)
    pane.open(sending(meeting))
    assert "Antisèche prépare seulement des fichiers" in pane.main.inner_text()
    assert pane.main.get_by_role("button", name="Envoyer maintenant").count() == 0
    assert pane.download("Télécharger les fichiers (.zip)", tmp_path).name == "invitations.zip"
    pane.go("Régler l’envoi")
    page = pane.page
    page.get_by_label("Serveur (SMTP)").fill("127.0.0.1")
    page.get_by_label("Port").fill(str(post.port))
    page.get_by_label("Chiffrement").select_option("none")
    page.get_by_label("Identifiant", exact=False).last.fill(LOGIN)
    page.locator("#secret").fill(PASSWORD)
    pane.go("Enregistrer et essayer")
    assert "Aucun message n’est parti." in pane.main.inner_text()
    assert pane.overflow() <= 0
    pane.go("Revenir à l’envoi")
    click_send(pane)
    assert ended(pane) == "3 messages sur 3 envoyés."
    assert len(post.taken) == 3


def test_the_user_sends_the_files_himself(office: Server, make_pane: MakePane, tmp_path: Path) -> None:
    meeting = four_sessions(office)[0]
    pane = make_pane(office)
    pane.open("/pane/views/mail")
    pane.page.get_by_role("radio", name="Je les envoie moi-même").check()
    assert not pane.page.get_by_label("Serveur (SMTP)").is_visible()
    pane.go("Enregistrer")
    pane.open(sending(meeting))
    pane.main.get_by_role("button", name="Préparer les messages").click()
    assert ended(pane) == "3 messages sur 3 préparés."
    assert len(list((tmp_path / "donnees" / "envois").glob("*.eml"))) == 3
    pane.go("Je les ai tous envoyés")
    assert ended(pane) == "3 messages sur 3 envoyés."


def test_wrong_settings_are_told_in_french(office: Server, post: MailServer, make_pane: MakePane) -> None:
    pane = make_pane(office)
    pane.refused_on_purpose = True
    page = pane.page
    pane.open("/pane/views/mail")
    page.get_by_label("Serveur (SMTP)").fill("smtp.saint-aubin.example")
    page.get_by_label("Chiffrement").select_option("none")
    page.get_by_label("Identifiant", exact=False).last.fill(LOGIN)
    page.locator("#secret").fill("secret-de-claire")
    button = page.get_by_role("button", name="Enregistrer et essayer")
    button.click()
    pane.main.locator("[role=alert]").get_by_text("Sans chiffrement").wait_for()
    assert page.get_by_label("Chiffrement").get_attribute("aria-invalid") == "true"
    assert page.locator("#secret").input_value() == "secret-de-claire", "what was typed stays"

    page.get_by_label("Serveur (SMTP)").fill("127.0.0.1")
    page.get_by_label("Port").fill(str(post.port))
    pane.go("Enregistrer et essayer")
    words = pane.main.inner_text()
    assert "L’essai n’a pas marché" in words
    assert "refuse l’identifiant ou le mot de passe" in words
    assert "déjà connu" in words
    assert page.locator("#secret").input_value() == ""

    # an empty password keeps the one that is known, a box forgets it
    page.get_by_label("Messages par minute").fill("12")
    pane.go("Enregistrer sans essayer")
    assert office.call("GET", "/mail-settings")["secret"] is True
    page.get_by_label("Oublier le mot de passe connu").check()
    pane.go("Enregistrer sans essayer")
    assert office.call("GET", "/mail-settings")["secret"] is False
    assert "Le mot de passe du compte d’envoi manque" in pane.main.inner_text()
    with silent_port() as port:
        gone = port
    page.get_by_label("Port").fill(str(gone))
    page.locator("#secret").fill("secret-de-claire")
    pane.go("Enregistrer et essayer")
    assert "ne peut pas être joint" in pane.main.inner_text()


def test_the_port_follows_the_security(office: Server, make_pane: MakePane) -> None:
    pane = make_pane(office)
    page = pane.page
    pane.open("/pane/views/mail")
    page.get_by_label("Serveur (SMTP)").fill("smtp.saint-aubin.example")
    page.get_by_label("Identification").select_option("none")
    assert not page.locator("#secret").is_visible()
    for security, port in (("tls", "465"), ("starttls", "587")):
        page.get_by_label("Chiffrement").select_option(security)
        pane.go("Enregistrer sans essayer")
        assert page.get_by_label("Port").input_value() == port
    page.get_by_label("Port").fill("2525")
    pane.go("Enregistrer sans essayer")
    page.get_by_label("Chiffrement").select_option("tls")
    pane.go("Enregistrer sans essayer")
    assert page.get_by_label("Port").input_value() == "2525"


def test_no_fragment_holds_a_secret(office: Server, post: MailServer, make_pane: MakePane, tmp_path: Path) -> None:
    can_send(office, post)
    with calendars.radicale(tmp_path / "radicale") as url:
        calendars.make(url, "travail", display="Travail")
        pane = make_pane(office)
        seen: list[str] = []
        pane.page.on("response", lambda answer: seen.append(answer.text()) if "/pane/views/" in answer.url else None)
        link_calendar(pane, url)
        meetings = four_sessions(office)
        office.call("POST", "/meetings/send", {"meetings": meetings})
        for path in ("/pane/views/mail", "/pane/views/calendar", "/pane/views/profile", sending(*meetings), "/pane/views/sendings"):
            pane.open(path)
        asked = [office.get(path)[1].decode() for path in ("/pane/views/mail", "/pane/views/calendar", "/pane/views/calendar/progress")]
    assert len(seen) > 5
    for text in [*seen, *asked]:
        for secret in (PASSWORD, calendars.SECRET):
            assert secret not in text
            assert json.dumps(secret)[1:-1] not in text
    assert not any(PASSWORD in path.read_text("utf-8", "replace") for path in (tmp_path / "donnees").rglob("*") if path.is_file())


def link_calendar(pane: Pane, url: str, secret: str = calendars.SECRET) -> None:
    pane.open("/pane/views/calendar")
    pane.page.get_by_label("Adresse du serveur").fill(url)
    pane.page.get_by_label("Identifiant").fill(calendars.LOGIN)
    pane.page.locator("#secret").fill(secret)
    pane.main.get_by_role("button", name="Essayer et chercher mes agendas").click()
    pane.page.wait_for_selector("#progress .notice-ok, #progress .notice-error")
    pane.page.wait_for_selector("#poll", state="detached")


def synchronise(pane: Pane, label: str = "Synchroniser maintenant") -> str:
    # what the synchronisation before told may still stand there: it is marked, so as to wait for the new words
    pane.page.locator("#progress .told, #progress .notice-error").evaluate_all(
        "all => all.forEach((one) => one.setAttribute('data-old', ''))"
    )
    pane.main.get_by_role("button", name=label).click()
    pane.page.wait_for_selector("#progress .told:not([data-old]), #progress .notice-error:not([data-old])")
    pane.page.wait_for_selector("#poll", state="detached")
    return pane.main.locator("#progress").inner_text()


def test_the_calendar_is_linked_chosen_and_kept_in_step(office: Server, make_pane: MakePane, tmp_path: Path) -> None:
    meetings = four_sessions(office)
    pane = make_pane(office)
    with calendars.radicale(tmp_path / "radicale") as url:
        calendars.make(url, "travail", display="Travail")
        calendars.make(url, "perso", display="Perso")
        link_calendar(pane, url, calendars.WRONG)
        assert "refuse l’identifiant ou le mot de passe" in pane.main.inner_text()
        link_calendar(pane, url)
        assert "2 agendas trouvés" in pane.main.inner_text()
        pane.main.get_by_role("radio", name="Travail").check()
        pane.go("Choisir cet agenda")
        pane.main.get_by_role("heading", name="Travail").wait_for()
        pane.page.wait_for_selector("#poll", state="detached")
        assert "n’envoie pas d’invitations" in pane.main.inner_text()
        assert "4 réunions écrites dans l’agenda" in synchronise(pane)
        assert pane.overflow() <= 0
        stored = [path for path in (tmp_path / "radicale").rglob("*.ics") if path.parent.name == "travail"]
        assert len(stored) == 4
        assert "L’agenda est à jour." in synchronise(pane)

        # somebody deletes one there, moves another: it is said, and what is gone comes back only at a click
        entry = next(path for path in stored if meetings[0] in path.name)
        calendars.raw("DELETE", f"{url}/{calendars.LOGIN}/travail/{entry.name}")
        other = next(path.name for path in stored if meetings[1] in path.name)
        day = f"{STARTS[1]:%Y%m%d}"
        calendars.edit(f"{url}/{calendars.LOGIN}/travail/{other}", lambda text: text.replace(f"{day}T10", f"{day}T09"))
        words = synchronise(pane)
        assert "a été supprimée de l’agenda" in words
        assert "déplacez-la ici" in words
        assert "1 réunion écrite" in synchronise(pane, "Les remettre dans l’agenda")

        pane.main.get_by_text("Changer de serveur").click()
        pane.go("Ne plus se servir de cet agenda")
        assert office.call("GET", "/calendar")["url"] is None


def test_a_calendar_is_made(office: Server, make_pane: MakePane, tmp_path: Path) -> None:
    pane = make_pane(office)
    with calendars.radicale(tmp_path / "radicale") as url:
        calendars.make(url, "travail", display="Travail")
        calendars.make(url, "perso", display="Perso")
        link_calendar(pane, url)
        pane.main.get_by_text("Créer un agenda à part").click()
        pane.page.get_by_label("Nom du nouvel agenda").fill("Données ouvertes")
        pane.main.get_by_role("button", name="Créer et choisir").click()
        pane.main.get_by_role("heading", name="Données ouvertes").wait_for()


def test_a_server_that_invites_waits_for_the_click(office: Server, make_pane: MakePane) -> None:
    stand_in = calendars.StandIn(addresses=("claire.vasseur@saint-aubin.example",))
    with calendars.serving(stand_in) as url:
        stand_in.url = url
        pane = make_pane(office)
        link_calendar(pane, url)
        meetings = four_sessions(office)
        pane.open(sending(*meetings))
        assert "votre serveur d’agenda prévient lui-même" in pane.main.inner_text()
        assert pane.main.get_by_role("button", name="Envoyer maintenant").count() == 0
        pane.main.get_by_role("link", name="Ouvrir l’agenda").first.click()
        pane.settled()
        assert "envoie lui-même les invitations" in pane.main.inner_text()
        assert "4 réunions dont les invitations attendent votre clic" in synchronise(pane)
        assert not stand_in.told
        assert "12 messages envoyés par le serveur" in synchronise(pane, "Envoyer maintenant par l’agenda")
        assert sorted(email for email, _ in stand_in.told) == sorted([*PEOPLE] * 4)
