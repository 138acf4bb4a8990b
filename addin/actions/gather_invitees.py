"""Gather who is invited: contacts that stand, and new ones for addresses nobody has."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from addin.core.book import Book
from addin.core.contacts import Contact
from addin.core.errors import BadInput, NotFound
from addin.core.fields import mail_address, one_line
from addin.ports.desk import Desk
from addin.ports.logbook import Change


def invitees(
    desk: Desk, change: Change, book: Book, attendees: Sequence[tuple[str, str] | str], organizer: str, action: str, now: datetime
) -> tuple[list[Contact], list[str]]:
    """Find or make the contact of each attendee, once each, and leave out the organiser, who is there anyway.

    An attendee is (name, address) or a contact's id; `book` is the current one. Give the contacts, the address to invite first
    among theirs, and warnings. Raise NotFound for an unknown id, BadInput for an address that cannot be written or nobody at all.
    """
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
