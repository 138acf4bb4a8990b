from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from addin.core.errors import BadInput
from addin.core.meetings import Meeting, MeetingKind
from addin.core.organisation import Organisation
from addin.core.proposals import LEAD, propose, slot_faults
from addin.core.timezones import zone_of
from addin.core.working_days import WorkingDays

PARIS = ZoneInfo("Europe/Paris")
RENNES = Organisation(department="35")


def meeting(start: datetime, *, minutes: int = 45, rrule: str = "", title: str = "Conseil", key: str = "m1") -> Meeting:
    return Meeting(
        id=key,
        uid=f"{key}@ville.example",
        kind="club",
        title=title,
        start=start,
        end=start + timedelta(minutes=minutes),
        tzid="Europe/Paris",
        rrule=rrule,
    )


def test_a_cycle_keeps_one_weekday_and_one_hour_and_skips_the_holidays() -> None:
    slots = propose("quality", after=date(2026, 11, 24), organisation=RENNES)
    assert [slot.isoformat() for slot in slots] == [
        "2026-12-08T10:00:00+01:00",
        "2026-12-15T10:00:00+01:00",
        "2027-01-05T10:00:00+01:00",
        "2027-01-12T10:00:00+01:00",
    ]


def test_the_cycle_crosses_the_clock_change_at_the_same_local_hour() -> None:
    slots = propose("quality", after=date(2027, 3, 2), organisation=Organisation(department="35", school_holidays_off=False))
    assert {slot.hour for slot in slots} == {10}
    assert {slot.utcoffset() for slot in slots} == {timedelta(hours=1), timedelta(hours=2)}


@pytest.mark.parametrize(("kind", "count"), [("maturity", 1), ("club-launch", 1), ("club", 1), ("quality", 4)])
def test_each_kind_leaves_its_working_days_of_notice(kind: MeetingKind, count: int) -> None:
    slots = propose(kind, after=date(2026, 11, 24), organisation=RENNES)
    assert len(slots) == count
    assert slots[0].date() >= WorkingDays(RENNES, school=True).add(date(2026, 11, 24), LEAD[kind])


def test_a_meeting_of_ours_moves_the_whole_cycle_to_a_free_hour() -> None:
    taken = [meeting(datetime(2026, 12, 15, 9, 45, tzinfo=PARIS), minutes=60)]
    slots = propose("quality", after=date(2026, 11, 24), organisation=RENNES, taken=taken)
    assert {(slot.weekday(), slot.hour) for slot in slots} == {(1, 14)}


def test_a_cancelled_meeting_takes_no_place() -> None:
    taken = [replace(meeting(datetime(2026, 12, 15, 9, 45, tzinfo=PARIS)), status="CANCELLED")]
    assert propose("quality", after=date(2026, 11, 24), organisation=RENNES, taken=taken)[1].hour == 10


def test_every_date_of_a_series_is_taken() -> None:
    club = meeting(datetime(2026, 9, 1, 10, 0, tzinfo=PARIS), minutes=60, rrule="FREQ=WEEKLY;INTERVAL=1;BYDAY=TU")
    slots = propose("quality", after=date(2026, 11, 24), organisation=RENNES, taken=[club])
    assert all((slot.weekday(), slot.hour) != (1, 10) for slot in slots)


def test_a_public_holiday_moves_one_date_within_its_week_or_changes_the_day() -> None:
    town = Organisation(department="35", school_holidays_off=False)
    slots = propose("quality", after=date(2027, 4, 14), organisation=town)
    assert all(town_open(town, slot) for slot in slots)
    assert all((later.date() - sooner.date()).days >= 5 for sooner, later in pairwise(slots))


def town_open(town: Organisation, slot: datetime) -> bool:
    return WorkingDays(town, school=True).open(slot.date())


@pytest.mark.parametrize(("department", "offset"), [("974", 4), ("973", -3), ("988", 11), ("35", 1)])
def test_proposals_are_in_the_local_time_of_the_organisation(department: str, offset: int) -> None:
    (slot,) = propose("maturity", after=date(2027, 1, 11), organisation=Organisation(department=department))
    assert slot.utcoffset() == timedelta(hours=offset)
    assert slot.time() == time(10, 0)


@pytest.mark.parametrize("minutes", [0, 200, 600])
def test_a_length_that_fits_no_half_day_is_refused(minutes: int) -> None:
    with pytest.raises(BadInput):
        propose("maturity", after=date(2026, 11, 24), organisation=RENNES, minutes=minutes)


def test_a_diary_that_is_full_says_so() -> None:
    wall = meeting(datetime(2026, 11, 24, 8, 0, tzinfo=PARIS), minutes=12 * 60, rrule="FREQ=DAILY")
    late = meeting(datetime(2027, 12, 20, 8, 0, tzinfo=PARIS), minutes=12 * 60, rrule="FREQ=DAILY")
    with pytest.raises(BadInput, match="Aucune date libre"):
        propose("quality", after=date(2026, 11, 24), organisation=RENNES, taken=[wall, late])


BUSY = st.builds(
    lambda day, hour, minutes, weekly: meeting(
        datetime.combine(day, time(hour), tzinfo=PARIS), minutes=minutes, rrule="FREQ=WEEKLY;COUNT=20" if weekly else ""
    ),
    st.dates(date(2026, 11, 1), date(2028, 9, 1)),
    st.integers(8, 16),
    st.integers(15, 240),
    st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["", "35", "69", "75", "67", "2A", "971", "974", "975", "988"]),
    st.dates(date(2026, 11, 1), date(2028, 9, 1)),
    st.sampled_from(["quality", "maturity", "club-launch"]),
    st.booleans(),
    st.booleans(),
    st.sampled_from([30, 45, 60, 90]),
    st.lists(BUSY, max_size=12),
)
def test_whatever_the_diary_proposals_are_sane(
    department: str, after: date, kind: MeetingKind, wednesday: bool, school: bool, minutes: int, taken: Sequence[Meeting]
) -> None:
    town = Organisation(department=department, wednesday_afternoons_off=wednesday, school_holidays_off=school)
    slots = propose(kind, after=after, organisation=town, taken=taken, minutes=minutes)
    days = WorkingDays(town, school=True)
    length = timedelta(minutes=minutes)
    assert len(slots) == (4 if kind == "quality" else 1)
    assert slots[0].date() >= days.add(after, LEAD[kind])
    for slot in slots:
        assert slot.tzinfo == zone_of(town)
        assert days.closed(slot.date()) == ""
        assert not (wednesday and slot.weekday() == 2 and slot.hour >= 12)
        end = (slot + length).time()
        assert (time(9, 30) <= slot.time() and end <= time(11, 45)) or (time(14) <= slot.time() and end <= time(16, 30))
        assert slot_faults(slot, organisation=town, taken=taken, minutes=minutes) == ()
    assert all((later.date() - sooner.date()).days >= 5 for sooner, later in pairwise(slots))


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (datetime(2027, 5, 6, 10, 0, tzinfo=PARIS), "Jeudi 6 mai 2027 à 10\u00a0h\u00a0: jour férié\u00a0: Ascension."),
        (datetime(2027, 3, 4, 10, 0, tzinfo=PARIS), "Jeudi 4 mars 2027 à 10\u00a0h\u00a0: vacances scolaires (zone B)."),
        (datetime(2026, 12, 5, 10, 0, tzinfo=PARIS), "Samedi 5 décembre 2026 à 10\u00a0h\u00a0: samedi."),
        (datetime(2026, 12, 9, 14, 0, tzinfo=PARIS), "Mercredi 9 décembre 2026 à 14\u00a0h\u00a0: mercredi après-midi."),
        (datetime(2026, 12, 8, 11, 45, tzinfo=PARIS), "La réunion empiète sur la pause de midi (12\u00a0h à 14\u00a0h)."),
        (datetime(2026, 12, 8, 7, 0, tzinfo=PARIS), "La réunion commence avant 8\u00a0h\u00a030."),
        (datetime(2026, 12, 8, 17, 30, tzinfo=PARIS), "La réunion finit après 18\u00a0h."),
        (datetime(2026, 12, 1, 10, 30, tzinfo=PARIS), "Mardi 1er décembre 2026 à 10\u00a0h\u00a0: chevauche «\u00a0Conseil\u00a0»."),
        (datetime(2026, 11, 17, 10, 0, tzinfo=PARIS), "Mardi 17 novembre 2026 à 10\u00a0h\u00a0: cette date est passée."),
    ],
)
def test_what_speaks_against_a_date_is_told_in_words(start: datetime, told: str) -> None:
    taken = [meeting(datetime(2026, 12, 1, 10, 0, tzinfo=PARIS))]
    now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    assert slot_faults(start, organisation=RENNES, taken=taken, now=now) == (told,)


def test_meetings_that_only_touch_do_not_overlap() -> None:
    taken = [meeting(datetime(2026, 12, 1, 10, 0, tzinfo=PARIS))]
    assert slot_faults(datetime(2026, 12, 1, 10, 45, tzinfo=PARIS), organisation=RENNES, taken=taken) == ()
    assert slot_faults(datetime(2026, 12, 1, 9, 15, tzinfo=PARIS), organisation=RENNES, taken=taken) == ()


def test_every_closed_date_of_a_chosen_series_is_told() -> None:
    told = slot_faults(datetime(2027, 1, 7, 14, 0, tzinfo=PARIS), organisation=RENNES, rrule="FREQ=MONTHLY;COUNT=12;BYDAY=1TH")
    assert [line.split(" à ")[0] for line in told] == [
        "Jeudi 4 mars 2027",
        "Jeudi 6 mai 2027",
        "Jeudi 5 août 2027",
        "Jeudi 4 novembre 2027",
    ]
