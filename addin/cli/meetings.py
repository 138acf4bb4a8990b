"""`antiseche invite`, `move`, `cancel` and `meetings`."""

from datetime import date, datetime
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

import click

from addin.actions.call_series import rhythm
from addin.actions.change_meeting import Changed, Order, change, move_sessions
from addin.actions.invite import plan
from addin.actions.show_meetings import show_meetings
from addin.actions.write_invitations import hand_over
from addin.cli.mail import ask_mail_secret, send_now
from addin.cli.session import Session, make_folder, pass_session, print_json, text_of, write_file
from addin.cli.words import Command, say
from addin.core.addresses import read_address
from addin.core.attendance import all_answered
from addin.core.book import current
from addin.core.errors import BadInput
from addin.core.french import datetime_in_words
from addin.core.meetings import MeetingKind
from addin.core.timezones import zone_of

YEARS = (1970, 2200)


def moment(text: str, *, where: str = "--start") -> datetime:
    """Read an ISO 8601 date and time; without offset it is local. Raise BadInput."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        found = None
    if found is None or "T" not in text.strip().upper().replace(" ", "T") or not YEARS[0] <= found.year <= YEARS[1]:
        raise BadInput(f"«\u00a0{text[:40]}\u00a0» n’est pas une date avec son heure, par exemple 2026-12-01T10:00.", where=where)
    return found


def day(text: str, *, where: str = "--until") -> date:
    """Read an ISO 8601 day. Raise BadInput."""
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        found = None
    if found is None or not YEARS[0] <= found.year <= YEARS[1]:
        raise BadInput(f"«\u00a0{text[:40]}\u00a0» n’est pas une date, par exemple 2027-06-30.", where=where)
    return found


_send = click.option("--send", is_flag=True, help="Envoyer les messages par le serveur réglé (antiseche mail settings).")
_out = click.option("--out", type=click.Path(path_type=Path), metavar="DOSSIER", required=True, help="Dossier où écrire les messages.")


@click.command(cls=Command)
@click.argument("kind", metavar="RÉUNION", type=click.Choice(["quality", "maturity", "club-launch", "club"]))
@click.option("--start", "starts", metavar="DATE", multiple=True, required=True, help="Début, 2026-12-01T10:00 (quatre fois pour quality).")
@click.option("--organizer", metavar="ADRESSE", help="Qui invite, «\u00a0Nom <nom@exemple.fr>\u00a0»\u00a0; sinon le profil.")
@click.option("--to", "to", metavar="ADRESSE", multiple=True, help="Qui est invité (peut être répété).")
@click.option("--minutes", type=click.IntRange(5, 600), metavar="N", help="Durée.")
@click.option("--place", metavar="LIEU", default="", help="Lieu.")
@click.option("--video", metavar="URL", default="", help="Adresse de la visioconférence.")
@click.option("--rrule", metavar="RÈGLE", default="", help="Règle de répétition du club (RFC 5545).")
@click.option("--every", metavar="RYTHME", default="", help="Rythme du club en mots, par exemple «\u00a0premier jeudi\u00a0».")
@click.option("--until", metavar="DATE", help="Dernier jour du club, avec --every.")
@click.option("--dataset", "datasets", metavar="ID", multiple=True, help="Jeu de données traité (peut être répété).")
@_out
@_send
@pass_session
def invite(
    session: Session,
    kind: str,
    starts: tuple[str, ...],
    organizer: str | None,
    to: tuple[str, ...],
    minutes: int | None,
    place: str,
    video: str,
    rrule: str,
    every: str,
    until: str | None,
    datasets: tuple[str, ...],
    out: Path,
    send: bool,
) -> None:
    """Préparer les invitations d’une réunion.

    RÉUNION\u00a0: quality (les quatre séances), maturity (l’évaluation), club-launch (le lancement), club (la réunion régulière).
    Un .ics par réunion et un .eml par personne sont écrits dans le dossier. Sans --send, rien n’est envoyé.
    """
    begins = [moment(start) for start in starts]
    exdates = None
    if every:
        if len(begins) > 1:
            raise BadInput(f"Un rythme part d’une seule date\u00a0; vous en avez donné {len(begins)}.", where="--start")
        series = rhythm(session.desk, begins[0], every=text_of(every), until=day(until) if until else None, rrule=rrule)
        begins, rrule, exdates = [series.start], series.rrule, series.exdates
    elif until:
        raise BadInput("--until va avec --every.", where="--until")
    inviting = read_address(text_of(organizer), where="--organizer") if organizer else None
    boxes = [read_address(text_of(address), where="--to") for address in to]
    _prepare(session, out, send)
    invited = plan(
        session.desk,
        kind=cast(MeetingKind, kind),
        starts=begins,
        attendees=[(box.name, box.email) for box in boxes],
        minutes=minutes,
        place=text_of(place),
        video=text_of(video),
        rrule=text_of(rrule),
        exdates=exdates,
        organizer=(inviting.name, inviting.email) if inviting else None,
        datasets=[text_of(dataset) for dataset in datasets],
    )
    for warning in invited.warnings:
        say(warning)
    _print_files(session, [meeting.id for meeting in invited.meetings], out, send)


@click.command(cls=Command)
@click.argument("meeting", metavar="RÉUNION")
@click.option("--start", metavar="DATE", required=True, help="Nouveau début, 2026-12-08T10:00 (le premier d’une série).")
@click.option("--date", "one", metavar="DATE", help="La seule date à déplacer dans une série\u00a0: son début prévu à l’origine.")
@click.option("--cycle", is_flag=True, help="Déplacer d’autant toutes les séances à venir du cycle.")
@click.option("--reason", metavar="MOTIF", default="", help="Motif, dit aux personnes invitées.")
@_out
@_send
@pass_session
def move(session: Session, meeting: str, start: str, one: str | None, cycle: bool, reason: str, out: Path, send: bool) -> None:
    """Déplacer une réunion, une série ou une seule de ses dates.

    Les messages qui préviennent du changement sont écrits dans le dossier. Sans --send, rien n’est envoyé.
    """
    begin = moment(start)
    if cycle and one:
        raise BadInput("--cycle et --date ne vont pas ensemble.", where="--date")
    order = Order(start=begin, date=_date_of(one) if one else None, reason=text_of(reason))
    _prepare(session, out, send)
    if cycle:
        _print_change(session, move_sessions(session.desk, text_of(meeting), begin, reason=order.reason), out, send)
    else:
        _print_change(session, change(session.desk, text_of(meeting), order), out, send)


@click.command(cls=Command)
@click.argument("meeting", metavar="RÉUNION")
@click.option("--date", "one", metavar="DATE", help="La seule date à annuler dans une série\u00a0: son début prévu à l’origine.")
@click.option("--reason", metavar="MOTIF", default="", help="Motif, dit aux personnes invitées.")
@_out
@_send
@pass_session
def cancel(session: Session, meeting: str, one: str | None, reason: str, out: Path, send: bool) -> None:
    """Annuler une réunion, une série ou une seule de ses dates.

    Les messages qui préviennent de l’annulation sont écrits dans le dossier. Sans --send, rien n’est envoyé.
    """
    order = Order(cancel=True, date=_date_of(one) if one else None, reason=text_of(reason))
    _prepare(session, out, send)
    _print_change(session, change(session.desk, text_of(meeting), order), out, send)


def _date_of(text: str) -> date | datetime:
    """Read the date of a series: its start, or its day. Raise BadInput."""
    return day(text, where="--date") if len(text.strip()) <= len("2026-12-01") else moment(text, where="--date")


def _prepare(session: Session, out: Path, send: bool) -> None:
    """Make the folder, and see to it that what is to be sent can leave, before anything is written. Raise BadInput."""
    if send:
        ask_mail_secret(session.desk)
        if fault := session.desk.outbox.fault():
            raise BadInput(fault, where="--send")
    make_folder(out)


def _print_change(session: Session, changed: Changed, out: Path, send: bool) -> None:
    """Say the change in words, then write the mails that are due, print what they are and send them when asked."""
    for words in (*changed.words, *changed.warnings):
        say(words)
    _print_files(session, [meeting.id for meeting in changed.meetings], out, send)


def _print_files(session: Session, meetings: list[str], out: Path, send: bool) -> None:
    """Write the files of meetings (ids) into a folder and print what they are, as JSON; then send the mails when asked."""
    printed = []
    for one in hand_over(session.desk, meetings, record=not send):
        for name, octets in (one.ics, *one.mails):
            write_file(out / name, octets)
        zone = ZoneInfo(one.meeting.tzid)
        printed.append(
            {
                "id": one.meeting.id,
                "uid": one.meeting.uid,
                "kind": one.meeting.kind,
                "start": one.meeting.start.astimezone(zone).isoformat(),
                "end": one.meeting.end.astimezone(zone).isoformat(),
                "sequence": one.meeting.sequence,
                "ics": str(out / one.ics[0]),
                "mails": [str(out / name) for name, _ in one.mails],
            }
        )
    print_json({"meetings": printed})
    if send:
        send_now(session.desk, meetings)


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="En JSON, avec les réponses des personnes invitées.")
@pass_session
def meetings(session: Session, as_json: bool) -> None:
    """Lister les réunions."""
    if as_json:
        print_json(show_meetings(session.desk))
        return
    book = current(session.desk.logbook.read())
    zone = zone_of(book.organisation)
    for meeting in sorted(all_answered(book.meetings.values(), book), key=lambda one: one.start):
        said = sum(attendee.partstat != "NEEDS-ACTION" for attendee in meeting.attendees)
        when = datetime_in_words(meeting.start.astimezone(zone))
        state = "annulée" if meeting.status == "CANCELLED" else f"{said} sur {len(meeting.attendees)} ont répondu"
        click.echo(f"{when}  {meeting.title}  ({state})  {meeting.id}")
