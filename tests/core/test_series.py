from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.core.errors import BadInput
from addin.core.organisation import Organisation
from addin.core.series import MOST_DATES, closed_dates, club_rule, occurrences, parse_every, read_rule

PARIS = ZoneInfo("Europe/Paris")
RENNES = Organisation(department="35")


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("first thursday", "FREQ=MONTHLY;BYDAY=1TH"),
        ("First Thursday of the month", "FREQ=MONTHLY;BYDAY=1TH"),
        ("premier jeudi", "FREQ=MONTHLY;BYDAY=1TH"),
        ("le 1er jeudi de chaque mois", "FREQ=MONTHLY;BYDAY=1TH"),
        ("2e mardi", "FREQ=MONTHLY;BYDAY=2TU"),
        ("deuxième mardi du mois", "FREQ=MONTHLY;BYDAY=2TU"),
        ("dernier vendredi", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("last friday", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("1er et 3e jeudi", "FREQ=MONTHLY;BYDAY=1TH,3TH"),
        ("premier lundi tous les deux mois", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO"),
        ("every two weeks", "FREQ=WEEKLY;INTERVAL=2"),
        ("toutes les deux semaines", "FREQ=WEEKLY;INTERVAL=2"),
        ("tous les quinze jours", "FREQ=WEEKLY;INTERVAL=2"),
        ("un mardi sur deux", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("every other thursday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("tous les jeudis", "FREQ=WEEKLY;BYDAY=TH"),
        ("chaque semaine", "FREQ=WEEKLY"),
        ("CHAQUE MOIS", "FREQ=MONTHLY"),
        ("every quarter", "FREQ=MONTHLY;INTERVAL=3"),
    ],
)
def test_parse_every(words: str, rule: str) -> None:
    assert parse_every(words) == rule


@pytest.mark.parametrize(
    "words",
    ["", "souvent", "premier", "jeudi de chaque mois", "premier jeudi et vendredi", "deux", "2 3 semaines", "semaine mois", "every day"],
)
def test_parse_every_refuses_what_it_does_not_understand(words: str) -> None:
    with pytest.raises(BadInput, match="n’est pas compris") as caught:
        parse_every(words)
    assert caught.value.where == "every"


@given(st.text(max_size=80))
def test_parse_every_never_crashes(words: str) -> None:
    try:
        rule = parse_every(words)
    except BadInput:
        return
    assert rule.startswith("FREQ=")


def test_first_thursdays_of_2027_leave_out_the_closed_days() -> None:
    series = club_rule("first thursday", datetime(2027, 1, 1, 14, 0), date(2027, 12, 31), RENNES)  # noqa: DTZ001 - local by contract
    assert series.start == datetime(2027, 1, 7, 14, 0, tzinfo=PARIS)
    assert series.rrule == "FREQ=MONTHLY;BYDAY=1TH;COUNT=12"
    assert [moment.date() for moment in series.exdates] == [date(2027, 3, 4), date(2027, 5, 6), date(2027, 8, 5), date(2027, 11, 4)]
    held = list(occurrences(series.start, series.rrule, series.exdates))
    assert len(held) == 8
    assert {moment.hour for moment in held} == {14}
    assert held[0].astimezone(UTC).hour == 13
    assert next(moment for moment in held if moment.month == 6).astimezone(UTC).hour == 12


def test_a_series_begins_and_ends_on_an_open_date() -> None:
    series = club_rule("premier jeudi", datetime(2027, 3, 1, 14, 0, tzinfo=PARIS), date(2027, 8, 31), RENNES)
    held = list(occurrences(series.start, series.rrule, series.exdates))
    assert series.start.date() == held[0].date() == date(2027, 4, 1)
    assert held[-1].date() == date(2027, 7, 1)
    assert series.rrule.endswith("COUNT=4")


def test_without_school_holidays_only_public_ones_are_left_out() -> None:
    town = Organisation(department="35", school_holidays_off=False)
    series = club_rule("premier jeudi", datetime(2027, 1, 1, 14, 0, tzinfo=PARIS), date(2027, 12, 31), town)
    assert [moment.date() for moment in series.exdates] == [date(2027, 5, 6)]


def test_every_month_keeps_the_weekday_of_the_first_date() -> None:
    series = club_rule("chaque mois", datetime(2027, 1, 12, 10, 0, tzinfo=PARIS), date(2027, 4, 30), RENNES)
    assert series.rrule == "FREQ=MONTHLY;BYDAY=2TU;COUNT=4"
    assert club_rule("monthly", datetime(2027, 1, 29, 10, 0, tzinfo=PARIS), date(2027, 4, 30), RENNES).rrule.startswith(
        "FREQ=MONTHLY;BYDAY=-1FR"
    )


def test_a_club_without_any_open_date_is_refused() -> None:
    with pytest.raises(BadInput, match="Aucune date ouverte"):
        club_rule("premier jeudi", datetime(2027, 8, 1, 14, 0, tzinfo=PARIS), date(2027, 8, 31), RENNES)


START = datetime(2027, 1, 7, 14, 0, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("FREQ=MONTHLY;COUNT=12;BYDAY=1TH", "FREQ=MONTHLY;COUNT=12;BYDAY=1TH"),
        ("rrule:freq=monthly;byday=1th;count=12", "FREQ=MONTHLY;COUNT=12;BYDAY=1TH"),
        ("FREQ=MONTHLY;BYDAY=TH;BYSETPOS=1", "FREQ=MONTHLY;BYDAY=TH;BYSETPOS=1"),
        ("FREQ=WEEKLY;INTERVAL=2;UNTIL=20270630", "FREQ=WEEKLY;UNTIL=20270630T215959Z;INTERVAL=2"),
        ("FREQ=WEEKLY;UNTIL=20270107T140000", "FREQ=WEEKLY;UNTIL=20270107T130000Z"),
        ("FREQ=MONTHLY;BYMONTHDAY=7;COUNT=3", "FREQ=MONTHLY;COUNT=3;BYMONTHDAY=7"),
    ],
)
def test_read_rule_gives_the_canonical_form(text: str, rule: str) -> None:
    assert read_rule(text, START) == rule
    assert read_rule(rule, START) == rule


@pytest.mark.parametrize(
    "text",
    [
        "",
        "BYDAY=1TH",
        "FREQ=SECONDLY",
        "FREQ=HOURLY;COUNT=3",
        "FREQ=WEEKLY;COUNT=0",
        "FREQ=WEEKLY;COUNT=100000",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;COUNT=3;UNTIL=20270630",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=QQ",
        "FREQ=WEEKLY;UNTIL=20271345",
        "FREQ=WEEKLY\r\nATTENDEE:mailto:x@y.example",
        "FREQ=MONTHLY;BYDAY=1FR;COUNT=3",
        "FREQ=WEEKLY;UNTIL=20260101",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31",
    ],
)
def test_read_rule_refuses(text: str) -> None:
    with pytest.raises(BadInput):
        read_rule(text, START)


def test_a_first_date_outside_the_rule_is_refused_with_the_right_one() -> None:
    with pytest.raises(BadInput, match="07/01/2027"):
        read_rule("FREQ=MONTHLY;BYDAY=1TH", datetime(2027, 1, 5, 14, 0, tzinfo=PARIS))


@given(st.text(st.sampled_from("FREQ=MONTHLYWKUTCBDAS;,-0123456789Z"), max_size=60))
def test_read_rule_never_crashes(text: str) -> None:
    try:
        read_rule(text, START)
    except BadInput as refused:
        assert refused.where == "rrule"


def test_a_rule_without_end_is_read_up_to_a_bound() -> None:
    assert len(list(occurrences(START, "FREQ=DAILY"))) == MOST_DATES
    assert len(list(occurrences(START, "FREQ=DAILY", until=datetime(2027, 1, 9, 23, tzinfo=PARIS)))) == 3


def test_closed_dates_of_a_rule() -> None:
    closed = closed_dates(START, "FREQ=MONTHLY;COUNT=12;BYDAY=1TH", RENNES)
    assert [moment.month for moment in closed] == [3, 5, 8, 11]
