import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import Result

from tests.shapes import CLIENTS, Said

Run = Callable[..., Result]
PAUL = "paul.morin@saint-aubin.example"


def objects(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def call(run: Run, tmp_path: Path) -> dict[str, Any]:
    done = run(
        *("invite", "maturity", "--start", "2026-12-08T10:00", "--organizer", "Claire Vasseur <claire.vasseur@saint-aubin.example>"),
        *("--to", f"Paul Morin <{PAUL}>", "--to", "anne.legoff@saint-aubin.example", "--out", str(tmp_path / "envoi")),
    )
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout)["meetings"][0])


def test_read_says_what_every_client_answered(run: Run, tmp_path: Path) -> None:
    for name, build in CLIENTS.items():
        (tmp_path / f"{name}.eml").write_bytes(build(Said(uid="u@x.example", email=PAUL, partstat="TENTATIVE", comment="Peut-être")))
    told = objects(run("read", *(str(path) for path in sorted(tmp_path.glob("*.eml"))), "--json"))
    assert len(told) == len(CLIENTS)
    for one in told:
        assert (one["kind"], len(one["rsvp"])) == ("rsvp", 1)
        rsvp = one["rsvp"][0]
        assert set(rsvp) == {
            *("method", "uid", "attendee", "partstat", "recurrence_id", "sequence", "comment", "start", "end", "sender_matches"),
        }
        assert (rsvp["uid"], rsvp["partstat"], rsvp["comment"], rsvp["sender_matches"]) == ("u@x.example", "TENTATIVE", "Peut-être", True)


def test_log_then_meetings(run: Run, tmp_path: Path) -> None:
    meeting = call(run, tmp_path)
    mail = tmp_path / "reponse.eml"
    mail.write_bytes(CLIENTS["google"](Said(uid=meeting["uid"], email=PAUL)))
    first, again = objects(run("log", str(mail), "--yes"))[0], objects(run("log", str(mail), "--yes"))[0]
    assert (first["already"], again["already"], first["id"]) == (False, True, again["id"])
    assert first["rsvp"] == [{"verdict": "answer", "meeting": meeting["id"], "contact": first["events"][0]["contact"], "words": None}]
    listed = json.loads(run("meetings", "--json").stdout)[0]
    assert [(one["email"], one["partstat"], one["told_by"]) for one in listed["attendees"]] == [
        (PAUL, "ACCEPTED", "mail"),
        ("anne.legoff@saint-aubin.example", "NEEDS-ACTION", None),
    ]
    moved = run("move", meeting["id"], "--start", "2026-12-09T10:00", "--out", str(tmp_path / "envoi"))
    assert moved.exit_code == 0, moved.output
    late = tmp_path / "tard.eml"
    late.write_bytes(CLIENTS["apple"](Said(uid=meeting["uid"], email=PAUL)))
    run("log", str(late), "--yes")
    paul = json.loads(run("meetings", "--json").stdout)[0]["attendees"][0]
    assert (paul["partstat"], paul["reconfirm"]) == ("NEEDS-ACTION", True)


def test_a_doubt_is_said_to_people(run: Run, tmp_path: Path) -> None:
    meeting = call(run, tmp_path)
    mail = tmp_path / "secretariat.eml"
    mail.write_bytes(CLIENTS["zimbra"](Said(uid=meeting["uid"], email=PAUL, writer="secretariat@saint-aubin.example")))
    done = run("log", str(mail), "--yes")
    assert "à confirmer" in done.stderr
    assert json.loads(run("meetings", "--json").stdout)[0]["attendees"][0]["partstat"] == "NEEDS-ACTION"
