"""Working days of an organisation: weekends, public holidays of its department, school holidays of its zone.

Dates are computed offline by the library `holidays`. It knows the school zones A, B and C of the mainland; Corsica and the overseas
academies set their own calendar, which it does not hold: `WorkingDays.school_known` says so instead of guessing.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType

from holidays import country_holidays

from addin.core.organisation import Organisation
from addin.core.timezones import department_code

_DAY = timedelta(days=1)

# The academies of each zone, department by department (arrêtés on the school calendar).
_DEPARTMENTS = {
    "A": "01 03 07 15 16 17 19 21 23 24 25 26 33 38 39 40 42 43 47 58 63 64 69 70 71 73 74 79 86 87 89 90",
    "B": "02 04 05 06 08 10 13 14 18 22 27 28 29 35 36 37 41 44 45 49 50 51 52 53 54 55 56 57 59 60 61 62 67 68 72 76 80 83 84 85 88",
    "C": "09 11 12 30 31 32 34 46 48 65 66 75 77 78 81 82 91 92 93 94 95",
}
SCHOOL_ZONES: Mapping[str, str] = MappingProxyType({code: zone for zone, codes in _DEPARTMENTS.items() for code in codes.split()})
"""INSEE department code → "A", "B" or "C"."""

_CORSICA = "Corse"

_PUBLIC_SUBDIVISIONS = {
    "57": "57",
    "67": "6AE",
    "68": "6AE",
    "971": "971",
    "972": "972",
    "973": "973",
    "974": "974",
    "975": "PM",
    "976": "976",
    "977": "BL",
    "978": "MF",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}

# The first and last school years whose dates an arrêté has fixed and the library holds (arrêté of 21 July 2026 for 2027-2028).
# Days after are the library's forecast by the rule of the years before.
_SCHOOL_FIRST, _SCHOOL_LAST = date(2017, 9, 1), date(2028, 8, 31)


@lru_cache(maxsize=256)
def _public_holidays(subdivision: str, year: int) -> Mapping[date, str]:
    """Give the public holidays of one year, in French; `subdivision` is one of the library's, or empty for the common ones."""
    return MappingProxyType(dict(country_holidays("FR", subdiv=subdivision or None, years=year, language="fr", expand=False)))


@lru_cache(maxsize=256)
def _school_days(zone: str, year: int) -> frozenset[date]:
    """Give the school holidays of one year. For Corsica: only the days that zones A, B and C have in common."""
    if zone == _CORSICA:
        return _school_days("A", year) & _school_days("B", year) & _school_days("C", year)
    if not zone:
        return frozenset()
    return frozenset(country_holidays("FR", subdiv=f"Zone {zone}", categories=("school",), years=year, language="fr", expand=False))


def school_zone(organisation: Organisation) -> str:
    """Give the school zone: "A", "B", "C", "Corse", or "" where none is known (overseas, no department). `organisation.zone` overrides."""
    chosen = organisation.zone.strip().upper().removeprefix("ZONE").strip()
    if chosen in _DEPARTMENTS:
        return chosen
    code = department_code(organisation.department)
    return _CORSICA if code in {"2A", "2B"} else SCHOOL_ZONES.get(code, "")


class WorkingDays:
    """Tell on which days an organisation works.

    Saturdays, Sundays and public holidays are closed. With `school`, school holidays are too, if the organisation's profile
    says so (`school_holidays_off`): right for meetings, not for the date by which an answer is hoped for.
    """

    def __init__(self, organisation: Organisation, *, school: bool = False) -> None:
        self.zone = school_zone(organisation)
        self._school = school and organisation.school_holidays_off
        self._subdivision = _PUBLIC_SUBDIVISIONS.get(department_code(organisation.department), "")

    def closed(self, day: date) -> str:
        """Say in French why `day` is closed ("samedi", "jour férié : Ascension", "vacances scolaires (zone B)"), or give ""."""
        if isinstance(day, datetime):
            day = day.date()
        if day.weekday() >= 5:
            return "samedi" if day.weekday() == 5 else "dimanche"
        if holiday := self.public_holiday(day):
            return f"jour férié\u00a0: {holiday}"
        return self.school_holiday(day) if self._school else ""

    def public_holiday(self, day: date) -> str:
        """Give the French name of the public holiday that falls on `day` in this department, or ""."""
        return _public_holidays(self._subdivision, day.year).get(day, "")

    def school_holiday(self, day: date) -> str:
        """Say that `day` falls in school holidays and of which zone, whatever the profile says of them, or give ""."""
        if day not in _school_days(self.zone, day.year):
            return ""
        zone = "zones A, B et C" if self.zone == _CORSICA else f"zone {self.zone}"
        return f"vacances scolaires ({zone})" if day <= _SCHOOL_LAST else f"vacances scolaires prévues ({zone})"

    def school_known(self, day: date) -> bool:
        """Tell whether the school calendar of this zone is officially fixed for `day`. False for Corsica and overseas."""
        return self.zone in _DEPARTMENTS and _SCHOOL_FIRST <= day <= _SCHOOL_LAST

    def open(self, day: date) -> bool:
        """Tell whether the organisation works on `day`."""
        return not self.closed(day)

    def add(self, day: date, n: int) -> date:
        """Give the n-th open day after `day` (before it when `n` is negative); `day` itself never counts.

        With `n` = 0: `day`, or the next open day when it is closed.
        """
        if isinstance(day, datetime):
            day = day.date()
        if n == 0:
            return day if self.open(day) else self.add(day, 1)
        step = _DAY if n > 0 else -_DAY
        left = abs(n)
        while left:
            day += step
            left -= self.open(day)
        return day
