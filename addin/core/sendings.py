"""What sending a letter means in the logbook: it asks, it reminds, or it is simply sent."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Literal

from addin.core.book import Book
from addin.core.events import Event
from addin.core.messages import Message

STAGE = "3-localiser"
ASKING = ("letter", "remplacant")
REMINDER = "relance"


def means(message: Message) -> Literal["asked", "reminded", "sent"]:
    """Tell what the sending of this letter is. Only a letter of stage 3 about a data set asks or reminds."""
    if message.stage == STAGE and message.datasets:
        if message.letter in ASKING:
            return "asked"
        if message.letter.startswith(REMINDER):
            return "reminded"
    return "sent"


def pointed_by(book: Book, contact: str, dataset: str, *, at: datetime) -> str | None:
    """Give the contact who last pointed to `contact` for this data set, or whose deputy `contact` was last said to be, up to `at` (UTC)."""
    pointing = (e for e in reversed(book.events) if e.to == contact and e.contact != contact and e.at <= at)
    found = (e.contact for e in pointing if e.type == "absent" or (e.type == "redirected" and e.dataset == dataset))
    return next(found, None)


def sending_events(
    message: Message, book: Book, *, at: datetime, due: date | None, action: str, new_id: Callable[[], str]
) -> tuple[Event, ...]:
    """Give the events that a letter sent writes: one for each contact and data set (or contact alone).

    An `asked` event says who pointed the way (`by`) and when an answer is hoped for (`due`).
    `book` stands without what was undone; `at` is UTC.
    """
    kind = means(message)
    asks = kind == "asked"
    datasets: tuple[str | None, ...] = tuple(key for key in message.datasets if key in book.datasets) or (None,)
    return tuple(
        Event(
            id=new_id(),
            at=at,
            type=kind,
            action=action,
            contact=contact,
            dataset=dataset,
            by=pointed_by(book, contact, dataset, at=at) if asks and dataset else None,
            due=due if asks else None,
            stage=message.stage or None,
            letter=message.letter or None,
            message=message.id,
        )
        for contact in message.contacts
        for dataset in datasets
    )
