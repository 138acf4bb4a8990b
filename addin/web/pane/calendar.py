"""The référent's own calendar: which server and account, which calendar of it, what it can do, and keeping it in step.

The server is called aside; the view asks now and then how that goes, and stops asking once it is done.
"""

from typing import Any

from flask import request, url_for

from addin.actions.keep_calendar import NEW_CALENDAR, CalendarChanges, calendar_state, keep_calendar
from addin.core.book import current
from addin.core.errors import BadInput
from addin.core.meetings import Meeting
from addin.web.calendar_tasks import last_task, start_look, start_sync
from addin.web.desk import desk, shop
from addin.web.pane import forms, fragments
from addin.web.pane.fragments import Toast

calendar = fragments.column("calendar")


@calendar.get("/views/calendar", endpoint="calendar")
def show_calendar(toast: Toast | None = None) -> str:
    """Show which calendar the meetings go to and how far it is in step with them."""
    return fragments.show("calendar/calendar.html", column="profile", view=url_for("calendar.calendar"), toast=toast, **_shown())


@calendar.get("/views/calendar/progress", endpoint="progress")
def show_progress() -> str:
    """Show the part of that view that changes by itself."""
    return fragments.show("calendar/progress.html", column="profile", **_shown())


def _shown() -> dict[str, Any]:
    raw, state, last = desk().logbook.read(), calendar_state(desk()), last_task(desk())
    entries = [entry for entry in raw.calendar_entries.values() if entry.account == state.settings.account]
    placed = [entry for entry in entries if entry.state in ("putting", "stored")]
    synced = last.synced if not last.running else None
    return {
        "state": state,
        "settings": state.settings,
        # the demonstration town has a calendar without an account
        "linked": (state.secret and bool(state.settings.url)) or shop().in_demo,
        "last": last,
        "synced": synced,
        "placed": len(placed),
        "latest": max((entry.at for entry in entries), default=None),
        "faults": [(one.title, entry.error) for entry in entries if entry.error and (one := raw.meetings.get(entry.id))],
        "waiting": _meetings(synced.waiting if synced else ()),
        "lost": _meetings(tuple(entry.id for entry in entries if entry.state == "lost")),
        "name": NEW_CALENDAR,
        "organisation": raw.organisation,
    }


def _meetings(keys: tuple[str, ...]) -> list[Meeting]:
    """Find the meetings (ids) that still stand and will take place."""
    book, now = current(desk().logbook.read()), desk().clock()
    found = [book.meetings[key] for key in keys if key in book.meetings]
    return sorted((one for one in found if one.rrule or one.end > now), key=lambda one: one.start)


@calendar.post("/views/calendar", endpoint="save")
def save() -> str:
    """Keep the server and the account, then ask the server for its calendars. A password left empty stays as it was."""
    given: dict[str, Any] = {"url": forms.text("url"), "login": forms.text("login")}
    if not given["url"]:
        raise BadInput("Donnez l’adresse du serveur d’agendas, par exemple https://nuage.ville.example.", where="url")
    if secret := request.form.get("secret", ""):
        given["secret"] = secret
    state = keep_calendar(desk(), CalendarChanges(**given))
    if not state.secret and not shop().in_demo:
        raise BadInput("Donnez le mot de passe du compte.", where="secret")
    start_look(desk())
    return show_calendar()


@calendar.post("/views/calendar/look", endpoint="look")
def look() -> str:
    """Ask the server for its calendars and what it can do; nothing is written there."""
    start_look(desk())
    return show_calendar()


@calendar.post("/views/calendar/choose", endpoint="choose")
def choose() -> str:
    """Choose one calendar of the account."""
    chosen = forms.text("calendar")
    if not chosen:
        raise BadInput("Choisissez un agenda.", where="calendar")
    keep_calendar(desk(), CalendarChanges(calendar=chosen))
    start_look(desk())
    return show_calendar(Toast("Agenda choisi. Pour revenir en arrière, choisissez de nouveau l’autre."))


@calendar.post("/views/calendar/make", endpoint="make")
def make() -> str:
    """Make a calendar on the server, and choose it."""
    name = forms.text("name")
    if not name:
        raise BadInput("Donnez un nom à l’agenda.", where="name")
    start_look(desk(), make=name)
    return show_calendar()


@calendar.post("/views/calendar/sync", endpoint="sync")
def sync() -> str:
    """Bring the calendar in step; `invite` lets the server tell the people of these meetings, `restore` puts back what is gone."""
    start_sync(desk(), forms.texts("meeting"), invite=forms.ticked("invite"), restore=forms.ticked("restore"))
    return show_calendar()


@calendar.post("/views/calendar/leave", endpoint="leave")
def leave() -> str:
    """Let go of the calendar, its password included. What stands in it stays there."""
    keep_calendar(desk(), CalendarChanges(url="", login=""))
    return show_calendar(Toast("Antisèche ne se sert plus de cet agenda. Pour le reprendre, reliez-le de nouveau."))
