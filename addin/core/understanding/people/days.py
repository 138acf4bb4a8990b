"""Days written in French or English inside a sentence: "12 mars", "1er janvier", "04/01", "4.1.27", "7 janv.", "January 4"."""

import datetime as dt
import re
from collections.abc import Mapping

from msgspec import Struct

_MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january",
            "fevrier fevr fev feb february",
            "mars mar march",
            "avril avr apr april",
            "mai may",
            "juin jun june",
            "juillet juil jul july",
            "aout aug august",
            "septembre sept sep september",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = (
    r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam|dim|monday|tuesday|wednesday"
    r"|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri)\.?,? )?"
)
_YEAR = r"(?:[ ,]{1,2}(?P<{0}y>20\d\d)\b)?"

# A day, its groups numbered by a prefix so that a pattern may hold two of them. Read from bare text (no accents, lower case).
_DAY = (
    _WEEKDAY
    + r"(?:(?:the )?(?P<{0}d>\d{{1,2}})(?:er|re|st|nd|rd|th)? (?:of )?(?P<{0}m>"
    + _MONTH
    + r")\b\.?"
    + _YEAR
    + r"|(?P<{0}em>"
    + _MONTH
    + r")\b\.? (?P<{0}ed>\d{{1,2}})(?:st|nd|rd|th)?(?![\d/])(?:[ ,]{{1,2}}(?P<{0}ey>20\d\d)\b)?"
    + r"|(?P<{0}iy>20\d\d)-(?P<{0}im>\d\d)-(?P<{0}id>\d\d)"
    + r"|(?P<{0}nd>\d{{1,2}}) ?[/.-] ?(?P<{0}nm>\d{{1,2}})(?: ?[/.-] ?(?P<{0}ny>20\d\d|\d\d)(?!\d))?(?![\d/]))"
)
_FAR = dt.timedelta(days=330)


class Day(Struct, frozen=True):
    """Hold a day as written: the year is 0 when it is not said."""

    day: int
    month: int
    year: int


def day_pattern(prefix: str) -> str:
    """Give the pattern of a day in bare text; `prefix` names its groups, so that a pattern may hold several days."""
    return _DAY.replace("{0}", prefix).replace("{{", "{").replace("}}", "}")


def day_of(match: re.Match[str], prefix: str) -> Day:
    """Give the day that a match of `day_pattern(prefix)` found."""
    said = match.groupdict()

    def number(name: str) -> int:
        value = said.get(prefix + name)
        return int(value) if value else 0

    if number("d"):
        return Day(number("d"), _MONTHS[said[prefix + "m"] or ""], number("y"))
    if number("ed"):
        return Day(number("ed"), _MONTHS[said[prefix + "em"] or ""], number("ey"))
    if number("iy"):
        return Day(number("id"), number("im"), number("iy"))
    year = number("ny")
    day, month = number("nd"), number("nm")
    # Day first; only an impossible month says that the month was written first.
    if month > 12 >= day:
        day, month = month, day
    return Day(day, month, year + 2000 if 0 < year < 100 else year)


def dated(day: Day, on: dt.date | None) -> dt.date | None:
    """Give the date of a day as written in a mail of the date `on`.

    Without a year, it is the first such day on or after `on`; nearly a year ahead means that it was just before, and gives None, as does a
    day that does not exist or, without `on`, a year that is not said.
    """
    if day.year:
        return _date(day.year, day.month, day.day)
    if on is None:
        return None
    for year in range(on.year, on.year + 5):
        found = _date(year, day.month, day.day)
        if found is not None and found >= on:
            return found if found - on <= _FAR else None
    return None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
