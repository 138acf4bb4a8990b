"""One round of calls to the calendar: what stands there is read, its answers logged, what differs is written.

Each object is written in three steps: marked `putting` in the logbook, durably; handed to the server, guarded by its version; settled.
A crash or a silence in between is settled at the next round: the DTSTAMP found there tells whether the object landed, so nobody is
told twice. On a version that changed meanwhile the object is read again, its answers logged, and the meeting written anew.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from addin.core.book import Book, current
from addin.core.calendar_answers import news, put_in, seen_in, strangers
from addin.core.calendar_entry import CalendarEntry, Seen
from addin.core.calendar_object import calendar_object, digest_of, told_digest
from addin.core.calendar_settings import Inviter
from addin.core.deliveries import next_stamp
from addin.core.errors import BadInput
from addin.core.events import Event
from addin.core.french import datetime_in_words, enumeration
from addin.core.inviters import inviter_of
from addin.core.lifecycle.dates import is_over, local_start, zone_of_meeting
from addin.core.lifecycle.mailing import answered
from addin.core.meetings import Meeting
from addin.core.refusals import Refused
from addin.core.stored_object import Outdated, StoredObject, read_object
from addin.ports.calendar import Stored
from addin.ports.desk import Desk
from addin.ports.logbook import Change

_TRIES: Final = 4


class Trouble(Struct, frozen=True, kw_only=True):
    """Name a meeting that could not be placed, or a person whom the server did not tell."""

    meeting: str
    title: str
    error: str
    contact: str | None = None


class Round:
    """One round. `put`, `removed`, `told` (people told by the server) and `answers` count what was done."""

    def __init__(self, desk: Desk, *, invite: bool, restore: bool) -> None:
        self._desk, self._invite, self._restore = desk, invite, restore
        self._objects: dict[str, StoredObject] = {}
        # answers can be taken back, what the server told cannot: two gestures
        self._answering, self._telling = desk.new_id(), desk.new_id()
        self.put = self.removed = self.told = self.answers = 0
        self.waiting: list[str] = []
        self.warnings: list[str] = []
        self.troubles: list[Trouble] = []

    def run(self, meetings: Sequence[str]) -> None:
        """Read what stands, log its answers, then write what differs. Raise Dropped, Blocked or Unsure when it cannot go on."""
        raw = self._desk.logbook.read()
        entries = [entry for entry in self._entries(raw).values() if entry.state in ("putting", "stored")]
        chosen = meetings or tuple(dict.fromkeys((*raw.meetings, *(entry.id for entry in entries))))
        followed = [entry for entry in entries if entry.id in chosen]
        stored = self._desk.calendar.read([entry.href for entry in followed])
        for entry in followed:
            self._take_in(entry, stored.get(entry.href))
        for key in chosen:
            self._keep_in_step(key)

    def _entries(self, raw: Book) -> Mapping[str, CalendarEntry]:
        account = raw.organisation.calendar.account
        return {key: entry for key, entry in raw.calendar_entries.items() if entry.account == account}

    def _now(self) -> datetime:
        return self._desk.clock().astimezone(UTC)

    # What stands there

    def _take_in(self, entry: CalendarEntry, stored: Stored | None) -> None:
        """Log the answers of a stored object, and settle an entry that was left open."""
        found = read_object(stored.octets) if stored else None
        meeting = self._desk.logbook.read().meetings.get(entry.id)
        if stored is None or found is None or meeting is None or found.uid != meeting.uid:
            if entry.state == "putting":
                self._write(replace(entry, state="absent", etag="", digest="", telling="", placing=(), at=self._now()))
            else:
                self._write(replace(entry, state="lost", etag="", digest="", at=self._now()))
            return
        self._objects[entry.id] = found
        with self._desk.logbook.change() as change:
            if entry.state == "putting" and found.stamp == entry.stamp:
                self._settle(change, entry, stored.etag, found)
                return
            self._log_answers(change, entry.id, found, entry.seen)
            if entry.state == "putting":
                open_again = replace(entry, state="stored", etag=stored.etag, digest="", telling="", placing=())
                change.put(replace(open_again, seen=seen_in(found, meeting), at=self._now()))
            elif stored.etag != entry.etag:
                change.put(replace(entry, etag=stored.etag, seen=seen_in(found, meeting), at=self._now()))

    def _log_answers(self, change: Change, key: str, found: StoredObject, before: tuple[Seen, ...]) -> None:
        book = current(change.book)
        if key not in book.meetings:
            return
        for event in news(found, before, book.meetings[key], book):
            change.append(replace(event, id=self._desk.new_id(), at=self._now(), action=self._answering))
            self.answers += 1

    def _settle(self, change: Change, entry: CalendarEntry, etag: str, found: StoredObject | None) -> None:
        """Write down that an object landed, the answers that came right after, and, of one that told people, whom it told."""
        meeting, seen = change.book.meetings[entry.id], entry.placing
        if found:
            self._log_answers(change, entry.id, found, entry.placing)
            seen = seen_in(found, meeting)
        if entry.telling:
            self._note_told(change, entry, meeting, found)
        settled = replace(entry, state="stored", etag=etag, seen=seen, placing=(), told=entry.telling or entry.told, telling="", error="")
        change.put(replace(settled, at=self._now()))

    def _note_told(self, change: Change, entry: CalendarEntry, meeting: Meeting, found: StoredObject | None) -> None:
        """Note whom the server told, by the SCHEDULE-STATUS it wrote; after a crash, of the meeting as it was then."""
        statuses = {one.email: one.status for one in found.attendees if one.recurrence is None} if found else {}
        blank = Event(
            id="",
            at=self._now(),
            type="delivered",
            action=self._telling,
            meeting=meeting.id,
            sequence=found.sequence if found else meeting.sequence,
            stamp=entry.stamp,
            method="CANCEL" if (found.status if found else meeting.status) == "CANCELLED" else "REQUEST",
        )
        for attendee in meeting.attendees:
            if not attendee.email or (found and attendee.email.lower() not in statuses):
                continue
            status = statuses.get(attendee.email.lower(), "")
            told = status[:1] in ("1", "2")
            if not told:
                person = change.book.contacts.get(attendee.contact)
                words = f"{person.label if person else attendee.email}\u00a0: {_unsent(status)}"
                self.troubles.append(Trouble(meeting=meeting.id, title=meeting.title, error=words, contact=attendee.contact))
            self.told += told
            change.append(replace(blank, id=self._desk.new_id(), contact=attendee.contact, type="delivered" if told else "refused"))
        self._note_gone(change, entry, meeting, blank)

    def _note_gone(self, change: Change, entry: CalendarEntry, meeting: Meeting, blank: Event) -> None:
        """Note that people no longer invited may have been told (RFC 6638 §3.2.1.2 asks for it, not every server does it)."""
        invited = {attendee.contact for attendee in meeting.attendees}
        gone = dict.fromkeys(seen.contact for seen in entry.seen if seen.contact not in invited)
        names = [change.book.contacts[key].label for key in gone if key in change.book.contacts]
        for contact in gone:
            change.append(replace(blank, id=self._desk.new_id(), type="handed", contact=contact, method="CANCEL"))
        if names:
            self.warnings.append(
                f"{enumeration(names)}\u00a0: tous les serveurs ne préviennent pas une personne retirée, dites-le-lui vous-même."
            )

    # What must stand there

    def _keep_in_step(self, key: str) -> None:
        """Put, replace or remove the object of one meeting; what goes wrong with it alone is told, and the others go on."""
        for left in reversed(range(_TRIES)):
            raw = self._desk.logbook.read()
            entry = self._entries(raw).get(key)
            try:
                self._step(raw, key, entry)
                return
            except Outdated as outdated:
                after = self._entries(self._desk.logbook.read()).get(key)
                if not left or after is None:
                    self._trouble(raw, key, str(outdated))
                    return
                self._take_in(after, self._desk.calendar.read([after.href]).get(after.href))
            except (Refused, BadInput) as refused:
                self._trouble(raw, key, refused.message if isinstance(refused, BadInput) else str(refused))
                return

    def _step(self, raw: Book, key: str, entry: CalendarEntry | None) -> None:
        book = current(raw)
        meeting = book.meetings.get(key)
        if meeting is None:
            self._remove(entry)
            return
        if is_over(meeting, self._desk.clock()):
            return
        inviter = inviter_of(meeting, book)
        placed = entry is not None and entry.state in ("putting", "stored")
        if meeting.status == "CANCELLED" and not placed:
            return
        if meeting.status == "CANCELLED" and inviter == "us" and not book.organisation.calendar.schedules:
            self._remove(entry)
            return
        if entry and entry.state == "lost" and not self._restore:
            self.warnings.append(
                f"«\u00a0{meeting.title}\u00a0» a été supprimée de l’agenda\u00a0: elle n’y est pas remise. "
                "Si elle n’a plus lieu, annulez-la."
            )
            return
        filled = answered(meeting, book)
        told = told_digest(filled) if inviter == "server" else ""
        telling = told if told and (entry is None or entry.told != told) else ""
        if telling and not self._invite:
            self.waiting.append(key)
            return
        digest = digest_of(filled, book.contacts, inviter=inviter)
        if entry and entry.state == "stored" and entry.digest == digest:
            self._compare(filled, book)
            return
        self._put(book, filled, entry, inviter, digest, telling)

    def _put(self, book: Book, meeting: Meeting, entry: CalendarEntry | None, inviter: Inviter, digest: str, telling: str) -> None:
        calendar = self._desk.calendar
        last = entry or CalendarEntry(
            id=meeting.id,
            account=book.organisation.calendar.account,
            href=calendar.place(meeting.id),
            state="absent",
            inviter=inviter,
            at=self._now(),
        )
        if last.state != "stored" and (found := calendar.find(meeting.uid)):
            # under another name (opened from a mail): a second object with its UID would be refused, or worse, told to everybody
            self._write(replace(last, state="stored", href=found.href, etag=found.etag, digest="", at=self._now()))
            raise Outdated("La réunion est déjà dans l’agenda.")
        stamp = next_stamp(meeting, self._now())
        if last.stamp and stamp <= last.stamp:
            stamp = last.stamp + timedelta(seconds=1)
        modified = stamp if telling else last.modified
        octets = calendar_object(meeting, book.contacts, inviter=inviter, stamp=stamp, modified=modified)
        marked = replace(
            last,
            state="putting",
            digest=digest,
            telling=telling,
            inviter=inviter,
            stamp=stamp,
            modified=modified,
            placing=put_in(meeting),
            at=self._now(),
        )
        with self._desk.logbook.change() as change:
            change.put(marked)
            if telling:
                change.put(replace(change.book.meetings[meeting.id], stamp=stamp))
        try:
            etag = calendar.put(marked.href, octets, etag=marked.etag)
        except (Refused, BadInput) as refused:
            message = refused.message if isinstance(refused, BadInput) else str(refused)
            if telling:
                message += " Des invitations sont peut-être parties quand même."
            self._write(replace(last, digest="", error=message, at=self._now()))
            raise Refused(message, permanent=True) from refused
        self.put += 1
        found_after = None
        if (telling or not etag) and (stored := calendar.read([marked.href]).get(marked.href)):
            found_after, etag = read_object(stored.octets), stored.etag
        with self._desk.logbook.change() as change:
            self._settle(change, marked, etag, found_after)

    def _remove(self, entry: CalendarEntry | None) -> None:
        if entry is None or entry.state not in ("putting", "stored"):
            return
        self._desk.calendar.delete(entry.href, etag=entry.etag)
        self._write(replace(entry, state="absent", etag="", digest="", telling="", seen=(), error="", at=self._now()))
        self.removed += 1

    def _compare(self, meeting: Meeting, book: Book) -> None:
        """Tell what somebody changed in the calendar itself: nobody else knows of it."""
        found = self._objects.get(meeting.id)
        if found is None:
            return
        if found.start and found.start != meeting.start.astimezone(UTC):
            there = datetime_in_words(found.start.astimezone(zone_of_meeting(meeting)))
            self.warnings.append(
                f"«\u00a0{meeting.title}\u00a0» est dans l’agenda le {there}, et ici le {datetime_in_words(local_start(meeting))}\u00a0: "
                "déplacez-la ici pour que chacun soit prévenu."
            )
        for email in strangers(found, meeting, book):
            self.warnings.append(f"{email} a été ajouté à «\u00a0{meeting.title}\u00a0» dans l’agenda\u00a0: invitez cette personne ici.")

    def _write(self, entry: CalendarEntry) -> None:
        with self._desk.logbook.change() as change:
            change.put(entry)

    def _trouble(self, raw: Book, key: str, error: str) -> None:
        meeting = raw.meetings.get(key)
        self.troubles.append(Trouble(meeting=key, title=meeting.title if meeting else "", error=error))


def _unsent(status: str) -> str:
    """Say why a person was not told, by SCHEDULE-STATUS (RFC 6638 §3.2.9, RFC 5546 §3.6)."""
    if status.startswith("3.7"):
        return "le serveur d’agendas ne connaît pas cette adresse, rien n’est parti."
    if status.startswith("3"):
        return "le serveur d’agendas n’a pas le droit d’écrire à cette personne, rien n’est parti."
    if status.startswith("5"):
        return "le serveur d’agendas n’a pas pu lui écrire, rien n’est parti."
    return "le serveur d’agendas ne dit pas l’avoir prévenue."
