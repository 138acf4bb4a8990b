"""The meetings in the référente's own calendar: on a real Radicale and the twin in memory; who invites, on servers that schedule.

No real server that schedules runs here: tests/calendars.StandIn plays its header, its addresses and its status lines over HTTP, and
the twin in memory does so in this process.
"""

import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
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
from addin.actions.keep_calendar import CalendarChanges, keep_calendar, look_at_calendars, make_calendar
from addin.actions.sync_meetings import Synced, sync_meetings, who_invites
from addin.actions.tell_rsvp import tell_rsvp
from addin.actions.undo import undo
from addin.actions.write_invitations import hand_over
from addin.adapters.caldav.calendar import CaldavCalendar
from addin.adapters.memory import MemoryCalendar, MemoryLogbook, MemoryTrail, MemoryVault
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
from addin.ports import Calendar, Desk, Stored
from tests.calendars import LOGIN, SECRET, StandIn, answer_in, edit, make, radicale, raw, serving, unfold
from tests.judges import libical
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

    def __init__(self, calendar: Any, settings: CalendarSettings) -> None:
        self._ids = itertools.count(1)
        self.prefix = uuid4().hex[:8]
        self.now = NOW
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
            self.calendar.calendar.objects[stored.href] = Stored(old.href, f'"{uuid4().hex}"', turn(unfold(old.octets)).encode())
        else:
            edit(stored.href, turn)

    def drop(self, meeting: str) -> None:
        stored = self.stored(meeting)
        self.calendar.calendar.delete(stored.href, etag=stored.etag)

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


@pytest.fixture(params=["memory", "stand-in"])
def scheduling(request: pytest.FixtureRequest) -> Iterator[Office]:
    """Give an office whose server schedules."""
    if request.param == "memory":
        twin = MemoryCalendar(schedules=True, address=ME)
        yield Office(twin, CalendarSettings(url="memory:", calendar=twin.url, schedules=True, addresses=(ME,)))
        return
    stand = StandIn(addresses=(ME,))
    with serving(stand) as url:
        stand.url = url
        settings = CalendarSettings(url=url, login=LOGIN, calendar=f"{url}/dav/cal/open-data/", schedules=True, addresses=(ME,))
        vault = MemoryVault()
        vault.keep(settings.account, SECRET)
        yield Office(CaldavCalendar(lambda: settings, vault), settings) if not hasattr(request, "x") else None  # type: ignore[misc]


def told(office: Office) -> list[str]:
    """Give the addresses that the server told, in order, with "mailto:" off."""
    calendar = office.calendar.calendar
    if isinstance(calendar, MemoryCalendar):
        return [email.removeprefix("mailto:") for email, _ in calendar.told]
    return [email.removeprefix("mailto:") for email, _ in STANDS[id(office)].told]


STANDS: dict[int, StandIn] = {}
