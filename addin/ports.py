"""The ports: what the actions ask of the outside world, in words. Providers stand in adapters/."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from addin.core.book import Book, Record
from addin.core.calendar_settings import CalendarAccount, CalendarChoice
from addin.core.errors import Failed
from addin.core.events import Event
from addin.core.inbox_watch import Watch
from addin.core.orgchart.fold import ChartFold
from addin.core.sifting import Head
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


class Sender(Protocol):
    """An open connection through which mails leave, one after the other."""

    def send(self, sender: str, recipient: str, raw: bytes) -> None:
        """Hand over one mail (CRLF, headers and body) to one address; return once the other side has taken it.

        Raise Refused (this mail only), Dropped (the connection is gone, the mail did not leave), Unsure (it may have left),
        Blocked (nothing can leave), BadInput (an address or a mail that cannot be written on the wire).
        """
        ...


class Outbox(Protocol):
    """Where mails leave. `sends` is false when they are only prepared, for the user to send."""

    @property
    def sends(self) -> bool:
        """Tell whether mails really leave."""
        ...

    def fault(self) -> str:
        """Say in French what is missing before anything can leave, or nothing. Quick: no network."""
        ...

    def open(self) -> AbstractContextManager[Sender]:
        """Open one connection for many mails. Raise Dropped when it cannot be made now, Blocked when a person must change something."""
        ...


class Vault(Protocol):
    """Where secrets are kept, outside the data. `lasting` is false when they are forgotten with the process."""

    @property
    def lasting(self) -> bool:
        """Tell whether a secret is still there at the next start."""
        ...

    def find(self, account: str) -> str:
        """Give the secret of an account, empty when there is none."""
        ...

    def keep(self, account: str, secret: str) -> None:
        """Keep a secret; an empty one is forgotten."""
        ...


@dataclass(frozen=True)
class Steps:
    """Say which mails (ids) were begun and which were taken, as far as is known; `whole` when no step can be missing."""

    begun: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()
    whole: bool = False


class Trail(Protocol):
    """The steps of a sending, mail by mail, that outlive its process: they settle what a crash left open. One process walks at a time.

    `place` names the machine: a lease taken there by a process that is gone need not be waited for.
    """

    @property
    def place(self) -> str:
        """Name this machine."""
        ...

    def alone(self) -> AbstractContextManager[bool]:
        """Hold the right to send; give False when another process has it. Freed when the process dies."""
        ...

    def clear(self) -> None:
        """Begin a new trail. Raise Failed when it cannot be written."""
        ...

    def begin(self, delivery: str) -> None:
        """Note that a mail is about to be handed over. Raise Failed when it cannot be written."""
        ...

    def finish(self, delivery: str) -> None:
        """Note that the other side has taken it. Never raises."""
        ...

    def steps(self) -> Steps:
        """Read the trail that was left."""
        ...


@dataclass(frozen=True)
class Stored:
    """Hold one object of a calendar: its absolute URL, its version, its octets (iCalendar)."""

    href: str
    etag: str
    octets: bytes


class Calendar(Protocol):
    """The référent's own calendar, on a server. Each call is one or a few exchanges with it, none lasts for ever.

    Each raises Dropped when the server cannot be reached or answers no more now, Blocked when a person must change something (the
    address, the password, the rights, the room left).
    """

    def fault(self) -> str:
        """Say in French what is missing before it can be used, or nothing. Quick: no network."""
        ...

    def look(self) -> CalendarAccount:
        """Find the account's calendars that take meetings, and what the server can do."""
        ...

    def make(self, name: str) -> CalendarChoice:
        """Make a new calendar of this name, or give the one we made before."""
        ...

    def place(self, name: str) -> str:
        """Give the URL of an object of this name in the chosen calendar."""
        ...

    def read(self, hrefs: Sequence[str]) -> Mapping[str, Stored]:
        """Give the objects that are there among these URLs, in one exchange where the server can."""
        ...

    def find(self, uid: str) -> Stored | None:
        """Find the object of this UID in the chosen calendar, under whatever name."""
        ...

    def put(self, href: str, octets: bytes, *, etag: str) -> str:
        """Store an object: a new one when `etag` is empty, else in the place of that version. Give the new version, empty when unsaid.

        Raise Outdated when another version stands there (nothing was stored), Refused when the server does not want this object,
        Unsure when it went silent: it may be stored.
        """
        ...

    def delete(self, href: str, *, etag: str) -> None:
        """Delete this version of an object; one that is gone already is no fault. Raise Outdated when another version stands there."""
        ...


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


class NoOutbox:
    """Stand where nothing can leave."""

    sends = False

    def fault(self) -> str:
        """Say so."""
        return "Rien ne peut être envoyé d’ici."

    def open(self) -> AbstractContextManager[Sender]:
        """Raise Failed."""
        raise Failed(self.fault())


class NoVault:
    """Keep nothing."""

    lasting = False

    def find(self, account: str) -> str:
        """Find nothing."""
        return ""

    def keep(self, account: str, secret: str) -> None:
        """Raise Failed for a secret."""
        if secret:
            raise Failed("Aucun secret ne peut être gardé ici.")


class NoTrail:
    """Leave no steps: after a crash every mail that was begun is unsure."""

    place = ""

    def alone(self) -> AbstractContextManager[bool]:
        """Let everybody through."""
        return nullcontext(True)

    def clear(self) -> None:
        """Do nothing."""

    def begin(self, delivery: str) -> None:
        """Do nothing."""

    def finish(self, delivery: str) -> None:
        """Do nothing."""

    def steps(self) -> Steps:
        """Know nothing."""
        return Steps()


class NoCalendar:
    """Stand where there is no calendar."""

    def fault(self) -> str:
        """Say so."""
        return "Aucun agenda n’est relié ici."

    def look(self) -> CalendarAccount:
        """Raise Failed."""
        raise Failed(self.fault())

    def make(self, name: str) -> CalendarChoice:
        """Raise Failed."""
        raise Failed(self.fault())

    def place(self, name: str) -> str:
        """Raise Failed."""
        raise Failed(self.fault())

    def read(self, hrefs: Sequence[str]) -> Mapping[str, Stored]:
        """Raise Failed."""
        raise Failed(self.fault())

    def find(self, uid: str) -> Stored | None:
        """Raise Failed."""
        raise Failed(self.fault())

    def put(self, href: str, octets: bytes, *, etag: str) -> str:
        """Raise Failed."""
        raise Failed(self.fault())

    def delete(self, href: str, *, etag: str) -> None:
        """Raise Failed."""
        raise Failed(self.fault())


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


def _nothing() -> None:
    """Wake nobody."""


@dataclass(frozen=True)
class Desk:
    """The ports in hand of every action, with the clock (UTC, aware) and the maker of new ids.

    `wake` tells whoever sends in the background that mails wait, `lookout` watches the inbox; `chart`
    remembers the chart drawn last, so that the next one costs what changed.
    """

    shelf: Shelf
    logbook: Logbook
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    outbox: Outbox = field(default_factory=NoOutbox)
    vault: Vault = field(default_factory=NoVault)
    trail: Trail = field(default_factory=NoTrail)
    calendar: Calendar = field(default_factory=NoCalendar)
    inbox: Inbox = field(default_factory=NoInbox)
    wake: Callable[[], None] = _nothing
    lookout: Lookout = field(default_factory=NoLookout)
    chart: ChartFold = field(default_factory=ChartFold)
