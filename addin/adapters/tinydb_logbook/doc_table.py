"""TinyDB tables that write only what changed, choose ids under the lock, and give away copies."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.table import Document as StockDocument
from tinydb.table import Table

from addin.adapters.tinydb_logbook.atomic_json import AtomicJson
from addin.adapters.tinydb_logbook.values import Document, copied

Fields = Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None]


class OwnDocument(StockDocument):
    """A document that shares nothing with the store: its reader may change it."""

    def __init__(self, value: Mapping[str, Any], doc_id: int) -> None:
        super().__init__({key: copied(item) for key, item in value.items()}, doc_id)


class _Overlay(MutableMapping[int, Document]):
    """A table under an updater: documents are copied when touched, and only what differs is a change."""

    def __init__(self, stored: Mapping[str, Document]) -> None:
        self._stored = stored
        self._touched: dict[str, Document | None] = {}

    def __getitem__(self, number: int) -> Document:
        key = str(number)
        if key not in self._touched:
            self._touched[key] = copied(self._stored[key])
        document = self._touched[key]
        if document is None:
            raise KeyError(number)
        return document

    def __setitem__(self, number: int, document: Document) -> None:
        self._touched[str(number)] = document

    def __delitem__(self, number: int) -> None:
        if number not in self:
            raise KeyError(number)
        self._touched[str(number)] = None

    def __contains__(self, number: object) -> bool:
        key = str(number)
        return self._touched[key] is not None if key in self._touched else key in self._stored

    def __iter__(self) -> Iterator[int]:
        yield from (int(key) for key in self._stored if int(key) in self)
        yield from (int(key) for key, document in self._touched.items() if document is not None and key not in self._stored)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        self._touched = dict.fromkeys(self._stored)

    @property
    def changes(self) -> dict[str, Document | None]:
        return {key: doc for key, doc in self._touched.items() if _differ(doc, self._stored.get(key))}


def _differ(new: Document | None, old: Document | None) -> bool:
    return new != old or repr(new) != repr(old)  # 1 == True == 1.0, but not in a file


class DocTable(Table):
    """A TinyDB table on `AtomicJson`. Each call is one change; within `storage.txn()` several are one."""

    document_class = OwnDocument

    def __init__(self, storage: AtomicJson, name: str) -> None:
        super().__init__(storage, name, cache_size=0)
        self._atomic = storage

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert a document, its number chosen under the lock. Raise BadInput, Failed, or ValueError (number taken)."""
        return self.insert_multiple([document])[0]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Insert documents in one change; all or none. Raise BadInput, Failed, or ValueError (number taken)."""
        with self._atomic.txn():
            given = list(documents)
            if not all(isinstance(document, Mapping) for document in given):
                raise ValueError("a document is a mapping")
            chosen = [document.doc_id for document in given if isinstance(document, StockDocument)]
            free = itertools.count(max([*map(int, self._read_table()), *chosen], default=0) + 1)
            return super().insert_multiple(
                OwnDocument(document, document.doc_id if isinstance(document, StockDocument) else next(free)) for document in given
            )

    def update(self, fields: Fields, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Update the documents that match, found under the lock. Raise BadInput or Failed."""
        with self._atomic.txn():
            return super().update(fields, doc_ids=self._chosen(cond, doc_ids))

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        """Update the documents that match, or insert this one. Raise BadInput or Failed."""
        with self._atomic.txn():
            if isinstance(document, StockDocument):
                document = OwnDocument(document, document.doc_id)
            return super().upsert(document, cond)

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Remove the documents that match. Raise RuntimeError without any condition (see truncate)."""
        with self._atomic.txn():
            if cond is None and doc_ids is None:
                return super().remove()
            return super().remove(doc_ids=self._chosen(cond, doc_ids))

    def _chosen(self, cond: QueryLike | None, doc_ids: Iterable[int] | None) -> list[int]:
        if doc_ids is not None:
            return list(doc_ids)
        return [int(key) for key, document in self._read_table().items() if cond is None or cond(document)]

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        table: dict[str, Mapping[str, Any]] = self._atomic.view().get(self.name, {})  # type: ignore[assignment]
        return dict(table) if self._atomic.lock.mine else table  # a change under way may grow it during a loop

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        with self._atomic.txn():
            overlay = _Overlay(self._atomic.view().get(self.name, {}))
            updater(overlay)
            if changes := overlay.changes:
                self._atomic.commit(self.name, changes)


class LogbookDB(TinyDB):
    """A TinyDB whose tables are `DocTable` and whose storage is `AtomicJson`."""

    table_class = DocTable  # type: ignore[assignment]  # TinyDB says type[Table] and means any subclass
    default_storage_class = AtomicJson  # type: ignore[assignment]

    def table(self, name: str, **kwargs: Any) -> Table:
        """Give a table. Raise ValueError for `persist_empty`, which wipes a table that exists (TinyDB issue 636)."""
        if kwargs:
            raise ValueError(f"a table of the logbook takes no option ({', '.join(kwargs)})")
        return super().table(name)

    def drop_table(self, name: str) -> None:
        """Remove one table for good."""
        self._tables.pop(name, None)
        storage = self.storage
        if isinstance(storage, AtomicJson):
            storage.drop(name)
