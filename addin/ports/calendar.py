"""The référent's own calendar, on a server."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from addin.core.calendar_settings import CalendarAccount, CalendarChoice
from addin.core.errors import Failed


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
