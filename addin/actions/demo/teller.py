"""The teller: writes the gestures of a story as the same records and events that a référent's own gestures make."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from msgspec import structs

from addin.actions.demo.people import DOMAIN
from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.events import Event, EventType
from addin.core.meetings import Attendee, Meeting, MeetingKind, Partstat
from addin.core.messages import Message
from addin.core.organisation import Organisation
from addin.core.timezones import zone_of
from addin.core.working_days import WorkingDays
from addin.ports.logbook import Change

STAGE = "3-localiser"
ToldBy = Literal["mail", "phone", "oral"]


class Teller:
    """Write gestures at working days counted from today (negative: before) into one change.

    `key` names a contact or a data set of the story; the teller gives them new ids.
    """

    def __init__(self, change: Change, organisation: Organisation, now: datetime, new_id: Callable[[], str]) -> None:
        self.change, self.organisation, self.now, self.new_id = change, organisation, now, new_id
        self.zone = zone_of(organisation)
        self.days = WorkingDays(organisation)
        self.today = now.astimezone(self.zone).date()
        self.ids: dict[str, str] = {}
        self.addresses: dict[str, str] = {}
        self.minute = 0
        self.told: list[Event] = []

    def day(self, shift: int) -> date:
        """Give the local date `shift` working days from today (today itself, were it a Sunday, for 0)."""
        return self.days.add(self.today, shift) if shift else self.today

    def at(self, shift: int, hour: int = 9) -> datetime:
        """Give an instant (aware, local) of a working day; each call stands a minute later, and never after now."""
        self.minute += 1
        moment = datetime.combine(self.day(shift), time(hour, 0), self.zone) + timedelta(minutes=self.minute % 150)
        return min(moment, self.now - timedelta(seconds=max(1, 400 - self.minute))) if shift <= 0 else moment

    def people(self, contacts: Mapping[str, Contact], datasets: Mapping[str, Dataset], shift: int) -> None:
        """Write the contacts and the data sets as one import."""
        action, at = self.new_id(), self.at(shift)
        for key, contact in contacts.items():
            self.ids[key] = self.new_id()
            self.addresses[key] = contact.email
            self.change.put(structs.replace(contact, id=self.ids[key], created=at, action=action))
        for key, dataset in datasets.items():
            self.ids[key] = self.new_id()
            self.change.put(structs.replace(dataset, id=self.ids[key], contact=self.ids[dataset.contact or ""], created=at, action=action))
        self.event("imported", action, at)

    def event(self, kind: EventType, action: str, at: datetime, **facts: object) -> None:
        """Tell one event; `dataset`, `contact`, `to` and `by` are keys of the story."""
        named = {one: self.ids[str(facts.pop(one))] for one in ("dataset", "contact", "to", "by") if facts.get(one)}
        self.told.append(Event(id=self.new_id(), at=at.astimezone(UTC), type=kind, action=action, **named, **facts))  # type: ignore[arg-type]

    def close(self) -> None:
        """Append what was told to the logbook, oldest first."""
        for event in sorted(self.told, key=lambda one: one.at):
            self.change.append(event)

    def letter(self, contact: str, datasets: tuple[str, ...], at: datetime, action: str, text: str, **kept: object) -> Message:
        """Write a letter of ours to a contact."""
        key = self.new_id()
        fields = {
            "stage": STAGE,
            "letter": "letter",
            "state": "sent",
            "message_id": f"{key}@{DOMAIN}",
            "subject": "Ouverture des données",
            **kept,
        }
        ids = {"contacts": (self.ids[contact],), "datasets": tuple(self.ids[one] for one in datasets)}
        message = Message(id=key, way="out", at=at, text=text, action=action, **ids, **fields)  # type: ignore[arg-type]
        self.change.put(message)
        return message

    def ask(self, datasets: tuple[str, ...], contact: str, shift: int, *, by: str | None = None, reply_days: int = 5) -> Message:
        """Ask a contact for data sets in one letter."""
        action, at = self.new_id(), self.at(shift)
        text = "Bonjour,\n\nDétenez-vous ces données\u00a0? Sinon, qui pourrait les avoir\u00a0?\n\nMerci d'avance."
        message = self.letter(contact, datasets, at, action, text)
        due = self.days.add(self.day(shift), reply_days)
        for dataset in datasets:
            facts = {"dataset": dataset, "contact": contact, "by": by, "due": due, "message": message.id}
            self.event("asked", action, at, stage=STAGE, letter="letter", **facts)
        return message

    def remind(self, datasets: tuple[str, ...], contact: str, shift: int, level: int) -> None:
        """Send a reminder, a reply in the thread of the request."""
        action, at = self.new_id(), self.at(shift)
        message = self.letter(
            contact, datasets, at, action, "Bonjour,\n\nAvez-vous pu regarder ma demande\u00a0?", letter=f"relance-{level}"
        )
        for dataset in datasets:
            self.event("reminded", action, at, dataset=dataset, contact=contact, stage=STAGE, letter=f"relance-{level}", message=message.id)

    def answer(
        self,
        dataset: str,
        contact: str,
        shift: int,
        answer: str,
        *,
        to: tuple[str, ...] = (),
        relation: str = "",
        told_by: ToldBy = "mail",
        **facts: object,
    ) -> None:
        """Log what a contact answered, with the contacts named (`to`): pointed to, or tied by `relation`."""
        action, at = self.new_id(), self.at(shift, 11)
        way: Literal["in", "call"] = "in" if told_by == "mail" else "call"
        key = self.new_id()
        self.change.put(
            Message(
                id=key,
                way=way,
                at=at,
                message_id=f"{key}@{DOMAIN}" if way == "in" else "",
                subject="Re: Ouverture des données",
                contacts=(self.ids[contact],),
                datasets=(self.ids[dataset],),
                state="received",
                action=action,
            )
        )
        ends: dict[str, EventType] = {"absent": "absent", "bounced": "bounced"}
        self.event("answered", action, at, dataset=dataset, contact=contact, answer=answer, message=key, told_by=told_by, **facts)
        if answer in ends:
            deputy = to[0] if to else None
            self.event(ends[answer], action, at, dataset=dataset, contact=contact, to=deputy, message=key, until=facts.get("until"))
            return
        for named in to:
            kind: EventType = "linked" if relation else "redirected"
            self.event(kind, action, at, dataset=dataset, contact=contact, to=named, message=key, relation=relation or None)

    def meeting(
        self,
        kind: MeetingKind,
        title: str,
        shift: int,
        people: tuple[str, ...],
        *,
        datasets: tuple[str, ...] = (),
        step: int = 0,
        cycle: str = "",
        minutes: int = 45,
    ) -> Meeting:
        """Call a meeting; one that is past was attended by all but the last invited."""
        action, sent = self.new_id(), self.at(min(shift - 8, -1), 14)
        start = datetime.combine(self.day(shift), time(10, 0), self.zone)
        past = start + timedelta(minutes=minutes) < self.now
        key = self.new_id()
        replies: tuple[Partstat, ...] = ("ACCEPTED", "ACCEPTED", "TENTATIVE", "NEEDS-ACTION", "DECLINED")
        attendees = tuple(
            Attendee(
                contact=self.ids[one],
                email=self.addresses[one],
                partstat="ACCEPTED" if past else replies[number % len(replies)],
                told_by="mail" if past or replies[number % len(replies)] != "NEEDS-ACTION" else None,
                attended=number != len(people) - 1 or len(people) == 1 if past else None,
            )
            for number, one in enumerate(people)
        )
        meeting = Meeting(
            id=key,
            uid=f"{key}@{DOMAIN}",
            kind=kind,
            title=title,
            start=start,
            end=start + timedelta(minutes=minutes),
            tzid=str(self.zone),
            place=self.organisation.place,
            stamp=sent,
            organizer_name=self.organisation.referent,
            organizer_email=self.organisation.referent_email,
            attendees=attendees,
            datasets=tuple(self.ids[one] for one in datasets),
            cycle=cycle,
            step=step,
            action=action,
        )
        self.change.put(meeting)
        for one in people:
            self.event("invited", action, sent, contact=one, meeting=key)
        for one, attendee in zip(people, attendees, strict=True):
            if attendee.told_by:
                self.event(
                    "rsvp", self.new_id(), sent + timedelta(hours=1), contact=one, meeting=key, partstat=attendee.partstat, told_by="mail"
                )
        if past:
            attended = self.new_id()
            for one, attendee in zip(people, attendees, strict=True):
                self.event("attended", attended, meeting.end, contact=one, meeting=key, answer="yes" if attendee.attended else "no")
        return meeting
