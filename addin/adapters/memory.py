"""The twin of the logbook in memory: the test double, and the store of `--demo`."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from addin.core.book import Book
from addin.core.revision import Revision


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
