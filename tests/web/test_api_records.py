"""The profile, the data sets, the contacts, the history and the archive, by the API."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addin.ports.desk import Desk

API = "/api/v1"


def test_the_first_run_is_over_when_the_profile_is_known(client: FlaskClient) -> None:
    assert client.get(f"{API}/organisation").get_json()["known"] is False
    sent = {
        "name": "Ville de Saint-Aubin",
        "referent": "Claire Vasseur",
        "referent_email": "Claire.Vasseur@Saint-Aubin.example",
        "department": "2a",
    }
    answer = client.put(f"{API}/organisation", json=sent)
    assert answer.status_code == 200
    kept = client.get(f"{API}/organisation").get_json()
    assert kept == answer.get_json()
    assert (kept["known"], kept["referent_email"], kept["department"]) == (True, "claire.vasseur@saint-aubin.example", "2A")
    assert kept["place"] is None


def test_what_is_not_sent_stays_and_null_empties(client: FlaskClient, town: Desk) -> None:
    client.put(f"{API}/organisation", json={"place": "hôtel de ville", "mandate_on": None})
    kept = client.get(f"{API}/organisation").get_json()
    assert (kept["place"], kept["mandate_on"], kept["referent"]) == ("hôtel de ville", None, "Claire Vasseur")


def test_a_data_set_is_added_changed_and_published(client: FlaskClient) -> None:
    added = client.post(f"{API}/datasets", json={"title": " Menus scolaires ", "level": 2, "theme": "Enfance"})
    assert added.status_code == 201
    dataset = added.get_json()
    assert (dataset["title"], dataset["schema"], dataset["contact"]) == ("Menus scolaires", None, None)
    path = f"{API}/datasets/{dataset['id']}"
    changed = client.patch(path, json={"published_url": "https://www.data.example/menus", "level": None})
    assert changed.status_code == 200
    assert client.get(path).get_json() == changed.get_json()
    assert (changed.get_json()["level"], changed.get_json()["theme"]) == (None, "Enfance")
    kinds = [event["type"] for gesture in client.get(f"{API}/history").get_json() for event in gesture["events"]]
    assert kinds == ["edited", "published", "imported"]


def test_the_same_title_twice_is_refused(client: FlaskClient) -> None:
    client.post(f"{API}/datasets", json={"title": "Menus"})
    assert client.post(f"{API}/datasets", json={"title": "MENUS"}).status_code == 422
    assert len(client.get(f"{API}/datasets").get_json()) == 1


def test_a_contact_is_added_and_its_agreement_is_dated(client: FlaskClient) -> None:
    added = client.post(
        f"{API}/contacts", json={"name": "Paul Morin", "emails": ["Paul.Morin@saint-aubin.example", "paul.morin@saint-aubin.example"]}
    )
    assert added.status_code == 201
    contact = added.get_json()
    assert contact["emails"] == ["paul.morin@saint-aubin.example"]
    changed = client.patch(f"{API}/contacts/{contact['id']}", json={"consent": True}).get_json()
    assert (changed["consent"], changed["consent_on"]) == (True, "2026-11-24")
    assert (
        client.patch(f"{API}/contacts/{contact['id']}", json={"consent": False, "consent_on": "2026-11-20"}).get_json()["consent_on"]
        == "2026-11-20"
    )


def test_an_address_belongs_to_one_contact(client: FlaskClient) -> None:
    client.post(f"{API}/contacts", json={"name": "Paul", "emails": ["paul@saint-aubin.example"]})
    refused = client.post(f"{API}/contacts", json={"name": "Jean", "emails": ["PAUL@saint-aubin.example"]})
    assert (refused.status_code, refused.get_json()["where"]) == (422, "emails")


@pytest.mark.parametrize("column", ["datasets", "contacts", "organisation"])
def test_a_change_is_undone_and_done_again(client: FlaskClient, town: Desk, column: str) -> None:
    path = {"datasets": "/datasets/menus", "contacts": "/contacts/paul", "organisation": "/organisation"}[column]
    method = client.put if column == "organisation" else client.patch
    before = client.get(API + path).get_json()
    after = method(API + path, json={"title": "Menus"} if column == "datasets" else {"name": "Autre nom"}).get_json()
    assert after != before
    action = client.get(f"{API}/history").get_json()[0]["action"]
    undone = client.post(f"{API}/actions/{action}/undo")
    assert undone.status_code == 200
    assert client.get(API + path).get_json() == before
    assert client.post(f"{API}/actions/{action}/undo").status_code == 422
    assert client.post(f"{API}/actions/{undone.get_json()['action']}/undo").status_code == 200
    assert client.get(API + path).get_json() == after


def test_a_change_that_changes_nothing_writes_nothing(client: FlaskClient, town: Desk) -> None:
    client.patch(f"{API}/datasets/menus", json={"title": "Menus scolaires"})
    client.patch(f"{API}/contacts/paul", json={})
    assert client.get(f"{API}/history").get_json() == []


def test_lists_are_imported(client: FlaskClient) -> None:
    good = client.post(f"{API}/datasets/import", data=b"titre;niveau\nMenus;2\nArbres;1\n", content_type="text/csv")
    assert (good.status_code, good.get_json()["written"]) == (201, 2)
    again = client.post(f"{API}/datasets/import", data=b"titre;niveau\nMenus;2\nArbres;1\n", content_type="text/csv; charset=utf-8")
    assert (again.status_code, again.get_json()["action"]) == (200, None)
    bad = client.post(f"{API}/datasets/import", data=b"titre;niveau\nParcs;2\n;1\n", content_type="text/csv")
    assert (bad.status_code, bad.get_json()["written"]) == (200, 0)
    assert bad.get_json()["faults"][0]["line"] == 3
    partial = client.post(f"{API}/datasets/import?partial=true", data=b"titre;niveau\nParcs;2\n;1\n", content_type="text/csv")
    assert (partial.status_code, partial.get_json()["written"]) == (201, 1)
    people = client.post(f"{API}/contacts/import", data=b"nom,courriel\nPaul,paul@saint-aubin.example\n", content_type="text/csv")
    assert people.status_code == 201


def test_the_history_is_chosen_by_data_set_by_contact_and_by_number(client: FlaskClient) -> None:
    menus = client.post(f"{API}/datasets", json={"title": "Menus"}).get_json()["id"]
    paul = client.post(f"{API}/contacts", json={"name": "Paul"}).get_json()["id"]
    assert [g["events"][0]["contact"] for g in client.get(f"{API}/history").get_json()] == [paul, None]
    assert [g["events"][0]["dataset"] for g in client.get(f"{API}/history?dataset={menus}").get_json()] == [menus]
    assert [g["events"][0]["contact"] for g in client.get(f"{API}/history?contact={paul}").get_json()] == [paul]
    assert len(client.get(f"{API}/history?limit=1").get_json()) == 1


def test_the_archive_goes_out_and_comes_back(client: FlaskClient, town: Desk) -> None:
    answer = client.get(f"{API}/export")
    assert answer.content_type == "application/zip"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="antiseche-2026-11-24.zip"'
    assert client.post(f"{API}/import", data=answer.data, content_type="application/zip").status_code == 422


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(values=st.fixed_dictionaries({"title": WORDS}, optional={"theme": WORDS, "service": WORDS, "schema": WORDS}))
def test_any_words_are_kept_or_refused_never_broken(client: FlaskClient, values: dict[str, Any]) -> None:
    answer = client.post(f"{API}/datasets", json=values)
    assert answer.status_code in (201, 422)
    if answer.status_code == 201:
        kept = answer.get_json()
        assert kept["title"]
        assert client.get(f"{API}/datasets/{kept['id']}").get_json() == kept
        assert not any(ord(c) < 32 and c not in "\t\n" for value in kept.values() if isinstance(value, str) for c in value)
