"""`antiseche calendar`: the référent's own calendar, where the meetings go."""

import sys

import click
from msgspec import UNSET, to_builtins

from addin.actions.keep_calendar import CalendarChanges, calendar_state, keep_calendar, look_at_calendars, make_calendar
from addin.actions.sync_meetings import sync_meetings
from addin.cli.session import Session, ask_secret, pass_session, print_json, text_of
from addin.cli.words import Group, say
from addin.core.errors import BadInput, Failed
from addin.ports.desk import Desk


@click.group(cls=Group)
def calendar() -> None:
    """Relier son agenda (CalDAV) et le tenir à jour des réunions."""


@calendar.command("settings")
@click.option("--url", metavar="ADRESSE", help="Adresse du serveur d’agendas (vide\u00a0: ne plus s’en servir).")
@click.option("--login", metavar="IDENTIFIANT", help="Identifiant du compte.")
@click.option("--calendar", "chosen", metavar="ADRESSE", help="Agenda choisi, parmi ceux que donne «\u00a0calendar test\u00a0».")
@click.option("--secret-stdin", is_flag=True, help="Lire le mot de passe sur l’entrée standard\u00a0; il va dans le trousseau.")
@pass_session
def calendar_settings(session: Session, url: str | None, login: str | None, chosen: str | None, secret_stdin: bool) -> None:
    """Montrer ou changer l’agenda relié (en JSON). Le mot de passe n’est jamais montré."""
    texts = {"url": url, "login": login, "calendar": chosen}
    given = {name: text_of(value) for name, value in texts.items() if value is not None}
    secret = text_of(sys.stdin.readline().rstrip("\r\n")) if secret_stdin else UNSET
    if secret_stdin and not session.desk.vault.lasting:
        raise BadInput("Cette machine n’a pas de trousseau de mots de passe\u00a0: donnez le mot de passe par ANTISECHE_CALENDAR_SECRET.")
    if given or secret_stdin:
        keep_calendar(session.desk, CalendarChanges(**given, secret=secret))
    _print_state(session)


@calendar.command("test")
@click.option("--make", "name", metavar="NOM", help="Créer un agenda de ce nom et le choisir.")
@pass_session
def test_calendar(session: Session, name: str | None) -> None:
    """Interroger le serveur\u00a0: donner les agendas du compte (en JSON). Rien n’y est écrit, sauf avec --make."""
    _ask_secret(session.desk)
    looked = make_calendar(session.desk, text_of(name)) if name is not None else look_at_calendars(session.desk)
    for words in (looked.state.words, looked.state.fault):
        if words:
            say(words)
    print_json(
        {
            "calendars": to_builtins(looked.account.calendars),
            "schedules": looked.account.schedules,
            "addresses": list(looked.account.addresses),
            "calendar": looked.state.settings.calendar or None,
        }
    )


@calendar.command("sync")
@click.argument("meetings", metavar="[RÉUNION]…", nargs=-1)
@click.option("--invite", is_flag=True, help="Laisser le serveur prévenir les personnes invitées, s’il le fait.")
@click.option("--restore", is_flag=True, help="Remettre ce qui a été supprimé de l’agenda.")
@pass_session
def sync_calendar(session: Session, meetings: tuple[str, ...], invite: bool, restore: bool) -> None:
    """Écrire les réunions à venir dans l’agenda et y lire les réponses (compte rendu en JSON)."""
    _ask_secret(session.desk)
    synced = sync_meetings(session.desk, [text_of(meeting) for meeting in meetings], invite=invite, restore=restore)
    for words in (synced.words, *synced.warnings, *(f"{one.title}\u00a0: {one.error}" for one in synced.troubles)):
        say(words)
    print_json(synced)
    if synced.fault or synced.troubles:
        raise Failed(synced.fault or "Tout n’est pas dans l’agenda.")


def _print_state(session: Session) -> None:
    state = calendar_state(session.desk)
    for words in (state.words, state.fault):
        if words:
            say(words)
    print_json(to_builtins(state.settings) | {"secret": state.secret, "lasting": state.lasting})


def _ask_secret(desk: Desk) -> None:
    """Ask for the password when no keyring keeps it."""
    state = calendar_state(desk)
    if state.settings.url and not state.secret:
        ask_secret(desk, state.settings.account, state.settings.login)
