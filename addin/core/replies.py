"""Replies: what people answer (core/taxonomy) and the letter that fits each answer."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from addin.core.book import Book
from addin.core.events import Event
from addin.core.french import to as to_whom
from addin.core.taxonomy import ANSWERS, GROUPS, REASONS, STAGE, Answer, Ask, Group, Reader

__all__ = ["ANSWERS", "GROUPS", "REASONS", "STAGE", "Answer", "Ask", "Group", "Offer", "next_letters"]

_LETTER_OF_REASON: Mapping[str, tuple[str, Reader, str]] = MappingProxyType(
    {
        "personal_data": ("donnees-personnelles", "answerer", "Rassurer sur les données personnelles"),
        "sensitive": ("donnees-personnelles", "answerer", "Proposer d’ouvrir sans les colonnes sensibles"),
        "secret": ("donnees-personnelles", "answerer", "Proposer d’ouvrir sans les colonnes protégées"),
        "hierarchy": ("accord", "next", ""),
        "elected": ("accord", "next", ""),
    }
)


class Offer(Struct, frozen=True, kw_only=True):
    """Propose one letter: which, to whom (a contact's id), about which data sets, and why (`words`, French).

    `by` is the contact who pointed the way; `given` holds values of blanks that follow from the answer.
    """

    letter: str
    contact: str
    datasets: tuple[str, ...] = ()
    words: str = ""
    stage: str = STAGE
    by: str | None = None
    given: dict[str, str] = {}


def next_letters(events: Sequence[Event], book: Book) -> tuple[Offer, ...]:
    """Give the letters that fit the answers found in `events`, the most useful first.

    `events` are those of one gesture (or of several: one offer a letter and contact, with all its data sets). The letters
    to the contacts who were named come first, then the reply to the person who answered. Nobody is asked twice about the
    same data set.
    """
    offers: dict[tuple[str, str], Offer] = {}
    answers = [event for event in events if event.type == "answered" and event.contact and event.answer in ANSWERS]
    for event in answers:
        letter, reader, _ = _reply_to(event)
        for to in _named(events, event):
            onward = letter if reader in ("next", "deputy") else "letter"
            if onward == "letter" and _asked(book, to, event.dataset):
                continue
            _put(offers, onward, to, event, _onward_words(onward, to, book), book)
    for event in answers:
        letter, reader, words = _reply_to(event)
        if reader == "answerer" and event.contact:
            _put(offers, letter, event.contact, event, words, book)
        elif ANSWERS[event.answer or ""].group == "not_holds" and event.contact and _named(events, event):
            _put(offers, "oriente", event.contact, event, "Remercier de l’indication", book, _named(events, event)[0])
    return tuple(offers.values())


def _reply_to(event: Event) -> tuple[str, Reader, str]:
    answer = ANSWERS[event.answer or ""]
    return _LETTER_OF_REASON.get(event.reason or "", (answer.letter, answer.reader, answer.words))


def _named(events: Sequence[Event], answered: Event) -> tuple[str, ...]:
    """Give the contacts that one answer names: the next ones, the approver or the deputy."""
    kinds = ("redirected", "linked", "absent")
    fitting = (e.to for e in events if e.type in kinds and e.contact == answered.contact and e.dataset in (answered.dataset, None))
    return tuple(dict.fromkeys(to for to in fitting if to))


def _asked(book: Book, contact: str, dataset: str | None) -> bool:
    return any(e.type == "asked" and e.contact == contact and e.dataset == dataset for e in book.events)


def _put(offers: dict[tuple[str, str], Offer], letter: str, contact: str, event: Event, words: str, book: Book, named: str = "") -> None:
    if not letter:
        return
    before = offers.get((letter, contact))
    datasets = (*(before.datasets if before else ()), *((event.dataset,) if event.dataset else ()))
    answerer = _label(event.contact or "", book)
    given = {
        "accord": {"detenteur": answerer},
        "remplacant": {"personne_absente": answerer},
        "oriente": {"oriente_vers": _label(named, book)},
    }
    offers[letter, contact] = Offer(
        letter=letter,
        contact=contact,
        datasets=tuple(dict.fromkeys(datasets)),
        words=words,
        by=event.contact if event.contact != contact else None,
        given=given.get(letter, {}),
    )


def _label(contact: str, book: Book) -> str:
    return book.contacts[contact].label if contact in book.contacts else ""


def _onward_words(letter: str, contact: str, book: Book) -> str:
    whom = to_whom(_label(contact, book) or "ce contact")
    return {"accord": f"Demander l’accord {whom}", "remplacant": f"Écrire {whom} pendant l’absence"}.get(letter, f"Écrire {whom}")
