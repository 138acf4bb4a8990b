"""The meetings: list, propose dates, prepare invitations, calendar file. What changes them stands in changes."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from addin.actions.call_series import rhythm
from addin.actions.invite import Invited, plan
from addin.actions.show_meetings import meeting_json, show_meetings
from addin.actions.write_invitations import invitations
from addin.core.addresses import read_address
from addin.core.book import current
from addin.core.errors import BadInput
from addin.core.meetings import MeetingKind
from addin.core.proposals import propose
from addin.core.timezones import zone_of
from addin.web.api.table import ICS, Says, Sends, Table
from addin.web.desk import desk

TABLE = Table("réunions")

Line = Annotated[str, Meta(max_length=500)]
Id = Annotated[str, Meta(min_length=1, max_length=100)]
Minutes = Annotated[int, Meta(ge=5, le=600)]
Count = Annotated[int, Meta(ge=1, le=12)]


class PersonName(Struct, frozen=True):
    """Name who invites."""

    name: str
    email: str


class AttendeeOut(Struct, frozen=True, kw_only=True):
    """Show one person invited; `contact` is an id."""

    contact: str
    name: str
    email: str
    partstat: str
    told_by: Literal["mail", "phone", "calendar"] | None
    attended: bool | None
    reconfirm: bool


class OverrideOut(Struct, frozen=True, kw_only=True):
    """Show one date of a series that was moved; `original` is the start the rule gives."""

    original: datetime
    start: datetime
    end: datetime


class MeetingOut(Struct, frozen=True, kw_only=True):
    """Show one meeting or one series; times carry the offset of `timezone`."""

    id: str
    uid: str
    kind: MeetingKind
    title: str
    start: datetime
    end: datetime
    timezone: str
    place: str | None
    video: str | None
    description: str | None
    rrule: str | None
    exdates: list[datetime]
    overrides: list[OverrideOut]
    sequence: int
    status: str
    cycle: str | None
    step: int
    datasets: list[str]
    organizer: PersonName
    attendees: list[AttendeeOut]


class MeetingsOut(Struct, frozen=True, kw_only=True):
    """Show the meetings prepared by one gesture, and what to know about their dates."""

    meetings: list[MeetingOut]
    action: str
    warnings: list[str]


class NewMeetings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Prepare meetings: four `starts` for `quality`, one for the rest; a time without offset is local.

    `club` needs `rrule`, or `every` and `until`.
    """

    kind: MeetingKind
    starts: Annotated[list[datetime], Meta(min_length=1, max_length=4)]
    to: Annotated[list[Line], Meta(max_length=500)] = []
    contacts: Annotated[list[Id], Meta(max_length=500)] = []
    minutes: Minutes | None = None
    place: Line | None = None
    video: Line | None = None
    rrule: Line | None = None
    every: Line | None = None
    until: date | None = None
    organizer: Line | None = None
    datasets: Annotated[list[Id], Meta(max_length=200)] = []


class ProposalOrder(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ask for dates: after which day (today when not said), how many, how long."""

    kind: MeetingKind
    after: date | None = None
    count: Count | None = None
    minutes: Minutes = 45


class Proposals(Struct, frozen=True, kw_only=True):
    """Give the proposed starts, with their offset."""

    starts: list[datetime]


def _out(invited: Invited) -> dict[str, Any]:
    book = current(desk().logbook.read())
    return {
        "meetings": [meeting_json(meeting, book) for meeting in invited.meetings],
        "action": invited.action,
        "warnings": list(invited.warnings),
    }


@TABLE.route("GET", "/meetings", "Les réunions, par date", Says(200, "Les réunions.", list[MeetingOut]))
def list_meetings() -> Any:
    """List the meetings."""
    return show_meetings(desk())


@TABLE.route("POST", "/meetings", "Préparer des réunions et leurs invitations", Says(201, "Les réunions préparées.", MeetingsOut))
def prepare_meetings(body: NewMeetings) -> Any:
    """Prepare the meetings of one kind."""
    starts, rrule, exdates = body.starts, body.rrule or "", None
    if body.every:
        if len(starts) > 1:
            raise BadInput(f"Un rythme part d’une seule date\u00a0; vous en avez donné {len(starts)}.", where="starts")
        series = rhythm(desk(), starts[0], every=body.every, until=body.until, rrule=rrule)
        starts, rrule, exdates = [series.start], series.rrule, series.exdates
    people: list[tuple[str, str] | str] = list(body.contacts)
    people += [(box.name, box.email) for box in (read_address(text, where="to") for text in body.to)]
    organizer = read_address(body.organizer, where="organizer") if body.organizer else None
    return _out(
        plan(
            desk(),
            kind=body.kind,
            starts=starts,
            attendees=people,
            minutes=body.minutes,
            place=body.place or "",
            video=body.video or "",
            rrule=rrule,
            exdates=exdates,
            organizer=(organizer.name, organizer.email) if organizer else None,
            datasets=body.datasets,
        )
    )


@TABLE.route("POST", "/meetings/proposals", "Proposer des dates", Says(200, "Les dates proposées.", Proposals))
def propose_dates(body: ProposalOrder) -> Any:
    """Propose dates on working days, clear of our other meetings."""
    opened = desk()
    book = current(opened.logbook.read())
    today = opened.clock().astimezone(zone_of(book.organisation)).date()
    starts = propose(
        body.kind,
        after=body.after or today,
        organisation=book.organisation,
        taken=tuple(book.meetings.values()),
        count=body.count,
        minutes=body.minutes,
    )
    return Proposals(starts=list(starts))


@TABLE.route("GET", "/meetings/<meeting>.ics", "Le fichier d’agenda d’une réunion", Says(200, "L’invitation (iCalendar).", media=(ICS,)))
def read_calendar(meeting: str) -> Any:
    """Give the calendar file of one meeting."""
    one = invitations(desk(), [meeting])[0]
    method = "CANCEL" if one.meeting.status == "CANCELLED" else "REQUEST"
    return Sends(one.ics[1], media=f"text/calendar; charset=utf-8; method={method}", name=one.ics[0])
