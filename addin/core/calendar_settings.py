"""The calendar of the référent on a CalDAV server (RFC 4791): where it is and what it can do, without the secret."""

from typing import Literal
from urllib.parse import urlsplit

from msgspec import Struct

Inviter = Literal["server", "us"]
"""Who tells the people invited: the calendar server (RFC 6638), or we, by mail. Never both."""

ACCOUNT_PREFIX = "caldav:"


class CalendarSettings(Struct, frozen=True, kw_only=True):
    """Hold what was typed (`url`, `login`), what was chosen (`calendar`, its URL and `name`) and what the server said of itself.

    `schedules`: it sends invitations by itself (`calendar-auto-schedule`, RFC 6638 §2). `addresses` are those it knows the user by
    (lower-cased): it sends only in their name.
    """

    url: str = ""
    login: str = ""
    calendar: str = ""
    name: str = ""
    schedules: bool = False
    addresses: tuple[str, ...] = ()

    @property
    def account(self) -> str:
        """Name the account in the vault: who signs in, where. It cannot be taken for a mail account."""
        return f"{ACCOUNT_PREFIX}{self.login}@{urlsplit(self.url).netloc}"

    def inviter(self, organizer: str) -> Inviter:
        """Say who would tell the people that `organizer` (an address) invites."""
        return "server" if self.calendar and self.schedules and organizer.lower() in self.addresses else "us"


class CalendarChoice(Struct, frozen=True, kw_only=True):
    """Name one calendar of the account that takes meetings."""

    url: str
    name: str


class CalendarAccount(Struct, frozen=True, kw_only=True):
    """Say what a server holds for the account: its calendars, whether it sends invitations, the addresses it knows the user by."""

    calendars: tuple[CalendarChoice, ...]
    schedules: bool = False
    addresses: tuple[str, ...] = ()
