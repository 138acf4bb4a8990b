"""Proposed dates of meetings: working days, sane hours, a weekly rhythm, and what speaks against a date that somebody chose."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from addin.core.errors import BadInput
from addin.core.french import datetime_in_words
from addin.core.meetings import Meeting, MeetingKind
from addin.core.organisation import Organisation
from addin.core.series import occurrences
from addin.core.timezones import localise, zone_of
from addin.core.working_days import WorkingDays

LEAD: Final[dict[MeetingKind, int]] = {"maturity": 5, "quality": 10, "club-launch": 10, "club": 10}
"""Working days between the day of asking and the first date: people need the time to arrange themselves."""

# Best first. Tuesday and Thursday suit most agents; Monday and Friday are those most often taken off.
_WEEKDAYS = (1, 3, 0, 2, 4)
_HOURS = (time(10, 0), time(14, 0), time(9, 30), time(10, 30), time(11, 0), time(14, 30), time(15, 0), time(15, 30))
_WINDOWS = ((time(9, 30), time(11, 45)), (time(14, 0), time(16, 30)))
_LUNCH = (time(12, 0), time(14, 0))
_EARLIEST, _LATEST = time(8, 30), time(18, 0)
_GAP = timedelta(days=5)
_WEEK = timedelta(days=7)
_MOST_WEEKS = 60  # searched before giving up

HORIZON: Final = timedelta(days=3 * 366)
"""How far the dates of a series are looked at, one by one."""


class _Diary:
    """Tell which slots are free: the days the organisation works, minus our own meetings."""

    def __init__(self, organisation: Organisation, taken: Sequence[Meeting], minutes: int, until: date) -> None:
        self.zone = zone_of(organisation)
        self._days = WorkingDays(organisation, school=True)
        self._wednesday = organisation.wednesday_afternoons_off
        self._length = timedelta(minutes=minutes)
        self._busy = [span for meeting in taken for span in _spans(meeting, datetime.combine(until, time(23, 59), tzinfo=UTC))]

    def works(self, day: date, hour: time) -> bool:
        """Tell whether people are there at that hour, whatever our own meetings."""
        if self._wednesday and day.weekday() == 2 and hour >= time(12):
            return False
        return self._days.open(day)

    def free(self, day: date, hour: time) -> bool:
        """Tell whether the slot can be proposed."""
        if not self.works(day, hour):
            return False
        start = datetime.combine(day, hour, tzinfo=self.zone).astimezone(UTC)
        return all(start + self._length <= begun or start >= over for begun, over in self._busy)


def _spans(meeting: Meeting, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Give the UTC spans that a meeting occupies, each date of a series, up to `until`."""
    if meeting.status == "CANCELLED":
        return
    start = meeting.start.astimezone(ZoneInfo(meeting.tzid))
    length = meeting.end - meeting.start
    for moment in occurrences(start, meeting.rrule, meeting.exdates, until=until):
        yield moment.astimezone(UTC), moment.astimezone(UTC) + length


def propose(
    kind: MeetingKind,
    *,
    after: date,
    organisation: Organisation,
    taken: Sequence[Meeting] = (),
    count: int | None = None,
    minutes: int = 45,
) -> tuple[datetime, ...]:
    """Propose dates for a meeting: aware, in the zone of the organisation, in order.

    `after` is today's local date; the first date leaves `LEAD[kind]` working days. `count` is 4 for a quality cycle and 1 for
    the rest when not given. Between 9:30 and 11:45 or 14:00 and 16:30, on a day the organisation works, never on a school
    holiday nor a Wednesday afternoon when the profile says so, nor on top of a meeting of `taken` (every date of a series
    counts). Several dates keep one weekday and one hour, a week apart; a closed week is skipped, a date that cannot be held is moved within
    its week when five days remain on both sides. Raise BadInput when a length does not fit or nothing is free within a year.
    """
    count = count if count is not None else (4 if kind == "quality" else 1)
    hours = [hour for hour in _HOURS if any(_fits(hour, minutes, window) for window in _WINDOWS)]
    if not hours or minutes < 5 or not 1 <= count <= 20:
        raise BadInput(f"Une réunion de {minutes} minutes ne tient pas dans une demi-journée.", where="minutes")
    earliest = WorkingDays(organisation, school=True).add(after, LEAD[kind])
    diary = _Diary(organisation, taken, minutes, earliest + _WEEK * (_MOST_WEEKS + 2))
    best: tuple[tuple[int, int, int], list[datetime]] | None = None
    for rank, (weekday, hour) in enumerate((weekday, hour) for weekday in _WEEKDAYS for hour in hours):
        slots, moved = _weekly(diary, earliest, weekday, hour, hours, count)
        if len(slots) == count:
            last = slots[-1].date()
            cost = (moved, (last - timedelta(days=last.weekday())).toordinal(), rank)
            if best is None or cost < best[0]:
                best = (cost, slots)
    if best is None:
        raise BadInput("Aucune date libre n’a été trouvée dans l’année qui vient\u00a0: choisissez les dates vous-même.", where="start")
    return tuple(best[1])


def _fits(hour: time, minutes: int, window: tuple[time, time]) -> bool:
    """Tell whether a meeting that begins at `hour` lies wholly within the window."""
    begun = hour.hour * 60 + hour.minute
    return window[0] <= hour and begun + minutes <= window[1].hour * 60 + window[1].minute


def _weekly(diary: _Diary, earliest: date, weekday: int, hour: time, hours: Sequence[time], count: int) -> tuple[list[datetime], int]:
    """Lay `count` slots on one weekday and hour from `earliest`. Give them and how many had to leave the rhythm."""
    slots: list[tuple[date, time]] = []
    moved = 0
    nominal = earliest + timedelta(days=(weekday - earliest.weekday()) % 7)
    for _ in range(_MOST_WEEKS):
        floor = slots[-1][0] + _GAP if slots else earliest
        if nominal >= floor and diary.free(nominal, hour):
            slots.append((nominal, hour))
        elif slots and (other := _elsewhere(diary, nominal, hour, hours, floor)):
            slots.append(other)
            moved += 1
        if len(slots) == count:
            break
        nominal += _WEEK
    return [datetime.combine(day, at, tzinfo=diary.zone) for day, at in slots], moved


def _elsewhere(diary: _Diary, nominal: date, hour: time, hours: Sequence[time], floor: date) -> tuple[date, time] | None:
    """Find another place in the same week: another hour that day, else the nearest day, the same hour first."""
    monday = nominal - timedelta(days=nominal.weekday())
    days = sorted((monday + timedelta(days=n) for n in range(5)), key=lambda day: (abs((day - nominal).days), day))
    for day in days:
        if day < floor:
            continue
        for at in (hour, *hours):
            if diary.free(day, at):
                return day, at
    return None


def slot_faults(
    start: datetime,
    *,
    organisation: Organisation,
    taken: Sequence[Meeting] = (),
    minutes: int = 45,
    rrule: str = "",
    exdates: Sequence[datetime] = (),
    now: datetime | None = None,
) -> tuple[str, ...]:
    """Say in French what speaks against a date that the user chose. Nothing is refused: any date is movable.

    A naive `start` is local time of the organisation. `taken` are the other meetings (leave the one being moved out of it).
    With `rrule`, every date of the series within `HORIZON` is looked at. `now` (aware) adds a warning for a date in the past.
    """
    zone = zone_of(organisation)
    start = localise(start, zone)
    days = WorkingDays(organisation, school=True)
    faults: list[str] = []
    if now is not None and start < now:
        faults.append(f"{_capital(datetime_in_words(start))}\u00a0: cette date est passée.")
    dates = list(occurrences(start, rrule, exdates, until=start + HORIZON))
    for moment in dates:
        if reason := days.closed(moment.date()):
            faults.append(f"{_capital(datetime_in_words(moment))}\u00a0: {reason}.")
        elif organisation.wednesday_afternoons_off and moment.weekday() == 2 and moment.hour >= 12:
            faults.append(f"{_capital(datetime_in_words(moment))}\u00a0: mercredi après-midi.")
    faults.extend(_hour_faults(start, minutes))
    length = timedelta(minutes=minutes)
    for meeting in taken:
        begun = (
            [span[0] for span in _spans(meeting, dates[-1] + length) if any(d < span[1] and span[0] < d + length for d in dates)]
            if dates
            else []
        )
        faults.extend(
            f"{_capital(datetime_in_words(moment.astimezone(zone)))}\u00a0: chevauche «\u00a0{meeting.title}\u00a0»." for moment in begun
        )
    return tuple(faults)


def _hour_faults(start: datetime, minutes: int) -> list[str]:
    """Say what is wrong with the hour alone."""
    begun = start.hour * 60 + start.minute
    over = begun + minutes
    told = []
    if begun < _EARLIEST.hour * 60 + _EARLIEST.minute:
        told.append("La réunion commence avant 8\u00a0h\u00a030.")
    if begun < _LUNCH[1].hour * 60 and over > _LUNCH[0].hour * 60:
        told.append("La réunion empiète sur la pause de midi (12\u00a0h à 14\u00a0h).")
    if over > _LATEST.hour * 60:
        told.append("La réunion finit après 18\u00a0h.")
    return told


def _capital(text: str) -> str:
    """Begin a sentence: first letter in capital, the rest untouched."""
    return text[:1].upper() + text[1:]
