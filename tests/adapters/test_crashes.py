"""What must survive: kill -9, several processes at once, a full disk, refused access; and the order of system calls."""

import importlib.util
import json
import multiprocessing
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from addin.adapters.tinydb_logbook import locks
from addin.adapters.tinydb_logbook.logbook import TinydbLogbook
from addin.adapters.tinydb_logbook.migrations import newest
from addin.core.contacts import Contact
from addin.core.errors import Failed
from addin.core.events import Event
from bench.kill_nine import kill_runs
from tests.people import ANNE, NOW, PAUL

ROOT = Path(__file__).resolve().parents[2]
FORK = multiprocessing.get_context("fork")


TWO_CHANGES = """
import sys
from pathlib import Path
from addin.adapters.tinydb_logbook import locks
from addin.adapters.tinydb_logbook.logbook import TinydbLogbook
from addin.core.contacts import Contact
logbook = TinydbLogbook(Path(sys.argv[1]))
for name in ("first", "second"):
    with logbook.change() as change:
        change.put(Contact(id=name))
"""


def event(name: str) -> Event:
    return Event(id=name, at=NOW, type="asked", action="geste")


def in_a_child(work: Callable[[], Any], *, uid: int | None = None) -> Any:
    """Run `work` in a forked process (as another user when told) and give its answer, or the text of its Failed."""
    ours, theirs = FORK.Pipe()

    def run() -> None:
        if uid is not None:
            os.setgid(uid)
            os.setuid(uid)
        try:
            theirs.send(work())
        except Failed as failure:
            theirs.send(f"Failed: {failure}")

    child = FORK.Process(target=run)
    child.start()
    theirs.close()
    try:
        assert ours.poll(30), "the child hangs"
        return ours.recv()
    finally:
        child.kill()
        child.join()


def test_ten_kills_lose_nothing(tmp_path: Path) -> None:
    count = kill_runs(10, tmp_path, seed=7)
    assert count.clean, count
    assert count.runs == 10
    assert count.acknowledged >= 10


def test_four_processes_lose_no_event_and_no_step_of_a_counter(tmp_path: Path) -> None:
    file = tmp_path / "journal.json"
    each = 40

    def write(worker: int) -> None:
        logbook = TinydbLogbook(file, clock=lambda: NOW)
        for number in range(each):
            with logbook.change() as change:
                counter = change.book.contacts.get("counter", Contact(id="counter", phone="100"))
                change.put(msgspec.structs.replace(counter, phone=str(int(counter.phone) + 1)))  # same length: the hardest for a cache
                change.append(event(f"e{worker}-{number}"))

    workers = [FORK.Process(target=write, args=(n,)) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0] * 4
    book = TinydbLogbook(file).read()
    assert sorted(e.id for e in book.events) == sorted(f"e{w}-{n}" for w in range(4) for n in range(each))
    assert book.contacts["counter"].phone == str(100 + 4 * each)


def test_two_processes_that_start_together_on_no_file_make_one_logbook(tmp_path: Path) -> None:
    for attempt in range(5):
        file = tmp_path / str(attempt) / "journal.json"
        workers = [FORK.Process(target=lambda n=n, file=file: write_one(file, Contact(id=f"c{n}"))) for n in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(30)
        data = json.loads(file.read_bytes())
        assert data["meta"] == {"1": {"schema": newest()}}
        assert {contact["id"] for contact in data["contacts"].values()} == {"c0", "c1", "c2"}


def test_two_logbooks_on_one_file_in_one_thread_neither_hang_nor_lose(tmp_path: Path) -> None:
    file = tmp_path / "journal.json"
    write_one(file, PAUL)

    def nest() -> str:
        with TinydbLogbook(file).change() as change:
            change.put(ANNE)
            write_one(file, Contact(id="inner"))
        return "written"

    assert "autre programme" in in_a_child(nest)
    assert list(TinydbLogbook(file).read().contacts) == ["paul", "inner"]


def test_a_child_forked_during_a_change_does_not_keep_the_lock(tmp_path: Path) -> None:
    file = tmp_path / "journal.json"
    logbook = TinydbLogbook(file, clock=lambda: NOW)
    with logbook.change() as change:
        change.put(PAUL)
        sleeper = FORK.Process(target=time.sleep, args=(20,))
        sleeper.start()
    try:
        with subprocess.Popen([sys.executable, "-c", TWO_CHANGES, str(file)], cwd=ROOT) as other:
            assert other.wait(10) == 0
    finally:
        sleeper.kill()
        sleeper.join()
    assert list(logbook.read().contacts) == ["paul", "first", "second"]


def test_the_lock_of_windows_makes_writers_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the branch for Windows here: filelock behaves alike on both."""
    pytest.importorskip("filelock", reason="le verrou de Windows : pip install filelock")
    spec = importlib.util.spec_from_file_location("locks_of_windows", locks.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setattr(sys, "platform", "win32")
    spec.loader.exec_module(module)
    monkeypatch.undo()
    mine, theirs = module.DataLock(tmp_path / "a.json"), module.DataLock(tmp_path / "a.json")
    entered = threading.Event()

    def enter() -> None:
        with theirs:
            entered.set()

    with mine, mine:
        waiting = threading.Thread(target=enter)
        waiting.start()
        assert not entered.wait(0.1)
    assert entered.wait(5)
    waiting.join()
    assert (tmp_path / "a.json.lock").exists()


def write_one(file: Path, record: Contact) -> str:
    with TinydbLogbook(file, clock=lambda: NOW).change() as change:
        change.put(record)
    return "written"


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "journal.json"
    write_one(file, PAUL)

    def fill() -> tuple[int, str, int]:
        size = file.stat().st_size + 3_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        logbook = TinydbLogbook(file, clock=lambda: NOW)
        for number in range(1000):
            try:
                with logbook.change() as change:
                    change.append(event(f"e{number}"))
            except Failed as failure:
                return number, str(failure), len(logbook.read().events)
        raise AssertionError("the disk never filled")

    acknowledged, told, still_read = in_a_child(fill)
    assert acknowledged > 3
    assert told.startswith("Le disque est plein\u00a0: ")
    assert still_read == acknowledged
    data = json.loads(file.read_bytes())
    assert [e["id"] for e in data["events"].values()] == [f"e{n}" for n in range(acknowledged)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["journal.json", "journal.json.lock", "sauvegardes"]
    write_one(file, ANNE)
    assert len(TinydbLogbook(file).read().events) == acknowledged


def test_a_disk_too_full_for_the_backup_stops_the_change(tmp_path: Path) -> None:
    file = tmp_path / "journal.json"
    write_one(file, PAUL)
    before = file.read_bytes()

    def fill() -> str:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
        with TinydbLogbook(file, clock=lambda: NOW.replace(year=2027)).change() as change:
            change.put(ANNE)
        return "written"

    told = in_a_child(fill)
    assert "La sauvegarde du jour" in told
    assert "Le disque est plein" in told
    assert file.read_bytes() == before
    assert list((tmp_path / "sauvegardes").iterdir()) == []


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give a folder that any user can enter, with one data file in it (pytest's own are closed to others)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "donnees"
        Path(name).chmod(0o755)
        write_one(folder / "journal.json", PAUL)
        folder.chmod(0o755)
        yield folder


NOBODY = 65534 if os.geteuid() == 0 else None
"""Root is refused nothing: the child becomes another user. Elsewhere the modes alone do it."""


def test_a_file_that_may_not_be_read_is_told(open_folder: Path) -> None:
    file = open_folder / "journal.json"
    file.chmod(0o000)
    told = in_a_child(lambda: len(TinydbLogbook(file).read().contacts), uid=NOBODY)
    assert told.startswith("Failed: L'accès à «\u00a0")
    faults = in_a_child(lambda: TinydbLogbook(file).faults(), uid=NOBODY)
    assert len(faults) == 1


def test_a_folder_that_may_not_be_written_can_still_be_read(open_folder: Path) -> None:
    file = open_folder / "journal.json"
    file.chmod(0o644)
    open_folder.chmod(0o555)
    before = file.read_bytes()
    assert in_a_child(lambda: list(TinydbLogbook(file).read().contacts), uid=NOBODY) == ["paul"]
    assert in_a_child(lambda: write_one(file, ANNE), uid=NOBODY).startswith("Failed: L'accès à «\u00a0")
    (open_folder / "journal.json.lock").chmod(0o666)
    assert in_a_child(lambda: write_one(file, ANNE), uid=NOBODY).startswith("Failed: L'accès à «\u00a0")
    assert file.read_bytes() == before


@pytest.mark.skipif(NOBODY is None, reason="ce que root écrit chez un autre : lancer la suite en root")
def test_root_leaves_the_files_to_the_owner_of_the_folder(open_folder: Path) -> None:
    assert NOBODY is not None
    shutil.chown(open_folder, NOBODY, NOBODY)
    for path in open_folder.iterdir():
        path.unlink()
    write_one(open_folder / "journal.json", PAUL)
    assert in_a_child(lambda: write_one(open_folder / "journal.json", ANNE), uid=NOBODY) == "written"
    write_one(open_folder / "journal.json", Contact(id="root"))
    assert {path.stat().st_uid for path in open_folder.iterdir()} == {NOBODY}


@pytest.mark.skipif(shutil.which("strace") is None, reason="l'ordre des appels système : apt install strace")
def test_the_order_of_system_calls_is_the_durable_one(tmp_path: Path) -> None:
    file = tmp_path / "journal.json"
    write_one(file, PAUL)
    trace = tmp_path / "trace"
    calls = "trace=flock,openat,write,fsync,rename,renameat,renameat2"
    command = ["strace", "-f", "-o", str(trace), "-e", calls, sys.executable, "-c", TWO_CHANGES, str(file)]
    subprocess.run(command, check=True, cwd=ROOT, timeout=60)
    steps = list(told_steps(trace.read_text(), tmp_path))
    first, second = steps[: steps.index("unlock") + 1], steps[steps.index("unlock") + 1 :]
    assert first[:3] == ["open lock", "lock", "open file"]
    assert second == [
        "open lock",
        "lock",
        "open temporary",
        "write temporary",
        "fsync temporary",
        "rename temporary to file",
        "open folder",
        "fsync folder",
        "unlock",
    ]


def told_steps(trace: str, folder: Path) -> Iterator[str]:
    """Say in words what the trace did in `folder`, in order; repeated writes count once."""
    names: dict[str, str] = {}
    last = ""
    for line in trace.splitlines():
        step = ""
        if opened := re.search(r'openat\(AT_FDCWD, "([^"]+)", ([A-Z_|]+).*\) = (\d+)', line):
            path, handle = Path(opened[1]), opened[3]
            names.pop(handle, None)
            if path == folder and "O_DIRECTORY" in opened[2] and "O_NONBLOCK" not in opened[2]:
                names[handle] = "folder"
            elif path.parent == folder:
                names[handle] = {".lock": "lock", ".tmp": "temporary"}.get(path.suffix, "file")
            step = f"open {names[handle]}" if handle in names else ""
        elif done := re.search(r"(write|fsync)\((\d+)[,)]", line):
            step = f"{done[1]} {names[done[2]]}" if done[2] in names else ""
        elif locked := re.search(r"flock\((\d+), LOCK_(EX|UN)\)", line):
            step = {"EX": "lock", "UN": "unlock"}[locked[2]] if names.get(locked[1]) == "lock" else ""
        elif re.search(r'rename\w*\(.*\.tmp".*journal\.json"', line):
            step = "rename temporary to file"
        if step and step != last:
            yield step
            last = step
