"""Where the answers come in: a mail server (IMAP, RFC 9051), a Maildir or an mbox file; the secret never stands in the data file."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from addin.core.mail_settings import Security

Source = Literal["", "imap", "maildir", "mbox"]
InboxSign = Literal["password", "xoauth2"]
Keep = Literal["nothing", "excerpt"]

ACCOUNT_PREFIX = "imap:"


class InboxSettings(Struct, frozen=True, kw_only=True):
    """Hold how the inbox is read. `source` "" = not chosen: nothing is read.

    `folder` is the mailbox on the server, `path` the Maildir or mbox on this machine. `watch` tells to read it in the background.
    `keep` says what is kept of the words of a mail: a short excerpt, or nothing beyond what was concluded; the body never is.
    """

    source: Source = ""
    host: str = ""
    port: int = 993
    security: Security = "tls"
    auth: InboxSign = "password"
    login: str = ""
    folder: str = "INBOX"
    path: str = ""
    watch: bool = True
    keep: Keep = "excerpt"

    @property
    def account(self) -> str:
        """Name the account in the vault: who signs in, where. It cannot be taken for an account that sends."""
        return f"{ACCOUNT_PREFIX}{self.login}@{self.host}:{self.port}"

    @property
    def box(self) -> str:
        """Name the mailbox that is read, to remember how far."""
        return f"{self.account}/{self.folder}" if self.source == "imap" else f"{self.source}:{self.path}"


class InboxMark(Struct, frozen=True, kw_only=True):
    """Remember how far a mailbox was read: up to `number` in the run of numbers `run` (RFC 9051 §2.3.1.1: UID and UIDVALIDITY).

    `id` is the mailbox (`InboxSettings.box`). Another run means that numbers began anew: all is looked at again, nothing is logged
    twice. `at` is UTC.
    """

    id: str
    run: str = ""
    number: int = 0
    at: datetime | None = None
    action: str = ""
