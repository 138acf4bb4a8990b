"""Replies by the API: a raw mail read, logged, known already; a call; the chain that follows."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from addin.core.replies import ANSWERS
from addin.ports.desk import Desk

API = "/api/v1"


def mail(to: str = "", *, sender: str = "Paul Morin <paul.morin@saint-aubin.example>", number: int = 1) -> bytes:
    reply = f"In-Reply-To: <{to}>\r\n" if to else ""
    return (
        f"From: {sender}\r\nTo: claire.vasseur@saint-aubin.example\r\nSubject: Re: menus\r\nDate: Tue, 24 Nov 2026 09:30:00 +0100\r\n"
        f"Message-ID: <m{number}@saint-aubin.example>\r\n{reply}\r\nBonjour,\r\nVoyez avec Anne Le Goff.\r\n"
    ).encode()


def post(client: FlaskClient, raw: bytes, path: str = "/replies") -> Any:
    return client.post(API + path, data=raw, content_type="message/rfc822")


@pytest.fixture
def asked(client: FlaskClient, town: Desk) -> str:
    """Give the Message-ID of a letter that was sent to Paul about the menus."""
    kept = client.post(f"{API}/letters", json={"stage": "3", "contact": "paul", "datasets": ["menus"], "record": True}).get_json()
    client.post(f"{API}/messages", json={"message": kept["message"]})
    return str(kept["message_id"])


def test_a_mail_is_read_and_nothing_is_written(client: FlaskClient, asked: str) -> None:
    read = post(client, mail(asked), "/replies/read").get_json()
    assert (read["from"]["email"], read["answers"], read["message_id"]) == (
        "paul.morin@saint-aubin.example",
        asked,
        "m1@saint-aubin.example",
    )
    assert client.get(f"{API}/replies").get_json() == []


def test_a_mail_is_logged_once(client: FlaskClient, asked: str) -> None:
    first = post(client, mail(asked))
    assert first.status_code == 201
    assert {"id", "events", "read"} <= set(first.get_json())
    assert first.get_json()["read"]["message_id"] == "m1@saint-aubin.example"
    second = post(client, mail(asked))
    assert (second.status_code, second.get_json()["id"], second.get_json()["already"]) == (200, first.get_json()["id"], True)
    listed = client.get(f"{API}/replies").get_json()
    assert [reply["message_id"] for reply in listed] == ["m1@saint-aubin.example"]


def test_a_received_mail_says_not_me_see_anne(client: FlaskClient, asked: str) -> None:
    received = post(client, mail(asked)).get_json()
    logged = client.post(
        f"{API}/replies", json={"answer": "redirects", "message": received["id"], "next": [{"id": "anne"}], "told_by": "mail"}
    )
    assert logged.status_code == 201
    body = logged.get_json()
    assert {event["type"] for event in body["events"]} >= {"answered", "redirected"}
    assert body["contact"]["id"] == "paul"
    offer = next(offer for offer in body["offers"] if offer["contact"] == "anne")
    assert (offer["letter"], offer["datasets"], offer["by"]) == ("letter", ["menus"], "paul")
    letter = client.post(f"{API}/letters", json={"stage": "3", "contact": "anne", "datasets": ["menus"], "record": True}).get_json()
    assert "Paul Morin" in letter["text"]
    sent = client.post(f"{API}/messages", json={"message": letter["message"]}).get_json()
    assert sent["events"][0]["by"] == "paul"


def test_an_offer_carries_what_its_letter_needs(client: FlaskClient, asked: str) -> None:
    body = {"dataset": "menus", "contact": "paul", "answer": "redirects", "next": [{"id": "anne"}]}
    (thanks,) = [offer for offer in client.post(f"{API}/replies", json=body).get_json()["offers"] if offer["letter"] == "oriente"]
    assert thanks["values"] == {"oriente_vers": "Anne Le Goff"}
    order = {"stage": thanks["stage"], "letter": "oriente", "contact": "paul", "datasets": ["menus"], "values": thanks["values"]}
    letter = client.post(f"{API}/letters", json=order).get_json()
    assert "oriente_vers" not in letter["missing"]
    assert "J’écris dès à présent à Anne Le Goff" in letter["text"]


def test_a_deputy_stays_on_the_chain_once_written_to(client: FlaskClient, asked: str) -> None:
    away = {"dataset": "menus", "contact": "paul", "answer": "absent", "until": "2026-12-07", "deputy": {"id": "anne"}}
    (offer,) = client.post(f"{API}/replies", json=away).get_json()["offers"]
    order = {"stage": "3", "letter": offer["letter"], "contact": "anne", "datasets": ["menus"], "values": offer["values"], "record": True}
    letter = client.post(f"{API}/letters", json=order).get_json()
    (event,) = client.post(f"{API}/messages", json={"message": letter["message"]}).get_json()["events"]
    assert (event["type"], event["by"]) == ("asked", "paul")


@pytest.mark.parametrize("answer", sorted(ANSWERS))
def test_every_answer_is_taken_by_phone(client: FlaskClient, asked: str, answer: str) -> None:
    needs = ANSWERS[answer].needs
    body: dict[str, Any] = {"dataset": "menus", "contact": "paul", "answer": answer}
    body |= {"next": [{"name": "Anne Le Goff", "email": "anne.legoff@saint-aubin.example"}]} if "next" in needs else {}
    body |= {"reason": "secret"} if "reason" in needs else {}
    logged = client.post(f"{API}/replies", json=body)
    assert logged.status_code == 201, logged.get_json()
    (said,) = [event for event in logged.get_json()["events"] if event["type"] == "answered"] or [{"answer": answer, "told_by": "phone"}]
    assert (said["answer"], said["told_by"]) == (answer, "phone")
    undone = client.post(f"{API}/actions/{logged.get_json()['action']}/undo")
    assert undone.status_code == 200
    assert client.get(f"{API}/replies").get_json() == []


def test_the_same_key_twice_writes_once(client: FlaskClient, asked: str) -> None:
    body = {"dataset": "menus", "contact": "paul", "answer": "holds_later", "due": "2026-12-04", "key": "formulaire-1"}
    assert client.post(f"{API}/replies", json=body).status_code == 201
    assert client.post(f"{API}/replies", json=body).status_code == 200
    assert len(client.get(f"{API}/replies").get_json()) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"dataset": "nothing", "contact": "paul", "answer": "holds_sent"},
        {"dataset": "menus", "contact": "nobody", "answer": "holds_sent"},
        {"dataset": "menus", "contact": "paul", "answer": "redirects"},
        {"dataset": "menus", "contact": "paul", "answer": "refuses"},
        {"dataset": "menus", "contact": "paul", "answer": "refuses", "reason": "humeur"},
        {"dataset": "menus", "datasets": ["menus"], "contact": "paul", "answer": "holds_sent"},
        {"dataset": "menus", "contact": "paul", "answer": "redirects", "next": [{"id": "paul"}]},
        {"dataset": "menus", "contact": "paul", "answer": "redirects", "next": [{}]},
        {"dataset": "menus", "contact": "paul", "answer": "already_published", "url": "javascript:alert(1)"},
        {"message": "nothing", "answer": "holds_sent"},
    ],
)
def test_a_bad_answer_is_refused_and_writes_nothing(client: FlaskClient, asked: str, body: dict[str, Any]) -> None:
    answer = client.post(f"{API}/replies", json=body)
    assert answer.status_code == 422, answer.get_json()
    assert client.get(f"{API}/replies").get_json() == []


@pytest.mark.parametrize("raw", [b"", b"\x00" * 100, b"PK\x03\x04zip", bytes(range(256)) * 10])
def test_what_is_no_mail_is_refused(client: FlaskClient, raw: bytes) -> None:
    assert post(client, raw).status_code == 422
    assert post(client, raw, "/replies/read").status_code == 422


def test_hostile_headers_are_read_without_harm(client: FlaskClient) -> None:
    raw = (
        b"From: =?utf-8?q?=ED=A0=80?= <a@b.example>\r\nTo: \xff\xfe\r\nSubject: =?bogus?q?x?= \x00\r\nMessage-ID: <"
        + b"x" * 5000
        + b">\r\n"
        b"Date: Thu, 99 Foo 99999 99:99:99 +9999\r\nContent-Type: multipart/mixed; boundary=\r\n\r\n\xff\xff\r\n"
    )
    assert post(client, raw, "/replies/read").status_code == 200
    assert post(client, raw).status_code == 201
    assert client.get(f"{API}/replies").status_code == 200
