"""Read the text of a `stage.toml` or `blanks.toml`: entries with their lines, and what is wrong with them."""

import re
import tomllib
from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from addin.core.stages import Fault

MAX_SHEET = 256 * 1024

Key = tuple[object, ...]
_KINDS: Mapping[type, str] = MappingProxyType(
    {str: "un texte entre guillemets", int: "un nombre entier", bool: "true ou false", list: "une liste de textes"}
)


class Table(Struct, frozen=True):
    """Say what a kind of entry holds: the keys that name it, and the type of each key."""

    named_by: tuple[str, ...]
    types: Mapping[str, type]


TABLES: Mapping[str, Table] = MappingProxyType(
    {
        "letters": Table(("id",), {"id": str, "title": str, "subject": str, "when": str, "attachments": list}),
        "blanks": Table(("name",), {"name": str, "label": str, "type": str, "required": bool, "example": str, "help": str, "source": str}),
        "links": Table(("label",), {"label": str, "url": str}),
        "meetings": Table(("kind", "step"), {"kind": str, "title": str, "minutes": int, "step": int, "aim": str, "agenda": list}),
        "attachments": Table(("name",), {"name": str, "title": str}),
    }
)
WORDS: Mapping[str, type] = MappingProxyType({"title": str, "goal": str, "audience": str, "todo": list})
_DEFAULTS: Mapping[str, object] = MappingProxyType({"step": 0})


class Entry(Struct, frozen=True):
    """Hold one entry and where it was written: `line` of its header, `lines` of its keys."""

    file: str
    line: int
    values: Mapping[str, object]
    lines: Mapping[str, int] = {}

    def line_of(self, key: str) -> int:
        """Give the line of a key, or that of the entry."""
        return self.lines.get(key, self.line)


class Sheet(Struct, frozen=True):
    """Hold what a sheet says: its own words, and its entries by table and by what names them."""

    words: Entry
    entries: Mapping[str, Mapping[Key, Entry]]


def decode(file: str, raw: bytes) -> tuple[str, tuple[Fault, ...]]:
    """Read UTF-8 (a BOM and any line ends accepted). A bad octet gives an empty text and a fault on its line."""
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"), ()
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        return "", (Fault(file=file, line=line, message="Ce fichier n’est pas en UTF-8\u00a0: enregistrez-le en UTF-8."),)


def read_sheet(file: str, raw: bytes, tables: tuple[str, ...] = tuple(TABLES)) -> tuple[Sheet, tuple[Fault, ...]]:
    """Read a sheet that may hold `tables`. An entry at fault is left out, its fault told; an unreadable sheet is empty."""
    empty = Sheet(Entry(file, 0, {}), {})
    if len(raw) > MAX_SHEET:
        return empty, (Fault(file=file, line=0, message="Ce fichier dépasse 256\u00a0Ko."),)
    text, bad = decode(file, raw)
    if bad:
        return empty, bad
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        place = re.search(r"line (\d+), column (\d+)", str(fault))
        line = int(place[1]) if place else text.count("\n") + 1
        return empty, (
            Fault(
                file=file,
                line=line,
                message="TOML illisible ici\u00a0: vérifiez les guillemets, les crochets et les signes «\u00a0=\u00a0».",
            ),
        )
    return _Reader(file, text, tables).sheet(data)


class _Reader:
    def __init__(self, file: str, text: str, tables: tuple[str, ...]) -> None:
        self._file, self._tables = file, tables
        self._lines = _line_numbers(text)
        self._faults: list[Fault] = []

    def sheet(self, data: Mapping[str, object]) -> tuple[Sheet, tuple[Fault, ...]]:
        allowed = WORDS if "letters" in self._tables else {}
        lines = self._lines.get(("", 0), (0, {}))[1]
        own = {key: value for key, value in data.items() if key not in self._tables}
        words = Entry(
            self._file, 0, {key: value for key, value in own.items() if self._right(key, value, allowed, lines.get(key, 0))}, lines
        )
        entries = {table: self._entries(table, data[table]) for table in self._tables if table in data}
        return Sheet(words, entries), tuple(self._faults)

    def _entries(self, name: str, rows: object) -> dict[Key, Entry]:
        table = TABLES[name]
        found: dict[Key, Entry] = {}
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self._fault(self._lines.get((name, 0), (0, {}))[0], f"«\u00a0{name}\u00a0» s’écrit [[{name}]], une fois par entrée.")
            return found
        for rank, row in enumerate(rows):
            line, lines = self._lines.get((name, rank), (0, {}))
            before = len(self._faults)
            for key, value in row.items():
                self._right(key, value, table.types, lines.get(key, line))
            for key in table.named_by:
                if key not in row and key not in _DEFAULTS:
                    self._fault(line, f"[[{name}]]\u00a0: il manque «\u00a0{key}\u00a0».")
            if len(self._faults) > before:
                continue
            key = tuple(row.get(part, _DEFAULTS.get(part)) for part in table.named_by)
            if key in found:
                self._fault(line, f"[[{name}]]\u00a0: «\u00a0{key[0]}\u00a0» est déjà déclaré ligne {found[key].line}.")
                continue
            found[key] = Entry(self._file, line, row, lines)
        return found

    def _right(self, key: str, value: object, types: Mapping[str, type], line: int) -> bool:
        kind = types.get(key)
        if kind is None:
            known = f" Clés connues\u00a0: {', '.join(types)}." if types else ""
            self._fault(line, f"Clé inconnue\u00a0: «\u00a0{key}\u00a0».{known}")
            return False
        fits = isinstance(value, kind) and (kind is not int or not isinstance(value, bool))
        if fits and isinstance(value, list):
            fits = all(isinstance(item, str) for item in value)
        if not fits:
            self._fault(line, f"«\u00a0{key}\u00a0» attend {_KINDS[kind]}.")
        return fits

    def _fault(self, line: int, message: str) -> None:
        self._faults.append(Fault(file=self._file, line=line, message=message))


def _line_numbers(text: str) -> dict[tuple[str, int], tuple[int, dict[str, int]]]:
    """Find where each entry and each key stands: (table, rank) → (line of the header, key → line); ("", 0) is the top of the sheet."""
    found: dict[tuple[str, int], tuple[int, dict[str, int]]] = {("", 0): (0, {})}
    keys = found["", 0][1]
    ranks: dict[str, int] = {}
    inside = ""
    for number, line in enumerate(text.split("\n"), 1):
        if inside:
            inside = "" if inside in line else inside
            continue
        header = re.match(r"\s*\[\[?\s*[\"']?([\w-]+)[\"']?\s*\]\]?\s*(?:#.*)?$", line)
        key = re.match(r"\s*[\"']?([\w-]+)[\"']?\s*(?:=|\.)", line)
        if header:
            rank = ranks.get(header[1], 0)
            ranks[header[1]] = rank + 1
            keys = {}
            found[header[1], rank] = (number, keys)
        elif key:
            keys.setdefault(key[1], number)
        for quotes in ('"""', "'''"):
            if line.count(quotes) % 2:
                inside = quotes
    return found
