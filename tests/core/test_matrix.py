"""Every step in the life of a meeting, in every season, before two judges: libical (RFC 5546) and ical.js (Thunderbird, Nextcloud)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from addin.core.contacts import Contact
from addin.core.invitations import METHODS, Purpose, invitation
from addin.core.lifecycle.steps import (
    add_people,
    cancel,
    change_place,
    change_text,
    move,
    move_date,
    remove_person,
    resend,
    skip_date,
)
from addin.core.meetings import Attendee, Meeting
from addin.core.timezones import VTIMEZONES
from addin.core.writing.invitation import invitation_mail
from tests.core.test_lifecycle import well_formed
from tests.judges import ical_js, libical

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
USER = "zoe@ville.example"
ZOE = Attendee(contact="zoe", email=USER, partstat="ACCEPTED", told_by="mail")
MAX = Attendee(contact="max", email="max@dsi.test")
EVE = Attendee(contact="eve", email="eve@ville.example")
PEOPLE = {
    "zoe": Contact(id="zoe", name="Zoé L’Hôte", emails=(USER,)),
    "max": Contact(id="max", name="Service; d’Éric, «\u00a0données\u00a0»", emails=("max@dsi.test",)),
}
WEEK = timedelta(days=7)

# local start → the instant, by hand: winter, summer, and the two Sundays of 2027 on which the clocks change, after the change
SEASONS = {
    "winter": (datetime(2027, 1, 12, 10, 0, tzinfo=PARIS), "2027-01-12T09:00"),
    "summer": (datetime(2027, 6, 3, 14, 0, tzinfo=PARIS), "2027-06-03T12:00"),
    "summer time begins": (datetime(2027, 3, 28, 3, 30, tzinfo=PARIS), "2027-03-28T01:30"),
    "summer time ends": (datetime(2027, 10, 31, 4, 0, tzinfo=PARIS), "2027-10-31T03:00"),
}


def session(start: datetime) -> Meeting:
    return Meeting(
        id="m1",
        uid="m1@ville.example",
        kind="quality",
        title="Séance 1 sur 4\u00a0: Introduction, et nettoyage",
        start=start,
        end=(start.astimezone(UTC) + timedelta(minutes=45)).astimezone(PARIS),
        place="Salle du conseil; 1er étage",
        description="Nettoyer.\n\n- présenter l’outil",
        organizer_name="Claire Vasseur",
        organizer_email="claire@ville.example",
        attendees=(ZOE, MAX),
        stamp=NOW,
    )


def club(start: datetime) -> Meeting:
    """Call a weekly club whose third date falls on `start`: it straddles the change of clocks."""
    first = (start.replace(tzinfo=None) - 2 * WEEK).replace(tzinfo=PARIS)
    end = (first.astimezone(UTC) + timedelta(minutes=45)).astimezone(PARIS)
    return replace(session(start), start=first, end=end, kind="club", rrule="FREQ=WEEKLY;COUNT=5")


class Case(NamedTuple):
    """One cell: the step on a meeting that begins at a season's start, what the mail is for, what it means, and where it is held.

    `meaning` is what it means to Zoé, who holds the meeting as it was; `shift` from the season's start, None for no date at all.
    """

    step: Callable[[Meeting], Meeting]
    purpose: Purpose
    meaning: str
    raises: int
    shift: timedelta | None = timedelta(0)
    user: str = USER


def wall(moment: datetime, shift: timedelta) -> datetime:
    return (moment.replace(tzinfo=None) + shift).replace(tzinfo=PARIS)


DAY = timedelta(days=1)
CASES = {
    "first": Case(lambda m: m, "invite", "REQUEST-NEW", 0),
    "re-send": Case(lambda m: m, "invite", "REQUEST-UPDATE", 0),
    "move": Case(lambda m: move(m, wall(m.start, DAY)), "update", "REQUEST-RESCHEDULE", 1, DAY),
    "text change": Case(lambda m: change_text(m, title="Nettoyage", description="Autre"), "update", "REQUEST-UPDATE", 0),
    "place change": Case(lambda m: change_place(m, place="Mairie"), "update", "REQUEST-UPDATE", 1),
    "add person": Case(lambda m: add_people(m, [EVE]), "update", "REQUEST-UPDATE", 0),
    "add person, for that person": Case(lambda m: add_people(m, [EVE]), "invite", "REQUEST-NEW", 0, user="eve@ville.example"),
    "remove person, for the others": Case(lambda m: remove_person(m, "max")[0], "update", "REQUEST-UPDATE", 1),
    "remove person, for that person": Case(lambda m: remove_person(m, "zoe")[1], "uninvite", "CANCEL-EVENT", 1),
    "cancel all": Case(cancel, "cancel", "CANCEL-EVENT", 1),
    "counter accepted": Case(lambda m: move(m, wall(m.start, timedelta(hours=2))), "update", "REQUEST-RESCHEDULE", 1, timedelta(hours=2)),
    "counter declined": Case(lambda m: m, "decline", "DECLINECOUNTER", 0, None),
}


def written(meeting: Meeting, purpose: Purpose) -> bytes:
    assert meeting.stamp is not None
    comment = "" if purpose == "invite" else "La salle est prise, désolée."
    ics = invitation(meeting, PEOPLE, method=METHODS[purpose], now=meeting.stamp, comment=comment)
    raw = invitation_mail(meeting, meeting.attendees[0], PEOPLE, ics=ics, message_id="a@ville.example", now=meeting.stamp, purpose=purpose)
    mail = message_from_bytes(raw, policy=default)
    alternative, file = mail.iter_parts()
    calendar = list(alternative.iter_parts())[-1]
    assert (calendar.get_content_type(), calendar["Content-Type"].params["method"]) == ("text/calendar", METHODS[purpose])
    assert calendar.get_payload(decode=True) == file.get_payload(decode=True) == ics
    assert f"METHOD:{METHODS[purpose]}\r\n".encode() in ics
    return ics


def judged(ics: bytes) -> None:
    well_formed(ics)
    assert libical.faults(ics) == []


@pytest.mark.parametrize("season", SEASONS)
@pytest.mark.parametrize("name", CASES)
def test_a_meeting(name: str, season: str) -> None:
    case, (start, _) = CASES[name], SEASONS[season]
    before = session(start)
    old = written(before, "invite")
    after = resend(case.step(before), NOW)
    new = written(after, case.purpose)
    judged(new)
    assert (after.uid, after.sequence) == (before.uid, case.raises)
    stored = None if case.meaning == "REQUEST-NEW" else old
    assert libical.meaning(new, case.user, stored) == case.meaning
    if METHODS[case.purpose] == "REQUEST" and stored is not None:
        assert libical.meaning(old, case.user, new) == "OBSOLETE"
        assert libical.meaning(new, case.user, new) == "OBSOLETE"
    kept = b"PARTSTAT=ACCEPTED" in new.replace(b"\r\n ", b"")
    assert kept is (case.meaning != "DECLINECOUNTER" and case.step(before).start == before.start)


def utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def test_ical_js_reads_the_instant_of_each_step_in_each_season() -> None:
    cells = [(case, start, instant) for case in CASES.values() for start, instant in SEASONS.values() if case.shift is not None]
    calendars = [written(resend(case.step(session(start)), NOW), case.purpose) for case, start, _ in cells]
    for machine in ("UTC", "Asia/Tokyo"):
        for (case, start, instant), read in zip(cells, ical_js.read(calendars, zone=machine), strict=True):
            assert case.shift is not None
            assert read["start"] == utc(wall(start, case.shift))
            if not case.shift:
                assert read["start"][:16] == instant
            assert read["end"] == utc(wall(start, case.shift).astimezone(UTC) + timedelta(minutes=45))
            assert read["events"] == 1


class Change(NamedTuple):
    """Steps in the life of a weekly club: the season's start is its third date. `held`: the shifts of the dates from that start.

    libical compares the master alone: to it, a moved date is an update.
    """

    steps: tuple[Callable[[Meeting, datetime], Meeting], ...]
    held: tuple[timedelta, ...]
    events: int = 1
    purpose: Purpose = "update"
    meaning: str = "REQUEST-RESCHEDULE"


ALL = tuple(WEEK * n for n in range(-2, 3))
LATER = timedelta(days=1, hours=2)
SERIES = {
    "first": Change((), ALL, purpose="invite", meaning="REQUEST-NEW"),
    "exdate": Change((lambda m, s: skip_date(m, s),), (*ALL[:2], *ALL[3:])),
    "exdate of the first date": Change((lambda m, s: skip_date(m, wall(s, ALL[0])),), ALL[1:]),
    "two exdates": Change((lambda m, s: skip_date(m, s), lambda m, s: skip_date(m, wall(s, WEEK))), (*ALL[:2], ALL[4])),
    "moved date": Change((lambda m, s: move_date(m, s, wall(s, LATER)),), (*ALL[:2], LATER, *ALL[3:]), 2, meaning="REQUEST-UPDATE"),
    "date moved twice": Change(
        (lambda m, s: move_date(m, s, wall(s, LATER)), lambda m, s: move_date(m, s, wall(s, -LATER))),
        (*ALL[:2], -LATER, *ALL[3:]),
        2,
        meaning="REQUEST-UPDATE",
    ),
    "two moved dates": Change(
        (lambda m, s: move_date(m, s, wall(s, LATER)), lambda m, s: move_date(m, wall(s, WEEK), wall(s, WEEK + LATER))),
        (*ALL[:2], LATER, WEEK + LATER, ALL[4]),
        3,
        meaning="REQUEST-UPDATE",
    ),
    "moved back": Change((lambda m, s: move_date(m, s, wall(s, LATER)), lambda m, s: move_date(m, s, s)), ALL, meaning="REQUEST-UPDATE"),
    "moved then cancelled date": Change(
        (lambda m, s: move_date(m, s, wall(s, LATER)), lambda m, s: skip_date(m, wall(s, LATER))), (*ALL[:2], *ALL[3:])
    ),
    "another hour with exceptions": Change(
        (
            lambda m, s: skip_date(m, wall(s, -WEEK)),
            lambda m, s: move_date(m, s, wall(s, LATER)),
            lambda m, s: move(m, wall(m.start, timedelta(hours=1))),
        ),
        tuple(shift + timedelta(hours=1) for shift in (ALL[0], LATER, *ALL[3:])),
        2,
    ),
    "another day with exceptions": Change(
        (
            lambda m, s: skip_date(m, wall(s, -WEEK)),
            lambda m, s: move_date(m, s, wall(s, LATER)),
            lambda m, s: move(m, wall(m.start, DAY)),
        ),
        tuple(shift + DAY for shift in (ALL[0], *ALL[2:])),
    ),
    "text": Change((lambda m, s: change_text(m, description="Autre"),), ALL, meaning="REQUEST-UPDATE"),
    "person removed": Change((lambda m, s: remove_person(m, "max")[0],), ALL, meaning="REQUEST-UPDATE"),
    "counter accepted for one date": Change(
        (lambda m, s: move_date(m, s, wall(s, DAY)),), (*ALL[:2], DAY, *ALL[3:]), 2, meaning="REQUEST-UPDATE"
    ),
    "cancel all": Change((lambda m, s: cancel(m),), ALL, purpose="cancel", meaning="CANCEL-EVENT"),
}


@pytest.mark.parametrize("name", SERIES)
def test_a_club(name: str) -> None:
    case = SERIES[name]
    calendars, expected = [], []
    for start, _ in SEASONS.values():
        after = before = club(start)
        old = written(before, "invite")
        for step in case.steps:
            after = step(after, start)
        assert after.sequence == (0 if name in ("first", "text") else len(case.steps))
        new = written(resend(after, NOW), case.purpose)
        judged(new)
        assert new.count(b"BEGIN:VEVENT") == case.events
        assert new.count(b"RECURRENCE-ID;TZID=Europe/Paris:") == case.events - 1
        assert libical.meaning(new, USER, None if case.meaning == "REQUEST-NEW" else old) == case.meaning
        if case.purpose == "update":
            assert libical.meaning(old, USER, new) == "OBSOLETE"
        calendars.append(new)
        expected.append(sorted(utc(wall(start, shift)) for shift in case.held))
    for machine in ("UTC", "America/New_York"):
        for read, instants in zip(ical_js.read(calendars, zone=machine), expected, strict=True):
            assert [begun for begun, _ in read["held"]] == instants
            assert all(datetime.fromisoformat(end) - datetime.fromisoformat(begun) == timedelta(minutes=45) for begun, end in read["held"])


@pytest.mark.parametrize("season", SEASONS)
def test_declining_a_counter_about_one_date_names_that_date(season: str) -> None:
    start, _ = SEASONS[season]
    ics = invitation(club(start), PEOPLE, method="DECLINECOUNTER", now=NOW, comment="Non; désolée,\nvraiment", recurrence=start)
    judged(ics)
    assert libical.meaning(ics, USER) == "DECLINECOUNTER"
    text = ics.decode().replace("\r\n ", "")
    assert f"RECURRENCE-ID;TZID=Europe/Paris:{start:%Y%m%dT%H%M%S}\r\n" in text
    for absent in ("ATTENDEE", "SEQUENCE", "SUMMARY", "LOCATION", "DESCRIPTION", "VALARM"):
        assert absent not in text


@pytest.mark.parametrize("zone", sorted(VTIMEZONES))
def test_a_moved_date_is_read_right_in_every_zone_of_ours(zone: str) -> None:
    there = ZoneInfo(zone)
    first = datetime(2027, 3, 4, 14, 0, tzinfo=there)
    meeting = replace(club(first), start=first, end=first + timedelta(minutes=45), tzid=zone)
    one = datetime(2027, 3, 18, 14, 0, tzinfo=there)
    after = move_date(skip_date(meeting, datetime(2027, 4, 1, 14, 0, tzinfo=there)), one, datetime(2027, 3, 19, 9, 30, tzinfo=there))
    ics = written(resend(after, NOW), "update")
    assert libical.faults(ics) == []
    (read,) = ical_js.read([ics])
    held = [(3, 4, 14, 0), (3, 11, 14, 0), (3, 19, 9, 30), (3, 25, 14, 0)]
    assert [begun for begun, _ in read["held"]] == [utc(datetime(2027, *parts, tzinfo=there)) for parts in held]
