"""The dates of a meeting or a series as they stand: given by the rule, minus those left out, some of them moved."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from addin.core.errors import BadInput
from addin.core.french import date_in_words, datetime_in_words
from addin.core.meetings import Meeting, Override
from addin.core.series import occurrences
from addin.core.timezones import localise


def zone_of_meeting(meeting: Meeting) -> ZoneInfo:
    """Give the zone a meeting is counted in."""
    return ZoneInfo(meeting.tzid)


def local_start(meeting: Meeting) -> datetime:
    """Give the (first) start, aware, in the meeting's own zone: a store gives back a plain offset, which knows no summer time."""
    return meeting.start.astimezone(zone_of_meeting(meeting))


def held_dates(meeting: Meeting) -> tuple[Override, ...]:
    """Give the dates that are to be held, in order of their start, as (original, start, end), aware, in the meeting's zone.

    A meeting without rule has one. Of an endless series, the first 400.
    """
    zone, length = zone_of_meeting(meeting), meeting.end - meeting.start
    moved = {override.original.astimezone(UTC): override for override in meeting.overrides}
    dates = []
    for original in occurrences(local_start(meeting), meeting.rrule, meeting.exdates):
        override = moved.get(original.astimezone(UTC))
        start, end = (override.start, override.end) if override else (original, end_after(original, length))
        dates.append(Override(original=original, start=start.astimezone(zone), end=end.astimezone(zone)))
    return tuple(sorted(dates, key=lambda one: one.start.astimezone(UTC)))


def end_after(start: datetime, length: timedelta) -> datetime:
    """Give the end of what begins at `start` (aware): the length is real time, whatever the clocks do meanwhile."""
    return (start.astimezone(UTC) + length).astimezone(start.tzinfo)


def is_over(meeting: Meeting, now: datetime) -> bool:
    """Tell whether the last date has ended at `now` (aware)."""
    dates = held_dates(meeting)
    return all(one.end <= now for one in dates)


def one_date(meeting: Meeting, wanted: date | datetime) -> Override:
    """Find one date of a series by its original start, else by the start it was moved to; a plain day finds the date of that day.

    A naive time is local. Raise BadInput when the meeting is no series, or no date that stands begins then.
    """
    if not meeting.rrule:
        raise BadInput("Cette réunion n’a qu’une date\u00a0: ne dites pas laquelle.", where="date")
    dates = held_dates(meeting)
    if isinstance(wanted, datetime):
        moment = localise(wanted, zone_of_meeting(meeting)).astimezone(UTC)
        found = [one for one in dates if one.original.astimezone(UTC) == moment]
        found += [one for one in dates if one.start.astimezone(UTC) == moment]
        words = datetime_in_words(moment.astimezone(zone_of_meeting(meeting)))
    else:
        found = [one for one in dates if one.original.date() == wanted]
        found += [one for one in dates if one.start.date() == wanted]
        words = date_in_words(wanted)
    if not found:
        raise BadInput(f"Aucune date de «\u00a0{meeting.title}\u00a0» n’est prévue le {words}.", where="date")
    return found[0]
