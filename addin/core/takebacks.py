"""What a gesture changed in records that stood already, kept so that undo can take it back and redo bring it again.

New records need nothing of this: they vanish with their action (core/book). A change is kept field by field; a field that
was changed again since then is left as it is.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from msgspec import Struct

from addin.core.book import SHELVES, Book, Record
from addin.core.contacts import Contact
from addin.core.events import Event, undone_actions
from addin.core.messages import Message
from addin.core.organisation import Organisation


class Rewrite(Struct, frozen=True, kw_only=True):
    """Tell what changed in one record: `fields` gives, by name, the value before and after as plain JSON values."""

    kind: str
    id: str
    fields: dict[str, tuple[object, object]]


def change_message(pairs: Iterable[tuple[Record, Record]], *, id: str, at: datetime, action: str) -> Message | None:
    """Keep what changed between each record before and after, as a message of way "change"; None when nothing did."""
    rewrites = [rewrite for before, after in pairs if (rewrite := _rewrite(before, after)).fields]
    if not rewrites:
        return None
    contacts = tuple(rewrite.id for rewrite in rewrites if rewrite.kind == Contact.__name__)
    text = msgspec.json.encode(rewrites).decode()
    return Message(id=id, way="change", at=at, text=text, contacts=contacts, action=action)


def taken_back(book: Book, action: str) -> tuple[Record, ...]:
    """Give the records as they must stand now that `action` was undone (an undoing undone is the gesture done again).

    `book` is the raw one, with the undoing written. An undoing may have made changes of its own (to a meeting whose mails had left),
    beside those it took back: each gesture of the chain is then done or undone as it stands now, the latest first.
    """
    gone = undone_actions(book.events)
    records: dict[tuple[str, str], Record] = {}
    for link in _chain(book.events, action):
        for message in book.messages.values():
            if message.way != "change" or message.action != link or not message.text:
                continue
            for rewrite in msgspec.json.decode(message.text, type=list[Rewrite]):
                key = (rewrite.kind, rewrite.id)
                record = records.get(key) or _record(book, rewrite)
                if record is not None:
                    records[key] = _turned(record, rewrite, forward=link not in gone)
    return tuple(records.values())


def _chain(events: tuple[Event, ...], action: str) -> list[str]:
    """Follow undoings of undoings down to the gesture itself, both ends included."""
    undone = {event.action: event.undo_of for event in events if event.type == "undone" and event.undo_of}
    chain = [action]
    while target := undone.pop(chain[-1], None):
        chain.append(target)
    return chain


def _rewrite(before: Record, after: Record) -> Rewrite:
    old, new = msgspec.to_builtins(before), msgspec.to_builtins(after)
    key = "" if isinstance(after, Organisation) else after.id
    return Rewrite(kind=type(after).__name__, id=key, fields={name: (old[name], new[name]) for name in new if old[name] != new[name]})


def _record(book: Book, rewrite: Rewrite) -> Record | None:
    if rewrite.kind == Organisation.__name__:
        return book.organisation
    for kind, shelf in SHELVES.items():
        if kind.__name__ == rewrite.kind:
            found: Record | None = getattr(book, shelf).get(rewrite.id)
            return found
    return None


def _turned(record: Record, rewrite: Rewrite, *, forward: bool) -> Record:
    values = msgspec.json.decode(msgspec.json.encode(record))
    for name, (before, after) in rewrite.fields.items():
        stands, comes = (before, after) if forward else (after, before)
        if values.get(name) == stands:
            values[name] = comes
    return msgspec.convert(values, type(record))
