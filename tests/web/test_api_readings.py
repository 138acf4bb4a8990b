"""The API of what mails were understood to say: list, confirm, note, the mails to write next, a reminder prepared."""

from datetime import timedelta

from flask.testing import FlaskClient

from addin.core.events import Event
from addin.core.messages import Message
from addin.ports.desk import Desk
from tests.actions.test_read_inbox import ASKED, LETTER, SENT, mail
from tests.people import NOW, VILLE

MAIL = {"Content-Type": "message/rfc822"}


def received(client: FlaskClient, text: str, message_id: str = "un@x.test") -> str:
    raw = mail(message_id, reply_to=ASKED, body=text)
    answer = client.post("/api/v1/replies", data=raw, headers=MAIL)
    assert answer.status_code == 201
    return str(answer.json["id"])


def asked(desk: Desk) -> None:
    with desk.logbook.change() as change:
        change.put(LETTER)
        change.append(SENT)


def test_a_reading_is_listed_and_confirmed_once(town: Desk, client: FlaskClient) -> None:
    asked(town)
    id = received(client, "Bonjour,\n\nCe n'est pas moi, voyez avec Anne Le Goff.\n\nPaul Morin\n")
    (one,) = client.get("/api/v1/readings").json
    assert (one["id"], one["answer"], one["contact"], one["datasets"], one["missing"]) == (id, "redirects", "paul", ["menus"], None)
    assert one["next"][0]["contact"] == "anne"
    assert any("Anne Le Goff" in words for words in one["because"])
    done = client.post(f"/api/v1/readings/{id}/confirm", json={})
    assert {event["type"] for event in done.json["events"]} == {"answered", "redirected"}
    assert client.post(f"/api/v1/readings/{id}/confirm", json={}).json["already"] is True
    assert client.get("/api/v1/readings").json == []
    mails = client.get("/api/v1/next-mails").json
    assert [(row["why"], row["contact"]) for row in mails] == [("ask", "anne"), ("thanks", "paul")]


def test_a_reading_that_is_not_sure_is_refused_and_may_be_noted(town: Desk, client: FlaskClient) -> None:
    asked(town)
    id = received(client, "Merci beaucoup !\n")
    refused = client.post(f"/api/v1/readings/{id}/confirm", json={})
    assert refused.status_code == 422
    assert client.post(f"/api/v1/readings/{id}/note").json["already"] is False
    assert client.post(f"/api/v1/readings/{id}/note").json["already"] is True
    assert client.post("/api/v1/readings/rien/note").status_code == 404


def test_a_reminder_is_prepared_in_its_thread(town: Desk, client: FlaskClient) -> None:
    late = NOW - timedelta(days=30)
    first = Message(
        id="m1",
        way="out",
        at=late,
        message_id=ASKED,
        stage="3-localiser",
        letter="letter",
        contacts=("paul",),
        datasets=("menus",),
        state="sent",
    )
    with town.logbook.change() as change:
        change.put(VILLE)
        change.put(first)
        change.append(Event(id="e1", at=late, type="asked", action="a1", contact="paul", dataset="menus", message="m1"))
    (owed,) = client.get("/api/v1/reminders").json
    assert (owed["tone"], owed["prepared"]) == ("rappel aimable", None)
    made = client.post("/api/v1/reminders/prepare", json={"contact": "paul", "datasets": ["menus"]})
    assert (made.status_code, made.json["letter"]) == (201, "relance-1")
    assert client.get("/api/v1/reminders").json[0]["prepared"] == made.json["message"]
    assert town.logbook.read().messages[made.json["message"]].in_reply_to == ASKED
    assert client.post("/api/v1/reminders/prepare", json={"contact": "anne", "datasets": ["menus"]}).status_code == 422
