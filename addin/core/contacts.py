"""Contacts: agents, services and outside parties, and the address forms people type."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

ContactKind = Literal["agent", "service", "direction", "prestataire", "epci", "syndicat", "association", "elu"]
Civility = Literal["", "madame", "monsieur"]


class Contact(Struct, frozen=True, kw_only=True):
    """Describe one party of the chart. `emails` are lower-cased, the first is the one to write to.

    `phone` is kept as typed. `action` is the gesture that made the record (see core/events).
    """

    id: str
    name: str = ""
    kind: ContactKind = "agent"
    civility: Civility = ""
    role: str = ""
    service: str = ""
    emails: tuple[str, ...] = ()
    phone: str = ""
    availability: str = ""
    source: Literal["hand", "mail", "call", "import", "demo"] = "hand"
    created: datetime | None = None
    action: str = ""
    consent: bool | None = None
    consent_on: date | None = None

    @property
    def email(self) -> str:
        """Give the address to write to, or an empty text."""
        return self.emails[0] if self.emails else ""

    @property
    def label(self) -> str:
        """Give the words that name this contact on a chart: name, else service, else address."""
        return self.name or self.service or self.email or "Contact sans nom"
