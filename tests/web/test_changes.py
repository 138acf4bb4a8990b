"""What happens to a meeting by the API: foreseen in words, moved, changed, called off, people added and removed, undone."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from addin.ports.desk import Desk
from tests.judges import libical

API = "/api/v1"
START = "2026-12-08T10:00:00+01:00"
PAUL = "paul.morin@saint-aubin.example"


@pytest.fixture
def meeting(client: FlaskClient, town: Desk) -> dict[str, Any]:
    body = {"kind": "maturity", "starts": [START], "contacts": ["paul", "anne"]}
    made: dict[str, Any] = client.post(f"{API}/meetings", json=body).get_json()["meetings"][0]
    return made


@pytest.fixture
def club(client: FlaskClient, town: Desk) -> dict[str, Any]:
    body = {"kind": "club", "starts": ["2027-01-07T14:00:00"], "contacts": ["paul", "anne"], "rrule": "FREQ=MONTHLY;COUNT=12;BYDAY=1TH"}
    made: dict[str, Any] = client.post(f"{API}/meetings", json=body).get_json()["meetings"][0]
    return made


def listed(client: FlaskClient, meeting: dict[str, Any]) -> dict[str, Any]:
    return next(one for one in client.get(f"{API}/meetings").get_json() if one["id"] == meeting["id"])


def test_a_meeting_is_foreseen_then_changed_then_put_back(client: FlaskClient, meeting: dict[str, Any]) -> None:
    path = f"{API}/meetings/{meeting['id']}"
    body = {
        "start": "2026-12-09T14:00:00",
        "place": "mairie",
        "video": "https://visio.example/x",
        "description": "Autre",
        "reason": "Travaux",
    }
    foreseen = client.post(f"{path}/preview", json=body)
    assert foreseen.status_code == 200
    assert listed(client, meeting) == meeting
    done = client.patch(path, json=body).get_json()
    assert done["words"] == foreseen.get_json()["words"]
    after = done["meetings"][0]
    assert (after["start"], after["sequence"], after["place"], after["video"]) == (
        "2026-12-09T14:00:00+01:00",
        1,
        "mairie",
        "https://visio.example/x",
    )
    assert client.post(f"{API}/actions/{done['action']}/undo").status_code == 200
    assert listed(client, meeting) == meeting


def test_nothing_to_change_is_no_gesture(client: FlaskClient, meeting: dict[str, Any]) -> None:
    done = client.patch(f"{API}/meetings/{meeting['id']}", json={"start": START}).get_json()
    assert (done["action"], done["meetings"]) == (None, [meeting])


def test_people_come_and_go(client: FlaskClient, meeting: dict[str, Any]) -> None:
    path = f"{API}/meetings/{meeting['id']}/attendees"
    more = client.post(path, json={"to": ["Inès <ines@ailleurs.test>"], "contacts": ["paul"]}).get_json()["meetings"][0]
    assert [one["email"] for one in more["attendees"]][2] == "ines@ailleurs.test"
    assert (len(more["attendees"]), more["sequence"]) == (3, 0)
    less = client.delete(f"{path}/paul").get_json()["meetings"][0]
    assert less["attendees"][0]["contact"] == "anne"
    assert less["sequence"] == 1
    assert client.delete(f"{path}/paul").status_code == 404


def test_a_meeting_is_called_off_and_its_file_says_so(client: FlaskClient, meeting: dict[str, Any]) -> None:
    path = f"{API}/meetings/{meeting['id']}"
    first = client.get(f"{path}.ics").data
    assert client.post(f"{path}/cancel", json={"reason": "Grève"}).get_json()["meetings"][0]["status"] == "CANCELLED"
    answer = client.get(f"{path}.ics")
    assert "method=CANCEL" in answer.content_type
    assert libical.faults(answer.data) == []
    assert libical.meaning(answer.data, PAUL, first) == "CANCEL-EVENT"
    assert client.post(f"{path}/cancel", json={}).status_code == 422
    assert client.patch(path, json={"place": "x"}).status_code == 422


def test_one_date_of_the_club_moves_and_another_falls_out(client: FlaskClient, club: dict[str, Any]) -> None:
    path = f"{API}/meetings/{club['id']}"
    moved = client.patch(path, json={"date": "2027-04-01T14:00:00", "start": "2027-04-02T15:00:00"}).get_json()["meetings"][0]
    assert (moved["start"], moved["sequence"]) == (club["start"], 1)
    assert moved["overrides"] == [
        {"original": "2027-04-01T14:00:00+02:00", "start": "2027-04-02T15:00:00+02:00", "end": "2027-04-02T16:00:00+02:00"}
    ]
    gone = client.post(f"{path}/cancel", json={"date": "2027-06-03T14:00:00"}).get_json()["meetings"][0]
    assert set(gone["exdates"]) - set(club["exdates"]) == {"2027-06-03T14:00:00+02:00"}
    assert (gone["status"], gone["sequence"]) == ("CONFIRMED", 2)
    ics = client.get(f"{path}.ics").data
    assert libical.faults(ics) == []
    assert b"RECURRENCE-ID;TZID=Europe/Paris:20270401T140000" in ics


def test_a_cycle_moves_as_one(client: FlaskClient, town: Desk) -> None:
    starts = [f"2026-12-{day:02d}T10:00:00+01:00" for day in (8, 10, 15, 17)]
    made = client.post(f"{API}/meetings", json={"kind": "quality", "starts": starts, "contacts": ["paul"]}).get_json()["meetings"]
    path = f"{API}/meetings/{made[1]['id']}"
    done = client.patch(path, json={"start": "2026-12-11T11:00:00", "cycle": True}).get_json()
    assert [one["start"] for one in done["meetings"]] == [f"2026-12-{day:02d}T11:00:00+01:00" for day in (9, 11, 16, 18)]
    assert client.patch(path, json={"cycle": True}).status_code == 422
    assert client.patch(path, json={"start": starts[0], "cycle": True, "place": "x"}).status_code == 422


def test_a_cycle_is_called_off_as_one_and_comes_back_as_one(client: FlaskClient, town: Desk) -> None:
    starts = [f"2026-12-{day:02d}T10:00:00+01:00" for day in (8, 10, 15, 17)]
    made = client.post(f"{API}/meetings", json={"kind": "quality", "starts": starts, "contacts": ["paul"]}).get_json()["meetings"]
    path = f"{API}/meetings/{made[2]['id']}"
    words = client.post(f"{path}/preview", json={"cancel": True, "cycle": True}).get_json()["words"]
    done = client.post(f"{path}/cancel", json={"cycle": True, "reason": "Grève"}).get_json()
    assert done["words"] == words
    assert [one["status"] for one in done["meetings"]] == ["CANCELLED"] * 4
    assert client.post(f"{path}/cancel", json={"cycle": True}).status_code == 422
    assert client.post(f"{path}/cancel", json={"cycle": True, "date": starts[0]}).status_code == 422
    assert client.post(f"{API}/actions/{done['action']}/undo").status_code == 200
    assert {one["status"] for one in client.get(f"{API}/meetings").get_json() if one["cycle"] == made[0]["cycle"]} == {"CONFIRMED"}


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("nothing", {"place": "x"}, 404),
        ("ID", {"place": "a\nb"}, 422),
        ("ID", {"video": "ftp://x"}, 422),
        ("ID", {"title": " "}, 422),
        ("ID", {"start": "2027-03-28T02:30:00"}, 422),
        ("ID", {"date": START}, 422),
        ("ID", {"date": START, "start": "2026-12-09T14:00:00"}, 422),
        ("ID", {"colour": "red"}, 422),
        ("ID", {"start": "2026-12-09T14:00:00", "cycle": True}, 422),
    ],
)
def test_a_bad_change_is_refused_and_writes_nothing(
    client: FlaskClient, meeting: dict[str, Any], path: str, body: dict[str, Any], status: int
) -> None:
    where = f"{API}/meetings/{path.replace('ID', meeting['id'])}"
    assert client.patch(where, json=body).status_code == status
    assert client.post(f"{where}/preview", json=body).status_code == status
    assert listed(client, meeting) == meeting
