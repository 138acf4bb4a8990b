"""The day that a promise names: "d'ici vendredi", "avant la fin du mois", "le 12/12", counted from the date of the mail."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from addin.core.understanding.lexicon import rule

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv january jan",
            "fevrier fevr fev february feb",
            "mars march",
            "avril avr april",
            "mai may",
            "juin june",
            "juillet juil july",
            "aout august aug",
            "septembre sept september",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_DAYS = {
    name: number
    for number, names in enumerate(
        (
            "lundi monday",
            "mardi tuesday",
            "mercredi wednesday",
            "jeudi thursday",
            "vendredi friday",
            "samedi saturday",
            "dimanche sunday",
        )
    )
    for name in names.split()
}
_NUMBERS = {
    name: number
    for number, name in enumerate(
        ("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze"), start=1
    )
} | {
    "une": 1,
    "quinze": 15,
    "seize": 16,
    "vingtaine": 20,
    "dizaine": 10,
    "quinzaine": 15,
    "huitaine": 8,
    "trente": 30,
    "vingt": 20,
    "quarante": 40,
}
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DAY = rf"(?P<day>{'|'.join(_DAYS)})"

# A day without a year that comes back only in ten months has just gone by: it tells the past, not a promise.
_FAR = timedelta(days=300)

Reading = Callable[[re.Match[str], date], date | None]


def _whole(found: re.Match[str], on: date) -> date | None:
    """Read a day and a month: without a year, the first such day on or after the mail; a day long gone is no promise."""
    day, month = int(found["d"]), _MONTHS[found["month"]] if "month" in found.groupdict() else int(found["m"])
    year = found["year"]
    return _dated(day, month, int(year) + (2000 if len(year) == 2 else 0) if year else None, on)


def _dated(day: int, month: int, year: int | None, on: date) -> date | None:
    for candidate in (year,) if year else (on.year, on.year + 1):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if on <= found <= on + _FAR:
            return found
    return None


def _weekday(found: re.Match[str], on: date) -> date | None:
    ahead = (_DAYS[found["day"]] - on.weekday() - 1) % 7 + 1
    week = found["week"] or ""
    if "huit" in week:
        ahead += 7
    elif week:
        ahead = 7 - on.weekday() + _DAYS[found["day"]]
    return on + timedelta(days=ahead)


def _day_only(found: re.Match[str], on: date) -> date | None:
    day = int(found["d"])
    for ahead in range(3):
        year, month = on.year + (on.month + ahead - 1) // 12, (on.month + ahead - 1) % 12 + 1
        if 1 <= day <= monthrange(year, month)[1] and date(year, month, day) >= on:
            return date(year, month, day)
    return None


def _month(found: re.Match[str], on: date) -> date | None:
    month = _MONTHS[found["month"]]
    year = int(found["year"]) if found["year"] else on.year + (month < on.month)
    part = found["part"] or ""
    day = 10 if part.startswith(("debut", "early")) else 15 if part.startswith(("mi", "moitie")) else monthrange(year, month)[1]
    return _dated(day, month, year, on) or _dated(monthrange(year, month)[1], month, year, on)


def _count(found: re.Match[str], on: date) -> date | None:
    words = found["count"]
    count = int(words) if words.isdigit() else _NUMBERS.get(words, 1)
    unit = found["unit"]
    if unit.startswith(("heure", "h", "min", "hour")):
        return on + timedelta(days=count // 24)
    if unit.startswith(("sem", "week")):
        return on + timedelta(weeks=count)
    if unit.startswith(("mois", "month")):
        return on + timedelta(days=round(30.4 * count))
    return on + timedelta(days=count)


def _end_of_month(on: date, ahead: int = 0) -> date:
    year, month = on.year + (on.month + ahead - 1) // 12, (on.month + ahead - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def _friday(on: date, ahead: int = 0) -> date:
    return on + timedelta(days=(4 - on.weekday()) % 7 if not ahead else 7 * ahead + 4 - on.weekday())


def _week(found: re.Match[str], on: date) -> date | None:
    """Read the number of a week (ISO 8601): its Friday, this year or the next."""
    number = int(found["number"])
    for year in (on.year, on.year + 1):
        try:
            day = date.fromisocalendar(year, number, 5)
        except ValueError:
            continue
        if day >= on:
            return day
    return None


def _fixed(days: Callable[[date], date]) -> Reading:
    return lambda _found, on: days(on)


_READINGS: tuple[tuple[re.Pattern[str], Reading], ...] = (
    (rule(rf"\b(?P<d>\d{{1,2}}) ?(?:er|eme|e|st|nd|rd|th)?\s(?:of )?{_MONTH}(?:\s(?P<year>20\d\d))?"), _whole),
    (rule(rf"\b{_MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<year>20\d\d))?"), _whole),
    (rule(r"(?<![\d/.-])(?P<d>\d{1,2})[/.](?P<m>\d{1,2})(?:[/.](?P<year>20\d\d|\d\d))?(?![\d/.]*\d)"), _whole),
    (rule(r"\b(?P<d>\d{1,2})-(?P<m>\d{1,2})-(?P<year>20\d\d)\b"), _whole),
    (rule(r"\b(?P<year>20\d\d)-(?P<m>\d{2})-(?P<d>\d{2})\b"), _whole),
    (rule(r"\bsemaine (?P<number>\d{1,2})\b|\bs(?P<other>\d{2})\b(?!\d)"), lambda found, on: _week(found, on) if found["number"] else None),
    (rule(r"\b(?:apres-demain|apres demain|day after tomorrow)\b"), _fixed(lambda on: on + timedelta(days=2))),
    (rule(r"\b(?:demain|tomorrow)\b"), _fixed(lambda on: on + timedelta(days=1))),
    (
        rule(
            r"\b(?:aujourd'hui|ce soir|cet apres-midi|cet aprem|ce jour|ce matin|ce midi|dans la (?:journee"
            r"|matinee|foulee)|tout a l'heure|today|tonight|this afternoon|dans une heure|dans l'apres-midi)\b"
        ),
        _fixed(lambda on: on),
    ),
    (rule(rf"\b{_DAY}\b(?: (?P<d>\d{{1,2}})\b)"), _day_only),
    (
        rule(
            rf"\b{_DAY}\b(?!\s(?:dernier|passe|apres-midi dernier|last))(?P<week> (?:en huit|de la semaine prochaine"
            r"|next week))?"
        ),
        _weekday,
    ),
    (
        rule(r"\bsemaine (?:prochaine|pro|suivante|d'apres)\b|\bnext week\b"),
        _fixed(lambda on: _friday(on, 1)),
    ),
    (
        rule(
            r"\b(?:fin (?:de |de la |de cette )?semaine|cette semaine|la fin de (?:la|cette) semaine"
            r"|end of (?:the |this )?week|this week)\b"
        ),
        _fixed(_friday),
    ),
    (rule(r"\b(?:fin du mois prochain|mois prochain|mois suivant|next month)\b"), _fixed(lambda on: _end_of_month(on, 1))),
    (
        rule(
            r"\b(?:fin (?:du|de ce|de) mois|la fin (?:du|de ce) mois|ce mois(?:-ci)?|end of (?:the "
            r"|this )?month|courant du mois)\b"
        ),
        _fixed(_end_of_month),
    ),
    (
        rule(r"\b(?:fin (?:de l'|d')annee|la fin (?:de l'|d')annee|fin de cette annee|end of (?:the )?year)\b"),
        _fixed(lambda on: date(on.year, 12, 31)),
    ),
    (
        rule(
            r"\b(?:avant|d'ici|pour|by|before) (?:les (?:fetes|vacances) de )?(?:noel|christmas)\b"
            r"|\bavant les fetes\b"
        ),
        _fixed(lambda on: date(on.year, 12, 24)),
    ),
    (
        rule(
            r"\b(?:sous|dans|d'ici|dans les|within|in|sous les|dans un delai de|sous un delai de|d'ici a)\s(?:une "
            rf"|un |les )?(?P<count>{_NUMBER})\s?(?P<unit>jours?|j\b|heures?|h\b|semaines?|mois|minutes?"
            r"|days?|weeks?|months?|hours?|prochains jours|de jours)"
        ),
        _count,
    ),
    (
        rule(
            rf"\b(?:moi|nous|encore|besoin de|compter|prendra|environ|delai de)\s(?:environ |encore )?(?P<count>{_NUMBER}) "
            r"(?P<unit>jours?|semaines?|mois)"
        ),
        _count,
    ),
    (rule(r"\b(?:sous|dans une|d'ici une|dans la) (?P<count>quinzaine|huitaine|dizaine)(?P<unit>)"), _count),
    (
        rule(
            r"\b(?:(?P<part>debut|mi|fin|courant|la fin|moitie|debut du mois de|fin du mois de|courant du mois de"
            rf"|early|late|en|in|by|avant fin|d'ici fin)[ -](?:de |d'|of )?(?:mois de |mois d')?){_MONTH}(?:\s(?P<year>20\d\d))?"
        ),
        _month,
    ),
    (
        rule(
            r"\b(?:avant|d'ici|pour|by) (?:le|the) (?P<d>\d{1,2})\b(?! ?(?:h\b|heures|ecoles|mois|jours"
            r"|%|[a-z]*\d))|\ble (?P<e>\d{1,2}) au plus tard\b"
        ),
        lambda found, on: _day_only(found, on) if found["d"] else None,
    ),
)


def promised_day(words: str, on: date | None) -> tuple[date, int, int] | None:
    """Give the day promised in bare words and the bounds of the words that name it, or None.

    `on` is the date of the mail in the writer's zone: without it nothing is counted. A deadline ("avant le 12") is that day; a
    week is its Friday, a month its last day, its beginning the 10th. A day that is over is no promise.
    """
    if on is None:
        return None
    for pattern, reading in _READINGS:
        for found in pattern.finditer(words):
            try:
                day = reading(found, on)
            except (ValueError, OverflowError):
                continue
            if day is not None and day >= on:
                return day, found.start(), found.end()
    return None
