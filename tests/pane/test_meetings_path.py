"""The path of a meeting, from the mail settings to the minutes, walked as a person does before a real mail server."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.mail_server import LOGIN, PASSWORD, MailServer
from tests.pane.album import Album
from tests.pane.conftest import MakePane
from tests.pane.driver import Pane
from tests.pane.servers import Server
from tests.shapes import PARIS, Said, google, outlook_desktop, thunderbird

DOMAIN = "saint-aubin.example"
PEOPLE = {"paul.morin": "Paul Morin", "anne.le-goff": "Anne Le Goff", "iris.passage": "Iris Passage", "mael.tanguy": "Maël Tanguy"}
FIRST_PICTURE = 21


@pytest.fixture
def post() -> Iterator[MailServer]:
    """Give a mail server that asks for the password."""
    with MailServer(auth=True) as server:
        yield server


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Give a server with a profile, a data set that was found, a club, and a cycle of sessions that is over."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    server = Server(tmp_path / "donnees")
    profile = {"name": "Ville de Saint-Aubin", "referent": "Claire Vasseur", "referent_email": f"claire.vasseur@{DOMAIN}"}
    server.call("PUT", "/organisation", profile | {"place": "Salle des Tilleuls, mairie", "department": "35"})
    menus = server.call("POST", "/datasets", {"title": "Menus scolaires"})["id"]
    people = {key: server.call("POST", "/contacts", {"name": name, "emails": [f"{key}@{DOMAIN}"]})["id"] for key, name in PEOPLE.items()}
    for key in ("paul.morin", "anne.le-goff", "iris.passage"):
        server.call("POST", "/replies", {"answer": "holds_sent", "dataset": menus, "contact": people[key], "told_by": "phone"})
    names = [f"{name} <{key}@{DOMAIN}>" for key, name in PEOPLE.items()]
    past = datetime.combine(datetime.now(UTC).date() - timedelta(days=40), datetime.min.time().replace(hour=10))
    starts = [(past + timedelta(days=10 * n)).isoformat() for n in range(4)]
    server.call("POST", "/meetings", {"kind": "quality", "starts": starts, "to": names[:3], "datasets": [menus]})
    club = f"{date.today().year + 1}-03-04T14:00:00"  # noqa: DTZ011 - a year that is to come, wherever the test runs
    server.call("POST", "/meetings", {"kind": "club", "starts": [club], "rrule": "FREQ=MONTHLY;COUNT=6;BYDAY=1TH", "to": names[:2]})
    yield server
    server.stop()


def session(server: Server, step: int) -> dict[str, Any]:
    """Give a session of the cycle that is to come."""
    now = datetime.now(UTC).isoformat()
    return next(one for one in server.call("GET", "/meetings") if one["step"] == step and one["start"] > now)


def answer(server: Server, step: int, who: str, partstat: str = "ACCEPTED", **more: Any) -> Said:
    """Say what a person answers to a session."""
    meeting = session(server, step)
    return Said(
        uid=meeting["uid"],
        email=f"{who}@{DOMAIN}",
        name=PEOPLE[who],
        partstat=partstat,
        start=datetime.fromisoformat(meeting["start"]),
        end=datetime.fromisoformat(meeting["end"]),
        title=meeting["title"],
        organizer=meeting["organizer"]["email"],
        sequence=meeting["sequence"],
        stamp=datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=5),
        **more,
    )


def send_all(pane: Pane, post: MailServer) -> int:
    """Send what is due, wait until it has left, and give how many mails did."""
    before = len(post.taken)
    pane.go("Envoyer maintenant")
    pane.main.get_by_role("heading", name="Envoi terminé", exact=True).wait_for()
    return len(post.taken) - before


def line(pane: Pane, who: str, step: int) -> str:
    """Give what the grid says of a person and a session."""
    row = pane.main.locator("[data-row]").filter(has_text=who)
    cell = row.locator("td").filter(has=pane.page.locator(".session", has_text=f"Séance {step}"))
    return " ".join(cell.locator(".chip").all_inner_texts())


@pytest.mark.parametrize("size", ["narrow", "wide"])
def test_from_the_settings_to_the_minutes(office: Server, post: MailServer, make_pane: MakePane, size: str) -> None:
    pane = make_pane(office, size=size)
    album, page = Album(pane, size, FIRST_PICTURE), pane.page
    pane.open()

    # how mails leave: settled once, tried at once, taken back and given again
    pane.tab("Réglages")
    pane.go("Réglages d’envoi")
    page.get_by_label("Serveur (SMTP)").fill("127.0.0.1")
    page.get_by_label("Chiffrement").select_option("none")
    page.get_by_label("Port").fill(str(post.port))
    page.get_by_label("Identifiant", exact=True).fill(LOGIN)
    page.locator("#secret").fill(PASSWORD)
    pane.go("Enregistrer et essayer")
    assert "L’essai est bon" in pane.main.inner_text()
    album.keep("reglages-envoi")
    pane.go("Annuler")
    assert (pane.heading(), page.get_by_label("Serveur (SMTP)").input_value()) == ("Réglages d’envoi", "")
    pane.go("Rétablir")
    assert page.get_by_label("Serveur (SMTP)").input_value() == "127.0.0.1"

    # four sessions, called from the list; who gets what is read, then one click
    pane.tab("Réunions")
    pane.go("Les quatre séances de qualité")
    for name in ("Menus scolaires", "Paul Morin", "Anne Le Goff", "Iris Passage"):
        assert page.get_by_role("checkbox", name=name).is_checked()
    pane.go("Préparer les invitations")
    pane.go("Voir qui reçoit quoi et envoyer")
    assert "3 personnes recevront 12 messages" in pane.main.inner_text()
    page.get_by_label("Un mot pour tous").fill("Quatre rendez-vous courts, pour finir ensemble avant l’été.")
    album.keep("envoi-apercu")
    assert send_all(pane, post) == 12
    album.keep("envoi-fini")

    # answers come by mail: dropped, they count at once, and the grid shows them
    pane.drop(outlook_desktop(answer(office, 1, "paul.morin", comment="Avec plaisir")))
    assert "Compté : Paul Morin accepte." in pane.main.inner_text().replace("\u00a0", " ")
    for step in (2, 3):
        pane.drop(google(answer(office, step, "anne.le-goff", "DECLINED" if step == 3 else "ACCEPTED")))
    assert pane.heading() == "Qui vient\u00a0?"
    assert (line(pane, "Paul", 1), line(pane, "Anne", 2), line(pane, "Anne", 3)) == ("accepté", "accepté", "décliné")
    album.keep("qui-vient")
    pane.go("Annuler")
    assert (pane.heading(), line(pane, "Anne", 3)) == ("Qui vient\u00a0?", "sans réponse"), "undo leaves one where one was"
    pane.go("Rétablir")
    assert line(pane, "Anne", 3) == "décliné"

    # an answer said by telephone
    page.locator("[data-row]").filter(has_text="Iris").locator("td a").first.click()
    pane.settled()
    album.keep("reponse-telephone")
    pane.go("Accepte")
    assert line(pane, "Iris", 1) == "accepté dit par téléphone"
    page.locator("[data-row]").filter(has_text="Paul").locator("td a").first.click()
    pane.settled()
    assert "Avec plaisir" in pane.main.inner_text(), "the word of an answer is there to be read"

    # somebody would rather meet at another time: everybody is moved
    fourth = datetime.fromisoformat(session(office, 4)["start"])
    later = (fourth + timedelta(days=1)).astimezone(PARIS).replace(hour=14)
    pane.drop(outlook_desktop(answer(office, 4, "iris.passage", "TENTATIVE", proposed=later, comment="Je suis en formation ce matin-là")))
    assert "Je suis en formation ce matin-là" in pane.main.inner_text()
    pane.go("Accepter et déplacer pour tout le monde")
    page.get_by_label("Motif").fill("Pour que chacun puisse venir.")
    album.keep("autre-horaire")
    pane.go("Déplacer pour tout le monde")
    pane.go("Prévenir tout le monde")
    assert send_all(pane, post) == 3

    # one session is moved, read before the yes, taken back, then done
    pane.tab("Réunions")
    page.locator("main ol.sessions a").nth(1).click()
    page.get_by_role("heading", name="Les personnes invitées").wait_for()
    pane.go("Changer")
    second = datetime.fromisoformat(session(office, 2)["start"])
    page.get_by_label("Nouvelle date et heure").fill((second + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("Motif").fill("La salle est prise.")
    pane.go("Voir ce qui va changer")
    album.keep("changement-apercu")
    pane.go("Confirmer le changement")
    pane.go("Annuler")
    assert pane.heading().startswith("Séance 2"), "undo leads back to the meeting"
    pane.go("Rétablir")
    album.keep("reunion")
    pane.go("Voir qui reçoit quoi et envoyer")
    assert send_all(pane, post) == 3

    # somebody more
    pane.go("Réunions")
    page.locator("main ol.sessions a").nth(1).click()
    page.get_by_role("heading", name="Les personnes invitées").wait_for()
    pane.go("Ajouter ou retirer quelqu’un")
    page.get_by_role("checkbox", name="Maël Tanguy").check()
    album.keep("personnes")
    pane.main.get_by_role("button", name="Voir ce qui va changer").first.click()
    pane.settled()
    pane.go("Confirmer le changement")
    pane.go("Voir qui reçoit quoi et envoyer")
    assert send_all(pane, post) == 1
    assert post.taken[-1].recipient == f"mael.tanguy@{DOMAIN}"

    # the whole cycle a day later
    pane.tab("Réunions")
    page.locator("main ol.sessions a").first.click()
    page.get_by_role("heading", name="Les personnes invitées").wait_for()
    pane.go("Changer")
    page.get_by_role("radio", name="Tout le cycle").check()
    first = datetime.fromisoformat(session(office, 1)["start"])
    page.get_by_label("Nouvelle date et heure").fill((first + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M"))
    pane.go("Voir ce qui va changer")
    pane.go("Confirmer le changement")
    moved = datetime.fromisoformat(session(office, 1)["start"])
    assert moved.date() == (first + timedelta(days=7)).date()
    pane.go("Annuler")
    assert datetime.fromisoformat(session(office, 1)["start"]) == first

    # only those who have not answered are reminded
    pane.drop(thunderbird(answer(office, 3, "paul.morin")))
    pane.main.locator(".heads > li").filter(has_text="Séance 3").get_by_role("link", name="Relancer").click()
    pane.page.get_by_role("heading", name="Relancer qui n’a pas répondu").wait_for()
    page.get_by_label("Un mot").fill("Pouvez-vous me répondre d’ici à jeudi ?")
    album.keep("relance")
    before = len(post.taken)
    pane.go("Envoyer la relance")
    pane.main.get_by_role("heading", name="Envoi terminé", exact=True).wait_for()
    assert [one.recipient for one in post.taken[before:]] == [f"iris.passage@{DOMAIN}"]

    # one date of the club is called off
    pane.tab("Réunions")
    pane.go("Club de réutilisation", exact=False)
    page.get_by_role("link", name="Annuler la date").nth(1).click()
    page.get_by_role("heading", name="Annuler la réunion").wait_for()
    assert page.get_by_role("radio", name="Une seule date").is_checked()
    page.get_by_label("Motif").fill("Vacances.")
    pane.go("Voir ce qui va changer")
    album.keep("club-une-date")
    pane.go("Confirmer l’annulation")
    pane.go("Rétablir")
    assert pane.heading().startswith("Club")

    # after a session: who came, how far the data is, then the minutes
    pane.tab("Réunions")
    page.get_by_text("Réunions passées ou annulées").click()
    pane.main.locator("details a").first.click()
    pane.page.get_by_role("heading", name="Les personnes invitées").wait_for()
    pane.go("Noter qui est venu")
    page.get_by_role("checkbox", name="Paul Morin").check()
    page.get_by_role("checkbox", name="Anne Le Goff").check()
    page.get_by_role("checkbox", name="Menus scolaires").check()
    album.keep("presences")
    pane.go("Enregistrer")
    assert "Iris Passage" in pane.main.locator("dd").nth(1).inner_text()
    album.keep("compte-rendu")
    pane.go("Écrire le compte rendu")
    assert page.locator("#sheet").count() == 1
    assert all(f"{who}@{DOMAIN}" in page.locator("#sheet").inner_text() for who in ("paul.morin", "anne.le-goff", "iris.passage"))
    album.keep("compte-rendu-courrier")
