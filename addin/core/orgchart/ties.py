"""The ties: what the events say of each contact in the chain of one data set."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from addin.core.book import Book
from addin.core.events import Event
from addin.core.orgchart.chart import Relation
from addin.core.orgchart.statuses import STATUS_OF_ANSWER
from addin.core.timezones import zone_of

Arrow = tuple[str | None, str]


@dataclass(slots=True)
class Tie:
    """Gather the facts about one contact and one data set. The `…_at` are places in the book's events, -1 when it never was."""

    contact: str
    named: date | None = None
    by: str | None = None
    relation: Relation | None = None
    asked: date | None = None
    asked_at: int = -1
    asked_first: date | None = None
    due: date | None = None
    message: str | None = None
    reminders: int = 0
    reminded: date | None = None
    answer: str = ""
    answered: date | None = None
    answered_at: int = -1
    answers: int = 0
    reason: str | None = None
    promise: date | None = None
    told_by: str | None = None


@dataclass(slots=True)
class Chain:
    """Gather the ties of one data set, in order of appearance, and the arrows between them, oldest first."""

    dataset: str
    ties: dict[str, Tie] = field(default_factory=dict)
    arrows: dict[Arrow, Relation] = field(default_factory=dict)
    published: bool = False
    decision: str = ""
    step: int = 0

    def tie(self, contact: str) -> Tie:
        """Give the tie of a contact, made when it is new."""
        found = self.ties.get(contact)
        if found is None:
            found = self.ties[contact] = Tie(contact)
        return found

    def point(self, source: str | None, target: str, relation: Relation) -> None:
        """Draw an arrow once; a second one between the same two changes nothing."""
        self.arrows.setdefault((source, target), relation)

    def pointed(self, contact: str) -> bool:
        """Tell whether an arrow already leads to this contact."""
        return any(target == contact for _, target in self.arrows)


@dataclass(slots=True)
class Whereabouts:
    """Say of one contact, whatever the data set: away since and until when (None: unknown), address refused, agreed to be named."""

    absent_at: int = -1
    absent_on: date | None = None
    until: date | None = None
    deputy: str | None = None
    bounced_at: int = -1
    bounced_on: date | None = None
    agreed: bool | None = None

    def away(self, today: date, since: int) -> bool:
        """Tell whether the contact is away on `today`, and has not answered (place `since`) after saying so.

        An absence without a date of return is believed for two weeks.
        """
        if self.absent_at < 0 or self.absent_at < since or self.absent_on is None:
            return False
        return (self.until or self.absent_on + timedelta(days=14)) >= today


@dataclass(slots=True)
class Gathering:
    """Hold what the events say, data set by data set and contact by contact."""

    chains: dict[str, Chain]
    whereabouts: dict[str, Whereabouts]

    def where(self, contact: str) -> Whereabouts:
        """Give the whereabouts of a contact (made when nothing is known)."""
        found = self.whereabouts.get(contact)
        if found is None:
            found = self.whereabouts[contact] = Whereabouts()
        return found


def gather(book: Book) -> Gathering:
    """Read the events of a current book (see core/book) into chains. Events about records that are not there are passed over."""
    zone = zone_of(book.organisation)
    found = Gathering(chains={key: Chain(key) for key in book.datasets}, whereabouts={})
    for place, event in enumerate(book.events):
        _read_contact(found, event, place, zone)
        chain = found.chains.get(event.dataset or "")
        if chain is not None:
            _read_chain(chain, event, place, event.at.astimezone(zone).date(), book.organisation.reply_days)
    return found


def _read_contact(found: Gathering, event: Event, place: int, zone: ZoneInfo) -> None:
    """Note what an event says of its contact alone."""
    if event.contact is None:
        return
    kind = event.answer if event.type == "answered" else event.type
    if kind == "absent":
        where = found.where(event.contact)
        same = where.absent_at >= 0 and event.type == "answered"
        where.absent_at, where.absent_on = place, event.at.astimezone(zone).date()
        where.until = event.until or (where.until if same else None)
        where.deputy = event.to or (where.deputy if same else None)
    elif kind == "bounced":
        where = found.where(event.contact)
        where.bounced_at, where.bounced_on = place, event.at.astimezone(zone).date()
    elif event.type == "named":
        found.where(event.contact).agreed = event.answer == "yes"


def _read_chain(chain: Chain, event: Event, place: int, day: date, reply_days: int) -> None:
    """Note what an event says of the chain of its data set. `day` is its local date."""
    if event.type == "published":
        chain.published, chain.decision = True, ""
    elif event.type == "advanced":  # the latest word of the sessions' checklists wins, back to before the first step (no answer) too
        chain.step = STEPS.get(event.answer or "", 0)
    elif event.type == "decided" and (step := STEPS.get(event.answer or "")):
        chain.step = max(chain.step, step)
    elif event.type == "decided":
        chain.decision = event.answer or ""
        chain.published = chain.published and chain.decision != "impossible"
    if event.contact is None:
        if event.type == "linked" and event.to:
            _link(chain, event, day)
        return
    if event.type in {"asked", "called"}:
        _ask(chain, event, place, day, reply_days)
    elif event.type == "reminded":
        tie = chain.tie(event.contact)
        tie.reminders, tie.reminded, tie.due = tie.reminders + 1, day, event.due or tie.due
        if tie.asked is None:
            _ask(chain, event, place, day, reply_days)
            tie.reminders = 1
    elif event.type == "answered":
        _answer(chain, event, place, day)
    elif event.type == "redirected" and event.to:
        giver = chain.tie(event.contact)
        if not giver.answer:
            giver.answer, giver.answered, giver.answered_at, giver.told_by = "redirects", day, place, event.told_by
        _name(chain, event.to, event.contact, day)
    elif event.type == "linked" and event.to:
        _link(chain, event, day)


def _ask(chain: Chain, event: Event, place: int, day: date, reply_days: int) -> None:
    """Note a request. A call that only follows a request already made changes nothing."""
    contact = event.contact or ""
    tie = chain.tie(contact)
    if event.type == "called" and (tie.asked or tie.answer):
        return
    if event.by and event.by != contact:
        pointer = chain.tie(event.by)
        if not pointer.answer:
            pointer.answer, pointer.answered, pointer.answered_at = "redirects", day, place
        if tie.asked is None and not tie.answer:
            tie.by = event.by
        _name(chain, contact, event.by, day)
    elif not chain.pointed(contact):
        chain.point(None, contact, "asked")
    tie.asked, tie.asked_at, tie.asked_first = day, place, tie.asked_first or day
    tie.due = event.due or _weekdays_after(day, reply_days)
    tie.message = event.message or tie.message
    tie.told_by = event.told_by
    tie.reminders, tie.reminded = 0, None


def _answer(chain: Chain, event: Event, place: int, day: date) -> None:
    """Note an answer: the latest one wins. An absence and a bounce are no answers."""
    contact = event.contact or ""
    tie = chain.tie(contact)
    if not chain.pointed(contact):
        chain.point(None, contact, "asked")
    if event.answer is None or event.answer not in STATUS_OF_ANSWER:
        return
    tie.answer, tie.answered, tie.answered_at, tie.answers = event.answer, day, place, tie.answers + 1
    tie.reason, tie.promise, tie.told_by = event.reason, event.due or event.until, event.told_by
    tie.reminders, tie.reminded = 0, None


def _name(chain: Chain, contact: str, by: str, day: date) -> None:
    """Note that `by` pointed to `contact`. The first who pointed to somebody not asked yet is kept as the one who opened the way."""
    tie = chain.tie(contact)
    if tie.by is None and tie.asked is None and not tie.answer and by != contact:
        tie.by = by
    tie.named = tie.named or day
    chain.point(by, contact, "redirected")


def _link(chain: Chain, event: Event, day: date) -> None:
    """Note that a contact takes part in the data beside another (or beside the data set itself)."""
    relation: Relation = "supplies"
    if event.relation in {"produces", "supplies", "validates"}:
        relation = event.relation  # type: ignore[assignment]
    target = event.to or ""
    tie = chain.tie(target)
    tie.relation, tie.named = relation, tie.named or day
    if event.contact:
        chain.tie(event.contact)
        if tie.by is None and tie.asked is None and event.contact != target:
            tie.by = event.contact
    chain.point(event.contact, target, relation)


STEPS: Mapping[str, int] = {"cleaned": 1, "compiled": 2, "standardised": 3, "validated": 4}
"""What moves a data set along the quality steps, and the number of the step (that of the quality session too)."""


def _weekdays_after(day: date, count: int) -> date:
    """Give the date `count` weekdays (Monday to Friday) later: the awaited date of a request that carries none."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
