"""The inbox in files of this machine: a Maildir, or an mbox such as Thunderbird keeps. Both are read, never written."""

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from addin.core.errors import reason
from addin.core.inbox_settings import InboxSettings
from addin.core.mbox import FROM_LINE, unquoted
from addin.core.refusals import Blocked
from addin.core.sifting import Head

_HEAD_OCTETS: Final = 64 * 1024
_PAUSE: Final = 2.0


class FilesInbox:
    """Read the Maildir or the mbox of the settings, taken anew at each opening."""

    def __init__(self, settings: Callable[[], InboxSettings]) -> None:
        self._settings = settings

    def fault(self) -> str:
        """Say when nothing is there."""
        settings = self._settings()
        if not settings.path:
            return "Le dossier ou le fichier de la boîte manque\u00a0: remplissez les réglages de réception."
        path = Path(settings.path)
        if settings.source == "maildir" and not (path / "cur").is_dir():
            return f"«\u00a0{path}\u00a0» n’est pas un Maildir (il lui manque le dossier cur)."
        if settings.source == "mbox" and not path.is_file():
            return f"Le fichier «\u00a0{path}\u00a0» n’existe pas."
        return ""

    @contextmanager
    def open(self) -> Iterator["Maildir | Mbox"]:
        """Open the box. Raise Blocked when it is not there."""
        if fault := self.fault():
            raise Blocked(fault)
        settings = self._settings()
        if settings.source == "maildir":
            yield Maildir(Path(settings.path))
            return
        try:
            file = Path(settings.path).open("rb")  # noqa: SIM115 - closed below, the error said in French
        except OSError as error:
            raise _unreadable(Path(settings.path), error) from error
        with file:
            yield Mbox(Path(settings.path), file)


def _unreadable(path: Path, error: OSError) -> Blocked:
    return Blocked(f"«\u00a0{path}\u00a0» ne peut pas être lu\u00a0: {reason(error)}.")


class Maildir:
    """Hold an open Maildir. The number of a mail is the second at which it came in: those of the last second are given again."""

    run = "maildir"

    def __init__(self, path: Path) -> None:
        self._path = path

    def heads(self, after: int, *, since: datetime | None) -> Iterator[Head]:
        """Give the mails that came in at the second `after` or later."""
        low = max(after, int(since.timestamp()) - 86_400 if since else 0)
        for second, place in sorted(found for found in self._files() if found[0] >= low):
            try:
                with Path(place).open("rb") as file:
                    start = file.read(_HEAD_OCTETS)
                    size = os.fstat(file.fileno()).st_size
            except OSError:
                continue  # moved from new to cur, or deleted, meanwhile
            yield Head(second, _fields_of(start), size, calendar=_shows_calendar(start), place=place)

    def read(self, head: Head, *, most: int) -> bytes | None:
        """Give one mail."""
        try:
            with Path(head.place).open("rb") as file:
                return file.read(most)
        except OSError:
            return None

    def wait(self, seconds: float) -> bool:
        """Look at the folder now and then."""
        before = set(self._files())
        return _look(lambda: set(self._files()) != before, seconds)

    def _files(self) -> list[tuple[int, str]]:
        try:
            return [
                (int(entry.stat().st_mtime), entry.path)
                for name in ("new", "cur")
                if (self._path / name).is_dir()
                for entry in os.scandir(self._path / name)
                if entry.is_file() and not entry.name.startswith(".")
            ]
        except OSError as error:
            raise _unreadable(self._path, error) from error


class Mbox:
    """Hold an open mbox (RFC 4155). The number of a mail is the offset of its `From ` line; a file that was compacted is another run."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path = path
        self._file = file
        self.run = hashlib.sha256(file.readline(1000)).hexdigest()[:16]

    def heads(self, after: int, *, since: datetime | None) -> Iterator[Head]:
        """Give the mails from the one at `after` on; from the first one when no mail begins there. `since` is not looked at."""
        self._file.seek(after)
        if not FROM_LINE.match(self._file.readline(1000)):
            after = 0
        self._file.seek(after)
        start, head, size = -1, b"", 0
        offset, after_empty = after, True
        for line in self._file:
            if after_empty and FROM_LINE.match(line):
                if start >= 0:
                    yield self._head(start, head, size)
                start, head, size = offset, b"", 0
            elif start >= 0:
                size += len(line)
                if len(head) < _HEAD_OCTETS:
                    head += line
            offset += len(line)
            after_empty = not line.strip()
        if start >= 0:
            yield self._head(start, head, size)

    def _head(self, start: int, head: bytes, size: int) -> Head:
        return Head(start, _fields_of(head), size, calendar=_shows_calendar(head))

    def read(self, head: Head, *, most: int) -> bytes | None:
        """Give one mail, its quoted `From ` lines as they were; what Thunderbird marked as deleted is gone."""
        try:
            with self._path.open("rb") as file:
                file.seek(head.number)
                if not FROM_LINE.match(file.readline(1000)):
                    return None
                lines, left = [], min(most, head.size)
                while left > 0 and (line := file.readline(left)):
                    left -= len(line)
                    lines.append(unquoted(line))
        except OSError:
            return None
        return b"".join(lines)

    def wait(self, seconds: float) -> bool:
        """Look at the size of the file now and then."""
        before = self._size()
        return _look(lambda: self._size() != before, seconds)

    def _size(self) -> int:
        try:
            return self._path.stat().st_size
        except OSError as error:
            raise _unreadable(self._path, error) from error


def _look(changed: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not changed():
        if time.monotonic() >= end:
            return False
        time.sleep(min(_PAUSE, max(0.0, end - time.monotonic())))
    return True


def _fields_of(start: bytes) -> bytes:
    """Give the header fields at the start of a mail."""
    ends = [place for mark in (b"\r\n\r\n", b"\n\n") if (place := start.find(mark)) >= 0]
    return start[: min(ends)] if ends else start


def _shows_calendar(start: bytes) -> bool:
    """Tell whether a calendar part shows in the first octets; one further down is found by its sender, who was invited."""
    plain = start.lower()
    return b"text/calendar" in plain or b"application/ics" in plain
