"""Erase a person from a book: their record keeps its id and its department, every word of them goes, the chains stay (article 17)."""

from collections.abc import Iterator

import msgspec
from msgspec import Struct, convert, to_builtins
from msgspec.structs import replace

from addin.core.book import Book, Kept, records_of
from addin.core.contacts import Contact
from addin.core.deliveries import Delivery
from addin.core.meetings import Meeting
from addin.core.messages import Message
from addin.core.organisation import Organisation
from addin.core.privacy.marks import Marks, rewrites_of

ERASED = "Personne effacée"
_REFERENT = ("referent", "referent_civility", "referent_email", "referent_phone", "referent_role", "mail", "calendar")


class Erasure(Struct, frozen=True, kw_only=True):
    """Hold what an erasure rewrites: the record left, the profile, the other records; `left` says in French what a look is due at."""

    contact: Contact
    organisation: Organisation
    records: tuple[Kept, ...]
    left: tuple[str, ...]


def erase(contact: Contact, book: Book) -> Erasure:
    """Take a contact out of a raw book. Nothing of them stays but an id, a kind and a department that does not name them."""
    marks = Marks(contact, book)
    kept = Contact(
        id=contact.id,
        kind=contact.kind,
        service=contact.service if contact.service and not marks.named(contact.service) else ERASED,
        source=contact.source,
        created=contact.created,
        action=contact.action,
    )
    records = [after for before in records_of(book) if (after := _without(before, contact, marks)) != before]
    profile = _profile(book.organisation, marks)
    return Erasure(contact=kept, organisation=profile, records=tuple(records), left=tuple(_left(book, contact, profile)))


def _without(record: Kept, contact: Contact, marks: Marks) -> Kept:
    if isinstance(record, Contact):
        return record if record.id == contact.id else _other(record, marks)
    if isinstance(record, Message):
        return _message(record, contact, marks)
    if isinstance(record, Meeting):
        attendees = tuple(replace(one, email="") if one.contact == contact.id else one for one in record.attendees)
        organizer = marks.named(record.organizer_email) or marks.named(record.organizer_name)
        record = replace(record, attendees=attendees)
        record = replace(record, organizer_name="", organizer_email="") if organizer else record
    elif isinstance(record, Delivery) and record.contact == contact.id:
        return replace(record, email="", error="", state="dropped" if record.state == "queued" else record.state)
    return convert(marks.scrub_all(to_builtins(record)), type(record))


def _other(record: Contact, marks: Marks) -> Contact:
    """Scrub what somebody else's record says of the person; a namesake keeps their own name and addresses."""
    words = {name: marks.scrub(getattr(record, name)) for name in ("role", "service", "availability")}
    return replace(record, **words)


def _message(message: Message, contact: Contact, marks: Marks) -> Message:
    if message.way == "change":
        return _change(message, contact, marks)
    # an answer to an invitation is about the person invited, whoever sent it
    invited = {part for rsvp in message.rsvps for part in (rsvp.attendee, rsvp.sent_by, *rsvp.delegates)}
    if message.contacts == (contact.id,) or invited & {*contact.emails}:
        return replace(
            message,
            subject="",
            text="",
            excerpt="",
            note="",
            url="",
            files=(),
            rsvps=(),
            reading=None,
            message_id=marks.scrub(message.message_id),
        )
    return convert(marks.scrub_all(to_builtins(message)), Message)


def _change(message: Message, contact: Contact, marks: Marks) -> Message:
    """Forget what undo remembers of the person's record and messages, scrub what it remembers of the rest."""
    fresh = []
    for rewrite in rewrites_of(message):
        if rewrite.kind == Contact.__name__ and rewrite.id == contact.id:
            continue
        fields = {}
        for name, (before, after) in rewrite.fields.items():
            fields[name] = tuple(
                _attendees(marks.scrub_all(side), contact) if name == "attendees" else marks.scrub_all(side) for side in (before, after)
            )
        fresh.append(msgspec.structs.replace(rewrite, fields=fields))
    return replace(message, text=msgspec.json.encode(fresh).decode() if fresh else "")


def _attendees(people: object, contact: Contact) -> object:
    """Take the address away from what undo remembers of somebody invited, as it is taken from the meeting."""
    if not isinstance(people, list):
        return people
    return [one | {"email": ""} if isinstance(one, dict) and one.get("contact") == contact.id else one for one in people]


def _profile(profile: Organisation, marks: Marks) -> Organisation:
    """Clear the texts of the profile that name the person; who is the référent is said elsewhere."""
    texts = {
        name: ""
        for name in profile.__struct_fields__
        if name not in _REFERENT and isinstance(getattr(profile, name), str) and marks.named(getattr(profile, name))
    }
    values = {name: words for name, words in profile.values.items() if not marks.named(words)}
    return replace(profile, values=values, **texts)


def _left(book: Book, contact: Contact, profile: Organisation) -> Iterator[str]:
    """Say what the référent should know or mend after the erasure."""
    if book.organisation.mandate_by and not profile.mandate_by:
        yield "Le profil ne dit plus qui a décidé le projet : complétez-le."
    if len(profile.values) < len(book.organisation.values):
        yield "Des champs retenus pour vos courriers la nommaient : ils sont vidés."
    name = contact.name.casefold()
    if name and any(other.id != contact.id and other.name.casefold() == name for other in book.contacts.values()):
        yield "Un autre contact porte le même nom : si c’est la même personne, effacez-le aussi."
