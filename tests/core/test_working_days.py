from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.core.errors import BadInput
from addin.core.organisation import Organisation
from addin.core.timezones import VTIMEZONES, ZONES, department_code, localise, zone_of
from addin.core.working_days import SCHOOL_ZONES, WorkingDays, school_zone

DEPARTMENTS = [
    "",
    "01",
    "13",
    "29",
    "2A",
    "35",
    "57",
    "67",
    "75",
    "971",
    "972",
    "973",
    "974",
    "975",
    "976",
    "977",
    "978",
    "986",
    "987",
    "988",
    "zz",
]


def days(department: str = "35", *, school: bool = False, zone: str = "", off: bool = True) -> WorkingDays:
    return WorkingDays(Organisation(department=department, zone=zone, school_holidays_off=off), school=school)


@pytest.mark.parametrize(
    ("department", "day", "reason"),
    [
        ("35", date(2026, 11, 24), ""),
        ("35", date(2026, 11, 28), "samedi"),
        ("35", date(2026, 11, 29), "dimanche"),
        ("35", date(2027, 5, 6), "jour férié\u00a0: Ascension"),
        ("35", date(2027, 7, 14), "jour férié\u00a0: Fête nationale"),
        ("35", date(2027, 3, 26), ""),
        ("57", date(2027, 3, 26), "jour férié\u00a0: Vendredi saint"),
        ("67", date(2027, 3, 26), "jour férié\u00a0: Vendredi saint"),
        ("68", date(2025, 12, 26), "jour férié\u00a0: Saint-Étienne"),
        ("6AE", date(2027, 3, 26), "jour férié\u00a0: Vendredi saint"),
        ("973", date(2027, 6, 10), "jour férié\u00a0: Abolition de l'esclavage"),
        ("974", date(2027, 12, 20), "jour férié\u00a0: Abolition de l'esclavage"),
        ("976", date(2027, 4, 27), "jour férié\u00a0: Abolition de l'esclavage"),
        ("988", date(2027, 9, 24), "jour férié\u00a0: Fête de la Citoyenneté"),
        ("987", date(2027, 3, 5), "jour férié\u00a0: Arrivée de l'Évangile"),
        ("986", date(2027, 4, 28), "jour férié\u00a0: Saint Pierre Chanel"),
        ("978", date(2027, 5, 28), "jour férié\u00a0: Abolition de l'esclavage"),
        ("", date(2026, 12, 25), "jour férié\u00a0: Noël"),
    ],
)
def test_closed_says_why(department: str, day: date, reason: str) -> None:
    assert days(department).closed(day) == reason
    assert days(department).open(day) == (reason == "")


@pytest.mark.parametrize(
    ("zone", "inside", "outside"),
    [
        ("A", date(2027, 2, 15), date(2027, 3, 2)),
        ("B", date(2027, 3, 4), date(2027, 2, 15)),
        ("C", date(2027, 2, 8), date(2027, 3, 4)),
    ],
)
def test_school_holidays_follow_the_zone(zone: str, inside: date, outside: date) -> None:
    them = days("", zone=zone, school=True)
    assert them.closed(inside) == f"vacances scolaires (zone {zone})"
    assert them.closed(outside) == ""


def test_school_holidays_count_only_when_asked_and_wanted() -> None:
    day = date(2027, 3, 4)
    assert days(school=True).closed(day) == "vacances scolaires (zone B)"
    assert days(school=False).closed(day) == ""
    assert days(school=True, off=False).closed(day) == ""


def test_every_mainland_department_has_one_zone() -> None:
    mainland = {f"{n:02d}" for n in range(1, 96)} - {"20"}
    assert set(SCHOOL_ZONES) == mainland
    assert {zone: list(SCHOOL_ZONES.values()).count(zone) for zone in "ABC"} == {"A": 32, "B": 41, "C": 21}


@pytest.mark.parametrize(
    ("department", "zone", "expected"),
    [
        ("35", "", "B"),
        ("69", "", "A"),
        ("75", "", "C"),
        ("1", "", "A"),
        (" 2a ", "", "Corse"),
        ("20", "", "Corse"),
        ("974", "", ""),
        ("", "", ""),
        ("974", "C", "C"),
        ("35", "zone a", "A"),
        ("35", "Zone Z", "B"),
    ],
)
def test_school_zone(department: str, zone: str, expected: str) -> None:
    assert school_zone(Organisation(department=department, zone=zone)) == expected


def test_corsica_counts_what_all_zones_share_and_admits_the_rest_is_unknown() -> None:
    corsica = days("2A", school=True)
    assert corsica.closed(date(2027, 8, 5)) == "vacances scolaires (zones A, B et C)"
    assert corsica.closed(date(2026, 12, 28)) == "vacances scolaires (zones A, B et C)"
    assert corsica.closed(date(2027, 3, 4)) == ""
    assert not corsica.school_known(date(2027, 3, 4))


def test_the_school_calendar_is_known_up_to_the_last_year_published() -> None:
    them = days(school=True)
    assert them.school_known(date(2028, 8, 31))
    assert not them.school_known(date(2028, 9, 1))
    assert them.closed(date(2029, 8, 2)) == "vacances scolaires prévues (zone B)"
    assert not days("974").school_known(date(2027, 1, 5))
    assert days("974", school=True).closed(date(2027, 1, 5)) == ""
    assert them.closed(date(2150, 8, 3)) == ""  # past the years the library computes


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        (date(2026, 11, 24), 5, date(2026, 12, 1)),
        (date(2026, 11, 24), 10, date(2026, 12, 8)),
        (date(2026, 12, 24), 1, date(2026, 12, 28)),
        (date(2027, 5, 5), 1, date(2027, 5, 7)),  # Ascension is skipped, the Friday after is a working day
        (date(2026, 11, 28), 0, date(2026, 11, 30)),
        (date(2026, 11, 27), 0, date(2026, 11, 27)),
        (date(2026, 11, 30), -1, date(2026, 11, 27)),
        (date(2027, 1, 4), -2, date(2026, 12, 30)),
    ],
)
def test_add_counts_working_days(start: date, n: int, expected: date) -> None:
    assert days().add(start, n) == expected


def test_add_skips_school_holidays_when_they_count() -> None:
    assert days(school=True).add(date(2026, 12, 18), 5) == date(2027, 1, 8)


def test_a_datetime_is_read_as_its_day() -> None:
    noel = datetime(2026, 12, 25, 15, 0, tzinfo=UTC)
    assert days().closed(noel) == "jour férié\u00a0: Noël"
    assert days().add(noel, 1) == date(2026, 12, 28)


@given(st.sampled_from(DEPARTMENTS), st.dates(date(2017, 1, 1), date(2060, 1, 1)), st.integers(-40, 40), st.booleans())
def test_add_lands_on_an_open_day_and_counts_right(department: str, start: date, n: int, school: bool) -> None:
    them = days(department, school=school)
    end = them.add(start, n)
    assert them.open(end)
    low, high = (start, end) if n >= 0 else (end, start)
    between = [low + timedelta(days=k) for k in range((high - low).days + 1)]
    counted = sum(them.open(day) for day in between if day != start)
    assert counted == (abs(n) if n else counted)


@pytest.mark.parametrize(
    ("department", "name"),
    [
        ("35", "Europe/Paris"),
        ("", "Europe/Paris"),
        ("2B", "Europe/Paris"),
        ("974", "Indian/Reunion"),
        ("975", "America/Miquelon"),
        (" 971 ", "America/Guadeloupe"),
        ("988", "Pacific/Noumea"),
    ],
)
def test_zone_of(department: str, name: str) -> None:
    assert zone_of(Organisation(department=department)) == ZoneInfo(name)


def test_every_zone_has_its_constant() -> None:
    assert set(ZONES.values()) | {"Europe/Paris"} == set(VTIMEZONES)
    for name, lines in VTIMEZONES.items():
        assert ZoneInfo(name).key == name
        assert f"TZID:{name}" in lines
        assert all(line.isascii() and len(line) <= 75 for line in lines)


def test_department_code() -> None:
    assert [department_code(code) for code in ("1", "2a", "6ae", "69m", " 35")] == ["01", "2A", "67", "69", "35"]


def test_localise_reads_naive_times_and_converts_the_others() -> None:
    paris = ZoneInfo("Europe/Paris")
    assert localise(datetime(2027, 6, 3, 14, 0), paris).isoformat() == "2027-06-03T14:00:00+02:00"  # noqa: DTZ001 - naive is the case
    assert localise(datetime(2027, 6, 3, 12, 0, tzinfo=UTC), paris).isoformat() == "2027-06-03T14:00:00+02:00"


def test_localise_refuses_the_hour_that_summer_time_skips() -> None:
    with pytest.raises(BadInput, match="heure d’été"):
        localise(datetime(2027, 3, 28, 2, 30), ZoneInfo("Europe/Paris"))  # noqa: DTZ001 - naive is the case
