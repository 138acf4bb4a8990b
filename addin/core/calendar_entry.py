"""What stands of one meeting in the référent's own calendar, as far as we know."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from addin.core.calendar_settings import Inviter
from addin.core.meetings import Partstat


class Seen(Struct, frozen=True, kw_only=True):
    """Remember the answer that the stored object held for a contact (`recurrence`: at one date of a series, UTC)."""

    contact: str
    partstat: Partstat
    recurrence: datetime | None = None


class CalendarEntry(Struct, frozen=True, kw_only=True):
    """Follow one stored object. `id` is that of its meeting, `href` its absolute URL, `account` whose it is, `etag` its version.

    States: `putting` (handed to the server, no word yet; durable before the first byte leaves), `stored`, `absent` (deleted by us, or
    refused when it was new), `lost` (deleted by somebody else). `digest` is of what was last put, `told` of what the server told the
    people invited, `telling` of what it is being asked to tell. `stamp` is the DTSTAMP last put (UTC), by which an object is known as
    ours; `modified` the LAST-MODIFIED that goes with it. `seen` are the answers as last read, `placing` those being put. `error` says
    in French what went wrong.
    """

    id: str
    account: str
    href: str
    state: Literal["putting", "stored", "absent", "lost"]
    inviter: Inviter
    at: datetime
    etag: str = ""
    digest: str = ""
    told: str = ""
    telling: str = ""
    stamp: datetime | None = None
    modified: datetime | None = None
    seen: tuple[Seen, ...] = ()
    placing: tuple[Seen, ...] = ()
    error: str = ""
    action: str = ""
