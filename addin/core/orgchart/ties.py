"""The ties: what the events say of each contact in the chain of one data set."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from addin.core.book import Book
from addin.core.events import Event
from addin.core.orgchart.chart import Relation
from addin.core.orgchart.pages import lay_out, pause_of
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


class Ties(dict[str, Tie]):
    """Hold ties by contact, in order of appearance. Asking for the tie of a new contact makes it."""

    def __missing__(self, contact: str) -> Tie:
        tie = self[contact] = Tie(contact)
        return tie


@dataclass(slots=True)
class Chain:
    """Gather the ties of one data set and the arrows between them, oldest first. `led` holds the contacts that an arrow leads to."""

    dataset: str
    ties: Ties = field(default_factory=Ties)
    arrows: dict[Arrow, Relation] = field(default_factory=dict)
    led: set[str] = field(default_factory=set)
    published: bool = False
    decision: str = ""
    step: int = 0

    def point(self, source: str | None, target: str, relation: Relation) -> None:
        """Draw an arrow once; a second one between the same two changes nothing."""
        self.arrows.setdefault((source, target), relation)
        self.led.add(target)


class Whereabouts(Struct, frozen=True):
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


NOWHERE = Whereabouts()
"""What is known of a contact of whom nothing was said."""


class Gathering(Struct):
    """Hold what the events say, data set by data set and contact by contact."""

    chains: dict[str, Chain]
    whereabouts: dict[str, Whereabouts]

    def where(self, contact: str) -> Whereabouts:
        """Give the whereabouts of a contact."""
        return self.whereabouts.get(contact, NOWHERE)


def gather(book: Book) -> Gathering:
    """Read the events of a current book (see core/book) into chains. Events about records that are not there are passed over."""
    zone, reply_days = zone_of(book.organisation), book.organisation.reply_days
    events, pages = book.events, lay_out(book.events)
    return Gathering(
        chains={key: read_chain(key, pages.datasets.get(key, ()), events, zone=zone, reply_days=reply_days) for key in book.datasets},
        whereabouts={key: read_whereabouts(places, events, zone=zone) for key, places in pages.contacts.items()},
    )


def read_whereabouts(places: Iterable[int], events: Sequence[Event], *, zone: ZoneInfo) -> Whereabouts:
    """Read what is said of one contact alone, at these places of `events`."""
    where: dict[str, object] = {}
    for place in places:
        event = events[place]
        if event.type == "named":
            where["agreed"] = event.answer == "yes"
            continue
        day = event.at.astimezone(zone).date()
        if pause_of(event) == "bounced":
            where |= {"bounced_at": place, "bounced_on": day}
            continue
        # an answer that repeats an absence adds to what was known of it; an absence told anew replaces it
        known = where if event.type == "answered" else {}
        until, deputy = event.until or known.get("until"), event.to or known.get("deputy")
        where |= {"absent_at": place, "absent_on": day, "until": until, "deputy": deputy}
    return Whereabouts(**where)  # type: ignore[arg-type]


def read_chain(dataset: str, places: Iterable[int], events: Sequence[Event], *, zone: ZoneInfo, reply_days: int) -> Chain:
    """Read what is said of one data set, at these places of `events`, into its chain."""
    chain = Chain(dataset)
    for place in places:
        event = events[place]
        read = _READERS.get(event.type)
        if read is not None:
            read(chain, event, place, event.at.astimezone(zone).date(), reply_days)
    return chain


def _publish(chain: Chain, _event: Event, _place: int, _day: date, _reply_days: int) -> None:
    chain.published, chain.decision = True, ""


def _advance(chain: Chain, event: Event, _place: int, _day: date, _reply_days: int) -> None:
    """Note what the checklist of a session says. Its latest word wins, back to before the first step (no answer) too."""
    chain.step = STEPS.get(event.answer or "", 0)


def _decide(chain: Chain, event: Event, _place: int, _day: date, _reply_days: int) -> None:
    """Note a decision. One that is a step of quality only ever moves the data set forward."""
    decision = event.answer or ""
    if step := STEPS.get(decision):
        chain.step = max(chain.step, step)
        return
    chain.decision = decision
    chain.published = chain.published and decision != "impossible"


def _ask(chain: Chain, event: Event, place: int, day: date, reply_days: int) -> None:
    """Note a request. A call that only follows a request already made changes nothing."""
    contact = event.contact
    if contact is None:
        return
    tie = chain.ties[contact]
    if event.type == "called" and (tie.asked or tie.answer):
        return
    if event.by and event.by != contact:
        pointer = chain.ties[event.by]
        if not pointer.answer:
            pointer.answer, pointer.answered, pointer.answered_at = "redirects", day, place
        if tie.asked is None and not tie.answer:
            tie.by = event.by
        _name(chain, contact, event.by, day)
    elif contact not in chain.led:
        chain.point(None, contact, "asked")
    tie.asked, tie.asked_at, tie.asked_first = day, place, tie.asked_first or day
    tie.due = event.due or _weekdays_after(day, reply_days)
    tie.message = event.message or tie.message
    tie.told_by = event.told_by
    tie.reminders, tie.reminded = 0, None


def _remind(chain: Chain, event: Event, place: int, day: date, reply_days: int) -> None:
    """Note a reminder. One of a request that nobody noted is the request too."""
    if event.contact is None:
        return
    tie = chain.ties[event.contact]
    tie.reminders, tie.reminded, tie.due = tie.reminders + 1, day, event.due or tie.due
    if tie.asked is None:
        _ask(chain, event, place, day, reply_days)
        tie.reminders = 1


def _answer(chain: Chain, event: Event, place: int, day: date, _reply_days: int) -> None:
    """Note an answer: the latest one wins. An absence and a bounce are no answers."""
    contact = event.contact
    if contact is None:
        return
    tie = chain.ties[contact]
    if contact not in chain.led:
        chain.point(None, contact, "asked")
    if event.answer not in STATUS_OF_ANSWER:
        return
    tie.answer, tie.answered, tie.answered_at, tie.answers = event.answer or "", day, place, tie.answers + 1
    tie.reason, tie.promise, tie.told_by = event.reason, event.due or event.until, event.told_by
    tie.reminders, tie.reminded = 0, None


def _redirect(chain: Chain, event: Event, place: int, day: date, _reply_days: int) -> None:
    """Note that a contact pointed to another: an answer, when it gave none."""
    if event.contact is None or not event.to:
        return
    giver = chain.ties[event.contact]
    if not giver.answer:
        giver.answer, giver.answered, giver.answered_at, giver.told_by = "redirects", day, place, event.told_by
    _name(chain, event.to, event.contact, day)


def _name(chain: Chain, contact: str, by: str, day: date) -> None:
    """Note that `by` pointed to `contact`. The first who pointed to somebody not asked yet is kept as the one who opened the way."""
    tie = chain.ties[contact]
    if tie.by is None and tie.asked is None and not tie.answer and by != contact:
        tie.by = by
    tie.named = tie.named or day
    chain.point(by, contact, "redirected")


def _link(chain: Chain, event: Event, _place: int, day: date, _reply_days: int) -> None:
    """Note that a contact takes part in the data beside another (or beside the data set itself)."""
    target = event.to
    if not target:
        return
    relation: Relation = "supplies"
    if event.relation in {"produces", "supplies", "validates"}:
        relation = event.relation  # type: ignore[assignment]
    tie = chain.ties[target]
    tie.relation, tie.named = relation, tie.named or day
    if event.contact:
        _ = chain.ties[event.contact]
        if tie.by is None and tie.asked is None and event.contact != target:
            tie.by = event.contact
    chain.point(event.contact, target, relation)


_READERS: Mapping[str, Callable[[Chain, Event, int, date, int], None]] = {
    "asked": _ask,
    "called": _ask,
    "reminded": _remind,
    "answered": _answer,
    "redirected": _redirect,
    "linked": _link,
    "advanced": _advance,
    "published": _publish,
    "decided": _decide,
}
"""What each type of event says of a chain; the other types say nothing of it."""

STEPS: Mapping[str, int] = {"cleaned": 1, "compiled": 2, "standardised": 3, "validated": 4}
"""What moves a data set along the quality steps, and the number of the step (that of the quality session too)."""


def _weekdays_after(day: date, count: int) -> date:
    """Give the date `count` weekdays (Monday to Friday) later: the awaited date of a request that carries none."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
