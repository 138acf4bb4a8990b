"""Answers to invitations dropped in the pane: they count at once, and words say what became of them."""

import html
import io
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from addin.ports.desk import Desk
from tests.people import ANNE, PAUL
from tests.shapes import PARIS, Said, google, outlook_desktop

START = datetime(2026, 12, 8, 10, 0, tzinfo=PARIS)


@pytest.fixture
def meeting(client: FlaskClient, town: Desk) -> dict[str, Any]:
    made = client.post("/api/v1/meetings", json={"kind": "maturity", "starts": [START.isoformat()], "contacts": ["paul", "anne"]})
    return dict(made.get_json()["meetings"][0])


def drop(client: FlaskClient, *raws: bytes) -> tuple[str, str]:
    """Drop mails; give the view that comes and the words of its toast."""
    files = [(io.BytesIO(raw), f"{place}.eml") for place, raw in enumerate(raws)]
    answer = client.post("/pane/views/replies/mail", data={"file": files}, content_type="multipart/form-data")
    page = html.unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")
    view, toast = re.search(r'data-view="([^"]*)"', page), re.search(r'class="toast" data-status="([^"]*)"', page)
    assert view, page
    return view[1], toast[1] if toast else ""


def said(meeting: dict[str, Any], **fields: Any) -> Said:
    return Said(**({"uid": meeting["uid"], "email": PAUL.email, "start": START} | fields))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Compté : M. Paul Morin accepte."),
        ({"partstat": "DECLINED", "email": ANNE.email}, "Compté : Mme Anne Le Goff décline."),
        ({"partstat": "TENTATIVE"}, "Compté : M. Paul Morin répond « peut-être »."),
        ({"writer": "secretariat@saint-aubin.example"}, "Cette réponse est à confirmer : dites si elle compte."),
        ({"email": "iris@ailleurs.test", "name": "Iris"}, "Cette réponse est à confirmer : dites si elle compte."),
        ({"proposed": START + timedelta(days=1)}, "M. Paul Morin propose un autre horaire : c’est à vous de dire."),
    ],
)
def test_one_answer_is_told(client: FlaskClient, meeting: dict[str, Any], fields: dict[str, Any], words: str) -> None:
    assert drop(client, google(said(meeting, **fields))) == (f"/pane/views/grid?meeting={meeting['id']}", words)


def test_an_answer_to_another_meeting_changes_nothing(client: FlaskClient, meeting: dict[str, Any]) -> None:
    view, words = drop(client, google(said(meeting, uid="autre@ailleurs.example")))
    assert (view, words) == ("/pane/views/grid", "Cette réponse concerne une réunion qui n’est pas dans le journal.")


def test_what_is_older_than_what_is_known_is_said_so(client: FlaskClient, meeting: dict[str, Any]) -> None:
    drop(client, google(said(meeting, partstat="DECLINED", stamp=Said.stamp + timedelta(hours=1))))
    _, words = drop(client, google(said(meeting)))
    assert words == "Reçu : M. Paul Morin accepte, mais une réponse plus récente compte déjà."


def test_an_answer_to_a_former_date_is_said_so(client: FlaskClient, meeting: dict[str, Any]) -> None:
    client.post("/pane/views/meetings/sent", data={"meeting": meeting["id"]})
    client.patch(f"/api/v1/meetings/{meeting['id']}", json={"start": (START + timedelta(days=1)).isoformat()})
    _, words = drop(client, google(said(meeting, sequence=0)))
    assert words == "Reçu : M. Paul Morin accepte, mais la date a changé depuis."


def test_several_at_once_and_twice_the_same(client: FlaskClient, meeting: dict[str, Any]) -> None:
    mails = [google(said(meeting)), outlook_desktop(said(meeting, email=ANNE.email, writer="secretariat@saint-aubin.example"))]
    assert drop(client, *mails)[1] == "2 réponses lues, dont 1 à confirmer ✓"
    assert drop(client, *mails)[1] == "Ce message était déjà compté : rien n’a changé."


def test_a_letter_among_them_is_logged_as_before(client: FlaskClient, meeting: dict[str, Any]) -> None:
    letter = f"From: {PAUL.email}\r\nTo: claire@x.example\r\nSubject: Menus\r\nMessage-ID: <a@x.example>\r\n\r\nOui.\r\n".encode()
    assert drop(client, google(said(meeting)), letter)[0].startswith("/pane/views/replies/new?message=")
    rows = client.get("/api/v1/grid").get_json()["grid"]["rows"]
    assert [row["cells"][0]["state"] for row in rows] == ["accepted", "silent"]


def test_the_word_of_an_answer_is_read_where_it_is_noted(client: FlaskClient, meeting: dict[str, Any]) -> None:
    drop(client, google(said(meeting, comment="Je viendrai avec Zoé")))
    page = client.get(f"/pane/views/meetings/{meeting['id']}/answers/paul").get_data(as_text=True)
    assert '<p class="quote">Je viendrai avec Zoé</p>' in page
