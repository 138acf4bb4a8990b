import itertools
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from addin.actions.change_meeting import Order, change
from addin.actions.forget_contact import forget_contact
from addin.actions.invite import plan
from addin.actions.log_reply import Reply, log_reply
from addin.actions.log_rsvp import confirm_rsvp, ignore_rsvp, log_rsvp
from addin.actions.receive_mail import receive
from addin.actions.show_meetings import show_meetings
from addin.actions.tell_rsvp import tell_rsvp
from addin.actions.undo import undo
from addin.adapters.memory import MemoryLogbook
from addin.adapters.stage_folder import StageFolder, packaged_templates
from addin.core.attendance import as_answered, state_of
from addin.core.book import Book, current
from addin.core.counters import open_counters
from addin.core.errors import BadInput, NotFound
from addin.core.meetings import Attendee, Meeting
from addin.core.rsvps import waiting
from addin.ports.desk import Desk
from tests.people import ANNE, MENUS, NOW, PAUL, STRANGER, VILLE
from tests.shapes import CLIENTS, PARIS, Said, google, thunderbird

SHELF = StageFolder(packaged_templates())
START = datetime(2026, 12, 8, 10, 0, tzinfo=PARIS)
PAUL_AT, ANNE_AT = PAUL.email, ANNE.email


class Clock:
    """Go one minute further at each look."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


def office(*contacts: Any) -> Desk:
    ids = itertools.count(1)
    people = {contact.id: contact for contact in contacts or (PAUL, ANNE)}
    book = Book(organisation=VILLE, contacts=people, datasets={"menus": MENUS})
    return Desk(shelf=SHELF, logbook=MemoryLogbook(book), clock=Clock(), new_id=lambda: f"id{next(ids):04d}")


def invited(desk: Desk, *, rrule: str = "") -> Meeting:
    kind: Any = "club" if rrule else "maturity"
    return plan(desk, kind=kind, starts=[START], attendees=["paul", "anne"], rrule=rrule, exdates=()).meetings[0]


def book(desk: Desk) -> Book:
    return current(desk.logbook.read())


def person(desk: Desk, meeting: Meeting, who: str = "paul", date: datetime | None = None) -> Attendee:
    stands = book(desk)
    return next(one for one in as_answered(stands.meetings[meeting.id], stands, date=date).attendees if one.contact == who)


def state(desk: Desk, meeting: Meeting, who: str = "paul", date: datetime | None = None) -> str:
    return state_of(person(desk, meeting, who, date))


def said(meeting: Meeting, **fields: Any) -> Said:
    given: dict[str, Any] = {"uid": meeting.uid, "email": PAUL_AT, "start": meeting.start, "end": meeting.end, "sequence": meeting.sequence}
    return Said(**(given | fields))


@pytest.mark.parametrize("client", CLIENTS)
def test_an_answer_of_every_client_is_logged(client: str) -> None:
    desk = office()
    meeting = invited(desk)
    done = log_rsvp(desk, CLIENTS[client](said(meeting, partstat="DECLINED", comment="Je suis en congé")))
    assert [event.type for event in done.events] == ["rsvp"]
    attendee = person(desk, meeting)
    assert (attendee.partstat, attendee.told_by) == ("DECLINED", "mail")
    assert state(desk, meeting, "anne") == "silent"
    message = desk.logbook.read().messages[done.message.id]
    assert message.excerpt == "Je suis en congé"
    assert "congé" not in repr(desk.logbook.read().events)
    listed = show_meetings(desk)[0]["attendees"][0]
    assert (listed["partstat"], listed["told_by"], listed["reconfirm"]) == ("DECLINED", "mail", False)


def test_the_same_mail_twice_changes_nothing() -> None:
    desk = office()
    meeting = invited(desk)
    raw = google(said(meeting))
    first = log_rsvp(desk, raw)
    before = desk.logbook.read()
    again = log_rsvp(desk, raw.replace(b"\r\n", b"\n"))
    assert (again.already, again.events) == (True, first.events)
    assert desk.logbook.read() == before
    assert log_rsvp(desk, thunderbird(said(meeting))).already is False


def test_an_answer_can_be_taken_back_and_done_again() -> None:
    desk = office()
    meeting = invited(desk)
    tell_rsvp(desk, [meeting.id], "paul", "ACCEPTED")
    done = log_rsvp(desk, google(said(meeting, partstat="DECLINED", stamp=NOW + timedelta(days=1))))
    assert state(desk, meeting) == "declined"
    taken = undo(desk, done.message.action)
    assert taken.words == "Annulé\u00a0: réponse à une invitation (Paul Morin)."
    assert (state(desk, meeting), person(desk, meeting).told_by) == ("accepted", "phone")
    undo(desk, taken.action)
    assert state(desk, meeting) == "declined"


def test_an_older_answer_is_logged_and_does_not_overwrite() -> None:
    desk = office()
    meeting = invited(desk)
    log_rsvp(desk, google(said(meeting, partstat="ACCEPTED", stamp=NOW + timedelta(hours=2))))
    done = log_rsvp(desk, google(said(meeting, partstat="DECLINED", stamp=NOW + timedelta(hours=1))))
    assert [event.partstat for event in done.events] == ["DECLINED"]
    assert state(desk, meeting) == "accepted"


def test_a_phone_answer_then_mails() -> None:
    desk = office()
    meeting = invited(desk)
    told = tell_rsvp(desk, [meeting.id], "paul", "ACCEPTED")
    log_rsvp(desk, google(said(meeting, partstat="DECLINED", stamp=told.events[0].at - timedelta(minutes=1))))
    assert state(desk, meeting) == "accepted"
    log_rsvp(desk, google(said(meeting, partstat="DECLINED", stamp=told.events[0].at + timedelta(minutes=1))))
    assert state(desk, meeting) == "declined"


@pytest.mark.parametrize("client", CLIENTS)
def test_an_answer_to_the_old_date_is_no_answer_to_the_new_one(client: str) -> None:
    """Also when the client gives no SEQUENCE: the start that it repeats tells which date was answered."""
    desk = office()
    meeting = invited(desk)
    new = change(desk, meeting.id, Order(start=START + timedelta(days=1))).meetings[0]
    log_rsvp(desk, CLIENTS[client](said(meeting)))
    assert state(desk, meeting) == "reconfirm"
    log_rsvp(desk, CLIENTS[client](said(new, stamp=NOW + timedelta(days=2))))
    assert state(desk, meeting) == "accepted"
    newer = change(desk, meeting.id, Order(start=START + timedelta(days=2))).meetings[0]
    assert (newer.sequence, state(desk, meeting), state(desk, meeting, "anne")) == (2, "reconfirm", "silent")


def test_another_sender_waits_for_a_word() -> None:
    desk = office()
    meeting = invited(desk)
    done = log_rsvp(desk, google(said(meeting, writer="secretariat@saint-aubin.example", comment="De la part de Paul")))
    assert [(event.type, event.reason) for event in done.events] == [("received", "sender")]
    assert done.meanings[0].words.startswith("à confirmer\u00a0:")
    assert state(desk, meeting) == "silent"
    wait = waiting(book(desk))[0]
    assert (wait.doubt, wait.contact, wait.email, wait.partstat, wait.comment) == (
        "sender",
        "paul",
        PAUL_AT,
        "ACCEPTED",
        "De la part de Paul",
    )
    counted = confirm_rsvp(desk, wait.id)
    assert state(desk, meeting) == "accepted"
    assert waiting(book(desk)) == ()
    with pytest.raises(NotFound):
        confirm_rsvp(desk, wait.id)
    undo(desk, counted.action)
    assert (state(desk, meeting), len(waiting(book(desk)))) == ("silent", 1)
    ignore_rsvp(desk, wait.id)
    assert (state(desk, meeting), waiting(book(desk))) == ("silent", ())


def test_a_second_mailbox_that_the_address_book_knows_is_the_person() -> None:
    desk = office(replace(PAUL, emails=(PAUL_AT, "p.morin@perso.test")), ANNE)
    meeting = invited(desk)
    log_rsvp(desk, google(said(meeting, writer="p.morin@perso.test")))
    assert state(desk, meeting) == "accepted"
    log_rsvp(desk, google(said(meeting, email="p.morin@perso.test", partstat="DECLINED", stamp=NOW + timedelta(days=1))))
    assert state(desk, meeting) == "declined"


def test_a_person_who_is_not_invited_is_listed_apart() -> None:
    desk = office(PAUL, ANNE, STRANGER)
    meeting = invited(desk)
    log_rsvp(desk, google(said(meeting, email=STRANGER.email, name=STRANGER.name)))
    log_rsvp(desk, google(said(meeting, email="qui@ailleurs.test", name="Qui Sait")))
    waits = waiting(book(desk), meeting.id)
    assert [(wait.doubt, wait.contact, wait.name) for wait in waits] == [
        ("stranger", "inconnu", "Iris Passage"),
        ("stranger", None, "Qui Sait"),
    ]
    assert len(as_answered(book(desk).meetings[meeting.id], book(desk)).attendees) == 2
    with pytest.raises(BadInput, match="invitez-la"):
        confirm_rsvp(desk, waits[0].id)
    with pytest.raises(BadInput, match="Dites de qui"):
        confirm_rsvp(desk, waits[1].id)
    change(desk, meeting.id, Order(add=("inconnu",)))
    confirm_rsvp(desk, waits[0].id)
    confirm_rsvp(desk, waits[1].id, contact="anne")
    assert (state(desk, meeting, "inconnu"), state(desk, meeting, "anne")) == ("accepted", "accepted")


def test_an_invited_person_who_answers_for_an_unknown_address_is_to_confirm() -> None:
    desk = office()
    meeting = invited(desk)
    log_rsvp(desk, google(said(meeting, email="alias@saint-aubin.example", writer=PAUL_AT)))
    assert [(wait.doubt, wait.contact) for wait in waiting(book(desk))] == [("sender", "paul")]


def test_a_delegation_says_no_and_the_delegate_is_to_confirm() -> None:
    desk = office()
    meeting = invited(desk)
    raw = thunderbird(said(meeting, partstat="DELEGATED")).replace(
        b";PARTSTAT=DELEGATED", b';PARTSTAT=DELEGATED;DELEGATED-TO="mailto:x@y.test"', 1
    )
    log_rsvp(desk, raw)
    assert state(desk, meeting) == "delegated"
    wait = waiting(book(desk))[0]
    assert (wait.doubt, wait.delegates) == ("delegate", ("x@y.test",))
    with pytest.raises(BadInput, match="à sa place"):
        confirm_rsvp(desk, wait.id)
    confirm_rsvp(desk, wait.id, contact="anne")
    assert (state(desk, meeting), state(desk, meeting, "anne")) == ("delegated", "accepted")


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        ({"uid": "autre@ailleurs.test"}, "unknown"),
        ({"partstat": "NEEDS-ACTION"}, "silent"),
        ({"partstat": "X-PEUT-ETRE"}, "silent"),
        ({"method": "DECLINECOUNTER"}, "foreign"),
    ],
)
def test_what_says_nothing_changes_nothing_and_is_not_asked_again(fields: dict[str, Any], verdict: str) -> None:
    desk = office()
    meeting = invited(desk)
    done = log_rsvp(desk, google(said(meeting, **fields)))
    assert [meaning.verdict for meaning in done.meanings] == [verdict]
    assert done.meanings[0].words
    assert (state(desk, meeting), waiting(book(desk)), open_counters(book(desk))) == ("silent", (), ())
    assert [event.type for event in done.events] == ["rsvp"]


def test_an_unreadable_answer_waits_like_any_mail() -> None:
    desk = office()
    head = b"From: Paul <paul.morin@saint-aubin.example>\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n"
    raw = head + b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n"
    done = receive(desk, raw)
    assert [(event.type, event.contact) for event in done.events] == [("received", "paul")]
    assert any("illisible" in warning for warning in done.incoming.warnings)


def test_a_letter_is_no_answer_to_an_invitation() -> None:
    with pytest.raises(BadInput, match="invitation"):
        log_rsvp(office(), b"From: a@b.example\r\nSubject: x\r\n\r\nBonjour")


def test_an_answer_for_one_date_of_the_club() -> None:
    desk = office()
    meeting = invited(desk, rrule="FREQ=WEEKLY;COUNT=5")
    second = START + timedelta(days=7)
    log_rsvp(desk, google(said(meeting)))
    log_rsvp(desk, CLIENTS["exchange-nu"](said(meeting, partstat="DECLINED", recurrence=second)))
    whole_day = thunderbird(said(meeting, partstat="TENTATIVE", recurrence=START + timedelta(days=14)))
    log_rsvp(desk, whole_day.replace(b"RECURRENCE-ID;TZID=Europe/Paris:20261222T100000", b"RECURRENCE-ID;VALUE=DATE:20261222"))
    assert [state(desk, meeting, date=START + timedelta(days=7 * n)) for n in range(4)] == ["accepted", "declined", "maybe", "accepted"]
    assert state(desk, meeting) == "accepted"


def test_an_answer_by_phone_is_checked() -> None:
    desk = office(PAUL, ANNE, STRANGER)
    meeting = invited(desk)
    before = desk.logbook.read()
    for meetings, contact, partstat, error in (
        ([meeting.id], "paul", "NEEDS-ACTION", BadInput),
        ([meeting.id], "inconnu", "ACCEPTED", NotFound),
        ([meeting.id, "none"], "paul", "ACCEPTED", NotFound),
    ):
        with pytest.raises(error):
            tell_rsvp(desk, meetings, contact, partstat)
    with pytest.raises(BadInput, match="une date"):
        tell_rsvp(desk, [meeting.id], "paul", "ACCEPTED", date=START)
    assert desk.logbook.read() == before


def test_forgetting_a_person_erases_what_their_answers_said() -> None:
    desk = office()
    meeting = invited(desk)
    log_rsvp(desk, google(said(meeting, comment="Opération du genou", writer="x@y.test")))
    forget_contact(desk, "paul")
    kept = repr(desk.logbook.read().messages)
    assert "genou" not in kept
    assert PAUL_AT not in kept


def test_a_calendar_answer_received_first_is_not_lost_by_a_later_reply_logged_from_it() -> None:
    desk = office()
    meeting = invited(desk)
    done = receive(desk, google(said(meeting, comment="Le fichier arrive")))
    log_reply(
        desk,
        Reply(
            answer="holds_later", message=done.message.id, contact="paul", datasets=("menus",), due=datetime(2026, 12, 1, tzinfo=UTC).date()
        ),
    )
    assert state(desk, meeting) == "accepted"


steps = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.integers(1, 5)),
        st.tuples(st.just("place"), st.integers(1, 5)),
        st.tuples(st.just("phone"), st.sampled_from(["paul", "anne"]), st.sampled_from(["ACCEPTED", "DECLINED", "TENTATIVE"])),
        st.tuples(
            st.just("answer"),
            st.sampled_from(["paul", "anne"]),
            st.sampled_from(["ACCEPTED", "DECLINED", "TENTATIVE"]),
            st.sampled_from(sorted(set(CLIENTS) - {"exchange-nu"})),
        ),
        st.tuples(st.just("undo"), st.just(0)),
    ),
    max_size=9,
)


@settings(max_examples=60, deadline=None)
@given(steps, st.randoms(use_true_random=False))
def test_any_life_leaves_the_grid_of_a_simple_model(tale: list[tuple[Any, ...]], chance: random.Random) -> None:
    """Invite, move, change the place, answer (late, twice, out of order), by phone too: the newest word about the time that stands counts.

    The model: of each person the greatest (SEQUENCE, instant) of what they said; it counts if the SEQUENCE is not before the last move.
    """
    desk = office()
    meeting = invited(desk)
    post: list[tuple[bytes, str, int, datetime, str]] = []
    words: dict[str, list[tuple[int, datetime, str]]] = {"paul": [], "anne": []}
    last_move, day = 0, 0
    undoable: list[tuple[str, str, tuple[int, datetime, str]]] = []

    def deliver() -> None:
        raw, who, sequence, stamp, partstat = post.pop(chance.randrange(len(post)))
        for _ in range(chance.choice([1, 1, 2])):
            receive(desk, raw)
        words[who].append((sequence, stamp, partstat))

    for step in tale:
        stands = book(desk).meetings[meeting.id]
        if step[0] == "move":
            day += step[1]
            last_move = change(desk, meeting.id, Order(start=START + timedelta(days=day))).meetings[0].sequence
        elif step[0] == "place":
            change(desk, meeting.id, Order(place=f"salle {chance.random()}"))
        elif step[0] == "phone":
            told = tell_rsvp(desk, [meeting.id], step[1], step[2])
            one = (stands.sequence, told.events[0].at, step[2])
            words[step[1]].append(one)
            undoable.append((told.action, step[1], one))
        elif step[0] == "undo" and undoable:
            action, who, one = undoable.pop()
            undo(desk, action)
            words[who].remove(one)
        elif step[0] == "answer":
            stamp = desk.clock().replace(microsecond=0)
            answer = said(stands, email=PAUL_AT if step[1] == "paul" else ANNE_AT, partstat=step[2], stamp=stamp)
            post.append((CLIENTS[step[3]](answer), step[1], stands.sequence, stamp, step[2]))
        while post and chance.random() < 0.5:
            deliver()
    while post:
        deliver()
    for who, spoken in words.items():
        best = max(spoken, default=None)
        found = person(desk, meeting, who)
        counts = best is not None and best[0] >= last_move
        assert found.partstat == (best[2] if best and counts else "NEEDS-ACTION")
        assert found.reconfirm is bool(best and not counts and best[2] == "ACCEPTED")
