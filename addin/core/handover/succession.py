"""Meetings that change hands: what becomes of each when somebody else organises it.

RFC 5546 §3.2.2.4 lets a new organiser send a REQUEST of the same UID with another ORGANIZER. Calendars do not follow it: most take an
update only from the organiser they know. So what was sent is called off by the old organiser, and called anew under a UID of its own
by the new one. A series under way keeps its past: only the dates to come are left out of it (EXDATE), and make a new series.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import takewhile

from msgspec import Struct
from msgspec.structs import replace

from addin.core.lifecycle.dates import held_dates, local_start, zone_of_meeting
from addin.core.lifecycle.steps import cancel
from addin.core.meetings import Attendee, Meeting, Override
from addin.core.series import occurrences, read_rule


class Successor(Struct, frozen=True, kw_only=True):
    """Name who takes over. `email` is lower-cased; `role` and `civility` are those of the profile."""

    name: str
    email: str
    civility: str = ""
    phone: str = ""
    role: str = ""


class Succession(Struct, frozen=True, kw_only=True):
    """Say what becomes of one meeting: `before` and `after` in the old hands, `anew` in the new ones (None: nobody left to invite).

    When its invitations never left, `after` simply bears the new organiser and `anew` is None.
    """

    before: Meeting
    after: Meeting
    anew: Meeting | None = None

    @property
    def told(self) -> bool:
        """Tell whether people must hear of it: the old meeting ends."""
        return self.after.sequence != self.before.sequence


def meetings_to_pass(meetings: Sequence[Meeting], old: str, now: datetime) -> tuple[Meeting, ...]:
    """Give the meetings that `old` (an address) organises and of which a date is still to come at `now` (aware), earliest first."""
    found = (
        one
        for one in meetings
        if one.status != "CANCELLED" and one.organizer_email.lower() == old.lower() and any(date.end > now for date in held_dates(one))
    )
    return tuple(sorted(found, key=lambda one: one.start.astimezone(UTC)))


def pass_on(meeting: Meeting, successor: Successor, *, told: bool, now: datetime, new_id: Callable[[], str]) -> Succession:
    """Pass one meeting on at `now` (aware). `told` says whether somebody was sent an invitation."""
    attendees = tuple(Attendee(contact=one.contact, email=one.email) for one in meeting.attendees if one.email.lower() != successor.email)
    if not told:
        renamed = replace(meeting, organizer_name=successor.name, organizer_email=successor.email, attendees=attendees)
        return Succession(before=meeting, after=renamed)
    dates = held_dates(meeting)
    coming = [one for one in dates if one.end > now]
    after = cancel(meeting)
    if len(coming) < len(dates):
        gone = {one.original.astimezone(UTC) for one in coming}
        after = replace(
            meeting,
            exdates=tuple(sorted((*meeting.exdates, *(one.original for one in coming)), key=lambda moment: moment.astimezone(UTC))),
            overrides=tuple(one for one in meeting.overrides if one.original.astimezone(UTC) not in gone),
            sequence=meeting.sequence + 1,
        )
    if not attendees:
        return Succession(before=meeting, after=after)
    key = new_id()
    anew = replace(
        meeting,
        id=key,
        uid=f"{key}@{successor.email.rpartition('@')[2]}",
        organizer_name=successor.name,
        organizer_email=successor.email,
        attendees=attendees,
        sequence=0,
        stamp=None,
        reason="",
    )
    return Succession(before=meeting, after=after, anew=_rest_of(anew, coming) if meeting.rrule else anew)


def _rest_of(meeting: Meeting, coming: Sequence[Override]) -> Meeting:
    """Give the series that holds only the dates to come (as the old one had them), from the first of them on."""
    zone = zone_of_meeting(meeting)
    originals = sorted((one.original for one in coming), key=lambda moment: moment.astimezone(UTC))
    first = originals[0].astimezone(zone)
    before = len(list(takewhile(lambda moment: moment < first, occurrences(local_start(meeting), meeting.rrule))))
    rule = re.sub(r"COUNT=(\d+)", lambda found: f"COUNT={int(found[1]) - before}", meeting.rrule)
    kept = {moment.astimezone(UTC) for moment in originals}
    # a past date that was not moved away stands between moved ones: it stays in the old hands
    left_out = [moment for moment in occurrences(first, rule) if moment.astimezone(UTC) not in kept]
    return replace(
        meeting,
        start=first,
        end=(first.astimezone(UTC) + (meeting.end - meeting.start)).astimezone(zone),
        rrule=read_rule(rule, first),
        exdates=tuple(left_out),
        overrides=tuple(one for one in meeting.overrides if one.original >= first),
    )
