"""Prepare reminders: write the one that fits each answer owed, keep it as a draft in its thread. Nothing leaves: the user sends."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Final

from msgspec import Struct

from addin.actions import insert_letter
from addin.actions.insert_letter import Prepared, Written
from addin.core.book import Book, current
from addin.core.errors import NotFound
from addin.core.letters import guard, ready
from addin.core.messages import Message
from addin.core.next_mails import support
from addin.core.reminders import ESCALATION, Owed, owed_answers
from addin.core.sendings import STAGE
from addin.core.timezones import zone_of
from addin.core.working_days import WorkingDays
from addin.core.writing.letter import letter_mail
from addin.ports.desk import Desk

_CALL_AT: Final = time(10, 0)
_CALL_IN: Final = 3
_WEDNESDAY: Final = 2
_LEVEL_OF_CALL: Final = 2


class Reminder(Struct, frozen=True, kw_only=True):
    """Hold one reminder of the queue: for whom the answer is owed, the letter as written, and its reader ("" when one is to be chosen).

    `given` holds the values of its blanks that follow from the case. `message` is the draft once it is prepared.
    """

    owed: Owed
    written: Written
    reader: str
    given: Mapping[str, str]
    message: Message | None = None

    @property
    def ready(self) -> bool:
        """Tell whether one click prepares it: somebody reads it, and no blank remains."""
        return bool(self.written.to) and ready(self.written.draft)


def queue(desk: Desk) -> tuple[tuple[Reminder, ...], tuple[Owed, ...]]:
    """Give the reminders of today, each one written, the oldest first; and the answers owed that must wait, with the reason in `hidden`."""
    book = current(desk.logbook.read())
    owed = _owed(desk, book)
    return tuple(_reminder(desk, one, book) for one in owed if not one.hidden), tuple(one for one in owed if one.hidden)


def prepare_reminder(desk: Desk, contact: str, datasets: Iterable[str], given: Mapping[str, str] | None = None) -> Prepared:
    """Keep as prepared the reminder that a contact's silence about data sets calls for; the same one twice stays one.

    Raise NotFound when no reminder is due, BadInput when a blank or the reader is missing.
    """
    book = current(desk.logbook.read())
    wanted = set(datasets)
    owed = next((one for one in _owed(desk, book) if one.contact == contact and set(one.datasets) == wanted and not one.hidden), None)
    if owed is None:
        raise NotFound("Cette relance n’est plus à faire.", where="contact")
    return _keep(desk, _reminder(desk, owed, book, given))


def prepare_all(desk: Desk) -> tuple[Prepared, ...]:
    """Keep as prepared every reminder of today that one click prepares; those that lack a reader or a value are left."""
    ready_ones, _ = queue(desk)
    return tuple(_keep(desk, one) for one in ready_ones if one.ready and one.message is None)


def draft_of(desk: Desk, message_id: str) -> bytes:
    """Give a prepared reminder as a draft (.eml), in the thread of the first letter. Raise NotFound."""
    for reminder in queue(desk)[0]:
        if reminder.message is not None and reminder.message.id == message_id:
            return _mail(desk, reminder.written, reminder.message)
    raise NotFound("Cette relance n’est plus à faire.", where="message")


def _owed(desk: Desk, book: Book) -> tuple[Owed, ...]:
    today = desk.clock().astimezone(zone_of(book.organisation)).date()
    return owed_answers(book, today=today, days=WorkingDays(book.organisation, school=True))


def _reminder(desk: Desk, owed: Owed, book: Book, given: Mapping[str, str] | None = None) -> Reminder:
    head = support(book, owed.contact) if owed.letter == ESCALATION else None
    reader = (head.id if head else "") if owed.letter == ESCALATION else owed.contact
    values = {**_suggested(desk, owed, book), **{name: value for name, value in (given or {}).items() if value.strip()}}
    written = insert_letter.write(desk, f"{STAGE}/{owed.letter}", contact=reader, datasets=owed.datasets, given=values)
    return Reminder(owed=owed, written=written, reader=reader, given=values, message=book.messages.get(owed.prepared))


def _suggested(desk: Desk, owed: Owed, book: Book) -> dict[str, str]:
    """Give what the case says of the blanks of its letter: the first request, who keeps silent, a moment for a call."""
    values: dict[str, str] = {}
    if not owed.promise:
        values["demande_date"] = owed.since.isoformat()
    if owed.letter == ESCALATION and owed.contact in book.contacts:
        values["personne_sollicitee"] = book.contacts[owed.contact].label
    if owed.level == _LEVEL_OF_CALL:
        values["appel_debut"] = _call(desk.clock().astimezone(zone_of(book.organisation)), book).isoformat(timespec="minutes")
    return values


def _call(now: datetime, book: Book) -> datetime:
    """Suggest a moment for a call: ten o'clock on the third working day, not a Wednesday."""
    days = WorkingDays(book.organisation, school=True)
    day = days.add(now.date(), _CALL_IN)
    while day.weekday() == _WEDNESDAY:
        day = days.add(day, 1)
    return datetime.combine(day, _CALL_AT)


def _keep(desk: Desk, reminder: Reminder) -> Prepared:
    if reminder.message is not None:
        eml = _mail(desk, reminder.written, reminder.message)
        return Prepared(written=reminder.written, message=reminder.message, eml=eml, action=reminder.message.action)
    if not reminder.reader:
        raise NotFound("Choisissez à qui demander un appui\u00a0: ouvrez le courrier.", where="contact")
    guard(reminder.written.draft)
    return insert_letter.prepare(desk, reminder.written, contact=reminder.reader)


def _mail(desk: Desk, written: Written, message: Message) -> bytes:
    """Write the draft anew under the Message-ID that it was prepared with."""
    book = current(desk.logbook.read())
    return letter_mail(
        written.draft,
        sender=(written.sender.name, written.sender.email),
        to=[(box.name, box.email) for box in written.to],
        message_id=message.message_id,
        date=desk.clock().astimezone(zone_of(book.organisation)),
        attachments=[(file.name, file.type, desk.shelf.attachment(written.stage.id, file.name)) for file in written.draft.attachments],
        in_reply_to=message.in_reply_to,
    )
