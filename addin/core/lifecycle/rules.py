"""A series that moves: its rule follows the new first date, and its exceptions follow the rule."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import UTC, datetime, time
from itertools import islice

from msgspec import Struct

from addin.core.errors import BadInput
from addin.core.lifecycle.dates import end_after, local_start, zone_of_meeting
from addin.core.meetings import Meeting, Override
from addin.core.series import DAYS, occurrences, read_rule


class Shifted(Struct, frozen=True, kw_only=True):
    """Hold what becomes of a series: its rule, the dates left out and the dates moved."""

    rrule: str
    exdates: tuple[datetime, ...]
    overrides: tuple[Override, ...]


def shift_series(meeting: Meeting, start: datetime) -> Shifted:
    """Give the rule and the exceptions of a series whose first date becomes `start` (aware, in the zone of the meeting).

    The third date of the old rule answers to the third of the new one: a date left out stays out. When only the hour changes, a
    moved date keeps its distance, in local time, from the date the rule gives; when the day changes, it goes back to the rule, for
    it was moved to a day that suited. There are as many dates as before. Raise BadInput when the rule cannot follow.
    """
    old_start = local_start(meeting)
    old = list(occurrences(old_start, meeting.rrule))
    rule = follow(meeting.rrule, old_start, start)
    endless = re.sub(r";UNTIL=\w+", "", rule)
    new = list(islice(occurrences(start, endless), len(old)))
    if endless != rule:
        last = datetime.combine(new[-1].date(), time(23, 59, 59), tzinfo=start.tzinfo)
        rule = f"{endless};UNTIL={last.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    answers = {before.astimezone(UTC): (before, after) for before, after in zip(old, new, strict=False)}
    left_out = [answers[moment.astimezone(UTC)][1] for moment in meeting.exdates if moment.astimezone(UTC) in answers]
    overrides = []
    for override in meeting.overrides if start.date() == old_start.date() else ():
        if pair := answers.get(override.original.astimezone(UTC)):
            moved = _as_far(meeting, override, *pair)
            if moved.start != moved.original:
                overrides.append(moved)
    return Shifted(rrule=read_rule(rule, start), exdates=tuple(left_out), overrides=tuple(overrides))


def _as_far(meeting: Meeting, override: Override, before: datetime, after: datetime) -> Override:
    """Move a moved date with its series: as far from the new original as it was from the old one, by the clock on the wall."""
    zone = zone_of_meeting(meeting)
    distance = override.start.astimezone(zone).replace(tzinfo=None) - before.replace(tzinfo=None)
    wall = (after.replace(tzinfo=None) + distance).replace(tzinfo=zone)
    start = wall.astimezone(UTC).astimezone(zone)  # an hour that summer time skips becomes the next one
    return Override(original=after, start=start, end=end_after(start, override.end - override.start))


def follow(rrule: str, old: datetime, new: datetime) -> str:
    """Give the rule of a series whose first date goes from `old` to `new` (aware, local): "1TH" becomes "2TU" and so on.

    A rule that `new` follows already stays as it is. Raise BadInput for a rule that cannot follow (several days a month, the
    31st of each month …).
    """
    if _begins(rrule, new):
        return rrule
    parts = dict(part.split("=", 1) for part in rrule.split(";"))
    followed = dict(parts)
    days = parts.get("BYDAY", "").split(",")
    if parts["FREQ"] == "WEEKLY" and DAYS[old.weekday()] in days and DAYS[new.weekday()] not in days:
        followed["BYDAY"] = ",".join(DAYS[new.weekday()] if day == DAYS[old.weekday()] else day for day in days)
    elif parts["FREQ"] == "MONTHLY" and re.fullmatch(r"[+-]?[1-5](MO|TU|WE|TH|FR|SA|SU)", parts.get("BYDAY", "")):
        followed["BYDAY"] = f"{_rank(new, from_the_end=parts['BYDAY'].startswith('-'))}{DAYS[new.weekday()]}"
    elif parts["FREQ"] == "MONTHLY" and re.fullmatch(r"\d+", parts.get("BYMONTHDAY", "")) and new.day <= 28:
        followed["BYMONTHDAY"] = str(new.day)
    rule = ";".join(f"{key}={value}" for key, value in followed.items())
    if not _begins(rule, new):
        raise BadInput(
            f"La règle de la série ({rrule}) ne peut pas commencer le {new:%d/%m/%Y}\u00a0: annulez la série et préparez-en une autre.",
            where="start",
        )
    return rule


def _begins(rrule: str, start: datetime) -> bool:
    """Tell whether a rule, its end apart, gives `start` as its first date."""
    first: Sequence[datetime] = list(islice(occurrences(start, re.sub(r";UNTIL=\w+", "", rrule)), 1))
    return bool(first) and first[0] == start


def _rank(day: datetime, *, from_the_end: bool) -> int:
    """Give the rank of a day among those of its name in its month: 1 to 4, or -1 for the last when asked or when it is a fifth."""
    last = day.day + 7 > monthrange(day.year, day.month)[1]
    rank = (day.day - 1) // 7 + 1
    return -1 if rank == 5 or (from_the_end and last) else rank
