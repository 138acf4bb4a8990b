from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.actions.answer_counter import accept_counter, decline_counter, foresee_counter, send_again
from addin.actions.change_meeting import Order, change
from addin.actions.log_rsvp import confirm_rsvp, log_rsvp
from addin.actions.remind_silent import remind_silent, silent_people
from addin.actions.tell_rsvp import tell_rsvp
from addin.actions.undo import undo
from addin.actions.write_invitations import hand_over, invitations
from addin.adapters.memory import MemoryOutbox
from addin.core.counters import open_counters
from addin.core.errors import BadInput, NotFound
from addin.core.reading.mails import read_mail
from addin.core.rsvps import waiting
from addin.ports.desk import Desk
from tests.actions.test_log_rsvp import ANNE_AT, PAUL_AT, START, book, invited, office, said, state
from tests.judges import libical
from tests.people import NOW, VILLE
from tests.shapes import CLIENTS, google, outlook_desktop, thunderbird

LATER = START + timedelta(days=2, hours=4)


@pytest.mark.parametrize("client", CLIENTS)
def test_a_proposal_taken_moves_everybody(client: str) -> None:
    desk = office()
    meeting = invited(desk)
    tell_rsvp(desk, [meeting.id], "anne", "ACCEPTED")
    log_rsvp(desk, CLIENTS[client](said(meeting, proposed=LATER, partstat="TENTATIVE", comment="Plutôt jeudi")))
    assert state(desk, meeting) == "maybe"
    counter = open_counters(book(desk))[0]
    assert (counter.contact, counter.start, counter.comment) == ("paul", LATER, "Plutôt jeudi")
    assert foresee_counter(desk, counter.id).meetings[0].start == LATER
    assert len(open_counters(book(desk))) == 1
    done = accept_counter(desk, counter.id, reason="Paul ne pouvait pas")
    moved = book(desk).meetings[meeting.id]
    assert (moved.start, moved.end - moved.start, moved.sequence, moved.reason) == (
        LATER,
        meeting.end - meeting.start,
        1,
        "Paul ne pouvait pas",
    )
    assert (state(desk, meeting, "anne"), state(desk, meeting)) == ("reconfirm", "silent")
    assert open_counters(book(desk)) == ()
    undo(desk, done.action)
    assert book(desk).meetings[meeting.id].start == START
    assert (state(desk, meeting, "anne"), len(open_counters(book(desk)))) == ("accepted", 1)


def test_a_proposal_declined_is_told_to_its_author_alone() -> None:
    desk = office()
    meeting = invited(desk)
    log_rsvp(desk, google(said(meeting, proposed=LATER, partstat="NEEDS-ACTION")))
    counter = open_counters(book(desk))[0]
    done = decline_counter(desk, counter.id, comment="La salle n’est libre que mardi; désolée")
    assert done.mail is not None
    message = message_from_bytes(done.mail[1], policy=default)
    assert (message["to"].addresses[0].addr_spec, message["from"].addresses[0].addr_spec) == (PAUL_AT, VILLE.referent_email)
    calendars = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert [part.get_param("method") for part in calendars] == ["DECLINECOUNTER"]
    ics = calendars[0].get_payload(decode=True)
    assert libical.faults(ics) == []
    assert libical.meaning(ics, PAUL_AT) == "DECLINECOUNTER"
    assert read_mail(done.mail[1]).rsvp[0].comment == "La salle n’est libre que mardi; désolée"
    assert (book(desk).meetings[meeting.id].start, open_counters(book(desk))) == (START, ())
    with pytest.raises(NotFound):
        decline_counter(desk, counter.id)
    with pytest.raises(NotFound):
        accept_counter(desk, counter.id)
    undo(desk, done.action)
    assert len(open_counters(book(desk))) == 1


def test_a_refusal_queued_leaves_by_the_outbox() -> None:
    desk = with_outbox(office())
    meeting = invited(desk)
    log_rsvp(desk, google(said(meeting, proposed=LATER)))
    done = decline_counter(desk, open_counters(book(desk))[0].id, comment="non", send=True)
    mails = [mail for mail in desk.logbook.read().deliveries.values() if mail.batch == done.batch]
    assert [(mail.contact, mail.method, mail.state) for mail in mails] == [("paul", "DECLINECOUNTER", "queued")]
    shut = office()
    log_rsvp(shut, google(said(invited(shut), proposed=LATER)))
    with pytest.raises(BadInput):
        decline_counter(shut, open_counters(book(shut))[0].id, send=True)
    assert len(open_counters(book(shut))) == 1


def with_outbox(desk: Desk) -> Desk:
    return replace(desk, outbox=MemoryOutbox())


def test_what_ends_a_proposal() -> None:
    desk = office()
    meeting = invited(desk)
    log_rsvp(desk, google(said(meeting, proposed=LATER)))
    log_rsvp(desk, google(said(meeting, proposed=LATER + timedelta(days=1), stamp=NOW + timedelta(hours=1))))
    log_rsvp(desk, google(said(meeting, proposed=LATER, email=ANNE_AT, name="Anne")))
    assert [(one.contact, one.start) for one in open_counters(book(desk))] == [("paul", LATER + timedelta(days=1)), ("anne", LATER)]
    change(desk, meeting.id, Order(remove=("anne",)))
    assert [one.contact for one in open_counters(book(desk))] == ["paul"]
    change(desk, meeting.id, Order(place="ailleurs"))
    assert len(open_counters(book(desk))) == 1
    change(desk, meeting.id, Order(start=START + timedelta(days=9)))
    assert open_counters(book(desk)) == ()
    log_rsvp(desk, google(said(meeting, proposed=LATER, stamp=NOW + timedelta(hours=2))))
    assert open_counters(book(desk)) == ()  # it answers the date before the move
    log_rsvp(desk, google(said(book(desk).meetings[meeting.id], proposed=LATER, stamp=NOW + timedelta(hours=3))))
    assert len(open_counters(book(desk))) == 1
    change(desk, meeting.id, Order(cancel=True))
    assert open_counters(book(desk)) == ()


def test_a_proposal_for_one_date_of_the_club_moves_that_date() -> None:
    desk = office()
    meeting = invited(desk, rrule="FREQ=WEEKLY;COUNT=5")
    second, wanted = START + timedelta(days=7), START + timedelta(days=8)
    log_rsvp(desk, outlook_desktop(said(meeting, recurrence=second, proposed=wanted, partstat="DECLINED")))
    log_rsvp(desk, thunderbird(said(meeting, email=ANNE_AT, name="Anne", recurrence=START, proposed=wanted)))
    assert state(desk, meeting, date=second) == "declined"
    first = open_counters(book(desk))[0]
    accept_counter(desk, first.id)
    moved = book(desk).meetings[meeting.id]
    assert [(one.original, one.start) for one in moved.overrides] == [(second, wanted)]
    assert (moved.start, moved.sequence) == (START, 1)
    assert [one.contact for one in open_counters(book(desk))] == ["anne"]


def test_a_proposal_from_another_address_waits_then_stands() -> None:
    desk = office()
    meeting = invited(desk)
    log_rsvp(desk, google(said(meeting, proposed=LATER, partstat="DECLINED", writer="secretariat@saint-aubin.example")))
    assert open_counters(book(desk)) == ()
    confirm_rsvp(desk, waiting(book(desk))[0].id)
    assert [one.start for one in open_counters(book(desk))] == [LATER]
    assert state(desk, meeting) == "declined"


def test_an_invitation_asked_again_is_written_again_for_the_asker() -> None:
    desk = office()
    meeting = invited(desk)
    hand_over(desk, [meeting.id])
    first = book(desk).meetings[meeting.id]
    log_rsvp(desk, thunderbird(said(meeting, method="REFRESH", partstat="NEEDS-ACTION")))
    wait = waiting(book(desk))[0]
    assert (wait.doubt, wait.contact) == ("refresh", "paul")
    with pytest.raises(BadInput, match="envoyez-la"):
        confirm_rsvp(desk, wait.id)
    done = send_again(desk, wait.id)
    assert done.mail is not None
    parts = [part for part in message_from_bytes(done.mail[1], policy=default).walk() if part.get_content_type() == "text/calendar"]
    again = parts[0].get_payload(decode=True)
    stored = invitations(desk, [meeting.id])[0].ics[1]
    assert libical.faults(again) == []
    assert libical.meaning(again, PAUL_AT, None) == "REQUEST-NEW"
    stands = book(desk).meetings[meeting.id]
    assert (stands.sequence, stands.stamp > first.stamp) == (0, True)
    assert b"SEQUENCE:0" in stored
    assert waiting(book(desk)) == ()
    with pytest.raises(NotFound):
        send_again(desk, wait.id)


def test_only_the_silent_are_invited_again() -> None:
    desk = with_outbox(office())
    meeting = invited(desk)
    log_rsvp(desk, google(said(meeting)))
    assert silent_people(desk, meeting.id) == ("anne",)
    sent = remind_silent(desk, meeting.id)
    assert [mail.contact for mail in desk.logbook.read().deliveries.values() if mail.batch == sent.batch] == ["anne"]
    tell_rsvp(desk, [meeting.id], "anne", "DECLINED")
    with pytest.raises(BadInput, match="a répondu"):
        remind_silent(desk, meeting.id)
    change(desk, meeting.id, Order(start=START + timedelta(days=1)))
    assert silent_people(desk, meeting.id) == ("paul", "anne")
    with pytest.raises(NotFound):
        silent_people(desk, "none")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["counter", "decline", "move"]), max_size=8))
def test_the_open_proposals_are_those_of_a_simple_model(tale: list[str]) -> None:
    desk = office()
    meeting = invited(desk)
    stands, day = None, 0
    for n, step in enumerate(tale):
        if step == "counter":
            stands = datetime.combine((START + timedelta(days=n)).date(), LATER.timetz())
            log_rsvp(desk, google(said(book(desk).meetings[meeting.id], proposed=stands, stamp=NOW + timedelta(hours=n))))
        elif step == "decline" and stands:
            decline_counter(desk, open_counters(book(desk))[0].id)
            stands = None
        elif step == "move":
            day += 1
            change(desk, meeting.id, Order(start=START + timedelta(days=day)))
            stands = None
        assert [one.start for one in open_counters(book(desk))] == ([stands] if stands else [])
