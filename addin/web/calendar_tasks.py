"""The calendar server is called aside, in a thread, one task at a time: what is asked is taken at once, `last_task` tells how it went."""

import threading
from collections.abc import Callable, Sequence
from typing import Literal

from flask import current_app
from msgspec import Struct

from addin.actions.keep_calendar import look_at_calendars, make_calendar
from addin.actions.sync_meetings import Synced, sync_meetings
from addin.core.calendar_settings import CalendarChoice
from addin.core.errors import BadInput, Failed
from addin.ports.desk import Desk

KEY = "antiseche-calendar"

Task = Literal["look", "sync"]


class TaskOut(Struct, frozen=True, kw_only=True):
    """Show what the server is being asked, or was asked last; `fault` says in French why it did not work."""

    task: Task | None = None
    running: bool = False
    fault: str | None = None
    calendars: tuple[CalendarChoice, ...] = ()
    synced: Synced | None = None


class Aside:
    """Call the server aside, one task at a time. `last` is the task under way, or how the last one went."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self.last = TaskOut()

    def start(self, task: Task, work: Callable[[], TaskOut]) -> None:
        """Begin a task. Raise BadInput while another one is under way."""
        with self._guard:
            if self.last.running:
                raise BadInput("Le serveur d’agendas est déjà interrogé\u00a0: attendez un instant.", where="calendar")
            self.last = TaskOut(task=task, running=True)
        threading.Thread(target=self._run, args=(task, work), name="agenda", daemon=True).start()

    def _run(self, task: Task, work: Callable[[], TaskOut]) -> None:
        done = TaskOut(task=task, fault="Une erreur imprévue a arrêté cette demande.")
        try:
            done = work()
        except BadInput as refused:
            done = TaskOut(task=task, fault=refused.message)
        except Failed as failed:
            done = TaskOut(task=task, fault=str(failed))
        finally:
            self.last = done


def last_task(desk: Desk) -> TaskOut:
    """Give the task under way at this desk, or how the last one went."""
    return _aside(desk).last


def start_look(desk: Desk, make: str | None = None) -> None:
    """Look at the server, aside; with `make`, make first a calendar of that name and choose it. Raise BadInput when it is busy."""

    def work() -> TaskOut:
        looked = look_at_calendars(desk) if make is None else make_calendar(desk, make)
        return TaskOut(task="look", calendars=looked.account.calendars)

    _aside(desk).start("look", work)


def start_sync(desk: Desk, meetings: Sequence[str] = (), *, invite: bool = False, restore: bool = False) -> None:
    """Bring the calendar in step, aside (see `sync_meetings`). Raise BadInput when the server is busy with another task."""

    def work() -> TaskOut:
        synced = sync_meetings(desk, meetings, invite=invite, restore=restore)
        return TaskOut(task="sync", synced=synced, fault=synced.fault or None)

    _aside(desk).start("sync", work)


def _aside(desk: Desk) -> Aside:
    """Give what calls the server for a desk: the demonstration town has its own."""
    kept: dict[int, tuple[Desk, Aside]] = current_app.extensions.setdefault(KEY, {})
    known = kept.get(id(desk))
    if known is None or known[0] is not desk:
        known = kept[id(desk)] = (desk, Aside())
    return known[1]
