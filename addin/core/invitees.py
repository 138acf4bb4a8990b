"""Who to invite: the people on the chains of the chosen data sets."""

from collections.abc import Sequence

from addin.core.book import Book, current
from addin.core.contacts import Contact


def people_of(book: Book, datasets: Sequence[str]) -> tuple[Contact, ...]:
    """Give everybody on the chains of the chosen data sets, in order of appearance, minus those who left or whose address is dead.

    On a chain: asked, answering, pointed to, or linked. `book` may be raw: what was undone does not count. A party who answers
    after its address had failed counts again. Some may have no address: `Contact.email` is then empty.
    """
    book = current(book)
    chosen = set(datasets)
    found: dict[str, None] = {}
    gone: set[str] = set()
    for event in book.events:
        if event.type == "bounced" or (event.type == "answered" and event.answer in {"bounced", "moved"}):
            gone.add(event.contact or "")
        elif event.type == "answered":
            gone.discard(event.contact or "")
        if event.dataset in chosen and event.type in {"asked", "answered", "redirected", "linked"}:
            parties = (event.contact, event.to) if event.type in {"redirected", "linked"} else (event.contact,)
            found.update(dict.fromkeys(party for party in parties if party))
    return tuple(book.contacts[key] for key in found if key in book.contacts and key not in gone)
