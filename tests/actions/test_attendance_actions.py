import json
from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from addin.actions.insert_letter import write
from addin.actions.invite import plan
from addin.actions.note_attendance import minutes, note_attendance
from addin.actions.tell_rsvp import tell_rsvp
from addin.actions.undo import undo
from addin.core.attendance import as_answered
from addin.core.errors import BadInput, NotFound
from addin.core.grid import grid
from addin.core.own_sessions import sessions_of
from addin.core.quality import checklist, qualities
from addin.ports.desk import Desk
from tests.actions.test_log_rsvp import START, book, invited, office
from tests.judges import ical_js, libical
from tests.people import NOW, STRANGER
from tests.shapes import PARIS

STARTS = [START + timedelta(days=7 * n) for n in range(4)]


def sessions(desk: Desk) -> list[str]:
    done = plan(desk, kind="quality", starts=STARTS, attendees=["paul", "anne"], datasets=["menus"])
    return [meeting.id for meeting in done.meetings]


def came(desk: Desk, meeting: str) -> dict[str, bool | None]:
    stands = book(desk)
    return {one.contact: one.attended for one in as_answered(stands.meetings[meeting], stands).attendees}


def test_who_came_and_what_was_reached_is_one_gesture() -> None:
    desk = office()
    first = sessions(desk)[0]
    done = note_attendance(desk, first, present=["paul"], absent=["anne"], states={"menus": "cleaned"})
    assert [(event.type, event.answer) for event in done.events] == [("attended", "yes"), ("attended", "no"), ("advanced", "cleaned")]
    assert came(desk, first) == {"paul": True, "anne": False}
    assert qualities(book(desk)) == {"menus": "cleaned"}
    assert [check.reached for check in checklist(book(desk).meetings[first], book(desk))] == [True]
    assert grid(book(desk), [book(desk).meetings[first]]).columns[0].came == 1
    undo(desk, done.action)
    assert came(desk, first) == {"paul": None, "anne": None}
    assert qualities(book(desk)) == {}


def test_only_what_changes_is_written() -> None:
    desk = office()
    first = sessions(desk)[0]
    note_attendance(desk, first, present=["paul"], absent=["anne"], states={"menus": "cleaned"})
    before = desk.logbook.read()
    assert note_attendance(desk, first, present=["paul", "paul"], absent=["anne"], states={"menus": "cleaned"}).action == ""
    assert desk.logbook.read() == before
    assert [event.contact for event in note_attendance(desk, first, present=["paul", "anne"]).events] == ["anne"]
    note_attendance(desk, first, states={"menus": None})
    assert qualities(book(desk)) == {}


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"present": ["paul"], "absent": ["paul"]}, BadInput),
        ({"present": ["nobody"]}, NotFound),
        ({"states": {"none": "cleaned"}}, NotFound),
        ({"states": {"menus": "perfect"}}, BadInput),
        ({"date": START}, BadInput),
    ],
)
def test_what_cannot_be_is_refused(given: dict[str, object], error: type[BadInput]) -> None:
    desk = office()
    first = sessions(desk)[0]
    before = desk.logbook.read()
    with pytest.raises(error):
        note_attendance(desk, first, **given)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        note_attendance(desk, "none", present=["paul"])
    assert desk.logbook.read() == before


def test_the_minutes_fill_their_letter_and_propose_a_catch_up_to_the_absent() -> None:
    desk = office()
    second = sessions(desk)[1]
    desk.clock.now = STARTS[1] + timedelta(hours=2)  # type: ignore[attr-defined]
    note_attendance(desk, second, present=["paul"], absent=["anne"])
    given = minutes(desk, second)
    assert (given.present, given.absent, given.unticked) == (("paul",), ("anne",), ())
    assert given.values["seance_titre"] == "Compilation"
    assert given.values["seance_date"] == "2026-12-15"
    assert len(given.catch_up) == 3
    assert [start.date() > STARTS[1].date() and start < STARTS[2] for start in given.catch_up[:1]] == [True]
    assert len({start.date() for start in given.catch_up}) == 3
    assert all(start.weekday() < 5 and 9 <= start.hour < 17 for start in given.catch_up)
    values = {**given.values, "travaux": "Nous avons complété les adresses.", "suites": "Le service vérifie."}
    draft = write(desk, f"4-qualifier/{given.letter}", contact="anne", given=values).draft
    assert "Compilation" in draft.text
    assert "rattrapage le" in draft.text
    assert not {"seance_titre", "seance_date", "rattrapage_debut", "reponse_avant"} & set(draft.missing)


def test_without_absent_nothing_is_proposed() -> None:
    desk = office()
    first = sessions(desk)[0]
    note_attendance(desk, first, present=["paul", "anne"])
    given = minutes(desk, first)
    assert (given.catch_up, "rattrapage_debut" in given.values) == ((), False)
    assert minutes(office_with_club()[0], office_with_club()[1]).checks == ()


def office_with_club() -> tuple[Desk, str]:
    desk = office()
    return desk, invited(desk, rrule="FREQ=WEEKLY;COUNT=4").id


def test_one_date_of_the_club_is_ticked_alone() -> None:
    desk, club = office_with_club()
    second = START + timedelta(days=7)
    note_attendance(desk, club, present=["paul"], absent=["anne"], date=second.date())
    assert came(desk, club) == {"paul": None, "anne": None}
    given = minutes(desk, club, date=second)
    assert (given.present, given.absent, given.values["seance_date"]) == (("paul",), ("anne",), "2026-12-15")
    columns = grid(book(desk), list(book(desk).meetings.values())).columns
    assert [(column.date, column.came) for column in columns] == [(None, 0), (second, 1)]


def test_my_sessions_name_only_me_and_are_right_in_every_calendar() -> None:
    desk = office()
    ids = sessions(desk)
    club = invited(desk, rrule="FREQ=MONTHLY;COUNT=8;BYDAY=2TU")
    tell_rsvp(desk, [ids[0]], "paul", "ACCEPTED")
    with desk.logbook.change() as change:
        change.put(replace(change.book.meetings[ids[3]], status="CANCELLED"))
        change.put(STRANGER)
    ics = sessions_of(desk.logbook.read(), "paul", now=NOW)
    assert libical.faults(ics) == []
    assert b"METHOD" not in ics
    assert b"anne" not in ics.lower()
    assert max(len(line) for line in ics.split(b"\r\n")) <= 75
    assert ics.count(b"BEGIN:VTIMEZONE") == 1
    assert ics.count(b"BEGIN:VEVENT") == 4
    unfolded = ics.replace(b"\r\n ", b"")
    assert unfolded.count(b"PARTSTAT=ACCEPTED") == 1
    assert all(f"UID:{book(desk).meetings[key].uid}".encode() in unfolded for key in (*ids[:3], club.id))
    assert sessions_of(desk.logbook.read(), "inconnu", now=NOW).count(b"VEVENT") == 0
    with pytest.raises(NotFound):
        sessions_of(desk.logbook.read(), "none", now=NOW)
    read = ical_js.read([ics])[0]
    assert read["start"] in ("2026-12-08T09:00:00.000Z", "2026-12-08T09:00:00Z")


def test_the_values_of_the_minutes_are_plain_words() -> None:
    desk = office()
    first = sessions(desk)[0]
    note_attendance(desk, first, absent=["anne"])
    values = dict(minutes(desk, first).values)
    assert json.loads(json.dumps(values)) == values
    assert datetime.fromisoformat(values["rattrapage_debut"]).utcoffset() == datetime(2026, 12, 9, tzinfo=PARIS).utcoffset()
