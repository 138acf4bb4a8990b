"""`antiseche inbox` and `/api/v1/inbox`: settings, trial, reading, on a real mbox."""

import json
import time
from collections.abc import Callable
from pathlib import Path

from click.testing import Result
from flask.testing import FlaskClient

from addin.ports.desk import Desk
from tests.actions.test_read_inbox import ASKED, mail, started

Run = Callable[..., Result]


def an_mbox(folder: Path, *mails: bytes) -> Path:
    path = folder / "Reçus"
    path.write_bytes(b"".join(b"From - Mon Nov 23 10:00:00 2026\n" + raw.replace(b"\r\n", b"\n") + b"\n" for raw in mails))
    return path


def test_reading_an_mbox_by_the_command_line(run: Run, desk: Desk, tmp_path: Path) -> None:
    started(desk.logbook)
    path = an_mbox(tmp_path, mail("un@x.test", reply_to=ASKED), mail("deux@x.test", sender="autre@presse.test"))
    settings = run("inbox", "settings", "--source", "mbox", "--path", str(path))
    assert settings.exit_code == 0
    assert json.loads(settings.stdout)["source"] == "mbox"
    assert "quelques mots" in settings.stderr
    assert run("inbox", "test").exit_code == 0
    done = json.loads(run("inbox", "read").stdout)
    assert (done["looked"], len(done["noted"])) == (2, 1)
    assert json.loads(run("inbox", "read").stdout)["noted"] == []


def test_what_is_wrong_is_one_french_line(run: Run, tmp_path: Path) -> None:
    nothing = run("inbox", "read")
    assert (nothing.exit_code, nothing.stdout) == (2, "")
    assert "Dites d’abord où arrivent les réponses" in nothing.stderr
    assert run("inbox", "settings", "--source", "pop").exit_code == 2
    assert run("inbox", "settings", "--source", "mbox", "--path", str(tmp_path / "absent")).exit_code == 0
    missing = run("inbox", "test")
    assert missing.exit_code == 2 and "n’existe pas" in missing.stderr


def test_the_api_reads_in_the_background(client: FlaskClient, desk: Desk, tmp_path: Path) -> None:
    started(desk.logbook)
    path = an_mbox(tmp_path, mail("un@x.test", reply_to=ASKED))
    changed = client.put("/api/v1/inbox", json={"source": "mbox", "path": str(path), "watch": False, "secret": "jamais-montré"})
    assert changed.status_code == 200
    assert "jamais-montré" not in changed.text
    assert client.post("/api/v1/inbox/test").json["works"] is True
    assert client.post("/api/v1/inbox/read").status_code == 202
    end = time.monotonic() + 10
    while client.get("/api/v1/inbox").json["state"]["read_at"] is None:
        assert time.monotonic() < end
        time.sleep(0.02)
    shown = client.get("/api/v1/inbox").json["state"]
    assert (shown["looked"], len(shown["noted"]), shown["fault"]) == (1, 1, None)


def test_the_api_says_what_is_missing(client: FlaskClient, desk: Desk) -> None:
    assert client.get("/api/v1/inbox").json["fault"] is None
    assert client.put("/api/v1/inbox", json={"source": "imap", "host": "imap.ville.example"}).status_code == 422
    assert client.post("/api/v1/inbox/test").json["works"] is False
    client.post("/api/v1/inbox/read")
    end = time.monotonic() + 10
    while not client.get("/api/v1/inbox").json["state"]["fault"]:
        assert time.monotonic() < end
        time.sleep(0.02)
