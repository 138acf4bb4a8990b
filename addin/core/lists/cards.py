"""Address cards (vCard 2.1, 3.0 and 4.0, RFC 6350) as rows of a contact list."""

import re
from collections.abc import Iterator
from quopri import decodestring

from addin.core.errors import BadInput
from addin.core.lists.tables import LARGEST, MOST_ROWS, Row, tidy

_BEGIN = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*BEGIN:VCARD\s*$", re.IGNORECASE | re.MULTILINE)
_PROPERTY = re.compile(r"(?:[A-Za-z0-9-]+\.)?(?P<name>[A-Za-z0-9-]+)(?P<params>(?:;(?:[^:;\"]|\"[^\"]*\")*)*):(?P<value>.*)", re.DOTALL)
_PARTS = re.compile(r"(?:\\.|[^;\\])*(?:;|\Z)", re.DOTALL)
_CIVILITIES = frozenset({"m", "m.", "mr", "monsieur", "mme", "madame", "mlle", "mademoiselle"})


def is_card(raw: bytes) -> bool:
    """Tell whether the octets open with an address card."""
    return _BEGIN.match(raw[:2000]) is not None


def read_cards(raw: bytes) -> tuple[Row, ...]:
    """Give one row a card, under the columns of contact lists. Raise BadInput when the file is too large.

    Kept: FN (else N), EMAIL, TEL (the preferred, else the first), the last part of ORG, TITLE or ROLE, the prefix of N and
    GENDER as a civility, KIND. A card that is never closed is a fault of its row.
    """
    if len(raw) > LARGEST:
        raise BadInput("Ce fichier dépasse 10 Mo.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    rows: list[Row] = []
    card: dict[str, list[tuple[str, str]]] | None = None
    start = 0
    for line, name, params, value in _properties(text):
        if name == "BEGIN" and value.strip().upper() == "VCARD":
            if card is not None:
                rows.append(Row(start, {}, "Cette carte n’est pas fermée (END:VCARD)."))
            card, start = {}, line
        elif name == "END" and card is not None:
            rows.append(Row(start, _cells(card)))
            card = None
        elif card is not None:
            card.setdefault(name, []).append((params, value))
        if len(rows) > MOST_ROWS:
            raise BadInput(f"Ce fichier dépasse {MOST_ROWS} cartes.")
    if card is not None:
        rows.append(Row(start, {}, "Cette carte n’est pas fermée (END:VCARD)."))
    return tuple(rows)


def _properties(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Give (line, NAME, parameters, value) for each property, its folded lines joined (RFC 6350 §3.2)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    place = 0
    while place < len(lines):
        start = place
        pieces = [lines[place]]
        place += 1
        head = pieces[0].partition(":")[0].upper()
        soft = "QUOTED-PRINTABLE" in head
        while place < len(lines) and (lines[place][:1] in (" ", "\t") or (soft and pieces[-1].endswith("="))):
            if soft and pieces[-1].endswith("="):
                pieces[-1] = pieces[-1][:-1]
                pieces.append(lines[place])
            else:
                pieces.append(lines[place][1:])
            place += 1
        found = _PROPERTY.fullmatch("".join(pieces)) if len(pieces[0]) < 10_000 else None
        if found:
            params = found["params"].upper()
            value = found["value"]
            if soft:
                octets = decodestring(value.encode("utf-8"))
                value = octets.decode("utf-8", "replace") if "UTF-8" in params or octets.isascii() else octets.decode("cp1252", "replace")
            yield start + 1, found["name"].upper(), params, value


def _cells(card: dict[str, list[tuple[str, str]]]) -> dict[str, str]:
    name_parts = _parts(card["N"][0][1]) if "N" in card else []
    named = [name_parts[place] for place in (1, 2, 0) if place < len(name_parts)]
    prefix = name_parts[3] if len(name_parts) > 3 else ""
    gender = card["GENDER"][0][1][:1].upper() if "GENDER" in card else ""
    cells = {
        "name": _plain(card["FN"][0][1]) if "FN" in card else tidy(" ".join(named)),
        "email": "; ".join(tidy(_plain(value)).removeprefix("mailto:") for _, value in _preferred(card.get("EMAIL", []))),
        "phone": next((re.sub(r"^tel:", "", _plain(value), flags=re.IGNORECASE) for _, value in _preferred(card.get("TEL", []))), ""),
        "service": next((part for part in reversed(_parts(card["ORG"][0][1])) if part), "") if "ORG" in card else "",
        "role": next((_plain(card[name][0][1]) for name in ("TITLE", "ROLE") if name in card), ""),
        "title": prefix if prefix.casefold() in _CIVILITIES else {"F": "Mme", "M": "M."}.get(gender, ""),
    }
    kind = card["KIND"][0][1].strip().lower() if "KIND" in card else ""
    if kind == "org":
        cells["kind"] = "service"
    if cells["name"] == cells["service"]:
        cells["name"] = ""
    return {column: tidy(cell) for column, cell in cells.items() if tidy(cell)}


def _preferred(values: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted((pair for pair in values if pair[1].strip()), key=lambda pair: "PREF" not in pair[0])


def _parts(value: str) -> list[str]:
    return [tidy(_plain(part.removesuffix(";"))) for part in _PARTS.findall(value)[:50]]


def _plain(value: str) -> str:
    return re.sub(r"\\([\\,;nN:])", lambda found: " " if found.group(1) in "nN" else found.group(1), value).strip()
