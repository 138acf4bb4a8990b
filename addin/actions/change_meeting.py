"""Change a meeting that was called: move it, its date, its place or its words, add or remove people, call it off; or foresee that.

Nothing is sent from here. The mails that become due are told in words; they are written by write_invitations, sent by the outbox.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from addin.actions.gather_invitees import invitees
from addin.core.book import current
from addin.core.errors import BadInput, NotFound
from addin.core.fields import one_line
from addin.core.french import datetime_in_words, enumeration
from addin.core.lifecycle.dates import held_dates, is_over, local_start
from addin.core.lifecycle.differences import differences
from addin.core.lifecycle.facts import facts
from addin.core.lifecycle.mailing import answered, outgoing, told_of
from addin.core.lifecycle.previews import Amendment, preview
from addin.core.lifecycle.steps import add_people, cancel, change_place, change_text, move, move_cycle, move_date, remove_person, skip_date
from addin.core.meetings import Attendee, Meeting
from addin.core.organisation import Organisation
from addin.core.proposals import HORIZON, slot_faults
from addin.core.revision import Revision
from addin.core.series import closed_dates
from addin.core.takebacks import change_message
from addin.core.timezones import localise
from addin.core.working_days import WorkingDays
from addin.ports.desk import Desk
from addin.ports.logbook import Change


class Order(Struct, frozen=True, kw_only=True):
    """Say what is wanted of one meeting; what is None or empty stays.

    `start` is the new (first) start, a naive one is local; with `date`, the original start (or the day) of one date of a series,
    only that date moves, or is left out when `cancel` is said. `add` takes (name, address) or contacts' ids, `remove` contacts' ids.
    `reason` is told to the people invited.
    """

    start: datetime | None = None
    date: date | datetime | None = None
    cancel: bool = False
    place: str | None = None
    video: str | None = None
    title: str | None = None
    description: str | None = None
    add: tuple[tuple[str, str] | str, ...] = ()
    remove: tuple[str, ...] = ()
    reason: str = ""


class Changed(Struct, frozen=True, kw_only=True):
    """Say what was done: the meetings as they stand, the action (for undo, empty when nothing changed), the step in words, warnings."""

    meetings: tuple[Meeting, ...]
    action: str
    words: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def change(desk: Desk, meeting: str, order: Order) -> Changed:
    """Change one meeting: its record and the events of the change, all in one action, SEQUENCE raised by one at most.

    Odd dates are told in `warnings`, not refused. Raise NotFound for an unknown meeting or person, BadInput for what cannot be done
    (a cancelled meeting, a date that is none of the series, ...); nothing is then written.
    """
    with desk.logbook.change() as writing:
        return _carry_out(desk, writing, meeting, order)


def foresee(desk: Desk, meeting: str, order: Order) -> Changed:
    """Say what `change` would do, without doing it. Raise as it would."""
    return replace(_carry_out(desk, Revision(desk.logbook.read()), meeting, order), action="")


def move_sessions(desk: Desk, meeting: str, start: datetime, *, reason: str = "") -> Changed:
    """Move a whole cycle, so that the session `meeting` begins at `start` (naive = local): the others move by as much.

    Sessions that are over or cancelled stay. Raise NotFound for an unknown meeting, BadInput when it belongs to no cycle.
    """
    with desk.logbook.change() as writing:
        return _carry_out_cycle(desk, writing, meeting, start, reason)


def foresee_sessions(desk: Desk, meeting: str, start: datetime, *, reason: str = "") -> Changed:
    """Say what `move_sessions` would do, without doing it. Raise as it would."""
    return replace(_carry_out_cycle(desk, Revision(desk.logbook.read()), meeting, start, reason), action="")


def write_change(desk: Desk, change: Change, pairs: Sequence[tuple[Meeting, Meeting]], *, action: str, now: datetime) -> tuple[str, ...]:
    """Write meetings (before, after) with what undo needs and the events that tell the change; give the step in words.

    Answers are never written: they are read from the events.
    """
    words: list[str] = []
    knew = [answered(before, change.book) for before, _ in pairs]
    kept = [(before, _bare(after)) for before, after in pairs]
    if message := change_message(kept, id=desk.new_id(), at=now, action=action):
        change.put(message)
    for before, after in kept:
        change.put(after)
        for fact in facts(before, after):
            change.append(replace(fact, id=desk.new_id(), at=now, action=action))
    for known, (_, after) in zip(knew, kept, strict=True):
        stands = answered(after, change.book)
        # before the first sending nobody hears of a change: all will get the meeting as it stands by then
        mails = outgoing(stands, change.book, now=now) if told_of(after.id, change.book) else ()
        words += preview(Amendment(before=known, after=stands, mails=mails, now=now))
    return tuple(words)


def _carry_out(desk: Desk, change: Change, meeting: str, order: Order) -> Changed:
    now, action = desk.clock().astimezone(UTC), desk.new_id()
    book = current(change.book)
    old = book.meetings.get(meeting)
    if old is None:
        raise NotFound("Cette réunion n’est pas dans le journal.", where="meeting")
    new, warnings = old, list[str]()
    if order.cancel:
        if order.start is not None:
            raise BadInput("Annulez ou déplacez\u00a0: pas les deux à la fois.", where="start")
        new = cancel(new) if order.date is None else skip_date(new, order.date)
    elif order.start is not None:
        new, warnings = _moved(old, order.start, order.date, book.organisation)
        others = [other for other in book.meetings.values() if other.id != old.id]
        warnings += _faults(new, order, book.organisation, others, now)
    elif order.date is not None:
        raise BadInput("Dites à quand cette date est déplacée, ou annulez-la.", where="start")
    if order.place is not None or order.video is not None:
        new = change_place(new, place=order.place, video=order.video)
    if order.title is not None or order.description is not None:
        new = change_text(new, title=order.title, description=order.description)
    for contact in order.remove:
        new, _ = remove_person(new, contact)
    if order.add:
        people, told = invitees(desk, change, book, order.add, old.organizer_email, action, now)
        new = add_people(new, [Attendee(contact=contact.id, email=contact.email) for contact in people])
        warnings += told
    if not differences(old, new).any:
        return Changed(meetings=(old,), action="", words=preview(Amendment(before=old, after=old, now=now)), warnings=tuple(warnings))
    new = replace(new, reason=one_line(order.reason.strip(), where="reason"), sequence=min(new.sequence, old.sequence + 1))
    words = write_change(desk, change, [(old, new)], action=action, now=now)
    return Changed(meetings=(change.book.meetings[old.id],), action=action, words=words, warnings=tuple(dict.fromkeys(warnings)))


def _carry_out_cycle(desk: Desk, change: Change, meeting: str, start: datetime, reason: str) -> Changed:
    now, action = desk.clock().astimezone(UTC), desk.new_id()
    book = current(change.book)
    old = book.meetings.get(meeting)
    if old is None:
        raise NotFound("Cette réunion n’est pas dans le journal.", where="meeting")
    if not old.cycle:
        raise BadInput("Cette réunion ne fait pas partie d’un cycle de séances.", where="meeting")
    if old.status == "CANCELLED" or is_over(old, now):
        raise BadInput("Cette séance est passée ou annulée\u00a0: partez d’une séance à venir.", where="meeting")
    delta = localise(start, ZoneInfo(old.tzid)).replace(tzinfo=None) - local_start(old).replace(tzinfo=None)
    sessions = [one for one in book.meetings.values() if one.cycle == old.cycle and one.status != "CANCELLED" and not is_over(one, now)]
    if not delta:
        return Changed(meetings=tuple(sessions), action="", words=preview(Amendment(before=old, after=old, now=now)))
    why = one_line(reason.strip(), where="reason")
    moved = [replace(session, reason=why) for session in move_cycle(sessions, delta)]
    others = [other for other in book.meetings.values() if other not in sessions]
    warnings: list[str] = []
    for session in moved:
        warnings += _faults(session, Order(start=session.start), book.organisation, others, now)
    words = write_change(desk, change, list(zip(sessions, moved, strict=True)), action=action, now=now)
    stand = tuple(change.book.meetings[session.id] for session in moved)
    return Changed(meetings=stand, action=action, words=words, warnings=tuple(dict.fromkeys(warnings)))


def _moved(old: Meeting, start: datetime, one: date | datetime | None, organisation: Organisation) -> tuple[Meeting, list[str]]:
    """Move a meeting, or `one` date of it. A series that goes to another day leaves out the closed days again, if it did before."""
    if one is not None:
        return move_date(old, one, start), []
    zone = ZoneInfo(old.tzid)
    first = localise(start, zone)
    if not old.rrule or first.date() == local_start(old).date():
        return move(old, start), []
    days = WorkingDays(organisation, school=True)
    shut = {moment.astimezone(UTC) for moment in closed_dates(local_start(old), old.rrule, organisation, until=old.start + HORIZON)}
    left_out = {moment.astimezone(UTC) for moment in old.exdates}
    if not shut - {old.start.astimezone(UTC)} <= left_out:
        return move(old, start), []
    chosen = tuple(moment for moment in old.exdates if not days.closed(moment.astimezone(zone).date()))
    new = move(replace(old, exdates=chosen), start)
    elsewhere = {one.original for one in new.overrides} | {new.start, *new.exdates}
    closed = [moment for moment in closed_dates(first, new.rrule, organisation, until=first + HORIZON) if moment not in elsewhere]
    told = [f"Jours fermés, laissés de côté\u00a0: {enumeration([datetime_in_words(moment) for moment in closed])}."] if closed else []
    return replace(new, exdates=tuple(sorted((*new.exdates, *closed)))), told


def _faults(new: Meeting, order: Order, organisation: Organisation, others: Sequence[Meeting], now: datetime) -> list[str]:
    """Say what speaks against a new date: closed days, odd hours, other meetings, the order of sessions or of dates."""
    zone = ZoneInfo(new.tzid)
    start = localise(order.start, zone) if order.start else local_start(new)
    minutes = round((new.end - new.start) / timedelta(minutes=1))
    rule, left_out = (new.rrule, new.exdates) if order.date is None else ("", ())
    told = list(slot_faults(start, organisation=organisation, taken=others, minutes=minutes, rrule=rule, exdates=left_out, now=now))
    told += _order_faults(new, others)
    if order.date is not None:
        originals = [one.original.astimezone(UTC) for one in held_dates(new)]
        if originals != sorted(originals):
            told.append("Cette date passe avant ou après une autre de la série\u00a0: certains agendas ne le montrent pas.")
    return told


def _order_faults(meeting: Meeting, others: Sequence[Meeting]) -> Iterator[str]:
    """Tell when a session would come before an earlier one of its cycle, or after a later one."""
    for other in others:
        if meeting.cycle and other.cycle == meeting.cycle and (other.step < meeting.step) != (other.start < meeting.start):
            yield f"La séance {meeting.step} viendrait {'avant' if other.step < meeting.step else 'après'} la séance {other.step}."


def _bare(meeting: Meeting) -> Meeting:
    """Give the meeting as it is kept: who is invited, without the answers."""
    return replace(
        meeting,
        attendees=tuple(Attendee(contact=one.contact, email=one.email) for one in meeting.attendees),
        overrides=tuple(replace(one, attendees=()) for one in meeting.overrides),
    )
