"""What an inbox of ten thousand mails costs: time beside bare parsing, memory beside an inbox of two thousand with as many answers.

The mailbox stands in a real Dovecot on loopback, the logbook on disk. The peer is the standard library's `email` parser, which only
parses the same mails, already in memory. Memory is the peak of what Python allocates while reading (`tracemalloc`, in a run of its
own, so that it does not slow the measure of time).
"""

import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from contextlib import ExitStack
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from addin.actions.keep_inbox_settings import InboxChanges, keep_inbox_settings
from addin.actions.read_inbox import read_inbox
from addin.adapters.data_folder import DataFolder
from addin.adapters.tinydb_logbook.logbook import TinydbLogbook
from addin.ports.desk import Desk
from tests.actions.test_read_inbox import ASKED, crowd, imap_desk, started
from tests.dovecot import Post, post_office

MAILS, FEW, ANSWERS = 10_000, 2_000, 60
TIME_LIMIT, MEMORY_LIMIT = 3.0, 1.5


def measure() -> list[dict[str, Any]]:
    """Give the lines of the bench; a ratio above its limit is a failure. Nothing, said on stderr, where Dovecot cannot run."""
    with ExitStack() as stack:
        try:
            post = stack.enter_context(post_office())
        except pytest.skip.Exception as missing:
            print(f"left out: {missing.msg}", file=sys.stderr)
            return []
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        raws = list(crowd())[:MAILS]
        post.fill("beaucoup@saint-aubin.example", raws)
        answers = [raw for raw in raws if ASKED.encode() in raw]
        post.fill("peu@saint-aubin.example", answers + [raw for raw in raws if ASKED.encode() not in raw][: FEW - len(answers)])
        # Dovecot makes its index at the first opening, whoever opens it
        warm(post, folder)
        reading = seconds(lambda: checked(office(folder / "temps", post, "beaucoup"), ANSWERS))
        parsing = seconds(lambda: [BytesParser(policy=default).parsebytes(raw) for raw in raws])
        many = peak(office(folder / "memoire", post, "beaucoup"))
        few = peak(office(folder / "memoire-peu", post, "peu"))
    return [
        row("inbox: read 10,000 mails", reading, "s", None, None),
        row("inbox: time of reading / parsing the same mails", reading / parsing, "×", "email.parser.BytesParser", TIME_LIMIT),
        row("inbox: peak memory, 10,000 mails / 2,000 mails", many / few, "×", "the same reading of 2,000", MEMORY_LIMIT),
    ]


def office(folder: Path, post: Post, login: str) -> Desk:
    """Give a desk whose inbox is that mailbox, one letter sent."""
    folder.mkdir()
    started(TinydbLogbook(DataFolder(folder).logbook))
    desk = imap_desk(folder, post.imap)
    account = f"{login}@saint-aubin.example"
    keep_inbox_settings(desk, InboxChanges(source="imap", host="localhost", port=post.imap, security="none", login=account))
    return imap_desk(folder, post.imap)


def warm(post: Post, folder: Path) -> None:
    """Open both mailboxes once."""
    for login in ("beaucoup", "peu"):
        read_inbox(office(folder / f"avant-{login}", post, login))


def checked(desk: Desk, answers: int) -> None:
    """Read, and see that all the answers were found."""
    found = len(read_inbox(desk).noted)
    if found != answers:
        raise AssertionError(f"{found} answers found, {answers} awaited")


def peak(desk: Desk) -> int:
    """Give the most octets held at once while reading."""
    tracemalloc.start()
    try:
        read_inbox(desk)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def seconds(work: Callable[[], object]) -> float:
    """Time one run."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def row(name: str, value: float, unit: str, peer: str | None, limit: float | None) -> dict[str, Any]:
    """Give one line of the bench."""
    return {"name": name, "value": round(value, 2), "unit": unit, "peer": peer, "limit": limit}
