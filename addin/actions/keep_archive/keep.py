"""Take everything out of the logbook as one archive, and bring an archive into an empty logbook."""

from msgspec import Struct

from addin.actions.keep_archive.zipped import pack, unpack
from addin.core.book import SHELVES, Book
from addin.core.errors import BadInput
from addin.core.organisation import Organisation
from addin.ports.desk import Desk


class Restored(Struct, frozen=True, kw_only=True):
    """Count what an archive brought in."""

    contacts: int
    datasets: int
    meetings: int
    messages: int
    events: int


def export_archive(desk: Desk) -> bytes:
    """Give the zip of the whole logbook, what was undone included."""
    return pack(desk.logbook.read(), now=desk.clock())


def _is_empty(book: Book) -> bool:
    return book.organisation == Organisation() and not (book.contacts or book.datasets or book.meetings or book.messages or book.events)


def import_archive(desk: Desk, raw: bytes) -> Restored:
    """Write an archive into the logbook, which must be empty: nothing is merged, nothing is lost. Raise BadInput."""
    book = unpack(raw)
    with desk.logbook.change() as change:
        if not _is_empty(change.book):
            raise BadInput("Le journal n’est pas vide\u00a0: choisissez un dossier de données neuf pour y lire cette archive.")
        change.put(book.organisation)
        for shelf in SHELVES.values():
            for record in getattr(book, shelf).values():
                change.put(record)
        for event in book.events:
            change.append(event)
    return Restored(
        contacts=len(book.contacts),
        datasets=len(book.datasets),
        meetings=len(book.meetings),
        messages=len(book.messages),
        events=len(book.events),
    )
