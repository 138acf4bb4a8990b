"""Take back a gesture, or take back the taking back."""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from addin.actions.change_meeting import write_change
from addin.core.book import Book, Record
from addin.core.errors import BadInput, NotFound
from addin.core.events import Event, undone_actions
from addin.core.lifecycle.differences import differences
from addin.core.lifecycle.mailing import told_since
from addin.core.lifecycle.steps import cancel
from addin.core.meetings import Meeting
from addin.core.takebacks import taken_back
from addin.ports.desk import Desk
from addin.ports.logbook import Change

_NOUNS: Mapping[str, str] = {
    "answered": "réponse",
    "asked": "demande",
    "reminded": "relance",
    "sent": "courrier envoyé",
    "noted": "message noté",
    "received": "message reçu",
    "called": "appel",
    "redirected": "orientation",
    "linked": "contribution",
    "absent": "absence",
    "bounced": "adresse refusée",
    "rsvp": "réponse à une invitation",
    "countered": "proposition d’une autre date",
    "moved": "réunion déplacée",
    "cancelled": "réunion annulée",
    "uninvited": "invitation retirée",
    "changed": "réunion modifiée",
    "invited": "invitation",
    "attended": "présence",
    "advanced": "avancement d’un jeu de données",
    "named": "accord pour être nommé",
    "published": "publication",
    "decided": "décision",
    "maturity": "niveau de maturité",
    "imported": "ajout ou import",
    "edited": "modification",
}


_CALLED = frozenset({"invited", "moved", "changed", "cancelled", "uninvited"})
_LEFT = frozenset({"delivered", "refused", "handed"})
"""What happened outside: mails that left, or did not. It cannot be taken back."""


class Undone(Struct, frozen=True, kw_only=True):
    """Say what was taken back: `action` is the new gesture (undo it to redo), `undone` the one taken back, `words` in French."""

    action: str
    undone: str
    words: str


def undo(desk: Desk, action: str) -> Undone:
    """Take back one gesture, records changed by it included. Undoing an undoing does the gesture again.

    A change of a meeting whose mails left, or were handed over, is taken back by a new change (SEQUENCE goes up), whose mails are
    then due; so is the calling of a meeting, which is then cancelled. Raise NotFound when no event bears `action`, BadInput when it
    is taken back already, when the meeting changed again since, or for the leaving of a mail.
    """
    with desk.logbook.change() as change:
        return _undo(desk, change, action)


def undo_last(desk: Desk) -> Undone:
    """Take back the last gesture that stands (undoings and mails that left apart). Raise BadInput when there is none."""
    with desk.logbook.change() as change:
        events = change.book.events
        gone = undone_actions(events)
        left = {"undone", *_LEFT}
        last = next((event.action for event in reversed(events) if event.type not in left and event.action not in gone), None)
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
    if all(event.type in _LEFT for event in gesture):
        raise BadInput("Un courrier parti ne se reprend pas\u00a0: annulez le changement, puis prévenez de nouveau.", where="action")
    told = _told(book, gesture)
    new, now = desk.new_id(), desk.clock()
    change.append(Event(id=desk.new_id(), at=now, type="undone", action=new, undo_of=action))
    records = taken_back(change.book, action)
    pairs = _turned(book, records, action, told)
    for record in records:
        if not (isinstance(record, Meeting) and record.id in told):
            change.put(record)
    words = _words(gesture, book)
    if pairs:
        write_change(desk, change, pairs, action=new, now=now)
        words += " Des messages étaient partis\u00a0: un nouveau message est à envoyer."
    return Undone(action=new, undone=action, words=words)


def _told(book: Book, gesture: tuple[Event, ...]) -> frozenset[str]:
    """Give the meetings changed by a gesture (or by those it took back) of which a mail left since, or may have left."""
    action = gesture[0].action
    undone = {event.action: event.undo_of for event in book.events if event.type == "undone"}
    chain, link = {action}, action
    while (target := undone.get(link)) and target not in chain:
        chain.add(target)
        link = target
    meetings = {event.meeting for event in book.events if event.action in chain and event.meeting and event.type in _CALLED}
    return frozenset(meeting for meeting in meetings if told_since(meeting, book, action))


def _turned(book: Book, records: tuple[Record, ...], action: str, told: frozenset[str]) -> list[tuple[Meeting, Meeting]]:
    """Give the new changes (before, after) that turn back meetings already told: the fields as they were, SEQUENCE on."""
    pairs = []
    for record in records:
        if isinstance(record, Meeting) and record.id in told:
            before = book.meetings[record.id]
            found = differences(before, record)
            if found.any:
                # who was uninvited, and told so, is invited anew at a SEQUENCE they have not seen
                sequence = before.sequence + (1 if found.raises or found.added else 0)
                pairs.append((before, replace(record, sequence=sequence, stamp=before.stamp, reason="")))
    for meeting in book.meetings.values():
        if meeting.action == action and meeting.id in told and meeting.status != "CANCELLED":
            pairs.append((meeting, replace(cancel(meeting), reason="")))
    if told and not pairs:
        raise BadInput("La réunion a encore changé depuis\u00a0: annulez d’abord le dernier changement.", where="action")
    return pairs


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
