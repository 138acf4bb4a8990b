"""What a person is known by in words: names, addresses, telephone numbers, those of before included; and how words lose them.

A family name alone counts after a civility, or when nobody else in the book bears it. A first name alone is not recognised.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from addin.core.book import Book
from addin.core.contacts import Contact
from addin.core.messages import Message
from addin.core.takebacks import Rewrite

GONE: Final = "[effacé]"
_CIVILITY: Final = r"(?:M\.|Mr|Mme|Mlle|Monsieur|Madame|Mademoiselle)[ \u00a0]+"
_SHORT: Final = 3
_DIGITS: Final = 6
_GAP: Final = r"[\s.\-/()\u00a0\u202f]{0,3}"


class Marks:
    """Recognise one person in any text, and take it out."""

    def __init__(self, contact: Contact, book: Book) -> None:
        self.contact = contact
        known = list(_records(contact, book))
        self.emails = frozenset(email.lower() for one in known for email in one.emails if email) | _invited(contact, book)
        phones = {re.sub(r"\D", "", one.phone) for one in known}
        pieces = [f"(?i:{re.escape(email)})" for email in sorted(self.emails, key=len, reverse=True)]
        for name in sorted({" ".join(_composed(one.name).split()) for one in known if one.name.strip()}, key=len, reverse=True):
            pieces += _name_pieces(name, contact, [one for one in book.contacts.values() if one.id != contact.id])
        pieces += [_phone_piece(phone) for phone in sorted(phones) if len(phone) >= _DIGITS]
        self._pattern = re.compile("|".join(pieces)) if pieces else None

    def named(self, text: str) -> bool:
        """Tell whether a text speaks of this person."""
        return bool(self._pattern and self._pattern.search(_composed(text)))

    def scrub(self, text: str) -> str:
        """Give the text with every mark of this person replaced; a text without any stays as it is."""
        return self._pattern.sub(GONE, _composed(text)) if self._pattern and self.named(text) else text

    def scrub_all(self, value: Any) -> Any:
        """Give plain JSON values with every text in them scrubbed; keys, and texts that are whole ids, stay."""
        if isinstance(value, str):
            return self.scrub(value)
        if isinstance(value, list):
            return [self.scrub_all(part) for part in value]
        if isinstance(value, Mapping):
            return {key: part if key in KEPT else self.scrub_all(part) for key, part in value.items()}
        return value


KEPT: Final = frozenset(
    {"id", "uid", "uids", "contact", "contacts", "dataset", "datasets", "meeting", "batch", "action", "cycle", "tzid", "rrule"}
)
"""The fields that hold ids and rules, never words."""


def rewrites_of(message: Message) -> list[Rewrite]:
    """Give what a message of way "change" tells, an empty list for any other."""
    return msgspec.json.decode(message.text, type=list[Rewrite]) if message.way == "change" and message.text else []


def _records(contact: Contact, book: Book) -> Iterator[Contact]:
    """Give the record as it stands, and as it stood before each change that undo remembers."""
    yield contact
    for message in book.messages.values():
        for rewrite in rewrites_of(message):
            if rewrite.kind == Contact.__name__ and rewrite.id == contact.id:
                for side in (0, 1):
                    values = msgspec.to_builtins(contact) | {name: pair[side] for name, pair in rewrite.fields.items()}
                    yield msgspec.convert(values, Contact)


def _invited(contact: Contact, book: Book) -> frozenset[str]:
    """Give the addresses at which the person was invited or written to."""
    invited = (one.email for meeting in book.meetings.values() for one in meeting.attendees if one.contact == contact.id)
    written = (one.email for one in book.deliveries.values() if one.contact == contact.id)
    return frozenset(email.lower() for email in (*invited, *written) if email)


def _name_pieces(name: str, contact: Contact, others: Iterable[Contact]) -> Iterator[str]:
    if contact.kind in ("service", "direction"):
        return  # the name of a department is nobody's
    words = name.split(" ")
    if len(words) < 2:
        yield rf"(?<!\w)(?:{re.escape(name)}|{re.escape(name.upper())})(?!\w)"
        return
    yield f"(?i:{_words(words)})"
    if contact.kind not in ("agent", "elu") and not contact.civility:
        return  # a body, not a person
    family = words[1:]
    yield f"(?i:{_words([*family, words[0]])})"
    yield _CIVILITY + f"(?i:{_words(family)})"
    shared = any(family[-1].casefold() in _composed(other.label).casefold() for other in others)
    if not shared and len(family[-1]) >= _SHORT:
        yield f"{_words(family)}|{_words([word.upper() for word in family])}"


def _words(words: Iterable[str]) -> str:
    """Match words in this order, whatever stands between them: blanks, hyphens, a comma."""
    return r"(?<!\w)" + r"[\s\u00a0,_.\-]+".join(re.escape(word) for word in words) + r"(?!\w)"


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _phone_piece(digits: str) -> str:
    """Match a number however it is cut, with 0 or +33 before it."""
    local = digits.removeprefix("0033").removeprefix("33") if len(digits) > 10 else digits.removeprefix("0")
    return rf"(?<!\d)(?:0|(?:\+|00)33{_GAP})?{_GAP}" + _GAP.join(local) + r"(?!\d)"
