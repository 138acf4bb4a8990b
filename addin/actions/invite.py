"""Prepare invitations: the maturity session, the four quality sessions, the club. Nothing is sent from here."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final, get_args
from zoneinfo import ZoneInfo

from msgspec import Struct

from addin.actions.gather_invitees import invitees
from addin.core.book import Book, current
from addin.core.errors import BadInput, NotFound
from addin.core.events import Event
from addin.core.fields import mail_address, one_line, web_address
from addin.core.french import typeset
from addin.core.meetings import Attendee, Meeting, MeetingKind
from addin.core.organisation import Organisation
from addin.core.proposals import HORIZON, slot_faults
from addin.core.series import closed_dates, read_rule
from addin.core.stages import MeetingPlan, Stage
from addin.core.timezones import localise, zone_of
from addin.ports.desk import Desk

SESSIONS: Final = 4

_FALLBACK_TITLES: Final = {
    "maturity": "Évaluation de la maturité open data",
    "quality": "Séance de travail",
    "club-launch": "Lancement du club de réutilisation",
    "club": "Club de réutilisation",
}


class Invited(Struct, frozen=True, kw_only=True):
    """Say what was prepared: the meetings in order, the action that made them (for undo) and what to know about the dates."""

    meetings: tuple[Meeting, ...]
    action: str
    warnings: tuple[str, ...] = ()


def plan(
    desk: Desk,
    *,
    kind: MeetingKind,
    starts: Sequence[datetime],
    attendees: Sequence[tuple[str, str] | str],
    minutes: int | None = None,
    place: str = "",
    video: str = "",
    rrule: str = "",
    exdates: Sequence[datetime] | None = None,
    organizer: tuple[str, str] | None = None,
    datasets: Sequence[str] = (),
) -> Invited:
    """Prepare the meetings of one kind: records and `invited` events, all in one action.

    `starts`: four ascending dates for `quality`, one for the rest; a naive one is local time of the organisation, another is
    converted to it. `attendees`: (name, address) or a contact's id; a contact is made for an address nobody has. `minutes`,
    title and agenda come from the stage. `organizer`, `place`: the profile's when not given. `rrule` (RFC 5545) is needed for
    `club` and refused elsewhere; `exdates` None leaves out the closed days of the series, () leaves out none. Odd dates are told in
    `warnings`, not refused. Raise BadInput for the rest, NotFound for an unknown contact or data set; nothing is then written.
    """
    if kind not in get_args(MeetingKind):
        raise BadInput(
            f"Réunion inconnue\u00a0: «\u00a0{kind}\u00a0». Sont acceptés\u00a0: {', '.join(get_args(MeetingKind))}.", where="kind"
        )
    now = desk.clock()
    stages = desk.shelf.stages()
    with desk.logbook.change() as writing:
        book = current(writing.book)
        zone = zone_of(book.organisation)
        dates = _checked_starts(kind, [localise(start, zone) for start in starts])
        rule = _checked_rule(kind, rrule, dates[0])
        left_out = _left_out(dates[0], rule, exdates, book.organisation, zone)
        sender = _checked_organizer(organizer, book.organisation)
        _check_datasets(datasets, book)
        action, cycle = desk.new_id(), desk.new_id() if kind == "quality" else ""
        people, warnings = invitees(desk, writing, book, attendees, sender[1], action, now)
        meetings: list[Meeting] = []
        for step, start in enumerate(dates, start=1):
            stage, meeting_plan = _planned(stages, kind, step if kind == "quality" else 0)
            length = _checked_minutes(minutes if minutes is not None else meeting_plan.minutes)
            meeting_id = desk.new_id()
            meeting = Meeting(
                id=meeting_id,
                uid=f"{meeting_id}@{sender[1].rpartition('@')[2]}",
                kind=kind,
                title=typeset(_title(meeting_plan)),
                start=start,
                end=(start.astimezone(ZoneInfo("UTC")) + timedelta(minutes=length)).astimezone(zone),
                tzid=zone.key,
                place=one_line(place.strip() or ("" if video.strip() else book.organisation.place), where="place"),
                video=web_address(video.strip(), where="video") if video.strip() else "",
                description=typeset(_description(meeting_plan, [book.datasets[key].title for key in datasets])),
                rrule=rule,
                exdates=left_out,
                organizer_name=sender[0],
                organizer_email=sender[1],
                attendees=tuple(Attendee(contact=contact.id, email=contact.email) for contact in people),
                datasets=tuple(datasets),
                cycle=cycle,
                step=meeting_plan.step,
                action=action,
            )
            others = [*book.meetings.values(), *meetings]
            warnings += slot_faults(
                start, organisation=book.organisation, taken=others, minutes=length, rrule=rule, exdates=left_out, now=now
            )
            writing.put(meeting)
            for contact in people:
                writing.append(
                    Event(
                        id=desk.new_id(), at=now, type="invited", action=action, contact=contact.id, meeting=meeting_id, stage=stage or None
                    )
                )
            meetings.append(meeting)
    return Invited(meetings=tuple(meetings), action=action, warnings=tuple(dict.fromkeys(warnings)))


def _checked_starts(kind: MeetingKind, starts: list[datetime]) -> list[datetime]:
    """Check how many dates there are and their order."""
    wanted = SESSIONS if kind == "quality" else 1
    if len(starts) != wanted:
        raise BadInput(
            f"Le cycle demande exactement {SESSIONS} dates\u00a0; vous en avez donné {len(starts)}."
            if kind == "quality"
            else f"Cette réunion demande une seule date\u00a0; vous en avez donné {len(starts)}.",
            where="start",
        )
    if any(later <= sooner for sooner, later in pairwise(starts)):
        raise BadInput("Les quatre séances se suivent\u00a0: donnez leurs dates dans l’ordre.", where="start")
    return starts


def _checked_rule(kind: MeetingKind, rrule: str, start: datetime) -> str:
    """Ask for a rule where it is needed and refuse it elsewhere."""
    if kind == "club":
        if not rrule.strip():
            raise BadInput(
                "Le club se réunit régulièrement\u00a0: donnez son rythme (par exemple «\u00a0premier jeudi\u00a0»).", where="rrule"
            )
        return read_rule(rrule, start)
    if rrule.strip():
        raise BadInput("Seul le club a un rythme\u00a0; cette réunion a une date.", where="rrule")
    return ""


def _left_out(
    start: datetime, rule: str, exdates: Sequence[datetime] | None, organisation: Organisation, zone: ZoneInfo
) -> tuple[datetime, ...]:
    """Give the dates left out of a series; by default the closed ones, but never the first: the user chose it."""
    if not rule:
        return ()
    if exdates is None:
        return tuple(moment for moment in closed_dates(start, rule, organisation, until=start + HORIZON) if moment != start)
    return tuple(localise(moment, zone) for moment in exdates)


def _checked_organizer(organizer: tuple[str, str] | None, organisation: Organisation) -> tuple[str, str]:
    """Give who invites: the one named, else the référent of the profile."""
    name, email = organizer or (organisation.referent, organisation.referent_email)
    if not email.strip():
        raise BadInput("Dites qui invite\u00a0: le nom et l’adresse du référent manquent dans le profil.", where="organizer")
    return one_line(name.strip(), where="organizer"), mail_address(email.strip().lower(), where="organizer")


def _checked_minutes(minutes: int) -> int:
    if not 5 <= minutes <= 600:
        raise BadInput("Une réunion dure de 5 à 600 minutes.", where="minutes")
    return minutes


def _check_datasets(datasets: Sequence[str], book: Book) -> None:
    for key in datasets:
        if key not in book.datasets:
            raise NotFound(f"Le jeu de données «\u00a0{key}\u00a0» n’est pas dans la liste.", where="datasets")


def _planned(stages: Sequence[Stage], kind: MeetingKind, step: int) -> tuple[str, MeetingPlan]:
    """Find what the stages say of this meeting, and the stage's id; without a stage, a plain plan."""
    for stage in stages:
        for one in stage.meetings:
            if one.kind == kind and (not step or one.step == step):
                return stage.id, one
    return "", MeetingPlan(kind=kind, title=_FALLBACK_TITLES[kind], step=step)


def _title(meeting_plan: MeetingPlan) -> str:
    """Give the title of a meeting; that of a quality session is numbered, unless the stage already does it."""
    if not meeting_plan.step or re.match(r"s[ée]ance\b", meeting_plan.title, re.IGNORECASE):
        return meeting_plan.title
    return f"Séance {meeting_plan.step} sur {SESSIONS}\u00a0: {meeting_plan.title}"


def _description(meeting_plan: MeetingPlan, titles: Sequence[str]) -> str:
    """Say the aim, the agenda as a list and the data sets concerned."""
    parts = [meeting_plan.aim, "\n".join(f"- {line}" for line in meeting_plan.agenda)]
    if titles:
        parts.append("Jeux de données\u00a0:\n" + "\n".join(f"- {title}" for title in titles))
    return "\n\n".join(part for part in parts if part)
