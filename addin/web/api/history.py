"""The history of gestures, and taking one back."""

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta, Struct

from addin.actions.undo import undo
from addin.core.events import undone_actions
from addin.web.api.events import EventOut, event_out
from addin.web.api.table import Says, Table
from addin.web.desk import desk

TABLE = Table("historique")

Id = Annotated[str, Meta(max_length=100)]
Limit = Annotated[int, Meta(ge=1, le=10_000)]


class HistoryQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Choose the gestures: about one data set, one contact, and how many at most."""

    dataset: Id | None = None
    contact: Id | None = None
    limit: Limit = 200


class GestureOut(Struct, frozen=True, kw_only=True):
    """Show one gesture: its events share `action`; `undone` tells that it is taken back at present."""

    action: str
    at: datetime
    undone: bool
    events: list[EventOut]


class UndoneOut(Struct, frozen=True, kw_only=True):
    """Say what was taken back. To redo, undo `action`."""

    action: str
    undone: str
    words: str


@TABLE.route("GET", "/history", "Les gestes, du plus récent au plus ancien", Says(200, "Les gestes.", list[GestureOut]))
def list_history(query: HistoryQuery) -> Any:
    """List the gestures, newest first."""
    events = desk().logbook.read().events
    gone = undone_actions(events)
    gestures: dict[str, list[EventOut]] = {}
    wanted: dict[str, None] = {}
    for event in events:
        gestures.setdefault(event.action, []).append(event_out(event))
        about_dataset = query.dataset is None or event.dataset == query.dataset
        about_contact = query.contact is None or query.contact in (event.contact, event.to, event.by)
        if about_dataset and about_contact:
            wanted[event.action] = None
    chosen = [action for action in gestures if action in wanted][::-1][: query.limit]
    return [GestureOut(action=action, at=gestures[action][0].at, undone=action in gone, events=gestures[action]) for action in chosen]


@TABLE.route("POST", "/actions/<action>/undo", "Annuler un geste", Says(200, "Le geste est annulé.", UndoneOut))
def undo_action(action: str) -> Any:
    """Take back one gesture."""
    undone = undo(desk(), action)
    return UndoneOut(action=undone.action, undone=undone.undone, words=undone.words)
