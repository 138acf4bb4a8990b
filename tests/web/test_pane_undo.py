"""Undo in the pane shows again the view it was asked from, and never anything else than a view of the pane."""

import pytest
from flask.testing import FlaskClient

from addin.ports.desk import Desk


@pytest.fixture
def action(client: FlaskClient, desk: Desk) -> str:
    """Give a gesture that can be taken back: a data set that was added."""
    assert client.post("/api/v1/datasets", json={"title": "Arbres d’alignement"}).status_code == 201
    return desk.logbook.read().events[-1].action


def take_back(client: FlaskClient, action: str, view: str) -> str:
    answer = client.post("/pane/views/undo", data={"action": action, "column": "datasets", "view": view})
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        ("/pane/views/contacts", "/pane/views/contacts"),
        ("/pane/views/grid?all=1", "/pane/views/grid?all=1"),
        ("/pane/views/letters?stage=3-localiser", "/pane/views/letters?stage=3-localiser"),
        ("/pane/views/replies/new?told_by=phone", "/pane/views/replies/new?told_by=phone"),
    ],
)
def test_the_view_it_was_asked_from_is_shown_again(client: FlaskClient, action: str, view: str, shown: str) -> None:
    page = take_back(client, action, view)
    assert f'data-view="{shown}"' in page
    assert "Annulé\u00a0: ajout ou import" in page
    assert ">Rétablir</button>" in page


@pytest.mark.parametrize(
    "view",
    [
        "",
        "/api/v1/export",
        "//ailleurs.example/pane/views/contacts",
        "https://ailleurs.example/pane/views/contacts",
        "/pane/files/meetings.zip?meeting=a",
        "/pane/views/../../api/v1/datasets",
        "/pane/views/demo/enter",
        "/pane/views/undo",
        "/pane/views/meetings/rien",
        "/pane/views/datasets/%ff%00",
        "/pane/views/counters/rien/accept?x=[",
    ],
)
def test_what_is_no_view_leads_to_the_column(client: FlaskClient, action: str, view: str) -> None:
    assert 'data-view="/pane/views/datasets"' in take_back(client, action, view)


def test_doing_it_again_offers_to_take_it_back(client: FlaskClient, desk: Desk, action: str) -> None:
    take_back(client, action, "/pane/views/datasets")
    undone = desk.logbook.read().events[-1].action
    page = take_back(client, undone, "/pane/views/datasets")
    assert "Rétabli\u00a0:" in page
    assert ">Annuler</button>" in page


def test_the_settings_of_sending_are_taken_back(client: FlaskClient, desk: Desk) -> None:
    page = client.post("/pane/views/mail", data={"way": "files"}).get_data(as_text=True)
    assert "Réglages d’envoi enregistrés" in page
    assert 'name="view" value="/pane/views/mail"' in page
    assert desk.logbook.read().organisation.mail.way == "files"
    take_back(client, desk.logbook.read().events[-1].action, "/pane/views/mail")
    assert desk.logbook.read().organisation.mail.way == ""
    again = client.post("/pane/views/mail", data={"way": "files"})
    same = client.post("/pane/views/mail", data={"way": "files"}).get_data(as_text=True)
    assert again.status_code == 200
    assert 'name="view"' not in same, "nothing changed, nothing to take back"
