"""What one answer writes: its checks, its events, and what it says about who was asked before."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from addin.core.book import Book
from addin.core.contacts import Contact
from addin.core.errors import BadInput
from addin.core.events import Event, EventType
from addin.core.messages import Message
from addin.core.replies import ANSWERS, REASONS, Answer, Ask
from addin.core.sendings import sending_events

_MISSING: Mapping[Ask, str] = {
    "next": "Indiquez au moins un contact à interroger.",
    "reason": "Choisissez le motif du refus.",
    "deputy": "Indiquez qui remplace cette personne.",
    "until": "Indiquez une date.",
    "due": "Indiquez une date.",
    "url": "Indiquez une adresse.",
}
_NEEDLESS: Mapping[Ask, str] = {
    "next": "un contact suivant",
    "reason": "un motif",
    "deputy": "un remplaçant",
    "until": "une date de fin",
    "due": "une date promise",
    "url": "une adresse",
}


class Said(Struct, frozen=True, kw_only=True):
    """Hold what was said, in ids: `next` gives (contact, relation or ""), `deputy` a contact (None: nobody was named)."""

    answer: str
    next: tuple[tuple[str, str], ...] = ()
    deputy: str | None = None
    reason: str = ""
    until: date | None = None
    due: date | None = None
    url: str = ""
    told_by: Literal["mail", "phone", "oral"] = "mail"


def check_said(said: Said) -> Answer:
    """Give the kind of answer when what was said fits it. Raise BadInput naming the field at fault."""
    answer = ANSWERS.get(said.answer)
    if answer is None:
        raise BadInput(f"Cette réponse n’est pas prévue\u00a0; sont prévues\u00a0: {', '.join(ANSWERS)}.", where="answer")
    given: dict[Ask, bool] = {
        "next": bool(said.next),
        "reason": bool(said.reason),
        "deputy": said.deputy is not None,
        "until": said.until is not None,
        "due": said.due is not None,
        "url": bool(said.url.strip()),
    }
    for field, there in given.items():
        if field in answer.needs and not there:
            raise BadInput(_MISSING[field], where=field)
        if there and field not in answer.asks:
            raise BadInput(f"La réponse «\u00a0{answer.label}\u00a0» ne va pas avec {_NEEDLESS[field]}.", where=field)
    if said.reason and said.reason not in REASONS:
        raise BadInput(f"Ce motif n’est pas prévu\u00a0; sont prévus\u00a0: {', '.join(REASONS)}.", where="reason")
    for where, day in (("until", said.until), ("due", said.due)):
        if day is not None and not 2000 <= day.year <= 2100:
            raise BadInput("Cette date est hors du calendrier.", where=where)
    url = said.url.strip()
    if url and (not url.lower().startswith(("https://", "http://")) or len(url.split()) != 1 or len(url) > 2000):
        raise BadInput("Une adresse web commence par https:// ou http:// et ne contient pas d’espace.", where="url")
    return answer


def answer_events(
    said: Said, *, contact: str, asked_of: str | None, datasets: Sequence[str], message: str, at: datetime
) -> tuple[Event, ...]:
    """Give the events of one answer, in order; their `id` and `action` are empty, for the caller to fill.

    `asked_of` is the contact who was asked when another one (`contact`) answers instead: pointed to by the first, then.
    """
    answer = ANSWERS[said.answer]
    events: list[Event] = []

    def add(kind: EventType, dataset: str | None, **what: object) -> None:
        values: dict[str, object] = {"contact": contact, "message": message, "told_by": said.told_by, **what}
        events.append(Event(id="", at=at, action="", type=kind, dataset=dataset, **values))  # type: ignore[arg-type]

    about: tuple[str | None, ...] = tuple(datasets) or (None,)
    for dataset in about:
        if asked_of and dataset:
            add("redirected", dataset, contact=asked_of, to=contact)
        if said.told_by == "phone":
            add("called", dataset)
        add("answered", dataset, answer=answer.code, reason=said.reason or None, until=said.until, due=said.due)
        for to, relation in said.next:
            if answer.relation == "redirected" and not relation:
                add("redirected", dataset, to=to)
            else:
                add("linked", dataset, to=to, relation=relation or answer.relation)
    if answer.code == "absent":
        add("absent", None, until=said.until, to=said.deputy)
    if answer.code == "bounced":
        add("bounced", None)
    return tuple(events)


def naming_events(named: Literal["", "yes", "no"], *, contact: str, message: str, at: datetime) -> tuple[Event, ...]:
    """Give the event of a person who agrees ("yes") or not ("no") to be named; its `id` and `action` are empty, for the caller to fill."""
    if not named:
        return ()
    return (Event(id="", at=at, action="", type="named", contact=contact, message=message, answer=named, told_by="mail"),)


def proof_of_sending(thread: Message | None, book: Book, *, by_mail: bool) -> tuple[Event, ...]:
    """Give the events that should have been written when our letter went out: a mail that answers it proves that it did.

    Nothing when it was noted already. Their `id` and `action` are empty, for the caller to fill.
    """
    if thread is None or not by_mail or thread.state != "prepared":
        return ()
    if any(event.message == thread.id and event.type in ("asked", "reminded", "sent") for event in book.events):
        return ()
    return sending_events(thread, book, at=thread.at, due=thread.due, action="", new_id=str)


def cycle_warnings(events: Iterable[Event], book: Book, made: Mapping[str, Contact], zone: ZoneInfo) -> tuple[str, ...]:
    """Say who among the contacts now pointed to was asked about the same data set before, and when (local date)."""
    words: list[str] = []
    for event in events:
        to = book.contacts.get(event.to or "")
        if event.type != "redirected" or to is None or to.id in made:
            continue
        said = (e for e in book.events if e.contact == to.id and e.dataset == event.dataset and e.type in ("asked", "answered"))
        before = [e for e in said if e.answer not in ("absent", "bounced")]
        if before:
            day = before[-1].at.astimezone(zone)
            dataset = book.datasets.get(event.dataset or "")
            title = dataset.title if dataset else "données"
            verb = "a déjà répondu" if before[-1].type == "answered" else "est déjà interrogé"
            words.append(f"{to.label} {verb} au sujet de «\u00a0{title}\u00a0» (le {day:%d/%m/%Y}).")
    return tuple(dict.fromkeys(words))
