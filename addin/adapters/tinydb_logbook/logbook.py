"""The logbook in a TinyDB file: whole changes, a book that readers share, backups, migrations, a health report."""

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from addin.adapters.tinydb_logbook.atomic_json import NO_FILE, AtomicJson
from addin.adapters.tinydb_logbook.backups import Backups
from addin.adapters.tinydb_logbook.doc_table import LogbookDB
from addin.adapters.tinydb_logbook.faults import dangling
from addin.adapters.tinydb_logbook.migrations import migrate, newest, schema_of
from addin.adapters.tinydb_logbook.records import Reading, document_of, read_tables, table_of
from addin.adapters.tinydb_logbook.values import Document, Tables, copied
from addin.core.book import Book, Record
from addin.core.errors import Failed
from addin.core.revision import Revision


class _View(NamedTuple):
    """A book, the tables it was read from, and the document number of each record: replaced as one."""

    tables: Tables
    book: Book
    numbers: dict[tuple[str, str], int]


def _now() -> datetime:
    return datetime.now(UTC)


class TinydbLogbook:
    """Keep the logbook of one organisation in one file.

    Nothing is touched on disk before the first use; the folder and the file are made at the first change. Daily backups go
    to `backups` (default: `sauvegardes` beside the file), the `keep` newest stay; `clock` (aware) dates them.
    Threads and processes may share the file. `read` and `change` raise Failed with one French line when the file is
    unreadable, empty, of a newer version, out of reach, gone while in use, or missing at start although backups stand
    beside it: we never write over what we could not read, and never start anew where something was lost.
    """

    def __init__(self, path: Path, backups: Path | None = None, keep: int = 30, *, clock: Callable[[], datetime] = _now) -> None:
        self._storage = AtomicJson(path)
        self._db = LogbookDB(storage=lambda: self._storage)
        self.path = self._storage.path
        self._backups = Backups(self.path, backups or self.path.parent / "sauvegardes", keep)
        self._clock = clock
        self._seen: _View | None = None
        self._busy = False

    def read(self) -> Book:
        """Give the book at this instant: the same object until the file changes. Raise Failed."""
        return self._view().book

    @contextmanager
    def change(self) -> Iterator[Revision]:
        """Open a change alone, among threads and processes; on leaving it is on disk; on an exception nothing is written.

        Raise Failed, BadInput, or RuntimeError when this thread already has a change open.
        """
        storage = self._storage
        with storage.lock:
            if self._busy:
                raise RuntimeError("a change is already open in this thread")
            self._busy = True
            revision = None
            try:
                self._view()  # brings an older file up to date first, in a change of its own
                with storage.txn():
                    view = self._view()
                    revision = Revision(view.book)
                    yield revision
                    numbers = self._write(revision, view)
                self._seen = _View(storage.published.tables, revision.book, numbers)
            finally:
                if revision is not None:
                    revision.close()
                self._busy = False

    def faults(self) -> tuple[str, ...]:
        """Tell in French, one line each, what is wrong with the file: empty when all is well. Never raises for a bad file."""
        try:
            tables = self._tables()
            schema = schema_of(tables, self.path)
        except Failed as failure:
            return (str(failure),)
        if schema < newest():
            tables = copied(tables)
            migrate(tables, schema)
        reading = read_tables(tables)
        return reading.faults + dangling(reading)

    def _view(self) -> _View:
        tables = self._tables()
        view = self._seen
        if view is not None and view.tables is tables:
            return view
        if tables and schema_of(tables, self.path) < newest():
            tables = self._migrated()
        reading = read_tables(tables)
        if reading.faults:
            raise Failed(self._first_fault(reading))
        self._seen = view = _View(tables, reading.book, reading.numbers)
        return view

    def _tables(self) -> Tables:
        tables, signature, _ = self._storage.refresh()
        if signature == NO_FILE and (newest_copy := next(iter(self._backups.dated()), None)):
            raise Failed(
                f"Le fichier de données «\u00a0{self.path}\u00a0» a disparu, mais une sauvegarde existe\u00a0: copiez "
                f"«\u00a0{newest_copy}\u00a0» à sa place (ou rangez les sauvegardes ailleurs pour recommencer à zéro)."
            )
        return tables

    def _first_fault(self, reading: Reading) -> str:
        more = len(reading.faults) - 1
        others = f" Autres défauts\u00a0: {more} («\u00a0antiseche check\u00a0» les dit tous)." if more else ""
        return f"Le fichier de données «\u00a0{self.path}\u00a0» a un défaut. {reading.faults[0]}{others}"

    def _migrated(self) -> Tables:
        with self._storage.txn():
            tables = self._storage.read()
            schema = schema_of(tables, self.path)
            if schema < newest():
                self._backups.keep_schema(schema, self._clock().date())
                migrate(tables, schema)
                self._storage.write(tables)
        return self._storage.refresh().tables

    def _write(self, revision: Revision, view: _View) -> dict[tuple[str, str], int]:
        if not (revision.written or revision.appended):
            return view.numbers
        self._backups.keep_day(self._clock().date())
        fresh: dict[str, dict[str, Document]] = {}
        changed: dict[str, dict[int, Record]] = {}
        for record in revision.written.values():
            table, name = table_of(record)
            number = view.numbers.get((table, name))
            if number is None:
                fresh.setdefault(table, {})[name] = document_of(record)
            else:
                changed.setdefault(table, {})[number] = record
        for table, records in changed.items():
            self._rewrite(table, records)
        if revision.appended:
            fresh["events"] = {event.id: document_of(event) for event in revision.appended}
        if not view.tables:
            self._db.table("meta").insert({"schema": newest()})
        numbers = dict(view.numbers)
        for table, documents in fresh.items():
            given = self._db.table(table).insert_multiple(documents.values())
            numbers.update({(table, name): number for name, number in zip(documents, given, strict=True)})
        return numbers

    def _rewrite(self, table: str, records: Mapping[int, Record]) -> None:
        """Rewrite records of one table, by document number, in one go."""
        by_name = {table_of(record)[1]: record for record in records.values()}

        def rewrite(document: MutableMapping[str, Any]) -> None:
            new = document_of(by_name.get("") or by_name[document["id"]], document)  # the profile alone has no id
            document.clear()
            document.update(new)

        self._db.table(table).update(rewrite, doc_ids=records)
