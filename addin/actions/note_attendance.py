"""Note who came to a session and what state the data sets have reached; then say what the minutes need."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from msgspec import Struct

from addin.actions.tell_rsvp import original_of
from addin.core.attendance import as_answered
from addin.core.book import Book, current
from addin.core.errors import BadInput, NotFound
from addin.core.events import Event
from addin.core.lifecycle.dates import held_dates, local_start
from addin.core.meetings import Attendee, Meeting
from addin.core.proposals import slot_faults
from addin.core.quality import QUALITIES, Check, Quality, checklist
from addin.core.timezones import zone_of
from addin.core.working_days import WorkingDays
from addin.ports.desk import Desk

CATCH_UP_MINUTES: Final = 20
_REPLY_DAYS: Final = 5
_PROPOSED: Final = 3
_DAYS_AHEAD: Final = 40
_HOURS: Final = (time(10, 0), time(14, 0), time(11, 0), time(15, 0))


class Noted(Struct, frozen=True, kw_only=True):
    """Say what was noted: the gesture (for undo; "" when nothing was new) and its events."""

    action: str
    events: tuple[Event, ...]


class Minutes(Struct, frozen=True, kw_only=True):
    """Hold what the letter `compte-rendu` needs: for whom, and the values of the blanks that are known, as a form gives them.

    `present`, `absent` and `unticked` are contacts (ids). `catch_up` proposes starts (aware, local) of twenty minutes for the
    absent; the first is in `values`. `checks` is the checklist of the session.
    """

    meeting: str
    letter: str
    values: Mapping[str, str]
    present: tuple[str, ...]
    absent: tuple[str, ...]
    unticked: tuple[str, ...]
    catch_up: tuple[datetime, ...]
    checks: tuple[Check, ...]


def note_attendance(
    desk: Desk,
    meeting: str,
    *,
    present: Iterable[str] = (),
    absent: Iterable[str] = (),
    states: Mapping[str, Quality | None] | None = None,
    date: date | datetime | None = None,
) -> Noted:
    """Note who came (`present`) and who did not (`absent`), contacts by id, and the step of quality each data set (id) stands at.

    Only what changes is written; all of it is one gesture. `date` names one date of a series. Somebody who came without being
    invited may be ticked. Raise NotFound for an unknown meeting, contact or data set, BadInput for a person both there and not,
    or an unknown step.
    """
    came, missed = list(dict.fromkeys(present)), list(dict.fromkeys(absent))
    if both := set(came) & set(missed):
        raise BadInput(f"Une même personne est notée présente et absente ({len(both)}).", where="absent")
    with desk.logbook.change() as change:
        book = current(change.book)
        found = _meeting(book, meeting)
        _check(book, [*came, *missed], states or {})
        when = original_of(found, date)
        at, action = desk.clock().astimezone(UTC), desk.new_id()
        events = [
            Event(
                id=desk.new_id(),
                at=at,
                type="attended",
                action=action,
                contact=contact,
                meeting=meeting,
                recurrence=when,
                answer="yes" if contact in came else "no",
            )
            for contact in (*came, *missed)
            if _ticked(book, meeting, contact, when) != ("yes" if contact in came else "no")
        ]
        events += [
            Event(id=desk.new_id(), at=at, type="advanced", action=action, dataset=dataset, meeting=meeting, answer=state)
            for dataset, state in (states or {}).items()
            if _state(book, dataset) != state
        ]
        for event in events:
            change.append(event)
    return Noted(action=action if events else "", events=tuple(events))


def minutes(desk: Desk, meeting: str, *, date: date | datetime | None = None) -> Minutes:
    """Give what the minutes of a session need, with a catch-up proposed to the absent on the next open days.

    The answer about mistakes is awaited five working days from today. Raise NotFound for an unknown meeting, BadInput for an unknown date.
    """
    book = current(desk.logbook.read())
    found = _meeting(book, meeting)
    zone = zone_of(book.organisation)
    today = desk.clock().astimezone(zone).date()
    when = original_of(found, date)
    held = next((one.start for one in held_dates(found) if one.original == when), None) or local_start(found)
    people = as_answered(found, book, date=when).attendees
    day = max(today, held.date())
    proposed = _catch_up(book, day, desk.clock()) if any(one.attended is False for one in people) else ()
    values = {
        "seance_titre": _bare_title(found.title),
        "seance_date": held.date().isoformat(),
        "reponse_avant": WorkingDays(book.organisation).add(today, _REPLY_DAYS).isoformat(),
    }
    if proposed:
        values["rattrapage_debut"] = proposed[0].isoformat()
    return Minutes(
        meeting=meeting,
        letter="compte-rendu",
        values=values,
        present=_those(people, came=True),
        absent=_those(people, came=False),
        unticked=_those(people, came=None),
        catch_up=proposed,
        checks=checklist(found, book),
    )


def _catch_up(book: Book, day: date, now: datetime) -> tuple[datetime, ...]:
    """Propose three starts, one a day from the morrow on, that nothing speaks against: the group goes on within the week."""
    zone, taken = zone_of(book.organisation), tuple(book.meetings.values())
    found: list[datetime] = []
    for ahead in range(1, _DAYS_AHEAD):
        for hour in _HOURS:
            start = datetime.combine(day + timedelta(days=ahead), hour, tzinfo=zone)
            if not slot_faults(start, organisation=book.organisation, taken=taken, minutes=CATCH_UP_MINUTES, now=now):
                found.append(start)
                break
        if len(found) == _PROPOSED:
            break
    return tuple(found)


def _bare_title(title: str) -> str:
    """Give the title of a session without its number ("Séance 2 sur 4 : Compilation" → "Compilation")."""
    head, colon, tail = title.partition("\u00a0: ")
    return tail if colon and head.startswith("Séance") else title


def _those(people: Sequence[Attendee], *, came: bool | None) -> tuple[str, ...]:
    return tuple(one.contact for one in people if one.attended is came)


def _meeting(book: Book, key: str) -> Meeting:
    meeting = book.meetings.get(key)
    if meeting is None:
        raise NotFound("Cette réunion n’est pas dans le journal.", where="meeting")
    return meeting


def _check(book: Book, contacts: Sequence[str], states: Mapping[str, Quality | None]) -> None:
    for contact in contacts:
        if contact not in book.contacts:
            raise NotFound("Cette personne n’est pas dans le carnet.", where="present")
    for dataset, state in states.items():
        if dataset not in book.datasets:
            raise NotFound("Ce jeu de données n’est pas dans la liste.", where="states")
        if state is not None and state not in QUALITIES:
            raise BadInput(f"Cet état n’est pas prévu\u00a0; sont prévus\u00a0: {', '.join(QUALITIES)}.", where="states")


def _ticked(book: Book, meeting: str, contact: str, when: datetime | None) -> str | None:
    found = (
        event.answer
        for event in reversed(book.events)
        if event.type == "attended" and event.meeting == meeting and event.contact == contact and event.recurrence == when
    )
    return next(found, None)


def _state(book: Book, dataset: str) -> str | None:
    return next((event.answer for event in reversed(book.events) if event.type == "advanced" and event.dataset == dataset), None)
