"""What the mails that wait were understood to say: confirm it, or note that a mail asks nothing more; the mails to write next."""

from datetime import date, datetime
from typing import Annotated, Any

from msgspec import Meta, Struct

from addin.actions.confirm_reading import confirm_reading, note_mail
from addin.core.book import current
from addin.core.next_mails import next_mails
from addin.core.proposed import Proposal, Suggested, proposals
from addin.core.proposed_words import sentence
from addin.core.timezones import zone_of
from addin.web.api.contacts import contact_out
from addin.web.api.events import event_out
from addin.web.api.replies import LoggedOut, OfferOut, offer_out
from addin.web.api.table import Says, Table
from addin.web.desk import desk

TABLE = Table("réponses à confirmer")

Id = Annotated[str, Meta(min_length=1, max_length=100)]


class SuggestedOut(Struct, frozen=True, kw_only=True):
    """Name somebody whom a mail names; `contact` is the id when that person is known."""

    contact: str | None
    name: str | None
    email: str | None
    phone: str | None
    service: str | None


class ReadingOut(Struct, frozen=True, kw_only=True):
    """Show what one mail was understood to say. `words` say it in French; `missing` says why one click is not enough (null when it is)."""

    id: str
    at: datetime
    kind: str
    words: str
    confidence: float
    certainty: str
    sure: bool
    missing: str | None
    contact: str | None
    same: str | None
    sender: str | None
    datasets: list[str]
    answer: str | None
    holds: str
    next: list[SuggestedOut]
    deputy: SuggestedOut | None
    until: date | None
    due: date | None
    reason: str | None
    url: str | None
    excerpt: str | None
    because: list[str]
    warnings: list[str]


class Confirmation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Confirm a reading; `contact` (an id) says who an unknown sender is."""

    contact: Id | None = None


class NotedOut(Struct, frozen=True, kw_only=True):
    """Say that a mail asks nothing more."""

    id: str
    action: str | None
    already: bool


class NextOut(Struct, frozen=True, kw_only=True):
    """Show one mail to write next: why, the letter (null when there is none to write), and what is stuck."""

    why: str
    offer: OfferOut | None
    contact: str | None
    datasets: list[str]
    words: str
    warning: str | None
    prepared: str | None


def _person(one: Suggested) -> SuggestedOut:
    person = one.person
    return SuggestedOut(
        contact=one.contact or None,
        name=person.name or None,
        email=person.email or None,
        phone=person.phone or None,
        service=person.service or None,
    )


def _shown(one: Proposal, words: str) -> ReadingOut:
    excerpt = one.message.excerpt
    return ReadingOut(
        id=one.message.id,
        at=one.message.at,
        kind=one.reading.kind,
        words=words,
        confidence=one.confidence,
        certainty=one.certainty,
        sure=one.sure,
        missing=one.missing or None,
        contact=one.who or None,
        same=one.same or None,
        sender=one.reading.sender.email or None,
        datasets=list(one.datasets),
        answer=one.answer or None,
        holds=one.reading.holds,
        next=[_person(person) for person in one.next],
        deputy=_person(one.deputy) if one.deputy else None,
        until=one.until,
        due=one.due,
        reason=one.reason or None,
        url=one.url or None,
        excerpt=excerpt or None,
        because=[excerpt[span.start : span.end] for span in one.reading.because],
        warnings=[*one.warnings, *one.reading.warnings],
    )


@TABLE.route("GET", "/readings", "Ce que disent les messages à confirmer", Says(200, "Les messages à confirmer.", list[ReadingOut]))
def list_readings() -> Any:
    """List what the mails that wait were understood to say, oldest first."""
    book = current(desk().logbook.read())
    return [_shown(one, sentence(one, book)) for one in proposals(book)]


@TABLE.route("POST", "/readings/<id:message>/confirm", "Consigner ce que dit un message", Says(200, "Ce qui est écrit.", LoggedOut))
def confirm_answer(message: str, body: Confirmation) -> Any:
    """Write all that a mail was understood to say; doing it twice changes nothing."""
    logged = confirm_reading(desk(), message, contact=body.contact or "")
    return LoggedOut(
        id=logged.message.id,
        action=logged.action or None,
        already=logged.already,
        events=[event_out(event) for event in logged.events],
        read=None,
        contact=contact_out(logged.contact),
        created=[contact_out(contact) for contact in logged.created],
        offers=[offer_out(offer) for offer in logged.offers],
        warnings=list(logged.warnings),
    )


@TABLE.route(
    "POST", "/readings/<id:message>/note", "Noter qu’un message n’appelle rien de plus", Says(200, "Le message est noté.", NotedOut)
)
def note_answer(message: str) -> Any:
    """Note that a mail asks nothing more; doing it twice changes nothing."""
    noted = note_mail(desk(), message)
    return NotedOut(id=noted.message.id, action=noted.action or None, already=noted.already)


@TABLE.route("GET", "/next-mails", "Les prochains courriers à écrire", Says(200, "Les prochains courriers.", list[NextOut]))
def list_next_mails() -> Any:
    """List the mails that the answers call for and that nobody has written."""
    opened = desk()
    book = current(opened.logbook.read())
    today = opened.clock().astimezone(zone_of(book.organisation)).date()
    return [
        NextOut(
            why=one.why,
            offer=offer_out(one.offer) if one.offer.letter else None,
            contact=one.offer.contact or None,
            datasets=list(one.offer.datasets),
            words=one.offer.words,
            warning=one.warning or None,
            prepared=one.prepared or None,
        )
        for one in next_mails(book, today=today)
    ]
