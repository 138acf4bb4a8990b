"""How the reading of the inbox stands, as values."""

from datetime import datetime

from msgspec import Struct


class InboxRead(Struct, frozen=True, kw_only=True):
    """Count what one reading did: heads looked at, mails opened, those known before, those noted (message ids); `words` say it."""

    looked: int = 0
    opened: int = 0
    known: int = 0
    noted: tuple[str, ...] = ()
    words: str = ""


class Watch(Struct, frozen=True, kw_only=True):
    """Show how the watch stands: whether it goes on, when it last read (UTC) and what that gave, why it cannot (French)."""

    running: bool = False
    read_at: datetime | None = None
    last: InboxRead | None = None
    fault: str = ""
