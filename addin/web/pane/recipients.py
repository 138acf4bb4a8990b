"""Who gets what of some meetings, person by person, and why somebody gets nothing: a preview laid out to be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from addin.actions.send_invitations import Mail
from addin.core.book import Book, current
from addin.core.deliveries import STANDING, State, of_meeting
from addin.core.invitations import Purpose
from addin.core.inviters import inviter_of
from addin.core.lifecycle.dates import is_over
from addin.core.lifecycle.mailing import answered, outgoing, told_of
from addin.core.meetings import Meeting
from addin.ports.desk import Desk

WORDS: Final[Mapping[Purpose, str]] = {
    "invite": "Invitation",
    "update": "Mise à jour",
    "cancel": "Annulation",
    "uninvite": "Invitation retirée",
    "decline": "Refus de l’horaire proposé",
}
MANY: Final[Mapping[str, str]] = {
    "Invitation": "invitations",
    "Mise à jour": "mises à jour",
    "Annulation": "annulations",
    "Invitation retirée": "invitations retirées",
    "Refus de l’horaire proposé": "refus d’horaires proposés",
}
"""The same words, for several."""

_STANDS: Final[Mapping[State, str]] = {
    "queued": "son message attend déjà de partir",
    "sending": "son message est en train de partir",
    "unsure": "on ne sait pas si son message est arrivé",
    "prepared": "son message est déjà préparé, à envoyer",
    "sent": "a déjà reçu la dernière version",
}


@dataclass
class Message:
    """Say one kind of message, and the meetings it is about."""

    purpose: Purpose
    meetings: list[Meeting]

    @property
    def words(self) -> str:
        """Name the kind in French."""
        return WORDS[self.purpose]


@dataclass
class Person:
    """Show somebody who gets messages. `failed` is the reason, in French, for which the last one did not leave."""

    contact: str
    name: str
    email: str
    messages: list[Message] = field(default_factory=list)
    failed: str = ""

    def add(self, purpose: Purpose, meeting: Meeting) -> None:
        """Add one message."""
        known = next((one for one in self.messages if one.purpose == purpose), None)
        if known:
            known.meetings.append(meeting)
        else:
            self.messages.append(Message(purpose, [meeting]))


@dataclass
class Skipped:
    """Show somebody who gets nothing of some meetings, why, and the sending (id) to look at, if any."""

    contact: str
    name: str
    email: str
    why: str
    batch: str
    meetings: list[Meeting]


@dataclass
class Recipients:
    """Hold who gets what, who gets nothing, how many messages of each kind a meeting (id) gives, and the meetings told by the server."""

    people: list[Person]
    skipped: list[Skipped]
    counts: Mapping[str, Mapping[str, int]]
    served: frozenset[str]


def recipients(desk: Desk, meetings: Sequence[Meeting], mails: Sequence[Mail], *, only: Sequence[str] = ()) -> Recipients:
    """Lay out the mails of a preview. `only` (contact ids) leaves out the people who were not asked about."""
    raw = desk.logbook.read()
    purposes = _purposes(desk, raw, meetings)
    by_id = {meeting.id: meeting for meeting in meetings}
    people: dict[str, Person] = {}
    skipped: dict[tuple[str, str], Skipped] = {}
    counts: dict[str, dict[str, int]] = {meeting.id: {} for meeting in meetings}
    for mail in mails:
        meeting = by_id[mail.meeting]
        if mail.sent:
            why, batch = _reason(desk, raw, meeting, mail.contact)
            _skip(skipped, mail.contact, mail.name, mail.email, why, batch, meeting)
            continue
        person = people.setdefault(mail.contact, Person(mail.contact, mail.name, mail.email))
        purpose = purposes.get((meeting.id, mail.contact)) or ("cancel" if mail.method == "CANCEL" else "invite")
        person.add(purpose, meeting)
        person.failed = person.failed or _failure(raw, meeting, mail.contact)
        counts[meeting.id][WORDS[purpose]] = counts[meeting.id].get(WORDS[purpose], 0) + 1
    served = frozenset(meeting.id for meeting in meetings if inviter_of(meeting, current(raw)) == "server")
    for meeting in meetings:
        for attendee in meeting.attendees:
            if not attendee.email and meeting.id not in served and (not only or attendee.contact in only):
                known = raw.contacts.get(attendee.contact)
                _skip(skipped, attendee.contact, known.label if known else "Personne effacée", "", "pas d’adresse de courriel", "", meeting)
    return Recipients(people=list(people.values()), skipped=list(skipped.values()), counts=counts, served=served)


def _purposes(desk: Desk, raw: Book, meetings: Sequence[Meeting]) -> dict[tuple[str, str], Purpose]:
    """Say what the message that somebody (contact id) is owed of a meeting (id) is for."""
    book, now = current(raw), desk.clock()
    return {
        (meeting.id, one.attendee.contact): one.purpose for meeting in meetings for one in outgoing(answered(meeting, book), book, now=now)
    }


def _skip(skipped: dict[tuple[str, str], Skipped], contact: str, name: str, email: str, why: str, batch: str, meeting: Meeting) -> None:
    known = skipped.setdefault((contact, why), Skipped(contact, name, email, why, batch, []))
    known.meetings.append(meeting)
    known.batch = batch or known.batch


def _reason(desk: Desk, raw: Book, meeting: Meeting, contact: str) -> tuple[str, str]:
    """Say why somebody gets nothing of a meeting, and the sending to look at, if any."""
    standing = [mail for mail in of_meeting(raw.deliveries, meeting.id) if mail.contact == contact and mail.state in STANDING]
    told = told_of(meeting.id, raw)
    if meeting.status == "CANCELLED" and contact not in told:
        return "n’avait reçu aucune invitation\u00a0: rien à annuler", ""
    if standing and standing[-1].state != "sent":
        return _STANDS[standing[-1].state], standing[-1].batch
    if is_over(meeting, desk.clock()):
        return "la réunion est passée", ""
    return _STANDS["sent"], ""


def _failure(raw: Book, meeting: Meeting, contact: str) -> str:
    """Give the reason for which the last mail of a meeting to somebody failed, if it did."""
    mails = [mail for mail in of_meeting(raw.deliveries, meeting.id) if mail.contact == contact and mail.state != "dropped"]
    return mails[-1].error if mails and mails[-1].state == "failed" else ""
