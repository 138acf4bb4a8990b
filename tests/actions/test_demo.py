"""The demonstration: a whole town, every state of the chart, and nothing that a real logbook would refuse."""

import itertools
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.actions.demo.town import DEMO_NAME, fill_demo
from addin.adapters.memory import MemoryLogbook
from addin.adapters.stage_folder import StageFolder
from addin.adapters.tinydb_logbook.logbook import TinydbLogbook
from addin.core.book import Book, references
from addin.core.orgchart.chart import STATES, IssueKind
from addin.core.orgchart.fold import draw_chart
from addin.core.orgchart.statuses import STATUS
from addin.core.progress import stage_progress
from addin.core.reminders import owed_answers, to_log, unsent
from addin.core.timezones import zone_of
from addin.core.working_days import WorkingDays
from addin.ports.logbook import Logbook
from tests.people import NOW, TODAY


def fill(logbook: Logbook, now: datetime = NOW) -> Book:
    ids = itertools.count(1)
    fill_demo(logbook, now, lambda: f"id{next(ids):04d}")
    return logbook.read()


@pytest.fixture(scope="module")
def book() -> Book:
    return fill(MemoryLogbook())


def test_every_status_and_every_state_is_there(book: Book) -> None:
    chart = draw_chart(book, today=TODAY)
    assert {link.status for one in chart.datasets for link in one.chain} == STATUS.keys() - {"unavailable"}  # staff and public only
    assert {one.state for one in chart.datasets} == set(STATES)
    assert {one.kind for one in chart.issues} == set(get_args(IssueKind)) - {"long"}  # six columns would hide the rest


def test_there_is_something_to_do_today(book: Book) -> None:
    owed = owed_answers(book, today=TODAY, days=WorkingDays(book.organisation))
    assert [one for one in owed if not one.hidden]
    assert to_log(book)
    assert unsent(book)
    progress = stage_progress(book, StageFolder(Path(__file__).parents[2] / "templates", None).stages(), today=TODAY)
    assert {one.state for one in progress} >= {"en cours", "fait"}


def test_a_real_logbook_takes_it_without_a_fault(tmp_path: Path, book: Book) -> None:
    logbook = TinydbLogbook(tmp_path / "logbook.json", clock=lambda: NOW)
    assert fill(logbook) == book
    assert list(logbook.faults()) == []
    assert list(TinydbLogbook(tmp_path / "logbook.json", clock=lambda: NOW).faults()) == []


def test_no_link_is_broken_and_nothing_is_written_twice(book: Book) -> None:
    for link in references(book):
        assert link.ref in getattr(book, link.shelf), link
    ids = [event.id for event in book.events]
    assert len(set(ids)) == len(ids)
    assert [event.at for event in book.events] == sorted(event.at for event in book.events)


def test_every_address_is_invented(book: Book) -> None:
    told = msgspec.json.encode(book).decode()
    addresses = re.findall(r"[\w.+-]+@[\w.-]+", told)
    assert len(set(addresses)) > 20
    assert all(address.endswith(".example") for address in addresses)
    assert all(address.endswith(".example") for address in re.findall(r"https?://([\w.-]+)", told))
    assert book.organisation.name == DEMO_NAME
    assert book.organisation.known


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 16_000))
def test_it_never_grows_old(hours: int) -> None:
    now = datetime(2026, 9, 1, tzinfo=UTC) + timedelta(hours=hours)
    book = fill(MemoryLogbook(), now)
    assert book == fill(MemoryLogbook(), now)
    assert all(event.at <= now for event in book.events)
    today = now.astimezone(zone_of(book.organisation)).date()
    days = WorkingDays(book.organisation)
    assert all(days.open(meeting.start.date()) for meeting in book.meetings.values())
    assert any(meeting.start > now for meeting in book.meetings.values())
    chart = draw_chart(book, today=today)
    assert {one.state for one in chart.datasets} == set(STATES)
    assert {link.status for one in chart.datasets for link in one.chain} == STATUS.keys() - {"unavailable"}
    assert max(event.at for event in book.events) > now - timedelta(days=7)
