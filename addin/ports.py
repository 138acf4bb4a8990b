"""The ports: what the actions ask of the outside world, in words. Providers stand in adapters/."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from addin.core.book import Book, Record
from addin.core.events import Event
from addin.core.stages import Fault, Stage


class Shelf(Protocol):
    """Where the stages stand: ours, and over them the folder of the organisation."""

    def stages(self) -> tuple[Stage, ...]:
        """Give the six (or more) stages in order. A stage or letter that is at fault is left out, its fault told by `faults`."""
        ...

    def faults(self) -> tuple[Fault, ...]:
        """Tell what is wrong, file by file and line by line, in French."""
        ...

    def attachment(self, stage: str, name: str) -> bytes:
        """Give the bytes of a file to join. Raise NotFound."""
        ...


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


@dataclass(frozen=True)
class Desk:
    """The ports in hand of every action, with the clock (UTC, aware) and the maker of new ids."""

    shelf: Shelf
    logbook: Logbook
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
