"""What became of the demonstration's invitations: they left, one session moved, people answered by mail and by telephone."""

from datetime import UTC, datetime, time, timedelta

from msgspec import structs

from addin.actions.demo.people import DOMAIN
from addin.actions.demo.teller import Teller
from addin.core.events import Event
from addin.core.itip import Rsvp
from addin.core.lifecycle.facts import facts
from addin.core.lifecycle.steps import move
from addin.core.meetings import Meeting
from addin.core.messages import Message
from addin.core.quality import QUALITIES
from addin.core.takebacks import change_message


def tell_deliveries(teller: Teller, meeting: Meeting) -> None:
    """Tell that the invitations of a meeting left on the day it was called."""
    action, at = teller.new_id(), ((meeting.stamp or teller.now) + timedelta(minutes=1)).astimezone(UTC)
    told = Event(id="", at=at, type="delivered", action=action, meeting=meeting.id, sequence=0, method="REQUEST", stamp=meeting.stamp)
    teller.told += [structs.replace(told, id=teller.new_id(), contact=attendee.contact) for attendee in meeting.attendees]


def tell_steps(teller: Teller, meeting: Meeting) -> None:
    """Tell that a session which is over brought its data sets to its step of quality; nothing of one to come."""
    at, state = (meeting.end + timedelta(minutes=1)).astimezone(UTC), list(QUALITIES)[meeting.step - 1]
    if at >= teller.now:
        return
    told = Event(id="", at=at, type="advanced", action=teller.new_id(), meeting=meeting.id, answer=state)
    teller.told += [structs.replace(told, id=teller.new_id(), dataset=dataset) for dataset in meeting.datasets]


def tell_answers(teller: Teller, third: Meeting, fourth: Meeting) -> None:
    """Tell of the two sessions to come: a doubt and a call about the third; the fourth moved, and one would rather have it later."""
    at = teller.at(0, 8)
    teller.event("rsvp", teller.new_id(), at, contact="samir", meeting=third.id, partstat="TENTATIVE", told_by="phone", sequence=0)
    said = Rsvp(method="REPLY", uid=third.uid, attendee=teller.addresses["karim"], partstat="ACCEPTED", name="Karim Haddad")
    message = _mail(teller, "accueil", said, at + timedelta(seconds=1), f"Accepté\u00a0: {third.title}")
    facts = {"meeting": third.id, "message": message.id, "partstat": "ACCEPTED", "told_by": "mail", "sequence": 0}
    teller.event("received", message.action, message.at, contact="karim", reason="sender", method="REPLY", **facts)
    moved = _move(teller, fourth, at + timedelta(seconds=2))
    teller.event(
        "rsvp",
        teller.new_id(),
        at + timedelta(seconds=3),
        contact="bruno",
        meeting=moved.id,
        partstat="ACCEPTED",
        told_by="phone",
        sequence=moved.sequence,
    )
    _propose(teller, moved, at + timedelta(seconds=4))


def _move(teller: Teller, meeting: Meeting, at: datetime) -> Meeting:
    """Move a meeting to the next working day, at the same hour, as the référent does."""
    start = datetime.combine(teller.days.add(meeting.start.date(), 1), meeting.start.timetz())
    moved, action = move(meeting, start), teller.new_id()
    moved = structs.replace(moved, reason="la salle n’est plus libre")
    if kept := change_message([(meeting, moved)], id=teller.new_id(), at=at, action=action):
        teller.change.put(kept)
    teller.change.put(moved)
    teller.told += [structs.replace(fact, id=teller.new_id(), at=at.astimezone(UTC), action=action) for fact in facts(meeting, moved)]
    return moved


def _propose(teller: Teller, meeting: Meeting, at: datetime) -> None:
    """Tell that one person would rather meet another day."""
    start = datetime.combine(teller.days.add(meeting.start.date(), 1), time(14, 0), teller.zone)
    said = Rsvp(
        method="COUNTER",
        uid=meeting.uid,
        attendee=teller.addresses["helene"],
        partstat="TENTATIVE",
        name="Hélène Marchand",
        comment="Je suis en formation ce matin-là, l’après-midi du lendemain m’irait mieux.",
        sequence=meeting.sequence,
        numbered=True,
        start=start.isoformat(),
        begins=start,
    )
    message = _mail(teller, "helene", said, at, f"Nouvel horaire proposé\u00a0: {meeting.title}")
    facts = {"meeting": meeting.id, "message": message.id, "told_by": "mail", "sequence": meeting.sequence, "method": "COUNTER"}
    teller.event("rsvp", message.action, at, contact="helene", partstat="TENTATIVE", **facts)
    teller.event("countered", message.action, at, contact="helene", start=start, **facts)


def _mail(teller: Teller, sender: str, said: Rsvp, at: datetime, subject: str) -> Message:
    key = teller.new_id()
    message = Message(
        id=key,
        way="in",
        at=at,
        message_id=f"{key}@{DOMAIN}",
        subject=subject,
        contacts=(teller.ids[sender],),
        rsvps=(said,),
        state="received",
        action=teller.new_id(),
    )
    teller.change.put(message)
    return message
