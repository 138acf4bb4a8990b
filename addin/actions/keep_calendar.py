"""Keep which calendar the meetings go to: the address and the account in the data, the secret in the vault."""

from urllib.parse import urlsplit

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from addin.actions.edit_records import keep_change
from addin.core.calendar_settings import CalendarAccount, CalendarSettings
from addin.core.errors import BadInput
from addin.core.fields import is_this_machine, one_line, secret_line
from addin.ports.desk import Desk

NEW_CALENDAR = "Open data"


class CalendarChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change the fields that are given, the others stay. An empty `url` lets go of the calendar, an empty `secret` is forgotten."""

    url: str | UnsetType = UNSET
    login: str | UnsetType = UNSET
    secret: str | UnsetType = UNSET
    calendar: str | UnsetType = UNSET


class CalendarState(Struct, frozen=True, kw_only=True):
    """Show the settings; `secret` tells whether one is known, `lasting` whether it will be at the next start, `fault` what is missing.

    `words` say who will invite.
    """

    settings: CalendarSettings
    secret: bool
    lasting: bool
    fault: str
    words: str = ""


class Looked(Struct, frozen=True, kw_only=True):
    """Say what a look at the server found: its calendars, and the settings as they stand now."""

    account: CalendarAccount
    state: CalendarState


def calendar_state(desk: Desk) -> CalendarState:
    """Show which calendar the meetings go to. The secret is never shown."""
    book = desk.logbook.read()
    settings = book.organisation.calendar
    secret = bool(settings.url) and bool(desk.vault.find(settings.account))
    return CalendarState(
        settings=settings,
        secret=secret,
        lasting=desk.vault.lasting,
        fault=desk.calendar.fault(),
        words=_words(settings, book.organisation.referent_email),
    )


def keep_calendar(desk: Desk, changes: CalendarChanges) -> CalendarState:
    """Keep the settings of the calendar, checked; the secret goes to the vault alone. Raise BadInput naming the field.

    Another server or another account lets go of the calendar chosen before. The server is not called: `look_at_calendars` does.
    """
    secret = secret_line(changes.secret) if isinstance(changes.secret, str) else None
    old = desk.logbook.read().organisation.calendar
    new = old
    if isinstance(changes.url, str) or isinstance(changes.login, str):
        url = _checked_url(changes.url) if isinstance(changes.url, str) else old.url
        login = one_line(changes.login.strip(), where="login") if isinstance(changes.login, str) else old.login
        if ":" in login:
            raise BadInput("Un identifiant ne contient pas de deux-points.", where="login")
        if (url, login) != (old.url, old.login):
            new = CalendarSettings(url=url, login=login)
    if isinstance(changes.calendar, str):
        new = replace(new, calendar=_checked_url(changes.calendar), name="" if changes.calendar != old.calendar else new.name)
        if new.calendar and _origin(new.calendar) != _origin(new.url):
            raise BadInput("L’agenda n’est pas sur ce serveur.", where="calendar")
    _keep(desk, new)
    if old.account != new.account and old.url:
        desk.vault.keep(old.account, "")
    if secret is not None and new.url:
        desk.vault.keep(new.account, secret)
    return calendar_state(desk)


def look_at_calendars(desk: Desk) -> Looked:
    """Ask the server for the account's calendars and what it can do, and keep that; a calendar alone of its kind is chosen.

    Raise BadInput when the address or the password is missing, Failed saying what does not work.
    """
    settings = desk.logbook.read().organisation.calendar
    if (not settings.url or not desk.vault.find(settings.account)) and (fault := desk.calendar.fault()):
        raise BadInput(fault, where="calendar")
    account = desk.calendar.look()
    settings = desk.logbook.read().organisation.calendar
    chosen = next((one for one in account.calendars if one.url == settings.calendar), None)
    if chosen is None and len(account.calendars) == 1:
        chosen = account.calendars[0]
    known = replace(settings, schedules=account.schedules, addresses=account.addresses)
    known = replace(known, calendar=chosen.url if chosen else "", name=chosen.name if chosen else "")
    _keep(desk, known)
    return Looked(account=account, state=calendar_state(desk))


def make_calendar(desk: Desk, name: str = NEW_CALENDAR) -> Looked:
    """Make a calendar of our own on the server, and choose it. Raise BadInput, Failed as `look_at_calendars` does."""
    name = one_line(name.strip(), where="name")
    if not name:
        raise BadInput("Donnez un nom à l’agenda.", where="name")
    look_at_calendars(desk)
    made = desk.calendar.make(name)
    _keep(desk, replace(desk.logbook.read().organisation.calendar, calendar=made.url, name=made.name))
    return look_at_calendars(desk)


def _keep(desk: Desk, settings: CalendarSettings) -> None:
    with desk.logbook.change() as change:
        old = change.book.organisation
        keep_change(desk, change, old, replace(old, calendar=settings))


def _words(settings: CalendarSettings, referent: str) -> str:
    """Say who will invite, and why when it is not the server that could."""
    if not settings.calendar:
        return ""
    if not settings.schedules:
        return "Ce serveur d’agendas n’envoie pas d’invitations\u00a0: elles partent par courriel d’ici."
    if settings.inviter(referent) == "server":
        return "Ce serveur d’agendas envoie lui-même les invitations\u00a0: rien ne part d’ici."
    if not settings.addresses:
        return "Le compte n’a pas d’adresse de courriel sur ce serveur\u00a0: les invitations partent par courriel d’ici."
    return (
        f"Ce serveur connaît le compte sous {settings.addresses[0]}, pas sous l’adresse du profil\u00a0: "
        "les invitations partent par courriel d’ici."
    )


def _checked_url(text: str) -> str:
    """Give a complete address; https is understood. Raise BadInput."""
    text = one_line(text.strip(), where="url")
    if not text:
        return ""
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("https", "http") or any(letter.isspace() for letter in text):
        raise BadInput("Donnez l’adresse du serveur d’agendas, par exemple https://nuage.ville.example.", where="url")
    if "@" in parts.netloc:
        raise BadInput("N’écrivez ni identifiant ni mot de passe dans l’adresse\u00a0: ils ont leur champ.", where="url")
    if parts.scheme == "http" and not is_this_machine(host):
        raise BadInput("L’adresse du serveur d’agendas commence par https://\u00a0: le mot de passe ne part pas en clair.", where="url")
    return parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower(), query="", fragment="").geturl()


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc
