"""Send what is queued: one process at a time; settle first what a crash left open."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from msgspec.structs import replace

from addin.actions.background import Background
from addin.actions.mend_sending import note_outcome
from addin.actions.send_invitations import Progress, progress
from addin.actions.send_round import INTERRUPTED, LEASE, Round, Wait, seconds_until
from addin.core.deliveries import Batch
from addin.core.errors import Failed
from addin.ports.desk import Desk
from addin.ports.logbook import Change

LOG: Final = logging.getLogger("antiseche")


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
            elif Round(desk, found, owner, wait, tell).run():
                return True


class Worker:
    """Send in the background: one thread, while there is something to send. `wake` may be called from any thread, at any time."""

    def __init__(self) -> None:
        self.desk: Desk | None = None
        self._thread = Background("envoi", self._run)
        self.wake = self._thread.ring
        self.leave = self._thread.leave

    def _run(self) -> None:
        while True:
            self._thread.bell.clear()
            done = True
            try:
                done = self.desk is None or drain(self.desk, wait=self._wait)
            except Failed as failure:
                LOG.error("envoi interrompu : %s", type(failure).__name__)
            except Exception as error:
                LOG.error("envoi interrompu : erreur imprévue, %s", type(error).__name__)
            if not done:
                self._wait(2.0)
            if self._thread.finished(more=not done):
                return

    def _wait(self, seconds: float) -> bool:
        self._thread.bell.wait(seconds)
        self._thread.bell.clear()
        return self._thread.leaving


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
            due = min(seconds_until(mail.after, now) for mail in queued)
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
    book = change.book
    open_ones = [mail for mail in book.deliveries.values() if mail.batch == batch.id and mail.state == "sending"]
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
        note_outcome(change, book, settled, at=now, event=desk.new_id(), subject="")
