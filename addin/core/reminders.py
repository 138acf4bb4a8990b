"""Reminders (relances): who owes an answer today, since when, and which letter comes next."""

from datetime import date

from msgspec import Struct

from addin.core.book import Book
from addin.core.messages import Message


class Owed(Struct, frozen=True, kw_only=True):
    """Say that one contact owes an answer about data sets asked together.

    `since` is the local date of the request (or of the promise), `due` the date the answer was awaited, `late_by` the working days
    since `due` (0 when it is not late: only with `hidden`). `level` is 1, 2 or 3 and `letter` the id of the letter of stage 3 to send ("relance-1" …).
    `reminders` counts those already made. `message` is the id of our message that opened the thread and `message_id` its
    Message-ID ("" when unknown). `hidden` says in French why nobody should be reminded now ("" when one may).
    `promise` tells that a file was promised for `due`.
    """

    contact: str
    datasets: tuple[str, ...]
    since: date
    due: date
    late_by: int
    level: int
    letter: str
    reminders: int = 0
    message: str = ""
    message_id: str = ""
    promise: bool = False
    hidden: str = ""


def to_log(book: Book) -> tuple[Message, ...]:
    """Give the mails received that nobody logged yet, oldest first."""
    raise NotImplementedError


def unsent(book: Book) -> tuple[Message, ...]:
    """Give the letters prepared and not marked as sent, oldest first."""
    raise NotImplementedError


def owed_answers(book: Book, *, today: date, days: object) -> tuple[Owed, ...]:
    """Give the answers owed on the local date `today`, the latest first."""
    raise NotImplementedError
