"""What a readable file can still have wrong: links that lead nowhere."""

from addin.adapters.tinydb_logbook.records import Reading
from addin.core.book import SHELVES, records_of, references


def dangling(reading: Reading) -> tuple[str, ...]:
    """Tell in French which ids of events and records point to nothing, and which undoings take back an unknown action."""
    book = reading.book
    shelves = {name: getattr(book, name) for name in SHELVES.values()}
    lines = [
        f"Table «\u00a0{link.table}\u00a0», fiche «\u00a0{link.id}\u00a0»\u00a0: le champ «\u00a0{link.field}\u00a0» désigne "
        f"«\u00a0{link.ref}\u00a0», absent de la table «\u00a0{link.shelf}\u00a0»."
        for link in references(book)
        if link.ref not in shelves[link.shelf]
    ]
    actions = {event.action for event in book.events}
    actions |= {record.action for record in records_of(book)}
    lines += [
        f"Table «\u00a0events\u00a0», fiche «\u00a0{event.id}\u00a0»\u00a0: le geste annulé «\u00a0{event.undo_of}\u00a0» est inconnu."
        for event in book.events
        if event.type == "undone" and event.undo_of not in actions
    ]
    return tuple(lines)
