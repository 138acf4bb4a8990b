"""Tables of text (CSV) as people export them: any separator, character set and order of columns."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from msgspec import Struct

from addin.core.errors import BadInput

T = TypeVar("T")
LARGEST = 10 * 1024 * 1024
MOST_ROWS = 20_000
_SEPARATORS = ";,\t"
_BINARY = {
    b"PK\x03\x04": "Ce fichier est un classeur (Excel ou LibreOffice)\u00a0: enregistrez-le au format CSV, puis importez ce CSV.",
    b"\xd0\xcf\x11\xe0": "Ce fichier est un classeur Excel ancien\u00a0: enregistrez-le au format CSV, puis importez ce CSV.",
    b"%PDF": "Ce fichier est un PDF\u00a0: un tableau au format CSV est attendu.",
}
_MARKS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


class Row(Struct, frozen=True):
    """Hold one row: the line it starts on (from 1) and its filled cells by column; `fault` says what is wrong with its shape."""

    line: int
    cells: Mapping[str, str]
    fault: str = ""


class Table(Struct, frozen=True):
    """Hold the rows that are not empty, and the headings that were not understood."""

    rows: tuple[Row, ...]
    ignored: tuple[str, ...] = ()


def read_table(raw: bytes, columns: Mapping[str, Iterable[str]], *, required: Iterable[str]) -> Table:
    """Read a CSV. `columns` gives, for each column, the headings that name it (case, accents and punctuation do not count).

    Accepts `,`, `;` and tab, UTF-8 with or without BOM, UTF-16 with BOM, Windows-1252, quoted line breaks, and Excel's first
    line `sep=;`. One of the `required` columns must be there. Raise BadInput for anything that is no such table.
    """
    text = _text(raw)
    lines, separator, skipped = _separated(text)
    reader = csv.reader(io.StringIO(lines, newline=""), delimiter=separator)
    names: list[str] | None = None
    ignored: list[str] = []
    rows: list[Row] = []
    end = 0
    try:
        for cells in reader:
            line, end = end + 1 + skipped, reader.line_num
            cells = [tidy(cell) for cell in cells]
            if not any(cells):
                continue
            if names is None:
                names, ignored = _headings(cells, columns, tuple(required))
                continue
            if len(rows) == MOST_ROWS:
                raise BadInput(f"Ce tableau dépasse {MOST_ROWS} lignes.")
            extra = any(cells[len(names) :])
            filled = {name: cell for name, cell in zip(names, cells, strict=False) if name and cell}
            rows.append(Row(line, filled, "Cette ligne a plus de cellules que l’en-tête." if extra else ""))
    except csv.Error:
        raise BadInput(f"Le tableau n’est pas lisible à partir de la ligne {end + 1 + skipped}\u00a0: vérifiez les guillemets.") from None
    if names is None:
        raise BadInput("Ce tableau est vide.")
    return Table(tuple(rows), tuple(ignored))


def heading(text: str) -> str:
    """Give the plain form of a heading: "Courriel du contact" and "courriel_du_contact" are one."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def tidy(cell: str) -> str:
    """Give a cell on one line, without invisible marks nor spaces around."""
    plain = _MARKS.sub("", unicodedata.normalize("NFC", cell).replace("\u00a0", " ").replace("\u202f", " "))
    return " ".join(plain.split())


def _text(raw: bytes) -> str:
    if len(raw) > LARGEST:
        raise BadInput("Ce fichier dépasse 10 Mo.")
    for start, words in _BINARY.items():
        if raw.startswith(start):
            raise BadInput(words)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    if b"\x00" in raw:
        raise BadInput("Ce fichier n’est pas un texte\u00a0: un tableau au format CSV est attendu.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _separated(text: str) -> tuple[str, str, int]:
    """Give the text to read, its separator, and how many lines were taken off (Excel's `sep=`)."""
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r'\s*"?sep=(.)"?\s*', first.rstrip("\r"), re.IGNORECASE)
    if told and told.group(1) in _SEPARATORS:
        return rest, told.group(1), 1
    head = next((line for line in text.splitlines() if line.strip(" ;,\t")), "")
    bare = re.sub(r'"[^"]*"', "", head)
    return text, max(_SEPARATORS, key=bare.count), 0


def _headings(cells: list[str], columns: Mapping[str, Iterable[str]], required: tuple[str, ...]) -> tuple[list[str], list[str]]:
    by_heading = {heading(known): column for column, headings in columns.items() for known in (column, *headings)}
    names = [by_heading.get(heading(cell), "") for cell in cells]
    for name in filter(None, names):
        if names.count(name) > 1:
            raise BadInput(f"Deux colonnes de l’en-tête veulent dire «\u00a0{name}\u00a0».", where=name)
    if not set(required) & set(names):
        wanted = " ou ".join(f"«\u00a0{next(iter(columns[column]), column)}\u00a0»" for column in required)
        raise BadInput(f"La première ligne doit nommer les colonnes\u00a0; il manque {wanted}.", where=required[0])
    return names, [cell[:60] for cell, name in zip(cells, names, strict=True) if cell and not name]


def read_rows(rows: Iterable[Row], read: Callable[[Row], T]) -> tuple[tuple[T, ...], tuple[tuple[int, str], ...]]:
    """Read each row with `read`: give what reads well, then (line from 1, French words) of each row at fault (its own, or BadInput)."""
    good: list[T] = []
    faults: list[tuple[int, str]] = []
    for row in rows:
        try:
            if row.fault:
                raise BadInput(row.fault)
            good.append(read(row))
        except BadInput as error:
            faults.append((row.line, error.message))
    return tuple(good), tuple(faults)
