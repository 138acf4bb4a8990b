"""The time zones of received calendars: IANA and Windows names, and the VTIMEZONE that a calendar brings when its name is unknown."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

_CITIES: Final = {"Paris": "Europe/Paris", "Bruxelles": "Europe/Brussels", "Brussels": "Europe/Brussels"}
_FORM = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}")
_RULE = re.compile(
    r"FREQ=YEARLY(?:;(?:INTERVAL=1|WKST=[A-Z]{2}|BYMONTH=\d{1,2}|BYDAY=-?\d?[A-Z]{2}"
    r"|BYMONTHDAY=[\d,-]{1,40}|BYHOUR=\d{1,2}|BYMINUTE=\d{1,2}))*"
)


def named_zone(name: str) -> ZoneInfo | None:
    """Give the zone of a name, None when it is unknown.

    Known: IANA ("Europe/Paris"), also behind a maker's prefix ("/mozilla.org/20050126_1/Europe/Paris"), Windows ("Romance Standard
    Time"), and the long names of Outlook by a city in them.
    """
    found = WINDOWS_TO_OLSON.get(name.removesuffix(" 1"), name)
    parts = found.split("/")
    for tail in (found, "/".join(parts[-2:]), "/".join(parts[-3:])):
        if _FORM.fullmatch(tail):
            try:
                return ZoneInfo(tail)
            except (OSError, ValueError, KeyError):  # ZoneInfoNotFoundError is a KeyError; a folder's name gives an OSError
                continue
    return next((ZoneInfo(zone) for city, zone in _CITIES.items() if re.search(rf"\b{city}\b", name)), None)


def written_zone(lines: Sequence[str], local: datetime) -> tzinfo | None:
    """Give the fixed offset that a VTIMEZONE (its content lines, RFC 5545 §3.6.5) gives to the naive time `local`; None when it gives none.

    Of the rules only the yearly ones without odd parts are followed: all that calendars use, and they cannot run long.
    """
    best: tuple[datetime, timedelta] | None = None
    earliest: tuple[datetime, timedelta] | None = None
    for block in _blocks(lines):
        first, before, after = _time(block.get("DTSTART", "")), _offset(block.get("TZOFFSETFROM", "")), _offset(block.get("TZOFFSETTO", ""))
        if first is None or after is None:
            continue
        onset = _last_onset(first, block.get("RRULE", ""), local)
        if onset is not None and (best is None or onset > best[0]):
            best = (onset, after)
        if before is not None and (earliest is None or first < earliest[0]):
            earliest = (first, before)
    found = best or earliest
    return timezone(found[1]) if found else None


def _blocks(lines: Sequence[str]) -> Iterator[dict[str, str]]:
    block: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        key = name.partition(";")[0].upper()
        if key == "BEGIN":
            block = {}
        elif key == "END":
            yield block
        else:
            block.setdefault(key, value.strip().upper())


def _last_onset(first: datetime, rule: str, local: datetime) -> datetime | None:
    if not rule:
        return first if first <= local else None
    plain = re.sub(r";(?:UNTIL|COUNT)=[^;]*", "", rule)
    if not _RULE.fullmatch(plain):
        return None
    until = re.search(r"UNTIL=(\d{4})", rule)
    year = min(local.year, int(until[1])) if until else local.year
    # the rule is the same every year: begin just before, Outlook's zones start in 1601
    start = first.replace(year=max(first.year, year - 2), day=min(first.day, 28))
    try:
        return rrulestr(plain, dtstart=start).before(local, inc=True)
    except (ValueError, TypeError, OverflowError):
        return None


def _time(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - local onset time of a zone, naive by nature
    except ValueError:
        return None


def _offset(text: str) -> timedelta | None:
    match = re.fullmatch(r"([+-])(\d{2})(\d{2})(\d{2})?", text)
    if not match or int(match[2]) > 23 or int(match[3]) > 59:
        return None
    length = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return -length if match[1] == "-" else length
