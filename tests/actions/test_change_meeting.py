import itertools
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from msgspec.structs import replace

from addin.actions.change_meeting import Changed, Order, change, foresee, foresee_sessions, move_sessions
from addin.actions.invite import plan
from addin.actions.undo import undo, undo_last
from addin.actions.write_invitations import Invitation, hand_over
from addin.adapters.memory import MemoryLogbook
from addin.adapters.stage_folder import StageFolder, packaged_templates
from addin.core.book import Book, current
from addin.core.errors import BadInput, NotFound
from addin.core.events import Event
from addin.core.lifecycle.mailing import answered, outgoing
from addin.core.meetings import Meeting
from addin.ports.desk import Desk
from tests.judges import libical
from tests.people import ANNE, MENUS, NOW, PAUL, VILLE

PARIS = ZoneInfo("Europe/Paris")
FIRST = datetime(2026, 12, 8, 10, 0, tzinfo=PARIS)
STARTS = [FIRST + timedelta(days=7 * n) for n in (0, 1, 4, 5)]
SHELF = StageFolder(packaged_templates())
CLUB = datetime(2027, 1, 7, 14, 0, tzinfo=PARIS)


class Clock:
    """A clock that goes on by itself, or stands still when told so."""

    def __init__(self, *, still: bool = False) -> None:
        self.now, self.still = NOW, still

    def __call__(self) -> datetime:
        if not self.still:
            self.now += timedelta(milliseconds=700)
        return self.now


def office(*, still: bool = False) -> tuple[Desk, Clock]:
    ids, clock = itertools.count(1), Clock(still=still)
    book = Book(organisation=VILLE, contacts={contact.id: contact for contact in (PAUL, ANNE)}, datasets={MENUS.id: MENUS})
    return Desk(shelf=SHELF, logbook=MemoryLogbook(book), clock=clock, new_id=lambda: f"id{next(ids):04d}"), clock


@pytest.fixture(params=[False, True], ids=["clock goes", "clock stands"])
def desk(request: pytest.FixtureRequest) -> Desk:
    return office(still=request.param)[0]


def called(desk: Desk, kind: Any = "maturity", **given: Any) -> Meeting:
    given = {"starts": [FIRST], "attendees": ["paul", "anne"]} | given
    return plan(desk, kind=kind, **given).meetings[0]


def club(desk: Desk, **given: Any) -> Meeting:
    return called(desk, "club", starts=[CLUB], rrule="FREQ=MONTHLY;COUNT=12;BYDAY=1TH", **given)


def standing(desk: Desk, meeting: Meeting) -> Meeting:
    return current(desk.logbook.read()).meetings[meeting.id]


def note(desk: Desk, meeting: Meeting, contact: str, partstat: str, recurrence: datetime | None = None) -> None:
    with desk.logbook.change() as writing:
        writing.append(
            Event(
                id=desk.new_id(),
                at=desk.clock(),
                type="rsvp",
                action=desk.new_id(),
                meeting=meeting.id,
                contact=contact,
                partstat=partstat,
                told_by="phone",
                sequence=standing(desk, meeting).sequence,
                recurrence=recurrence,
            )
        )


def plain(words: tuple[str, ...]) -> list[str]:
    return [one.replace("\u00a0", " ") for one in words]


def letters(one: Invitation) -> dict[str, tuple[str, str]]:
    """Give, by address, METHOD and subject."""
    found = {}
    for _, raw in one.mails:
        mail = message_from_bytes(raw, policy=default)
        part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
        found[mail["To"].addresses[0].addr_spec] = (part["Content-Type"].params["method"], str(mail["Subject"]).replace("\u00a0", " "))
    return found


PAUL_AT, ANNE_AT = PAUL.emails[0], ANNE.emails[0]


def test_a_move_is_one_gesture_told_in_ids(desk: Desk) -> None:
    meeting = called(desk)
    note(desk, meeting, "paul", "ACCEPTED")
    before = len(desk.logbook.read().events)
    done = change(desk, meeting.id, Order(start=FIRST + timedelta(days=2, hours=4), reason="Salle prise"))
    (after,) = done.meetings
    (event,) = desk.logbook.read().events[before:]
    assert (after.sequence, after.uid, after.reason) == (1, meeting.uid, "Salle prise")
    assert (event.type, event.action, event.meeting, event.sequence) == ("moved", done.action, meeting.id, 1)
    assert (event.was, event.start, event.due) == (meeting.start, after.start, date(2026, 12, 10))
    assert {one.partstat for one in after.attendees} == {"NEEDS-ACTION"}
    stands = answered(after, desk.logbook.read())
    assert [(one.contact, one.reconfirm) for one in stands.attendees] == [("paul", True), ("anne", False)]


def test_foreseeing_says_the_same_and_writes_nothing(desk: Desk) -> None:
    meeting = called(desk)
    hand_over(desk, [meeting.id])
    note(desk, meeting, "paul", "ACCEPTED")
    before = desk.logbook.read()
    order = Order(start=FIRST + timedelta(days=1), add=(("Inès Nouvelle", "ines@ailleurs.test"),))
    foreseen = foresee(desk, meeting.id, order)
    assert desk.logbook.read() == before
    assert (foreseen.action, foreseen.words) == ("", change(desk, meeting.id, order).words)
    assert plain(foreseen.words) == [
        f"3 personnes recevront la nouvelle date de « {meeting.title} » : mercredi 9 décembre 2026 à 10 h.".replace("\u00a0", " "),
        "1 personne qui avait accepté devra confirmer à nouveau.",
    ]


def test_before_the_first_sending_nobody_hears_of_a_change(desk: Desk) -> None:
    meeting = called(desk)
    assert "pas encore parties" in plain(change(desk, meeting.id, Order(place="mairie")).words)[-1]
    (one,) = hand_over(desk, [meeting.id])
    assert {method for method, _ in letters(one).values()} == {"REQUEST"}
    assert all(subject.startswith("Invitation :") for _, subject in letters(one).values())


def test_only_those_concerned_are_due_a_mail(desk: Desk) -> None:
    meeting = called(desk)
    hand_over(desk, [meeting.id])
    change(desk, meeting.id, Order(add=(("Inès", "ines@ailleurs.test"),)))
    (one,) = hand_over(desk, [meeting.id])
    assert letters(one).keys() == {"ines@ailleurs.test"}
    assert one.meeting.sequence == 0
    change(desk, meeting.id, Order(remove=("paul",)))
    (one,) = hand_over(desk, [meeting.id])
    assert {to: method for to, (method, _) in letters(one).items()} == {
        PAUL_AT: "CANCEL",
        ANNE_AT: "REQUEST",
        "ines@ailleurs.test": "REQUEST",
    }
    assert letters(one)[PAUL_AT][1].startswith("Invitation retirée : ")
    paul = next(raw for name, raw in one.mails if PAUL_AT in name)
    part = next(part for part in message_from_bytes(paul).walk() if part.get_content_type() == "text/calendar")
    (alone,) = Calendar.from_ical(part.get_payload(decode=True)).events
    assert [attendee.email for attendee in alone.attendees] == [PAUL_AT]
    assert (alone["status"], alone.sequence) == ("CANCELLED", 1)
    change(desk, meeting.id, Order(description="Autre"))
    (one,) = hand_over(desk, [meeting.id])
    assert letters(one).keys() == {ANNE_AT, "ines@ailleurs.test"}
    assert one.meeting.sequence == 1
    change(desk, meeting.id, Order(cancel=True))
    (one,) = hand_over(desk, [meeting.id])
    assert {method for method, _ in letters(one).values()} == {"CANCEL"}
    assert b"METHOD:CANCEL\r\n" in one.ics[1]


def test_a_resend_goes_to_everybody_with_a_later_stamp(desk: Desk) -> None:
    meeting = called(desk)
    stamps = [hand_over(desk, [meeting.id])[0].ics[1] for _ in range(3)]
    assert libical.meaning(stamps[1], PAUL_AT, stamps[0]) == "REQUEST-UPDATE"
    assert libical.meaning(stamps[2], PAUL_AT, stamps[1]) == "REQUEST-UPDATE"


def test_known_answers_stay_unless_the_time_changes(desk: Desk) -> None:
    meeting = called(desk)
    hand_over(desk, [meeting.id])
    note(desk, meeting, "paul", "ACCEPTED")

    def partstats() -> list[str]:
        (event,) = Calendar.from_ical(hand_over(desk, [meeting.id])[0].ics[1]).events
        return [str(attendee.params["PARTSTAT"]) for attendee in event.attendees]

    change(desk, meeting.id, Order(title="Autre titre"))
    assert partstats() == ["ACCEPTED", "NEEDS-ACTION"]
    change(desk, meeting.id, Order(place="mairie"))
    assert partstats() == ["ACCEPTED", "NEEDS-ACTION"]
    change(desk, meeting.id, Order(start=FIRST + timedelta(days=1)))
    assert partstats() == ["NEEDS-ACTION", "NEEDS-ACTION"]


def test_a_moved_date_is_asked_again_alone(desk: Desk) -> None:
    meeting = club(desk)
    hand_over(desk, [meeting.id])
    note(desk, meeting, "paul", "ACCEPTED")
    one = datetime(2027, 4, 1, 14, 0, tzinfo=PARIS)
    done = change(desk, meeting.id, Order(date=one, start=datetime(2027, 4, 2, 15, 0, tzinfo=PARIS)))
    assert plain(done.words)[-1] == "1 personne qui avait accepté devra confirmer à nouveau pour cette date."

    def partstats() -> list[list[str]]:
        calendar = Calendar.from_ical(hand_over(desk, [meeting.id])[0].ics[1])
        return [[str(attendee.params["PARTSTAT"]) for attendee in event.attendees] for event in calendar.events]

    assert partstats() == [["ACCEPTED", "NEEDS-ACTION"], ["NEEDS-ACTION", "NEEDS-ACTION"]]
    note(desk, meeting, "anne", "ACCEPTED", one)
    change(desk, meeting.id, Order(description="Autre"))
    assert partstats() == [["ACCEPTED", "NEEDS-ACTION"], ["NEEDS-ACTION", "ACCEPTED"]]


def test_moved_twice_and_sent_once_says_the_date_people_know(desk: Desk) -> None:
    meeting = called(desk)
    hand_over(desk, [meeting.id])
    change(desk, meeting.id, Order(start=FIRST + timedelta(days=1)))
    change(desk, meeting.id, Order(start=FIRST + timedelta(days=2), place="mairie"))
    (one,) = hand_over(desk, [meeting.id])
    text = message_from_bytes(one.mails[0][1], policy=default).get_body(("plain",)).get_content().replace("\u00a0", " ")
    assert "Ancienne date : mardi 8 décembre 2026 à 10 h" in text
    assert "Nouvelle date : jeudi 10 décembre 2026 à 10 h" in text
    assert "Ancien lieu : salle du conseil" in text
    assert "mercredi 9" not in text


def test_nothing_is_mailed_about_the_past() -> None:
    desk, clock = office()
    meeting = called(desk)
    hand_over(desk, [meeting.id])
    clock.now = datetime(2027, 1, 20, 9, 0, tzinfo=UTC)
    done = change(desk, meeting.id, Order(cancel=True))
    assert plain(done.words)[-1] == "Cette réunion est passée : personne n’est prévenu."
    assert hand_over(desk, [meeting.id])[0].mails == ()


def test_one_gesture_raises_sequence_once(desk: Desk) -> None:
    meeting = called(desk)
    done = change(desk, meeting.id, Order(start=FIRST + timedelta(days=1), place="mairie", title="Autre", remove=("anne",)))
    assert done.meetings[0].sequence == 1
    types = {event.type for event in desk.logbook.read().events if event.action == done.action}
    assert types == {"moved", "changed", "uninvited"}


def test_what_changes_nothing_is_no_gesture(desk: Desk) -> None:
    meeting = called(desk)
    before = desk.logbook.read()
    for order in (Order(), Order(start=FIRST), Order(title=meeting.title), Order(add=("paul",)), Order(reason="pour rien")):
        done = change(desk, meeting.id, order)
        assert (done.action, done.meetings) == ("", (standing(desk, meeting),))
        assert done.words[0].startswith("Rien ne change")
    assert desk.logbook.read() == before


@pytest.mark.parametrize(
    ("order", "error"),
    [
        (Order(cancel=True, start=FIRST), BadInput),
        (Order(date=FIRST), BadInput),
        (Order(date=FIRST, cancel=True), BadInput),
        (Order(remove=("nobody",)), NotFound),
        (Order(remove=("paul", "anne")), BadInput),
        (Order(add=("nobody",)), NotFound),
        (Order(add=(("x", "zoé@ville.example"),)), BadInput),
        (Order(place="a\nb"), BadInput),
        (Order(video="javascript:x"), BadInput),
        (Order(title=" "), BadInput),
        (Order(place="mairie", reason="a\nb"), BadInput),
        (Order(start=datetime(2027, 3, 28, 2, 30)), BadInput),  # noqa: DTZ001 - local by contract
    ],
)
def test_what_cannot_be_done_writes_nothing(desk: Desk, order: Order, error: type[BadInput]) -> None:
    meeting = called(desk)
    before = desk.logbook.read()
    for verb in (change, foresee):
        with pytest.raises(error):
            verb(desk, meeting.id, order)
    with pytest.raises(NotFound):
        change(desk, "nothing", order)
    assert desk.logbook.read() == before


def test_a_series_that_changes_its_day_leaves_out_the_closed_days_again(desk: Desk) -> None:
    meeting = club(desk)
    assert date(2027, 5, 6) in {moment.date() for moment in meeting.exdates}
    skipped = change(desk, meeting.id, Order(date=date(2027, 2, 4), cancel=True))
    assert skipped.meetings[0].sequence == 1
    done = change(desk, meeting.id, Order(start=datetime(2027, 1, 4, 14, 0, tzinfo=PARIS)))
    left_out = {moment.astimezone(PARIS).date() for moment in done.meetings[0].exdates}
    assert done.meetings[0].rrule == "FREQ=MONTHLY;COUNT=12;BYDAY=1MO"
    assert date(2027, 2, 1) in left_out  # the second date, left out by hand
    assert date(2027, 5, 3) not in left_out  # Ascension was a Thursday
    assert any(words.startswith("Jours fermés") for words in done.warnings) is bool(left_out - {date(2027, 2, 1)})


def test_odd_dates_are_told(desk: Desk) -> None:
    meeting = club(desk)
    done = change(desk, meeting.id, Order(date=date(2027, 4, 1), start=datetime(2027, 5, 8, 14, 0, tzinfo=PARIS)))
    assert any("8 mai 2027" in words for words in done.warnings)
    done = change(desk, meeting.id, Order(date=date(2027, 4, 1), start=datetime(2027, 7, 2, 14, 0, tzinfo=PARIS)))
    assert any("avant ou après une autre" in words for words in done.warnings)


def test_the_whole_cycle_moves_at_once(desk: Desk) -> None:
    done = plan(desk, kind="quality", starts=STARTS, attendees=["paul"])
    third = done.meetings[2]
    start = third.start.replace(tzinfo=None) + timedelta(days=2, hours=4)
    foreseen = foresee_sessions(desk, third.id, start)
    moved = move_sessions(desk, third.id, start, reason="Fermeture")
    assert moved.words == foreseen.words
    assert [one.start.astimezone(PARIS) for one in moved.meetings] == [one + timedelta(days=2, hours=4) for one in STARTS]
    assert {one.sequence for one in moved.meetings} == {1}
    assert {one.reason for one in moved.meetings} == {"Fermeture"}
    undo(desk, moved.action)
    assert [standing(desk, one) for one in done.meetings] == [standing(desk, one) for one in done.meetings]
    assert [standing(desk, one).start for one in done.meetings] == STARTS
    with pytest.raises(BadInput):
        move_sessions(desk, called(desk).id, start)


def test_sessions_that_are_over_or_cancelled_stay() -> None:
    desk, clock = office()
    done = plan(desk, kind="quality", starts=STARTS, attendees=["paul"])
    change(desk, done.meetings[3].id, Order(cancel=True))
    clock.now = STARTS[0] + timedelta(hours=2)
    moved = move_sessions(desk, done.meetings[1].id, STARTS[1] + timedelta(days=1))
    assert [one.step for one in moved.meetings] == [2, 3]
    with pytest.raises(BadInput, match="à venir"):
        move_sessions(desk, done.meetings[0].id, STARTS[1])


# --- undo


CHANGES: list[Order] = [
    Order(start=FIRST + timedelta(days=1)),
    Order(title="Autre"),
    Order(place="mairie"),
    Order(cancel=True),
    Order(remove=("paul",)),
    Order(add=(("Inès", "ines@ailleurs.test"),)),
]


@pytest.mark.parametrize("order", CHANGES)
def test_undoing_a_change_that_was_not_sent_restores_the_meeting(desk: Desk, order: Order) -> None:
    meeting = called(desk)
    hand_over(desk, [meeting.id])
    before = current(desk.logbook.read())
    done = change(desk, meeting.id, order)
    back = undo(desk, done.action)
    after = current(desk.logbook.read())
    assert after.meetings == before.meetings
    assert after.contacts == before.contacts
    assert after.events == before.events
    undo(desk, back.action)
    assert replace(standing(desk, meeting), stamp=None) == replace(done.meetings[0], stamp=None)


@pytest.mark.parametrize("order", CHANGES)
def test_undoing_a_change_that_left_is_a_new_change(desk: Desk, order: Order) -> None:
    meeting = called(desk)
    first = hand_over(desk, [meeting.id])[0]
    before = standing(desk, meeting)
    done = change(desk, meeting.id, order)
    second = hand_over(desk, [meeting.id])[0]
    back = undo(desk, done.action)
    assert "à envoyer" in back.words
    after = standing(desk, meeting)
    raised = done.meetings[0].sequence + (0 if order.title else 1)
    assert replace(after, sequence=0, stamp=None) == replace(before, sequence=0, stamp=None)
    assert after.sequence == raised
    third = hand_over(desk, [meeting.id])[0]
    to = letters(third)
    assert to.keys() >= {ANNE_AT} if not order.add else {"ines@ailleurs.test"}
    if order.add:
        assert to["ines@ailleurs.test"][0] == "CANCEL"
    if order.cancel:
        assert {method for method, _ in to.values()} == {"REQUEST"}
        assert all(subject.startswith(("Réunion maintenue", "Invitation")) for _, subject in to.values())
    assert libical.meaning(third.ics[1], ANNE_AT, second.ics[1]) in ("REQUEST-UPDATE", "REQUEST-RESCHEDULE", "REQUEST-NEW")
    assert libical.meaning(first.ics[1], ANNE_AT, third.ics[1]) == "OBSOLETE"
    with pytest.raises(BadInput, match="déjà annulé"):
        undo(desk, done.action)


def test_undoing_invitations_that_left_cancels_the_meeting(desk: Desk) -> None:
    done = plan(desk, kind="maturity", starts=[FIRST], attendees=["paul", ("Inès", "ines@ailleurs.test")])
    (meeting,) = done.meetings
    hand_over(desk, [meeting.id])
    back = undo(desk, done.action)
    assert (standing(desk, meeting).status, standing(desk, meeting).sequence) == ("CANCELLED", 1)
    assert {method for method, _ in letters(hand_over(desk, [meeting.id])[0]).values()} == {"CANCEL"}
    undo(desk, back.action)
    assert (standing(desk, meeting).status, standing(desk, meeting).sequence) == ("CONFIRMED", 2)
    assert {method for method, _ in letters(hand_over(desk, [meeting.id])[0]).values()} == {"REQUEST"}


def test_undoing_invitations_that_never_left_takes_them_away(desk: Desk) -> None:
    done = plan(desk, kind="maturity", starts=[FIRST], attendees=["paul"])
    undo_last(desk)
    assert done.meetings[0].id not in current(desk.logbook.read()).meetings


def test_a_mail_that_left_is_not_undone_and_the_last_gesture_is_the_one_before(desk: Desk) -> None:
    meeting = called(desk)
    done = change(desk, meeting.id, Order(place="mairie"))
    hand_over(desk, [meeting.id])
    sent = desk.logbook.read().events[-1]
    assert sent.type == "handed"
    with pytest.raises(BadInput, match="ne se reprend pas"):
        undo(desk, sent.action)
    assert undo_last(desk).undone == done.action


def test_a_change_overtaken_by_another_is_not_undone_once_it_left(desk: Desk) -> None:
    meeting = called(desk)
    first = change(desk, meeting.id, Order(start=FIRST + timedelta(days=1)))
    change(desk, meeting.id, Order(start=FIRST + timedelta(days=2)))
    hand_over(desk, [meeting.id])
    before = desk.logbook.read()
    with pytest.raises(BadInput, match="encore changé"):
        undo(desk, first.action)
    assert desk.logbook.read() == before


# --- every calendar shows the meeting as it stands, whatever happened


class Diary:
    """A simple calendar of one person that follows iTIP: newer SEQUENCE, then newer DTSTAMP; whole series replaced; CANCEL clears."""

    def __init__(self) -> None:
        self.shown: dict[str, Any] | None = None
        self.last = (-1, datetime.min.replace(tzinfo=UTC))

    def receive(self, ics: bytes, address: str) -> None:
        calendar = Calendar.from_ical(ics)
        master, *moved = calendar.events
        assert address in [attendee.email for attendee in master.attendees]
        stamp = (master.sequence, master["dtstamp"].dt)
        assert stamp > self.last, "an obsolete message"
        self.last = stamp
        if calendar["method"] == "CANCEL":
            assert self.shown is not None, "a cancellation of what was never shown"
            self.shown = None
            return
        self.shown = {
            "start": master.start.astimezone(UTC),
            "title": str(master["summary"]),
            "place": str(master.get("location", "")),
            "description": str(master.get("description", "")),
            "people": {attendee.email for attendee in master.attendees},
            "exdates": {one.dt.astimezone(UTC) for one in master["exdate"].dts} if "exdate" in master else set(),
            "moved": {event["recurrence-id"].dt.astimezone(UTC): event.start.astimezone(UTC) for event in moved},
        }


def as_shown(meeting: Meeting) -> dict[str, Any]:
    return {
        "start": meeting.start.astimezone(UTC),
        "title": meeting.title,
        "place": meeting.place,
        "description": meeting.description,
        "people": {attendee.email for attendee in meeting.attendees},
        "exdates": {moment.astimezone(UTC) for moment in meeting.exdates},
        "moved": {one.original.astimezone(UTC): one.start.astimezone(UTC) for one in meeting.overrides},
    }


def deliver(desk: Desk, meeting: Meeting, diaries: dict[str, Diary]) -> int:
    """Hand over what is due to the diaries; give the SEQUENCE that was told, -1 when there was nothing to tell."""
    book = desk.logbook.read()
    stands = standing(desk, meeting)
    if stands.status == "CANCELLED" and not outgoing(answered(stands, book), book, now=desk.clock()):
        return -1
    (one,) = hand_over(desk, [meeting.id])
    for _, raw in one.mails:
        mail = message_from_bytes(raw, policy=default)
        address = mail["To"].addresses[0].addr_spec
        part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
        diaries.setdefault(address, Diary()).receive(part.get_payload(decode=True), address)
    return one.meeting.sequence


def orders(number: int) -> Callable[[Desk, Meeting], Changed]:
    start = CLUB.replace(tzinfo=None)
    known = [
        Order(start=start.replace(hour=9 + number % 8)),
        Order(date=date(2027, 2, 4), start=datetime(2027, 2, 5 + number % 3, 10 + number % 5, tzinfo=PARIS)),
        Order(date=date(2027, 4, 1), start=datetime(2027, 4, 2, 10 + number % 5, tzinfo=PARIS)),
        Order(date=date(2027, 2, 4), cancel=True),
        Order(title=f"Club {number}"),
        Order(description=f"Texte {number}"),
        Order(place=f"Salle {number}"),
        Order(add=(("", f"p{number % 3}@ville.example"),)),
        Order(remove=("paul",)),
        Order(cancel=True),
        Order(title=f"Club {number}", place=f"Salle {number}", add=("paul",)),
    ]
    return lambda desk, meeting: change(desk, meeting.id, known[number % len(known)])


@settings(max_examples=80, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink))
@given(
    st.booleans(),
    st.lists(
        st.one_of(
            st.tuples(st.just("change"), st.integers(0, 200)),
            st.tuples(st.just("send"), st.just(0)),
            st.tuples(st.just("undo"), st.integers(0, 9)),
        ),
        max_size=14,
    ),
)
def test_every_calendar_ends_up_right(still: bool, steps: list[tuple[str, int]]) -> None:
    desk, _ = office(still=still)
    meeting = club(desk)
    diaries: dict[str, Diary] = {}
    gestures: list[str] = []
    sequence = 0
    for kind, number in steps:
        try:
            if kind == "change":
                gestures.append(orders(number)(desk, standing(desk, meeting)).action)
            elif kind == "send":
                told = deliver(desk, meeting, diaries)
                assert told in (-1, max(told, sequence)), "SEQUENCE went back"
                sequence = max(told, sequence)
            elif gestures:
                gestures.append(undo(desk, gestures[-1 - number % len(gestures)] or "none").action)
        except BadInput:
            pass
    deliver(desk, meeting, diaries)
    stands = standing(desk, meeting)
    invited = {attendee.email for attendee in stands.attendees} if stands.status == "CONFIRMED" else set()
    for address in invited | diaries.keys():
        shown = diaries[address].shown
        assert (shown is not None) is (address in invited), address
        if shown is not None:
            assert {**shown, "people": None} == {**as_shown(stands), "people": None}
