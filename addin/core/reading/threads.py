"""Which of our letters a mail answers: by its Message-IDs; else what its sender owes us, as a suggestion only."""

from msgspec import Struct

from addin.core.book import Book, current
from addin.core.messages import Message
from addin.core.reading.incoming import Incoming
from addin.core.reading.kinds import bare_subject


class Suggestion(Struct, frozen=True, kw_only=True):
    """Propose that a mail comes from `contact` and answers about `dataset`; `sure` when the subject is ours too."""

    contact: str
    dataset: str | None = None
    message: str | None = None
    sure: bool = False


def thread_of(incoming: Incoming, book: Book) -> Message | None:
    """Give the letter of ours that a mail answers: In-Reply-To, then References (newest first), then the report's original id."""
    ours = {message.message_id: message for message in current(book).messages.values() if message.way == "out" and message.message_id}
    for ref in (incoming.in_reply_to, *reversed(incoming.references), incoming.original_message_id):
        if ref in ours:
            return ours[ref]
    return None


def suggest(incoming: Incoming, book: Book) -> tuple[Suggestion, ...]:
    """Give what the sender may be answering, the likeliest first: what was asked of that address and is not answered yet.

    A sender who is known but owes nothing gives one suggestion without a data set. Never to be taken as certain.
    """
    book = current(book)
    who = {contact.id for contact in book.contacts.values() if incoming.sender.email and incoming.sender.email in contact.emails}
    subject = bare_subject(incoming.subject)
    found: list[Suggestion] = []
    for contact, dataset, message in open_requests(book):
        if contact in who:
            ours = book.messages.get(message or "")
            sure = bool(ours and subject and bare_subject(ours.subject) == subject)
            found.append(Suggestion(contact=contact, dataset=dataset, message=message, sure=sure))
    known = {suggestion.contact for suggestion in found}
    found += [Suggestion(contact=contact) for contact in book.contacts if contact in who - known]
    return tuple(sorted(found, key=lambda suggestion: not suggestion.sure))


def open_requests(book: Book) -> tuple[tuple[str, str, str | None], ...]:
    """Give (contact, data set, message) of what was asked and not answered, oldest first.

    An absence or a refused address is no answer. `book` is the one that stands (`core.book.current`).
    """
    waiting: dict[tuple[str, str], str | None] = {}
    for event in book.events:
        if not event.contact or not event.dataset:
            continue
        key = (event.contact, event.dataset)
        if event.type == "asked":
            waiting.setdefault(key, event.message)
        elif event.type == "answered" and event.answer not in ("absent", "bounced"):
            waiting.pop(key, None)
    return tuple((contact, dataset, message) for (contact, dataset), message in waiting.items())
