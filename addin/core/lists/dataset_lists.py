"""Lists of data sets: each row of a table, checked, as values."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from addin.core.addresses import read_address
from addin.core.errors import BadInput
from addin.core.lists.tables import Row, read_rows, read_table

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "id": ("identifiant",),
        "title": ("titre", "jeu de données", "jeu", "nom du jeu de données"),
        "theme": ("thème", "thématique"),
        "level": ("niveau", "niveau de maturité"),
        "schema": ("schéma", "standard"),
        "service": ("service", "direction", "service producteur"),
        "contact_email": ("courriel du contact", "courriel", "e-mail", "mail", "adresse du contact"),
        "rank": ("rang", "priorité", "ordre"),
        "wanted": ("souhaité", "souhait", "retenu"),
        "published_url": ("url", "adresse de publication", "lien", "url de publication"),
    }
)
_YES = frozenset({"oui", "o", "yes", "y", "x", "1", "vrai", "true", "✓", "✔"})
_NO = frozenset({"non", "n", "no", "0", "faux", "false", "-"})
_ID = re.compile(r"[^\s/\\?#%<>\"']{1,100}")


class DatasetRow(Struct, frozen=True, kw_only=True):
    """Hold one row. Empty texts and None mean that the row says nothing of the field."""

    line: int
    title: str
    id: str = ""
    theme: str = ""
    level: int | None = None
    schema: str = ""
    service: str = ""
    contact_name: str = ""
    contact_email: str = ""
    rank: int | None = None
    wanted: bool | None = None
    published_url: str = ""


class DatasetList(Struct, frozen=True, kw_only=True):
    """Hold the good rows, what is wrong with the others (line, French sentence), and the headings that were not understood."""

    rows: tuple[DatasetRow, ...] = ()
    faults: tuple[tuple[int, str], ...] = ()
    ignored: tuple[str, ...] = ()


def read_datasets(raw: bytes) -> DatasetList:
    """Read a CSV of data sets (see `tables.read_table` for the forms accepted). Raise BadInput when it is no table."""
    table = read_table(raw, COLUMNS, required=("title",))
    rows, faults = read_rows(table.rows, _dataset)
    return DatasetList(rows=rows, faults=faults, ignored=table.ignored)


def _dataset(row: Row) -> DatasetRow:
    cells = row.cells
    title = cells.get("title", "")
    if not title:
        raise BadInput("Le titre manque.")
    if len(title) > 300:
        raise BadInput("Le titre est trop long\u00a0: 300 caractères au plus.")
    if any(len(cell) > 2000 for cell in cells.values()):
        raise BadInput("Une cellule est trop longue\u00a0: 2\u00a0000 caractères au plus.")
    id = cells.get("id", "")
    if id and (not _ID.fullmatch(id) or id in (".", "..")):
        raise BadInput("L’identifiant ne doit contenir ni espace ni barre oblique, et 100 caractères au plus.")
    address = read_address(cells["contact_email"], where="contact_email") if "contact_email" in cells else None
    return DatasetRow(
        line=row.line,
        title=title,
        id=id,
        theme=cells.get("theme", ""),
        level=_number(cells.get("level", ""), "Le niveau", 1, 5),
        schema=cells.get("schema", ""),
        service=cells.get("service", ""),
        contact_name=address.name if address else "",
        contact_email=address.email if address else "",
        rank=_number(cells.get("rank", ""), "Le rang", 0, 100_000),
        wanted=_answer(cells.get("wanted", "")),
        published_url=_url(cells.get("published_url", "")),
    )


def _number(cell: str, name: str, least: int, most: int) -> int | None:
    if not cell:
        return None
    found = re.fullmatch(r"(?:niveau |n° ?)?([0-9]{1,6})(?:[.,]0+)?", cell, re.IGNORECASE)
    if not found or not least <= int(found.group(1)) <= most:
        raise BadInput(f"{name} est un nombre de {least} à {most}\u00a0: «\u00a0{cell[:40]}\u00a0» n’en est pas un.")
    return int(found.group(1))


def _answer(cell: str) -> bool | None:
    if not cell:
        return None
    if cell.casefold() in _YES | _NO:
        return cell.casefold() in _YES
    raise BadInput(f"«\u00a0Souhaité\u00a0» attend oui ou non, pas «\u00a0{cell[:40]}\u00a0».")


def _url(cell: str) -> str:
    if cell and not re.fullmatch(r"https?://[^\s/<>\"]+\.?[^\s<>\"]*", cell, re.IGNORECASE):
        raise BadInput(f"L’adresse web «\u00a0{cell[:60]}\u00a0» doit commencer par https:// ou http://.")
    return cell
