"""The grid people × sessions: one line a person, one column a session, in words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal

from msgspec import Struct

from addin.core.attendance import STATES, State, all_answered, as_answered, state_of, told_dates
from addin.core.book import Book
from addin.core.lifecycle.dates import held_dates, local_start
from addin.core.meetings import Attendee, Meeting, Override


class Cell(Struct, frozen=True, kw_only=True):
    """Say how one person stands towards one session. `invited` false: that person is not invited to it, all else is empty.

    `attended`: True came, False did not, None nobody ticked it.
    """

    invited: bool = True
    state: State = "silent"
    told_by: Literal["mail", "phone", "calendar"] | None = None
    attended: bool | None = None


class Column(Struct, frozen=True, kw_only=True):
    """Head one column: a meeting, or one date of a series (`date` = its original start, aware). `start` is where it stands now.

    `counts` gives the number of people in each state, all of `STATES` there; `came` those ticked present.
    """

    meeting: str
    title: str
    start: datetime
    end: datetime
    status: str
    step: int = 0
    date: datetime | None = None
    counts: Mapping[State, int] = {}
    came: int = 0


class Row(Struct, frozen=True, kw_only=True):
    """Give one person's cells, in the order of the columns."""

    contact: str
    name: str
    email: str
    cells: tuple[Cell, ...]


class Grid(Struct, frozen=True, kw_only=True):
    """Hold people × sessions."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def grid(book: Book, meetings: Sequence[Meeting]) -> Grid:
    """Lay people × sessions. A series has a column of its own, and one for each date of which something particular is known.

    Rows come in the order in which people were invited; a person who is no longer invited anywhere has no row. `book` may be raw.
    """
    heads = [head for meeting in all_answered(meetings, book) for head in _heads(meeting, book)]
    people: dict[str, str] = {}
    for meeting in meetings:
        for attendee in meeting.attendees:
            people.setdefault(attendee.contact, attendee.email)
    cells = [{attendee.contact: _cell(attendee) for attendee in meeting.attendees} for meeting, _ in heads]
    columns = [_column(meeting, held, tuple(column.values())) for (meeting, held), column in zip(heads, cells, strict=True)]
    rows = [
        Row(
            contact=key,
            name=book.contacts[key].label if key in book.contacts else email,
            email=email,
            cells=tuple(column.get(key, Cell(invited=False)) for column in cells),
        )
        for key, email in people.items()
    ]
    return Grid(columns=tuple(columns), rows=tuple(rows))


def _heads(meeting: Meeting, book: Book) -> Iterator[tuple[Meeting, Override | None]]:
    """Give the meeting itself, then, of a series, each date that something particular is known about, answers filled."""
    yield meeting, None
    if meeting.rrule and (told := told_dates(meeting.id, book)):
        for held in held_dates(meeting):
            if held.original.astimezone(UTC) in told:
                yield as_answered(meeting, book, date=held.original), held


def _cell(attendee: Attendee) -> Cell:
    return Cell(state=state_of(attendee), told_by=attendee.told_by, attended=attendee.attended)


def _column(meeting: Meeting, held: Override | None, cells: Sequence[Cell]) -> Column:
    return Column(
        meeting=meeting.id,
        title=meeting.title,
        start=held.start if held else local_start(meeting),
        end=held.end if held else meeting.end.astimezone(local_start(meeting).tzinfo),
        status=meeting.status,
        step=meeting.step,
        date=held.original if held else None,
        counts={state: sum(cell.state == state for cell in cells) for state in STATES},
        came=sum(cell.attended is True for cell in cells),
    )
