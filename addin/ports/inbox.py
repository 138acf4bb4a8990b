"""Where the answers come in, and who watches there."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from addin.core.errors import Failed
from addin.core.inbox_watch import Watch
from addin.core.sifting import Head


class Mailbox(Protocol):
    """An open mailbox, read only: no flag is set, nothing moves, whatever is done here."""

    @property
    def run(self) -> str:
        """Name the run of its numbers (RFC 9051 §2.3.1.1: UIDVALIDITY): under another name the same number is another mail."""
        ...

    def heads(self, after: int, *, since: datetime | None) -> Iterator[Head]:
        """Give the mails from outside, numbers rising, a few at a time: those above `after`, come in on the day of `since` or later.

        A mail that is there may be given although its number is not above `after`, never the other way round. Raise Dropped.
        """
        ...

    def read(self, head: Head, *, most: int) -> bytes | None:
        """Give one mail, its first `most` octets; None when it is gone. Raise Dropped."""
        ...

    def wait(self, seconds: float) -> bool:
        """Wait for a new mail, at most so many seconds; tell whether something is new. Raise Dropped."""
        ...


class Inbox(Protocol):
    """Where the answers come in."""

    def fault(self) -> str:
        """Say in French what is missing before it can be read, or nothing. Quick: no network."""
        ...

    def open(self) -> AbstractContextManager[Mailbox]:
        """Open the mailbox, read only. Raise Dropped when it cannot be reached now, Blocked when a person must change something."""
        ...


class Lookout(Protocol):
    """Who watches the inbox in the background."""

    @property
    def state(self) -> Watch:
        """Show how the watch stands."""
        ...

    def look(self) -> None:
        """Have the inbox read now, and watched when the settings say so. Returns at once."""
        ...


class NoInbox:
    """Stand where no mail comes in."""

    def fault(self) -> str:
        """Say so."""
        return "Aucune boîte de réception n’est reliée ici."

    def open(self) -> AbstractContextManager[Mailbox]:
        """Raise Failed."""
        raise Failed(self.fault())


class NoLookout:
    """Watch nothing."""

    state = Watch()

    def look(self) -> None:
        """Do nothing."""
