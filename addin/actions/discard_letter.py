"""Discard a letter that was prepared and will not be sent."""

from msgspec.structs import replace

from addin.core.book import current
from addin.core.errors import BadInput, NotFound
from addin.core.messages import Message
from addin.ports.desk import Desk


def discard_letter(desk: Desk, message_id: str) -> Message:
    """Stop asking whether a prepared letter (the id of its message) went out; doing it twice changes nothing.

    The record stays, so that an answer to a letter sent after all is still recognised. Raise NotFound, or BadInput when it was sent.
    """
    with desk.logbook.change() as change:
        message = current(change.book).messages.get(message_id)
        if message is None or message.way != "out":
            raise NotFound("Ce courrier n’existe pas.", where="message")
        if message.state == "sent":
            raise BadInput("Ce courrier est noté comme envoyé\u00a0: annulez d’abord cet envoi.", where="message")
        message = replace(message, state="")
        change.put(message)
    return message
