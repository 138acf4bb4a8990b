"""Reminders (relances): who owes an answer today, since when, and which letter comes next."""

from collections.abc import Mapping
from datetime import date, timedelta

from msgspec import Struct

from addin.core.book import Book, current
from addin.core.french import short_date
from addin.core.messages import Message
from addin.core.orgchart.fold import awaited, status_of
from addin.core.orgchart.ties import Tie, Whereabouts, gather
from addin.core.timezones import zone_of
from addin.core.working_days import WorkingDays

LAST_LEVEL = 3
"""The third reminder goes through the manager or a second contact; after it the letter stays the same."""

ESCALATION = f"relance-{LAST_LEVEL}"
TONES: Mapping[int, str] = {1: "rappel aimable", 2: "proposition d’un appel", 3: "appui de l’encadrement"}
"""How each reminder speaks."""


class Owed(Struct, frozen=True, kw_only=True):
    """Say that one contact owes an answer about data sets asked together.

    `since` is the local date of the request (or of the promise), `due` the date the answer was awaited, `late_by` the working days
    since `due` (0 when it is not late: only with `hidden`). `level` is 1, 2 or 3 and `letter` the id of the letter of stage 3 to send
    ("relance-1" …). `reminders` counts those already made. `message` is the id of our message that opened the thread and `message_id` its
    Message-ID ("" when unknown). `hidden` says in French why nobody should be reminded now ("" when one may).
    `promise` tells that a file was promised for `due`. `prepared` is the id of the reminder when it is prepared and has not left.
    """

    contact: str
    datasets: tuple[str, ...]
    since: date
    due: date
    late_by: int
    level: int
    letter: str
    reminders: int = 0
    message: str = ""
    message_id: str = ""
    promise: bool = False
    hidden: str = ""
    prepared: str = ""

    @property
    def tone(self) -> str:
        """Say in French how this reminder speaks."""
        return TONES[self.level]


def to_log(book: Book) -> tuple[Message, ...]:
    """Give the mails received that nobody logged yet, oldest first; doubtful answers to an invitation wait in the grid (core/rsvps)."""
    book = current(book)
    logged = {event.message for event in book.events if event.type != "received"}
    waiting = {event.message for event in book.events if event.type == "received" and event.meeting is None} - logged
    return tuple(sorted((one for one in book.messages.values() if one.id in waiting), key=lambda one: one.at))


def unsent(book: Book) -> tuple[Message, ...]:
    """Give the letters prepared and not marked as sent, oldest first; a reminder answered in the meantime is called off."""
    book = current(book)
    found = (one for one in book.messages.values() if one.way == "out" and one.state == "prepared" and not _is_answered(one, book))
    return tuple(sorted(found, key=lambda one: one.at))


def _is_answered(message: Message, book: Book) -> bool:
    """Tell whether a reminder has lost its purpose: all that it asks for was answered since it was prepared, by mail or by phone."""
    if not message.letter.startswith("relance-") or not message.datasets:
        return False
    answers = {
        (event.contact, event.dataset)
        for event in book.events
        if event.type == "answered" and event.answer not in ("absent", "bounced") and event.at >= message.at
    }
    return all((contact, dataset) in answers for contact in message.contacts for dataset in message.datasets)


def owed_answers(book: Book, *, today: date, days: WorkingDays) -> tuple[Owed, ...]:
    """Give the answers owed on the local date `today`, the oldest request first.

    The first reminder comes when the awaited date is past, the next ones `reply_days` working days after the one before.
    Those whom it would be wrong to remind now (away, or just back; a mail of theirs waits to be logged; a closed day) are given too,
    with the reason in `hidden`; an address that was refused owes nothing until it is mended. Data sets asked by the same message make
    one answer owed.
    """
    book = current(book)
    found = gather(book)
    groups: dict[tuple[str, str], list[tuple[str, Tie, bool, date]]] = {}
    for chain in found.chains.values():
        if chain.published or chain.decision == "impossible":
            continue
        for tie in chain.ties.values():
            status, waiting = status_of(tie, found.where(tie.contact), today)
            due = awaited(tie)
            if waiting and due is not None:
                promise = status in {"holds-expected", "approval"} and not tie.asked_at > tie.answered_at
                groups.setdefault((tie.contact, tie.message or chain.dataset), []).append((chain.dataset, tie, promise, due))
    escalated = _escalations(book)
    written = {(who, dataset) for one in to_log(book) for who in one.contacts for dataset in one.datasets or (None,)}
    owed = []
    for (contact, _), rows in groups.items():
        where = found.where(contact)
        due = min(_turn(tie, escalated.get(id), day, book.organisation.reply_days, days) for id, tie, _, day in rows)
        hidden = _hidden(where, min(tie.answered_at for _, tie, _, _ in rows), today, days)
        if (contact, None) in written or any((contact, dataset) in written for dataset, *_ in rows):
            hidden = "message reçu, à consigner"
        if due >= today and not (hidden and min(day for *_, day in rows) < today):
            continue
        owed.append(_owed(book, contact, rows, today, days, hidden))
    return tuple(sorted(owed, key=lambda one: (one.since, one.contact, one.datasets)))


def _escalations(book: Book) -> dict[str, tuple[str, date]]:
    """Give, by data set, the contact whose support was last asked for, and the local date."""
    zone = zone_of(book.organisation)
    return {
        event.dataset: (event.contact, event.at.astimezone(zone).date())
        for event in book.events
        if event.type == "reminded" and event.letter == ESCALATION and event.dataset and event.contact
    }


def _turn(tie: Tie, escalated: tuple[str, date] | None, due: date, reply_days: int, days: WorkingDays) -> date:
    """Give the last day of patience: the awaited date, or some working days after the latest reminder, one to the management included."""
    latest = tie.reminded
    if escalated and latest and tie.reminders >= LAST_LEVEL - 1 and escalated[0] != tie.contact:
        latest = max(latest, escalated[1])
    return max(due, days.add(latest, max(reply_days, 1))) if latest else due


def _hidden(where: Whereabouts, answered_at: int, today: date, days: WorkingDays) -> str:
    """Say why a reminder should wait: an absence counts until one working day after the return, a closed day until it is over."""
    if where.absent_at >= 0 and where.absent_at > answered_at:
        if where.until is not None and today < days.add(where.until, 2):
            return f"absence jusqu’au {short_date(where.until)}"
        if where.until is None and where.away(today, answered_at):
            return "absence sans date de retour"
    closed = days.closed(today)
    return f"jour fermé ({closed})" if closed else ""


def _owed(book: Book, contact: str, rows: list[tuple[str, Tie, bool, date]], today: date, days: WorkingDays, hidden: str) -> Owed:
    """Gather what was asked together into one answer owed."""
    ties = [tie for _, tie, _, _ in rows]
    due = min(day for *_, day in rows)
    made = max(tie.reminders for tie in ties)
    level = min(made + 1, LAST_LEVEL)
    message = next((tie.message for tie in ties if tie.message), None) or ""
    promise = all(one for _, _, one, _ in rows)
    since = min((tie.answered if promise and tie.answered else tie.asked_first or tie.asked or due) for tie in ties)
    return Owed(
        contact=contact,
        datasets=tuple(dataset for dataset, *_ in rows),
        since=since,
        due=due,
        late_by=working_days_between(due, today, days),
        level=level,
        letter=f"relance-{level}",
        reminders=made,
        message=message,
        message_id=book.messages[message].message_id if message in book.messages else "",
        promise=promise,
        hidden=hidden,
        prepared=_prepared(book, contact, f"relance-{level}", tuple(dataset for dataset, *_ in rows)),
    )


def _prepared(book: Book, contact: str, letter: str, datasets: tuple[str, ...]) -> str:
    """Give the id of the reminder that is prepared and has not left: to the contact, or about the same data to somebody above."""
    for message in reversed(tuple(book.messages.values())):
        if message.way != "out" or message.state != "prepared" or message.letter != letter or set(message.datasets) != set(datasets):
            continue
        if contact in message.contacts or letter == ESCALATION:
            return message.id
    return ""


def working_days_between(start: date, end: date, days: WorkingDays) -> int:
    """Count the working days after `start` up to `end` (0 when `end` is not after `start`)."""
    return sum(1 for step in range(1, (end - start).days + 1) if days.open(start + timedelta(days=step)))
