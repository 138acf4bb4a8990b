"""The twins of the ports in memory: the test doubles, and what `--demo` works with."""

import hashlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from addin.core.book import Book
from addin.core.calendar_object import folded, unfolded
from addin.core.calendar_settings import CalendarAccount, CalendarChoice
from addin.core.refusals import Refused
from addin.core.revision import Revision
from addin.core.sifting import Head
from addin.core.stored_object import Outdated, read_object
from addin.core.wire import check_letter
from addin.ports.calendar import Stored
from addin.ports.outbox import Steps


class MemoryLogbook:
    """Keep the book in this process only. Threads may share it: one change at a time, readers never wait."""

    def __init__(self, book: Book | None = None) -> None:
        self._book = book if book is not None else Book()
        self._lock = threading.RLock()
        self._busy = False

    def read(self) -> Book:
        """Give the book at this instant."""
        return self._book

    @contextmanager
    def change(self) -> Iterator[Revision]:
        """Open a change alone; on leaving, all of it is readable; on an exception, nothing is.

        Raise RuntimeError when this thread already has a change open.
        """
        with self._lock:
            if self._busy:
                raise RuntimeError("a change is already open in this thread")
            self._busy = True
            revision = Revision(self._book)
            try:
                yield revision
                self._book = revision.book
            finally:
                revision.close()
                self._busy = False


class MemoryVault:
    """Keep secrets in this process only: they are asked again at the next start."""

    lasting = False

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    def find(self, account: str) -> str:
        """Give the secret of an account, empty when there is none."""
        return self._secrets.get(account, "")

    def keep(self, account: str, secret: str) -> None:
        """Keep a secret; an empty one is forgotten."""
        if secret:
            self._secrets[account] = secret
        else:
            self._secrets.pop(account, None)


class MemoryTrail:
    """Leave the steps of a sending in this process: enough among threads."""

    def __init__(self) -> None:
        self.place = "mémoire"
        self._lock = threading.Lock()
        self._begun: set[str] = set()
        self._done: set[str] = set()

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Hold the right to send; give False when another thread has it."""
        mine = self._lock.acquire(blocking=False)
        try:
            yield mine
        finally:
            if mine:
                self._lock.release()

    def clear(self) -> None:
        """Begin a new trail."""
        self._begun.clear()
        self._done.clear()

    def begin(self, delivery: str) -> None:
        """Note that a mail is about to be handed over."""
        self._begun.add(delivery)

    def finish(self, delivery: str) -> None:
        """Note that it was taken."""
        self._done.add(delivery)

    def steps(self) -> Steps:
        """Give the trail."""
        return Steps(frozenset(self._begun), frozenset(self._done), whole=True)


class MemoryOutbox:
    """Take every mail and send none: the outbox of the demonstration town. `taken` holds (sender, recipient, mail)."""

    sends = True

    def __init__(self) -> None:
        self.taken: list[tuple[str, str, bytes]] = []

    def fault(self) -> str:
        """Find nothing missing."""
        return ""

    @contextmanager
    def open(self) -> Iterator["MemoryOutbox"]:
        """Open the outbox."""
        yield self

    def send(self, sender: str, recipient: str, raw: bytes) -> None:
        """Take one mail. Raise BadInput when it could not be written on the wire."""
        check_letter(sender, recipient, raw)
        self.taken.append((sender, recipient, raw))


class MemoryCalendar:
    """Keep calendar objects in this process, as a server does. With `schedules` it tells the people invited: `told` holds (email, octets).

    `address` is the one that the account invites with.
    """

    def __init__(self, *, schedules: bool = False, address: str = "") -> None:
        self.url = "memory://calendar/"
        self.objects: dict[str, Stored] = {}
        self.told: list[tuple[str, bytes]] = []
        self._schedules, self._address = schedules, address
        self._versions = 0

    def fault(self) -> str:
        """Find nothing missing."""
        return ""

    def look(self) -> CalendarAccount:
        """Give the one calendar."""
        addresses = (self._address,) if self._address else ()
        return CalendarAccount(calendars=(CalendarChoice(url=self.url, name="Agenda"),), schedules=self._schedules, addresses=addresses)

    def make(self, name: str) -> CalendarChoice:
        """Give the one calendar, whatever its name."""
        return CalendarChoice(url=self.url, name=name)

    def place(self, name: str) -> str:
        """Give the URL of an object."""
        return f"{self.url}{name}.ics"

    def read(self, hrefs: Sequence[str]) -> Mapping[str, Stored]:
        """Give the objects that are there."""
        return {href: self.objects[href] for href in hrefs if href in self.objects}

    def find(self, uid: str) -> Stored | None:
        """Find the object of a UID."""
        return next((one for one in self.objects.values() if (said := read_object(one.octets)) and said.uid == uid), None)

    def put(self, href: str, octets: bytes, *, etag: str) -> str:
        """Store an object, guarded by its version; a server that schedules changes it, and gives no version."""
        there, said = self.objects.get(href), read_object(octets)
        if (there.etag if there else "") != etag:
            raise Outdated("La réunion a changé dans l’agenda entre-temps.")
        if said is None or any(line.startswith("METHOD:") for line in unfolded(octets)):
            raise Refused("Le serveur d’agendas ne veut pas de cette réunion.", permanent=True)
        other = self.find(said.uid)
        if other is not None and other.href != href:
            raise Refused("Cette réunion est déjà dans l’agenda, sous un autre nom.", permanent=True)
        kept = self._tell(octets, there) if self._schedules else octets
        self._versions += 1
        self.objects[href] = Stored(href=href, etag=f'"{self._versions}-{hashlib.sha256(kept).hexdigest()[:8]}"', octets=kept)
        return self.objects[href].etag if kept == octets else ""

    def delete(self, href: str, *, etag: str) -> None:
        """Delete an object, guarded by its version."""
        there = self.objects.get(href)
        if there and etag and there.etag != etag:
            raise Outdated("La réunion a changé dans l’agenda entre-temps.")
        self.objects.pop(href, None)

    def _tell(self, octets: bytes, there: Stored | None) -> bytes:
        """Tell the people invited when SEQUENCE or LAST-MODIFIED is new, and write how that went (RFC 6638 §3.2.9)."""
        marks = [
            {line for line in unfolded(text) if line.startswith(("SEQUENCE:", "LAST-MODIFIED:"))}
            for text in (octets, there.octets if there else b"")
        ]
        status = "1.1" if there is None or marks[0] != marks[1] else "1.0"
        lines = []
        for line in unfolded(octets):
            if line.startswith("ATTENDEE;") and "SCHEDULE-AGENT=CLIENT" not in line:
                lines.append(line.replace("ATTENDEE;", f"ATTENDEE;SCHEDULE-STATUS={status};", 1))
                if status == "1.1":
                    self.told.append((line.rpartition(":")[2].lower(), octets))
            else:
                lines.append(line)
        return b"".join(folded(line) for line in lines) if lines != unfolded(octets) else octets


class MemoryInbox:
    """Hold mails in this process, numbered from 1. `put` lets one come in; `run` may be changed, as a server does when it numbers anew."""

    def __init__(self) -> None:
        self.run = "1"
        self._mails: list[bytes | None] = []
        self._news = threading.Event()

    def put(self, raw: bytes) -> int:
        """Let a mail come in; give its number."""
        self._mails.append(raw)
        self._news.set()
        return len(self._mails)

    def drop(self, number: int) -> None:
        """Take a mail away, as its owner does."""
        self._mails[number - 1] = None

    def fault(self) -> str:
        """Find nothing missing."""
        return ""

    @contextmanager
    def open(self) -> Iterator["MemoryInbox"]:
        """Open the mailbox."""
        yield self

    def heads(self, after: int, *, since: datetime | None) -> Iterator[Head]:
        """Give the heads above `after`; the day they came in is not known here."""
        for number, raw in enumerate(self._mails[after:], start=after + 1):
            if raw is not None:
                yield Head(number, raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0], len(raw), calendar=b"text/calendar" in raw.lower())

    def read(self, head: Head, *, most: int) -> bytes | None:
        """Give one mail."""
        raw = self._mails[head.number - 1]
        return raw[:most] if raw is not None else None

    def wait(self, seconds: float) -> bool:
        """Wait for a mail to come in."""
        came = self._news.wait(seconds)
        self._news.clear()
        return came
