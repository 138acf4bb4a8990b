"""A TinyDB storage on one JSON file: atomic, durable, shared between processes, its cache never stale."""

import contextlib
import os
import weakref
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from tinydb.storages import Storage

from addin.adapters.tinydb_logbook.locks import lock_of
from addin.adapters.tinydb_logbook.pending import Changes, Pending
from addin.adapters.tinydb_logbook.values import Tables, as_written, copied, tables_of
from addin.adapters.tinydb_logbook.whole_file import WINDOWS, remove_stale, said_in_french, write_whole
from addin.core.errors import Failed

Signature = tuple[int, int, int]
"""(inode, mtime in ns, size in bytes) of a file; all zero when there is none."""

NO_FILE: Signature = (0, 0, 0)

_MORE_LOOKS = 5


class Pin:
    """Keep a file open, so that its inode number cannot pass to another file while our cache bears it.

    Seen on ext4: the third of three quick writes gets the inode of the first, with the same size and the same tick of the
    clock, and a cache of the first would take it for its own.
    """

    def __init__(self, handle: int) -> None:
        weakref.finalize(self, os.close, handle)


class Published(NamedTuple):
    """The tables that readers share, the signature of the file they came from and its pin. Never changed, only replaced."""

    tables: Tables
    signature: Signature
    pin: Pin | None


class AtomicJson(Storage):
    """Keep the tables of one TinyDB file.

    Threads and processes may share the file: writers take turns, readers never see half a change and wait for nobody,
    except for the time of one reload. `path` is followed through links; a file that is missing is an empty store until
    the first write, but a file that was there and went away is a fault (raise Failed), never a fresh start.
    """

    def __init__(self, path: str | Path) -> None:
        super().__init__()
        self.path = Path(os.path.realpath(path))
        self.lock = lock_of(self.path)
        self._published = Published({}, NO_FILE, None)
        self._cleaned = False
        self._pending: Pending | None = None

    # What TinyDB asks of a storage

    def read(self) -> Tables:
        """Give a copy of all tables: the caller may change it at will. Raise Failed."""
        tables: Tables = copied(self.view())
        return tables

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Replace all tables. Raise BadInput or Failed; nothing is then written."""
        fresh = {name: {str(number): as_written(doc) for number, doc in table.items()} for name, table in data.items()}
        with self.txn() as pending:
            for name in {*pending.tables, *fresh}:
                pending.lay(name, None)
            for name, table in fresh.items():
                pending.lay(name, table)

    def close(self) -> None:
        """Let go of the file; the storage can still be used."""
        self._published = Published({}, NO_FILE, None)

    # What our tables ask on top

    def view(self) -> Tables:
        """Give the live tables, not to be changed: those of the change under way for the thread that makes it."""
        pending = self._pending
        if pending is not None and self.lock.mine:
            return pending.tables
        return self.refresh().tables

    @property
    def published(self) -> Published:
        """Give what was last read or committed here, without a look at the file."""
        return self._published

    def refresh(self) -> Published:
        """Give the tables as the file has them at this instant, read again only when it changed. Raise Failed."""
        published = self._published
        if published.signature == self._signature():
            return published
        with self.lock if WINDOWS else self.lock.threads:  # Windows cannot replace a file while it is being read
            if self._published.signature != self._signature():
                self._reload()
            return self._published

    @contextlib.contextmanager
    def txn(self) -> Iterator[Pending]:
        """Open a change alone; the outermost commits everything in one write at its end, or nothing on an exception.

        An inner one that fails takes back only what it did itself. Raise Failed.
        """
        with self.lock:
            if self._pending is not None:
                mark = self._pending.mark
                try:
                    yield self._pending
                except BaseException:
                    self._pending.take_back(mark)
                    raise
                return
            self._pending = pending = self._open()
            try:
                yield pending
                if pending.mark:
                    self._commit(pending.tables)
            finally:
                self._pending = None

    def commit(self, table: str, changes: Changes) -> None:
        """Write documents ({number: document, or None to remove it}) of one table. Raise BadInput or Failed."""
        settled = {number: None if doc is None else as_written(doc) for number, doc in changes.items()}
        with self.txn() as pending:
            pending.lay(table, settled)

    def drop(self, table: str) -> None:
        """Remove a table with all its documents."""
        with self.txn() as pending:
            if table in pending.tables:
                pending.lay(table, None)

    # Within a change, under the lock

    def _open(self) -> Pending:
        if not self._cleaned:
            remove_stale(self.path.parent, f"{self.path.name}.")
            self._cleaned = True
        return Pending(self.refresh().tables)

    def _commit(self, tables: Tables) -> None:
        handle = write_whole(self.path, orjson.dumps(tables), before_rename=self._refuse_foreign_change)
        # One assignment: as two, a reader's reload that crosses a commit would put old tables under the new signature.
        if handle is None:
            self._published = Published(tables, _signature_of(self.path.stat()), None)
        else:
            self._published = Published(tables, _signature_of(os.fstat(handle)), Pin(handle))

    def _refuse_foreign_change(self) -> None:
        """Give up when a program that ignores our lock wrote the file meanwhile: its change must not be lost."""
        if self._signature() != self._published.signature:
            raise Failed(f"Un autre programme vient de changer «\u00a0{self.path}\u00a0»\u00a0: rien n'a été écrit, recommencez.")

    # The file

    def _signature(self) -> Signature:
        try:
            return _signature_of(self.path.stat())
        except FileNotFoundError:
            if self._published.signature == NO_FILE:
                return NO_FILE
            raise Failed(
                f"Le fichier «\u00a0{self.path}\u00a0» a disparu pendant que nous nous en servions\u00a0: "
                "remettez-le à sa place (ou une sauvegarde), puis recommencez. Rien n'a été écrit."
            ) from None
        except OSError as error:
            raise said_in_french(error, self.path) from error

    def _reload(self) -> None:
        """Read the file again; a program that writes in place (plain TinyDB) may be at it, so look twice."""
        try:
            pin, signature, raw = _load(self.path)
            for _ in range(_MORE_LOOKS):
                if _signature_of(self.path.stat()) == signature:
                    break
                pin, signature, raw = _load(self.path)
        except OSError as error:
            raise said_in_french(error, self.path) from error
        try:
            tables = tables_of(raw)
        except ValueError:
            raise Failed(
                f"Le fichier de données «\u00a0{self.path}\u00a0» {'est illisible' if raw else 'est vide'}\u00a0: "
                "nous n'y touchons pas. Remettez une sauvegarde à sa place, ou déplacez-le."
            ) from None
        self._published = Published(tables, signature, None if WINDOWS else pin)


def _signature_of(status: os.stat_result) -> Signature:
    return status.st_ino, status.st_mtime_ns, status.st_size


def _load(path: Path) -> tuple[Pin, Signature, bytes]:
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    pin = Pin(handle)
    signature = _signature_of(os.fstat(handle))
    pieces = []
    while piece := os.read(handle, 1 << 20):
        pieces.append(piece)
    return pin, signature, b"".join(pieces)
