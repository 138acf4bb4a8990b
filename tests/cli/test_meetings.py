"""`antiseche invite` and `antiseche meetings`."""

import email
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from addin.ports.desk import Desk

Run = Callable[..., Result]

ORGANIZER = ("--organizer", "Claire Vasseur <claire.vasseur@saint-aubin.example>")
GUESTS = ("--to", "Paul Morin <paul.morin@saint-aubin.example>", "--to", "anne.legoff@saint-aubin.example")
FOUR = ("2026-12-08T10:00", "2026-12-15T10:00", "2027-01-05T10:00", "2027-01-12T10:00")


def starts(*dates: str) -> list[str]:
    return [part for start in dates for part in ("--start", start)]


def test_the_four_sessions_are_written_and_kept(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "invitations" / "cycle"
    result = run("invite", "quality", *starts(*FOUR), *ORGANIZER, *GUESTS, "--place", "salle du conseil", "--out", str(out))
    assert result.exit_code == 0, result.stderr
    meetings = json.loads(result.stdout)["meetings"]
    assert [meeting["start"] for meeting in meetings] == [f"{start}:00+01:00" for start in FOUR]
    assert [set(meeting) for meeting in meetings] == [{"id", "uid", "kind", "start", "end", "sequence", "ics", "mails"}] * 4
    files = [Path(meeting["ics"]) for meeting in meetings] + [Path(mail) for meeting in meetings for mail in meeting["mails"]]
    assert len(files) == 12
    assert sorted(files) == sorted(out.iterdir())
    for meeting in meetings:
        calendar = Path(meeting["ics"]).read_bytes()
        assert meeting["uid"].encode() in calendar.replace(b"\r\n ", b"")
        for mail in meeting["mails"]:
            parts = [part.get_content_type() for part in email.message_from_bytes(Path(mail).read_bytes()).walk()]
            assert "text/calendar" in parts
    kept = json.loads(run("meetings", "--json").stdout)
    assert [meeting["id"] for meeting in kept] == [meeting["id"] for meeting in meetings]
    for meeting in kept:
        assert {"id", "uid", "kind", "title", "start", "end", "place", "sequence", "status", "attendees"} <= set(meeting)
        assert {"name", "email", "partstat", "told_by", "attended"} <= set(meeting["attendees"][0])
    assert "Séance" in run("meetings").stdout or "décembre 2026" in run("meetings").stdout


@pytest.mark.parametrize(
    ("kind", "dates", "more"),
    [
        ("maturity", ["2026-12-08T10:00"], []),
        ("club-launch", ["2026-12-08T14:30+01:00"], ["--minutes", "60", "--video", "https://visio.example/club"]),
        ("club", ["2027-01-07T10:00"], ["--rrule", "FREQ=MONTHLY;BYDAY=1TH;COUNT=6"]),
        ("club", ["2027-01-01T10:00"], ["--every", "premier jeudi", "--until", "2027-06-30"]),
        ("club", ["2027-01-01T10:00"], ["--every", "first thursday", "--until", "2027-06-30"]),
    ],
)
def test_every_kind_is_prepared(run: Run, tmp_path: Path, kind: str, dates: list[str], more: list[str]) -> None:
    result = run("invite", kind, *starts(*dates), *ORGANIZER, *GUESTS, *more, "--out", str(tmp_path / "o"))
    assert result.exit_code == 0, result.stderr
    (meeting,) = json.loads(result.stdout)["meetings"]
    assert meeting["kind"] == kind
    assert (b"RRULE" in Path(meeting["ics"]).read_bytes().partition(b"BEGIN:VEVENT")[2]) == (kind == "club")


@pytest.mark.parametrize(
    "args",
    [
        ("quality", *starts(*FOUR[:3])),
        ("quality", *starts(*FOUR, "2027-02-01T10:00")),
        ("quality", *starts(*reversed(FOUR))),
        ("maturity", *starts(*FOUR[:2])),
        ("club", *starts("2027-01-07T10:00")),
        ("club", *starts("2027-01-07T10:00"), "--every", "jeudi"),
        ("club", *starts("2027-01-07T10:00"), "--every", "quand on peut", "--until", "2027-06-30"),
        ("club", *starts("2027-01-07T10:00"), "--every", "jeudi", "--until", "demain"),
        ("club", *starts("2027-01-07T10:00"), "--every", "jeudi", "--until", "2027-06-30", "--rrule", "FREQ=DAILY"),
        ("club", *starts("2027-01-07T10:00"), "--rrule", "FREQ=SECONDLY"),
        ("club", *starts("2027-01-07T10:00", "2027-02-04T10:00"), "--every", "jeudi", "--until", "2027-06-30"),
        ("maturity", *starts("2026-12-08T10:00"), "--until", "2027-06-30"),
        ("maturity", *starts("2026-12-08T10:00"), "--video", "javascript:alert(1)"),
        ("maturity", *starts("2026-12-08T10:00"), "--place", "a\nATTENDEE:mailto:x@y.example"),
        ("maturity", *starts("0001-01-01T00:00+14:00")),
        ("maturity", *starts("2026-12-08T10:00"), "--dataset", "nothing"),
    ],
    ids=lambda args: " ".join(args),
)
def test_a_bad_invitation_writes_nothing(run: Run, tmp_path: Path, args: tuple[str, ...]) -> None:
    result = run("invite", *args, *ORGANIZER, *GUESTS, "--out", str(tmp_path / "o"))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert not list((tmp_path / "o").glob("*"))
    assert json.loads(run("meetings", "--json").stdout) == []


def test_what_a_meeting_lacks_is_null(run: Run, tmp_path: Path) -> None:
    run("invite", "maturity", "--start", FOUR[0], *ORGANIZER, *GUESTS, "--out", str(tmp_path / "o"))
    (listed,) = json.loads(run("meetings", "--json").stdout)
    assert [listed[key] for key in ("place", "video", "rrule", "cycle")] == [None] * 4
    assert "" not in listed.values()


def test_nobody_to_invite_and_nobody_who_invites_are_refused(run: Run, tmp_path: Path) -> None:
    assert run("invite", "maturity", "--start", FOUR[0], *ORGANIZER, "--out", str(tmp_path / "o")).exit_code == 2
    assert run("invite", "maturity", "--start", FOUR[0], *GUESTS, "--out", str(tmp_path / "o")).exit_code == 2


def test_the_profile_invites_when_nobody_is_named(run: Run, town: Desk, tmp_path: Path) -> None:
    result = run("invite", "maturity", "--start", FOUR[0], *GUESTS, "--out", str(tmp_path / "o"))
    assert result.exit_code == 0
    assert b"claire.vasseur@saint-aubin.example" in Path(json.loads(result.stdout)["meetings"][0]["ics"]).read_bytes()


def test_an_odd_date_is_told_not_refused(run: Run, tmp_path: Path) -> None:
    result = run("invite", "maturity", "--start", "2026-12-25T10:00", *ORGANIZER, *GUESTS, "--out", str(tmp_path / "o"))
    assert result.exit_code == 0
    assert "férié" in result.stderr


def test_a_file_where_the_folder_goes_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "o").write_text("x")
    assert run("invite", "maturity", "--start", FOUR[0], *ORGANIZER, *GUESTS, "--out", str(tmp_path / "o")).exit_code == 2
    assert json.loads(run("meetings", "--json").stdout) == []


def test_sending_is_asked_for(run: Run) -> None:
    for command in ("invite", "move", "cancel"):
        assert "Sans --send, rien n’est envoyé." in " ".join(run(command, "--help").stdout.split())
