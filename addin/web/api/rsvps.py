"""The answers to invitations: the grid, answers by phone, doubts to settle, proposals of another time, attendance, minutes."""

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from addin.actions.answer_counter import Declined, SentAgain, accept_counter, decline_counter, send_again
from addin.actions.log_rsvp import confirm_rsvp, ignore_rsvp
from addin.actions.note_attendance import Minutes, minutes, note_attendance
from addin.actions.remind_silent import remind_silent
from addin.actions.tell_rsvp import tell_rsvp
from addin.core.attendance import STATES
from addin.core.book import current
from addin.core.counters import Counter, open_counters
from addin.core.errors import NotFound
from addin.core.grid import Grid, grid
from addin.core.own_sessions import sessions_of
from addin.core.quality import Quality
from addin.core.rsvps import DOUBTS, Waiting, waiting
from addin.web.api.events import EventOut, event_out
from addin.web.api.table import ICS, Says, Sends, Table
from addin.web.desk import desk

TABLE = Table("réponses aux invitations")

Id = Annotated[str, Meta(min_length=1, max_length=100)]
Words = Annotated[str, Meta(max_length=2000)]
Ids = Annotated[list[Id], Meta(max_length=500)]


class GridQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Choose the columns: one `meeting`, the four of a `cycle`, else all the meetings."""

    meeting: Id | None = None
    cycle: Id | None = None


class GridOut(Struct, frozen=True, kw_only=True):
    """Show people × sessions; `states` and `doubts` give the French words. `waiting` and `counters` are to be settled by a person."""

    grid: Grid
    waiting: list[Waiting]
    counters: list[Counter]
    states: dict[str, str]
    doubts: dict[str, str]


class DateQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Name one date of a series by its original start; a time without offset is local."""

    date: datetime | None = None


class NewRsvp(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Note what one invited person said by phone; `date` is the original start of one date of a series."""

    contact: Id
    partstat: Literal["ACCEPTED", "DECLINED", "TENTATIVE"]
    date: datetime | None = None


class NewAttendance(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Note who came and who did not (contacts), and the step that data sets stand at (null: before the first)."""

    present: Ids = []
    absent: Ids = []
    states: Annotated[dict[Id, Quality | None], Meta(max_length=200)] = {}
    date: datetime | None = None


class Whose(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say whose answer it is; left out, that of the invited person it names."""

    contact: Id | None = None


class Why(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say why, in words that the people concerned receive."""

    reason: Words | None = None


class Telling(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say how a person is told: with `send` the mail leaves by the outbox, else it is given. `reason`: in words that they receive."""

    reason: Words | None = None
    send: bool = False


class WrittenOut(Struct, frozen=True, kw_only=True):
    """Say what was written: the gesture, to undo it (null when nothing was new), and its events."""

    action: str | None
    events: list[EventOut]


class MovedOut(Struct, frozen=True, kw_only=True):
    """Say what the acceptance of a proposal changed, in words; the meeting (id) and the gesture, to undo it."""

    action: str | None
    meeting: str
    words: list[str]
    warnings: list[str]


class MailOut(Struct, frozen=True, kw_only=True):
    """Give the gesture, to undo it, and either the mail (`name` of a file, `eml` the whole message) or the `batch` that sends it."""

    action: str
    name: str | None
    eml: str | None
    batch: str | None


class ReminderOut(Struct, frozen=True, kw_only=True):
    """Say how many mails are queued, and the batch to follow."""

    batch: str
    queued: int
    words: str


def _mail(done: Declined | SentAgain) -> MailOut:
    name, octets = done.mail or (None, None)
    return MailOut(action=done.action, name=name, eml=octets.decode("ascii") if octets else None, batch=done.batch or None)


@TABLE.route("GET", "/grid", "La grille personnes × réunions", Says(200, "La grille.", GridOut))
def read_grid(query: GridQuery) -> Any:
    """Give the grid, by date."""
    book = current(desk().logbook.read())
    chosen = [
        meeting
        for meeting in sorted(book.meetings.values(), key=lambda one: (one.start, one.step, one.id))
        if query.meeting in (None, meeting.id) and query.cycle in (None, meeting.cycle)
    ]
    if not chosen and (query.meeting or query.cycle):
        raise NotFound("Cette réunion n’est pas dans le journal.", where="meeting")
    keys = {meeting.id for meeting in chosen}
    return GridOut(
        grid=grid(book, chosen),
        waiting=[one for one in waiting(book) if one.meeting in keys],
        counters=[one for one in open_counters(book) if one.meeting in keys],
        states={str(state): words for state, words in STATES.items()},
        doubts=dict(DOUBTS),
    )


@TABLE.route("POST", "/meetings/<id:meeting>/rsvps", "Noter une réponse dite par téléphone", Says(201, "Ce qui est écrit.", WrittenOut))
def tell(meeting: str, body: NewRsvp) -> Any:
    """Note one answer given by phone."""
    told = tell_rsvp(desk(), [meeting], body.contact, body.partstat, date=body.date)
    return WrittenOut(action=told.action, events=[event_out(event) for event in told.events])


@TABLE.route("POST", "/meetings/<id:meeting>/attendance", "Noter qui est venu", Says(201, "Les présences sont écrites.", WrittenOut))
def attend(meeting: str, body: NewAttendance) -> Any:
    """Note who came, and how far the data sets are."""
    noted = note_attendance(desk(), meeting, present=body.present, absent=body.absent, states=body.states, date=body.date)
    return WrittenOut(action=noted.action or None, events=[event_out(event) for event in noted.events])


@TABLE.route("GET", "/meetings/<id:meeting>/minutes", "De quoi écrire le compte rendu", Says(200, "Les valeurs de la lettre.", Minutes))
def read_minutes(meeting: str, query: DateQuery) -> Any:
    """Give what the minutes need."""
    return minutes(desk(), meeting, date=query.date)


@TABLE.route("POST", "/rsvps/<id:event>/confirm", "Confirmer une réponse douteuse", Says(200, "La réponse compte.", WrittenOut))
def confirm(event: str, body: Whose) -> Any:
    """Count a doubtful answer."""
    done = confirm_rsvp(desk(), event, contact=body.contact)
    return WrittenOut(action=done.action, events=[event_out(one) for one in done.events])


@TABLE.route("POST", "/rsvps/<id:event>/ignore", "Écarter une réponse douteuse", Says(200, "La réponse ne compte pas.", WrittenOut))
def ignore(event: str) -> Any:
    """Set a doubtful answer aside."""
    done = ignore_rsvp(desk(), event)
    return WrittenOut(action=done.action, events=[event_out(one) for one in done.events])


@TABLE.route("POST", "/rsvps/<id:event>/send", "Écrire de nouveau l’invitation demandée", Says(200, "Le courriel à envoyer.", MailOut))
def write_again(event: str, body: Telling) -> Any:
    """Invite again the person who asked for it."""
    return _mail(send_again(desk(), event, send=body.send))


@TABLE.route("POST", "/counters/<id:counter>/accept", "Accepter une autre date proposée", Says(200, "La réunion est déplacée.", MovedOut))
def accept(counter: str, body: Why) -> Any:
    """Move the meeting to the time proposed."""
    done = accept_counter(desk(), counter, reason=body.reason or "")
    return MovedOut(action=done.action or None, meeting=done.meetings[0].id, words=list(done.words), warnings=list(done.warnings))


@TABLE.route("POST", "/counters/<id:counter>/decline", "Décliner une autre date proposée", Says(200, "Le courriel à envoyer.", MailOut))
def decline(counter: str, body: Telling) -> Any:
    """Say no to the time proposed."""
    return _mail(decline_counter(desk(), counter, comment=body.reason or "", send=body.send))


@TABLE.route("POST", "/meetings/<id:meeting>/reminders", "Relancer les silencieux", Says(201, "Les messages partent.", ReminderOut))
def remind(meeting: str, body: Why) -> Any:
    """Send the invitation once more to those who have not answered."""
    sent = remind_silent(desk(), meeting, comment=body.reason)
    return ReminderOut(batch=sent.batch, queued=sent.queued, words=sent.words)


@TABLE.route(
    "GET", "/contacts/<id:contact>/sessions.ics", "Les réunions d’une personne, en fichier d’agenda", Says(200, "Le fichier.", media=(ICS,))
)
def read_sessions(contact: str) -> Any:
    """Give one person's meetings as a calendar file."""
    opened = desk()
    octets = sessions_of(opened.logbook.read(), contact, now=opened.clock())
    return Sends(octets, media="text/calendar; charset=utf-8", name="mes-seances.ics")
