"""One holding of the lease of one batch: mail after mail, every step written down before it is taken.

The order that keeps anybody from getting a mail twice: a handful of mails is marked `sending` in the logbook, durably; each is noted
in the trail, handed to the server, and noted again when the server has taken it; then the handful is settled, in the same change
that marks the next one. After a crash the trail tells the mails that were not begun (they wait again), those that were taken, and the
one that nobody can know (`unsure`: only the user may send it again). The slower the server, the smaller the handful: one mail.
"""

import math
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from addin.actions.mend_sending import note_outcome
from addin.core.book import Book, current
from addin.core.deliveries import Delivery
from addin.core.errors import BadInput, Failed
from addin.core.lifecycle.mailing import Outgoing, answered, everyone, outgoing
from addin.core.pace import MINUTE, Pace
from addin.core.refusals import Dropped, Refused, Unsure
from addin.core.writing.press import Press
from addin.ports.desk import Desk
from addin.ports.outbox import Sender

LEASE: Final = timedelta(minutes=10)
"""Longer than the slowest mail can take, connection included: a holder who is silent for so long is gone."""
PAUSES: Final = (5.0, 20.0, 60.0, 180.0, 600.0)
"""Seconds before a mail that must wait, or a lost connection, is tried again; after the last one it is given up."""
HANDFUL: Final = 100
_SHARE = 0.08  # of the time, at most, that writing in the logbook should cost
_LONGEST_HOLD = 20.0
_GLANCE = 2.0  # seconds between two looks at the logbook while the pace is kept: another process may have given up the rest
INTERRUPTED: Final = "L’envoi a été interrompu à cet instant\u00a0: ce message est peut-être parti."
_REPLACED = "La réunion a changé depuis\u00a0: ce message n’est pas parti."

Wait = Callable[[float], bool]
"""Wait so many seconds, or less; true when it is time to leave."""


class Outcome(Struct, frozen=True, kw_only=True):
    """Say what became of one mail."""

    delivery: Delivery
    subject: str = ""


class Round:
    """One holding of the lease of one batch."""

    def __init__(self, desk: Desk, batch: str, owner: str, wait: Wait, tell: Callable[[], None]) -> None:
        self._desk, self._batch, self._owner, self._wait, self._tell = desk, batch, owner, wait, tell
        book = desk.logbook.read()
        record = book.batches[batch]
        self._press = Press(book.contacts, comment=record.comment or "", proposed=record.proposed, recurrence=record.recurrence)
        self._pace = Pace(book.organisation.mail.rate if desk.outbox.sends else 0, _past(book, desk.clock()))
        self._envelope = book.organisation.mail.sender
        self._contents: dict[str, tuple[object, dict[tuple[str, str], Outgoing]]] = {}
        self._line = ExitStack()
        self._sender: Sender | None = None
        self._outcomes: list[Outcome] = []
        self._held: list[Delivery] = []
        self._walking = ""
        self._stumbles = 0
        self._throttled = 0
        self._on_wire = 0.0
        self._halted = ""
        self._over = False

    def run(self) -> bool:
        """Send until nothing more is due. Give true when it is time to leave."""
        size, leaving = 1, False
        try:
            with self._line:
                while not (leaving or self._over):
                    leaving = self._keep_pace()
                    began = time.monotonic()
                    book = self._mark(0 if leaving else min(size, self._pace.free(time.monotonic())))
                    cost = time.monotonic() - began
                    if not self._held:
                        break
                    self._on_wire, held = 0.0, len(self._held)
                    pause = self._hand_over(book, time.monotonic())
                    each = self._on_wire / held
                    size = max(1, min(HANDFUL, math.ceil(cost / max(_SHARE * each, 1e-9))))
                    if pause:
                        self._mark(0)
                        leaving = self._wait(pause)
        finally:
            if not self._over:
                self._mark(0, last=True)
        return leaving

    def _keep_pace(self) -> bool:
        """Wait for the turn of the next mail; what was given up meanwhile is not waited for. Give true when it is time to leave."""
        while (delay := self._pace.delay(time.monotonic())) > 0:
            if self._outcomes:
                self._mark(0)
            if delay > _LONGEST_HOLD:
                self._hang_up()
            if not _due(self._desk.logbook.read(), self._batch, self._desk.clock().astimezone(UTC), 1):
                return False
            if self._wait(min(delay, _GLANCE)):
                return True
        return False

    def _mark(self, room: int, *, last: bool = False) -> Book:
        """Write the outcomes and mark the next mails, at most `room`, as `sending`: one durable change."""
        with self._desk.logbook.change() as change:
            # the book as it was: asking for it anew after each record would copy it each time
            book, now = change.book, self._desk.clock().astimezone(UTC)
            for outcome in self._outcomes:
                mail = book.deliveries.get(outcome.delivery.id)
                if mail is not None and mail.state in ("sending", "unsure"):
                    landed = _as_known(replace(outcome.delivery, at=now), mail)
                    change.put(landed)
                    note_outcome(change, book, landed, at=now, event=self._desk.new_id(), subject=outcome.subject if mail.email else "")
            for marked in self._held:
                mail = _as_known(marked, book.deliveries.get(marked.id, marked))
                if mail.id == self._walking:
                    doubtful = replace(mail, state="unsure", error=INTERRUPTED, at=now)
                    change.put(doubtful)
                    note_outcome(change, book, doubtful, at=now, event=self._desk.new_id(), subject="")
                else:  # marked, then not begun, or given back whole
                    change.put(replace(mail, state="queued", tries=mail.tries - 1))
            self._outcomes, self._held, self._walking = [], [], ""
            batch = change.book.batches[self._batch]
            if batch.owner != self._owner:  # the lease ran out: another machine goes on
                self._over = True
                return change.book
            for mail in _due(change.book, self._batch, now, 0 if last or self._halted else room):
                marked = replace(mail, state="sending", tries=mail.tries + 1, error="", after=None, at=now)
                change.put(marked)
                self._held.append(marked)
            if self._held:
                change.put(replace(batch, until=now + LEASE))
            elif room or last or self._halted:
                change.put(replace(batch, halted=self._halted, owner="", until=None))
                self._over = True
            book = change.book
        self._tell()
        return book

    def _hand_over(self, book: Book, began: float) -> float:
        """Send the mails in hand. Give the seconds to wait before the next ones; what was not begun stays in hand."""
        while self._held and not self._halted:
            if time.monotonic() - began > _LONGEST_HOLD:
                return 0.0
            mail = self._held[0]
            try:
                self._hand_one(book, mail)
                self._stumbles = self._throttled = 0
            except Refused as refused:
                self._stumbles = 0
                self._outcomes.append(Outcome(delivery=_refused(mail, refused, self._desk.clock().astimezone(UTC))))
                self._throttled = 0 if refused.permanent else self._throttled + 1
            except Unsure as unsure:
                self._hang_up()
                self._outcomes.append(Outcome(delivery=replace(mail, state="unsure", error=str(unsure))))
            except BadInput as bad:
                self._outcomes.append(Outcome(delivery=replace(mail, state="failed", error=bad.message)))
            except Dropped as dropped:
                self._walking = ""
                self._hang_up()
                return self._stumble(dropped)
            except Failed as failed:  # Blocked, or a file that cannot be written: nothing of this mail left
                self._walking = ""
                self._hang_up()
                self._halted = str(failed)
                return 0.0
            self._walking = ""
            del self._held[0]
            if self._throttled >= 3:  # the server, not one mailbox, asks for patience
                return PAUSES[min(self._throttled - 3, len(PAUSES) - 1)]
        return 0.0

    def _hand_one(self, book: Book, mail: Delivery) -> None:
        content = self._content(book, mail)
        if content is None:
            self._outcomes.append(Outcome(delivery=replace(mail, state="dropped", error=_REPLACED)))
            return
        raw = self._press.letter(content, message_id=mail.message_id, stamp=mail.stamp)
        if self._sender is None:
            self._sender = self._line.enter_context(self._desk.outbox.open())
        self._desk.trail.begin(mail.id)
        self._walking = mail.id
        self._pace.spend(time.monotonic())
        began = time.monotonic()
        self._sender.send(self._envelope or content.meeting.organizer_email, mail.email, raw)
        self._on_wire += time.monotonic() - began
        self._desk.trail.finish(mail.id)
        landed = replace(mail, state="sent" if self._desk.outbox.sends else "prepared", error="")
        self._outcomes.append(Outcome(delivery=landed, subject=self._press.subject(content)))

    def _content(self, book: Book, mail: Delivery) -> Outgoing | None:
        """Give what the mail must say, the meeting as it stands; None when that is no longer what was clicked."""
        meeting = book.meetings.get(mail.meeting)
        known = self._contents.get(mail.meeting)
        if known is None or known[0] is not meeting:
            known = self._contents[mail.meeting] = (meeting, _contents(book, mail.meeting, self._desk.clock()))
        content = known[1].get((mail.contact, mail.method))
        if content is None or content.attendee.email != mail.email or content.meeting.sequence != mail.sequence:
            return None
        return content

    def _stumble(self, dropped: Dropped) -> float:
        """Say how long to wait before a new connection; the first time not at all (a server may hang up on an idle line)."""
        self._stumbles += 1
        if self._stumbles > len(PAUSES):
            self._halted = str(dropped)
            return 0.0
        return PAUSES[self._stumbles - 2] if self._stumbles > 1 else 0.0

    def _hang_up(self) -> None:
        self._sender = None
        self._line.close()


def _as_known(mail: Delivery, known: Delivery) -> Delivery:
    """Give a mail in hand without the address of somebody who was forgotten meanwhile: a round must not write it back."""
    return mail if known.email else replace(mail, email="", error="")


def _past(book: Book, now: datetime) -> Iterable[float]:
    """Give the instants (on the monotonic clock) of the mails of the last minute, also those of a process that is gone."""
    here = time.monotonic()
    for mail in book.deliveries.values():
        if mail.tries and mail.state in ("sent", "unsure", "sending", "failed"):
            age = (now - mail.at).total_seconds()
            if 0 <= age < MINUTE:
                yield here - age


def _due(book: Book, batch: str, now: datetime, room: int) -> list[Delivery]:
    """Give the next mails of a batch that may be tried now, at most `room`, in the order they were queued."""
    due = (
        mail for mail in book.deliveries.values() if mail.batch == batch and mail.state == "queued" and seconds_until(mail.after, now) == 0
    )
    return list(islice(due, room))


def _refused(mail: Delivery, refused: Refused, now: datetime) -> Delivery:
    """Give a refused mail: failed for good, or waiting longer each time."""
    if refused.permanent or mail.tries > len(PAUSES):
        return replace(mail, state="failed", error=str(refused))
    return replace(mail, state="queued", error=str(refused), after=now + timedelta(seconds=PAUSES[max(0, mail.tries - 1)]))


def _contents(raw: Book, meeting: str, now: datetime) -> dict[tuple[str, str], Outgoing]:
    """Give what every mail of a meeting must say as it stands, by (contact, METHOD): what is owed before what is said once more.

    It is asked as if nothing were on its way: these mails themselves are.
    """
    settled = {key: mail for key, mail in raw.deliveries.items() if mail.state not in ("queued", "sending")}
    book = current(replace(raw, deliveries=settled))
    found = book.meetings.get(meeting)
    if found is None:
        return {}
    filled = answered(found, book)
    declined = [Outgoing(attendee=attendee, purpose="decline", meeting=filled) for attendee in filled.attendees]
    every = (*declined, *everyone(filled), *outgoing(filled, book, now=now))
    return {(one.attendee.contact, one.method): one for one in every}


def seconds_until(after: datetime | None, now: datetime) -> float:
    """Give the seconds until an instant, 0 when it is past or there is none."""
    return max(0.0, (after - now).total_seconds()) if after else 0.0
