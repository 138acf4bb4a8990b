"""Attendance: who came to a session, what the data sets have reached, then the minutes for everybody."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from flask import url_for

from addin.actions.note_attendance import Minutes, minutes, note_attendance
from addin.actions.tell_rsvp import original_of
from addin.core.attendance import STATES, as_answered, state_of
from addin.core.book import Book
from addin.core.errors import BadInput, NotFound
from addin.core.lifecycle.dates import held_dates
from addin.core.meetings import Attendee, Meeting
from addin.core.quality import QUALITIES, Check, Quality, checklist
from addin.web.desk import desk
from addin.web.pane import forms, fragments
from addin.web.pane.fragments import Toast
from addin.web.pane.grid import start_of

DATES_SHOWN: Final = 6
"""How many dates of a series are offered on either side of today."""


def meeting_of(book: Book, key: str) -> Meeting:
    """Give a meeting by its id. Raise NotFound."""
    found = book.meetings.get(key)
    if found is None:
        raise NotFound("Cette réunion n’est pas dans le journal.", where="meeting")
    return found


def date_asked() -> datetime | None:
    """Give the one date of a series that is asked for, by its original start. Raise BadInput."""
    value = forms.text("date")
    try:
        return datetime.fromisoformat(value) if value else None
    except ValueError:
        raise BadInput("Cette date de la série ne se lit pas.", where="date") from None


def dates_near(meeting: Meeting, now: datetime) -> list[tuple[str, datetime]]:
    """Give the dates of a series around now, latest first, as (original start, start); none when it is no series."""
    if not meeting.rrule:
        return []
    dates = held_dates(meeting)
    past = [one for one in dates if one.start <= now][-DATES_SHOWN:]
    coming = [one for one in dates if one.start > now][:DATES_SHOWN]
    return [(one.original.isoformat(), one.start) for one in reversed([*past, *coming])]


def show_attendance(meeting_id: str) -> str:
    """Show who may have come, ticked by what they answered, and the checklist of the session; for a series, first the dates."""
    book, now = fragments.book(), fragments.local_now(fragments.book())
    meeting, asked = meeting_of(book, meeting_id), date_asked()
    common: dict[str, Any] = {"column": "meetings", "organisation": book.organisation, "book": book, "meeting": meeting}
    if meeting.rrule and asked is None:
        return fragments.show("attendance/dates.html", **common, dates=dates_near(meeting, now), now=now)
    when = original_of(meeting, asked)
    start, people = start_of(meeting, when), as_answered(meeting, book, date=when).attendees
    strangers = _came_besides(book, meeting, when)
    known = {one.contact for one in people}
    others = sorted((one for one in book.contacts.values() if one.id not in known), key=lambda one: fragments.order(one.label))
    return fragments.show(
        "attendance/attendance.html",
        **common,
        date=asked.isoformat() if asked else "",
        start=start,
        early=start > now,
        people=[(one, _ticked(one), STATES[state_of(one)]) for one in people],
        noted=any(one.attended is not None for one in people),
        besides=sorted(others, key=lambda one: one.id not in strangers),
        strangers=strangers,
        checks=checklist(meeting, book),
        goal=QUALITIES[_goal(meeting)] if meeting.step else "",
        qualities=QUALITIES,
    )


def _ticked(attendee: Attendee) -> bool:
    """Tell whether a person is ticked: as noted, else by the answer given."""
    return attendee.attended if attendee.attended is not None else attendee.partstat == "ACCEPTED"


def _came_besides(book: Book, meeting: Meeting, when: datetime | None) -> set[str]:
    """Give the contacts who came without being invited."""
    told = {
        event.contact: event.answer
        for event in book.events
        if event.type == "attended" and event.meeting == meeting.id and event.recurrence == when and event.contact
    }
    return {contact for contact, answer in told.items() if answer == "yes"} - {one.contact for one in meeting.attendees}


def _goal(meeting: Meeting) -> Quality:
    return list(QUALITIES)[meeting.step - 1]


def note(meeting_id: str) -> str:
    """Write who came, and what the data sets have reached; then offer the minutes."""
    book = fragments.book()
    meeting, asked = meeting_of(book, meeting_id), date_asked()
    came = forms.texts("present")
    expected = {one.contact for one in meeting.attendees} | _came_besides(book, meeting, original_of(meeting, asked))
    done = note_attendance(
        desk(),
        meeting_id,
        present=came,
        absent=[contact for contact in expected if contact not in came],
        states=_states(checklist(meeting, book), set(forms.texts("reached"))),
        date=asked,
    )
    words = "Présences notées\u00a0✓" if done.action else "C’était déjà noté\u00a0: rien n’a changé."
    return show_minutes(meeting_id, Toast(words, done.action))


def _states(checks: tuple[Check, ...], ticked: set[str]) -> Mapping[str, Quality | None]:
    """Give the step of each data set whose line changed: to the goal of the session, or back to the step before it."""
    order = list(QUALITIES)
    changed: dict[str, Quality | None] = {}
    for check in checks:
        if check.dataset in ticked and not check.reached:
            changed[check.dataset] = check.goal
        elif check.dataset not in ticked and check.reached:
            before = order.index(check.goal) - 1
            changed[check.dataset] = order[before] if before >= 0 else None
    return changed


def show_minutes(meeting_id: str, toast: Toast | None = None) -> str:
    """Show who came and who did not, and open the letter of the minutes, with a catch-up proposed to the absent."""
    book = fragments.book()
    meeting, asked = meeting_of(book, meeting_id), date_asked()
    told = minutes(desk(), meeting_id, date=asked)
    date: dict[str, Any] = {"date": asked.isoformat()} if asked else {}
    return fragments.show(
        "attendance/minutes.html",
        column="meetings",
        view=url_for("rsvps.minutes", meeting_id=meeting_id, **date),
        toast=toast,
        organisation=book.organisation,
        book=book,
        meeting=meeting,
        asked=date,
        start=start_of(meeting, original_of(meeting, asked)),
        told=told,
        reference=_reference(told),
        to=", ".join(one.email for one in meeting.attendees if one.email),
        qualities=QUALITIES,
    )


def _reference(told: Minutes) -> str:
    """Give the letter of the minutes as the letter view names it. Raise NotFound when the organisation took it away."""
    found = (f"{stage.id}/{letter.id}" for stage in desk().shelf.stages() for letter in stage.letters if letter.id == told.letter)
    reference = next(found, None)
    if reference is None:
        raise NotFound("Le courrier du compte rendu n’est pas parmi vos courriers.")
    return reference
