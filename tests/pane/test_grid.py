"""Who comes: answers by mail and by telephone, proposals, doubts, attendance, reminders; each gesture made, seen, taken back."""

import json
import re
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator

from tests.pane.conftest import MakePane
from tests.pane.driver import Pane
from tests.pane.servers import Server
from tests.pane.test_axe import violations
from tests.shapes import Said, google, nextcloud, outlook_desktop, thunderbird, zimbra

THIRD, FOURTH = "Séance 3", "Séance 4"
DOMAIN = "saint-aubin-sur-vire.example"


def call(server: Server, path: str, body: Any = None, kind: str = "application/json") -> Any:
    """Call the API as another program does."""
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        f"{server.base}/api/v1{path}", data=data, headers={"Authorization": f"Bearer {server.token}", "Content-Type": kind}
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.loads(answer.read())


@pytest.fixture(scope="module")
def theatre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server on which the demonstration town is played."""
    server = Server(tmp_path_factory.mktemp("ville"), "--demo")
    yield server
    server.stop()


@pytest.fixture
def town(theatre: Server) -> Server:
    """Give the demonstration town as on its first day, to write in."""
    request = urllib.request.Request(
        f"{theatre.base}/pane/views/demo/enter", data=b"", headers={"Authorization": f"Bearer {theatre.token}"}
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.status == 200
    return theatre


def session(server: Server, step: int) -> dict[str, Any]:
    """Give one session of the cycle in the middle of which the town stands."""
    return next(one for one in call(server, "/meetings") if one["step"] == step and one["cycle"] == "cycle-2")


def receive(server: Server, step: int, who: str, partstat: str = "ACCEPTED", client: Callable[[Said], bytes] = google, **more: Any) -> None:
    """Let a mail come in, as the client of the person invited writes it."""
    meeting = session(server, step)
    told = next((one for one in meeting["attendees"] if one["name"] == who), {"email": f"{who}@ailleurs.example"})
    said = Said(
        uid=meeting["uid"],
        email=told["email"],
        name=who,
        partstat=partstat,
        start=datetime.fromisoformat(meeting["start"]),
        end=datetime.fromisoformat(meeting["end"]),
        title=meeting["title"],
        organizer=meeting["organizer"]["email"],
        sequence=meeting["sequence"],
        stamp=datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=5),
        **more,
    )
    call(server, "/replies", client(said), "message/rfc822")


def cell(pane: Pane, who: str, name: str) -> Locator:
    """Give the cell of a person and a session, by the words that head them."""
    row = pane.main.locator("[data-row]").filter(has=pane.page.locator("th").filter(has_text=who))
    return row.locator("td").filter(has=pane.page.locator(".session", has_text=name))


def words(pane: Pane, who: str, name: str) -> str:
    """Give the words of a cell that are seen, without its session."""
    return " ".join(chip.strip() for chip in cell(pane, who, name).locator(".chip").all_inner_texts())


def read(place: Locator) -> str:
    """Give what is seen, its no-break spaces as plain ones."""
    return place.inner_text().replace("\u00a0", " ")


def counted(pane: Pane, title: str) -> str:
    """Give the counts of a session."""
    return " ".join(pane.main.locator(".heads > li").filter(has_text=title).locator(".chip").all_inner_texts())


def open_grid(pane: Pane) -> None:
    pane.open("/pane/views/grid")
    assert pane.heading() == "Qui vient\u00a0?"


def take_back(pane: Pane) -> None:
    pane.go("Annuler")
    pane.main.get_by_role("button", name="Rétablir").wait_for()
    open_grid(pane)


def test_answers_by_mail_show_as_words_and_are_counted(town: Server, make_pane: MakePane) -> None:
    pane = make_pane(town)
    open_grid(pane)
    assert counted(pane, THIRD) == "2 acceptés 2 peut-être 1 sans réponse"
    receive(town, 3, "Inès Carvalho", "DECLINED", outlook_desktop)
    receive(town, 3, "Bruno Castellani", "TENTATIVE", thunderbird)
    receive(town, 3, "Karim Haddad", "ACCEPTED", zimbra)
    receive(town, 3, "Hélène Marchand", "ACCEPTED", nextcloud)
    open_grid(pane)
    assert [words(pane, who, THIRD) for who in ("Inès", "Bruno", "Karim", "Hélène")] == ["décliné", "peut-être", "accepté", "accepté"]
    assert words(pane, "Samir", THIRD) == "peut-être dit par téléphone"
    assert words(pane, "Inès", FOURTH) == "à reconfirmer"
    assert (words(pane, "Inès", "Séance 1"), words(pane, "Bruno", "Séance 1"), words(pane, "Samir", "Séance 1")) == (
        "venue",
        "venu",
        "pas venu",
    )
    assert counted(pane, THIRD) == "2 acceptés 2 peut-être 1 décliné"
    assert cell(pane, "Inès", THIRD).locator("svg.shape").count() == 1, "a state is never told by its colour alone"
    assert pane.overflow() <= 0


def test_the_table_is_one_for_assistive_technology_too(town: Server, make_pane: MakePane) -> None:
    for size in ("narrow", "wide"):
        pane = make_pane(town, size=size)
        open_grid(pane)
        table = pane.main.get_by_role("table", name="Personnes et séances")
        assert table.get_by_role("columnheader").count() == 5
        assert table.get_by_role("rowheader").count() == 5
        assert table.get_by_role("cell").count() == 20


def test_meetings_are_chosen(town: Server, make_pane: MakePane) -> None:
    pane = make_pane(town)
    open_grid(pane)
    pane.main.get_by_text("Voir d’autres réunions").click()
    pane.main.get_by_role("link", name=re.compile("Lancement du club")).click()
    pane.settled()
    assert pane.main.locator(".heads > li").count() == 1
    assert words(pane, "Bruno", "Lancement") == "sans réponse"
    pane.main.get_by_text("Voir d’autres réunions").click()
    pane.go("Toutes les réunions")
    assert pane.main.locator(".heads > li").count() == 10
    assert pane.overflow() <= 0


def test_by_keyboard_alone_an_answer_said_by_telephone(town: Server, make_pane: MakePane) -> None:
    pane = make_pane(town)
    open_grid(pane)
    keyboard = pane.page.keyboard

    def tab_to(label: str) -> None:
        for _ in range(80):
            keyboard.press("Tab")
            told = (
                pane.run("() => document.activeElement.matches('a, button') && document.activeElement.textContent.replace(/\\s+/g, ' ')")
                or ""
            )
            if label in told:
                return
        raise AssertionError(f"the Tab key never meets {label!r}")

    tab_to("noter ce que dit Karim Haddad")
    keyboard.press("Enter")
    pane.page.get_by_role("heading", name="M.\u00a0Karim Haddad").wait_for()
    pane.settled()
    assert "02 61 91 00 71" in pane.main.inner_text()
    tab_to("Décline")
    keyboard.press("Enter")
    pane.page.get_by_text("Noté\u00a0: M.\u00a0Karim Haddad ne viendra pas.").first.wait_for()
    pane.settled()
    assert words(pane, "Karim", THIRD) == "décliné dit par téléphone"
    assert "1 décliné" in counted(pane, THIRD)
    tab_to("Annuler")
    keyboard.press("Enter")
    pane.main.get_by_role("button", name="Rétablir").wait_for()
    open_grid(pane)
    assert words(pane, "Karim", THIRD) == "sans réponse"


def test_each_answer_by_telephone(town: Server, make_pane: MakePane) -> None:
    pane = make_pane(town)
    pane.open(f"/pane/views/grid?meeting={session(town, 4)['id']}")
    for button, state in (("Accepte", "accepté"), ("Peut-être", "peut-être"), ("Décline", "décliné")):
        cell(pane, "Inès", FOURTH).get_by_role("link").click()
        pane.settled()
        pane.go(button)
        assert pane.main.locator(".heads > li").count() == 1, "one comes back to the meetings that one was looking at"
        assert words(pane, "Inès", FOURTH) == f"{state} dit par téléphone"


def test_a_proposal_is_foreseen_taken_told_and_taken_back(town: Server, make_pane: MakePane) -> None:
    pane = make_pane(town)
    open_grid(pane)
    before = session(town, 4)
    asked = pane.main.locator("[data-counter]")
    assert asked.count() == 1
    assert "Mme Hélène Marchand propose le" in read(asked)
    assert "Je suis en formation ce matin-là" in read(asked)
    pane.go("Accepter et déplacer pour tout le monde")
    assert "5 personnes recevront la nouvelle date" in pane.main.inner_text()
    assert session(town, 4)["start"] == before["start"], "a preview changes nothing"
    pane.page.get_by_label("Motif").fill("pour que chacun puisse venir")
    pane.go("Déplacer pour tout le monde")
    moved = session(town, 4)
    assert (moved["sequence"], moved["start"] > before["start"]) == (before["sequence"] + 1, True)
    pane.go("Prévenir tout le monde")
    assert "5 personnes recevront" in pane.main.inner_text()
    open_grid(pane)
    assert (asked.count(), words(pane, "Bruno", FOURTH)) == (0, "à reconfirmer")


def test_taking_a_proposal_is_undone(town: Server, make_pane: MakePane) -> None:
    pane = make_pane(town)
    open_grid(pane)
    before = session(town, 4)["start"]
    pane.go("Accepter et déplacer pour tout le monde")
    pane.go("Déplacer pour tout le monde")
    assert session(town, 4)["start"] != before
    take_back(pane)
    assert (pane.main.locator("[data-counter]").count(), session(town, 4)["start"]) == (1, before)
    assert words(pane, "Bruno", FOURTH) == "accepté dit par téléphone"


def test_a_proposal_is_declined_its_author_told_and_it_comes_back(town: Server, make_pane: MakePane) -> None:
    pane = make_pane(town)
    open_grid(pane)
    before = session(town, 4)
    pane.go("Décliner")
    pane.page.get_by_label("Un mot pour Mme Hélène Marchand").fill("La salle n’est libre que le matin.")
    pane.go("Décliner et prévenir")
    assert pane.heading() == "Proposition déclinée"
    pane.go("Suivre l’envoi")
    pane.page.get_by_text("1 message sur 1 envoyé").first.wait_for()
    sent = [one for one in call(town, "/deliveries")["deliveries"] if one["method"] == "DECLINECOUNTER"]
    assert [(one["name"], one["state"]) for one in sent] == [("Hélène Marchand", "sent")]
    open_grid(pane)
    assert (pane.main.locator("[data-counter]").count(), session(town, 4)["start"]) == (0, before["start"])
    receive(town, 4, "Samir Aït-Ouali", "TENTATIVE", outlook_desktop, proposed=datetime.fromisoformat(before["start"]) + timedelta(days=2))
    open_grid(pane)
    assert "M. Samir Aït-Ouali propose" in read(pane.main.locator("[data-counter]"))
    pane.go("Décliner")
    pane.go("Décliner et prévenir")
    take_back(pane)
    assert pane.main.locator("[data-counter]").count() == 1


def test_a_doubt_is_confirmed_or_ignored(town: Server, make_pane: MakePane) -> None:
    pane = make_pane(town)
    open_grid(pane)
    doubt = pane.main.locator("[data-doubt]")
    assert "M. Karim Haddad accepte" in read(doubt)
    assert "Le message vient d’une autre adresse" in read(doubt)
    assert words(pane, "Karim", THIRD) == "sans réponse", "a doubt counts for nothing"
    pane.go("Compter cette réponse")
    assert (doubt.count(), words(pane, "Karim", THIRD)) == (0, "accepté")
    take_back(pane)
    assert (doubt.count(), words(pane, "Karim", THIRD)) == (1, "sans réponse")
    pane.go("Ignorer")
    assert (doubt.count(), words(pane, "Karim", THIRD)) == (0, "sans réponse")
    take_back(pane)
    assert doubt.count() == 1


def test_a_stranger_s_answer_is_counted_only_for_somebody(town: Server, make_pane: MakePane) -> None:
    pane = make_pane(town)
    receive(town, 3, "secretariat", "DECLINED")
    open_grid(pane)
    doubt = pane.main.locator("[data-doubt]").filter(has_text="secretariat@ailleurs.example")
    assert "Cette adresse n’est pas celle d’une personne invitée." in read(doubt)
    pane.refused_on_purpose = True
    doubt.get_by_role("button", name="Compter cette réponse").click()
    pane.main.locator("[role=alert]").wait_for()
    assert "Dites de qui est cette réponse." in pane.main.inner_text()
    doubt.get_by_label("De qui est cette réponse").select_option(label="Inès Carvalho")
    doubt.get_by_role("button", name="Compter cette réponse").click()
    pane.page.get_by_text("Réponse comptée").first.wait_for()
    assert words(pane, "Inès", THIRD) == "décliné"


def test_an_invitation_asked_again_goes_to_that_person_alone(town: Server, make_pane: MakePane) -> None:
    pane = make_pane(town)
    receive(town, 3, "Bruno Castellani", "NEEDS-ACTION", method="REFRESH")
    open_grid(pane)
    doubt = pane.main.locator("[data-doubt]").filter(has_text="M.\u00a0Bruno Castellani demande l’invitation")
    doubt.get_by_role("button", name="Renvoyer l’invitation").click()
    pane.page.get_by_role("heading", name="Invitation renvoyée").wait_for()
    pane.go("Suivre l’envoi")
    pane.page.get_by_text("1 message sur 1 envoyé").first.wait_for()
    assert [one["name"] for one in call(town, "/deliveries")["deliveries"]] == ["Bruno Castellani"]
    open_grid(pane)
    assert doubt.count() == 0


def test_attendance_moves_the_chart_and_opens_the_minutes(town: Server, make_pane: MakePane) -> None:
    pane = make_pane(town)
    path = f"/pane/views/meetings/{session(town, 3)['id']}/attendance"
    pane.open(path)
    assert "pas encore eu lieu" in pane.main.inner_text()

    def ticked() -> list[str]:
        boxes = pane.main.locator("input[name=present]:checked")
        return [boxes.nth(place).locator("xpath=..").inner_text().split("\n")[0] for place in range(boxes.count())]

    assert ticked() == ["Inès Carvalho", "Bruno Castellani"], "those who accepted"
    pane.page.get_by_role("checkbox", name="Inès Carvalho").uncheck()
    pane.page.get_by_role("checkbox", name="Karim Haddad").check()
    pane.main.get_by_text("Quelqu’un d’autre est venu").click()
    pane.page.get_by_role("checkbox", name="Mei Tran").check()
    pane.page.get_by_role("checkbox", name="Équipements sportifs et culturels").check()
    pane.go("Enregistrer")
    told = pane.main.inner_text()
    assert "Bruno Castellani, Karim Haddad" in told
    assert "Inès Carvalho, Hélène Marchand, Samir Aït-Ouali" in told
    assert states(town)["Équipements sportifs et culturels"] == "standardisé"
    assert states(town)["Défibrillateurs"] == "nettoyé", "what is not ticked does not move"
    pane.page.get_by_role("radio").nth(1).check()
    catch_up = pane.page.get_by_role("radio").nth(1).locator("xpath=..").inner_text().split("\n")[0]
    pane.go("Écrire le compte rendu")
    assert "Standardisation" in pane.main.locator("#sheet").inner_text()
    letter = pane.main.locator("#sheet").inner_text()
    assert catch_up[1:] in letter
    assert letter.count(f"@{DOMAIN}") >= 5
    assert pane.main.locator("#remaining").inner_text().startswith("2 champs à remplir")
    pane.open(path)
    assert ticked() == ["Bruno Castellani", "Karim Haddad", "Mei Tran"]


def states(server: Server) -> dict[str, str]:
    """Give the state of each data set of the chart, by its title."""
    return {one["title"]: one["state"] for one in call(server, "/chart")["datasets"]}


def test_attendance_is_taken_back(town: Server, make_pane: MakePane) -> None:
    pane = make_pane(town)
    before = states(town)
    pane.open(f"/pane/views/meetings/{session(town, 3)['id']}/attendance")
    pane.page.get_by_role("checkbox", name="Défibrillateurs").check()
    pane.go("Enregistrer")
    assert states(town) != before
    take_back(pane)
    assert states(town) == before
    assert words(pane, "Bruno", THIRD) == "accepté"
    pane.open(f"/pane/views/meetings/{session(town, 1)['id']}/attendance")
    pane.go("Enregistrer")
    assert "C’était déjà noté" in pane.main.inner_text()
    assert pane.main.get_by_role("button", name="Annuler").count() == 0


def test_a_data_set_goes_back_a_step_when_its_tick_is_taken_away(town: Server, make_pane: MakePane) -> None:
    pane = make_pane(town)
    pane.open(f"/pane/views/meetings/{session(town, 2)['id']}/attendance")
    pane.page.get_by_role("checkbox", name="Équipements sportifs et culturels").uncheck()
    pane.go("Enregistrer")
    line = pane.main.locator("section[aria-labelledby=sets] li")
    assert [one.split("\n")[-1].strip() for one in line.all_inner_texts()] == ["nettoyé", "standardisé"]


def test_only_the_silent_are_reminded(town: Server, make_pane: MakePane) -> None:
    pane = make_pane(town)
    open_grid(pane)
    pane.go("Relancer 3 personnes")
    assert pane.heading() == "Relancer qui n’a pas répondu"
    listed = [one.split("\n")[0] for one in pane.main.locator("section[aria-labelledby=who] li").all_inner_texts()]
    assert listed == ["Inès Carvalho", "Karim Haddad", "Samir Aït-Ouali"]
    assert call(town, "/deliveries")["deliveries"] == [], "nothing leaves before the click"
    pane.page.get_by_label("Un mot").fill("Pouvez-vous me répondre d’ici à jeudi ?")
    pane.go("Envoyer la relance")
    pane.page.get_by_text("3 messages sur 3 envoyés").first.wait_for()
    sent = call(town, "/deliveries")["deliveries"]
    assert [(one["name"], one["method"], one["state"]) for one in sent] == [(who, "REQUEST", "sent") for who in listed]


def test_everybody_has_answered(town: Server, make_pane: MakePane) -> None:
    for who in ("Inès Carvalho", "Karim Haddad", "Samir Aït-Ouali"):
        receive(town, 4, who, "ACCEPTED")
    pane = make_pane(town)
    open_grid(pane)
    assert pane.main.locator(".heads > li").filter(has_text=FOURTH).get_by_text("Relancer").count() == 0


def test_my_sessions_from_the_grid_and_from_the_sheet_of_a_contact(town: Server, make_pane: MakePane, tmp_path: Path) -> None:
    pane = make_pane(town)
    open_grid(pane)
    raw = pane.download("Ses séances\u00a0: Inès Carvalho", tmp_path).read_bytes()
    assert raw.count(b"BEGIN:VEVENT") == 4
    assert raw.lower().replace(b"\r\n ", b"").count(b"mailto:ines.carvalho@") == 4
    assert b"karim" not in raw.lower()
    pane.go("Inès Carvalho")
    assert pane.download("Ses séances (.ics)", tmp_path).read_bytes().count(b"BEGIN:VEVENT") == 4
    pane.open("/pane/views/contacts")
    pane.page.get_by_role("searchbox").fill("weber")
    pane.go("Thomas Weber")
    assert pane.main.get_by_text("Ses séances").count() == 0, "nobody invited him"


def test_today_says_that_something_waits(town: Server, make_pane: MakePane) -> None:
    pane = make_pane(town)
    pane.open("/pane/views/today")
    card = pane.main.locator("section[aria-labelledby=to-settle]")
    assert card.locator(".count").inner_text() == "2"
    pane.go("Voir qui vient")
    assert pane.heading() == "Qui vient\u00a0?"
    pane.go("Ignorer")
    pane.open("/pane/views/today")
    assert card.locator(".count").inner_text() == "1"


@pytest.fixture
def office(empty_server: Server, make_pane: MakePane) -> Pane:
    """Give a pane on a real logbook: a club each month, to which two people are invited, and no way to send."""
    pane = make_pane(empty_server)
    pane.first_run()
    people = ["Paul Morin <paul.morin@saint-aubin.example>", "Anne Le Goff <anne.legoff@saint-aubin.example>"]
    start = datetime.fromisoformat("2027-03-04T14:00")
    club = {"kind": "club", "starts": [start.isoformat()], "rrule": "FREQ=MONTHLY;COUNT=12;BYDAY=1TH", "to": people}
    call(empty_server, "/meetings", club)
    return pane


def test_one_date_of_the_club(office: Pane) -> None:
    pane = office
    open_grid(pane)
    cell(pane, "Paul Morin", "Club").get_by_role("link").click()
    pane.settled()
    pane.page.get_by_label("Pour quelle date").select_option(label="Jeudi 1er avril 2027 à 14\u00a0h")
    pane.go("Peut-être")
    assert [words(pane, "Paul", day) for day in ("4 mars", "1er avr.")] == ["sans réponse", "peut-être dit par téléphone"]
    pane.open(f"/pane/views/meetings/{call(pane.server, '/meetings')[0]['id']}/attendance")
    pane.main.get_by_role("link", name="Jeudi 1er avril 2027 à 14\u00a0h").click()
    pane.settled()
    pane.page.get_by_role("checkbox", name="Anne Le Goff").check()
    pane.go("Enregistrer")
    assert "Anne Le Goff" in pane.main.locator("dd").first.inner_text()
    open_grid(pane)
    assert [words(pane, "Anne", day) for day in ("4 mars", "1er avr.")] == ["sans réponse", "venu"]
    assert pane.overflow() <= 0


def test_where_nothing_can_leave_the_mail_is_given(office: Pane, tmp_path: Path, axe_source: str) -> None:
    pane = office
    club = call(pane.server, "/meetings")[0]
    pane.open(f"/pane/views/meetings/{club['id']}/reminders")
    assert "Rien ne peut encore partir d’ici." in pane.main.inner_text()
    assert pane.main.get_by_role("button", name=re.compile("relance")).count() == 0
    start = datetime.fromisoformat(club["start"])
    said = Said(uid=club["uid"], email="paul.morin@saint-aubin.example", start=start, end=start, proposed=start + timedelta(hours=1))
    call(pane.server, "/replies", google(said), "message/rfc822")
    open_grid(pane)
    pane.go("Décliner")
    pane.go("Décliner et préparer le courriel")
    assert not violations(pane, axe_source)
    path = pane.download("Télécharger le courriel (.eml)", tmp_path)
    raw = path.read_bytes()
    assert (path.suffix, b"To: " in raw, b"DECLINECOUNTER" in raw) == (".eml", True, True)
    take_back(pane)
    assert pane.main.locator("[data-counter]").count() == 1


def test_a_meeting_that_is_not_there_and_a_logbook_without_meetings(empty_server: Server, make_pane: MakePane) -> None:
    pane = make_pane(empty_server)
    pane.first_run()
    open_grid(pane)
    assert "Aucune réunion" in pane.main.inner_text()
    for path in ("grid?meeting=rien", "grid?cycle=rien", "meetings/rien/attendance", "meetings/rien/reminders", "counters/rien/accept"):
        assert empty_server.get(f"/pane/views/{path}")[0] == 404, path
    assert empty_server.get("/pane/views/meetings/rien/attendance?date=hier")[0] in (404, 422)
