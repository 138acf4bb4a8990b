"""Forget a person: the record loses all that is personal, the chain of each data set stays."""

from msgspec import Struct

from addin.core.errors import BadInput, NotFound
from addin.core.messages import Message
from addin.core.privacy.erasing import ERASED, erase
from addin.core.privacy.marks import Marks
from addin.ports.desk import Desk

__all__ = ["COPIES", "ERASED", "Forgotten", "forget_contact"]

COPIES = (
    "Les copies datées du journal gardent la personne jusqu’à ce qu’elles soient remplacées, au plus tard trente jours d’emploi "
    "après\u00a0; les invitations préparées en fichiers et les archives déjà emportées aussi\u00a0: supprimez-les."
)
"""What an erasure cannot reach, said to whoever asks for it."""


class Forgotten(Struct, frozen=True, kw_only=True):
    """Count what was erased. `label` names the contact as it is called from now on, `left` says in French what is to be looked at."""

    contact: str
    label: str
    messages: int
    meetings: int
    left: tuple[str, ...] = ()


def forget_contact(desk: Desk, contact_id: str) -> Forgotten:
    """Erase the personal fields of a contact, the words of their messages, and what names them anywhere else (GDPR article 17).

    The service stays, so that the chain still says where the data is. It cannot be undone. Raise NotFound, or BadInput for the
    référent of the profile.
    """
    with desk.logbook.change() as change:
        contact = change.book.contacts.get(contact_id)
        if contact is None:
            raise NotFound("Ce contact n’existe pas.")
        profile = change.book.organisation
        if any(Marks(contact, change.book).named(words) for words in (profile.referent, profile.referent_email) if words):
            raise BadInput("Cette personne conduit le projet\u00a0: passez d’abord le relais, puis effacez-la.", where="contact")
        erasure = erase(contact, change.book)
        change.put(erasure.contact)
        if erasure.organisation != profile:
            change.put(erasure.organisation)
        for record in erasure.records:
            change.put(record)
        meetings = sum(any(one.contact == contact_id for one in meeting.attendees) for meeting in change.book.meetings.values())
    return Forgotten(
        contact=contact_id,
        label=erasure.contact.label,
        messages=sum(isinstance(record, Message) and record.way != "change" for record in erasure.records),
        meetings=meetings,
        left=erasure.left,
    )
