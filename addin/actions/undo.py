"""Take back a gesture, or take back the taking back."""

from collections.abc import Mapping

from msgspec import Struct

from addin.core.book import Book
from addin.core.errors import BadInput, NotFound
from addin.core.events import Event, undone_actions
from addin.core.takebacks import taken_back
from addin.ports import Change, Desk

_NOUNS: Mapping[str, str] = {
    "answered": "réponse",
    "asked": "demande",
    "reminded": "relance",
    "sent": "courrier envoyé",
    "received": "message reçu",
    "called": "appel",
    "redirected": "orientation",
    "linked": "contribution",
    "absent": "absence",
    "bounced": "adresse refusée",
    "invited": "invitation",
    "rsvp": "réponse à une invitation",
    "moved": "réunion déplacée",
    "cancelled": "réunion annulée",
    "attended": "présence",
    "named": "accord pour être nommé",
    "published": "publication",
    "decided": "décision",
    "maturity": "niveau de maturité",
    "imported": "ajout ou import",
}


class Undone(Struct, frozen=True, kw_only=True):
    """Say what was taken back: `action` is the new gesture (undo it to redo), `undone` the one taken back, `words` in French."""

    action: str
    undone: str
    words: str


def undo(desk: Desk, action: str) -> Undone:
    """Take back one gesture, records changed by it included. Undoing an undoing does the gesture again.

    Raise NotFound when no event bears `action`, BadInput when it is taken back already.
    """
    with desk.logbook.change() as change:
        return _undo(desk, change, action)


def undo_last(desk: Desk) -> Undone:
    """Take back the last gesture that stands (undoings apart). Raise BadInput when there is none."""
    with desk.logbook.change() as change:
        events = change.book.events
        gone = undone_actions(events)
        last = next((event.action for event in reversed(events) if event.type != "undone" and event.action not in gone), None)
        if last is None:
            raise BadInput("Il n’y a rien à annuler.")
        return _undo(desk, change, last)


def _undo(desk: Desk, change: Change, action: str) -> Undone:
    book = change.book
    gesture = tuple(event for event in book.events if event.action == action)
    if not gesture:
        raise NotFound("Ce geste n’est pas dans le journal.", where="action")
    if action in undone_actions(book.events):
        raise BadInput("Ce geste est déjà annulé.", where="action")
    new = desk.new_id()
    change.append(Event(id=desk.new_id(), at=desk.clock(), type="undone", action=new, undo_of=action))
    for record in taken_back(change.book, action):
        change.put(record)
    return Undone(action=new, undone=action, words=_words(gesture, book))


def _words(gesture: tuple[Event, ...], book: Book) -> str:
    """Name a gesture by its weightiest event: "Annulé : réponse de Paul Morin sur « Menus scolaires »."."""
    if gesture[0].type == "undone":
        done_again = tuple(event for event in book.events if event.action == gesture[0].undo_of)
        words = _words(done_again, book)
        return (
            words.replace("Annulé\u00a0:", "Rétabli\u00a0:")
            if words.startswith("Annulé")
            else words.replace("Rétabli\u00a0:", "Annulé\u00a0:")
        )
    event = min(gesture, key=lambda e: list(_NOUNS).index(e.type) if e.type in _NOUNS else len(_NOUNS))
    words = f"Annulé\u00a0: {_NOUNS.get(event.type, 'geste')}"
    contact = book.contacts.get(event.contact or "")
    if contact:
        words += f" ({contact.label})"
    datasets = (book.datasets.get(e.dataset or "") for e in gesture if e.type == event.type)
    titles = dict.fromkeys(dataset.title for dataset in datasets if dataset)
    if len(titles) == 1:
        words += f" sur «\u00a0{next(iter(titles))}\u00a0»"
    elif titles:
        words += f" sur {len(titles)} jeux de données"
    return words + "."
