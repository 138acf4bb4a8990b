"""The plain facts that a mail tells: who, which address was refused, which words, what kind it is."""

from typing import Literal

from msgspec import Struct

Holds = Literal["yes", "partly", "no", "unknown"]
MailKind = Literal["answer", "rsvp", "automatic", "bounce", "receipt", "invitation", "forward", "other"]


class Span(Struct, frozen=True, order=True):
    """Point at words of a text: offsets in characters, `end` excluded."""

    start: int
    end: int


class Mailbox(Struct, frozen=True):
    """Name one mailbox: a display name (may be empty) and a lower-cased address (empty when it could not be read)."""

    name: str = ""
    email: str = ""


class Person(Struct, frozen=True, kw_only=True):
    """Describe a contact that a mail names. Any field may be empty."""

    name: str = ""
    email: str = ""
    phone: str = ""
    service: str = ""


class Bounced(Struct, frozen=True):
    """Say which address was refused. `status` is the RFC 3463 code ("5.1.1"), `permanent` false for a delay."""

    email: str
    permanent: bool
    status: str
