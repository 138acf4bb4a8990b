"""`antiseche read`, `log` and `undo`, from every kind of mailbox."""

import json
import mailbox
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addin.adapters.mail_files import mails_of
from addin.core.errors import BadInput

Run = Callable[..., Result]


def mail(number: int = 1, *, to: str = "", text: str = "Bonjour") -> str:
    reply = f"In-Reply-To: <{to}>\n" if to else ""
    return (
        f"From: Paul Morin <paul.morin@saint-aubin.example>\nTo: claire.vasseur@saint-aubin.example\nSubject: Re: menus {number}\n"
        f"Date: Mon, 23 Nov 2026 10:00:00 +0100\nMessage-ID: <m{number}@saint-aubin.example>\n{reply}\n{text}\n"
    )


SENT = (
    "From: claire.vasseur@saint-aubin.example\nTo: Paul Morin <paul.morin@saint-aubin.example>\nSubject: menus\n"
    "Date: Fri, 20 Nov 2026 10:00:00 +0100\nMessage-ID: <lettre@saint-aubin.example>\n\nAvez-vous les menus ?\n"
)


def lines(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def boxes(tmp_path: Path) -> dict[str, Path]:
    """Give the same three mails as an mbox, a Maildir, a folder and one file."""
    single = tmp_path / "seul.eml"
    single.write_text(mail(1))
    folder = tmp_path / "dossier"
    folder.mkdir()
    for number in (1, 2, 3):
        (folder / f"{number}.eml").write_text(mail(number))
    (folder / "notes.txt").write_text("rien")
    maildir = mailbox.Maildir(tmp_path / "maildir", create=True)
    mbox = mailbox.mbox(tmp_path / "boite.mbox", create=True)
    for number in (1, 2, 3):
        maildir.add(mail(number).encode())
        mbox.add(mail(number, text="From nous deux\nBonjour").encode())
    mbox.close()
    return {"single": single, "folder": folder, "maildir": tmp_path / "maildir", "mbox": tmp_path / "boite.mbox"}


@pytest.mark.parametrize(("kind", "count"), [("single", 1), ("folder", 3), ("maildir", 3), ("mbox", 3)])
def test_every_kind_of_mailbox_is_read(run: Run, boxes: dict[str, Path], kind: str, count: int) -> None:
    read = lines(run("read", str(boxes[kind]), "--json"))
    assert {one["message_id"] for one in read} == {f"m{number}@saint-aubin.example" for number in range(1, count + 1)}
    assert len({one["file"] for one in read}) == count
    for one in read:
        assert one["from"] == {"name": "Paul Morin", "email": "paul.morin@saint-aubin.example"}
        assert str(one["text"]).strip().endswith("Bonjour")


def test_every_key_of_the_contract_is_there(run: Run, boxes: dict[str, Path]) -> None:
    keys = {
        "file", "kind", "from", "to", "date", "subject", "message_id", "in_reply_to", "references", "text", "signature", "holds", "next",
        "attachments", "absent_until", "deputy", "bounced", "original_message_id", "rsvp", "warnings",
    }  # fmt: skip
    assert keys <= set(lines(run("read", str(boxes["single"]), "--json"))[0])


def test_reading_changes_nothing(run: Run, boxes: dict[str, Path], data: Path) -> None:
    before = {path: path.read_bytes() for path in boxes["maildir"].rglob("*") if path.is_file()}
    run("read", str(boxes["maildir"]), str(boxes["mbox"]), "--json")
    assert {path: path.read_bytes() for path in boxes["maildir"].rglob("*") if path.is_file()} == before
    assert not (data / "antiseche.json").exists()


def test_the_standard_input_is_read(run: Run) -> None:
    assert lines(run("read", "-", "--json", stdin=mail(7)))[0]["message_id"] == "m7@saint-aubin.example"


def test_a_sent_letter_is_recognised(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sent.eml").write_text(SENT)
    (tmp_path / "answer.eml").write_text(mail(1, to="lettre@saint-aubin.example"))
    read = lines(run("read", str(tmp_path / "answer.eml"), "--sent", str(tmp_path / "sent.eml"), "--json"))
    assert read[0]["answers"] == "lettre@saint-aubin.example"
    logged = lines(run("log", str(tmp_path / "answer.eml"), "--sent", str(tmp_path / "sent.eml")))
    assert logged[0]["answers"] == "lettre@saint-aubin.example"


def test_logging_twice_writes_once(run: Run, boxes: dict[str, Path], data: Path) -> None:
    first = lines(run("log", str(boxes["folder"]), "--yes"))
    kept = (data / "antiseche.json").read_bytes()
    second = lines(run("log", str(boxes["mbox"]), str(boxes["maildir"]), str(boxes["folder"])))
    assert [one["already"] for one in first] == [False] * 3
    assert all(one["already"] for one in second)
    assert (data / "antiseche.json").read_bytes() == kept


def test_what_is_no_mail_is_refused_and_the_rest_is_kept(run: Run, boxes: dict[str, Path]) -> None:
    (boxes["folder"] / "4.eml").write_bytes(bytes(range(256)))
    result = run("log", str(boxes["folder"]))
    assert result.exit_code == 2
    assert "4.eml" in result.stderr
    assert len(result.stdout.splitlines()) == 3


def test_nothing_is_logged_when_a_path_is_not_there(run: Run, boxes: dict[str, Path], data: Path) -> None:
    assert run("log", str(boxes["single"]), "absent.eml").exit_code == 2
    assert not (data / "antiseche.json").exists()


def test_an_empty_folder_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "vide").mkdir()
    assert run("read", str(tmp_path / "vide"), "--json").exit_code == 2


def test_undo_takes_back_the_last_gesture(run: Run, boxes: dict[str, Path]) -> None:
    lines(run("log", str(boxes["folder"])))
    assert "Annulé" in run("undo").stderr
    assert [one["already"] for one in lines(run("log", str(boxes["folder"])))] == [True, True, False]


def test_undo_by_its_name(run: Run, boxes: dict[str, Path]) -> None:
    action = lines(run("log", str(boxes["single"])))[0]["action"]
    done = run("undo", str(action))
    assert json.loads(done.stdout)["undone"] == action
    assert run("undo", str(action)).exit_code == 2


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    texts=st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=20), max_size=5), min_size=1, max_size=5
    )
)
def test_an_mbox_gives_back_what_was_put_in(tmp_path: Path, texts: list[list[str]]) -> None:
    path = tmp_path / "aller-retour.mbox"
    path.unlink(missing_ok=True)
    written = []
    with path.open("wb") as file:
        for number, text in enumerate(texts):
            body = mail(number).encode() + b"".join(line.encode() + b"\n" for line in text)
            written.append(body)
            # mboxrd: every line that looks like a separator is quoted once more
            quoted = b"".join(b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in body.splitlines(keepends=True))
            file.write(b"From paul@saint-aubin.example Mon Nov 23 10:00:00 2026\n" + quoted + b"\n")
    assert [raw.rstrip(b"\n") for _, raw in mails_of(path)] == [body.rstrip(b"\n") for body in written]


def test_a_path_that_is_nothing_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        list(mails_of(tmp_path / "absent"))
