from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from addin.ports.desk import Desk
from tests.people import ANNE, NOW, PAUL
from tests.shapes import Said, google

START = "2026-12-08T10:00:00+01:00"


@pytest.fixture
def meeting(client: FlaskClient, town: Desk) -> dict[str, Any]:
    made = client.post("/api/v1/meetings", json={"kind": "maturity", "starts": [START], "contacts": ["paul", "anne"]})
    assert made.status_code == 201, made.get_data(as_text=True)
    return dict(made.get_json()["meetings"][0])


def send(client: FlaskClient, meeting: dict[str, Any], **fields: Any) -> Any:
    said = Said(**({"uid": meeting["uid"], "email": PAUL.email} | fields))
    return client.post("/api/v1/replies", data=google(said), content_type="message/rfc822")


def grid(client: FlaskClient, **query: str) -> Any:
    return client.get("/api/v1/grid", query_string=query).get_json()


def states(client: FlaskClient) -> dict[str, str]:
    shown = grid(client)["grid"]
    return {row["contact"]: row["cells"][0]["state"] for row in shown["rows"]}


def test_a_mail_posted_is_logged_once(client: FlaskClient, meeting: dict[str, Any]) -> None:
    first = send(client, meeting)
    assert (first.status_code, first.get_json()["read"]["rsvp"][0]["partstat"]) == (201, "ACCEPTED")
    assert send(client, meeting).status_code == 200
    assert states(client) == {"paul": "accepted", "anne": "silent"}
    listed = client.get("/api/v1/meetings").get_json()[0]["attendees"]
    assert [(one["partstat"], one["told_by"]) for one in listed] == [("ACCEPTED", "mail"), ("NEEDS-ACTION", None)]


def test_a_phone_answer_and_attendance(client: FlaskClient, meeting: dict[str, Any]) -> None:
    path = f"/api/v1/meetings/{meeting['id']}"
    told = client.post(f"{path}/rsvps", json={"contact": "anne", "partstat": "TENTATIVE"})
    assert (told.status_code, told.get_json()["events"][0]["told_by"]) == (201, "phone")
    ticked = client.post(f"{path}/attendance", json={"present": ["paul"], "absent": ["anne"], "states": {"menus": "cleaned"}})
    assert (ticked.status_code, len(ticked.get_json()["events"])) == (201, 3)
    cells = [row["cells"][0] for row in grid(client, meeting=meeting["id"])["grid"]["rows"]]
    assert [(cell["state"], cell["told_by"], cell["attended"]) for cell in cells] == [("silent", None, True), ("maybe", "phone", False)]
    minutes = client.get(f"{path}/minutes").get_json()
    assert (minutes["absent"], minutes["letter"]) == (["anne"], "compte-rendu")
    client.post(f"/api/v1/actions/{told.get_json()['action']}/undo")
    assert states(client)["anne"] == "silent"


def test_a_doubt_is_settled(client: FlaskClient, meeting: dict[str, Any]) -> None:
    send(client, meeting, writer="secretariat@saint-aubin.example")
    wait = grid(client)["waiting"][0]
    assert (wait["doubt"], wait["email"]) == ("sender", PAUL.email)
    assert client.post(f"/api/v1/rsvps/{wait['id']}/confirm", json={}).status_code == 200
    assert states(client)["paul"] == "accepted"
    assert client.post(f"/api/v1/rsvps/{wait['id']}/ignore").status_code == 404
    send(client, meeting, email="qui@ailleurs.test", stamp=NOW)
    stranger = grid(client)["waiting"][0]
    assert client.post(f"/api/v1/rsvps/{stranger['id']}/confirm", json={}).status_code == 422
    assert client.post(f"/api/v1/rsvps/{stranger['id']}/ignore").status_code == 200
    assert grid(client)["waiting"] == []


def test_a_proposal_is_taken_or_declined(client: FlaskClient, meeting: dict[str, Any]) -> None:
    said = Said(uid="", email="")
    send(client, meeting, proposed=said.start + timedelta(days=1), partstat="DECLINED")
    send(client, meeting, proposed=said.start + timedelta(days=2), email=ANNE.email, name=ANNE.name)
    first, second = grid(client)["counters"]
    declined = client.post(f"/api/v1/counters/{second['id']}/decline", json={"reason": "Salle prise"})
    assert (declined.status_code, "METHOD" in declined.get_json()["eml"] or "DECLINECOUNTER" in declined.get_json()["eml"]) == (200, True)
    taken = client.post(f"/api/v1/counters/{first['id']}/accept", json={})
    assert taken.status_code == 200
    assert client.get("/api/v1/meetings").get_json()[0]["start"] == "2026-12-09T10:00:00+01:00"
    assert states(client) == {"paul": "silent", "anne": "reconfirm"}
    assert grid(client)["counters"] == []
    assert client.post(f"/api/v1/counters/{first['id']}/accept", json={}).status_code == 404


def test_an_invitation_asked_again(client: FlaskClient, meeting: dict[str, Any]) -> None:
    send(client, meeting, method="REFRESH", partstat="NEEDS-ACTION")
    wait = grid(client)["waiting"][0]
    given = client.post(f"/api/v1/rsvps/{wait['id']}/send", json={})
    assert (given.status_code, given.get_json()["name"].endswith(".eml")) == (200, True)


def test_reminders_need_an_outbox(client: FlaskClient, meeting: dict[str, Any]) -> None:
    answer = client.post(f"/api/v1/meetings/{meeting['id']}/reminders", json={})
    assert answer.status_code == 422


def test_my_sessions(client: FlaskClient, meeting: dict[str, Any]) -> None:
    answer = client.get("/api/v1/contacts/paul/sessions.ics")
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert b"BEGIN:VEVENT" in answer.data
    assert client.get("/api/v1/contacts/none/sessions.ics").status_code == 404
    assert client.get("/api/v1/grid", query_string={"meeting": "none"}).status_code in (404, 422)
