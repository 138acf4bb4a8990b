"""The files inside a `winmail.dat` (TNEF, MS-OXTNEF), as Outlook sends them in its rich text format: their names, types and sizes.

Small and bounded on purpose: only what the list of files needs is read, and octets that are no TNEF give nothing.
"""

from collections.abc import Iterator
from struct import Struct as Layout
from struct import error as layout_error

from msgspec import Struct

_SIGNATURE = 0x223E9F78
_ATTRIBUTE = Layout("<BII")
_LONG = Layout("<I")
_PROPERTY = Layout("<HH")
_ATTACHMENT_STARTS = 0x69002
_TITLE = 0x18010
_DATA = 0x6800F
_PROPERTIES = 0x69005
_LONG_NAME = 0x3707
_MEDIA_TYPE = 0x370E
_FIXED = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_VARIABLE = frozenset({0x0D, 0x1E, 0x1F, 0x102})
_MOST_FILES = 100
_MOST_PROPERTIES = 300


class Inside(Struct):
    """Name one file inside: its name and media type (either may be empty) and its size in octets."""

    name: str = ""
    type: str = ""
    size: int = 0


def files_inside(octets: bytes) -> tuple[Inside, ...]:
    """Give the files that a TNEF holds, or none when the octets are no TNEF or are cut short before the first."""
    if len(octets) < 6 or _LONG.unpack_from(octets)[0] != _SIGNATURE:
        return ()
    found: list[Inside] = []
    for attribute, start, end in _attributes(octets):
        if attribute == _ATTACHMENT_STARTS:
            if len(found) == _MOST_FILES:
                break
            found.append(Inside())
        elif not found:
            continue
        elif attribute == _TITLE:
            found[-1].name = found[-1].name or octets[start : min(end, start + 1000)].partition(b"\0")[0].decode("cp1252", "replace")
        elif attribute == _DATA:
            found[-1].size = end - start
        elif attribute == _PROPERTIES:
            for number, value in _properties(octets[start : min(end, start + 200_000)]):
                if number == _LONG_NAME:
                    found[-1].name = value
                elif number == _MEDIA_TYPE:
                    found[-1].type = value.lower()
    return tuple(file for file in found if file.name or file.size)


def _attributes(octets: bytes) -> Iterator[tuple[int, int, int]]:
    place = 6
    while place + _ATTRIBUTE.size <= len(octets):
        _, attribute, length = _ATTRIBUTE.unpack_from(octets, place)
        start = place + _ATTRIBUTE.size
        end = start + length
        if end > len(octets):
            return
        yield attribute & 0xFFFFF, start, end
        place = end + 2


def _properties(octets: bytes) -> Iterator[tuple[int, str]]:
    """Give the text properties (MS-OXCDATA §2.11) of an attachment: number and value. What is not understood ends the reading."""
    try:
        (count,) = _LONG.unpack_from(octets)
        place = 4
        for _ in range(min(count, _MOST_PROPERTIES)):
            kind, number = _PROPERTY.unpack_from(octets, place)
            place += 4
            if number >= 0x8000:
                place = _after_name(octets, place + 16)
            values = 1
            if kind & 0x1000 or kind in _VARIABLE:
                (values,) = _LONG.unpack_from(octets, place)
                place += 4
            base = kind & 0xFFF
            if base in _FIXED:
                place += _FIXED[base] * values
                continue
            if base not in _VARIABLE or values > _MOST_PROPERTIES:
                return
            for _ in range(values):
                (length,) = _LONG.unpack_from(octets, place)
                data = octets[place + 4 : place + 4 + length]
                place += 4 + (length + 3) // 4 * 4
                if base in (0x1E, 0x1F):
                    yield number, data.decode("utf-16-le" if base == 0x1F else "cp1252", "replace").partition("\0")[0]
    except layout_error:
        return


def _after_name(octets: bytes, place: int) -> int:
    """Give the place after the name of a named property: a number, or a text."""
    kind, value = _LONG.unpack_from(octets, place)[0], _LONG.unpack_from(octets, place + 4)[0]
    return place + 8 + ((value + 3) // 4 * 4 if kind else 0)
