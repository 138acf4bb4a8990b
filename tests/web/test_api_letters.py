"""The stages, the letters and the messages, by the API."""

import email
import email.policy

from flask.testing import FlaskClient

from addin.ports.desk import Desk

API = "/api/v1"
ASK = {"stage": "3", "contact": "paul", "datasets": ["menus"]}


def test_the_stages_and_one_of_them(client: FlaskClient) -> None:
    stages = client.get(f"{API}/stages").get_json()
    assert [stage["number"] for stage in stages] == [1, 2, 3, 4, 5, 6]
    assert client.get(f"{API}/stages/3").get_json() == stages[2] == client.get(f"{API}/stages/3-localiser").get_json()
    assert client.get(f"{API}/stages/7").status_code == 404


def test_the_files_to_join_come_as_they_are(client: FlaskClient, desk: Desk) -> None:
    for stage in client.get(f"{API}/stages").get_json():
        for attachment in stage["attachments"]:
            answer = client.get(f"{API}/stages/{stage['id']}/attachments/{attachment['name']}")
            assert answer.status_code == 200
            assert len(answer.data) == attachment["size"]
            assert answer.headers["Content-Disposition"].startswith("attachment")
    for name in ("..%2Fstage.toml", "stage.toml", "%2e%2e", "nothing.pdf"):
        assert client.get(f"{API}/stages/1/attachments/{name}").status_code == 404


def test_a_letter_is_written_and_nothing_is_kept(client: FlaskClient, town: Desk) -> None:
    answer = client.post(f"{API}/letters", json=ASK)
    assert answer.status_code == 200
    letter = answer.get_json()
    assert (letter["stage"], letter["letter"], letter["missing"]) == ("3-localiser", "letter", [])
    assert letter["to"] == ["Paul Morin <paul.morin@saint-aubin.example>"]
    assert (letter["message"], letter["message_id"], letter["action"]) == (None, None, None)
    assert client.get(f"{API}/messages").get_json() == []


def test_values_given_go_first(client: FlaskClient, town: Desk) -> None:
    letter = client.post(f"{API}/letters", json=ASK | {"values": {"referent": "Autre Nom", "reponse_avant": "2026-12-04"}}).get_json()
    assert "Autre Nom" in letter["text"]
    assert "vendredi 4 décembre 2026" in letter["text"].replace("\u00a0", " ")


def test_a_letter_kept_is_noted_as_sent_once(client: FlaskClient, town: Desk) -> None:
    kept = client.post(f"{API}/letters", json=ASK | {"record": True})
    assert kept.status_code == 201
    message = kept.get_json()["message"]
    listed = client.get(f"{API}/messages").get_json()
    assert [(one["id"], one["state"], one["contacts"], one["datasets"]) for one in listed] == [(message, "prepared", ["paul"], ["menus"])]
    sent = client.post(f"{API}/messages", json={"message": message})
    assert sent.status_code == 201
    (event,) = sent.get_json()["events"]
    assert (event["type"], event["dataset"], event["contact"], event["due"]) == ("asked", "menus", "paul", "2026-12-01")
    again = client.post(f"{API}/messages", json={"message": message})
    assert (again.status_code, again.get_json()["already"], again.get_json()["events"]) == (200, True, [])
    assert client.get(f"{API}/messages").get_json()[0]["state"] == "sent"
    client.post(f"{API}/actions/{sent.get_json()['action']}/undo")
    assert client.get(f"{API}/messages").get_json()[0]["state"] == "prepared"
    assert client.post(f"{API}/messages", json={"message": message}).status_code == 201


def test_a_reminder_follows_the_letter_in_its_thread(client: FlaskClient, town: Desk) -> None:
    first = client.post(f"{API}/letters", json=ASK | {"record": True}).get_json()
    client.post(f"{API}/messages", json={"message": first["message"]})
    draft = client.post(f"{API}/letters/draft.eml", json=ASK | {"letter": "relance-1"})
    mail = email.message_from_bytes(draft.data, policy=email.policy.default)
    assert mail["In-Reply-To"] == f"<{first['message_id']}>"
    reminder = client.get(f"{API}/messages").get_json()[-1]
    sent = client.post(f"{API}/messages", json={"message": reminder["id"]}).get_json()
    assert [event["type"] for event in sent["events"]] == ["reminded"]


def test_a_letter_to_all_is_simply_sent(client: FlaskClient, town: Desk) -> None:
    kept = client.post(f"{API}/letters", json={"stage": "1", "to": ["agents@saint-aubin.example"], "record": True}).get_json()
    sent = client.post(f"{API}/messages", json={"message": kept["message"]}).get_json()
    assert [event["type"] for event in sent["events"]] == ["sent"]


def test_a_letter_to_a_stranger_makes_a_contact_that_undo_unmakes(client: FlaskClient, town: Desk) -> None:
    kept = client.post(
        f"{API}/letters", json={"stage": "3", "to": ["Iris Passage <Iris@ailleurs.test>"], "datasets": ["menus"], "record": True}
    )
    assert kept.status_code == 201
    assert [contact["email"] for contact in client.get(f"{API}/contacts").get_json()][-1] == "iris@ailleurs.test"
    sent = client.post(f"{API}/messages", json={"message": kept.get_json()["message"]}).get_json()
    assert sent["events"][0]["contact"] == client.get(f"{API}/contacts").get_json()[-1]["id"]


def test_a_draft_is_a_file_of_its_own(client: FlaskClient, town: Desk) -> None:
    draft = client.post(f"{API}/letters/draft.eml", json=ASK)
    assert (draft.status_code, draft.content_type) == (201, "message/rfc822")
    mail = email.message_from_bytes(draft.data, policy=email.policy.default)
    assert mail["Message-ID"].strip("<>") == client.get(f"{API}/messages").get_json()[0]["message_id"]
    assert mail["X-Unsent"] == "1"
    assert draft.headers["Content-Disposition"] == 'attachment; filename="3-localiser-letter.eml"'


def test_a_header_cannot_be_slipped_in(client: FlaskClient, town: Desk) -> None:
    for body in (
        {"stage": "3", "to": ["A\r\nBcc: x@y.example <a@b.example>"]},
        {"stage": "3", "to": ["a@b.example\nBcc: x@y.example"]},
        {"stage": "3", "to": ["a@b.example"], "values": {"referent": "A\r\nBcc: x@y.example"}},
        {"stage": "3", "to": ["a@b.example"], "values": {"jeu": "A\r\nBcc: x@y.example"}},
    ):
        answer = client.post(f"{API}/letters/draft.eml", json=body)
        assert answer.status_code in (201, 422)
        if answer.status_code == 201:
            assert email.message_from_bytes(answer.data)["Bcc"] is None
