"""The référent's own calendar: its settings, a look at the server, bringing the meetings in step with it.

The server is called aside, in a thread: what is asked is taken at once (202), and `GET /calendar` tells how it went.
"""

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import asdict

from addin.actions.keep_calendar import CalendarChanges, calendar_state, keep_calendar
from addin.actions.sync_meetings import who_invites
from addin.core.calendar_settings import Inviter
from addin.web.api.table import Says, Table
from addin.web.calendar_tasks import TaskOut, last_task, start_look, start_sync
from addin.web.desk import desk

TABLE = Table("agenda")

Id = Annotated[str, Meta(min_length=1, max_length=300)]
Line = Annotated[str, Meta(max_length=500)]


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
    start_look(desk(), body.make)
    return _shown()


@TABLE.route("POST", "/calendar/sync", "Mettre l’agenda à jour des réunions", Says(202, "La mise à jour commence.", CalendarOut))
def sync_with_server(body: SyncOrder) -> Any:
    """Bring the calendar in step, aside."""
    start_sync(desk(), body.meetings, invite=body.invite, restore=body.restore)
    return _shown()


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
        last=last_task(opened),
    )
