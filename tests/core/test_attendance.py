from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from addin.core.attendance import all_answered, as_answered, silent, state_of
from addin.core.book import Book
from addin.core.events import Event
from addin.core.grid import grid
from addin.core.meetings import Attendee, Meeting
from addin.core.quality import checklist, qualities
from tests.people import ANNE, ECLAIRAGE, MENUS, NOW, PAUL
from tests.shapes import PARIS

MEETING = Meeting(
    id="m",
    uid="m@saint-aubin.example",
    kind="quality",
    title="Séance 1 sur 4\u00a0: Nettoyage",
    start=datetime(2026, 12, 8, 10, 0, tzinfo=PARIS),
    end=datetime(2026, 12, 8, 10, 45, tzinfo=PARIS),
    attendees=(Attendee(contact="paul", email="paul.morin@saint-aubin.example"), Attendee(contact="anne", email=ANNE.email)),
    datasets=("menus", "eclairage"),
    step=2,
)
CLUB = replace(MEETING, id="club", kind="club", rrule="FREQ=WEEKLY;COUNT=4", step=0)
DATES = [CLUB.start + timedelta(days=7 * n) for n in range(4)]


def event(kind: Any, n: int = 0, *, who: str | None = "paul", meeting: str = "m", **fields: Any) -> Event:
    return Event(id=f"e{n}-{kind}-{len(fields)}", at=NOW, type=kind, action=f"a{n}", contact=who, meeting=meeting, **fields)


def says(partstat: str, n: int = 0, **fields: Any) -> Event:
    return event("rsvp", n, partstat=partstat, **{"told_by": "mail", **fields})


def moved(sequence: int | None, n: int = 0, **fields: Any) -> Event:
    return event("moved", n, who=None, sequence=sequence, **fields)


def book(*events: Event) -> Book:
    people = {contact.id: contact for contact in (PAUL, ANNE)}
    return Book(contacts=people, datasets={"menus": MENUS, "eclairage": ECLAIRAGE}, meetings={"m": MEETING, "club": CLUB}, events=events)


def paul(*events: Event, meeting: Meeting = MEETING, date: datetime | None = None) -> Attendee:
    return as_answered(meeting, book(*events), date=date).attendees[0]


def minute(n: int) -> datetime:
    return NOW + timedelta(minutes=n)


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], "silent"),
        ([says("ACCEPTED")], "accepted"),
        ([says("TENTATIVE")], "maybe"),
        ([says("DECLINED")], "declined"),
        ([says("DELEGATED")], "delegated"),
        ([says("NEEDS-ACTION")], "silent"),
        ([says("ACCEPTED"), says("DECLINED", 1)], "declined"),
        ([says("ACCEPTED"), says("NEEDS-ACTION", 1)], "accepted"),
        ([says("ACCEPTED", who="anne")], "silent"),
        ([says("ACCEPTED", meeting="other")], "silent"),
        # a higher SEQUENCE is newer, whatever the DTSTAMP and the order of arrival; then a later DTSTAMP
        ([says("ACCEPTED", sequence=1, stamp=minute(0)), says("DECLINED", 1, sequence=0, stamp=minute(9))], "accepted"),
        ([says("ACCEPTED", sequence=0, stamp=minute(5)), says("DECLINED", 1, sequence=0, stamp=minute(1))], "accepted"),
        ([says("ACCEPTED", sequence=0, stamp=minute(1)), says("DECLINED", 1, sequence=0, stamp=minute(5))], "declined"),
        # what is not there is not compared: the last one logged counts
        ([says("ACCEPTED", sequence=3, stamp=minute(5)), says("DECLINED", 1)], "declined"),
        ([says("ACCEPTED", stamp=minute(5)), says("DECLINED", 1, sequence=2)], "declined"),
        # a move asks again
        ([says("ACCEPTED", sequence=0), moved(1)], "reconfirm"),
        ([says("DECLINED", sequence=0), moved(1)], "silent"),
        ([says("TENTATIVE", sequence=0), moved(1)], "silent"),
        ([says("ACCEPTED"), moved(None)], "reconfirm"),
        ([moved(1), says("ACCEPTED", 1, sequence=0)], "reconfirm"),
        ([moved(1), says("DECLINED", 1, sequence=0)], "silent"),
        ([moved(1), says("ACCEPTED", 1, sequence=1)], "accepted"),
        ([moved(1), says("ACCEPTED", 1)], "accepted"),
        ([says("ACCEPTED", sequence=0), moved(1), says("DECLINED", 1, sequence=1)], "declined"),
        ([says("ACCEPTED", sequence=0), moved(1), says("DECLINED", 1, sequence=1), moved(2)], "silent"),
        ([says("ACCEPTED", sequence=0), moved(1), moved(2)], "reconfirm"),
        ([says("DECLINED", sequence=0), moved(1), says("ACCEPTED", 1, sequence=0, stamp=minute(1))], "reconfirm"),
        # the place changed: SEQUENCE went up, the answers stay
        ([says("ACCEPTED", sequence=0), event("changed", who=None, sequence=1)], "accepted"),
        # uninvited, then invited again: the former answer is forgotten
        ([says("ACCEPTED"), event("uninvited"), event("invited", 2)], "silent"),
        # taken back
        ([says("ACCEPTED", 1), says("DECLINED", 2), Event(id="u", at=NOW, type="undone", action="u", undo_of="a2")], "accepted"),
        ([says("ACCEPTED", 1), moved(1, 2), Event(id="u", at=NOW, type="undone", action="u", undo_of="a2")], "accepted"),
    ],
)
def test_what_counts(events: list[Event], state: str) -> None:
    assert state_of(paul(*events)) == state


def test_who_told_it_and_who_came() -> None:
    told = paul(says("ACCEPTED", told_by="phone"), event("attended", 1, answer="no"))
    assert (told.partstat, told.told_by, told.attended) == ("ACCEPTED", "phone", False)
    assert paul(event("attended", 1, answer="no"), event("attended", 2, answer="yes")).attended is True
    assert paul(says("ACCEPTED", told_by="phone"), moved(1)).told_by is None


def test_what_the_record_says_is_not_believed() -> None:
    lying = replace(MEETING, attendees=(replace(MEETING.attendees[0], partstat="ACCEPTED", told_by="mail", attended=True, reconfirm=True),))
    assert as_answered(lying, book()).attendees == (MEETING.attendees[0],)


def test_one_date_of_a_series() -> None:
    yes = says("ACCEPTED", meeting="club", sequence=0)
    no_second = says("DECLINED", 1, meeting="club", sequence=0, recurrence=DATES[1])
    assert state_of(paul(yes, no_second, meeting=CLUB)) == "accepted"
    assert state_of(paul(yes, no_second, meeting=CLUB, date=DATES[0])) == "accepted"
    assert state_of(paul(yes, no_second, meeting=CLUB, date=DATES[1].astimezone(UTC))) == "declined"
    assert state_of(paul(no_second, yes, meeting=CLUB, date=DATES[1])) == "declined"
    third_moved = moved(1, 3, meeting="club", recurrence=DATES[2])
    assert state_of(paul(yes, third_moved, meeting=CLUB)) == "accepted"
    assert state_of(paul(yes, third_moved, meeting=CLUB, date=DATES[2])) == "reconfirm"
    assert state_of(paul(yes, third_moved, meeting=CLUB, date=DATES[3])) == "accepted"
    again = says("TENTATIVE", 4, meeting="club", sequence=1, recurrence=DATES[2])
    assert state_of(paul(yes, third_moved, again, meeting=CLUB, date=DATES[2])) == "maybe"
    whole = says("ACCEPTED", 4, meeting="club", sequence=1)
    assert state_of(paul(yes, third_moved, whole, meeting=CLUB, date=DATES[2])) == "accepted"
    put_back = event("changed", 5, who=None, meeting="club", sequence=2, recurrence=DATES[2], start=DATES[2])
    assert state_of(paul(yes, third_moved, again, put_back, meeting=CLUB, date=DATES[2])) == "silent"
    came = event("attended", 6, meeting="club", answer="yes", recurrence=DATES[2])
    assert paul(yes, came, meeting=CLUB).attended is None
    assert paul(yes, came, meeting=CLUB, date=DATES[2]).attended is True


def test_the_grid() -> None:
    events = (
        says("ACCEPTED", told_by="phone"),
        event("attended", 1, answer="yes"),
        says("ACCEPTED", 2, meeting="club", who="anne"),
        says("DECLINED", 3, meeting="club", who="anne", recurrence=DATES[1]),
    )
    alone = replace(CLUB, attendees=CLUB.attendees[1:])
    shown = grid(book(*events), [MEETING, alone])
    assert [(column.meeting, column.date) for column in shown.columns] == [("m", None), ("club", None), ("club", DATES[1])]
    assert [row.name for row in shown.rows] == ["Paul Morin", "Anne Le Goff"]
    first, second = shown.rows[0].cells, shown.rows[1].cells
    assert [(cell.invited, cell.state, cell.told_by, cell.attended) for cell in first] == [
        (True, "accepted", "phone", True),
        (False, "silent", None, None),
        (False, "silent", None, None),
    ]
    assert [cell.state for cell in second] == ["silent", "accepted", "declined"]
    assert shown.columns[0].counts == {"accepted": 1, "maybe": 0, "declined": 0, "delegated": 0, "silent": 1, "reconfirm": 0}
    assert shown.columns[0].came == 1
    assert shown.columns[2].start == DATES[1]


def test_only_the_silent_are_reminded() -> None:
    stands = book(says("ACCEPTED", sequence=0), says("DECLINED", 1, who="anne", sequence=0))
    assert silent(stands, MEETING) == ()
    again = book(*stands.events, moved(1, 2))
    assert [person.contact for person in silent(again, MEETING)] == ["paul", "anne"]
    gone = replace(MEETING, attendees=(replace(MEETING.attendees[0], email=""), MEETING.attendees[1]))
    assert [person.contact for person in silent(again, gone)] == ["anne"]


def test_the_state_of_data_sets() -> None:
    def reached(dataset: str, answer: str | None, n: int) -> Event:
        return Event(id=f"q{n}", at=NOW, type="advanced", action=f"q{n}", dataset=dataset, meeting="m", answer=answer)

    stands = book(reached("menus", "cleaned", 1), reached("menus", "standardised", 2), reached("eclairage", "cleaned", 3))
    assert qualities(stands) == {"menus": "standardised", "eclairage": "cleaned"}
    assert [(check.dataset, check.goal, check.reached) for check in checklist(MEETING, stands)] == [
        ("menus", "compiled", True),
        ("eclairage", "compiled", False),
    ]
    assert checklist(CLUB, stands) == ()
    assert qualities(book(*stands.events, reached("menus", None, 4))) == {"eclairage": "cleaned"}


answers = st.builds(
    lambda partstat, sequence, minutes, who: (partstat, sequence, minutes, who),
    st.sampled_from(["ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED"]),
    st.integers(0, 3),
    st.integers(0, 5),
    st.sampled_from(["paul", "anne"]),
)


@given(st.lists(answers, max_size=10, unique_by=lambda one: (one[1], one[2], one[3])), st.sets(st.integers(1, 3)), st.randoms())
def test_the_order_of_arrival_does_not_matter(given_answers: list[tuple[str, int, int, str]], moves: set[int], random: Any) -> None:
    """Answers that bear SEQUENCE and DTSTAMP give one state, however they and the moves are shuffled, whatever comes twice."""
    events = [says(p, n, sequence=s, stamp=minute(m), who=w) for n, (p, s, m, w) in enumerate(given_answers)]
    tale = [*events, *(moved(sequence, 100 + sequence) for sequence in sorted(moves))]
    shuffled = [*tale, *(replace(one, id=f"{one.id}-again") for one in events)]
    random.shuffle(shuffled)
    first = all_answered([MEETING], book(*tale))[0]
    assert all_answered([MEETING], book(*shuffled))[0] == first
    for attendee in first.attendees:
        best = max(((s, m, p) for p, s, m, w in given_answers if w == attendee.contact), default=None)
        current = best is not None and best[0] >= max(moves, default=0)
        assert attendee.partstat == (best[2] if best and current else "NEEDS-ACTION")
        assert attendee.reconfirm is bool(best and not current and best[2] == "ACCEPTED")
