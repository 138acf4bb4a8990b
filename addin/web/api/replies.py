"""The replies: read a mail without writing, log a mail, log a call or a pasted text, list."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from addin.actions.log_reply import Reply, ToldBy
from addin.actions.log_reply import log_reply as write_reply
from addin.actions.receive_mail import read_reply as read_received
from addin.actions.receive_mail import receive
from addin.core.book import current
from addin.core.contacts import ContactKind
from addin.core.errors import BadInput
from addin.core.parties import Named
from addin.core.replies import ANSWERS, Offer
from addin.web.api.contacts import ContactOut, contact_out
from addin.web.api.events import EventOut, event_out
from addin.web.api.mails import ReadOut, shown
from addin.web.api.table import JSON, MAIL, RAW, Says, Sends, Table
from addin.web.desk import desk

TABLE = Table("réponses")

Line = Annotated[str, Meta(max_length=500)]
Text = Annotated[str, Meta(max_length=200_000)]
Id = Annotated[str, Meta(min_length=1, max_length=100)]


class Person(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Name somebody: by the `id` of a contact, else by what was said (matched by address, else a contact is made)."""

    id: Id | None = None
    name: Line | None = None
    email: Line | None = None
    phone: Line | None = None
    service: Line | None = None
    kind: ContactKind | None = None
    relation: Literal["produces", "supplies", "validates"] | None = None


class NewReply(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Log what somebody answered. `answer` is a code of the taxonomy; `contact` an id, or `who`; `message` the id of a mail received."""

    answer: Annotated[str, Meta(pattern="^(" + "|".join(ANSWERS) + ")$")]
    dataset: Id | None = None
    datasets: Annotated[list[Id], Meta(max_length=200)] = []
    contact: Id | None = None
    who: Person | None = None
    next: Annotated[list[Person], Meta(max_length=50)] = []
    deputy: Person | None = None
    reason: Line | None = None
    until: date | None = None
    due: date | None = None
    url: Line | None = None
    note: Text | None = None
    text: Text | None = None
    told_by: ToldBy = "phone"
    message: Id | None = None
    key: Line | None = None


class OfferOut(Struct, frozen=True, kw_only=True):
    """Offer the next letter: which, to whom (an id), about which data sets, why, pointed to by whom (an id), with which blanks filled."""

    stage: str
    letter: str
    contact: str
    datasets: list[str]
    words: str
    by: str | None
    values: dict[str, str]


class LoggedOut(Struct, frozen=True, kw_only=True):
    """Say what was written. `id` is that of the message; `read` what a mail says, null for a call or a pasted text."""

    id: str
    action: str | None
    already: bool
    events: list[EventOut]
    read: ReadOut | None
    contact: ContactOut | None
    created: list[ContactOut]
    offers: list[OfferOut]
    warnings: list[str]


class ReplyOut(Struct, frozen=True, kw_only=True):
    """Show one reply of the logbook, with what was logged of it."""

    id: str
    way: str
    at: datetime
    message_id: str | None
    in_reply_to: str | None
    subject: str | None
    excerpt: str | None
    note: str | None
    contacts: list[str]
    datasets: list[str]
    files: list[str]
    events: list[EventOut]


def offer_out(offer: Offer) -> OfferOut:
    """Give an offer in the shape of the API."""
    return OfferOut(
        stage=offer.stage,
        letter=offer.letter,
        contact=offer.contact,
        datasets=list(offer.datasets),
        words=offer.words,
        by=offer.by,
        values=dict(offer.given),
    )


@TABLE.route("POST", "/replies/read", "Lire un message sans rien écrire", Says(200, "Ce que dit le message.", ReadOut), bodies={MAIL: RAW})
def read_reply(body: bytes) -> Any:
    """Say what one mail holds."""
    return shown(read_received(body, desk().logbook.read()))


def _named(person: Person) -> Named:
    return Named(
        id=person.id,
        name=person.name or "",
        email=person.email or "",
        phone=person.phone or "",
        service=person.service or "",
        kind=person.kind or "",
        relation=person.relation or "",
    )


def _receive(raw: bytes) -> Sends:
    received = receive(desk(), raw)
    value = LoggedOut(
        id=received.message.id,
        action=received.message.action or None,
        already=received.already,
        events=[event_out(event) for event in received.events],
        read=shown(received.incoming),  # type: ignore[arg-type]
        contact=None,
        created=[],
        offers=[],
        warnings=list(received.incoming.warnings),
    )
    return Sends(value, status=200 if received.already else 201)


@TABLE.route(
    "POST",
    "/replies",
    "Consigner une réponse\u00a0: un message reçu, un appel, un texte collé",
    Says(201, "La réponse est écrite.", LoggedOut),
    Says(200, "La réponse était déjà connue\u00a0: rien n’a changé.", LoggedOut),
    bodies={JSON: NewReply, MAIL: RAW},
)
def log_reply(body: NewReply | bytes) -> Any:
    """Log a raw mail (it then waits for what it means), or one answer."""
    if isinstance(body, bytes):
        return _receive(body)
    if body.dataset and body.datasets:
        raise BadInput("Donnez «\u00a0dataset\u00a0» ou «\u00a0datasets\u00a0», pas les deux.", where="dataset")
    logged = write_reply(
        desk(),
        Reply(
            answer=body.answer,
            contact=body.contact,
            who=_named(body.who) if body.who else None,
            datasets=tuple(body.datasets) or ((body.dataset,) if body.dataset else ()),
            next=tuple(_named(person) for person in body.next),
            deputy=_named(body.deputy) if body.deputy else None,
            reason=body.reason or "",
            until=body.until,
            due=body.due,
            url=body.url or "",
            note=body.note or "",
            text=body.text or "",
            told_by=body.told_by,
            message=body.message,
            key=body.key or "",
        ),
    )
    value = LoggedOut(
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
    return Sends(value, status=200 if logged.already else 201)


@TABLE.route("GET", "/replies", "Les réponses consignées ou à consigner", Says(200, "Les réponses.", list[ReplyOut]))
def list_replies() -> Any:
    """List the replies, oldest first."""
    book = current(desk().logbook.read())
    said: dict[str, list[EventOut]] = {}
    for event in book.events:
        if event.message:
            said.setdefault(event.message, []).append(event_out(event))
    return [
        ReplyOut(
            id=message.id,
            way=message.way,
            at=message.at,
            message_id=message.message_id or None,
            in_reply_to=message.in_reply_to or None,
            subject=message.subject or None,
            excerpt=message.excerpt or None,
            note=message.note or None,
            contacts=list(message.contacts),
            datasets=list(message.datasets),
            files=list(message.files),
            events=said.get(message.id, []),
        )
        for message in book.messages.values()
        if message.way in ("in", "call", "paste")
    ]
