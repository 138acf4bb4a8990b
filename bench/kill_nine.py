"""Kill a writer with signal 9, many times, and count what was lost.

    python -m bench.kill_nine [RUNS] [--peer logbook|json] [--seed N]

A child changes a logbook of 1,000 documents without pause, each change a rewrite of changing length and an event, and after
each change that returned it adds a line to a file of its own. We kill it 0 to 60 ms after its first line, open the data
with the plain `json` module and look for everything it had announced. `--peer json` does the same to TinyDB's own
JSONStorage: it shows that the test can fail. Exit 1 when the logbook lost anything. Killing a process keeps the page
cache: the order of system calls is another test's business (tests/adapters/test_crashes.py).
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from tinydb import TinyDB

from addin.adapters.tinydb_logbook.logbook import TinydbLogbook
from addin.core.contacts import Contact
from addin.core.events import Event
from addin.core.messages import Message

Peer = Literal["logbook", "json"]
START = datetime(2026, 11, 24, 9, tzinfo=UTC)
ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Count:
    """What the runs showed. A change is `acknowledged` when the child announced it, `torn` when only half of it was found."""

    peer: Peer
    runs: int = 0
    acknowledged: int = 0
    unreadable: int = 0
    lost: int = 0
    torn: int = 0
    refused: int = 0
    mid_write: int = 0

    @property
    def clean(self) -> bool:
        return not (self.unreadable or self.lost or self.torn or self.refused)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("runs", nargs="?", type=int, default=1000)
    parser.add_argument("--peer", choices=("logbook", "json"), default="logbook")
    parser.add_argument("--seed", type=int, default=20261124)
    parser.add_argument("--child", nargs=2, metavar=("DATA", "ACKNOWLEDGED"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        write_for_ever(Path(options.child[0]), Path(options.child[1]), options.peer, options.seed)
    with tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        count = kill_runs(options.runs, Path(folder), options.peer, options.seed)
    print(json.dumps(asdict(count) | {"seconds": round(time.monotonic() - started, 1)}))
    return 0 if count.clean or options.peer == "json" else 1


def kill_runs(runs: int, folder: Path, peer: Peer = "logbook", seed: int = 20261124) -> Count:
    """Run the child `runs` times in `folder`, each time on a fresh copy of the same 1,000 documents."""
    chance = random.Random(seed)
    model = folder / "model.json"
    prepare(model, peer)
    count = Count(peer)
    for run in range(runs):
        place = folder / str(run)
        place.mkdir()
        data, acknowledged = place / "data.json", place / "acknowledged"
        shutil.copyfile(model, data)
        kill_one(data, acknowledged, peer, seed + run, after=chance.uniform(0, 0.06))
        inspect(data, acknowledged, count)
        shutil.rmtree(place)
    return count


def prepare(model: Path, peer: Peer) -> None:
    """Write 1,000 documents of some 600 bytes."""
    messages = [Message(id=f"old{n}", way="in", at=START, excerpt="déjà là " * 40) for n in range(1000)]
    if peer == "logbook":
        with TinydbLogbook(model).change() as change:
            for message in messages:
                change.put(message)
    else:
        with TinyDB(model) as db:
            db.table("messages").insert_multiple({"id": message.id, "excerpt": message.excerpt} for message in messages)


def kill_one(data: Path, acknowledged: Path, peer: Peer, seed: int, after: float) -> None:
    """Start a child and kill it `after` seconds past its first acknowledged change."""
    command = [sys.executable, "-m", "bench.kill_nine", "--peer", peer, "--seed", str(seed), "--child", str(data), str(acknowledged)]
    with subprocess.Popen(command, cwd=ROOT) as child:
        try:
            give_up = time.monotonic() + 30
            while not (acknowledged.exists() and acknowledged.stat().st_size):
                if child.poll() is not None or time.monotonic() > give_up:
                    raise RuntimeError(f"the child wrote nothing (exit {child.poll()})")
                time.sleep(0.002)
            time.sleep(after)
        finally:
            child.send_signal(signal.SIGKILL)


def write_for_ever(data: Path, acknowledged: Path, peer: Peer, seed: int) -> None:
    """Change the data without pause; after each change that returned, add its number to `acknowledged`."""
    chance = random.Random(seed)
    write_one = logbook_writer(data) if peer == "logbook" else json_writer(data)
    log = os.open(acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    number = 0
    while True:
        number += 1
        write_one(number, "é" * chance.choice((0, 10, 1_000, 30_000)))
        os.write(log, f"{number}\n".encode())


def logbook_writer(data: Path):
    logbook = TinydbLogbook(data, clock=lambda: START)

    def write_one(number: int, text: str) -> None:
        with logbook.change() as change:
            change.put(Message(id="old500", way="in", at=START, excerpt=text, note=str(number)))
            change.put(Contact(id=f"c{number}", name=f"Contact {number}"))
            change.append(Event(id=f"e{number}", at=START, type="received", action=f"a{number}", contact=f"c{number}"))

    return write_one


def json_writer(data: Path):
    db = TinyDB(data)

    def write_one(number: int, text: str) -> None:
        db.table("messages").update({"excerpt": text, "note": str(number)}, doc_ids=[501])
        db.table("contacts").insert({"id": f"c{number}"})
        db.table("events").insert({"id": f"e{number}", "contact": f"c{number}"})

    return write_one


def inspect(data: Path, acknowledged: Path, count: Count) -> None:
    """Add to `count` what the data file still holds of what was acknowledged."""
    known = {int(line) for line in acknowledged.read_text().split("\n")[:-1]}
    count.runs += 1
    count.acknowledged += len(known)
    count.mid_write += any(data.parent.glob(f".{data.name}.*.tmp"))
    try:
        tables = json.loads(data.read_bytes())
    except ValueError:
        count.unreadable += 1
        count.lost += len(known)
        return
    events = {int(event["id"][1:]) for event in tables["events"].values()}
    contacts = {int(contact["id"][1:]) for contact in tables["contacts"].values()}
    last = int(tables["messages"]["501"].get("note", "0"))
    count.lost += len(known - events) + (last < max(known))
    count.torn += len(events ^ contacts) + (last != max(events)) if count.peer == "logbook" else 0
    count.torn += len(events - known) > 1
    if count.peer == "logbook":
        logbook = TinydbLogbook(data, clock=lambda: START)
        with logbook.change() as change:  # the next start takes up where the dead writer stopped, and clears away what it left
            change.put(Contact(id="après"))
        count.refused += bool(logbook.faults()) or any(data.parent.glob(f".{data.name}.*.tmp"))


if __name__ == "__main__":
    sys.exit(main())
