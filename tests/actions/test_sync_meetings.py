"""The meetings in the référente's own calendar: on a real Radicale and the twin in memory; who invites, on servers that schedule.

No real server that schedules runs here: tests/calendars.StandIn plays its header, its addresses and its status lines over HTTP, and
the twin in memory does so in this process.
"""

import dataclasses
import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import keyring
import pytest
from click.testing import Result
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from keyring.backends.fail import Keyring as NoKeyring
from msgspec.structs import replace

from addin.actions.change_meeting import Order, change
from addin.actions.forget_contact import forget_contact
from addin.actions.invite import plan
from addin.actions.keep_calendar import CalendarChanges, keep_calendar, look_at_calendars
from addin.actions.send_invitations import SERVER_TELLS, preview, send_batch
from addin.actions.sync_meetings import Synced, sync_meetings, who_invites
from addin.actions.tell_rsvp import tell_rsvp
from addin.actions.undo import undo
from addin.actions.write_invitations import hand_over
from addin.adapters.caldav.calendar import CaldavCalendar
from addin.adapters.memory import MemoryCalendar, MemoryLogbook, MemoryOutbox, MemoryTrail, MemoryVault
from addin.adapters.stage_folder import StageFolder, packaged_templates
from addin.core.attendance import as_answered
from addin.core.book import Book, current
from addin.core.calendar_object import calendar_object, folded, unfolded
from addin.core.calendar_settings import CalendarSettings
from addin.core.contacts import Contact
from addin.core.errors import BadInput, Failed, NotFound
from addin.core.meetings import Attendee, Meeting
from addin.core.refusals import Blocked, Dropped, Unsure
from addin.core.stored_object import read_object
from addin.ports.calendar import Calendar, Stored
from addin.ports.desk import Desk
from tests.calendars import LOGIN, SECRET, StandIn, answer_in, crlf, edit, make, radicale, raw, serving, unfold
from tests.judges import ical_js
from tests.people import ANNE, ECLAIRAGE, MENUS, NOW, PAUL, VILLE

PARIS = ZoneInfo("Europe/Paris")
STARTS = [datetime(2026, 12, 8, 10, 0, tzinfo=PARIS) + timedelta(days=7 * n) for n in (0, 1, 4, 5)]
ME = "claire.vasseur@saint-aubin.example"
PAUL_AT, ANNE_AT = "paul.morin@saint-aubin.example", "anne.legoff@saint-aubin.example"
LONG = Contact(id="long", name="Maëlle Éloïse de Kergariou-Saint-Hélory", emails=("maelle.eloise.de.kergariou@saint-aubin.example",))


class Between:
    """Stand before a calendar: do something just before or after the next write, or fail."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.before: Callable[[], None] | None = None
        self.after: Callable[[], None] | None = None
        self.puts: list[tuple[str, bytes]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self.calendar, name)

    def put(self, href: str, octets: bytes, *, etag: str) -> str:
        before, self.before = self.before, None
        if before:
            before()
        found = self.calendar.put(href, octets, etag=etag)
        self.puts.append((href, octets))
        after, self.after = self.after, None
        if after:
            after()
        return found


class Office:
    """A desk with a calendar, and the hands of whoever changes that calendar behind our back."""

    def __init__(self, calendar: Any, settings: CalendarSettings, *, server: Any = None) -> None:
        self.server = server
        self._ids = itertools.count(1)
        self.prefix = uuid4().hex[:8]
        self.now = NOW
        self._vault = MemoryVault()
        self.calendar = Between(calendar)
        book = Book(
            organisation=replace(VILLE, calendar=settings),
            contacts={contact.id: contact for contact in (PAUL, ANNE, LONG)},
            datasets={dataset.id: dataset for dataset in (MENUS, ECLAIRAGE)},
        )
        self.desk = Desk(
            shelf=StageFolder(packaged_templates()),
            logbook=MemoryLogbook(book),
            clock=lambda: self.now,
            new_id=lambda: f"{self.prefix}{next(self._ids):04d}",
            trail=MemoryTrail(),
            calendar=self.calendar,  # type: ignore[arg-type]
        )

    def call(self, *people: str, kind: str = "maturity", starts: Sequence[datetime] = STARTS[:1], **given: Any) -> list[str]:
        done = plan(self.desk, kind=kind, starts=starts, attendees=people or ("paul", "anne", "long"), **given)  # type: ignore[arg-type]
        return [meeting.id for meeting in done.meetings]

    def sync(self, *meetings: str, later: int = 60, **given: Any) -> Synced:
        self.now += timedelta(seconds=later)
        return sync_meetings(self.desk, meetings, **given)

    def text(self, meeting: str) -> str:
        return unfold(self.stored(meeting).octets)

    def stored(self, meeting: str) -> Stored:
        href = self.desk.logbook.read().calendar_entries[meeting].href
        return self.calendar.calendar.read([href])[href]

    def is_there(self, meeting: str) -> bool:
        href = self.desk.logbook.read().calendar_entries[meeting].href
        return bool(self.calendar.calendar.read([href]))

    def edit(self, meeting: str, turn: Callable[[str], str]) -> None:
        """Change the stored object as somebody else does."""
        stored = self.stored(meeting)
        if isinstance(self.calendar.calendar, MemoryCalendar):
            old = self.calendar.calendar.objects[stored.href]
            self.calendar.calendar.objects[stored.href] = Stored(old.href, f'"{uuid4().hex}"', crlf(turn(unfold(old.octets))))
        else:
            edit(stored.href, turn)

    def drop(self, meeting: str) -> None:
        stored = self.stored(meeting)
        self.calendar.calendar.delete(stored.href, etag=stored.etag)

    def desk_with_vault(self) -> Desk:
        return dataclasses.replace(self.desk, vault=self._vault)

    def desk_over(self, settings: Callable[[], CalendarSettings]) -> Desk:
        """Give a desk whose calendar follows the settings that are kept."""
        return dataclasses.replace(self.desk, vault=self._vault, calendar=CaldavCalendar(settings, self._vault))

    def answers(self, meeting: str, date: datetime | None = None) -> dict[str, str]:
        book = current(self.desk.logbook.read())
        return {one.contact: one.partstat for one in as_answered(book.meetings[meeting], book, date=date).attendees}

    def events(self, kind: str) -> list[Any]:
        return [event for event in self.desk.logbook.read().events if event.type == kind]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with radicale(tmp_path_factory.mktemp("radicale")) as url:
        yield url


@pytest.fixture(params=["memory", "radicale"])
def office(request: pytest.FixtureRequest) -> Office:
    """Give an office whose server does not schedule: we invite."""
    if request.param == "memory":
        twin = MemoryCalendar()
        return Office(twin, CalendarSettings(url="memory:", calendar=twin.url))
    url = request.getfixturevalue("server")
    settings = CalendarSettings(url=url, login=LOGIN, calendar=make(url, f"c{uuid4().hex[:8]}"))
    vault = MemoryVault()
    vault.keep(settings.account, SECRET)
    return Office(CaldavCalendar(lambda: settings, vault), settings)


@pytest.fixture
def stand() -> Iterator[StandIn]:
    stand = StandIn(addresses=(ME,))
    with serving(stand) as url:
        stand.url = url
        yield stand


@pytest.fixture(params=["memory", "stand-in"])
def scheduling(request: pytest.FixtureRequest) -> Office:
    """Give an office whose server schedules: `told` of its server lists who was told."""
    if request.param == "memory":
        twin = MemoryCalendar(schedules=True, address=ME)
        return Office(twin, CalendarSettings(url="memory:", calendar=twin.url, schedules=True, addresses=(ME,)), server=twin)
    return over_http(request.getfixturevalue("stand"))


def over_http(stand: StandIn) -> Office:
    settings = CalendarSettings(url=stand.url, login=LOGIN, calendar=f"{stand.url}/dav/cal/open-data/", schedules=True, addresses=(ME,))
    vault = MemoryVault()
    vault.keep(settings.account, SECRET)
    return Office(CaldavCalendar(lambda: settings, vault), settings, server=stand)


class TestWeInvite:
    """A server that does not schedule: what is stored asks nobody anything, the mails are ours."""

    def test_four_sessions_are_stored_once_as_plain_objects(self, office: Office) -> None:
        meetings = office.call(kind="quality", starts=STARTS)
        assert who_invites(office.desk) == who_invites(office.desk, meetings[0]) == "us"
        first = office.sync()
        assert (first.put, first.removed, first.told, first.waiting, first.troubles, first.fault) == (4, 0, 0, (), (), "")
        assert first.words == "4 réunions écrites dans l’agenda."
        for meeting in meetings:
            text = office.text(meeting)
            attendees = [line for line in text.split("\n") if line.startswith("ATTENDEE")]
            assert "METHOD" not in text
            assert len(attendees) == 3
            assert all("SCHEDULE-AGENT=CLIENT" in line and "PARTSTAT=NEEDS-ACTION" in line for line in attendees)
            assert f"UID:{meeting}@saint-aubin.example" in text
            assert "SEQUENCE:0" in text
            assert "DTSTART;TZID=Europe/Paris:" in text
        etags = [office.stored(meeting).etag for meeting in meetings]
        again = office.sync()
        assert (again.put, again.words) == (0, "L’agenda est à jour.")
        assert [office.stored(meeting).etag for meeting in meetings] == etags
        assert len(office.calendar.puts) == 4
        assert not office.events("delivered")
        assert all(meeting.stamp is None for meeting in office.desk.logbook.read().meetings.values())

    def test_what_is_put_is_sound(self, office: Office) -> None:
        office.call("paul", "long", kind="club", rrule="FREQ=MONTHLY;BYDAY=2TU;COUNT=6", video="https://visio.example/club")
        office.sync()
        octets = office.calendar.puts[0][1]
        assert max(len(line) for line in octets.split(b"\r\n")) <= 75
        assert b"\n" not in octets.replace(b"\r\n", b"")
        assert [line for line in unfolded(octets) if line.startswith("RRULE") and "YEARLY" not in line] == [
            "RRULE:FREQ=MONTHLY;COUNT=6;BYDAY=2TU"
        ]
        (read,) = ical_js.read([office.stored(meeting).octets for meeting in office.desk.logbook.read().meetings], zone="Asia/Tokyo")
        assert [moment[:16] for moment in read["dates"][:2]] == ["2026-12-08T09:00", "2027-01-12T09:00"]
        assert len(read["dates"]) == 6

    def test_a_move_is_written_with_its_sequence_and_the_answers_asked_again(self, office: Office) -> None:
        (meeting,) = office.call()
        tell_rsvp(office.desk, [meeting], "paul", "ACCEPTED")
        office.sync()
        assert line_of(office.text(meeting), PAUL_AT).count("PARTSTAT=ACCEPTED") == 1
        change(office.desk, meeting, Order(start=STARTS[1]))
        assert office.sync().put == 1
        text = office.text(meeting)
        assert "SEQUENCE:1" in text
        assert "DTSTART;TZID=Europe/Paris:20261215T100000" in text
        assert "PARTSTAT=NEEDS-ACTION" in line_of(text, PAUL_AT)

    def test_an_answer_told_by_phone_is_written(self, office: Office) -> None:
        (meeting,) = office.call()
        office.sync()
        done = tell_rsvp(office.desk, [meeting], "anne", "DECLINED")
        assert office.sync().put == 1
        assert "PARTSTAT=DECLINED" in line_of(office.text(meeting), ANNE_AT)
        assert "PARTSTAT=NEEDS-ACTION" in line_of(office.text(meeting), PAUL_AT)
        undo(office.desk, done.action)
        office.sync()
        assert "PARTSTAT=NEEDS-ACTION" in line_of(office.text(meeting), ANNE_AT)
        assert office.sync().put == 0

    def test_an_answer_written_in_the_calendar_is_logged_once_and_can_be_taken_back(self, office: Office) -> None:
        (meeting,) = office.call()
        office.sync()
        office.edit(meeting, lambda text: answer_in(text, PAUL_AT, "ACCEPTED"))
        done = office.sync()
        assert done.answers == 1
        assert "1 réponse lue" in done.words
        assert office.answers(meeting) == {"paul": "ACCEPTED", "anne": "NEEDS-ACTION", "long": "NEEDS-ACTION"}
        (event,) = office.events("rsvp")
        assert (event.told_by, event.sequence, event.stamp, event.recurrence) == ("calendar", 0, None, None)
        for _ in range(2):
            done = office.sync()
            assert (done.put, done.answers) == (0, 0)
        undo(office.desk, event.action)
        assert office.sync().put == 1
        assert office.answers(meeting)["paul"] == "NEEDS-ACTION"
        assert "PARTSTAT=NEEDS-ACTION" in line_of(office.text(meeting), PAUL_AT)
        assert office.sync().answers == 0

    def test_an_answer_to_the_old_time_does_not_count_for_the_new_one(self, office: Office) -> None:
        (meeting,) = office.call()
        office.sync()
        change(office.desk, meeting, Order(start=STARTS[1]))
        office.edit(meeting, lambda text: answer_in(text, PAUL_AT, "ACCEPTED"))
        assert office.sync().answers == 1
        book = office.desk.logbook.read()
        paul = as_answered(book.meetings[meeting], book).attendees[0]
        assert (paul.partstat, paul.reconfirm) == ("NEEDS-ACTION", True)
        assert "PARTSTAT=NEEDS-ACTION" in line_of(office.text(meeting), PAUL_AT)
        assert (office.sync().put, office.sync().answers) == (0, 0)

    def test_an_answer_that_comes_between_our_reading_and_our_writing_is_kept(self, office: Office) -> None:
        (meeting,) = office.call()
        office.sync()
        change(office.desk, meeting, Order(place="salle des mariages"))
        office.calendar.before = lambda: office.edit(meeting, lambda text: answer_in(text, ANNE_AT, "TENTATIVE"))
        done = office.sync()
        assert (done.put, done.answers, done.troubles) == (1, 1, ())
        text = office.text(meeting)
        assert "LOCATION:salle des mariages" in text
        assert "PARTSTAT=TENTATIVE" in line_of(text, ANNE_AT)
        assert office.answers(meeting)["anne"] == "TENTATIVE"

    def test_an_object_that_changes_at_every_turn_is_given_up_and_the_next_is_written(self, office: Office) -> None:
        first, second = office.call(), office.call(starts=STARTS[1:2])
        office.sync()

        def again() -> None:
            office.edit(first[0], lambda text: text.replace("TRANSP:OPAQUE", f"TRANSP:OPAQUE\nCOMMENT:{uuid4().hex}"))
            office.calendar.before = again

        for meeting in (*first, *second):
            change(office.desk, meeting, Order(place="ailleurs"))
        office.calendar.before = again
        done = office.sync(first[0])
        office.calendar.before = None
        assert [trouble.meeting for trouble in done.troubles] == first
        assert office.sync().put == 2

    def test_a_series_is_one_object_with_its_moved_and_skipped_dates(self, office: Office) -> None:
        (club,) = office.call(kind="club", rrule="FREQ=MONTHLY;BYDAY=2TU;COUNT=6", exdates=())
        office.sync()
        change(office.desk, club, Order(date=date(2027, 2, 9), start=datetime(2027, 2, 11, 14, tzinfo=PARIS)))
        change(office.desk, club, Order(date=date(2027, 3, 9), cancel=True))
        assert office.sync().put == 1
        text = office.text(club)
        assert text.count("BEGIN:VEVENT") == 2
        assert "RECURRENCE-ID;TZID=Europe/Paris:20270209T100000" in text
        assert "DTSTART;TZID=Europe/Paris:20270211T140000" in text
        assert "EXDATE;TZID=Europe/Paris:20270309T100000" in text
        assert text.count("SEQUENCE:2") == 2

        moved = next(part for part in text.split("BEGIN:VEVENT") if "RECURRENCE-ID" in part)
        office.edit(club, lambda whole: whole.replace(moved, answer_in(moved, PAUL_AT, "ACCEPTED")))
        assert office.sync().answers == 1
        original = datetime(2027, 2, 9, 9, tzinfo=UTC)
        assert office.events("rsvp")[0].recurrence == original
        assert office.answers(club)["paul"] == "NEEDS-ACTION"
        assert office.answers(club, original)["paul"] == "ACCEPTED"
        assert (office.sync().put, office.sync().answers) == (0, 0)

    def test_a_cancelled_meeting_leaves_the_calendar_and_comes_back_when_that_is_undone(self, office: Office) -> None:
        (meeting,) = office.call()
        never = office.call(starts=STARTS[1:2])[0]
        office.sync(meeting)
        change(office.desk, never, Order(cancel=True))
        done = change(office.desk, meeting, Order(cancel=True))
        synced = office.sync()
        assert (synced.put, synced.removed) == (0, 1)
        assert not office.is_there(meeting)
        assert (office.sync().put, office.sync().removed) == (0, 0)
        undo(office.desk, done.action)
        assert office.sync().put == 1
        assert "STATUS:CONFIRMED" in office.text(meeting)

    def test_a_meeting_whose_calling_is_undone_leaves_the_calendar(self, office: Office) -> None:
        done = plan(office.desk, kind="maturity", starts=STARTS[:1], attendees=["paul"])
        office.sync()
        undone = undo(office.desk, done.action)
        assert office.sync().removed == 1
        assert not office.is_there(done.meetings[0].id)
        assert office.sync().removed == 0
        undo(office.desk, undone.action)
        assert office.sync().put == 1

    def test_what_somebody_deleted_is_not_put_back_unasked(self, office: Office) -> None:
        (meeting,) = office.call()
        office.sync()
        office.drop(meeting)
        for _ in range(2):
            done = office.sync()
            assert done.put == 0
            assert "supprimée de l’agenda" in done.warnings[0]
        assert office.sync(restore=True).put == 1
        assert office.is_there(meeting)
        assert office.sync().warnings == ()

    def test_what_somebody_changed_is_told_and_not_overwritten(self, office: Office) -> None:
        (meeting,) = office.call()
        office.sync()
        added = "ATTENDEE;CN=Iris;PARTSTAT=NEEDS-ACTION:mailto:iris.passage@ailleurs.test\nDTSTAMP"
        office.edit(meeting, lambda text: text.replace("20261208T100000", "20261208T150000").replace("DTSTAMP", added, 1))
        done = office.sync()
        assert done.put == 0
        assert len(done.warnings) == 2
        assert "mardi 8 décembre 2026 à 15 h" in done.warnings[0].replace("\u00a0", " ")
        assert "iris.passage@ailleurs.test" in done.warnings[1]
        assert "150000" in office.text(meeting)

    def test_a_silence_after_the_write_is_settled_at_the_next_round_without_a_second_write(self, office: Office) -> None:
        (meeting,) = office.call()

        def silence() -> None:
            raise Unsure("Le serveur s’est tu.")

        office.calendar.after = silence
        done = office.sync()
        assert (done.put, done.fault) == (0, "Le serveur s’est tu.")
        assert office.desk.logbook.read().calendar_entries[meeting].state == "putting"
        done = office.sync()
        assert (done.put, done.fault, len(office.calendar.puts)) == (0, "", 1)
        assert office.desk.logbook.read().calendar_entries[meeting].state == "stored"

    @pytest.mark.parametrize("failure", [Unsure("?"), Dropped("?"), Blocked("?"), KeyboardInterrupt(), RuntimeError()])
    def test_a_crash_before_the_write_is_settled_too(self, office: Office, failure: BaseException) -> None:
        first, second = office.call()[0], office.call(starts=STARTS[1:2])[0]
        office.sync(first)
        change(office.desk, first, Order(place="ailleurs"))

        def fail() -> None:
            raise failure

        for meeting in (first, second):
            office.calendar.before = fail
            if isinstance(failure, Failed):
                assert office.sync(meeting).fault == "?"
            else:
                with pytest.raises(type(failure)):
                    office.sync(meeting)
        assert office.sync().put == 2
        assert "LOCATION:ailleurs" in office.text(first)
        assert office.sync().put == 0

    def test_a_meeting_that_came_in_by_another_door_keeps_its_object_and_its_answers(self, office: Office) -> None:
        (meeting,) = office.call()
        book = office.desk.logbook.read()
        octets = calendar_object(book.meetings[meeting], book.contacts, inviter="us", stamp=NOW)
        href = office.calendar.place("ouvert-depuis-un-courriel")
        office.calendar.calendar.put(href, crlf(answer_in(unfold(octets), PAUL_AT, "ACCEPTED")), etag="")
        done = office.sync()
        assert (done.put, done.answers, done.troubles) == (1, 1, ())
        assert office.desk.logbook.read().calendar_entries[meeting].href == href
        assert not office.calendar.read([office.calendar.place(meeting)])
        assert "PARTSTAT=ACCEPTED" in line_of(office.text(meeting), PAUL_AT)
        assert office.sync().put == 0

    def test_an_object_of_somebody_else_under_our_name_is_never_overwritten(self, office: Office) -> None:
        (meeting,) = office.call()
        book = office.desk.logbook.read()
        other = calendar_object(replace(book.meetings[meeting], uid="autre@ailleurs.test"), book.contacts, inviter="us", stamp=NOW)
        href = office.calendar.place(meeting)
        office.calendar.calendar.put(href, other, etag="")
        done = office.sync()
        assert [trouble.meeting for trouble in done.troubles] == [meeting]
        assert b"autre@ailleurs.test" in office.calendar.read([href])[href].octets

    def test_a_meeting_that_is_over_is_left_alone(self, office: Office) -> None:
        (meeting,) = office.call()
        office.sync()
        tell_rsvp(office.desk, [meeting], "paul", "ACCEPTED")
        assert office.sync(later=86400 * 60).put == 0
        assert office.sync(meeting).put == 0

    def test_a_person_who_is_forgotten_leaves_the_object(self, office: Office) -> None:
        (meeting,) = office.call()
        office.sync()
        forget_contact(office.desk, "paul")
        assert office.sync().put == 1
        assert "paul" not in office.text(meeting).lower()

    def test_one_meeting_that_cannot_be_written_does_not_stop_the_others(self, office: Office) -> None:
        bad, good = office.call("paul")[0], office.call(starts=STARTS[1:2])[0]
        forget_contact(office.desk, "paul")
        done = office.sync()
        assert (done.put, [trouble.meeting for trouble in done.troubles]) == (1, [bad])
        assert "Personne n’est invité" in done.troubles[0].error
        assert office.is_there(good)

    def test_only_the_chosen_meetings_are_written_and_unknown_ones_refused(self, office: Office) -> None:
        first, second = office.call()[0], office.call(starts=STARTS[1:2])[0]
        assert office.sync(second).put == 1
        assert first not in office.desk.logbook.read().calendar_entries
        with pytest.raises(NotFound):
            office.sync("inconnue")

    def test_nothing_is_begun_while_a_sending_goes_on(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("addin.actions.sync_meetings._PATIENCE", 0.1)
        office.call()
        with office.desk.trail.alone(), pytest.raises(Failed, match="Un envoi est en cours"):
            office.sync()
        assert office.sync().put == 1


class TestTheServerInvites:
    """A server that schedules (stand-ins): a write is a sending, so it waits for the click."""

    def test_nothing_is_written_before_the_click_and_each_is_told_once(self, scheduling: Office) -> None:
        meetings = scheduling.call(kind="quality", starts=STARTS)
        assert who_invites(scheduling.desk) == who_invites(scheduling.desk, meetings[0]) == "server"
        done = scheduling.sync()
        assert (done.put, done.waiting) == (0, tuple(meetings))
        assert "attendent votre clic" in done.words
        assert scheduling.server.told == []
        mails = preview(scheduling.desk, meetings)
        sent = send_batch(dataclasses.replace(scheduling.desk, outbox=MemoryOutbox()), meetings)
        assert (mails.mails, mails.words, sent.queued, sent.words) == ((), SERVER_TELLS, 0, SERVER_TELLS)
        done = scheduling.sync(invite=True)
        assert (done.put, done.told, done.waiting, done.troubles) == (4, 12, (), ())
        assert sorted(told(scheduling)) == sorted([PAUL_AT, ANNE_AT, LONG.email] * 4)
        assert "SCHEDULE-AGENT" not in scheduling.text(meetings[0])
        delivered = scheduling.events("delivered")
        assert len(delivered) == 12
        assert {(event.method, event.sequence) for event in delivered} == {("REQUEST", 0)}
        stamps = {meeting.stamp for meeting in scheduling.desk.logbook.read().meetings.values()}
        assert {event.stamp for event in delivered} == stamps
        for _ in range(2):
            assert scheduling.sync(invite=True).put == 0
        assert len(told(scheduling)) == 12

    @pytest.mark.parametrize(
        "order",
        [Order(start=STARTS[1]), Order(place="ailleurs"), Order(title="Un autre titre"), Order(description="Autre ordre du jour")],
    )
    def test_a_change_waits_for_the_click_then_is_told_to_all(self, scheduling: Office, order: Order) -> None:
        (meeting,) = scheduling.call("paul", "anne")
        scheduling.sync(invite=True)
        change(scheduling.desk, meeting, order)
        assert scheduling.sync().waiting == (meeting,)
        assert len(told(scheduling)) == 2
        assert scheduling.sync(invite=True).told == 2
        assert told(scheduling) == [PAUL_AT, ANNE_AT] * 2
        assert scheduling.sync(invite=True).told == 0

    def test_answers_go_both_ways_without_a_mail(self, scheduling: Office) -> None:
        (meeting,) = scheduling.call("paul", "anne")
        scheduling.sync(invite=True)
        tell_rsvp(scheduling.desk, [meeting], "anne", "DECLINED")
        answer = lambda text: answer_in(text, PAUL_AT, "ACCEPTED").replace("SCHEDULE-STATUS=1.1", "SCHEDULE-STATUS=2.0", 1)  # noqa: E731
        behind(scheduling, meeting, answer)
        done = scheduling.sync()
        assert (done.answers, done.put, done.told) == (1, 1, 0)
        assert "PARTSTAT=DECLINED" in line_of(scheduling.text(meeting), ANNE_AT)
        assert "PARTSTAT=ACCEPTED" in line_of(scheduling.text(meeting), PAUL_AT)
        assert len(told(scheduling)) == 2
        assert scheduling.sync(invite=True).put == 0

    def test_an_answer_that_comes_while_people_are_being_told_is_logged_and_taken_back_alone(self, scheduling: Office) -> None:
        (meeting,) = scheduling.call("paul", "anne")
        scheduling.calendar.after = lambda: behind(scheduling, meeting, lambda text: answer_in(text, PAUL_AT, "ACCEPTED"))
        done = scheduling.sync(invite=True)
        assert (done.told, done.answers) == (2, 1)
        (event,) = scheduling.events("rsvp")
        undo(scheduling.desk, event.action)
        assert len([one for one in current(scheduling.desk.logbook.read()).events if one.type == "delivered"]) == 2

    def test_an_answer_that_comes_after_a_crash_counts_for_the_new_time(self, scheduling: Office) -> None:
        (meeting,) = scheduling.call("paul", "anne")
        scheduling.sync(invite=True)
        behind(scheduling, meeting, lambda text: answer_in(text, PAUL_AT, "ACCEPTED"))
        scheduling.sync()
        change(scheduling.desk, meeting, Order(start=STARTS[1]))

        def answer_and_die() -> None:
            behind(scheduling, meeting, lambda text: answer_in(text, PAUL_AT, "ACCEPTED"))
            raise Unsure("?")

        scheduling.calendar.after = answer_and_die
        assert scheduling.sync(invite=True).fault == "?"
        assert scheduling.answers(meeting)["paul"] == "NEEDS-ACTION"
        done = scheduling.sync()
        assert (done.answers, done.told) == (1, 2)
        assert scheduling.answers(meeting)["paul"] == "ACCEPTED"

    def test_a_move_asks_again_those_who_had_accepted(self, scheduling: Office) -> None:
        (meeting,) = scheduling.call("paul", "anne")
        scheduling.sync(invite=True)
        behind(scheduling, meeting, lambda text: answer_in(text, PAUL_AT, "ACCEPTED"))
        scheduling.sync()
        change(scheduling.desk, meeting, Order(start=STARTS[1]))
        scheduling.sync(invite=True)
        text = scheduling.text(meeting)
        assert "SEQUENCE:1" in text
        assert "PARTSTAT=NEEDS-ACTION" in line_of(text, PAUL_AT)
        assert scheduling.answers(meeting)["paul"] == "NEEDS-ACTION"
        assert scheduling.sync().answers == 0

    def test_a_cancellation_is_told_and_stays_in_the_calendar(self, scheduling: Office) -> None:
        (meeting,) = scheduling.call("paul")
        scheduling.sync(invite=True)
        change(scheduling.desk, meeting, Order(cancel=True))
        assert scheduling.sync().waiting == (meeting,)
        scheduling.sync(invite=True)
        text = scheduling.text(meeting)
        assert ("STATUS:CANCELLED" in text, "SEQUENCE:1" in text, "METHOD" in text) == (True, True, False)
        assert told(scheduling) == [PAUL_AT, PAUL_AT]
        assert scheduling.events("delivered")[-1].method == "CANCEL"
        assert (scheduling.sync(invite=True).put, len(told(scheduling))) == (0, 2)

    def test_a_person_removed_is_to_be_told_by_hand(self, scheduling: Office) -> None:
        (meeting,) = scheduling.call("paul", "anne")
        scheduling.sync(invite=True)
        change(scheduling.desk, meeting, Order(remove=("anne",)))
        done = scheduling.sync(invite=True)
        assert "Anne Le Goff" in done.warnings[0]
        assert [(event.contact, event.method) for event in scheduling.events("handed")] == [("anne", "CANCEL")]
        assert ANNE_AT not in scheduling.text(meeting)

    def test_a_crash_after_the_server_told_people_does_not_tell_them_twice(self, scheduling: Office) -> None:
        (meeting,) = scheduling.call("paul", "anne")

        def die() -> None:
            raise KeyboardInterrupt

        scheduling.calendar.after = die
        with pytest.raises(KeyboardInterrupt):
            scheduling.sync(invite=True)
        assert len(told(scheduling)) == 2
        assert not scheduling.events("delivered")
        done = scheduling.sync(invite=True)
        assert (done.put, done.told) == (0, 2)
        assert len(told(scheduling)) == 2
        assert {event.contact for event in scheduling.events("delivered")} == {"paul", "anne"}
        assert who_invites(scheduling.desk, meeting) == "server"

    def test_what_was_told_by_us_goes_on_by_us(self, scheduling: Office) -> None:
        (meeting,) = scheduling.call("paul")
        hand_over(scheduling.desk, [meeting])
        assert who_invites(scheduling.desk, meeting) == "us"
        assert who_invites(scheduling.desk) == "server"
        done = scheduling.sync(invite=True)
        assert (done.put, done.told) == (1, 0)
        assert ";SCHEDULE-AGENT=CLIENT;" in line_of(scheduling.text(meeting), PAUL_AT)
        change(scheduling.desk, meeting, Order(cancel=True))
        scheduling.sync(invite=True)
        # its bin would keep the UID: what is deleted could never come back
        assert "STATUS:CANCELLED" in scheduling.text(meeting)
        assert told(scheduling) == []

    def test_who_is_not_known_there_invites_by_mail(self, scheduling: Office) -> None:
        (meeting,) = scheduling.call("paul", organizer=("Luc Autre", "luc.autre@saint-aubin.example"))
        assert who_invites(scheduling.desk, meeting) == "us"
        assert scheduling.sync(invite=True).told == 0
        assert told(scheduling) == []

    def test_the_channel_does_not_change_when_the_server_no_longer_schedules(self, scheduling: Office) -> None:
        first, second = scheduling.call("paul")[0], scheduling.call("paul", starts=STARTS[1:2])[0]
        scheduling.sync(first, invite=True)
        with scheduling.desk.logbook.change() as writing:
            organisation = writing.book.organisation
            writing.put(replace(organisation, calendar=replace(organisation.calendar, schedules=False)))
        assert [who_invites(scheduling.desk, one) for one in (first, second)] == ["server", "us"]

    def test_who_was_not_told_is_named_and_the_others_are_not_told_again(self, stand: StandIn) -> None:
        office = over_http(stand)
        office.call()
        stand.statuses = {PAUL_AT: "5.1", ANNE_AT: "3.7"}
        done = office.sync(invite=True)
        assert done.told == 1
        assert {trouble.contact for trouble in done.troubles} == {"paul", "anne"}
        assert "Paul Morin" in done.troubles[0].error
        assert "ne connaît pas cette adresse" in done.troubles[1].error
        assert {event.contact for event in office.events("refused")} == {"paul", "anne"}
        assert office.sync(invite=True).told == 0
        assert told(office) == [LONG.email]

    def test_a_server_that_says_nothing_of_it_is_not_believed(self, stand: StandIn) -> None:
        office = over_http(stand)
        office.call("paul")
        stand.statuses = {PAUL_AT: ""}
        done = office.sync(invite=True)
        assert done.told == 0
        assert "ne dit pas" in done.troubles[0].error

    def test_a_server_that_fails_may_have_told_people(self, stand: StandIn) -> None:
        office = over_http(stand)
        office.call("paul")
        stand.force = {"PUT": [(500, b"")]}
        done = office.sync(invite=True)
        assert "peut-être parties" in done.troubles[0].error
        assert office.sync(invite=True).told == 1

    @pytest.mark.parametrize("status", [401, 403, 503, 507])
    def test_a_server_that_refuses_all_stops_the_round_and_the_next_one_goes_on(self, stand: StandIn, status: int) -> None:
        office = over_http(stand)
        office.call(kind="quality", starts=STARTS)
        stand.force = {"PUT": [(status, b"")]}
        done = office.sync(invite=True)
        assert (done.put, bool(done.fault)) == (0, True)
        assert office.sync(invite=True).told == 12
        assert len(told(office)) == 12


def line_of(text: str, email: str) -> str:
    """Give the ATTENDEE line of an address."""
    (line,) = [line for line in text.split("\n") if line.startswith("ATTENDEE") and line.endswith(f"mailto:{email}")]
    return line


def told(office: Office) -> list[str]:
    return [email for email, _ in office.server.told]


def behind(office: Office, meeting: str, turn: Callable[[str], str]) -> None:
    """Let the server itself change an object: nobody is told."""
    if isinstance(office.server, MemoryCalendar):
        office.edit(meeting, turn)
        return
    (path,) = [path for path in office.server.objects if meeting in path]
    office.server.objects[path] = (f'"{uuid4().hex}"', turn(office.server.objects[path][1]))


class TestSettings:
    @pytest.fixture(autouse=True)
    def _no_keyring(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(keyring, "get_keyring", NoKeyring)

    @pytest.mark.parametrize(
        "typed,kept",
        [
            ("nuage.ville.example", "https://nuage.ville.example"),
            (" HTTPS://Nuage.Ville.example/Remote.php/dav/?x=1#y ", "https://nuage.ville.example/Remote.php/dav/"),
            ("http://127.0.0.1:5232/", "http://127.0.0.1:5232/"),
            ("http://[::1]:5232", "http://[::1]:5232"),
            ("localhost:5232", "https://localhost:5232"),
        ],
    )
    def test_an_address_is_completed(self, office: Office, typed: str, kept: str) -> None:
        assert keep_calendar(office.desk_with_vault(), CalendarChanges(url=typed, login="claire")).settings.url == kept

    @pytest.mark.parametrize(
        "typed",
        [
            "http://nuage.ville.example",
            "ftp://x.example",
            "https://",
            "https://claire:secret@x.example",
            "a b",
            "https://x:port",
            "x\ny",
            "//",
        ],
    )
    def test_an_address_in_clear_or_with_a_password_is_refused(self, office: Office, typed: str) -> None:
        before = office.desk.logbook.read().organisation
        with pytest.raises(BadInput) as refusal:
            keep_calendar(office.desk_with_vault(), CalendarChanges(url=typed, login="claire"))
        assert "secret" not in refusal.value.message
        assert office.desk.logbook.read().organisation == before

    def test_the_secret_stays_out_of_the_logbook_and_goes_with_its_account(self, office: Office) -> None:
        desk = office.desk_with_vault()
        keep_calendar(desk, CalendarChanges(url="nuage.ville.example", login="claire", secret="très secret"))
        account = desk.logbook.read().organisation.calendar.account
        assert desk.vault.find(account) == "très secret"
        assert "très secret" not in repr(desk.logbook.read())
        keep_calendar(desk, CalendarChanges(login="autre"))
        assert desk.vault.find(account) == ""
        for bad in ({"login": "a:b"}, {"secret": "a\nb"}, {"calendar": "https://ailleurs.example/c/"}):
            with pytest.raises(BadInput):
                keep_calendar(desk, CalendarChanges(**bad))

    def test_a_look_chooses_the_only_calendar_and_says_who_invites(self, stand: StandIn) -> None:
        office = over_http(stand)
        desk = office.desk_over(lambda: office.desk.logbook.read().organisation.calendar)
        keep_calendar(desk, CalendarChanges(url=f"{stand.url}/", login=LOGIN, secret=SECRET))
        assert not desk.logbook.read().organisation.calendar.schedules
        looked = look_at_calendars(desk)
        assert looked.state.settings.calendar == f"{stand.url}/dav/cal/open-data/"
        assert (looked.state.settings.schedules, looked.state.fault) == (True, "")
        assert "lui-même" in looked.state.words
        stand.addresses = ("autre@saint-aubin.example",)
        assert "connaît le compte sous autre@saint-aubin.example" in look_at_calendars(desk).state.words
        stand.addresses = ()
        assert "n’a pas d’adresse" in look_at_calendars(desk).state.words
        stand.schedules = False
        assert "partent par courriel" in look_at_calendars(desk).state.words
        assert keep_calendar(desk, CalendarChanges(url="")).settings == CalendarSettings(login=LOGIN)

    def test_by_the_command_line_on_radicale(
        self, server: str, run: Callable[..., Result], town: Desk, monkeypatch: pytest.MonkeyPatch, data: Path
    ) -> None:
        monkeypatch.setenv("ANTISECHE_CALENDAR_SECRET", SECRET)
        chosen = make(server, f"cli{uuid4().hex[:8]}", display="Séances")
        assert run("calendar", "settings", "--url", "http://ailleurs.example", "--login", LOGIN).exit_code == 2
        assert run("calendar", "sync").exit_code == 2
        assert run("calendar", "settings", "--url", server, "--login", LOGIN).exit_code == 0
        listed = json.loads(run("calendar", "test").stdout)
        assert {"url": chosen, "name": "Séances"} in listed["calendars"]
        assert listed["schedules"] is False
        assert json.loads(run("calendar", "settings", "--calendar", chosen).stdout)["calendar"] == chosen
        plan(town, kind="maturity", starts=STARTS[:1], attendees=["paul"])
        synced = run("calendar", "sync")
        assert synced.exit_code == 0
        assert json.loads(synced.stdout)["put"] == 1
        assert json.loads(run("calendar", "sync").stdout)["put"] == 0
        assert "SUMMARY" in raw("GET", chosen).text
        assert all(SECRET not in file.read_text(errors="replace") for file in data.rglob("*") if file.is_file())
        monkeypatch.setenv("ANTISECHE_CALENDAR_SECRET", "faux")
        refused = run("calendar", "sync")
        assert refused.exit_code == 1
        assert "mot de passe" in refused.stderr
        assert "Traceback" not in refused.stderr

    def test_by_the_api_on_radicale(self, server: str, client: FlaskClient, town: Desk) -> None:
        url = "/api/v1/calendar"
        assert client.get(url).json["inviter"] == "us"
        assert client.put(url, json={"url": "http://ailleurs.example"}).status_code == 422
        body = client.put(url, json={"url": server, "login": LOGIN, "secret": SECRET}).json
        assert (body["secret"], body["calendar"], SECRET in json.dumps(body)) == (True, None, False)
        assert client.post(f"{url}/look", json={"make": "Open data"}).status_code == 202
        body = wait(client)
        assert (body["last"]["task"], body["last"]["fault"], body["name"]) == ("look", None, "Open data")
        plan(town, kind="maturity", starts=STARTS[:1], attendees=["paul"])
        assert client.post(f"{url}/sync", json={}).status_code == 202
        body = wait(client)
        assert (body["last"]["synced"]["put"], body["last"]["fault"]) == (1, None)
        client.put(url, json={"secret": "faux"})
        assert client.post(f"{url}/look", json={}).status_code == 202
        assert "mot de passe" in wait(client)["last"]["fault"]


def wait(client: FlaskClient) -> Mapping[str, Any]:
    import time

    for _ in range(200):
        body: Mapping[str, Any] = client.get("/api/v1/calendar").json  # type: ignore[assignment]
        if not body["last"]["running"]:
            return body
        time.sleep(0.05)
    raise AssertionError("still running")


NAMES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=60).filter(lambda name: name.strip())
PARTSTATS = st.sampled_from(["NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED"])


@given(names=st.lists(st.tuples(NAMES, PARTSTATS), min_size=1, max_size=5), title=NAMES, inviter=st.sampled_from(["us", "server"]))
def test_what_is_written_is_read_back(names: list[tuple[str, Any]], title: str, inviter: Any) -> None:
    people = {f"p{n}": Contact(id=f"p{n}", name=name) for n, (name, _) in enumerate(names)}
    attendees = tuple(
        Attendee(contact=f"p{n}", email=f"personne.au.long.nom.numero{n}@saint-aubin.example", partstat=partstat)
        for n, (_, partstat) in enumerate(names)
    )
    meeting = Meeting(
        id="m", uid="m@saint-aubin.example", kind="maturity", title=title, start=STARTS[0], end=STARTS[0] + timedelta(hours=1),
        organizer_email=ME, attendees=attendees, sequence=3,
    )  # fmt: skip
    octets = calendar_object(meeting, people, inviter=inviter, stamp=NOW, modified=NOW)
    said = read_object(octets)
    assert said is not None
    assert (said.uid, said.sequence, said.stamp, said.start) == (meeting.uid, 3, NOW, STARTS[0].astimezone(UTC))
    assert [(one.email, one.partstat, one.status) for one in said.attendees] == [(one.email, one.partstat, "") for one in attendees]
    assert max(map(len, octets.split(b"\r\n"))) <= 75
    assert octets.decode()
    lines = unfolded(octets)
    assert not any(line.startswith("METHOD") for line in lines)
    assert sum("SCHEDULE-AGENT=CLIENT" in line for line in lines) == (len(names) if inviter == "us" else 0)


PIECES = [
    b"BEGIN:VEVENT",
    b"END:VEVENT",
    b"BEGIN:VALARM",
    b"UID:a",
    b"UID",
    b"DTSTAMP:99999999T999999Z",
    b"DTSTART;TZID=x/../y:20261208T100000",
    b"RECURRENCE-ID;VALUE=DATE:20261208",
    b'ATTENDEE;CN="a;b:c";PARTSTAT=ACCEPTED:MAILTO:A@b.example',
    b"ATTENDEE;PARTSTAT=X;;:mailto:",
    b"ATTENDEE",
    b"SEQUENCE:-1",
    b" suite",
    b"\xff\xfe",
]


@given(st.binary(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=12).map(b"\r\n".join))
def test_no_octets_stop_the_reader(octets: bytes) -> None:
    said = read_object(octets)
    assert said is None or said.uid


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=400))
def test_folding_keeps_the_line(line: str) -> None:
    octets = folded(line)
    assert octets.endswith(b"\r\n")
    assert all(len(piece) <= 75 for piece in octets.split(b"\r\n"))
    assert all(piece.decode() is not None for piece in octets.split(b"\r\n"))
    if line.strip() and not line.startswith((" ", "\t", "\ufeff")):
        assert unfolded(octets) == [line]
