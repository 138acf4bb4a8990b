"""Lines of attribution above a quote: `Le … a écrit :`, `On … wrote:`, Nextcloud's `"Nom" adresse – date`."""

import re
from collections.abc import Sequence

from addin.core.reading.lines import Line, plain

_WROTE = r"(?<!\bnous)(?<!\bvous)(?<!\blui)(?<!\bm')\s(?:a\s[ée]crit|wrote|writes)"
_DATED = re.compile(rf"(?:le|on|en date d[eu]|du)\s.{{4,400}}?{_WROTE}\s?:", re.IGNORECASE)
_VERB = re.compile(r"crit|wr[io]te", re.IGNORECASE)
_DATED_START = re.compile(r"(?:le|on|en date d[eu]|du)\s.*\d", re.IGNORECASE)
_NAMED = re.compile(rf"[^.?!]{{2,150}}{_WROTE}(?:\s(?:le|on|[àa])\s.{{4,60}}|\s\(.{{4,60}}\))?\s?:", re.IGNORECASE)
_BY_ADDRESS = re.compile(
    r"(?:\d{4}-\d\d-\d\d \d{1,2}:\d\d .{0,100}|(?:selon|quoting|citando) .{0,100})<[^<>\s]+@[^<>\s]+>\s?:|quoting [^.?!:]{2,100}:",
    re.IGNORECASE,
)
_NEXTCLOUD = re.compile(r"\"?[^@]{0,200}\S+@\S+\s+[–-]\s.{4,60}\d{1,2}:\d{2}.{0,20}")
_HOUR = re.compile(r"\d{1,2} ?[:h] ?\d{2}")
_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+")


def attribution_at(lines: Sequence[Line], place: int) -> tuple[int, bool]:
    """Give how many lines the attribution at `place` takes (0: none, up to 4) and whether it is sure by itself.

    Sure = a date with an hour, or an address: what follows is quoted even when no line is prefixed. The others need a quote below.
    """
    first = plain(lines[place].text)
    if not first or len(first) > 600:
        return 0, False
    if _NEXTCLOUD.fullmatch(first) or _BY_ADDRESS.fullmatch(first):
        return 1, False
    if _DATED_START.match(first) and any(_VERB.search(line.text) for line in lines[place : place + 4]):
        whole = ""
        depth = lines[place].depth
        for length in range(1, min(4, len(lines) - place) + 1):
            line = lines[place + length - 1]
            if line.depth != depth:
                break
            whole = f"{whole} {plain(line.text)}".strip()
            if _DATED.fullmatch(whole):
                return length, bool(_HOUR.search(whole) or _ADDRESS.search(whole))
    return (1, False) if _NAMED.fullmatch(first) else (0, False)
