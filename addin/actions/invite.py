"""Prepare invitations: the maturity session, the four quality sessions, the club. Nothing is sent from here."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final, get_args
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from addin.core.book import Book, current
from addin.core.contacts import Contact
from addin.core.errors import BadInput, NotFound
from addin.core.events import Event
from addin.core.fields import mail_address, one_line, web_address
from addin.core.french import typeset
from addin.core.meetings import Attendee, Meeting, MeetingKind
from addin.core.organisation import Organisation
from addin.core.proposals import HORIZON, slot_faults
from addin.core.series import closed_dates, read_rule
from addin.core.stages import MeetingPlan, Stage
from addin.core.takebacks import change_message
from addin.core.timezones import localise, zone_of
from addin.ports import Change, Desk

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
    with desk.logbook.change() as change:
        book = current(change.book)
        zone = zone_of(book.organisation)
        dates = _checked_starts(kind, [localise(start, zone) for start in starts])
        rule = _checked_rule(kind, rrule, dates[0])
        left_out = _left_out(dates[0], rule, exdates, book.organisation, zone)
        sender = _checked_organizer(organizer, book.organisation)
        _check_datasets(datasets, book)
        action, cycle = desk.new_id(), desk.new_id() if kind == "quality" else ""
        invitees, warnings = _invitees(desk, change, book, attendees, sender[1], action, now)
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
                attendees=tuple(Attendee(contact=contact.id, email=contact.email) for contact in invitees),
                datasets=tuple(datasets),
                cycle=cycle,
                step=meeting_plan.step,
                action=action,
            )
            others = [*book.meetings.values(), *meetings]
            warnings += slot_faults(
                start, organisation=book.organisation, taken=others, minutes=length, rrule=rule, exdates=left_out, now=now
            )
            change.put(meeting)
            for contact in invitees:
                change.append(
                    Event(
                        id=desk.new_id(), at=now, type="invited", action=action, contact=contact.id, meeting=meeting_id, stage=stage or None
                    )
                )
            meetings.append(meeting)
    return Invited(meetings=tuple(meetings), action=action, warnings=tuple(dict.fromkeys(warnings)))


def change_date(desk: Desk, meeting: str, start: datetime) -> Invited:
    """Move one meeting before it is sent, or a whole series to another hour of the same first day.

    The UID stays, SEQUENCE goes up by one and the answers go back to NEEDS-ACTION (RFC 5546 §2.1.4); an event `moved` is
    written. A naive `start` is local time. Raise NotFound, or BadInput when the meeting is cancelled or a series would leave its rule.
    """
    now = desk.clock()
    with desk.logbook.change() as change:
        book = current(change.book)
        old = book.meetings.get(meeting)
        if old is None:
            raise NotFound("Cette réunion n’est pas dans le journal.", where="meeting")
        if old.status == "CANCELLED":
            raise BadInput("Cette réunion est annulée\u00a0: préparez-en une autre.", where="meeting")
        zone = ZoneInfo(old.tzid)
        start = localise(start, zone)
        if old.rrule:
            read_rule(old.rrule, start)
        exdates = tuple(datetime.combine(moment.astimezone(zone).date(), start.time(), tzinfo=zone) for moment in old.exdates)
        minutes = round((old.end - old.start).total_seconds() / 60)
        action = desk.new_id()
        new = replace(
            old,
            start=start,
            end=(start.astimezone(ZoneInfo("UTC")) + timedelta(minutes=minutes)).astimezone(zone),
            exdates=exdates,
            sequence=old.sequence + 1,
            attendees=tuple(replace(attendee, partstat="NEEDS-ACTION", told_by=None) for attendee in old.attendees),
        )
        others = [other for other in book.meetings.values() if other.id != old.id]
        told = slot_faults(start, organisation=book.organisation, taken=others, minutes=minutes, rrule=old.rrule, exdates=exdates, now=now)
        change.put(new)
        note = change_message([(old, new)], id=desk.new_id(), at=now, action=action)
        if note is not None:
            change.put(note)
        change.append(Event(id=desk.new_id(), at=now, type="moved", action=action, meeting=old.id, due=start.date()))
    return Invited(meetings=(new,), action=action, warnings=(*told, *_order_faults(new, others)))


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


def _invitees(
    desk: Desk, change: Change, book: Book, attendees: Sequence[tuple[str, str] | str], organizer: str, action: str, now: datetime
) -> tuple[list[Contact], list[str]]:
    """Find or make the contact of each attendee, once each, and leave out the organiser, who is there anyway."""
    known = {email: contact for contact in book.contacts.values() for email in contact.emails}
    chosen: dict[str, Contact] = {}
    warnings: list[str] = []
    for attendee in attendees:
        if isinstance(attendee, str):
            contact = book.contacts.get(attendee)
            if contact is None:
                raise NotFound(f"Le contact «\u00a0{attendee}\u00a0» n’est pas dans le carnet.", where="attendees")
            if not contact.email:
                raise BadInput(f"Aucune adresse n’est connue pour {contact.label}.", where="attendees")
            email = contact.email
        else:
            name, email = one_line(attendee[0].strip(), where="attendees"), attendee[1].strip().lower()
            contact = known.get(email)
            if contact is None:
                contact = Contact(id=desk.new_id(), name=name, emails=(email,), created=now, action=action)
        mail_address(email, where="attendees")
        if email == organizer:
            warnings.append("La personne qui invite n’a pas besoin de s’inviter elle-même\u00a0: elle est laissée de côté.")
            continue
        if contact.id not in chosen and contact.id not in book.contacts:
            known[email] = contact
            change.put(contact)
        # the address typed is the one invited, also when the contact has another first address
        chosen.setdefault(contact.id, replace(contact, emails=(email, *(e for e in contact.emails if e != email))))
    if not chosen:
        raise BadInput("Choisissez au moins une personne à inviter.", where="attendees")
    return list(chosen.values()), warnings


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


def _order_faults(meeting: Meeting, others: Sequence[Meeting]) -> Iterator[str]:
    """Tell when a session would come before an earlier one of its cycle, or after a later one."""
    for other in others:
        if meeting.cycle and other.cycle == meeting.cycle and (other.step < meeting.step) != (other.start < meeting.start):
            yield f"La séance {meeting.step} viendrait {'avant' if other.step < meeting.step else 'après'} la séance {other.step}."
