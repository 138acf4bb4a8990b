"""The mails to write next: what the answers that stand call for and nobody has written yet. A fold: nothing of it is stored."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from addin.core.book import Book, current
from addin.core.contacts import Contact
from addin.core.events import Event
from addin.core.french import to as to_whom
from addin.core.orgchart.chart import Chart, Issue
from addin.core.orgchart.fold import draw_chart
from addin.core.orgchart.statuses import HOLDING
from addin.core.orgchart.ties import gather
from addin.core.parties import folded
from addin.core.replies import Offer, next_letters
from addin.core.sendings import STAGE
from addin.core.timezones import zone_of

Why = Literal["ask", "reply", "thanks", "escalate", "mend", "cycle"]
THANKS: Final = frozenset({"merci", "oriente"})
THANKS_LAST: Final = timedelta(days=14)
"""Thanks that nobody wrote for two weeks are out of season."""
ESCALATION: Final = "relance-3"
"""The letter of stage 3 that asks the management for support."""


class NextMail(Struct, frozen=True, kw_only=True):
    """Propose one mail: the letter, for whom, about what, and since when it is called for.

    `offer` has no letter when there is none to write (an address to mend, a cycle to look at): its `words` then say what to do. `warning`
    says that this contact was already asked. `prepared` is the id of the message when the letter is prepared and has not left.
    """

    why: Why
    offer: Offer
    since: datetime | None = None
    warning: str = ""
    prepared: str = ""


def next_mails(book: Book, *, today: date) -> tuple[NextMail, ...]:
    """Give the mails to write next on the local date `today`: questions first, then replies, then what is blocked, then thanks."""
    book = current(book)
    chart = draw_chart(book, today=today)
    due = tuple(_answers_due(book, today))
    open_ways = frozenset(id for one in due if one.why != "thanks" for id in one.offer.datasets)
    found = (*due, *_addresses_to_mend(book, chart), *_blocked(book, chart, open_ways))
    order = ("ask", "reply", "escalate", "cycle", "mend", "thanks")
    return tuple(sorted(found, key=lambda one: order.index(one.why)))


def support(book: Book, near: str = "") -> Contact | None:
    """Give who may be asked for support: the head of the same department, else the general management, another head, an elected member.

    Nobody whose address was refused.
    """
    refused = {event.contact for event in book.events if event.type == "bounced"}
    heads = [one for one in book.contacts.values() if one.kind in ("direction", "elu") and one.id not in (near, *refused)]
    service = folded(book.contacts[near].service) if near in book.contacts else ""

    def rank(one: Contact) -> int:
        if service and folded(one.service) == service:
            return 0
        general = "generale" in f"{folded(one.name)} {folded(one.service)}"
        return 1 if general else 2 if one.kind == "direction" else 3

    return min(heads, key=rank, default=None)


def _answers_due(book: Book, today: date) -> Iterator[NextMail]:
    """Give the letters that the standing answers call for, those of one letter and contact together."""
    places = {event.id: place for place, event in enumerate(book.events)}
    latest = {(e.contact, e.dataset): e.id for e in book.events if e.type == "answered"}
    gestures: dict[str, list[Event]] = {}
    for event in book.events:
        if event.type in ("redirected", "linked", "absent") or latest.get((event.contact, event.dataset)) == event.id:
            gestures.setdefault(event.action, []).append(event)
    merged: dict[tuple[str, str], tuple[Offer, datetime]] = {}
    for events in gestures.values():
        answers = [event for event in events if event.type == "answered"]
        for offer in next_letters(events, book) if answers else ():
            place = max(places[event.id] for event in answers)
            left = tuple(id for id in offer.datasets if _is_due(offer, id, place, answers, book, today))
            if not left and (offer.datasets or not _is_due(offer, None, place, answers, book, today)):
                continue
            key = (offer.letter, offer.contact)
            before = merged.get(key)
            together = tuple(dict.fromkeys((*(before[0].datasets if before else ()), *left)))
            merged[key] = (replace(before[0] if before else offer, datasets=together), answers[-1].at)
    for offer, at in merged.values():
        if offer.letter in THANKS and _day(at, book) + THANKS_LAST < today:
            continue
        why: Why = "thanks" if offer.letter in THANKS else "ask" if offer.by else "reply"
        yield NextMail(why=why, offer=offer, since=at, prepared=prepared(book, offer))


def _is_due(offer: Offer, dataset: str | None, place: int, answers: Sequence[Event], book: Book, today: date) -> bool:
    """Tell whether a letter is still to be written about one data set: not written since, nor out of purpose."""
    if offer.contact not in book.contacts:
        return False
    if any(answer.until and answer.answer in ("no_interest", "refuses") and answer.until > today for answer in answers):
        return False
    for event in book.events[place + 1 :]:
        about = event.dataset in (dataset, None) or dataset is None
        if event.contact == offer.contact and about and event.type in ("sent", "asked", "reminded") and event.letter == offer.letter:
            return False
        if event.type == "published" and event.dataset == dataset:
            return False
        if event.type == "decided" and event.dataset == dataset and event.answer == "impossible":
            return False
    if offer.letter in ("letter", "remplacant") and dataset:
        asked = any(e.type in ("asked", "called", "answered") and e.contact == offer.contact and e.dataset == dataset for e in book.events)
        return not asked and (offer.letter != "remplacant" or _is_away(offer.by or "", book, place, today))
    return True


def _is_away(contact: str, book: Book, since: int, today: date) -> bool:
    return gather(book).where(contact).away(today, since)


def prepared(book: Book, offer: Offer) -> str:
    """Give the id of the message when this letter is prepared and has not left, else ""."""
    for message in reversed(tuple(book.messages.values())):
        if message.way != "out" or message.state != "prepared" or (message.stage, message.letter) != (offer.stage, offer.letter):
            continue
        if offer.contact in message.contacts and set(offer.datasets) <= set(message.datasets):
            return message.id
    return ""


def _addresses_to_mend(book: Book, chart: Chart) -> Iterator[NextMail]:
    refused: dict[str, list[str]] = {}
    for dataset in chart.datasets:
        for link in dataset.chain:
            if link.status == "bounced":
                refused.setdefault(link.contact, []).append(dataset.id)
    for contact, datasets in refused.items():
        label = book.contacts[contact].label if contact in book.contacts else "ce contact"
        words = f"L’adresse de {label} est refusée\u00a0: corrigez-la, puis écrivez de nouveau."
        yield NextMail(why="mend", offer=Offer(letter="", contact=contact, datasets=tuple(datasets), words=words))


def _blocked(book: Book, chart: Chart, open_ways: frozenset[str]) -> Iterator[NextMail]:
    """Give what is stuck: chains that turn in a circle, and those with nobody left to ask or too long, which go up to the management.

    A refusal that a letter may still change (`open_ways`) is no dead end yet.
    """
    holders = {dataset.id for dataset in chart.datasets if any(link.status in HOLDING for link in dataset.chain)}
    raised: set[str] = set()
    for issue in chart.issues:
        if issue.dataset in holders:
            continue
        if issue.kind == "cycle":
            yield NextMail(
                why="cycle", offer=Offer(letter="", contact=issue.contacts[-1], datasets=(issue.dataset,), words=_typeset(issue))
            )
        elif issue.dataset in raised or _only_refused_address(issue, chart):
            continue
        elif issue.kind == "long" or (issue.kind == "dead-end" and issue.dataset not in open_ways):
            raised.add(issue.dataset)
            yield _escalation(issue, book)


def _only_refused_address(issue: Issue, chart: Chart) -> bool:
    chain = next(dataset.chain for dataset in chart.datasets if dataset.id == issue.dataset)
    return all(link.status == "bounced" for link in chain)


def _escalation(issue: Issue, book: Book) -> NextMail:
    last = issue.contacts[-1] if issue.contacts else ""
    head = support(book, last)
    label = book.contacts[last].label if last in book.contacts else ""
    whom = to_whom(head.label) if head else "à la direction"
    offer = Offer(
        stage=STAGE,
        letter=ESCALATION,
        contact=head.id if head else "",
        datasets=(issue.dataset,),
        words=f"Demander un arbitrage {whom}",
        given={"personne_sollicitee": label} if label else {},
    )
    return NextMail(why="escalate", offer=offer, warning=_typeset(issue), prepared=prepared(book, offer) if head else "")


def _typeset(issue: Issue) -> str:
    return issue.words.replace(" :", "\u00a0:").replace("'", "’")


def _day(at: datetime, book: Book) -> date:
    return at.astimezone(zone_of(book.organisation)).date()
