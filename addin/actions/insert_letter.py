"""Insert a letter: find it, fill it, write it; then keep it as prepared, give it as a draft, note that it was sent."""

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from addin.core.addresses import Address, read_email
from addin.core.book import Book, current
from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.errors import BadInput, NotFound
from addin.core.events import Event
from addin.core.letters import Draft, datasets_named, fill, write_letter
from addin.core.messages import Message
from addin.core.sendings import sending_events
from addin.core.stages import Letter, Stage
from addin.core.takebacks import change_message
from addin.core.timezones import zone_of
from addin.core.working_days import WorkingDays
from addin.core.writing.letter import letter_mail
from addin.ports.desk import Desk
from addin.ports.logbook import Change

NOBODY = "referent@antiseche.invalid"


class Written(Struct, frozen=True, kw_only=True):
    """Hold a letter written for somebody: nothing of it is in the logbook yet.

    `in_reply_to` is the Message-ID of the thread that a reminder stays in; `due` is the reply-by date that the letter states.
    """

    stage: Stage
    letter: Letter
    draft: Draft
    sender: Address
    to: tuple[Address, ...] = ()
    datasets: tuple[str, ...] = ()
    in_reply_to: str = ""
    due: date | None = None


class Prepared(Struct, frozen=True, kw_only=True):
    """Hold a letter kept as prepared: `message` bears its Message-ID, `eml` is the draft that a mail program opens."""

    written: Written
    message: Message
    eml: bytes
    action: str


class Sent(Struct, frozen=True, kw_only=True):
    """Say what a sending wrote; `already` is true when it was noted before (then nothing was written)."""

    message: Message
    events: tuple[Event, ...]
    action: str
    already: bool = False


def find_letter(desk: Desk, reference: str) -> tuple[Stage, Letter]:
    """Find a letter by `STAGE` or `STAGE/LETTER`, STAGE being a number or an id. Raise NotFound, naming what there is."""
    name, _, letter_id = reference.strip().partition("/")
    stages = desk.shelf.stages()
    stage = next((stage for stage in stages if name in (stage.id, str(stage.number))), None)
    if stage is None:
        raise NotFound(
            f"L’étape «\u00a0{name[:80]}\u00a0» n’existe pas\u00a0; il y a\u00a0: {', '.join(s.id for s in stages)}.", where="stage"
        )
    letter_id = letter_id or "letter"
    letter = next((letter for letter in stage.letters if letter.id == letter_id), None)
    if letter is None:
        there = ", ".join(one.id for one in stage.letters)
        raise NotFound(
            f"L’étape {stage.id} n’a pas de courrier «\u00a0{letter_id[:80]}\u00a0»\u00a0; elle a\u00a0: {there}.", where="letter"
        )
    return stage, letter


def _contact_of(book: Book, email: str) -> Contact | None:
    return next((contact for contact in book.contacts.values() if email in contact.emails), None)


def _datasets_of(book: Book, ids: Sequence[str]) -> list[Dataset]:
    for key in ids:
        if key not in book.datasets:
            raise NotFound(f"Le jeu de données «\u00a0{key[:80]}\u00a0» n’existe pas.", where="datasets")
    return [book.datasets[key] for key in dict.fromkeys(ids)]


def _thread(book: Book, letter: Letter, contact: Contact | None, datasets: Sequence[str]) -> str:
    """Give the Message-ID of the letter that a reminder follows, so that both stay in one thread."""
    if contact is None or not letter.id.startswith("relance-"):
        return ""
    for event in reversed(book.events):
        if event.type == "asked" and event.contact == contact.id and (not datasets or event.dataset in datasets) and event.message:
            message = book.messages.get(event.message)
            return message.message_id if message else ""
    return ""


def write(
    desk: Desk,
    reference: str,
    *,
    contact: str = "",
    to: Sequence[Address] = (),
    datasets: Sequence[str] = (),
    given: Mapping[str, str] | None = None,
) -> Written:
    """Write the letter `reference` (see find_letter) for a contact (its id) or for the first of `to`; nothing is kept.

    The data sets that it speaks of are those passed, else those whose titles fill its blanks. Raise NotFound for an unknown stage,
    letter, contact or data set; BadInput for a value that does not fit its blank, or that belongs to no blank of any letter.
    """
    stage, letter = find_letter(desk, reference)
    book = current(desk.logbook.read())
    if contact and contact not in book.contacts:
        raise NotFound("Ce contact n’existe pas.", where="contact")
    reader = book.contacts[contact] if contact else next(filter(None, (_contact_of(book, address.email) for address in to)), None)
    boxes = tuple(to)
    if not boxes and reader is not None and reader.email:
        boxes = (Address(reader.name or reader.service, reader.email),)
    if reader is None and boxes:
        # somebody we do not know yet: the opening still follows the name that was typed
        reader = Contact(id="", name=boxes[0].name, emails=(boxes[0].email,))
    chosen = _datasets_of(book, datasets)
    now = desk.clock().astimezone(zone_of(book.organisation))
    _check_names(desk, letter, given or {})
    values = fill(stage, letter, book, contact=reader, datasets=chosen, given=dict(given or {}), now=now)
    about = tuple(dataset.id for dataset in chosen) or datasets_named(letter, values, book)
    return Written(
        sender=_sender(book, given or {}),
        stage=stage,
        letter=letter,
        draft=write_letter(stage, letter, values),
        to=boxes,
        datasets=about,
        in_reply_to=_thread(book, letter, reader, about),
        due=_reply_by(letter, values),
    )


def _reply_by(letter: Letter, values: Mapping[str, object]) -> date | None:
    """Give the date by which the letter asks for an answer, if it states one."""
    stated = (values.get(blank.name) for blank in letter.blanks if blank.source == "deadline.reply")
    return next((value for value in stated if isinstance(value, date)), None)


def _same(message: Message, written: Written, contacts: tuple[str, ...]) -> bool:
    """Tell whether a message is this very letter, prepared before and not sent yet."""
    return (
        message.way == "out"
        and message.state == "prepared"
        and (message.stage, message.letter) == (written.stage.id, written.letter.id)
        and (message.subject, message.text) == (written.draft.subject, written.draft.text)
        and (message.contacts, message.datasets) == (contacts, written.datasets)
    )


def _check_names(desk: Desk, letter: Letter, given: Mapping[str, str]) -> None:
    """Refuse a misspelt blank; one of another letter is left aside, since a form may still hold it."""
    known = {blank.name for stage in desk.shelf.stages() for one in stage.letters for blank in one.blanks}
    for name in given:
        if name not in known:
            there = ", ".join(blank.name for blank in letter.blanks)
            raise BadInput(f"Aucun champ ne s’appelle «\u00a0{name[:80]}\u00a0»\u00a0; ce courrier a\u00a0: {there}.", where=name[:80])


def _sender(book: Book, given: Mapping[str, str]) -> Address:
    """Give who writes: what the form says, else the profile, else a place-holder that no mail can leave from (RFC 2606)."""
    profile = book.organisation
    email = given.get("referent_courriel", "").strip() or profile.referent_email
    return Address(given.get("referent", "").strip() or profile.referent, read_email(email, where="referent_courriel") if email else NOBODY)


def _contacts_for(desk: Desk, change: Change, book: Book, boxes: Sequence[Address], contact: str, action: str) -> tuple[str, ...]:
    """Find the contacts of the recipients; one that is not known yet is made by the same gesture."""
    if contact:
        return (contact,)
    found: list[str] = []
    for box in boxes:
        known = _contact_of(book, box.email)
        if known is None:
            known = Contact(id=desk.new_id(), name=box.name, emails=(box.email,), created=desk.clock(), action=action)
            change.put(known)
        found.append(known.id)
    return tuple(dict.fromkeys(found))


def prepare(desk: Desk, written: Written, *, contact: str = "", unsent: bool = True) -> Prepared:
    """Keep a written letter as prepared, with the Message-ID by which an answer will be recognised, and give it as a draft.

    The same letter prepared again (copied, then opened as a draft) stays one message with one Message-ID.
    A letter prepared may never be sent, so this writes no event: see note_sent. Raise BadInput for an address that cannot be written.
    """
    attachments = [(file.name, file.type, desk.shelf.attachment(written.stage.id, file.name)) for file in written.draft.attachments]
    with desk.logbook.change() as change:
        book = current(change.book)
        now, action = desk.clock(), desk.new_id()
        contacts = _contacts_for(desk, change, book, written.to, contact, action)
        message = next((one for one in reversed(tuple(book.messages.values())) if _same(one, written, contacts)), None)
        if message is None:
            message = Message(
                id=desk.new_id(),
                way="out",
                at=now,
                message_id=f"{desk.new_id()}@{written.sender.email.rpartition('@')[2]}",
                in_reply_to=written.in_reply_to,
                subject=written.draft.subject,
                text=written.draft.text,
                stage=written.stage.id,
                letter=written.letter.id,
                contacts=contacts,
                datasets=written.datasets,
                files=tuple(file.name for file in written.draft.attachments),
                state="prepared",
                due=written.due,
                action=action,
            )
            change.put(message)
        eml = letter_mail(
            written.draft,
            sender=(written.sender.name, written.sender.email),
            to=[(box.name, box.email) for box in written.to],
            message_id=message.message_id,
            date=now.astimezone(zone_of(book.organisation)),
            attachments=attachments,
            in_reply_to=message.in_reply_to,
            unsent=unsent,
        )
    return Prepared(written=written, message=message, eml=eml, action=message.action)


def note_sent(desk: Desk, message_id: str, *, due: date | None = None) -> Sent:
    """Note that a prepared letter (the id of its message) went out: it asks, reminds or is sent (core/sendings).

    `due` is the reply-by date, else the one that the letter states, else the profile's number of working days
    from today. Noting it twice changes nothing.
    Raise NotFound, or BadInput for a message that is no letter of ours.
    """
    with desk.logbook.change() as change:
        book = current(change.book)
        message = book.messages.get(message_id)
        if message is None:
            raise NotFound("Ce message n’existe pas.", where="message")
        if message.way != "out":
            raise BadInput("Ce message n’est pas un courrier que vous avez préparé.", where="message")
        if message.state == "sent" and any(event.message == message.id for event in book.events):
            return Sent(message=message, events=(), action="", already=True)
        now, action = desk.clock(), desk.new_id()
        today = now.astimezone(zone_of(book.organisation)).date()
        by = due or message.due or WorkingDays(book.organisation).add(today, book.organisation.reply_days)
        before, message = message, replace(message, state="sent")
        note = change_message([(before, message)], id=desk.new_id(), at=now, action=action)
        if note is not None:
            change.put(note)
        events = sending_events(message, book, at=now, due=by, action=action, new_id=desk.new_id)
        change.put(message)
        for event in events:
            change.append(event)
    return Sent(message=message, events=events, action=action)
