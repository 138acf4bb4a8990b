"""The messages that left: letters prepared and letters sent."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from addin.actions.insert_letter import note_sent
from addin.core.book import current
from addin.core.messages import Message
from addin.web.api.events import EventOut, event_out
from addin.web.api.table import Says, Sends, Table
from addin.web.desk import desk

TABLE = Table("messages")


class MessageOut(Struct, frozen=True, kw_only=True):
    """Show one letter prepared or sent; `contacts` and `datasets` are ids."""

    id: str
    at: datetime
    state: Literal["prepared", "sent"] | None
    message_id: str | None
    in_reply_to: str | None
    subject: str
    stage: str | None
    letter: str | None
    contacts: list[str]
    datasets: list[str]
    files: list[str]


class SentNote(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Note that a prepared letter went out; `due` is the date by which an answer is asked."""

    message: Annotated[str, Meta(min_length=1, max_length=100)]
    due: date | None = None


class SentOut(Struct, frozen=True, kw_only=True):
    """Say what a sending wrote."""

    message: MessageOut
    events: list[EventOut]
    action: str | None
    already: bool


def _message_out(message: Message) -> MessageOut:
    return MessageOut(
        id=message.id,
        at=message.at,
        state=message.state if message.state in ("prepared", "sent") else None,
        message_id=message.message_id or None,
        in_reply_to=message.in_reply_to or None,
        subject=message.subject,
        stage=message.stage or None,
        letter=message.letter or None,
        contacts=list(message.contacts),
        datasets=list(message.datasets),
        files=list(message.files),
    )


@TABLE.route("GET", "/messages", "Les courriers préparés et envoyés", Says(200, "Les messages.", list[MessageOut]))
def list_messages() -> Any:
    """List the letters prepared and sent, oldest first."""
    return [_message_out(message) for message in current(desk().logbook.read()).messages.values() if message.way == "out"]


@TABLE.route(
    "POST",
    "/messages",
    "Noter qu’un courrier préparé est parti",
    Says(201, "L’envoi est noté.", SentOut),
    Says(200, "L’envoi était déjà noté\u00a0: rien n’a changé.", SentOut),
)
def note_message(body: SentNote) -> Any:
    """Note that a prepared letter went out."""
    sent = note_sent(desk(), body.message, due=body.due)
    value = SentOut(
        message=_message_out(sent.message),
        events=[event_out(event) for event in sent.events],
        action=sent.action or None,
        already=sent.already,
    )
    return Sends(value, status=200 if sent.already else 201)
