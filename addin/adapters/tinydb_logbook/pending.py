"""What one change is about to write, over tables that are never touched."""

from collections.abc import Mapping

from addin.adapters.tinydb_logbook.values import Document, Tables

Changes = Mapping[str, Document | None]
"""{document number: its new form, or None to remove it}."""


class Pending:
    """Lay changes over published tables, copying a table when it is first touched.

    The journal of what was laid lets an inner change that failed be taken back alone.
    """

    def __init__(self, published: Tables) -> None:
        self._published = published
        self._journal: list[tuple[str, Changes | None]] = []
        self._own: set[str] = set()
        self.tables: Tables = dict(published)

    @property
    def mark(self) -> int:
        """Give the present point of the journal, for `take_back`; 0 when nothing was laid."""
        return len(self._journal)

    def lay(self, table: str, changes: Changes | None) -> None:
        """Lay changes over one table; None drops the table."""
        self._journal.append((table, changes))
        self._apply(table, changes)

    def take_back(self, mark: int) -> None:
        """Take back what was laid since `mark`."""
        if len(self._journal) == mark:
            return
        del self._journal[mark:]
        self.tables = dict(self._published)
        self._own = set()
        for table, changes in self._journal:
            self._apply(table, changes)

    def _apply(self, table: str, changes: Changes | None) -> None:
        if changes is None:
            self.tables.pop(table, None)
            self._own.discard(table)
            return
        if table not in self._own:
            self.tables[table] = dict(self.tables.get(table, {}))
            self._own.add(table)
        documents = self.tables[table]
        for number, document in changes.items():
            if document is None:
                documents.pop(number, None)
            else:
                documents[number] = document
