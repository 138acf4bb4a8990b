"""What one write and one read of the logbook cost at 1,000 documents of some 600 bytes, beside floors and plain TinyDB.

Every ratio is taken within one run, its two sides in turn, so that a busy machine slows both. Medians; no limit on bare times,
nor on the insert against plain TinyDB: a slow disk hides what is gained there (two fsync against one), not what is lost.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tinydb import TinyDB, where

from addin.adapters.tinydb_logbook.doc_table import LogbookDB
from addin.adapters.tinydb_logbook.logbook import TinydbLogbook
from addin.core.events import Event
from addin.core.messages import Message
from bench.kill_nine import START

DOCUMENTS = 1000
ROUNDS = 60
MANY = 50


def measure() -> list[dict[str, Any]]:
    """Give the lines of the bench: {"name", "value", "unit", "peer", "limit"}; a ratio above its limit is a failure."""
    with tempfile.TemporaryDirectory() as name:
        writes, reads = times_of(Path(name))
    return [
        line("logbook: one change (event and message)", writes["change"], "ms"),
        line("logbook: insert", writes["ours"], "ms"),
        ratio("logbook: insert / append of the same bytes", writes["ours"], writes["append"], "append 600 B + fdatasync", 25),
        ratio("logbook: insert / replacing the file", writes["ours"], writes["replace"], "write + fsync + rename + fsync of the folder", 4),
        ratio("logbook: insert / TinyDB", writes["ours"], writes["stock"], "TinyDB JSONStorage", None),
        ratio("logbook: get by number / TinyDB", reads["get"], reads["stock get"], "TinyDB JSONStorage", 0.02),
        ratio("logbook: search / TinyDB", reads["search"], reads["stock search"], "TinyDB JSONStorage", 0.4),
        line("logbook: read the book, unchanged", reads["read"] * 1000, "µs"),
        line("logbook: open and read", reads["open"], "ms"),
    ]


def times_of(folder: Path) -> tuple[dict[str, float], dict[str, float]]:
    """Give the medians (ms) of the writes and of the reads."""
    documents = [document(number) for number in range(DOCUMENTS)]
    ours = LogbookDB(folder / "ours.json").table("messages")
    ours.insert_multiple(documents)
    stock = TinyDB(folder / "stock.json").table("messages", cache_size=0)
    stock.insert_multiple(documents)
    logbook = TinydbLogbook(folder / "logbook.json", clock=lambda: START)
    with logbook.change() as change:
        for each in documents:
            change.put(message(each))
    size = (folder / "ours.json").stat().st_size
    numbers = iter(range(DOCUMENTS, 10**9))
    with (folder / "append").open("ab", buffering=0) as log:
        writes = medians(
            {
                "append": lambda: append(log.fileno()),
                "replace": lambda: replace(folder / "whole", size),
                "ours": lambda: ours.insert(document(next(numbers))),
                "stock": lambda: stock.insert(document(next(numbers))),
                "change": lambda: change_once(logbook, next(numbers)),
            }
        )
    reads = medians(
        {
            "get": lambda: many(lambda: ours.get(doc_id=500)),
            "stock get": lambda: stock.get(doc_id=500),
            "search": lambda: ours.search(where("id") == "m700"),
            "stock search": lambda: stock.search(where("id") == "m700"),
            "read": lambda: many(logbook.read),
            "open": lambda: TinydbLogbook(folder / "logbook.json").read(),
        }
    )
    return writes, reads | {"get": reads["get"] / MANY, "read": reads["read"] / MANY}


def document(number: int) -> dict[str, Any]:
    return {
        "id": f"m{number}",
        "way": "in",
        "at": "2026-11-24T09:00:00Z",
        "excerpt": "Bonjour, voici le fichier demandé. " * 14,
        "contacts": ["c1", "c2"],
    }


def message(of: dict[str, Any]) -> Message:
    return Message(id=of["id"], way="in", at=START, excerpt=of["excerpt"], contacts=("c1", "c2"))


def change_once(logbook: TinydbLogbook, number: int) -> None:
    with logbook.change() as change:
        change.put(message(document(number)))
        change.append(Event(id=f"e{number}", at=START, type="received", action=f"a{number}", message=f"m{number}"))


def many(work: Callable[[], object]) -> None:
    """Repeat what takes microseconds, so that the clock can tell it."""
    for _ in range(MANY):
        work()


def append(handle: int) -> None:
    os.write(handle, b"x" * 600)
    os.fdatasync(handle)


def replace(path: Path, size: int) -> None:
    temporary = path.with_suffix(".tmp")
    with temporary.open("wb", buffering=0) as file:
        file.write(b"x" * size)
        os.fsync(file.fileno())
    temporary.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def medians(works: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Run all works in turn, ROUNDS times, and give the median of each in ms."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            started = time.perf_counter()
            work()
            times[name].append((time.perf_counter() - started) * 1000)
    return {name: statistics.median(values) for name, values in times.items()}


def line(name: str, value: float, unit: str) -> dict[str, Any]:
    return {"name": name, "value": round(value, 4), "unit": unit, "peer": None, "limit": None}


def ratio(name: str, ours: float, theirs: float, peer: str, limit: float | None) -> dict[str, Any]:
    return {"name": name, "value": round(ours / theirs, 4), "unit": "×", "peer": peer, "limit": limit}
