"""The grid people × sessions: who stands where, counted by session, and what waits for a person's word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from flask import url_for

from addin.core.attendance import STATES, State
from addin.core.book import Book
from addin.core.contacts import Contact
from addin.core.counters import open_counters
from addin.core.errors import NotFound
from addin.core.french import short_date
from addin.core.grid import Column, grid
from addin.core.lifecycle.dates import held_dates, is_over, local_start
from addin.core.meetings import Meeting
from addin.core.rsvps import waiting
from addin.web.pane import forms, fragments
from addin.web.pane.fragments import Toast

SHOWN: Final[Mapping[State, tuple[str, str]]] = {
    "accepted": ("full", "ok"),
    "maybe": ("half", "wait"),
    "declined": ("cross", "stop"),
    "delegated": ("arrow", "info"),
    "silent": ("hole", "off"),
    "reconfirm": ("hourglass", "warn"),
}
"""The shape and the tone of each state; the word always stands beside."""

WAITS: Final[Mapping[str, str]] = {
    "sender": "Le message vient d’une autre adresse que celle de la personne invitée.",
    "stranger": "Cette adresse n’est pas celle d’une personne invitée.",
    "delegate": "Une autre personne viendrait à sa place.",
    "refresh": "Cette personne demande à recevoir de nouveau l’invitation.",
}
"""Why an answer waits, as a sentence of its own."""

SAYS: Final[Mapping[str, str]] = {
    "ACCEPTED": "accepte",
    "TENTATIVE": "répond «\u00a0peut-être\u00a0»",
    "DECLINED": "décline",
    "DELEGATED": "délègue",
}
_PLURAL: Final[Mapping[State, str]] = {"accepted": "acceptés", "declined": "déclinés", "delegated": "délégués"}
_NUMBERS: Final = ("", "Une séance", "Deux séances", "Trois séances", "Quatre séances")


@dataclass(frozen=True)
class Choice:
    """Offer some meetings to look at: those of a cycle, or one alone. `query` are the parameters of the grid's address."""

    query: Mapping[str, str]
    label: str
    meetings: tuple[Meeting, ...]
    over: bool


@dataclass(frozen=True)
class Head:
    """Head one column: `name` is short ("Séance 3"), `day` too ("27 nov."), `date` is the original start of one date of a series.

    `counts` gives (state, number, words) of the states that somebody is in; `silent` counts the people to remind.
    """

    column: Column
    key: str
    name: str
    day: str
    date: str
    series: bool
    begun: bool
    over: bool
    cancelled: bool
    counts: tuple[tuple[State, int, str], ...]
    silent: int


def choices(book: Book, now: datetime) -> list[Choice]:
    """Give what can be looked at, by date of the first meeting."""
    groups: dict[str, list[Meeting]] = {}
    for meeting in sorted(book.meetings.values(), key=lambda one: (one.start, one.step, one.id)):
        groups.setdefault(meeting.cycle or meeting.id, []).append(meeting)
    return [_choice(key, group, now) for key, group in groups.items()]


def _choice(key: str, group: Sequence[Meeting], now: datetime) -> Choice:
    first, last = local_start(group[0]), local_start(group[-1])
    if not group[0].cycle:
        label, query = f"{group[0].title}, {short_date(first)}", {"meeting": key}
    else:
        count = _NUMBERS[len(group)] if len(group) < len(_NUMBERS) else f"{len(group)} séances"
        label, query = f"{count}, du {short_date(first)} au {short_date(last)}", {"cycle": key}
    return Choice(query, label, tuple(group), all(is_over(one, now) or one.status == "CANCELLED" for one in group))


def asked_for() -> dict[str, Any]:
    """Give what this request wants to look at, as the parameters of the grid's address; a form carries them along."""
    cycle, meeting = forms.text("cycle"), forms.text("meeting")
    return {"cycle": cycle} if cycle else {"meeting": meeting} if meeting else {"all": "1"} if forms.ticked("all") else {}


def show_grid(toast: Toast | None = None, asked: Mapping[str, str] | None = None) -> str:
    """Show the grid of the meetings asked for (by the request when not said); by default those of the next one to come, else the last."""
    book = fragments.book()
    now, asked = fragments.local_now(book), asked_for() if asked is None else asked
    offered = choices(book, now)
    chosen, label = _chosen(book, offered, asked)
    drawn = grid(book, chosen)
    heads = [_head(book.meetings[column.meeting], column, now) for column in drawn.columns]
    return fragments.show(
        "rsvps/grid.html",
        column="meetings",
        view=url_for("rsvps.grid", **asked),
        toast=toast,
        organisation=book.organisation,
        book=book,
        asked=asked,
        label=label,
        drawn=drawn,
        heads=heads,
        others=[one for one in offered if one.meetings != chosen],
        **settling(book),
    )


def _chosen(book: Book, offered: Sequence[Choice], asked: Mapping[str, str]) -> tuple[tuple[Meeting, ...], str]:
    """Give the meetings to look at, and what they are called. Raise NotFound."""
    if meeting := asked.get("meeting"):
        found = book.meetings.get(meeting)
        if found is None:
            raise NotFound("Cette réunion n’est pas dans le journal.", where="meeting")
        return (found,), f"{found.title}, {short_date(local_start(found))}"
    if cycle := asked.get("cycle"):
        one = next((one for one in offered if one.query == {"cycle": cycle}), None)
        if one is None:
            raise NotFound("Ces réunions ne sont pas dans le journal.", where="cycle")
        return one.meetings, one.label
    if asked:
        return tuple(meeting for one in offered for meeting in one.meetings), "Toutes les réunions"
    one = _next(offered)
    return (one.meetings, one.label) if one else ((), "")


def _next(offered: Sequence[Choice]) -> Choice | None:
    """Give the choice whose turn it is: the first that is not over, else the last."""
    return next((one for one in offered if not one.over), offered[-1] if offered else None)


def _head(meeting: Meeting, column: Column, now: datetime) -> Head:
    cancelled = column.status == "CANCELLED"
    over = column.end <= now if column.date else is_over(meeting, now)
    counts = tuple((state, number, _count(state, number)) for state in STATES if (number := column.counts.get(state, 0)))
    return Head(
        column=column,
        key=f"{column.meeting}-{column.date.timestamp():.0f}" if column.date else column.meeting,
        name=f"Séance {column.step}" if column.step else column.title,
        day=short_date(column.start).rpartition(" ")[0],
        date=column.date.isoformat() if column.date else "",
        series=bool(meeting.rrule) and column.date is None,
        begun=column.start <= now,
        over=over,
        cancelled=cancelled,
        counts=counts,
        silent=0 if over or cancelled or column.date else column.counts.get("silent", 0) + column.counts.get("reconfirm", 0),
    )


def _count(state: State, number: int) -> str:
    return f"{number} {_PLURAL.get(state, STATES[state]) if number > 1 else STATES[state]}"


def settling(book: Book) -> dict[str, Any]:
    """Give what waits for a person's word, about whatever meeting, with what a view needs to tell it."""
    return {
        "counters": open_counters(book),
        "doubts": waiting(book),
        "waits": WAITS,
        "says": SAYS,
        "states": STATES,
        "shown": SHOWN,
        "start_of": lambda one: start_of(book.meetings[one.meeting], one.recurrence),
        "person": lambda key, email="": polite(book.contacts.get(key or ""), email),
    }


def start_of(meeting: Meeting, date: datetime | None) -> datetime:
    """Give when a meeting, or that date of a series (its original start), stands; aware, in the meeting's zone."""
    if date is None:
        return local_start(meeting)
    return next((one.start for one in held_dates(meeting) if one.original == date), date.astimezone(local_start(meeting).tzinfo))


def polite(contact: Contact | None, email: str = "") -> str:
    """Name a person as one speaks of them ("Mme Hélène Marchand"); an address for one who is not known."""
    if contact is None:
        return email or "Une personne inconnue"
    title = {"madame": "Mme\u00a0", "monsieur": "M.\u00a0"}.get(contact.civility, "")
    return f"{title}{contact.label}"
