"""Meetings in brief: when they are held next, what people answered, which mails are due; the sessions of one cycle together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from addin.actions.send_invitations import preview
from addin.core.attendance import State, all_answered, state_of
from addin.core.book import Book
from addin.core.lifecycle.dates import held_dates
from addin.core.lifecycle.mailing import told_of
from addin.core.meetings import Meeting, Override
from addin.ports.desk import Desk

_SAID: Final[Mapping[State, tuple[str, str]]] = {
    "accepted": ("accepte", "acceptent"),
    "reconfirm": ("à reconfirmer", "à reconfirmer"),
    "maybe": ("peut-être", "peut-être"),
    "delegated": ("se fait remplacer", "se font remplacer"),
    "silent": ("sans réponse", "sans réponse"),
    "declined": ("décline", "déclinent"),
}
"""What one person, and several, are said to do, in the order of reading."""

LOOKS: Final[Mapping[State, tuple[str, str]]] = {
    "accepted": ("ok", "yes"),
    "reconfirm": ("warn", "meetings"),
    "maybe": ("wait", "other"),
    "delegated": ("info", "contacts"),
    "silent": ("off", "minus"),
    "declined": ("stop", "no"),
}
"""The tone and the icon that go with the word of each state."""


class Summary(Struct, frozen=True, kw_only=True):
    """Tell where one meeting stands; its answers are filled. `dates` are those to come, `start` the next one, else the last.

    `answers` counts what people said, in words; `due` counts the mails that are owed to them.
    """

    meeting: Meeting
    start: datetime
    end: datetime
    dates: tuple[Override, ...]
    answers: str
    due: int

    @property
    def id(self) -> str:
        """Give the meeting's id."""
        return self.meeting.id

    @property
    def cancelled(self) -> bool:
        """Tell whether it was called off."""
        return self.meeting.status == "CANCELLED"

    @property
    def over(self) -> bool:
        """Tell whether no date is to come."""
        return not self.dates

    @property
    def stands(self) -> bool:
        """Tell whether it can still change: to come, and not called off."""
        return not (self.cancelled or self.over)

    @property
    def minutes(self) -> int:
        """Give its length."""
        return round((self.end - self.start).total_seconds() / 60)


class Card(Struct, frozen=True, kw_only=True):
    """Put together what belongs together: one meeting, or the sessions of one `cycle`, in their order."""

    sessions: tuple[Summary, ...]
    cycle: str = ""

    @property
    def open(self) -> bool:
        """Tell whether something is to come, or to be sent."""
        return any(one.stands or one.due for one in self.sessions)

    @property
    def next(self) -> datetime:
        """Give when it is held next."""
        return min((one.start for one in self.sessions if one.stands), default=self.sessions[0].start)


def answers_in_words(meeting: Meeting) -> str:
    """Count the answers of a meeting (filled): "4 acceptent · 2 sans réponse · 1 décline"."""
    counts = Counter(state_of(attendee) for attendee in meeting.attendees)
    return " · ".join(f"{counts[state]}\u00a0{words[counts[state] > 1]}" for state, words in _SAID.items() if counts[state])


def _answers(meeting: Meeting, *, called: bool) -> str:
    """Count the answers; before any invitation left, nobody is silent yet."""
    count = len(meeting.attendees)
    if called or any(state_of(attendee) != "silent" for attendee in meeting.attendees):
        return answers_in_words(meeting)
    return f"{count}\u00a0{'personnes' if count > 1 else 'personne'} à inviter"


def summaries(desk: Desk, book: Book, meetings: Iterable[Meeting], *, now: datetime) -> tuple[Summary, ...]:
    """Sum up meetings, in their order; `book` is the current one, `now` aware. A meeting that is over owes nobody anything."""
    filled = all_answered(meetings, book)
    due = Counter(mail.meeting for mail in preview(desk, [one.id for one in filled]).mails if not mail.sent) if filled else Counter()
    found = []
    for meeting in filled:
        held = held_dates(meeting)
        dates = tuple(one for one in held if one.end > now)
        first = (dates or held[-1:])[0]
        found.append(
            Summary(
                meeting=meeting,
                start=first.start,
                end=first.end,
                dates=dates,
                answers=_answers(meeting, called=bool(told_of(meeting.id, book))),
                due=due[meeting.id] if dates else 0,
            )
        )
    return tuple(found)


def cards(found: Sequence[Summary]) -> tuple[Card, ...]:
    """Group the sessions of each cycle; the cards come in the order of their next date."""
    groups: dict[str, list[Summary]] = {}
    for one in found:
        groups.setdefault(one.meeting.cycle or one.id, []).append(one)
    made = [
        Card(sessions=tuple(sorted(group, key=lambda one: (one.meeting.step, one.start))), cycle=group[0].meeting.cycle)
        for group in groups.values()
    ]
    return tuple(sorted(made, key=lambda card: (card.next, card.sessions[0].id)))
