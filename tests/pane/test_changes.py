"""A meeting that was called, moved, changed, called off and put back: walked as a person does, in a browser."""

import json
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from addin.core.french import datetime_in_words
from tests.pane.conftest import MakePane
from tests.pane.driver import Pane
from tests.pane.servers import Server
from tests.pane.test_axe import violations
from tests.pane.test_keyboard import walk

PARIS = ZoneInfo("Europe/Paris")
NEXT_YEAR = datetime.now(UTC).year + 1
PAUL, ANNE, IRIS = "paul@saint-aubin.example", "anne@saint-aubin.example", "iris@saint-aubin.example"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Server]:
    """Give a demonstration town of one's own, to write in."""
    server = Server(tmp_path / "ville", "--demo")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def shared_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a demonstration town where each test only looks at a meeting of its own."""
    server = Server(tmp_path_factory.mktemp("ville"), "--demo")
    yield server
    server.stop()


def call(server: Server, method: str, path: str, body: Any = None, *, kind: str = "application/json") -> Any:
    """Call the server as another window would, and give what it answers."""
    raw = (
        None
        if body is None
        else json.dumps(body).encode()
        if kind == "application/json"
        else urllib.parse.urlencode(body, doseq=True).encode()
    )
    request = urllib.request.Request(
        server.base + path, raw, {"Authorization": f"Bearer {server.token}", "Content-Type": kind, "HX-Request": "true"}, method=method
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        text = answer.read().decode()
    return json.loads(text) if text.startswith(("{", "[")) else text


def on(month: int, day: int, hour: int = 10, minute: int = 0) -> str:
    """Give a moment of next year as a field takes it."""
    return f"{NEXT_YEAR}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}"


def words(moment: str) -> str:
    return datetime_in_words(datetime.fromisoformat(moment).replace(tzinfo=PARIS))


def prepare(server: Server, kind: str, *starts: str, **more: Any) -> list[dict[str, Any]]:
    body = {"kind": kind, "starts": [f"{start}:00" for start in starts], "to": [f"Paul Morin <{PAUL}>", f"Anne Le Goff <{ANNE}>"], **more}
    meetings: list[dict[str, Any]] = call(server, "POST", "/api/v1/meetings", body)["meetings"]
    return meetings


def sent(server: Server, *meetings: dict[str, Any]) -> None:
    """Say that the mails of these meetings left."""
    ids = [meeting["id"] for meeting in meetings]
    call(server, "POST", "/pane/views/meetings/sent", {"meeting": ids}, kind="application/x-www-form-urlencoded")


def accepts(server: Server, meeting: dict[str, Any], email: str) -> None:
    contact = next(one["contact"] for one in meeting["attendees"] if one["email"] == email)
    call(server, "POST", f"/api/v1/meetings/{meeting['id']}/rsvps", {"contact": contact, "partstat": "ACCEPTED"})


def stands(server: Server, meeting: dict[str, Any]) -> dict[str, Any]:
    """Give a meeting as it stands now."""
    return next(one for one in call(server, "GET", "/api/v1/meetings") if one["id"] == meeting["id"])


def foreseen(server: Server, meeting: dict[str, Any], **order: Any) -> list[str]:
    body = {name: f"{value}:00" if name in ("start", "date") else value for name, value in order.items()}
    told: list[str] = call(server, "POST", f"/api/v1/meetings/{meeting['id']}/preview", body)["words"]
    return told


def read(pane: Pane) -> list[str]:
    """Give the words of the preview, or of what was done."""
    return pane.main.locator(".lead .words li").all_text_contents()


def looked_at(pane: Pane) -> None:
    """Press the button of the form, and find oneself before a question."""
    pane.go("Voir ce qui va changer")
    assert pane.heading() == "Vérifiez avant de confirmer"


@pytest.fixture
def cycle(town: Server) -> list[dict[str, Any]]:
    """Give four sessions that two people got; Paul comes to the second."""
    sessions = prepare(town, "quality", *(on(month, 9) for month in (2, 3, 4, 5)))
    sent(town, *sessions)
    accepts(town, sessions[1], PAUL)
    return sessions


@pytest.fixture
def club(town: Server) -> dict[str, Any]:
    """Give a series of six Thursdays that two people got."""
    first = next(date(NEXT_YEAR, 9, day) for day in range(1, 8) if date(NEXT_YEAR, 9, day).weekday() == 3)
    (meeting,) = prepare(town, "club", f"{first}T14:00", rrule="FREQ=WEEKLY;BYDAY=TH;COUNT=6")
    sent(town, meeting)
    return meeting


def weeks(club: dict[str, Any], count: int) -> str:
    """Give the date of the series some weeks after its first, as a field takes it."""
    return (datetime.fromisoformat(club["start"]).replace(tzinfo=None) + timedelta(weeks=count)).strftime("%Y-%m-%dT%H:%M")


def test_the_list_is_light_and_leads_to_each_meeting(
    town: Server, cycle: list[dict[str, Any]], club: dict[str, Any], make_pane: MakePane
) -> None:
    pane = make_pane(town)
    pane.open("/pane/views/meetings")
    card = pane.main.locator("section.card").filter(has=pane.page.get_by_role("link", name=cycle[0]["title"])).first
    assert card.locator("ol > li").count() == 4, "the sessions of one cycle stand together"
    second = card.locator("ol > li").nth(1).inner_text().replace("\u00a0", " ")
    assert "1 accepte · 1 sans réponse" in second
    assert "à envoyer" not in card.inner_text()
    pane.go(club["title"])
    assert pane.heading() == club["title"]
    assert pane.main.locator("section[aria-labelledby=dates] li").count() == 6
    assert "Salle des Tilleuls" in pane.main.inner_text()
    pane.open(f"/pane/views/meetings/{cycle[1]['id']}")
    people = pane.main.locator("section[aria-labelledby=people] li")
    assert ["accepté" in people.filter(has_text=PAUL).inner_text(), "sans réponse" in people.filter(has_text=ANNE).inner_text()] == [
        True,
        True,
    ]


def test_one_session_is_moved_and_put_back(town: Server, cycle: list[dict[str, Any]], make_pane: MakePane) -> None:
    second = cycle[1]
    pane = make_pane(town)
    pane.open("/pane/views/meetings")
    pane.go(second["title"])
    pane.go("Changer")
    assert pane.page.get_by_role("radio", name="Cette séance seulement").is_checked()
    pane.page.get_by_label("Nouvelle date et heure").fill(on(3, 16, 14))
    pane.page.get_by_label("Motif").fill("La salle est prise.")
    looked_at(pane)
    assert read(pane) == foreseen(town, second, start=on(3, 16, 14), reason="La salle est prise.")
    assert "2 personnes recevront la nouvelle date" in read(pane)[0].replace("\u00a0", " ")
    assert "1 personne qui avait accepté" in read(pane)[1].replace("\u00a0", " ")
    assert "La salle est prise." in pane.main.inner_text()
    assert stands(town, second)["start"] == second["start"], "nothing is done before the yes"
    pane.go("Revenir")
    assert pane.page.get_by_label("Nouvelle date et heure").input_value() == on(3, 16, 14)
    assert pane.page.get_by_label("Motif").input_value() == "La salle est prise."
    looked_at(pane)
    told = read(pane)
    pane.go("Confirmer le changement")
    assert read(pane) == told
    assert "2 messages à envoyer" in pane.main.inner_text().replace("\u00a0", " ")
    moved = stands(town, second)
    assert moved["start"].startswith(on(3, 16, 14))
    assert moved["sequence"] == 1
    assert [one["reconfirm"] for one in moved["attendees"]] == [True, False]
    assert all(stands(town, other) == other for other in (cycle[0], cycle[2], cycle[3])), "the others stay"
    pane.go("Annuler")
    assert stands(town, second)["start"] == second["start"]
    assert pane.heading() == second["title"], "undo leads to the meeting"
    assert "à envoyer" not in pane.main.inner_text()


def test_what_is_due_after_a_change_leads_to_its_sending(town: Server, cycle: list[dict[str, Any]], make_pane: MakePane) -> None:
    pane = make_pane(town)
    pane.open(f"/pane/views/meetings/{cycle[0]['id']}/change")
    pane.page.get_by_label("Nouvelle date et heure").fill(on(2, 10))
    looked_at(pane)
    pane.go("Confirmer le changement")
    pane.go("Voir qui reçoit quoi et envoyer")
    listed = pane.main.inner_text()
    assert PAUL in listed
    assert ANNE in listed


def test_the_whole_cycle_is_moved_in_one_gesture(town: Server, cycle: list[dict[str, Any]], make_pane: MakePane) -> None:
    pane = make_pane(town)
    pane.open(f"/pane/views/meetings/{cycle[2]['id']}/change")
    pane.page.get_by_role("radio", name="Tout le cycle").check()
    assert not pane.page.get_by_label("Lieu").is_visible(), "the place is changed session by session"
    pane.page.get_by_label("Nouvelle date et heure").fill(on(4, 10, 15, 30))
    looked_at(pane)
    assert read(pane) == foreseen(town, cycle[2], start=on(4, 10, 15, 30), cycle=True)
    pane.go("Confirmer le changement")
    assert "8 messages à envoyer" in pane.main.inner_text().replace("\u00a0", " ")
    starts = [stands(town, session)["start"][:16] for session in cycle]
    assert starts == [on(month, 10, 15, 30) for month in (2, 3, 4, 5)]
    pane.go("Annuler")
    assert [stands(town, session)["start"] for session in cycle] == [session["start"] for session in cycle]


def test_one_date_of_the_club_is_moved(town: Server, club: dict[str, Any], make_pane: MakePane) -> None:
    pane = make_pane(town)
    pane.open(f"/pane/views/meetings/{club['id']}")
    pane.main.get_by_role("link", name="Déplacer").nth(1).click()
    pane.settled()
    assert pane.page.get_by_role("radio", name="Une seule date").is_checked()
    assert pane.page.get_by_label("Laquelle").evaluate("one => one.selectedIndex") == 1
    start = pane.page.get_by_label("Nouvelle date et heure")
    assert start.input_value() == weeks(club, 1)
    pane.page.get_by_label("Laquelle").select_option(index=2)
    pane.page.locator(f"#f-start[value='{weeks(club, 2)}']").wait_for()
    pane.settled()
    pane.page.get_by_label("Laquelle").select_option(index=1)
    pane.page.locator(f"#f-start[value='{weeks(club, 1)}']").wait_for()
    pane.settled()
    later = (datetime.fromisoformat(weeks(club, 1)) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    start.fill(later)
    looked_at(pane)
    assert read(pane) == foreseen(town, club, date=weeks(club, 1), start=later)
    pane.go("Revenir")
    assert start.input_value() == later
    looked_at(pane)
    pane.go("Confirmer le changement")
    moved = stands(town, club)
    assert [one["start"][:16] for one in moved["overrides"]] == [later]
    assert moved["start"] == club["start"]
    pane.go(f"Voir\u00a0: {club['title']}")
    assert f"au lieu du {words(weeks(club, 1))}" in pane.main.inner_text()


def test_one_date_of_the_club_is_called_off_then_the_whole(town: Server, club: dict[str, Any], make_pane: MakePane) -> None:
    pane = make_pane(town)
    pane.open(f"/pane/views/meetings/{club['id']}")
    pane.main.get_by_role("link", name="Annuler la date").nth(2).click()
    pane.settled()
    pane.page.get_by_label("Motif").fill("Salle en travaux")
    looked_at(pane)
    assert read(pane) == foreseen(town, club, date=weeks(club, 2), cancel=True, reason="Salle en travaux")
    pane.go("Confirmer l’annulation")
    assert [one[:16] for one in stands(town, club)["exdates"]] == [weeks(club, 2)]
    pane.go(f"Voir\u00a0: {club['title']}")
    assert pane.main.locator("section[aria-labelledby=dates] li").count() == 5
    pane.go("Annuler la réunion")
    pane.page.get_by_role("radio", name="Toute la série").check()
    assert not pane.page.get_by_label("Laquelle").is_visible()
    looked_at(pane)
    assert read(pane) == foreseen(town, club, cancel=True)
    pane.go("Confirmer l’annulation")
    assert stands(town, club)["status"] == "CANCELLED"
    pane.go("Rétablir")
    assert stands(town, club)["status"] == "CONFIRMED"
    assert [one[:16] for one in stands(town, club)["exdates"]] == [weeks(club, 2)], "the first change stays"


def test_the_whole_series_goes_to_another_hour(town: Server, club: dict[str, Any], make_pane: MakePane) -> None:
    pane = make_pane(town)
    pane.open(f"/pane/views/meetings/{club['id']}/change")
    pane.page.get_by_role("radio", name="Toute la série").check()
    start = pane.page.get_by_label("Nouvelle première date")
    assert start.input_value() == weeks(club, 0)
    earlier = weeks(club, 0).replace("T14", "T10")
    start.fill(earlier)
    looked_at(pane)
    assert read(pane) == foreseen(town, club, start=earlier)
    pane.go("Confirmer le changement")
    assert stands(town, club)["start"][:16] == earlier


def test_place_link_title_and_agenda_are_changed_together(town: Server, make_pane: MakePane) -> None:
    (meeting,) = prepare(town, "maturity", on(2, 9))
    sent(town, meeting)
    pane = make_pane(town)
    pane.open(f"/pane/views/meetings/{meeting['id']}/change")
    assert pane.page.get_by_role("radio").count() == 0, "a lone meeting asks for no choice"
    given = {
        "place": "Mairie annexe",
        "video": "https://visio.saint-aubin.example/salle",
        "title": "Évaluer, ensemble",
        "description": "- Ouvrir\n- Regarder",
        "reason": "L’ascenseur est en panne",
    }
    for label, name in (("Lieu", "place"), ("visio", "video"), ("Titre", "title"), ("Ordre du jour", "description"), ("Motif", "reason")):
        pane.page.get_by_label(label).first.fill(given[name])
    looked_at(pane)
    assert read(pane) == foreseen(town, meeting, **given)
    pane.go("Confirmer le changement")
    after = stands(town, meeting)
    assert {name: after[name] for name in given if name != "reason"} == {name: given[name] for name in given if name != "reason"}
    assert (after["start"], after["sequence"]) == (meeting["start"], 1)
    pane.go("Annuler")
    assert stands(town, meeting)["place"] == meeting["place"]


def test_people_are_added_then_one_is_removed(town: Server, make_pane: MakePane, tmp_path: Path) -> None:
    (meeting,) = prepare(town, "maturity", on(2, 9))
    sent(town, meeting)
    pane = make_pane(town)
    pane.open(f"/pane/views/meetings/{meeting['id']}")
    pane.go("Ajouter ou retirer quelqu’un")
    pane.page.get_by_role("checkbox", name="Nadia Belkacem").check()
    pane.page.get_by_label("Autres adresses").fill(f"Iris Passage <{IRIS}>")
    looked_at(pane)
    nadia = next(one["id"] for one in call(town, "GET", "/api/v1/contacts") if one["name"] == "Nadia Belkacem")
    assert read(pane) == foreseen(town, meeting, contacts=[nadia], to=[f"Iris Passage <{IRIS}>"])
    pane.go("Revenir")
    assert pane.page.get_by_role("checkbox", name="Nadia Belkacem").is_checked()
    assert pane.page.get_by_label("Autres adresses").input_value() == f"Iris Passage <{IRIS}>"
    looked_at(pane)
    pane.go("Confirmer le changement")
    assert "2 messages à envoyer" in pane.main.inner_text().replace("\u00a0", " "), "those who knew are not told again"
    assert len(stands(town, meeting)["attendees"]) == 4
    sent(town, meeting)

    pane.open(f"/pane/views/meetings/{meeting['id']}/people")
    line = pane.main.locator("section[aria-labelledby=invited] li").filter(has_text=PAUL)
    line.get_by_text("Retirer").click()
    line.get_by_label("Motif").fill("Parti dans un autre service")
    line.get_by_role("button", name="Voir ce qui va changer").click()
    pane.settled()
    paul = next(one["contact"] for one in meeting["attendees"] if one["email"] == PAUL)
    assert read(pane) == foreseen(town, meeting, remove=[paul], reason="Parti dans un autre service")
    pane.go("Revenir")
    assert line.get_by_label("Motif").input_value() == "Parti dans un autre service"
    line.get_by_role("button", name="Voir ce qui va changer").click()
    pane.settled()
    pane.go("Confirmer le changement")
    assert PAUL not in [one["email"] for one in stands(town, meeting)["attendees"]]
    pane.main.get_by_text("Les envoyer moi-même").click()
    with zipfile.ZipFile(pane.download("Tout télécharger (.zip)", tmp_path)) as files:
        (mail,) = (files.read(name) for name in files.namelist() if PAUL in name)
    assert b"method=CANCEL" in mail.replace(b'"', b""), "the person removed gets the withdrawal, nothing else"
    pane.go("Annuler")
    assert PAUL in [one["email"] for one in stands(town, meeting)["attendees"]]


def test_the_whole_cycle_is_called_off_and_one_undo_brings_it_back(town: Server, cycle: list[dict[str, Any]], make_pane: MakePane) -> None:
    pane = make_pane(town)
    pane.open(f"/pane/views/meetings/{cycle[0]['id']}")
    pane.go("Annuler la réunion")
    pane.page.get_by_role("radio", name="Tout le cycle").check()
    pane.page.get_by_label("Motif").fill("Projet suspendu")
    looked_at(pane)
    assert read(pane) == [line for session in cycle for line in foreseen(town, session, cancel=True)]
    pane.go("Confirmer l’annulation")
    assert {stands(town, session)["status"] for session in cycle} == {"CANCELLED"}
    assert "8 messages à envoyer" in pane.main.inner_text().replace("\u00a0", " ")
    pane.go("Rétablir")
    assert {stands(town, session)["status"] for session in cycle} == {"CONFIRMED"}


def test_a_meeting_called_off_still_shows_what_is_to_be_sent(town: Server, make_pane: MakePane) -> None:
    (meeting,) = prepare(town, "maturity", on(2, 9))
    sent(town, meeting)
    pane = make_pane(town)
    pane.open(f"/pane/views/meetings/{meeting['id']}/cancel")
    looked_at(pane)
    pane.go("Confirmer l’annulation")
    pane.open("/pane/views/meetings")
    card = pane.main.locator(f"section[aria-labelledby~=m-{meeting['id']}]")
    assert "annulée" in card.inner_text()
    assert "2 messages à envoyer" in card.inner_text().replace("\u00a0", " ")
    card.get_by_role("link", name=meeting["title"]).click()
    pane.settled()
    assert pane.main.get_by_role("link", name="Changer").count() == 0
    pane.main.get_by_text("Les envoyer moi-même").click()
    pane.go("C’est envoyé")
    assert "2 envois notés" in pane.main.inner_text().replace("\u00a0", " ")
    assert pane.main.locator(f"section[aria-labelledby~=m-{meeting['id']}]").count() == 0, "it is with the past ones by now"
    status, body, _ = town.get(f"/pane/views/meetings/{meeting['id']}/change")
    assert status == 422
    assert "Cette réunion est annulée" in body.decode()


def test_before_the_invitations_leave_nobody_is_told(town: Server, make_pane: MakePane) -> None:
    (meeting,) = prepare(town, "maturity", on(2, 9))
    pane = make_pane(town)
    pane.open("/pane/views/meetings")
    assert "2 personnes à inviter" in pane.main.locator(f"section[aria-labelledby~=m-{meeting['id']}]").inner_text().replace("\u00a0", " ")
    pane.open(f"/pane/views/meetings/{meeting['id']}/change")
    pane.page.get_by_label("Nouvelle date et heure").fill(on(2, 10))
    looked_at(pane)
    assert read(pane) == foreseen(town, meeting, start=on(2, 10))
    assert "personne n’est prévenu" in " ".join(read(pane))
    pane.go("Confirmer le changement")
    assert stands(town, meeting)["start"].startswith(on(2, 10))


def test_taking_back_what_was_sent_is_one_more_change_to_send(town: Server, make_pane: MakePane) -> None:
    (meeting,) = prepare(town, "maturity", on(2, 9))
    sent(town, meeting)
    pane = make_pane(town)
    pane.open(f"/pane/views/meetings/{meeting['id']}/change")
    pane.page.get_by_label("Nouvelle date et heure").fill(on(2, 10))
    looked_at(pane)
    pane.go("Confirmer le changement")
    assert "Après l’envoi" in pane.main.inner_text()
    sent(town, meeting)
    pane.go("Annuler")
    assert "un nouveau message est à envoyer" in pane.main.inner_text()
    back = stands(town, meeting)
    assert (back["start"], back["sequence"]) == (meeting["start"], 2)
    assert "2 messages à envoyer" in pane.main.inner_text().replace("\u00a0", " ")


def last_sunday_of_march(year: int) -> date:
    return next(day for day in (date(year, 3, 31) - timedelta(days=n) for n in range(7)) if day.weekday() == 6)


@pytest.mark.parametrize(
    ("label", "value", "said"),
    [
        ("Nouvelle date et heure", "", "Donnez la nouvelle date"),
        ("Nouvelle date et heure", "2020-02-02T10:00", "Cette date est passée"),
        ("Nouvelle date et heure", f"{last_sunday_of_march(NEXT_YEAR)}T02:30", "passage à l’heure d’été"),
        ("Lien de visioconférence", "salle 4", "commence par https://"),
        ("Titre", "", "Donnez un titre"),
        ("Lieu", "x" * 501, "trop long"),
        ("Motif", "y" * 501, "trop long"),
    ],
)
def test_bad_input_is_told_beside_its_field(shared_town: Server, make_pane: MakePane, label: str, value: str, said: str) -> None:
    (meeting,) = prepare(shared_town, "maturity", on(2, 9))
    pane = make_pane(shared_town)
    pane.open(f"/pane/views/meetings/{meeting['id']}/change")
    pane.refused_on_purpose = True
    typed = {
        "Nouvelle date et heure": on(2, 11),
        "Lieu": "Mairie annexe",
        "Ordre du jour": "Premier point",
        "Motif": "Travaux",
        label: value,
    }
    for name, text in typed.items():
        pane.page.get_by_label(name).fill(text)
    pane.page.get_by_role("button", name="Voir ce qui va changer").click()
    alert = pane.main.locator("[role=alert]")
    alert.wait_for()
    pane.settled()
    assert said in alert.inner_text()
    assert pane.heading() == "Changer la réunion"
    field = pane.page.get_by_label(label)
    assert field.get_attribute("aria-invalid") == "true"
    assert "fault" in (field.get_attribute("aria-describedby") or "")
    assert field.evaluate("one => one === document.activeElement")
    assert {name: pane.page.get_by_label(name).input_value() for name in typed} == typed, "nothing typed is lost"
    assert stands(shared_town, meeting) == meeting


def test_nothing_to_change_and_bad_addresses_are_refused_in_place(town: Server, make_pane: MakePane) -> None:
    (meeting,) = prepare(town, "maturity", on(2, 9))
    pane = make_pane(town)
    pane.open(f"/pane/views/meetings/{meeting['id']}/change")
    pane.refused_on_purpose = True
    pane.page.get_by_label("Motif").fill("Pour voir")
    pane.page.get_by_role("button", name="Voir ce qui va changer").click()
    pane.main.locator("[role=alert]").filter(has_text="Rien ne change").wait_for()
    assert pane.page.get_by_label("Motif").input_value() == "Pour voir"
    pane.open(f"/pane/views/meetings/{meeting['id']}/people")
    for text, said in ((f"{PAUL}, pas une adresse", "adresse"), (f"{PAUL}", "Rien ne change")):
        pane.page.get_by_label("Autres adresses").fill(text)
        pane.page.get_by_role("button", name="Voir ce qui va changer").first.click()
        pane.main.locator("[role=alert]").filter(has_text=said).wait_for()
        pane.settled()
        assert pane.page.get_by_label("Autres adresses").input_value() == text


def test_a_meeting_that_is_gone_is_told_and_what_was_typed_stays(town: Server, make_pane: MakePane) -> None:
    made = call(town, "POST", "/api/v1/meetings", {"kind": "maturity", "starts": [f"{on(2, 9)}:00"], "to": [PAUL]})
    (meeting,) = made["meetings"]
    pane = make_pane(town)
    pane.open(f"/pane/views/meetings/{meeting['id']}/change")
    pane.refused_on_purpose = True
    pane.page.get_by_label("Nouvelle date et heure").fill(on(2, 11))
    call(town, "POST", f"/api/v1/actions/{made['action']}/undo")
    pane.page.get_by_role("button", name="Voir ce qui va changer").click()
    pane.main.locator("[role=alert]").filter(has_text="n’est pas dans le journal").wait_for()
    assert pane.page.get_by_label("Nouvelle date et heure").input_value() == on(2, 11)
    for path in ("", "/change", "/cancel", "/people"):
        status, body, _ = town.get(f"/pane/views/meetings/{meeting['id']}{path}")
        assert status == 404
        assert "n’est pas dans le journal" in body.decode()


def test_what_changed_in_between_is_read_again_before_the_yes(town: Server, cycle: list[dict[str, Any]], make_pane: MakePane) -> None:
    pane = make_pane(town)
    pane.open(f"/pane/views/meetings/{cycle[0]['id']}/change")
    pane.page.get_by_label("Nouvelle date et heure").fill(on(2, 12))
    looked_at(pane)
    accepts(town, cycle[0], PAUL)
    accepts(town, cycle[0], ANNE)
    pane.go("Confirmer le changement")
    assert "a changé entre-temps" in pane.main.inner_text()
    assert "2 personnes qui avaient accepté" in " ".join(read(pane)).replace("\u00a0", " ")
    assert stands(town, cycle[0])["start"] == cycle[0]["start"]
    pane.go("Confirmer le changement")
    assert stands(town, cycle[0])["start"].startswith(on(2, 12))


def test_a_closed_day_is_a_warning_not_a_refusal(town: Server, make_pane: MakePane) -> None:
    (meeting,) = prepare(town, "maturity", on(2, 9))
    pane = make_pane(town)
    pane.open(f"/pane/views/meetings/{meeting['id']}/change")
    month, day = next((month, day) for month, day in ((7, 14), (5, 8), (12, 25)) if date(NEXT_YEAR, month, day).weekday() < 5)
    pane.page.get_by_label("Nouvelle date et heure").fill(on(month, day))
    looked_at(pane)
    assert "jour férié" in pane.main.locator(".notice-warn").inner_text()
    pane.go("Confirmer le changement")
    assert stands(town, meeting)["start"].startswith(on(month, day))


@pytest.mark.parametrize(("size", "scheme"), [("narrow", "light"), ("wide", "dark")])
def test_each_step_is_accessible(
    town: Server, cycle: list[dict[str, Any]], club: dict[str, Any], make_pane: MakePane, axe_source: str, size: str, scheme: str
) -> None:
    pane = make_pane(town, size=size, scheme=scheme)
    faults = {}

    def look(name: str) -> None:
        if found := violations(pane, axe_source):
            faults[name] = found
        assert pane.overflow() <= 0, name

    for meeting in (cycle[1], club):
        for path in ("", "/change", "/cancel", "/people"):
            pane.open(f"/pane/views/meetings/{meeting['id']}{path}")
            look(f"{meeting['kind']}{path}")
    pane.open(f"/pane/views/meetings/{cycle[1]['id']}/change")
    pane.page.get_by_label("Nouvelle date et heure").fill(on(12, 25))
    looked_at(pane)
    look("preview")
    assert pane.run("() => document.activeElement.tagName") == "H1"
    pane.go("Confirmer le changement")
    look("done")
    pane.go("Réunions")
    look("list")
    assert not faults


def test_the_change_is_made_by_keyboard_alone(town: Server, club: dict[str, Any], make_pane: MakePane) -> None:
    pane = make_pane(town)
    for path in ("", "/change", "/people"):
        pane.open(f"/pane/views/meetings/{club['id']}{path}")
        walk(pane)
    pane.open(f"/pane/views/meetings/{club['id']}/cancel")
    keyboard = pane.page.keyboard
    pane.page.get_by_role("radio", name="Une seule date").focus()
    keyboard.press("ArrowRight")
    assert pane.page.get_by_role("radio", name="Toute la série").is_checked()
    keyboard.press("Tab")
    assert pane.run("() => document.activeElement.name") == "reason", "the date is no longer asked"
    keyboard.type("Salle fermée")
    keyboard.press("Enter")
    pane.page.get_by_role("heading", name="Vérifiez avant de confirmer").wait_for()
    pane.settled()
    pane.page.get_by_role("button", name="Confirmer l’annulation").focus()
    keyboard.press("Enter")
    pane.page.get_by_role("heading", name="Annulation enregistrée").wait_for()
    assert stands(town, club)["status"] == "CANCELLED"
