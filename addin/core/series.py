"""Series: the rule of a meeting that comes back (RFC 5545 §3.3.10), read from words or from an RRULE, and its dates.

A rule is counted in local time: a club at 14:00 stays at 14:00 when summer time begins.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from itertools import islice, takewhile
from typing import Final

from dateutil.rrule import rrulestr
from msgspec import Struct

from addin.core.errors import BadInput
from addin.core.organisation import Organisation
from addin.core.timezones import localise, zone_of
from addin.core.working_days import WorkingDays

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_DATES: Final = 400

_EXAMPLES = "«\u00a0premier jeudi\u00a0», «\u00a02e mardi\u00a0», «\u00a0toutes les deux semaines\u00a0», «\u00a0first thursday\u00a0»"
_KEYS = ("FREQ", "UNTIL", "COUNT", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST")
_FORMS = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "UNTIL": r"\d{8}(T\d{6}Z?)?",
    "COUNT": r"[1-9]\d{0,2}",
    "INTERVAL": r"[1-9]\d?",
    "BYDAY": r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU))*",
    "BYMONTHDAY": r"-?([1-9]|[12]\d|3[01])(,-?([1-9]|[12]\d|3[01]))*",
    "BYMONTH": r"([1-9]|1[0-2])(,([1-9]|1[0-2]))*",
    "BYSETPOS": r"-?[1-9]\d?(,-?[1-9]\d?)*",
    "WKST": r"MO|TU|WE|TH|FR|SA|SU",
}

_ORDINALS = {
    word: number
    for number, words in {
        1: "first 1st premier premiere premiers premieres 1er 1ere",
        2: "second 2nd deuxieme deuxiemes seconde seconds 2e 2eme 2nde",
        3: "third 3rd troisieme troisiemes 3e 3eme",
        4: "fourth 4th quatrieme quatriemes 4e 4eme",
        -1: "last dernier derniere derniers",
    }.items()
    for word in words.split()
}
_WEEKDAYS = {
    word: day
    for day, words in {
        "MO": "monday mondays lundi lundis",
        "TU": "tuesday tuesdays mardi mardis",
        "WE": "wednesday wednesdays mercredi mercredis",
        "TH": "thursday thursdays jeudi jeudis",
        "FR": "friday fridays vendredi vendredis",
    }.items()
    for word in words.split()
}
_NUMBERS = {"two": 2, "deux": 2, "2": 2, "other": 2, "three": 3, "trois": 3, "3": 3, "four": 4, "quatre": 4, "4": 4, "six": 6, "6": 6}
_UNITS = {
    word: unit
    for unit, words in {
        ("WEEKLY", 1): "week weeks semaine semaines weekly hebdomadaire",
        ("WEEKLY", 2): "fortnight fortnightly quinzaine",
        ("MONTHLY", 1): "month months mois monthly mensuel mensuelle",
        ("MONTHLY", 3): "quarter quarterly trimestre trimestres trimestriel trimestrielle",
    }.items()
    for word in words.split()
}
_FILLER_WORDS = "every each chaque tous toutes les le la du de des of the on in a un une par sur et and"
_FILLERS = frozenset(_FILLER_WORDS.split())


class Series(Struct, frozen=True, kw_only=True):
    """Hold a series ready to be called: its first date (aware, local), its RRULE and the dates left out (aware, local)."""

    start: datetime
    rrule: str
    exdates: tuple[datetime, ...] = ()


def parse_every(text: str) -> str:
    """Read a rhythm in French or English words and give the RRULE it means, without an end.

    "first thursday" and "premier jeudi du mois" → `FREQ=MONTHLY;BYDAY=1TH`; "every two weeks" → `FREQ=WEEKLY;INTERVAL=2`;
    "un mardi sur deux" → `FREQ=WEEKLY;INTERVAL=2;BYDAY=TU`; "chaque mois" → `FREQ=MONTHLY` (its day follows from the first date).
    Raise BadInput for anything else.
    """
    refused = BadInput(f"Le rythme «\u00a0{text[:60]}\u00a0» n’est pas compris. Écrivez par exemple {_EXAMPLES}.", where="every")
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    words = re.findall(r"[a-z0-9]+", re.sub(r"\b(quinze|15) jours\b", "quinzaine", bare))
    ordinals = [_ORDINALS[word] for word in words if word in _ORDINALS]
    days = list(dict.fromkeys(_WEEKDAYS[word] for word in words if word in _WEEKDAYS))
    numbers = [_NUMBERS[word] for word in words if word in _NUMBERS]
    units = [_UNITS[word] for word in words if word in _UNITS]
    known = _ORDINALS.keys() | _WEEKDAYS.keys() | _NUMBERS.keys() | _UNITS.keys() | _FILLERS
    if not known.issuperset(words) or not (days or units) or len(units) > 1 or len(numbers) > 1:
        raise refused
    frequency, interval = units[0] if units else ("MONTHLY" if ordinals else "WEEKLY", 1)
    if (ordinals and (len(days) != 1 or frequency != "MONTHLY")) or (days and not ordinals and frequency != "WEEKLY"):
        raise refused
    interval *= numbers[0] if numbers else 1
    rule = f"FREQ={frequency}" + (f";INTERVAL={interval}" if interval > 1 else "")
    if days:
        rule += ";BYDAY=" + ",".join([f"{n}{days[0]}" for n in ordinals] or days)
    return rule


def read_rule(text: str, start: datetime) -> str:
    """Read an RRULE (RFC 5545 §3.3.10), check it and give it in canonical form.

    `start` is the aware local first date. A local or whole-day UNTIL is turned into the UTC instant that a DTSTART with TZID
    demands. Refused (BadInput): an unknown part, a rhythm faster than daily, more than 999 dates, a first date outside the rule.
    """
    parts: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").rstrip(";").split(";"):
        key, _, value = part.partition("=")
        key, value = key.strip(), value.replace(" ", "")
        if key not in _FORMS or key in parts or not re.fullmatch(_FORMS[key], value):
            raise BadInput(
                f"La règle de répétition n’est pas lisible à «\u00a0{part[:40]}\u00a0». Exemple\u00a0: FREQ=MONTHLY;BYDAY=1TH;COUNT=12.",
                where="rrule",
            )
        parts[key] = value
    if "FREQ" not in parts or {"COUNT", "UNTIL"} <= parts.keys():
        raise BadInput("Une règle de répétition commence par FREQ=… et finit par COUNT ou par UNTIL, pas les deux.", where="rrule")
    if "UNTIL" in parts:
        parts["UNTIL"] = _until_utc(parts["UNTIL"], start)
    rule = ";".join(f"{key}={parts[key]}" for key in _KEYS if key in parts)
    try:
        first = next(occurrences(start, rule), None)
    except ValueError:
        first = None
    if first != start:
        told = f"\u00a0; la première qui la suit est le {first:%d/%m/%Y}" if first else ""
        raise BadInput(f"La première date, le {start:%d/%m/%Y}, ne suit pas la règle {rule}{told}.", where="rrule")
    return rule


def _until_utc(value: str, start: datetime) -> str:
    """Give UNTIL as a UTC instant: a whole day ends at its last second, a time without Z is local."""
    try:
        moment = datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S" if "T" in value else "%Y%m%d")  # noqa: DTZ007 - zone set below
    except ValueError:
        raise BadInput("La date de fin de la règle (UNTIL) n’existe pas.", where="rrule") from None
    if "T" not in value:
        moment = datetime.combine(moment.date(), time(23, 59, 59))
    return moment.replace(tzinfo=UTC if value.endswith("Z") else start.tzinfo).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def occurrences(start: datetime, rrule: str, exdates: Sequence[datetime] = (), *, until: datetime | None = None) -> Iterator[datetime]:
    """Give the dates of a series in order, aware and in the zone of `start`, up to `until` and never more than 400.

    Without `rrule` there is one date. The rule is one that `read_rule` or `club_rule` gave.
    """
    if not rrule:
        dates = iter((start,))
    else:
        zone, local = start.tzinfo, rrule
        if match := re.search(r"UNTIL=(\d{8}T\d{6}Z)", rrule):
            end = datetime.strptime(match[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).astimezone(zone)
            local = rrule.replace(match[1], end.strftime("%Y%m%dT%H%M%S"))
        dates = (moment.replace(tzinfo=zone) for moment in rrulestr(local, dtstart=start.replace(tzinfo=None)))
    if until is not None:
        dates = takewhile(lambda moment: moment <= until, dates)
    left_out = {moment.astimezone(UTC) for moment in exdates}
    return (moment for moment in islice(dates, MOST_DATES) if moment.astimezone(UTC) not in left_out)


def closed_dates(start: datetime, rrule: str, organisation: Organisation, *, until: datetime | None = None) -> tuple[datetime, ...]:
    """Give the dates of a series that fall on a weekend, a public holiday or a closed school day of the organisation."""
    days = WorkingDays(organisation, school=True)
    return tuple(moment for moment in occurrences(start, rrule, until=until) if days.closed(moment.date()))


def club_rule(every: str, start: datetime, until: date, organisation: Organisation) -> Series:
    """Turn a rhythm in words into a series with its exceptions.

    `every` is read by `parse_every`; `start` gives the hour and the day from which to look (naive = local time of the
    organisation); `until` is the last day allowed, included. The series begins on the first open date of the rhythm; the closed
    ones (public holidays, school holidays when the profile counts them) become `exdates`. Raise BadInput when no date is left.
    """
    start = localise(start, zone_of(organisation))
    rule = parse_every(every)
    if rule.startswith("FREQ=MONTHLY") and "BYDAY" not in rule:
        nth = (start.day - 1) // 7 + 1
        rule += f";BYDAY={nth if nth < 5 else -1}{DAYS[start.weekday()]}"
    end = datetime.combine(until, time(23, 59, 59), tzinfo=start.tzinfo)
    days = WorkingDays(organisation, school=True)
    first = next((moment for moment in occurrences(start, rule, until=end) if days.open(moment.date())), None)
    if first is None:
        raise BadInput(f"Aucune date ouverte ne suit ce rythme entre le {start:%d/%m/%Y} et le {until:%d/%m/%Y}.", where="until")
    dates = list(occurrences(first, rule, until=end))
    closed = [days.closed(moment.date()) != "" for moment in dates]
    while closed[-1]:  # a series that ends on an exception is one date shorter
        closed.pop()
        dates.pop()
    return Series(
        start=first,
        rrule=f"{rule};COUNT={len(dates)}",
        exdates=tuple(moment for moment, shut in zip(dates, closed, strict=True) if shut),
    )
