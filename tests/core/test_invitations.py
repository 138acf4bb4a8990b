import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from msgspec.structs import replace

from addin.core.contacts import Contact
from addin.core.errors import BadInput
from addin.core.invitations import invitation
from addin.core.meetings import Attendee, Meeting, MeetingKind
from addin.core.organisation import Organisation
from addin.core.series import club_rule
from addin.core.timezones import VTIMEZONES
from tests.judges import ical_js, libical

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
PEOPLE = {
    "zoe": Contact(id="zoe", name="Zoé L’Hôte", emails=("zoe.lhote@ville.example",)),
    "max": Contact(id="max", name="", service="Direction des systèmes d’information", emails=("max@dsi.test",)),
}


def meeting(start: datetime, **changes: Any) -> Meeting:
    base = Meeting(
        id="m1",
        uid="m1@ville.example",
        kind="quality",
        title="Séance 1 sur 4\u00a0: Introduction et nettoyage",
        start=start,
        end=(start.astimezone(UTC) + timedelta(minutes=45)).astimezone(start.tzinfo),
        tzid=getattr(start.tzinfo, "key", "Europe/Paris"),
        place="Salle du conseil, 1er étage",
        description="Nettoyer les fichiers.\n\n- présenter l’outil\n- vider les colonnes inutiles",
        organizer_name="Claire Vasseur",
        organizer_email="claire.vasseur@saint-aubin.example",
        attendees=(Attendee(contact="zoe", email="zoe.lhote@ville.example"), Attendee(contact="max", email="max@dsi.test")),
    )
    return replace(base, **changes)


def well_formed(ics: bytes) -> None:
    """Check what libical does not see: UTF-8, CRLF only, octets per line, no escape pair or character cut, one UID, no lone override."""
    text = ics.decode("utf-8", "strict")
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert "\r" not in text.replace("\r\n", "")
    for octets in ics.split(b"\r\n"):
        assert len(octets) <= 75, octets
        octets.decode("utf-8", "strict")
    for line, following in pairwise(text.split("\r\n")):
        if following.startswith(" "):
            assert (len(line) - len(line.rstrip("\\"))) % 2 == 0, line
    assert text.count("BEGIN:VEVENT\r\n") == 1
    assert "RECURRENCE-ID" not in text
    assert len(re.findall(r"^UID:", text, re.MULTILINE)) == 1
    zone = re.search(r"^DTSTART;TZID=([^:]+):", text, re.MULTILINE)
    assert zone is not None
    assert f"BEGIN:VTIMEZONE\r\nTZID:{zone[1]}\r\n" in text


def judged(ics: bytes, *, user: str = "zoe.lhote@ville.example") -> None:
    well_formed(ics)
    assert libical.faults(ics) == []
    assert libical.meaning(ics, user) == "REQUEST-NEW"


MOMENTS = [
    datetime(2027, 1, 12, 10, 0),  # noqa: DTZ001 - local, placed in each zone below
    datetime(2027, 6, 3, 14, 0),  # noqa: DTZ001
    datetime(2027, 3, 28, 3, 30),  # noqa: DTZ001
    datetime(2027, 10, 31, 4, 0),  # noqa: DTZ001
    datetime(2027, 3, 14, 3, 30),  # noqa: DTZ001
    datetime(2027, 11, 7, 4, 0),  # noqa: DTZ001
]
KINDS: list[MeetingKind] = ["maturity", "quality", "club-launch", "club"]


def instants(dates: Sequence[datetime]) -> list[str]:
    return [moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z") for moment in dates]


@pytest.mark.parametrize("zone", sorted(VTIMEZONES))
def test_every_kind_in_every_zone_is_judged_right(zone: str) -> None:
    for kind in KINDS:
        for moment in MOMENTS:
            rule = "FREQ=WEEKLY;COUNT=6" if kind == "club" else ""
            judged(invitation(meeting(moment.replace(tzinfo=ZoneInfo(zone)), kind=kind, rrule=rule), PEOPLE, now=NOW))


@pytest.mark.parametrize("machine", ["UTC", "Asia/Tokyo", "America/New_York"])
def test_ical_js_reads_the_right_instants_whatever_the_machine(machine: str) -> None:
    starts = [moment.replace(tzinfo=ZoneInfo(zone)) for zone in sorted(VTIMEZONES) for moment in MOMENTS]
    read = ical_js.read([invitation(meeting(start), PEOPLE, now=NOW) for start in starts], zone=machine)
    assert [one["start"] for one in read] == instants(starts)
    assert [one["end"] for one in read] == instants([start.astimezone(UTC) + timedelta(minutes=45) for start in starts])


def test_ical_js_knows_the_paris_examples() -> None:
    read = ical_js.read([invitation(meeting(moment.replace(tzinfo=PARIS)), PEOPLE, now=NOW) for moment in MOMENTS[:4]], zone="Asia/Tokyo")
    assert [one["start"][:16] for one in read] == ["2027-01-12T09:00", "2027-06-03T12:00", "2027-03-28T01:30", "2027-10-31T03:00"]


def test_every_day_of_the_coming_years_reads_at_the_right_instant() -> None:
    for zone in ("Europe/Paris", "America/Miquelon"):
        first = datetime(2026, 11, 24, 10, 30, tzinfo=ZoneInfo(zone))
        starts = [(first.replace(tzinfo=None) + timedelta(days=3 * n)).replace(tzinfo=ZoneInfo(zone)) for n in range(365)]
        read = ical_js.read([invitation(meeting(start), PEOPLE, now=NOW) for start in starts])
        assert [one["start"] for one in read] == instants(starts)


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Miquelon", "Indian/Reunion"])
def test_the_dates_of_a_series_with_its_exceptions(zone: str) -> None:
    town = Organisation(department={"Europe/Paris": "35", "America/Miquelon": "975", "Indian/Reunion": "974"}[zone])
    series = club_rule("first thursday", datetime(2027, 1, 1, 14, 0), date(2027, 12, 31), town)  # noqa: DTZ001 - local by contract
    ics = invitation(meeting(series.start, kind="club", rrule=series.rrule, exdates=series.exdates), PEOPLE, now=NOW)
    judged(ics)
    (read,) = ical_js.read([ics], zone="Asia/Tokyo")
    days = [7, 4, 4, 1, 6, 3, 1, 5, 2, 7, 4, 2]
    nominal = [datetime(2027, month, day, 14, 0, tzinfo=ZoneInfo(zone)) for month, day in enumerate(days, start=1)]
    left_out = {moment.date() for moment in series.exdates}
    expected = [moment for moment in nominal if moment.date() not in left_out]
    if zone == "Europe/Paris":
        assert left_out == {date(2027, 3, 4), date(2027, 5, 6), date(2027, 8, 5), date(2027, 11, 4)}
        assert [moment[11:16] for moment in read["dates"]] == ["13:00", "13:00", "12:00", "12:00", "12:00", "12:00", "12:00", "13:00"]
    assert read["dates"] == instants(expected)


def test_what_a_receiver_makes_of_the_life_of_a_meeting() -> None:
    start = datetime(2027, 1, 12, 10, 0, tzinfo=PARIS)
    user = "zoe.lhote@ville.example"
    first = invitation(meeting(start), PEOPLE, now=NOW)
    again = invitation(meeting(start), PEOPLE, now=NOW + timedelta(minutes=1))
    later = start + timedelta(days=1)
    moved = invitation(meeting(later, sequence=1), PEOPLE, now=NOW + timedelta(minutes=2))
    gone = invitation(meeting(later, sequence=2), PEOPLE, method="CANCEL", now=NOW + timedelta(minutes=3))
    assert libical.meaning(again, user, first) == "REQUEST-UPDATE"
    assert libical.meaning(moved, user, first) == "REQUEST-RESCHEDULE"
    assert libical.meaning(first, user, moved) == "OBSOLETE"
    assert libical.meaning(first, user, first) == "OBSOLETE"
    assert libical.meaning(gone, user, moved) == "CANCEL-EVENT"
    assert libical.faults(gone) == []
    assert b"STATUS:CANCELLED" in gone
    assert b"VALARM" not in gone


def test_the_lines_a_client_needs_are_there() -> None:
    ics = invitation(meeting(datetime(2027, 1, 12, 10, 0, tzinfo=PARIS), video="https://visio.example/salle?x=1,2;3"), PEOPLE, now=NOW)
    text = ics.decode().replace("\r\n ", "")
    lines = text.split("\r\n")
    assert lines[:5] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Antiseche//Antiseche//FR", "CALSCALE:GREGORIAN", "METHOD:REQUEST"]
    for line in (
        "DTSTAMP:20261124T090000Z",
        "DTSTART;TZID=Europe/Paris:20270112T100000",
        "DTEND;TZID=Europe/Paris:20270112T104500",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "URL:https://visio.example/salle?x=1,2;3",
        "ACTION:DISPLAY",
        "TRIGGER:-PT15M",
    ):
        assert line in lines, line
    attendees = [line for line in lines if line.startswith("ATTENDEE")]
    assert len(attendees) == 2
    for parameter in ("CUTYPE=INDIVIDUAL", "ROLE=REQ-PARTICIPANT", "PARTSTAT=NEEDS-ACTION", "RSVP=TRUE"):
        assert all(parameter in line for line in attendees)
    assert attendees[0].endswith(":mailto:zoe.lhote@ville.example")
    assert "https://visio.example/salle?x=1\\,2\\;3" in next(line for line in lines if line.startswith("DESCRIPTION"))


def test_the_answers_known_are_kept_on_a_resend() -> None:
    one = meeting(
        datetime(2027, 1, 12, 10, 0, tzinfo=PARIS),
        attendees=(Attendee(contact="zoe", email="zoe.lhote@ville.example", partstat="ACCEPTED"),),
    )
    assert b"PARTSTAT=ACCEPTED" in invitation(one, PEOPLE, now=NOW).replace(b"\r\n ", b"")


def test_the_same_input_gives_the_same_bytes() -> None:
    one = meeting(datetime(2027, 1, 12, 10, 0, tzinfo=PARIS))
    assert invitation(one, PEOPLE, now=NOW) == invitation(one, PEOPLE, now=NOW)


def test_a_start_stored_with_a_plain_offset_is_written_in_its_zone() -> None:
    one = meeting(datetime(2027, 6, 3, 14, 0, tzinfo=PARIS))
    stored = replace(
        one, start=datetime.fromisoformat("2027-06-03T14:00:00+02:00"), end=datetime.fromisoformat("2027-06-03T14:45:00+02:00")
    )
    assert invitation(stored, PEOPLE, now=NOW) == invitation(one, PEOPLE, now=NOW)


INJECTIONS = ["a\r\nATTENDEE:mailto:x@y.example", "a\nb", "a\rb", "a\x00b", "a\x1bb", "a\u0085b", "a\u2028b", "a\ud800b", "x" * 501]


@pytest.mark.parametrize("bad", INJECTIONS)
@pytest.mark.parametrize("field", ["title", "place", "organizer_name", "uid", "name"])
def test_a_line_end_or_control_in_a_field_is_refused(field: str, bad: str) -> None:
    one = meeting(datetime(2027, 1, 12, 10, 0, tzinfo=PARIS))
    people = {"zoe": replace(PEOPLE["zoe"], name=bad)} if field == "name" else PEOPLE
    with pytest.raises(BadInput) as caught:
        invitation(one if field == "name" else replace(one, **{field: bad}), people, now=NOW)
    assert caught.value.where


@pytest.mark.parametrize(
    "changes",
    [
        {"attendees": ()},
        {"title": " "},
        {"organizer_email": ""},
        {"organizer_email": "pas une adresse"},
        {"organizer_email": "a@b.example\r\nX:y"},
        {"attendees": (Attendee(contact="zoe", email="é@ville.example"),)},
        {"attendees": (Attendee(contact="zoe", email="a b@ville.example"),)},
        {"end": datetime(2027, 1, 12, 10, 0, tzinfo=PARIS)},
        {"tzid": "Romance Standard Time"},
        {"tzid": "America/New_York"},
        {"video": "javascript:alert(1)"},
        {"video": "https://visio.example/a b"},
        {"description": "a\x07"},
    ],
)
def test_a_meeting_that_cannot_be_called_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        invitation(meeting(datetime(2027, 1, 12, 10, 0, tzinfo=PARIS), **changes), PEOPLE, now=NOW)


def test_a_naive_now_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="aware"):
        invitation(meeting(datetime(2027, 1, 12, 10, 0, tzinfo=PARIS)), PEOPLE, now=datetime(2026, 11, 24))  # noqa: DTZ001


HARD = st.text(
    st.one_of(st.sampled_from("\",;:\\^'nN=%&<>«»éàœ€😀👩‍🔧 "), st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))), max_size=90
)
LINES = st.lists(HARD, max_size=6).map("\n".join)


# no shrinking: every step starts node anew
@settings(
    max_examples=15,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.large_base_example],
)
@given(st.lists(st.tuples(HARD.filter(str.strip), HARD, HARD, HARD, LINES), min_size=10, max_size=25))
def test_any_words_come_back_from_two_readers(wording: list[tuple[str, str, str, str, str]]) -> None:
    start = datetime(2027, 6, 3, 14, 0, tzinfo=PARIS)
    files = []
    for title, place, name, organizer, description in wording:
        people = {"zoe": Contact(id="zoe", name=name)}
        one = meeting(
            start, title=title, place=place, organizer_name=organizer, description=description, attendees=meeting(start).attendees[:1]
        )
        files.append(invitation(one, people, now=NOW))
    for ics, read, (title, place, name, organizer, description) in zip(files, ical_js.read(files), wording, strict=True):
        judged(ics)
        names = (name.strip() or "zoe.lhote@ville.example", organizer.strip() or "claire.vasseur@saint-aubin.example")
        expected = (title.strip(), place.strip(), *(each.replace("\\", "/") for each in names))
        (event,) = Calendar.from_ical(ics).events
        for got in (
            (read["summary"] or "", read["location"] or "", read["attendees"][0]["name"], read["organizer"]["name"]),
            (
                str(event.get("summary", "")),
                str(event.get("location", "")),
                event.attendees[0].params["CN"],
                event["organizer"].params["CN"],
            ),
        ):
            assert got == expected
        assert (read["description"] or "") == str(event.get("description", "")) == description.strip()
