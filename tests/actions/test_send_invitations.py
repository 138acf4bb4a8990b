"""Invitations through a real mail server on loopback: who gets what, once each, whatever the server does."""

import itertools
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace as with_ports
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from addin.actions.change_meeting import Order, change
from addin.actions.invite import plan
from addin.actions.mend_sending import resume, retry, settle, stop
from addin.actions.send_invitations import preview, progress, send_batch
from addin.actions.send_round import HANDFUL, PAUSES
from addin.actions.send_worker import Worker, drain, finish
from addin.adapters.data_folder import alone
from addin.adapters.files_outbox import FilesOutbox
from addin.adapters.memory import MemoryLogbook, MemoryOutbox, MemoryTrail, MemoryVault
from addin.adapters.sending_trail import FileTrail
from addin.adapters.smtp.connection import Patience
from addin.adapters.smtp.outbox import SmtpOutbox
from addin.adapters.stage_folder import StageFolder, packaged_templates
from addin.adapters.tinydb_logbook.logbook import TinydbLogbook
from addin.core.book import Book
from addin.core.deliveries import Delivery
from addin.core.errors import BadInput, NotFound
from addin.core.mail_settings import MailSettings
from addin.core.pace import Pace
from addin.ports.desk import Desk
from addin.ports.logbook import Logbook
from addin.ports.outbox import Outbox
from tests.mail_server import MailServer
from tests.people import NOW, VILLE

PARIS = ZoneInfo("Europe/Paris")
STARTS = [datetime(2026, 12, 8, 10, 0, tzinfo=PARIS) + timedelta(days=7 * n) for n in (0, 1, 4, 5)]
TEN = [(f"Personne {letter}", f"p{number}@ville.test") for number, letter in enumerate("ABCDEFGHIJ")]
QUICK = Patience(connect=1.0, step=1.0, taken=1.0)


class Clock:
    """A clock that only goes forward when somebody waits."""

    def __init__(self) -> None:
        self.now = NOW
        self.waits: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> bool:
        self.waits.append(seconds)
        self.now += timedelta(seconds=max(seconds, 0.001))
        return len(self.waits) > 500


def office(
    outbox: Outbox | None = None, *, logbook: Logbook | None = None, clock: Callable[[], datetime] | None = None, rate: int = 0
) -> Desk:
    logbook = logbook or MemoryLogbook(Book(organisation=VILLE))
    with logbook.change() as writing:
        writing.put(replace(VILLE, mail=MailSettings(way="smtp", host="localhost", port=25, security="none", rate=rate)))
    ids = itertools.count(1)
    return Desk(
        shelf=StageFolder(packaged_templates()),
        logbook=logbook,
        clock=clock or (lambda: NOW),
        new_id=lambda: f"id{next(ids):05d}",
        outbox=outbox or MemoryOutbox(),
        vault=MemoryVault(),
        trail=MemoryTrail(),
    )


def through(server: MailServer) -> SmtpOutbox:
    settings = MailSettings(way="smtp", host="127.0.0.1", port=server.port, security="none", rate=0)
    return SmtpOutbox(lambda: settings, MemoryVault(), patience=QUICK)


def four_sessions(desk: Desk, people: list[tuple[str, str]] = TEN) -> list[str]:
    return [meeting.id for meeting in plan(desk, kind="quality", starts=STARTS, attendees=people).meetings]


def states(desk: Desk) -> Counter[str]:
    return Counter(mail.state for mail in desk.logbook.read().deliveries.values())


def one(desk: Desk, email: str) -> Delivery:
    (found,) = [mail for mail in desk.logbook.read().deliveries.values() if mail.email == email and mail.state != "dropped"]
    return found


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


class TestClick:
    def test_ten_people_get_four_sessions_each_once_over_one_connection(self, server: MailServer) -> None:
        desk = office(through(server))
        meetings = four_sessions(desk)
        seen = preview(desk, meetings)
        assert len(seen.mails) == 40
        assert not any(mail.sent for mail in seen.mails)
        assert seen.words == "10 personnes recevront 40 messages\u00a0: 40 invitations."
        sent = send_batch(desk, meetings)
        assert sent.queued == 40
        assert progress(desk, sent.batch).words == "0 message sur 40 envoyé, 40 en attente."
        done = finish(desk, sent.batch)
        assert (done.total, done.sent, done.finished, done.words) == (40, 40, True, "40 messages sur 40 envoyés.")
        assert server.connections == 1
        assert Counter(taken.recipient for taken in server.taken) == {email: 4 for _, email in TEN}
        assert len({taken.message_id for taken in server.taken}) == 40
        book = desk.logbook.read()
        assert {f"<{mail.message_id}>" for mail in book.deliveries.values()} == {taken.message_id for taken in server.taken}
        delivered = [event for event in book.events if event.type == "delivered"]
        assert {(event.meeting, event.contact) for event in delivered} == {
            (mail.meeting, mail.contact) for mail in book.deliveries.values()
        }
        assert {book.messages[event.message or ""].message_id for event in delivered} == {
            mail.message_id for mail in book.deliveries.values()
        }
        assert all(book.meetings[key].stamp == NOW and book.meetings[key].sequence == 0 for key in meetings)

    def test_each_mail_is_for_its_attendee_and_carries_the_stamp_of_the_click(self, server: MailServer) -> None:
        desk = office(through(server))
        meetings = four_sessions(desk, TEN[:2])
        finish(desk, send_batch(desk, meetings).batch)
        for taken in server.taken:
            mail = message_from_bytes(taken.raw)
            assert taken.recipient in str(mail["To"])
            assert (taken.sender, "claire.vasseur@" in str(mail["From"])) == (VILLE.referent_email, True)
            ics = mail.get_payload()[0].get_payload()[2].get_payload(decode=True)
            assert b"DTSTAMP:20261124T090000Z" in ics
            assert b"METHOD:REQUEST" in ics

    def test_a_second_click_finds_nothing_due_before_and_after_the_sending(self, server: MailServer) -> None:
        desk = office(through(server))
        meetings = four_sessions(desk)
        first = send_batch(desk, meetings)
        again = send_batch(desk, meetings)
        assert (again.batch, again.queued) == ("", 0)
        finish(desk, first.batch)
        assert send_batch(desk, meetings).words == "Rien à envoyer\u00a0: chacun a déjà reçu la dernière version."
        assert preview(desk, meetings).words == "Rien à envoyer\u00a0: chacun a déjà reçu la dernière version."
        assert all(mail.sent for mail in preview(desk, meetings).mails)
        assert len(server.taken) == 40

    def test_two_clicks_at_once_make_one_batch(self, tmp_path: Path) -> None:
        desk = office(logbook=TinydbLogbook(tmp_path / "j.json", clock=lambda: NOW))
        meetings = four_sessions(desk)
        found: list[int] = []
        clicks = [threading.Thread(target=lambda: found.append(send_batch(desk, meetings).queued)) for _ in range(6)]
        for click in clicks:
            click.start()
        for click in clicks:
            click.join()
        assert sorted(found) == [0, 0, 0, 0, 0, 40]

    def test_sending_again_on_purpose_has_a_later_stamp_and_another_id(self, server: MailServer) -> None:
        desk = office(through(server))
        meetings = four_sessions(desk, TEN[:3])[:1]
        finish(desk, send_batch(desk, meetings).batch)
        contact = one(desk, TEN[0][1]).contact
        sent = send_batch(desk, meetings, only=[contact], again=True)
        assert sent.queued == 1
        finish(desk, sent.batch)
        assert len(set(server.ids_of(TEN[0][1]))) == 2
        assert len(server.taken) == 4
        assert desk.logbook.read().meetings[meetings[0]].stamp == NOW + timedelta(seconds=1)
        assert b"DTSTAMP:20261124T090001Z" in message_from_bytes(server.taken[-1].raw).get_payload()[1].get_payload(decode=True)

    def test_a_move_is_due_to_all_a_new_person_alone_gets_the_first(self, server: MailServer) -> None:
        clock = Clock()
        desk = office(through(server), clock=clock)
        meeting = four_sessions(desk, TEN[:3])[0]
        finish(desk, send_batch(desk, [meeting]).batch)
        clock.wait(60)
        change(desk, meeting, Order(add=[("Zoé Nouvelle", "zoe@ville.test")]))
        seen = preview(desk, [meeting])
        assert [mail.email for mail in seen.mails if not mail.sent] == ["zoe@ville.test"]
        assert seen.words == "Une personne recevra 1 message\u00a0: 1 invitation. 3 déjà envoyés."
        finish(desk, send_batch(desk, [meeting]).batch)
        clock.wait(60)
        change(desk, meeting, Order(start=STARTS[0] + timedelta(hours=2)))
        moved = send_batch(desk, [meeting])
        assert moved.queued == 4
        finish(desk, moved.batch)
        ics = [message_from_bytes(taken.raw).get_payload()[1].get_payload(decode=True) for taken in server.taken[-4:]]
        assert all(b"SEQUENCE:1" in one for one in ics)
        clock.wait(60)
        change(desk, meeting, Order(cancel=True))
        gone = send_batch(desk, [meeting])
        finish(desk, gone.batch)
        assert gone.queued == 4
        assert b"METHOD:CANCEL" in message_from_bytes(server.taken[-1].raw).get_payload()[1].get_payload(decode=True)

    def test_what_was_queued_and_overtaken_by_a_move_does_not_leave(self, server: MailServer) -> None:
        desk = office(through(server))
        meeting = four_sessions(desk, TEN[:3])[0]
        old = send_batch(desk, [meeting])
        change(desk, meeting, Order(start=STARTS[0] + timedelta(hours=2)))
        new = send_batch(desk, [meeting])
        assert (new.queued, states(desk)) == (3, {"dropped": 3, "queued": 3})
        assert progress(desk, old.batch).finished
        finish(desk, new.batch)
        assert len(server.taken) == 3

    def test_a_move_without_a_new_click_stops_the_mails_that_wait(self, server: MailServer) -> None:
        desk = office(through(server))
        meeting = four_sessions(desk, TEN[:3])[0]
        sent = send_batch(desk, [meeting])
        change(desk, meeting, Order(start=STARTS[0] + timedelta(hours=2)))
        finish(desk, sent.batch)
        assert (server.taken, states(desk)) == ([], {"dropped": 3})

    def test_nothing_is_written_when_nothing_can_leave(self) -> None:
        desk = office(SmtpOutbox(lambda: MailSettings(way="smtp"), MemoryVault()))
        meetings = four_sessions(desk)
        before = desk.logbook.read()
        assert "serveur" in preview(desk, meetings).fault
        with pytest.raises(BadInput, match="serveur"):
            send_batch(desk, meetings)
        with pytest.raises(NotFound):
            send_batch(office(), ["inconnue"])
        assert desk.logbook.read() == before

    def test_stopping_gives_up_what_has_not_left(self, server: MailServer) -> None:
        desk = office(through(server))
        sent = send_batch(desk, four_sessions(desk))
        assert stop(desk, sent.batch).finished
        finish(desk, sent.batch)
        assert server.taken == []


class TestTrouble:
    def test_one_refused_address_does_not_stop_the_others_and_is_named(self, server: MailServer) -> None:
        desk = office(through(server))
        server.orders.at_rcpt[TEN[3][1]] = ["550 5.1.1 no such user"] * 9
        sent = send_batch(desk, four_sessions(desk))
        done = finish(desk, sent.batch)
        assert (done.sent, done.failed, done.finished) == (36, 4, True)
        assert {trouble.name for trouble in done.troubles} == {"Personne D"}
        assert "Cette adresse n’existe pas (5.1.1)" in done.troubles[0].error
        assert server.connections == 1
        assert sum(event.type == "refused" for event in desk.logbook.read().events) == 4

    def test_a_retry_sends_what_failed_and_only_that(self, server: MailServer) -> None:
        desk = office(through(server))
        meeting = four_sessions(desk)[0]
        server.orders.at_rcpt[TEN[3][1]] = ["550 5.1.1 no such user"]
        sent = send_batch(desk, [meeting])
        finish(desk, sent.batch)
        failed = one(desk, TEN[3][1])
        retry(desk, failed.id)
        done = finish(desk, sent.batch)
        assert (done.sent, done.failed, done.troubles) == (10, 0, ())
        assert server.ids_of(TEN[3][1]) == [f"<{failed.message_id}>"]
        assert len(server.taken) == 10
        with pytest.raises(BadInput, match="pas à renvoyer"):
            retry(desk, failed.id)

    def test_throttling_waits_longer_each_time_then_gives_up(self, server: MailServer) -> None:
        clock = Clock()
        desk = office(through(server), clock=clock)
        meeting = four_sessions(desk)[0]
        server.orders.at_rcpt[TEN[0][1]] = ["450 4.2.0 greylisted"] * 2
        server.orders.at_rcpt[TEN[1][1]] = ["450 4.2.0 greylisted"] * 99
        done = finish(desk, send_batch(desk, [meeting]).batch, wait=clock.wait)
        assert (done.sent, done.failed) == (9, 1)
        assert server.tried.count(TEN[0][1]) == 3
        assert server.tried.count(TEN[1][1]) == len(PAUSES) + 1
        assert (clock.now - NOW).total_seconds() >= sum(PAUSES)
        assert "attendre" in done.troubles[0].error

    def test_a_server_that_slows_everybody_down_is_not_hammered(self, server: MailServer) -> None:
        clock = Clock()
        desk = office(through(server), clock=clock)
        meeting = four_sessions(desk)[0]
        for _, email in TEN:
            server.orders.at_rcpt[email] = ["450 4.7.0 too many messages"]
        done = finish(desk, send_batch(desk, [meeting]).batch, wait=clock.wait)
        assert done.sent == 10
        assert clock.waits[0] >= PAUSES[0]

    @pytest.mark.parametrize("order", ["drop", "lose", "hang"])
    def test_silence_after_data_is_unsure_never_sent_again_by_itself(self, server: MailServer, order: str) -> None:
        desk = office(through(server))
        meeting = four_sessions(desk)[0]
        server.orders.at_data[TEN[4][1]] = [order]
        sent = send_batch(desk, [meeting])
        done = finish(desk, sent.batch)
        assert (done.sent, done.unsure, done.left) == (9, 1, 0)
        assert done.words == "9 messages sur 10 envoyés, 1 à vérifier."
        assert server.connections == 2
        finish(desk, sent.batch)
        assert send_batch(desk, [meeting]).queued == 0
        assert len(server.ids_of(TEN[4][1])) == (0 if order == "lose" else 1)
        doubtful = one(desk, TEN[4][1])
        if order == "lose":
            retry(desk, doubtful.id)
            finish(desk, sent.batch)
            assert server.ids_of(TEN[4][1]) == [f"<{doubtful.message_id}>"]
        else:
            settle(desk, doubtful.id, received=True)
        assert progress(desk, sent.batch).words == "10 messages sur 10 envoyés."
        with pytest.raises(BadInput, match="pas en doute"):
            settle(desk, doubtful.id, received=True)

    def test_a_server_that_hangs_up_between_mails_is_called_again(self, server: MailServer) -> None:
        desk = office(through(server))
        server.orders.at_rcpt[TEN[2][1]] = ["421 4.3.2 closing"]
        done = finish(desk, send_batch(desk, four_sessions(desk)).batch)
        assert (done.sent, done.failed, done.unsure) == (40, 0, 0)
        assert server.connections == 2

    def test_a_server_that_is_gone_suspends_the_batch_which_goes_on_when_it_is_back(self) -> None:
        clock = Clock()
        with MailServer() as there:
            port = there.port
        settings = MailSettings(way="smtp", host="127.0.0.1", port=port, security="none", rate=0)
        desk = office(SmtpOutbox(lambda: settings, MemoryVault(), patience=QUICK), clock=clock)
        sent = send_batch(desk, four_sessions(desk))
        done = finish(desk, sent.batch, wait=clock.wait)
        assert (done.sent, done.left, done.finished) == (0, 40, False)
        assert "ne peut pas être joint" in done.halted
        assert "Envoi suspendu" in done.words
        assert sum(clock.waits) >= sum(PAUSES[:-1])
        with MailServer(port=port) as back:
            resume(desk, sent.batch)
            assert finish(desk, sent.batch, wait=clock.wait).sent == 40
            assert len(back.taken) == 40

    def test_a_refused_password_suspends_the_batch_and_loses_nobody(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        with MailServer(auth=True) as server:
            vault, settings = (
                MemoryVault(),
                MailSettings(way="smtp", host="127.0.0.1", port=server.port, security="none", auth="password", login="claire"),
            )
            vault.keep(settings.account, "faux-secret")
            desk = office(SmtpOutbox(lambda: settings, vault, patience=QUICK))
            sent = send_batch(desk, four_sessions(desk, TEN[:2]))
            done = finish(desk, sent.batch)
            assert "mot de passe" in done.halted
            assert (done.left, states(desk)) == (8, {"queued": 8})
            assert len(server.tried) == 0
            vault.keep(settings.account, "clé d’été")
            resume(desk, sent.batch)
            assert finish(desk, sent.batch).sent == 8
        ours = " ".join(record.getMessage() for record in caplog.records if record.name != "mail.log")  # the server's own log apart
        assert "faux-secret" not in ours
        assert "@ville.test" not in ours

    def test_a_mail_that_cannot_be_written_fails_alone(self) -> None:
        outbox = MemoryOutbox()
        desk = office(outbox)
        meeting = four_sessions(desk, TEN[:2])[0]
        book = desk.logbook.read()
        sent = send_batch(desk, [meeting])
        with desk.logbook.change() as writing:
            contact = book.contacts[book.meetings[meeting].attendees[0].contact]
            writing.put(replace(contact, name="A\u2028B"))
        done = finish(desk, sent.batch)
        assert done.finished
        assert done.failed + done.sent == 2

    def test_prepared_files_are_counted_as_prepared_and_settled_by_the_user(self, tmp_path: Path) -> None:
        desk = office(FilesOutbox(tmp_path / "envois"))
        meeting = four_sessions(desk, TEN[:2])[0]
        sent = send_batch(desk, [meeting])
        done = finish(desk, sent.batch)
        assert (done.prepared, done.sent, done.words) == (2, 0, "2 messages sur 2 préparés.")
        assert len(list((tmp_path / "envois").glob("*.eml"))) == 2
        assert send_batch(desk, [meeting]).queued == 0
        settle(desk, one(desk, TEN[0][1]).id, received=True)
        assert progress(desk, sent.batch).sent == 1


class TestTogether:
    def test_two_processes_worth_of_workers_send_each_mail_once(self, server: MailServer, tmp_path: Path) -> None:
        server.orders.slow = 0.004
        logbook = TinydbLogbook(tmp_path / "j.json")
        desk = office(through(server), logbook=logbook)
        sent = send_batch(desk, four_sessions(desk))
        done: list[bool] = []

        def work(number: int) -> None:
            ids = itertools.count(1)
            own = with_ports(
                desk,
                new_id=lambda: f"w{number}-{next(ids)}",
                trail=FileTrail(tmp_path, lambda path: alone(path, wait=False)),
                logbook=TinydbLogbook(tmp_path / "j.json"),
            )
            for _ in range(40):
                done.append(drain(own, wait=lambda seconds: bool(time.sleep(min(seconds, 0.01)))))
                if progress(own, sent.batch).finished:
                    return
                time.sleep(0.05)

        workers = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert Counter(taken.recipient for taken in server.taken) == {email: 4 for _, email in TEN}
        assert len({taken.message_id for taken in server.taken}) == 40
        assert False in done
        assert progress(desk, sent.batch).sent == 40

    def test_the_lease_of_another_machine_is_respected_until_it_runs_out(self) -> None:
        clock, outbox = Clock(), MemoryOutbox()
        desk = office(outbox, clock=clock)
        sent = send_batch(desk, four_sessions(desk, TEN[:1]))
        with desk.logbook.change() as writing:
            batch = writing.book.batches[sent.batch]
            writing.put(replace(batch, owner="ailleurs/1", until=NOW + timedelta(minutes=3)))
        assert drain(desk, wait=lambda _: True)
        assert outbox.taken == []
        finish(desk, sent.batch, wait=clock.wait)
        assert len(outbox.taken) == 4
        assert clock.now >= NOW + timedelta(minutes=3)

    def test_a_background_worker_sends_what_is_queued_and_leaves_when_told(self, server: MailServer) -> None:
        worker = Worker()
        desk = with_ports(office(through(server)), wake=worker.wake)
        worker.desk = desk
        for meeting in four_sessions(desk):
            send_batch(desk, [meeting])
        until = time.monotonic() + 20
        while states(desk) != {"sent": 40} and time.monotonic() < until:
            time.sleep(0.02)
        assert states(desk) == {"sent": 40}
        worker.leave()
        assert len(server.taken) == 40

    def test_the_more_the_server_takes_the_larger_the_handful_but_never_beyond_the_cap(self, server: MailServer) -> None:
        desk = office(through(server))
        sent = send_batch(desk, four_sessions(desk))
        seen: list[int] = []
        finish(desk, sent.batch, tell=lambda _: seen.append(states(desk)["sending"]))
        assert seen[0] == 1
        assert max(seen) <= HANDFUL

    def test_a_slow_server_gets_one_mail_at_a_time(self, server: MailServer) -> None:
        server.orders.slow = 0.06
        desk = office(through(server))
        sent = send_batch(desk, four_sessions(desk, TEN[:2]))
        seen: list[int] = []
        finish(desk, sent.batch, tell=lambda _: seen.append(states(desk)["sending"]))
        assert max(seen) == 1


class TestPace:
    @settings(max_examples=60, deadline=None)
    @given(rate=st.integers(1, 20), past=st.lists(st.floats(-120, 0), max_size=30), mails=st.integers(1, 60))
    def test_no_minute_ever_holds_more_than_the_rate(self, rate: int, past: list[float], mails: int) -> None:
        pace, now, spent = Pace(rate, past), 0.0, []
        for _ in range(mails):
            now += pace.delay(now)
            assert pace.free(now) > 0
            pace.spend(now)
            spent.append(now)
        kept = sorted(past)[-rate:] + spent
        for instant in spent:
            assert sum(1 for one in kept if instant - 59.999 < one <= instant) <= rate

    def test_the_batch_waits_for_its_minute_and_sends_all(self, monkeypatch: pytest.MonkeyPatch) -> None:
        clock, outbox = Clock(), MemoryOutbox()
        origin = time.monotonic()
        monkeypatch.setattr("addin.actions.send_round.time.monotonic", lambda: origin + (clock.now - NOW).total_seconds())
        desk = office(outbox, clock=clock, rate=6)
        sent = send_batch(desk, four_sessions(desk, TEN[:5]))
        assert finish(desk, sent.batch, wait=clock.wait).sent == 20
        assert (clock.now - NOW).total_seconds() >= 180

    def test_what_was_given_up_is_not_waited_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        clock, origin = Clock(), time.monotonic()
        monkeypatch.setattr("addin.actions.send_round.time.monotonic", lambda: origin + (clock.now - NOW).total_seconds())
        desk = office(MemoryOutbox(), clock=clock, rate=2)
        sent = send_batch(desk, four_sessions(desk, TEN[:5]))

        def give_up(seconds: float) -> bool:
            if not clock.waits:
                assert stop(desk, sent.batch).left == 0
            return clock.wait(seconds)

        assert drain(desk, wait=give_up)
        assert progress(desk, sent.batch).sent == 2
        assert sum(clock.waits) < 5, "the right to send is given back at once, not at the end of the minute"
        assert desk.logbook.read().batches[sent.batch].owner == ""

    def test_no_limit_means_no_wait(self) -> None:
        assert Pace(0).delay(5.0) == 0


def test_a_lock_is_a_context(tmp_path: Path) -> None:
    trail = FileTrail(tmp_path, lambda path: alone(path, wait=False))
    held: AbstractContextManager[bool] = trail.alone()
    with held as mine, FileTrail(tmp_path, lambda path: alone(path, wait=False)).alone() as theirs:
        assert (mine, theirs) == (True, False)
