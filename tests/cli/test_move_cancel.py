"""`antiseche move` and `antiseche cancel`. Dates are far away: the clock of the command line is the real one."""

import json
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.judges import ical_js, libical

Run = Callable[..., Result]

PAUL, ANNE = "paul.morin@saint-aubin.example", "anne.legoff@saint-aubin.example"
WHO = ("--organizer", "Claire Vasseur <claire.vasseur@saint-aubin.example>", "--to", f"Paul Morin <{PAUL}>", "--to", ANNE)
FOUR = ("2046-01-09T10:00", "2046-01-16T10:00", "2046-01-23T10:00", "2046-01-30T10:00")
CLUB = ("club", "--start", "2046-01-04T14:00", "--rrule", "FREQ=MONTHLY;COUNT=6;BYDAY=1TH")


def printed(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    meetings: list[dict[str, Any]] = json.loads(result.stdout)["meetings"]
    for meeting in meetings:
        assert set(meeting) == {"id", "uid", "kind", "start", "end", "sequence", "ics", "mails"}
    return meetings


def invited(run: Run, out: Path, *what: str) -> list[dict[str, Any]]:
    return printed(run("invite", *what, *WHO, "--out", str(out / "0")))


def calendar(meeting: dict[str, Any]) -> bytes:
    return Path(meeting["ics"]).read_bytes()


def mails(meeting: dict[str, Any]) -> dict[str, EmailMessage]:
    """Read the mails by address; each carries the calendar file that was written beside it, or its own."""
    read = [message_from_bytes(Path(path).read_bytes(), policy=default) for path in meeting["mails"]]
    return {mail["To"].addresses[0].addr_spec: mail for mail in read}


def method(mail: EmailMessage) -> str:
    part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    said: str = part["Content-Type"].params["method"]
    assert f"METHOD:{said}\r\n".encode() in part.get_payload(decode=True)
    return said


def kept(run: Run, meeting: dict[str, Any]) -> dict[str, Any]:
    return next(one for one in json.loads(run("meetings", "--json").stdout) if one["id"] == meeting["id"])


def test_one_session_moves_alone(run: Run, tmp_path: Path) -> None:
    before = invited(run, tmp_path, "quality", *(part for start in FOUR for part in ("--start", start)))
    result = run("move", before[1]["id"], "--start", "2046-01-18T14:30", "--reason", "Salle prise", "--out", str(tmp_path / "1"))
    (after,) = printed(result)
    assert (after["id"], after["uid"], after["sequence"]) == (before[1]["id"], before[1]["uid"], 1)
    assert (after["start"], after["end"]) == ("2046-01-18T14:30:00+01:00", "2046-01-18T15:15:00+01:00")
    assert "2 personnes recevront la nouvelle date" in result.stderr
    assert libical.faults(calendar(after)) == []
    assert libical.meaning(calendar(after), PAUL, calendar(before[1])) == "REQUEST-RESCHEDULE"
    assert {to: method(mail) for to, mail in mails(after).items()} == {PAUL: "REQUEST", ANNE: "REQUEST"}
    text = mails(after)[PAUL].get_body(("plain",))
    assert text is not None
    words = text.get_content().replace("\u00a0", " ")
    assert "Ancienne date : mardi 16 janvier 2046 à 10 h" in words
    assert "Motif : Salle prise" in words
    assert [kept(run, one)["sequence"] for one in before] == [0, 1, 0, 0]


def test_the_whole_cycle_moves(run: Run, tmp_path: Path) -> None:
    before = invited(run, tmp_path, "quality", *(part for start in FOUR for part in ("--start", start)))
    after = printed(run("move", before[0]["id"], "--start", "2046-01-10T11:00", "--cycle", "--out", str(tmp_path / "1")))
    assert [one["start"][:16] for one in after] == ["2046-01-10T11:00", "2046-01-17T11:00", "2046-01-24T11:00", "2046-01-31T11:00"]
    assert {one["sequence"] for one in after} == {1}
    assert sum(len(one["mails"]) for one in after) == 8


@pytest.mark.parametrize("named", ["2046-04-05", "2046-04-05T14:00", "2046-04-05T14:00+02:00", "2046-04-05T12:00:00+00:00"])
def test_one_date_of_the_club_moves_and_the_whole_series_is_sent_again(run: Run, tmp_path: Path, named: str) -> None:
    (before,) = invited(run, tmp_path, *CLUB)
    (after,) = printed(run("move", before["id"], "--date", named, "--start", "2046-04-06T16:00", "--out", str(tmp_path / "1")))
    assert (after["start"], after["sequence"]) == (before["start"], 1)
    ics = calendar(after)
    assert libical.faults(ics) == []
    assert b"RRULE:" in ics
    assert b"RECURRENCE-ID;TZID=Europe/Paris:20460405T140000\r\n" in ics
    (read,) = ical_js.read([ics], zone="Asia/Tokyo")
    starts = [start[:16] for start, _ in read["held"]]
    assert "2046-04-06T14:00" in starts
    assert "2046-04-05T12:00" not in starts
    (again,) = printed(run("move", before["id"], "--date", named, "--start", "2046-04-07T09:00", "--out", str(tmp_path / "2")))
    assert again["sequence"] == 2
    (gone,) = printed(run("cancel", before["id"], "--date", named, "--out", str(tmp_path / "3")))
    assert gone["sequence"] == 3
    assert b"RECURRENCE-ID" not in calendar(gone)
    assert b"20460405T140000" in calendar(gone).replace(b"\r\n ", b"").partition(b"EXDATE")[2]
    assert {method(mail) for mail in mails(gone).values()} == {"REQUEST"}
    assert kept(run, before)["status"] == "CONFIRMED"


def test_a_meeting_is_called_off(run: Run, tmp_path: Path) -> None:
    (before,) = invited(run, tmp_path, "maturity", "--start", FOUR[0])
    result = run("cancel", before["id"], "--out", str(tmp_path / "1"))
    (after,) = printed(result)
    assert (after["uid"], after["sequence"]) == (before["uid"], 1)
    assert "recevront l’annulation" in result.stderr
    assert libical.faults(calendar(after)) == []
    assert libical.meaning(calendar(after), PAUL, calendar(before)) == "CANCEL-EVENT"
    assert {to: method(mail) for to, mail in mails(after).items()} == {PAUL: "CANCEL", ANNE: "CANCEL"}
    assert kept(run, before)["status"] == "CANCELLED"
    assert "annulée" in run("meetings").stdout
    for again in (("cancel",), ("move", "--start", FOUR[1])):
        refused = run(again[0], before["id"], *again[1:], "--out", str(tmp_path / "2"))
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert "annulée" in refused.stderr


def test_undoing_a_move_that_was_written_is_a_new_move(run: Run, tmp_path: Path) -> None:
    (before,) = invited(run, tmp_path, "maturity", "--start", FOUR[0])
    printed(run("move", before["id"], "--start", FOUR[1], "--out", str(tmp_path / "1")))
    assert run("undo").exit_code == 0
    back = kept(run, before)
    assert (back["start"], back["sequence"]) == (before["start"], 2)


@pytest.mark.parametrize(
    "arguments",
    [
        ("move", "ID"),
        ("move", "nothing", "--start", FOUR[0]),
        ("move", "ID", "--start", "2046-01-09"),
        ("move", "ID", "--start", "demain"),
        ("move", "ID", "--start", "2046-03-25T02:30"),
        ("move", "ID", "--start", FOUR[1], "--date", FOUR[0]),
        ("move", "ID", "--start", FOUR[1], "--date", "hier"),
        ("move", "ID", "--start", FOUR[1], "--cycle"),
        ("move", "ID", "--start", FOUR[1], "--cycle", "--date", FOUR[0]),
        ("move", "ID", "--start", FOUR[1], "--reason", "a\nb"),
        ("cancel", "nothing"),
        ("cancel", "ID", "--date", FOUR[0]),
        ("cancel", "ID", "--send"),
    ],
)
def test_what_is_refused_says_one_line_and_changes_nothing(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (before,) = invited(run, tmp_path, "maturity", "--start", FOUR[0])
    refused = run(*(before["id"] if part == "ID" else part for part in arguments), "--out", str(tmp_path / "1"))
    assert refused.exit_code == 2
    assert refused.stdout == ""
    assert len(refused.stderr.strip().splitlines()) == 1
    assert kept(run, before)["sequence"] == 0
    assert not list((tmp_path / "1").glob("*"))


def test_a_date_that_is_none_of_the_series_is_refused(run: Run, tmp_path: Path) -> None:
    (before,) = invited(run, tmp_path, *CLUB)
    for arguments in (("cancel", "--date", "2046-04-12"), ("move", "--date", "2046-04-12T14:00", "--start", FOUR[0])):
        refused = run(arguments[0], before["id"], *arguments[1:], "--out", str(tmp_path / "1"))
        assert refused.exit_code == 2
        assert "Aucune date" in refused.stderr


def test_send_goes_through_the_outbox_and_counts_once(run: Run, tmp_path: Path) -> None:
    assert run("invite", "maturity", "--start", FOUR[0], *WHO, "--out", str(tmp_path / "0"), "--send").exit_code == 2
    assert json.loads(run("meetings", "--json").stdout) == []
    assert run("mail", "settings", "--way", "files").exit_code == 0
    (before,) = printed(run("invite", "maturity", "--start", FOUR[0], *WHO, "--out", str(tmp_path / "0"), "--send"))
    (moved,) = printed(run("move", before["id"], "--start", FOUR[1], "--out", str(tmp_path / "1"), "--send"))
    (gone,) = printed(run("cancel", before["id"], "--out", str(tmp_path / "2"), "--send"))
    assert [len(one["mails"]) for one in (before, moved, gone)] == [2, 2, 2]
    made = json.loads(run("mail", "deliveries").stdout)
    assert sorted((one["email"], one["method"], one["sequence"]) for one in made) == [
        (to, method, sequence) for to in (ANNE, PAUL) for method, sequence in (("CANCEL", 2), ("REQUEST", 0), ("REQUEST", 1))
    ]
    assert {one["state"] for one in made} == {"prepared"}
