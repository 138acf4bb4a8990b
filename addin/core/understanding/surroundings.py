"""What the logbook knows around a mail: the texts it may quote, and the people and titles it must not be fooled by."""

import re

from addin.core.book import Book
from addin.core.messages import Message
from addin.core.organisation import Organisation
from addin.core.reading.sent import Sent
from addin.core.timezones import department_code
from addin.core.understanding.context import Context

# Overseas departments and territories: their INSEE code and their region of telephone numbers (ISO 3166).
_REGIONS = {
    "971": "GP",
    "972": "MQ",
    "973": "GF",
    "974": "RE",
    "975": "PM",
    "976": "YT",
    "977": "BL",
    "978": "MF",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}
_MOST_TEXTS = 40
_HEAD = 64_000
_ID = re.compile(rb"<([^<>\s]{3,998})>")
_ADDRESS = re.compile(rb"[^\s<>,;:\"()]{1,64}@[^\s<>,;:\"()]{1,255}")


def known_texts(book: Book, raw: bytes) -> tuple[Sent, ...]:
    """Give the letters of ours that a raw mail may quote: those of its thread, those sent to the people in its head, then the newest.

    At most 40; `book` is the one that stands (`core.book.current`).
    """
    head = raw[:_HEAD].lstrip(b"\r\n")
    end = re.search(rb"\r?\n\r?\n", head)
    head = head[: end.start()] if end else head
    ids = {found.decode("utf-8", "replace") for found in _ID.findall(head)}
    people = {found.decode("utf-8", "replace").lower() for found in _ADDRESS.findall(head)}
    letters = [message for message in book.messages.values() if message.way == "out" and message.text]

    def rank(message: Message) -> tuple[bool, bool, float]:
        return message.message_id not in ids, not people & set(_emails(message, book)), -message.at.timestamp()

    return tuple(
        Sent(text=message.text, subject=message.subject, emails=_emails(message, book))
        for message in sorted(letters, key=rank)[:_MOST_TEXTS]
    )


def context_of(book: Book, thread: Message | None) -> Context:
    """Give what surrounds a mail of the logbook: the référent, the titles of the data sets, and whom the letter it answers went to."""
    organisation = book.organisation
    own = {organisation.referent_email, organisation.mail.sender, organisation.mail.login, organisation.inbox.login}
    return Context(
        own=frozenset(address.lower() for address in own if "@" in address),
        names=frozenset({organisation.referent} - {""}),
        titles=tuple(dataset.title for dataset in book.datasets.values()),
        original_recipients=frozenset(_emails(thread, book)) if thread else frozenset(),
        region=region_of(organisation),
    )


def region_of(organisation: Organisation) -> str:
    """Give the region of telephone numbers (ISO 3166) that the organisation lives in: "FR", or an overseas one ("RE", "GP", …)."""
    return _REGIONS.get(department_code(organisation.department), "FR")


def _emails(message: Message, book: Book) -> tuple[str, ...]:
    return tuple(email for id in message.contacts if id in book.contacts for email in book.contacts[id].emails)
