"""Meetings by the API: dates proposed, invitations prepared, moved, their calendar file."""

from datetime import datetime

import pytest
from flask.testing import FlaskClient

from addin.ports.desk import Desk

API = "/api/v1"
FOUR = ["2026-12-08T10:00:00", "2026-12-15T10:00:00", "2027-01-05T10:00:00", "2027-01-12T10:00:00"]


def test_four_dates_are_proposed_prepared_and_listed(client: FlaskClient, town: Desk) -> None:
    starts = client.post(f"{API}/meetings/proposals", json={"kind": "quality"}).get_json()["starts"]
    assert len(starts) == 4
    assert all(datetime.fromisoformat(start).utcoffset() for start in starts)
    answer = client.post(f"{API}/meetings", json={"kind": "quality", "starts": starts, "contacts": ["paul", "anne"], "datasets": ["menus"]})
    assert answer.status_code == 201
    meetings = answer.get_json()["meetings"]
    assert [meeting["start"] for meeting in meetings] == starts
    assert client.get(f"{API}/meetings").get_json() == meetings
    again = client.post(f"{API}/meetings/proposals", json={"kind": "quality"}).get_json()["starts"]
    assert not set(again) & set(starts)


def test_a_calendar_file_bears_the_uid(client: FlaskClient, town: Desk) -> None:
    body = {"kind": "maturity", "starts": ["2026-12-08T10:00:00"], "to": ["Paul <paul.morin@saint-aubin.example>"]}
    meeting = client.post(f"{API}/meetings", json=body).get_json()["meetings"][0]
    assert meeting["attendees"][0]["contact"] == "paul"
    answer = client.get(f"{API}/meetings/{meeting['id']}.ics")
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/calendar")
    assert meeting["uid"] in answer.get_data(as_text=True).replace("\r\n ", "")


def test_a_meeting_is_moved_before_it_is_sent(client: FlaskClient, town: Desk) -> None:
    made = client.post(f"{API}/meetings", json={"kind": "maturity", "starts": FOUR[:1], "contacts": ["paul"]}).get_json()
    path = f"{API}/meetings/{made['meetings'][0]['id']}"
    moved = client.patch(path, json={"start": "2026-12-09T14:00:00"}).get_json()
    assert (moved["meetings"][0]["start"], moved["meetings"][0]["sequence"]) == ("2026-12-09T14:00:00+01:00", 1)
    assert moved["meetings"][0]["uid"] == made["meetings"][0]["uid"]
    client.post(f"{API}/actions/{made['action']}/undo")


def test_the_club_meets_by_a_rhythm_in_words(client: FlaskClient, town: Desk) -> None:
    body = {"kind": "club", "starts": ["2027-01-01T10:00:00"], "contacts": ["paul"], "every": "premier jeudi", "until": "2027-06-30"}
    meeting = client.post(f"{API}/meetings", json=body).get_json()["meetings"][0]
    assert meeting["start"] == "2027-01-07T10:00:00+01:00"
    assert "BYDAY=1TH" in meeting["rrule"]


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "quality", "starts": FOUR[:3], "contacts": ["paul"]},
        {"kind": "maturity", "starts": FOUR[:1]},
        {"kind": "maturity", "starts": FOUR[:1], "contacts": ["nobody"]},
        {"kind": "maturity", "starts": FOUR[:1], "contacts": ["paul"], "datasets": ["nothing"]},
        {"kind": "maturity", "starts": FOUR[:1], "to": ["nobody"]},
        {"kind": "maturity", "starts": FOUR[:1], "contacts": ["paul"], "place": "a\nb"},
        {"kind": "maturity", "starts": FOUR[:1], "contacts": ["paul"], "video": "ftp://x"},
        {"kind": "maturity", "starts": ["2027-03-28T02:30:00"], "contacts": ["paul"]},
        {"kind": "club", "starts": FOUR[:1], "contacts": ["paul"]},
        {"kind": "club", "starts": FOUR[:1], "contacts": ["paul"], "every": "jeudi"},
        {"kind": "club", "starts": FOUR[:1], "contacts": ["paul"], "every": "jeudi", "until": "2027-06-30", "rrule": "FREQ=DAILY"},
    ],
)
def test_a_bad_meeting_is_refused_and_writes_nothing(client: FlaskClient, town: Desk, body: dict[str, object]) -> None:
    assert client.post(f"{API}/meetings", json=body).status_code == 422
    assert client.get(f"{API}/meetings").get_json() == []
