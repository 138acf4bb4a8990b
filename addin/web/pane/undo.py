"""Undo: take back a gesture, then show again the view it was seen from, or the column it was made in."""

from collections.abc import Callable
from typing import Final

from addin.actions import undo as verb
from addin.web.desk import desk
from addin.web.pane import forms, fragments
from addin.web.pane.chart import show_chart, show_wide
from addin.web.pane.contacts import show_contacts
from addin.web.pane.datasets import show_datasets
from addin.web.pane.fragments import Toast
from addin.web.pane.meetings import show_meetings
from addin.web.pane.replies import show_replies
from addin.web.pane.today import show_today

undo = fragments.column("undo")

VIEWS: Final[dict[str, Callable[[Toast], str]]] = {
    "replies": show_replies,
    "meetings": show_meetings,
    "chart": show_chart,
    "wide": show_wide,
    "contacts": show_contacts,
    "datasets": show_datasets,
}


@undo.post("/views/undo")
def take_back() -> str:
    """Take back one gesture; the words of what was taken back come with a way to redo it."""
    undone = verb.undo(desk(), forms.text("action"))
    toast = Toast(undone.words, undone.action, "Annuler" if undone.words.startswith("Rétabli") else "Rétablir")
    return fragments.show_again(forms.text("view"), toast) or VIEWS.get(forms.text("column"), show_today)(toast)
