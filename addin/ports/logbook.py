"""Where records and events are kept, and one change of them."""

from contextlib import AbstractContextManager
from typing import Protocol

from addin.core.book import Book, Record
from addin.core.events import Event


class Change(Protocol):
    """One change under way: all of it lands, or nothing."""

    @property
    def book(self) -> Book:
        """Give the book as it stands now under the lock, with what this change has already put."""
        ...

    def put(self, record: Record) -> None:
        """Write or rewrite one record (same id: replaced)."""
        ...

    def append(self, event: Event) -> None:
        """Add one event at the end."""
        ...


class Logbook(Protocol):
    """Where records and events are kept. Readers see only whole changes."""

    def read(self) -> Book:
        """Give the book at this instant. Raise Failed when the store cannot be read."""
        ...

    def change(self) -> AbstractContextManager[Change]:
        """Open a change alone (other writers wait); on leaving, commit durably; on an exception, write nothing."""
        ...
