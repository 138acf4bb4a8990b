"""Kill -9 in the middle of a batch, start again, finish: the mail server's own record says that nobody got two mails and nobody is lost."""

import itertools
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from addin.actions.invite import plan
from addin.actions.mend_sending import retry
from addin.actions.send_invitations import progress, send_batch
from addin.actions.send_worker import finish
from addin.app import open_desk
from addin.core.mail_settings import MailSettings
from addin.ports.desk import Desk
from addin.settings import Settings
from tests.mail_server import MailServer
from tests.people import VILLE

ROOT = Path(__file__).resolve().parent.parent.parent
TEN = [(f"Personne {number}", f"p{number}@ville.test") for number in range(10)]


def clicked(data: Path, port: int) -> tuple[Desk, str]:
    """Give the desk of a fresh folder, where four sessions for ten people were clicked and nothing has left."""
    desk = open_desk(Settings(data=data, templates=data / "templates"))
    with desk.logbook.change() as change:
        change.put(replace(VILLE, mail=MailSettings(way="smtp", host="127.0.0.1", port=port, security="none", rate=0)))
    start = datetime.now(UTC).replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=60)
    meetings = plan(desk, kind="quality", starts=[start + timedelta(days=7 * n) for n in range(4)], attendees=TEN).meetings
    return desk, send_batch(desk, [meeting.id for meeting in meetings]).batch


def sender(data: Path, batch: str) -> "subprocess.Popen[bytes]":
    """Start the real command that goes on with a batch."""
    command = [sys.executable, "-c", "from addin.cli.main import main; main()", "mail", "resume", batch, "--data", str(data)]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("ANTISECHE_")}
    return subprocess.Popen(command, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def kill_after(child: "subprocess.Popen[bytes]", server: MailServer, mails: int, pause: float) -> None:
    """Kill the child once the server has taken so many mails more, and a moment later."""
    wanted, give_up = len(server.taken) + mails, time.monotonic() + 30
    while len(server.taken) < wanted and child.poll() is None and time.monotonic() < give_up:
        time.sleep(0.0005)
    time.sleep(pause)
    child.send_signal(signal.SIGKILL)
    child.wait(10)


def judge(desk: Desk, server: MailServer, kills: int) -> None:
    """Compare what the logbook says with what the server took."""
    taken = Counter(one.message_id for one in server.taken)
    assert [name for name, times in taken.items() if times > 1] == []
    book = desk.logbook.read()
    by_state = {"sent": set[str](), "unsure": set[str]()}
    for mail in book.deliveries.values():
        by_state[mail.state].add(f"<{mail.message_id}>")  # any other state is a loss: KeyError
    assert by_state["sent"] <= taken.keys()
    assert taken.keys() <= by_state["sent"] | by_state["unsure"]
    assert len(by_state["sent"] | by_state["unsure"]) == 40
    assert len(by_state["unsure"]) <= kills
    assert sum(event.type == "delivered" for event in book.events) == len(by_state["sent"])


@pytest.mark.parametrize("seed", range(9))
def test_killed_at_any_moment_nobody_gets_two_mails_and_nobody_is_lost(seed: int, tmp_path: Path) -> None:
    chance = random.Random(20261124 + seed)
    with MailServer() as server:
        server.orders.slow = chance.choice((0.0, 0.0, 0.002, 0.01))
        desk, batch = clicked(tmp_path / "donnees", server.port)
        kills = chance.choice((1, 1, 2, 3))
        for _ in range(kills):
            kill_after(sender(tmp_path / "donnees", batch), server, chance.randrange(0, 14), chance.uniform(0, 0.012))
        assert progress(desk, batch).total == 40
        last = sender(tmp_path / "donnees", batch)
        last.wait(60)
        judge(desk, server, kills)
        done = progress(desk, batch)
        assert last.returncode == (1 if done.unsure else 0)
        assert done.finished
        # the user looks: what the server really lacks is sent again, and then everybody has exactly one
        there = {one.message_id for one in server.taken}
        for mail in list(desk.logbook.read().deliveries.values()):
            if mail.state == "unsure" and f"<{mail.message_id}>" not in there:
                retry(desk, mail.id)
        finish(desk, batch)
        assert Counter(one.recipient for one in server.taken) == {email: 4 for _, email in TEN}


def test_after_a_power_cut_what_was_marked_is_unsure_and_nobody_gets_two_mails(tmp_path: Path) -> None:
    """The machine went down too: the trail may have lost its last lines, so it is not believed to be whole."""
    data = tmp_path / "donnees"
    with MailServer() as server:
        desk, batch = clicked(data, server.port)
        kill_after(sender(data, batch), server, 9, 0.0)
        trail = data / "envoi.suivi"
        trail.write_text("un autre démarrage\n", encoding="utf-8")
        marked = {mail.id for mail in desk.logbook.read().deliveries.values() if mail.state == "sending"}
        sender(data, batch).wait(60)
        book = desk.logbook.read()
        assert {mail.id for mail in book.deliveries.values() if mail.state == "unsure"} == marked
        taken = Counter(one.message_id for one in server.taken)
        assert max(taken.values()) == 1
        assert Counter(mail.state for mail in book.deliveries.values()) == {"sent": 40 - len(marked), "unsure": len(marked)}


def test_two_commands_at_once_send_each_mail_once(tmp_path: Path) -> None:
    data = tmp_path / "donnees"
    with MailServer() as server:
        server.orders.slow = 0.005
        desk, batch = clicked(data, server.port)
        children = [sender(data, batch) for _ in range(3)]
        for child in children:
            child.wait(60)
        assert [child.returncode for child in children] == [0, 0, 0]
        judge(desk, server, 0)


def test_the_server_goes_on_by_itself_with_what_was_clicked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from addin.app import create_app

    data = tmp_path / "donnees"
    with MailServer() as server:
        desk, batch = clicked(data, server.port)
        monkeypatch.setenv("ANTISECHE_DATA", str(data))
        create_app()
        until = time.monotonic() + 30
        while not progress(desk, batch).finished and time.monotonic() < until:
            time.sleep(0.05)
        judge(desk, server, 0)


def test_ids_of_a_batch_never_collide() -> None:
    """A reminder for whoever changes the id: contact, meeting, SEQUENCE and stamp are all in it."""
    from addin.core.deliveries import delivery_id
    from addin.core.meetings import Meeting

    start = datetime(2026, 12, 8, 10, tzinfo=UTC)
    ids = [
        delivery_id(
            Meeting(id=meeting, uid=f"{meeting}@v.test", kind="club", title="C", start=start, end=start, sequence=sequence),
            stamp,
            contact,
            method,
        )
        for meeting, sequence, stamp, contact, method in itertools.product(
            ("a", "b"), (0, 1), (start, start + timedelta(seconds=1)), ("x", "y"), ("REQUEST", "DECLINECOUNTER")
        )
    ]
    assert len(set(ids)) == len(ids)
