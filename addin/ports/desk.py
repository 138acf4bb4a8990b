"""The ports in hand of every action."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from addin.core.orgchart.fold import ChartFold
from addin.ports.calendar import Calendar, NoCalendar
from addin.ports.inbox import Inbox, Lookout, NoInbox, NoLookout
from addin.ports.logbook import Logbook
from addin.ports.outbox import NoOutbox, NoTrail, Outbox, Trail
from addin.ports.shelf import Shelf
from addin.ports.vault import NoVault, Vault


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
