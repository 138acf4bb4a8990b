"""Forget a person: the record loses all that is personal, the chain of each data set stays."""

from msgspec import Struct
from msgspec.structs import replace

from addin.core.contacts import Contact
from addin.core.errors import NotFound
from addin.core.meetings import Meeting
from addin.core.messages import Message
from addin.core.readings import people_of
from addin.ports import Desk

ERASED = "Personne effacée"


class Forgotten(Struct, frozen=True, kw_only=True):
    """Count what was erased. `label` names the contact as it is called from now on."""

    contact: str
    label: str
    messages: int
    meetings: int


def _speaks_of(message: Message, contact: Contact) -> bool:
    if contact.id in message.contacts:
        return True
    words = " ".join((message.subject, message.text, message.excerpt, message.note, people_of(message.reading))).casefold()
    if any({rsvp.attendee, rsvp.sent_by, *rsvp.delegates} & {*contact.emails} for rsvp in message.rsvps):
        return True
    marks = (contact.name.casefold(), *contact.emails)
    return any(mark and mark in words for mark in marks)


def _without(meeting: Meeting, contact: Contact) -> Meeting:
    attendees = tuple(replace(a, email="") if a.contact == contact.id or a.email in contact.emails else a for a in meeting.attendees)
    return replace(meeting, attendees=attendees)


def forget_contact(desk: Desk, contact_id: str) -> Forgotten:
    """Erase the personal fields of a contact, and the words of the messages that are theirs or name them (GDPR article 17).

    The service stays, so that the chain still says where the data is. It cannot be undone. Raise NotFound.
    """
    with desk.logbook.change() as change:
        contact = change.book.contacts.get(contact_id)
        if contact is None:
            raise NotFound("Ce contact n’existe pas.")
        kept = Contact(
            id=contact.id,
            kind=contact.kind,
            service=contact.service or ERASED,
            source=contact.source,
            created=contact.created,
            action=contact.action,
        )
        change.put(kept)
        messages = [message for message in change.book.messages.values() if _speaks_of(message, contact)]
        for message in messages:
            change.put(replace(message, subject="", text="", excerpt="", note="", files=(), rsvps=(), reading=None))
        meetings = [meeting for meeting in change.book.meetings.values() if _without(meeting, contact) != meeting]
        for meeting in meetings:
            change.put(_without(meeting, contact))
        for mail in change.book.deliveries.values():
            if mail.contact == contact.id:
                change.put(replace(mail, email="", error="", state="dropped" if mail.state == "queued" else mail.state))
    return Forgotten(contact=contact_id, label=kept.label, messages=len(messages), meetings=len(meetings))
