"""The inbox on a mail server (IMAP): heads by the hundred, mails one by one, waiting with IDLE (RFC 2177). Nothing there ever changes."""

import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any, Final

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from addin.adapters.imap.connection import STEP, signed_in, trusted
from addin.core.inbox_settings import InboxSettings
from addin.core.refusals import Blocked, Dropped
from addin.core.sifting import Head, may_hold_calendar
from addin.ports.vault import Vault

_FIELDS: Final = "FROM MESSAGE-ID IN-REPLY-TO REFERENCES SUBJECT CONTENT-TYPE RETURN-PATH X-FAILED-RECIPIENTS"  # what core/sifting looks at
_HEADS: Final = f"BODY.PEEK[HEADER.FIELDS ({_FIELDS})]"
_AT_ONCE: Final = 200
_WINDOW: Final = 2000
"""So many numbers are searched at a time: the memory used does not grow with the mailbox."""
_IDLE_SECONDS: Final = 1500.0
_LOST: Final = "La connexion au serveur de réception a été coupée."
_BROKEN: Final = (IMAPClientError, OSError, ValueError)
"""What the library raises when the server goes away or speaks something else than IMAP."""


class ImapInbox:
    """Read the mailbox of the settings, taken anew at each opening."""

    def __init__(
        self,
        settings: Callable[[], InboxSettings],
        vault: Vault,
        *,
        context: Callable[[], ssl.SSLContext] = trusted,
        step: float = STEP,
    ) -> None:
        self._settings = settings
        self._vault = vault
        self._context = context
        self._step = step

    def fault(self) -> str:
        """Say what is missing in the settings or in the vault."""
        settings = self._settings()
        if not settings.host or not settings.login:
            return "Le serveur de réception ou l’identifiant manque\u00a0: remplissez les réglages de réception."
        if not self._vault.find(settings.account):
            return "Le mot de passe de la boîte de réception manque\u00a0: saisissez-le dans les réglages de réception."
        return ""

    @contextmanager
    def open(self) -> Iterator["ImapMailbox"]:
        """Sign in and open the mailbox with EXAMINE (RFC 3501 §6.3.2): the server itself then refuses any change."""
        settings = self._settings()
        with signed_in(settings, self._vault.find(settings.account), context=self._context, step=self._step) as client:
            try:
                found: Mapping[bytes, Any] = client.select_folder(settings.folder, readonly=True)
            except IMAPClientError as error:
                raise Blocked(f"Le dossier «\u00a0{settings.folder}\u00a0» n’existe pas dans cette boîte.") from error
            except (OSError, ValueError) as error:
                raise Dropped(_LOST) from error
            yield ImapMailbox(client, str(found.get(b"UIDVALIDITY", "")), self._step)


class ImapMailbox:
    """Hold the open mailbox. `run` is its UIDVALIDITY."""

    def __init__(self, client: IMAPClient, run: str, step: float) -> None:
        self._client = client
        self._step = step
        self._idle_since: float | None = None
        self.run = run

    def heads(self, after: int, *, since: datetime | None) -> Iterator[Head]:
        """Give the heads of the mails above `after`, in order, some hundreds in each exchange."""
        # a new mail may have come since the mailbox was opened: NOOP lets the server say so, "*" is the highest number there
        self._ask(self._client.noop)
        end = max(self._search("UID", "*"), default=0) + 1
        for first in range(after + 1, end, _WINDOW):
            last = min(first + _WINDOW, end) - 1
            # SINCE knows days only, in the server's zone
            young = ("SINCE", (since - timedelta(days=1)).date()) if since else ()
            numbers = sorted(number for number in self._search("UID", f"{first}:{last}", *young) if first <= number <= last)
            for start in range(0, len(numbers), _AT_ONCE):
                yield from self._some(numbers[start : start + _AT_ONCE])

    def _some(self, numbers: Sequence[int]) -> Iterator[Head]:
        self._stop_idling()
        found = self._fetch(numbers, _HEADS, "RFC822.SIZE")
        mixed = [number for number in numbers if may_hold_calendar(_fields(found, number))]
        shapes = self._fetch(mixed, "BODYSTRUCTURE") if mixed else {}
        for number in numbers:
            if number in found:
                size = int(found[number].get(b"RFC822.SIZE", 0))
                calendar = _has_calendar(shapes.get(number, {}).get(b"BODYSTRUCTURE"))
                yield Head(number, _fields(found, number), size, calendar=calendar)

    def read(self, head: Head, *, most: int) -> bytes | None:
        """Give the first octets of one mail, without marking it as read (BODY.PEEK)."""
        self._stop_idling()
        found = self._fetch([head.number], f"BODY.PEEK[]<0.{most}>")
        octets = [value for key, value in found.get(head.number, {}).items() if key.startswith(b"BODY[")]
        return octets[0] if octets and isinstance(octets[0], bytes) else None

    def wait(self, seconds: float) -> bool:
        """Wait with IDLE, which stays open from one wait to the next; without it just wait.

        IDLE is begun anew after 25 minutes: a server may hang up after 29 (RFC 2177 §3).
        """
        if not self._ask(lambda: self._client.has_capability("IDLE")):
            time.sleep(seconds)
            return True
        tired = self._idle_since is not None and time.monotonic() - self._idle_since > _IDLE_SECONDS
        late = self._stop_idling() if tired else ()
        if self._idle_since is None:
            self._ask(self._client.idle)
            self._idle_since = time.monotonic()
        news = (*late, *self._ask(lambda: self._client.idle_check(timeout=seconds)))
        return any(len(line) > 1 and line[1] == b"EXISTS" for line in news)

    def _stop_idling(self) -> Sequence[Any]:
        """Leave IDLE, where it is open; give what was said meanwhile."""
        if self._idle_since is None:
            return ()
        self._idle_since = None
        self._ask(lambda: self._client.socket().settimeout(self._step))
        said: Sequence[Any] = self._ask(self._client.idle_done)[1]
        return said

    def _search(self, *wanted: str | date) -> Sequence[int]:
        self._stop_idling()
        found: Sequence[int] = self._ask(lambda: self._client.search(wanted))
        return found

    def _fetch(self, numbers: Sequence[int], *what: str) -> Mapping[int, Mapping[bytes, Any]]:
        found: Mapping[int, Mapping[bytes, Any]] = self._ask(lambda: self._client.fetch(numbers, what))
        return found

    def _ask(self, call: Callable[[], Any]) -> Any:
        try:
            return call()
        except _BROKEN as error:
            raise Dropped(_LOST) from error


def _fields(found: Mapping[int, Mapping[bytes, Any]], number: int) -> bytes:
    for key, value in found.get(number, {}).items():
        if key.startswith(b"BODY[HEADER") and isinstance(value, bytes):
            return value
    return b""


def _has_calendar(shape: Any, depth: int = 0) -> bool:
    """Tell whether a BODYSTRUCTURE (RFC 3501 §7.4.2) holds a calendar part. Nested shapes are tuples and lists."""
    if not isinstance(shape, tuple | list) or depth > 20:
        return False
    if len(shape) > 1 and isinstance(shape[0], bytes) and isinstance(shape[1], bytes):
        kind = shape[0].lower() + b"/" + shape[1].lower()
        if kind in (b"text/calendar", b"application/ics"):
            return True
    return any(_has_calendar(part, depth + 1) for part in shape)
