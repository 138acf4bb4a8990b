"""Send what is queued: one process at a time, one connection for a batch, every step written down before it is taken.

The order that keeps anybody from getting a mail twice: a handful of mails is marked `sending` in the logbook, durably; each is noted
in the trail, handed to the server, and noted again when the server has taken it; then the handful is settled, in the same change
that marks the next one. After a crash the trail tells the mails that were not begun (they wait again), those that were taken, and the
one that nobody can know (`unsure`: only the user may send it again). The slower the server, the smaller the handful: one mail.
"""

import logging
import math
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from addin.actions.send_invitations import Progress, note_outcome, progress
from addin.core.book import Book, current
from addin.core.deliveries import Batch, Delivery
from addin.core.errors import BadInput, Failed
from addin.core.lifecycle.mailing import Outgoing, answered, everyone, outgoing
from addin.core.pace import MINUTE, Pace
from addin.core.refusals import Dropped, Refused, Unsure
from addin.core.writing.press import Press
from addin.ports import Change, Desk, Sender

LOG = logging.getLogger("antiseche")

LEASE: Final = timedelta(minutes=10)
"""Longer than the slowest mail can take, connection included: a holder who is silent for so long is gone."""
PAUSES: Final = (5.0, 20.0, 60.0, 180.0, 600.0)
"""Seconds before a mail that must wait, or a lost connection, is tried again; after the last one it is given up."""
HANDFUL: Final = 40
_SHARE = 0.08  # of the time, at most, that writing in the logbook should cost
_LONGEST_HOLD = 20.0
INTERRUPTED: Final = "L’envoi a été interrompu à cet instant\u00a0: ce message est peut-être parti."
_REPLACED = "La réunion a changé depuis\u00a0: ce message n’est pas parti."

Wait = Callable[[float], bool]
"""Wait so many seconds, or less; true when it is time to leave."""


class Outcome(Struct, frozen=True, kw_only=True):
    """Say what became of one mail."""

    delivery: Delivery
    subject: str = ""


def finish(desk: Desk, batch: str, *, tell: Callable[[Progress], None] | None = None, wait: Wait | None = None) -> Progress:
    """Send a batch here and now, or wait for the process that does; return when it is settled or halted. `tell` hears how far it is.

    Raise NotFound for an unknown batch, Failed when the logbook cannot be written.
    """
    wait = wait or _sleep
    while True:
        here = drain(desk, wait=wait, tell=lambda: tell(progress(desk, batch)) if tell else None)
        now = progress(desk, batch)
        if now.finished or now.halted or wait(0.0 if here else 0.3):
            return now


def drain(desk: Desk, *, wait: Wait, tell: Callable[[], None] = lambda: None) -> bool:
    """Send all that is queued, then return true; false when another process is at it. Raise Failed."""
    owner = f"{desk.trail.place}/{desk.new_id()}"
    with desk.trail.alone() as mine:
        if not mine:
            return False
        while True:
            found = _take(desk, owner)
            if found is None:
                return True
            if isinstance(found, float):
                if wait(found):
                    return True
            elif _Round(desk, found, owner, wait, tell).run():
                return True


class Worker:
    """Send in the background: one thread, while there is something to send. `wake` may be called from any thread, at any time."""

    def __init__(self) -> None:
        self.desk: Desk | None = None
        self._guard = threading.Lock()
        self._bell = threading.Event()
        self._thread: threading.Thread | None = None
        self._leaving = False

    def wake(self) -> None:
        """Tell that mails wait, or may."""
        with self._guard:
            self._bell.set()
            if self._thread is None and not self._leaving:
                self._thread = threading.Thread(target=self._run, name="envoi", daemon=True)
                self._thread.start()

    def leave(self, seconds: float = 5.0) -> None:
        """Stop between two mails, at most so many seconds from now."""
        with self._guard:
            self._leaving = True
            self._bell.set()
            thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def _run(self) -> None:
        while True:
            self._bell.clear()
            done = True
            try:
                done = self.desk is None or drain(self.desk, wait=self._wait)
            except Failed as failure:
                LOG.error("envoi interrompu : %s", type(failure).__name__)
            except Exception as error:
                LOG.error("envoi interrompu : erreur imprévue, %s", type(error).__name__)
            if not done:
                self._wait(2.0)
                self._bell.set()
            with self._guard:
                if self._leaving or not self._bell.is_set():
                    self._thread = None
                    return

    def _wait(self, seconds: float) -> bool:
        self._bell.wait(seconds)
        self._bell.clear()
        return self._leaving


def _sleep(seconds: float) -> bool:
    time.sleep(seconds)
    return False


def _take(desk: Desk, owner: str) -> str | float | None:
    """Settle what a crash left open, then take the lease of the first batch that can go on.

    Give its id; or the seconds to wait (another machine has the lease, or all that waits is not due yet); or None, nothing waits.
    """
    waits: list[float] = []
    if not any(mail.state in ("queued", "sending") for mail in desk.logbook.read().deliveries.values()):
        return None
    with desk.logbook.change() as change:
        now = desk.clock().astimezone(UTC)
        for batch in tuple(change.book.batches.values()):
            if batch.until and batch.until > now and batch.owner.partition("/")[0] != desk.trail.place:
                if any(mail.batch == batch.id and mail.state in ("queued", "sending") for mail in change.book.deliveries.values()):
                    waits.append(min(5.0, (batch.until - now).total_seconds()))
                continue
            _settle_crash(desk, change, batch, now)
        if waits:
            return min(waits)
        for batch in tuple(change.book.batches.values()):
            queued = [mail for mail in change.book.deliveries.values() if mail.batch == batch.id and mail.state == "queued"]
            if not queued or batch.halted:
                continue
            due = min(_seconds(mail.after, now) for mail in queued)
            if due > 0:
                waits.append(due)
                continue
            change.put(replace(batch, owner=owner, until=now + LEASE))
            taken = batch.id
            break
        else:
            return min(waits) if waits else None
    desk.trail.clear()
    return taken


def _settle_crash(desk: Desk, change: Change, batch: Batch, now: datetime) -> None:
    """Settle the mails that a process left `sending` when it died: we are alone now, so none of them is on its way."""
    open_ones = [mail for mail in change.book.deliveries.values() if mail.batch == batch.id and mail.state == "sending"]
    if not open_ones:
        return
    steps = desk.trail.steps()
    for mail in open_ones:
        if mail.id in steps.done:
            settled = replace(mail, state="sent", at=now)
        elif steps.whole and mail.id not in steps.begun:
            settled = replace(mail, state="queued", at=now)
        else:
            settled = replace(mail, state="unsure", error=INTERRUPTED, at=now)
        change.put(settled)
        note_outcome(change, settled, at=now, event=desk.new_id(), subject="")


def _seconds(after: datetime | None, now: datetime) -> float:
    return max(0.0, (after - now).total_seconds()) if after else 0.0


class _Round:
    """One holding of the lease of one batch."""

    def __init__(self, desk: Desk, batch: str, owner: str, wait: Wait, tell: Callable[[], None]) -> None:
        self._desk, self._batch, self._owner, self._wait, self._tell = desk, batch, owner, wait, tell
        book = desk.logbook.read()
        record = book.batches[batch]
        self._press = Press(book.contacts, comment=record.comment, proposed=record.proposed, recurrence=record.recurrence)
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
        self._halted = ""

    def run(self) -> bool:
        """Send until nothing more is due. Give true when it is time to leave."""
        size, leaving = 1, False
        try:
            with self._line:
                while not (leaving or self._halted):
                    leaving = self._keep_pace()
                    began = time.monotonic()
                    book = self._mark(0 if leaving else min(size, self._pace.free(time.monotonic())))
                    cost = time.monotonic() - began
                    if not self._held:
                        break
                    began, held = time.monotonic(), len(self._held)
                    pause = self._hand_over(book, began)
                    each = (time.monotonic() - began) / held
                    size = max(1, min(HANDFUL, math.ceil(cost / max(_SHARE * each, 1e-9))))
                    if pause:
                        self._mark(0)
                        leaving = self._wait(pause)
        finally:
            self._mark(0, last=True)
        return leaving

    def _keep_pace(self) -> bool:
        while (delay := self._pace.delay(time.monotonic())) > 0:
            if self._outcomes:
                self._mark(0)
            if delay > _LONGEST_HOLD:
                self._hang_up()
            if self._wait(delay):
                return True
        return False

    def _mark(self, room: int, *, last: bool = False) -> Book:
        """Write the outcomes and mark the next mails, at most `room`, as `sending`: one durable change."""
        with self._desk.logbook.change() as change:
            now = self._desk.clock().astimezone(UTC)
            for outcome in self._outcomes:
                mail = change.book.deliveries.get(outcome.delivery.id)
                if mail is not None and mail.state in ("sending", "unsure"):
                    landed = replace(outcome.delivery, at=now)
                    change.put(landed)
                    note_outcome(change, landed, at=now, event=self._desk.new_id(), subject=outcome.subject)
            for mail in self._held:  # marked, then not begun, or given back whole
                if mail.id == self._walking:
                    change.put(replace(mail, state="unsure", error=INTERRUPTED, at=now))
                else:
                    change.put(replace(mail, state="queued", tries=mail.tries - 1))
            self._outcomes, self._held, self._walking = [], [], ""
            batch = change.book.batches[self._batch]
            if batch.owner != self._owner:  # the lease ran out: another machine goes on
                return change.book
            if last or self._halted:
                change.put(replace(batch, halted=self._halted, **({"owner": "", "until": None} if last else {})))
                room = 0
            elif room:
                for mail in _due(change.book, self._batch, now, room):
                    marked = replace(mail, state="sending", tries=mail.tries + 1, error="", after=None, at=now)
                    change.put(marked)
                    self._held.append(marked)
                change.put(replace(batch, until=now + LEASE))
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
        self._sender.send(self._envelope or content.meeting.organizer_email, mail.email, raw)
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
    found: list[Delivery] = []
    for mail in book.deliveries.values():
        if mail.batch == batch and mail.state == "queued" and _seconds(mail.after, now) == 0:
            found.append(mail)
            if len(found) == room:
                break
    return found


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
