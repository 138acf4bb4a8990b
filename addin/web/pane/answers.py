"""Answers to invitations that come by mail: they count at once, what they say is told, and the grid shows it."""

from collections.abc import Sequence

from addin.actions.receive_mail import Received
from addin.core.attendance import as_answered, state_of
from addin.core.book import Book
from addin.core.rsvps import DOUBTS, Meaning
from addin.web.pane import fragments
from addin.web.pane.fragments import Toast
from addin.web.pane.grid import SAYS, polite, show_grid


def show_answers(taken: Sequence[Received]) -> str:
    """Show the grid after these calendar answers, with words on what became of them; that of one mail can be taken back."""
    book = fragments.book()
    fresh = [one for one in taken if not one.already]
    told = [meaning for one in fresh for meaning in one.meanings]
    if not told:
        words = "Ce message était déjà compté\u00a0: rien n’a changé."
    elif len(told) == 1:
        words = _words(told[0], book)
    else:
        waits = sum(one.verdict in DOUBTS or one.verdict == "counter" for one in told)
        words = f"{len(told)} réponses lues{f', dont {waits} à confirmer' if waits else ''}\u00a0✓"
    toast = Toast(words, fresh[0].message.action if len(fresh) == 1 else "")
    return show_grid(toast, _grid_of([meaning for one in taken for meaning in one.meanings], book))


def _words(told: Meaning, book: Book) -> str:
    """Say what became of one answer."""
    who = polite(book.contacts.get(told.contact or ""), told.rsvp.attendee)
    meeting = book.meetings.get(told.meeting or "")
    if told.verdict == "counter":
        return f"{who} propose un autre horaire\u00a0: c’est à vous de dire."
    if told.verdict in DOUBTS:
        return "Cette réponse est à confirmer\u00a0: dites si elle compte."
    if meeting is None or told.verdict != "answer":
        return told.words
    said = f"{who} {SAYS.get(told.rsvp.partstat, 'répond')}"
    person = next((one for one in as_answered(meeting, book, date=told.recurrence).attendees if one.contact == told.contact), None)
    if person is not None and state_of(person) == "reconfirm":
        return f"Reçu\u00a0: {said}, mais la date a changé depuis."
    if person is None or person.partstat != told.rsvp.partstat:
        return f"Reçu\u00a0: {said}, mais une réponse plus récente compte déjà."
    return f"Compté\u00a0: {said}."


def _grid_of(told: Sequence[Meaning], book: Book) -> dict[str, str] | None:
    """Give what the grid is to show: the meeting of the first answer, with the sessions of its cycle; None for the next one."""
    found = next((book.meetings[one.meeting] for one in told if one.meeting and one.meeting in book.meetings), None)
    if found is None:
        return None
    return {"cycle": found.cycle} if found.cycle else {"meeting": found.id}
