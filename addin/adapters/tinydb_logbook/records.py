"""Between documents of the file and records of the book."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeVar

import msgspec

from addin.adapters.tinydb_logbook.values import Document, Tables
from addin.core.book import SHELVES, Book, Kept, Record
from addin.core.events import Event
from addin.core.organisation import Organisation

S = TypeVar("S", bound=Record | Event)

KINDS: Mapping[str, type[Kept] | type[Event]] = {name: kind for kind, name in SHELVES.items()} | {"events": Event}
"""{table: what its documents are}; beside them stand `organisation` (one document) and `meta`."""


class Reading(NamedTuple):
    """What the tables say: the book, where each record stands ({(table, id): number}), and the faults in French."""

    book: Book
    numbers: dict[tuple[str, str], int]
    faults: tuple[str, ...]


def read_tables(tables: Tables) -> Reading:
    """Read a whole file. What is at fault is left out of the book and told in `faults`."""
    numbers: dict[tuple[str, str], int] = {}
    faults: list[str] = []
    found: dict[str, dict[str, Any]] = {}
    for table, kind in KINDS.items():
        shelf = found.setdefault(table, {})
        for number, document in sorted(tables.get(table, {}).items(), key=_number):
            value = _read(document, kind, table, number, faults)
            if value is None:
                continue
            if not value.id:
                faults.append(f"{_place(table, number)}\u00a0: l'identifiant est vide.")
            elif value.id in shelf:
                faults.append(f"{_place(table, number)}\u00a0: l'identifiant «\u00a0{value.id}\u00a0» est déjà pris.")
            else:
                shelf[value.id] = value
                numbers[table, value.id] = int(number)
    organisation = Organisation()
    for number, document in sorted(tables.get("organisation", {}).items(), key=_number):
        if ("organisation", "") in numbers:
            faults.append(f"{_place('organisation', number)}\u00a0: il y a plus d'un profil.")
        else:
            numbers["organisation", ""] = int(number)
            organisation = _read(document, Organisation, "organisation", number, faults) or organisation
    book = Book(organisation=organisation, events=tuple(found.pop("events").values()), **found)
    return Reading(book, numbers, tuple(faults))


def table_of(record: Record) -> tuple[str, str]:
    """Give the table of a record and its id there (empty for the organisation)."""
    return ("organisation", "") if isinstance(record, Organisation) else (SHELVES[type(record)], record.id)


def document_of(value: Record | Event, old: Mapping[str, Any] | None = None) -> Document:
    """Give the document of a record or event; what the old document holds beyond our fields is kept."""
    document: Document = msgspec.to_builtins(value)
    if old is None:
        return document
    return document | {key: item for key, item in old.items() if key not in value.__struct_fields__}


def _read(document: Document, kind: type[S], table: str, number: str, faults: list[str]) -> S | None:
    try:
        return msgspec.convert(document, kind, strict=False)
    except msgspec.ValidationError as error:
        place = re.search(r"`\$\.?([^`]*)`", str(error)) or re.search(r"required field `([^`]*)`", str(error))
        field = f"le champ «\u00a0{place[1]}\u00a0»" if place and place[1] else "un champ"
        name = f" («\u00a0{document['id']}\u00a0»)" if isinstance(document.get("id"), str) else ""
        faults.append(f"{_place(table, number)}{name}\u00a0: {field} manque ou n'a pas la forme attendue.")
        return None


def _place(table: str, number: str) -> str:
    return f"Table «\u00a0{table}\u00a0», fiche n° {number}"


def _number(item: tuple[str, Document]) -> int:
    return int(item[0])
