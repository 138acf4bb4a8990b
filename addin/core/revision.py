"""A revision: what one change puts into the book, before it lands."""

import math
import re
from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

import msgspec

from addin.core.book import SHELVES, Book, Kept, Record
from addin.core.errors import BadInput
from addin.core.events import Event
from addin.core.organisation import Organisation

S = TypeVar("S", bound=Record | Event)


class Revision:
    """Revise one book: put records, append events, and see the book as it would then stand.

    This is the whole rule of a change; a provider of the logbook only says when it lands. What is put or appended is
    turned at once into what a store gives back (times with a fixed offset, tuples for lists), so that all providers
    give the same. `written` and `appended` hold what is new, in order; `written` names a record once, as last put.
    """

    def __init__(self, book: Book) -> None:
        self._book: Book | None = book
        self._organisation = book.organisation
        self._shelves: dict[str, dict[str, Kept]] = {}
        self._base = book
        self._event_ids: set[str] | None = None
        self._closed = False
        self.written: dict[tuple[type[Record], str], Record] = {}
        self.appended: list[Event] = []

    @property
    def book(self) -> Book:
        """Give the book with what was put and appended so far."""
        self._refuse_when_closed()
        if self._book is None:
            fields = {name: dict(shelf) for name, shelf in self._shelves.items()}
            events = self._base.events + tuple(self.appended)
            self._book = msgspec.structs.replace(self._base, organisation=self._organisation, events=events, **fields)
        return self._book

    def put(self, record: Record) -> None:
        """Write or rewrite one record (same id: replaced, its place kept). Raise BadInput when it cannot be kept."""
        self._refuse_when_closed()
        record = settle(record)
        self._book = None
        if isinstance(record, Organisation):
            self._organisation = record
            self.written[Organisation, ""] = record
            return
        if not record.id:
            raise BadInput("Une fiche sans identifiant ne peut pas être gardée.")
        name = SHELVES[type(record)]
        shelf = self._shelves.setdefault(name, dict(getattr(self._base, name)))
        shelf[record.id] = record
        self.written[type(record), record.id] = record

    def append(self, event: Event) -> None:
        """Add one event at the end. Raise BadInput when it cannot be kept or its id is taken."""
        self._refuse_when_closed()
        event = settle(event)
        if self._event_ids is None:
            self._event_ids = {known.id for known in self._base.events}
        if not event.id:
            raise BadInput("Un événement sans identifiant ne peut pas être gardé.")
        if event.id in self._event_ids:
            raise BadInput(f"L'événement «\u00a0{event.id}\u00a0» est déjà dans le journal.")
        self._event_ids.add(event.id)
        self.appended.append(event)
        self._book = None

    def close(self) -> None:
        """End the revision: any further use raises RuntimeError."""
        self._closed = True

    def _refuse_when_closed(self) -> None:
        if self._closed:
            raise RuntimeError("this change is over: open another one")


def settle(value: S) -> S:
    """Give the record or event as a store would give it back: every time with a fixed offset, every list a tuple.

    Raise BadInput when a store could not keep it: a field of the wrong type, a time without zone, a NUL, half of a
    surrogate pair (Python's mail parser yields those for raw 8-bit headers).
    """
    kind = type(value).__name__
    try:
        settled = msgspec.json.decode(msgspec.json.encode(value), type=type(value))
    except UnicodeEncodeError:
        raise BadInput(f"{_said(value)}\u00a0: un texte contient un caractère illisible (demi-codet isolé).", where=kind) from None
    except (msgspec.ValidationError, msgspec.EncodeError, TypeError, OverflowError) as error:
        place = re.search(r"`\$\.?([^`]*)`", str(error))
        field = f"le champ «\u00a0{place[1]}\u00a0»" if place and place[1] else "un champ"
        raise BadInput(f"{_said(value)}\u00a0: {field} n'a pas la forme attendue.", where=place[1] if place else kind) from None
    for name in value.__struct_fields__:
        if fault := _fault(getattr(value, name)):
            raise BadInput(f"{_said(value)}\u00a0: le champ «\u00a0{name}\u00a0» contient {fault}.", where=name)
    return settled


def _fault(value: object) -> str:
    """Say what a store could not keep in a value, whatever it holds."""
    if isinstance(value, str):
        return "un caractère nul" if "\0" in value else ""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime):
        return "une heure sans fuseau" if value.tzinfo is None else ""
    if isinstance(value, int):
        return "un nombre trop grand" if not -(2**63) <= value < 2**63 else ""
    if isinstance(value, float):
        return "" if math.isfinite(value) else "un nombre qui n'en est pas un"
    parts: Iterable[object] = ()
    if isinstance(value, tuple | list):
        parts = value
    elif isinstance(value, msgspec.Struct):
        parts = (getattr(value, name) for name in value.__struct_fields__)
    elif isinstance(value, dict):
        parts = (*value.keys(), *value.values())
    return next((fault for part in parts if (fault := _fault(part))), "")


def _said(value: Record | Event) -> str:
    if isinstance(value, Organisation):
        return "Le profil de la collectivité ne peut pas être gardé"
    noun = "L'événement" if isinstance(value, Event) else "La fiche"
    name = value.id.encode("ascii", "replace").decode() if isinstance(value.id, str) else ""
    return f"{noun} «\u00a0{name}\u00a0» ne peut pas être gardé{'' if isinstance(value, Event) else 'e'}"
