"""The description of the API is true: every rule is described, and nothing undocumented comes out of generated requests."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from addin.app import create_app
from addin.settings import Settings
from addin.web.api.blueprint import BASE, ROUTES
from addin.web.api.table import Route
from addin.web.desk import KEY
from tests.people import ANNE, BASE_URL, ECLAIRAGE, MENUS, NOW, PAUL, TOKEN, VILLE

EXAMPLES = 20
MAIL = b"From: Paul <paul.morin@saint-aubin.example>\r\nSubject: Re: menus\r\nMessage-ID: <a@b.example>\r\n\r\nOui.\r\n"


@schemathesis.serializer("message/rfc822", "text/csv", "text/vcard", "application/zip")
def raw_bytes(_context: Any, value: Any) -> bytes:
    """Send the value as the octets of a file."""
    if isinstance(value, bytes):
        return value
    return (value if isinstance(value, str) else json.dumps(value, ensure_ascii=True)).encode("utf-8", "surrogatepass")


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Give the description served by a real application on a real folder, of a town that is set up."""
    data: Path = tmp_path_factory.mktemp("openapi")
    app = create_app(Settings(data=data, templates=data / "templates", token=TOKEN), clock=lambda: NOW)
    with app.extensions[KEY].desk.logbook.change() as change:
        for record in (VILLE, PAUL, ANNE, MENUS, ECLAIRAGE):
            change.put(record)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app, base_url=BASE_URL, headers={"Authorization": f"Bearer {TOKEN}"})


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_nothing_undocumented_comes_out(described: Any, route: Route, mode: GenerationMode) -> None:
    operation = described[BASE + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.path)][route.method]
    if mode is GenerationMode.NEGATIVE and not (route.params or route.query or route.bodies):
        return

    @given(case=operation.as_strategy(generation_mode=mode))
    @hypothesis_settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def call(case: schemathesis.Case) -> None:
        # what a schema cannot say (an address that exists, a table with its columns) is refused with 422
        excluded = [positive_data_acceptance]
        if route.query is not None:
            # a null among the parameters is drawn as a violation, and sent as nothing at all
            excluded.append(negative_data_rejection)
        answer = case.call_and_validate(base_url=BASE_URL, headers={"Authorization": f"Bearer {TOKEN}"}, excluded_checks=excluded)
        if mode is GenerationMode.POSITIVE:
            # the meaning of a well-formed request may be refused, its form may not
            assert answer.status_code not in (400, 405, 415)

    call()


def test_every_rule_of_the_api_is_described(app: Flask, client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").get_json()
    rules = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert rules == {(path, method) for path, methods in described["paths"].items() for method in methods}


def test_the_description_is_a_schema_without_loose_references(client: FlaskClient) -> None:
    text = client.get("/api/v1/openapi.json").get_data(as_text=True)
    described = json.loads(text)
    assert described["openapi"].startswith("3.1")
    for name in re.findall(r'"#/components/schemas/([^"]+)"', text):
        assert name in described["components"]["schemas"]
    for component in described["components"]["schemas"].values():
        Draft202012Validator.check_schema(component)


def test_every_word_of_the_description_is_french(client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").get_json()
    for methods in described["paths"].values():
        for operation in methods.values():
            words = operation["summary"] + " ".join(answer["description"] for answer in operation["responses"].values())
            assert not re.search(r"\b(the|of|and|list of|get)\b", words.lower())


@pytest.mark.parametrize(
    ("method", "path", "media", "body", "status"),
    [
        ("GET", "/datasets/%00", None, b"", 422),
        ("GET", "/datasets/" + "9" * 5000, None, b"", 404),
        ("GET", "/datasets/%ff%fe", None, b"", 404),
        ("GET", "/datasets/%ed%a0%80", None, b"", 404),
        ("GET", "/history?limit=99999999999999999999999999", None, b"", 422),
        ("GET", "/history?limit=abc", None, b"", 422),
        ("GET", "/history?limit=", None, b"", 422),
        ("GET", "/history?dataset=%00", None, b"", 422),
        ("GET", "/history?unknown=1", None, b"", 422),
        ("POST", "/datasets", None, b"", 415),
        ("POST", "/datasets", "text/plain", b'{"title": "x"}', 415),
        ("POST", "/datasets", "application/x-www-form-urlencoded", b"title=x", 415),
        ("POST", "/datasets", "application/json", b"", 400),
        ("POST", "/datasets", "application/json", b"{", 400),
        ("POST", "/datasets", "application/json", b"\xff\xfe", 400),
        ("POST", "/datasets", "application/json", b'{"title": "\xe9"}', 400),
        ("POST", "/datasets", "application/json", b"[" * 100_000, 422),
        ("POST", "/datasets", "application/json", b"[]", 422),
        ("POST", "/datasets", "application/json", b"null", 422),
        ("POST", "/datasets", "application/json", b'{"title": null}', 422),
        ("POST", "/datasets", "application/json", b'{"title": ""}', 422),
        ("POST", "/datasets", "application/json", b'{"title": "  "}', 422),
        ("POST", "/datasets", "application/json", b'{"title": "a\\u0000b"}', 422),
        ("POST", "/datasets", "application/json", b'{"title": "x", "level": 99999999999999999999999999999999}', 422),
        ("POST", "/datasets", "application/json", b'{"title": "x", "level": 1.5}', 422),
        ("POST", "/datasets", "application/json", b'{"title": "x", "wanted": "oui"}', 422),
        ("POST", "/datasets", "application/json", b'{"title": "x", "colour": "red"}', 422),
        ("POST", "/datasets", "application/json", b'{"title": "x", "published_url": "javascript:alert(1)"}', 422),
        ("POST", "/datasets", "application/json", b'{"title": "x", "contact": "nobody"}', 422),
        ("POST", "/contacts", "application/json", b"{}", 422),
        ("POST", "/contacts", "application/json", b'{"name": "x", "emails": ["a b@c.example"]}', 422),
        ("POST", "/contacts", "application/json", b'{"name": "x", "emails": ["a@c.example\\nBcc: d@e.example"]}', 422),
        ("PUT", "/organisation", "application/json", b'{"department": "999"}', 422),
        ("PUT", "/organisation", "application/json", b'{"mandate_on": "0001-01-01"}', 422),
        ("PATCH", "/datasets/none", "application/json", b"{}", 404),
        ("PATCH", "/contacts/none", "application/json", b"{}", 404),
        ("POST", "/actions/none/undo", None, b"", 404),
        ("GET", "/meetings/none.ics", None, b"", 404),
        ("POST", "/letters", "application/json", b'{"stage": "7"}', 422),
        ("POST", "/letters", "application/json", b'{"stage": "3", "letter": "none"}', 422),
        ("POST", "/letters", "application/json", b'{"stage": "3", "to": ["nobody"]}', 422),
        ("POST", "/messages", "application/json", b'{"message": "none"}', 422),
        ("POST", "/replies", "application/json", b'{"answer": "perhaps"}', 422),
        ("POST", "/replies", "application/json", b'{"answer": "holds_sent"}', 422),
        ("POST", "/replies", "message/rfc822", b"", 422),
        ("POST", "/replies/read", "message/rfc822", b"\x00\xff", 422),
        ("POST", "/import", "application/zip", b"PK\x03\x04", 422),
        ("POST", "/meetings", "application/json", b'{"kind": "quality", "starts": ["2026-12-01T10:00"]}', 422),
        ("POST", "/meetings", "application/json", b'{"kind": "maturity", "starts": ["0001-01-01T00:00:00+14:00"]}', 422),
        ("POST", "/meetings/proposals", "application/json", b'{"kind": "maturity", "after": "9999-12-31"}', 422),
        ("DELETE", "/datasets", None, b"", 405),
        ("OPTIONS", "/datasets", None, b"", 405),
        ("TRACE", "/datasets", None, b"", 405),
        ("GET", "/datasets/import", None, b"", 405),
        ("PATCH", "/meetings/proposals", None, b"", 405),
        ("GET", "/nowhere", None, b"", 404),
    ],
)
def test_a_bad_request_is_refused_in_french(
    client: FlaskClient, method: str, path: str, media: str | None, body: bytes, status: int
) -> None:
    answer = client.open(f"/api/v1{path}", method=method, data=body, content_type=media)
    assert answer.status_code == status, answer.get_data(as_text=True)
    assert answer.content_type == "application/problem+json"
    problem = answer.get_json()
    assert problem["status"] == status
    assert problem["title"]
    if status == 405:
        assert answer.headers["Allow"]


def test_nothing_is_written_by_a_refusal(client: FlaskClient) -> None:
    client.post("/api/v1/datasets", json={"title": "x", "level": 9})
    client.post("/api/v1/contacts", json={"name": "x", "emails": ["bad"]})
    assert client.get("/api/v1/datasets").get_json() == []
    assert client.get("/api/v1/contacts").get_json() == []
    assert client.get("/api/v1/history").get_json() == []


def test_a_mail_with_parameters_in_its_content_type_is_read(client: FlaskClient) -> None:
    answer = client.post("/api/v1/replies/read", data=MAIL, content_type="message/rfc822; charset=utf-8")
    assert answer.status_code == 200
    assert answer.get_json()["from"]["email"] == "paul.morin@saint-aubin.example"
