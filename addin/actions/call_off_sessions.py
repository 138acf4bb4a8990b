"""Call off the sessions of a cycle that are to come, all in one gesture, so that one undo brings them all back."""

from datetime import UTC

from msgspec.structs import replace

from addin.actions.change_meeting import Changed, write_change
from addin.core.book import current
from addin.core.errors import BadInput, NotFound
from addin.core.fields import one_line
from addin.core.lifecycle.dates import is_over
from addin.core.lifecycle.steps import cancel
from addin.core.revision import Revision
from addin.ports.desk import Desk
from addin.ports.logbook import Change


def call_off_sessions(desk: Desk, meeting: str, *, reason: str = "") -> Changed:
    """Call off the whole cycle that `meeting` (an id) belongs to; sessions that are over or cancelled stay.

    Raise NotFound, BadInput when nothing is left to call off, or when the meeting belongs to no cycle.
    """
    with desk.logbook.change() as change:
        return _call_off(desk, change, meeting, reason)


def foresee_calling_off(desk: Desk, meeting: str, *, reason: str = "") -> Changed:
    """Say what `call_off_sessions` would do, without doing it. Raise as it would."""
    return replace(_call_off(desk, Revision(desk.logbook.read()), meeting, reason), action="")


def _call_off(desk: Desk, change: Change, meeting: str, reason: str) -> Changed:
    now, action = desk.clock().astimezone(UTC), desk.new_id()
    meetings = current(change.book).meetings
    if meeting not in meetings:
        raise NotFound("Cette réunion n’est pas dans le journal.", where="meeting")
    if not (key := meetings[meeting].cycle):
        raise BadInput("Cette réunion ne fait pas partie d’un cycle de séances.", where="scope")
    cycle = [one for one in meetings.values() if one.cycle == key]
    sessions = [one for one in cycle if one.status != "CANCELLED" and not is_over(one, now)]
    if not sessions:
        raise BadInput("Les séances de ce cycle sont toutes passées ou annulées.", where="scope")
    why = one_line(reason.strip(), where="reason")
    pairs = [(one, replace(cancel(one), reason=why)) for one in sorted(sessions, key=lambda one: one.step)]
    words = write_change(desk, change, pairs, action=action, now=now)
    return Changed(meetings=tuple(change.book.meetings[one.id] for one, _ in pairs), action=action, words=words)
