"""The chart and the reminders, by the API and on the command line."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from click.testing import Result
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from addin.app import create_app
from addin.ports.desk import Desk
from addin.settings import Settings
from tests.conftest import sign_in

API = "/api/v1"


@pytest.fixture
def chain(client: FlaskClient, town: Desk) -> None:
    """Ask Paul for the menus; he points to Anne; she is asked and holds them."""
    for contact in ("paul", "anne"):
        kept = client.post(f"{API}/letters", json={"stage": "3", "contact": contact, "datasets": ["menus"], "record": True}).get_json()
        client.post(f"{API}/messages", json={"message": kept["message"]})
        answer = {"answer": "redirects", "next": [{"id": "anne"}]} if contact == "paul" else {"answer": "holds_later", "due": "2026-12-04"}
        assert client.post(f"{API}/replies", json={"dataset": "menus", "contact": contact, **answer}).status_code == 201


@pytest.mark.usefixtures("chain")
def test_the_chart_shows_the_chain(client: FlaskClient) -> None:
    chart = client.get(f"{API}/chart").get_json()
    assert {"datasets", "contacts", "links", "issues"} <= set(chart)
    menus = next(one for one in chart["datasets"] if one["id"] == "menus")
    assert [(link["contact"], link["by"]) for link in menus["chain"]] == [("paul", None), ("anne", "paul")]
    assert menus["chain"][1]["status"].startswith("holds")
    assert {("menus", None, "paul"), ("menus", "paul", "anne")} <= {(one["dataset"], one["from"], one["to"]) for one in chart["links"]}
    assert "orphan" in {one["kind"] for one in chart["issues"] if one["dataset"] == "eclairage"}


@pytest.mark.usefixtures("chain")
def test_one_data_set_alone(client: FlaskClient) -> None:
    chart = client.get(f"{API}/chart?dataset=menus").get_json()
    assert [one["id"] for one in chart["datasets"]] == ["menus"]
    assert {one["dataset"] for one in chart["links"]} == {"menus"}
    assert client.get(f"{API}/chart?dataset=nothing").status_code in (404, 422)


@pytest.mark.usefixtures("chain")
@pytest.mark.parametrize("form", ["svg", "png", "csv", "html", "mup", "mm", "kumu", "dot", "json"])
@pytest.mark.parametrize("audience", ["internal", "staff", "public"])
def test_every_form_for_every_audience(client: FlaskClient, run: Callable[..., Result], form: str, audience: str) -> None:
    answer = client.get(f"{API}/chart?format={form}&audience={audience}")
    assert answer.status_code == 200
    assert len(answer.data) > 50
    if audience != "internal":
        assert b"paul.morin@" not in answer.data
    if audience == "public":
        assert b"Morin" not in answer.data
    printed = run("chart", "--format", form, "--audience", audience)
    assert printed.exit_code == 0, printed.stderr
    assert printed.stdout_bytes


@pytest.mark.usefixtures("chain")
def test_the_command_line_says_the_same(client: FlaskClient, run: Callable[..., Result]) -> None:
    printed = json.loads(run("chart", "--format", "json").stdout)
    shown = client.get(f"{API}/chart").get_json()
    assert printed["datasets"][0]["id"] == shown["datasets"][0]["id"]
    assert [one["contact"] for one in printed["datasets"][0]["chain"]] == ["paul", "anne"]


@pytest.mark.parametrize("query", ["format=docx", "audience=press", "format=", "dataset=%00", "colour=red"])
def test_a_bad_choice_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"{API}/chart?{query}").status_code == 422


@pytest.mark.usefixtures("chain")
def test_nobody_owes_an_answer_before_its_date(client: FlaskClient) -> None:
    owed = client.get(f"{API}/reminders")
    assert owed.status_code == 200
    assert [one for one in owed.get_json() if not one["hidden"]] == []


def test_the_chart_of_the_demonstration_is_as_described(settings: Settings) -> None:
    app = create_app(replace(settings, demo=True))
    described = sign_in(app).get(f"{API}/openapi.json").get_json()
    schema = {"$ref": "#/components/schemas/ChartOut", "components": described["components"]}
    for audience in ("internal", "staff", "public"):
        shown = sign_in(app).get(f"{API}/chart?audience={audience}").get_json()
        Draft202012Validator(schema).validate(shown)
        assert len(shown["datasets"]) > 5
