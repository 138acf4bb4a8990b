"""The agreement of a person to be named in public: what was said, when, and where that comes from."""

from datetime import date
from typing import Literal

from msgspec import Struct

from addin.core.book import Book
from addin.core.french import short_date
from addin.core.timezones import zone_of

Source = Literal["mail", "phone", "oral", "calendar", "hand", ""]

SOURCES = {
    "mail": "par courriel",
    "phone": "par téléphone",
    "oral": "de vive voix",
    "calendar": "dans l’agenda",
    "hand": "noté sur sa fiche",
    "": "",
}


class Consent(Struct, frozen=True, kw_only=True):
    """Say whether a person agreed to be named (None: never asked, or no answer), the local date of that, and its source.

    `message` is the id of the mail or call that said so, None when there is none.
    """

    agreed: bool | None = None
    on: date | None = None
    source: Source = ""
    message: str | None = None


def consent_of(book: Book, contact: str) -> Consent:
    """Give the latest word of a contact (id): the last `named` event that stands, else what its record says. `book` is a current one."""
    record = book.contacts.get(contact)
    last = next((event for event in reversed(book.events) if event.type == "named" and event.contact == contact), None)
    if last is not None:
        typed = record.consent_on if record and record.consent == (last.answer == "yes") else None
        day = last.at.astimezone(zone_of(book.organisation)).date()
        source: Source = last.told_by or ("mail" if last.message else "hand")
        return Consent(agreed=last.answer == "yes", on=typed or day, source=source, message=last.message)
    if record is not None and record.consent is not None:
        return Consent(agreed=record.consent, on=record.consent_on, source="hand")
    return Consent()


def consent_words(consent: Consent) -> str:
    """Say it: "oui, le 12 nov. 2026, par courriel"."""
    if consent.agreed is None:
        return "pas encore demandé, ou sans réponse"
    parts = ["oui" if consent.agreed else "non"]
    if consent.on:
        parts.append(f"le {short_date(consent.on)}")
    if consent.source:
        parts.append(SOURCES[consent.source])
    return ", ".join(parts)
