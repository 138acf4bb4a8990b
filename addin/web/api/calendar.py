"""The référent's own calendar: its settings, a look at the server, bringing the meetings in step with it.

The server is called aside, in a thread: what is asked is taken at once (202), and `GET /calendar` tells how it went.
"""

import threading
from collections.abc import Callable
from typing import Annotated, Any, Literal

from flask import current_app
from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import asdict

from addin.actions.keep_calendar import CalendarChanges, calendar_state, keep_calendar, look_at_calendars, make_calendar
from addin.actions.sync_meetings import Synced, sync_meetings, who_invites
from addin.core.calendar_settings import CalendarChoice, Inviter
from addin.core.errors import BadInput, Failed
from addin.ports import Desk
from addin.web.api.table import Says, Table
from addin.web.desk import desk

TABLE = Table("agenda")
KEY = "antiseche-calendar"

Id = Annotated[str, Meta(min_length=1, max_length=300)]
Line = Annotated[str, Meta(max_length=500)]
Task = Literal["look", "sync"]


class TaskOut(Struct, frozen=True, kw_only=True):
    """Show what the server is being asked, or was asked last; `fault` says in French why it did not work."""

    task: Task | None = None
    running: bool = False
    fault: str | None = None
    calendars: tuple[CalendarChoice, ...] = ()
    synced: Synced | None = None


class CalendarOut(Struct, frozen=True, kw_only=True):
    """Show which calendar the meetings go to; the secret is never shown, only whether one is known and whether it lasts.

    `inviter` is who tells the people invited to the next meetings, `words` say it in French.
    """

    url: str | None
    login: str | None
    calendar: str | None
    name: str | None
    schedules: bool
    secret: bool
    lasting: bool
    inviter: Inviter
    fault: str | None
    words: str | None
    last: TaskOut


class CalendarSettingsChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change the fields that are given; the others stay. An empty `url` lets go of the calendar; `secret` goes to the keyring alone."""

    url: Line | UnsetType = UNSET
    login: Line | UnsetType = UNSET
    secret: Annotated[str, Meta(max_length=10_000)] | UnsetType = UNSET
    calendar: Line | UnsetType = UNSET


class LookOrder(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ask the server what it holds; with `make`, first make a calendar of that name, and choose it."""

    make: Annotated[str, Meta(min_length=1, max_length=200)] | None = None


class SyncOrder(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Choose the meetings (all those to come when none is said); `invite` lets the server tell people, `restore` puts back what is gone."""

    meetings: Annotated[list[Id], Meta(max_length=100)] = []
    invite: bool = False
    restore: bool = False


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


@TABLE.route("GET", "/calendar", "L’agenda où vont les réunions", Says(200, "L’agenda.", CalendarOut))
def read_calendar_settings() -> Any:
    """Give the settings of the calendar and how the last task went."""
    return _shown()


@TABLE.route("PUT", "/calendar", "Relier un agenda, ou en changer", Says(200, "L’agenda.", CalendarOut))
def change_calendar_settings(body: CalendarSettingsChanges) -> Any:
    """Change settings of the calendar; the server is not called."""
    given = {name: value for name, value in asdict(body).items() if value is not UNSET}
    keep_calendar(desk(), CalendarChanges(**given))
    return _shown()


@TABLE.route("POST", "/calendar/look", "Chercher les agendas du compte, ou en créer un", Says(202, "La recherche commence.", CalendarOut))
def look_at_server(body: LookOrder) -> Any:
    """Look at the server, aside."""
    opened = desk()

    def work() -> TaskOut:
        looked = look_at_calendars(opened) if body.make is None else make_calendar(opened, body.make)
        return TaskOut(task="look", calendars=looked.account.calendars)

    _aside(opened).start("look", work)
    return _shown()


@TABLE.route("POST", "/calendar/sync", "Mettre l’agenda à jour des réunions", Says(202, "La mise à jour commence.", CalendarOut))
def sync_with_server(body: SyncOrder) -> Any:
    """Bring the calendar in step, aside."""
    opened = desk()

    def work() -> TaskOut:
        synced = sync_meetings(opened, body.meetings, invite=body.invite, restore=body.restore)
        return TaskOut(task="sync", synced=synced, fault=synced.fault or None)

    _aside(opened).start("sync", work)
    return _shown()


def _aside(opened: Desk) -> Aside:
    """Give what calls the server for a desk: the demonstration town has its own."""
    kept: dict[int, tuple[Desk, Aside]] = current_app.extensions.setdefault(KEY, {})
    known = kept.get(id(opened))
    if known is None or known[0] is not opened:
        known = kept[id(opened)] = (opened, Aside())
    return known[1]


def _shown() -> CalendarOut:
    opened = desk()
    state = calendar_state(opened)
    return CalendarOut(
        url=state.settings.url or None,
        login=state.settings.login or None,
        calendar=state.settings.calendar or None,
        name=state.settings.name or None,
        schedules=state.settings.schedules,
        secret=state.secret,
        lasting=state.lasting,
        inviter=who_invites(opened),
        fault=state.fault or None,
        words=state.words or None,
        last=_aside(opened).last,
    )
