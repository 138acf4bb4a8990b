"""How mails leave: the server and the account, without the secret, which never stands in the data file."""

from typing import Literal

from msgspec import Struct

Way = Literal["", "smtp", "files"]
Security = Literal["starttls", "tls", "none"]
Sign = Literal["none", "password", "xoauth2"]


class MailSettings(Struct, frozen=True, kw_only=True):
    """Hold the settings of sending. `way`: "" = not chosen yet, "smtp", or "files" (mails are only prepared, the user sends them).

    `sender` is the envelope's address (empty: the organiser's); `rate` is the most mails in any minute, 0 for no limit.
    """

    way: Way = ""
    host: str = ""
    port: int = 587
    security: Security = "starttls"
    auth: Sign = "none"
    login: str = ""
    sender: str = ""
    rate: int = 30

    @property
    def account(self) -> str:
        """Name the account in the vault: who signs in, where."""
        return f"{self.login}@{self.host}:{self.port}"
