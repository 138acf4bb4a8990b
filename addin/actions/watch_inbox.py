"""Watch the inbox in the background: one thread, one connection; it reads, waits for news, and says why it cannot."""

import logging
from typing import Final

from msgspec.structs import replace

from addin.actions.background import Background
from addin.actions.read_inbox import read_mailbox
from addin.core.errors import BadInput, Failed
from addin.core.inbox_watch import Watch
from addin.core.refusals import Blocked
from addin.ports.desk import Desk

LOG: Final = logging.getLogger("antiseche")
_STEP: Final = 1.0
_EVERY: Final = 300.0
"""Read again after so many seconds although nothing was heard: a server may forget to tell."""
_PAUSES: Final = (15.0, 60.0, 300.0, 900.0)


class Watcher:
    """Watch one inbox. `look` may be called from any thread: it starts the watch, or reads at once."""

    def __init__(self) -> None:
        self.desk: Desk | None = None
        self.state = Watch()
        self._thread = Background("réception", self._run)
        self.look = self._thread.ring
        self.leave = self._thread.leave

    def _run(self) -> None:
        failures = 0
        while True:
            self._thread.bell.clear()
            self.state = replace(self.state, running=True, fault="")
            pause = 0.0
            try:
                self._session()
                failures = 0
            except (Blocked, BadInput) as refused:  # a person must change something: until then nothing is tried
                self._fail(str(refused))
            except Failed as failed:
                self._fail(str(failed))
                pause = _PAUSES[min(failures, len(_PAUSES) - 1)]
                failures += 1
            except Exception as error:
                LOG.error("relève interrompue : erreur imprévue, %s", type(error).__name__)
                self._fail("Une erreur imprévue a arrêté la relève.")
                pause = _PAUSES[-1]
            if pause and self._watches():
                self._thread.bell.wait(pause)
            self.state = replace(self.state, running=False)
            if self._thread.finished(more=bool(pause) and self._watches()):
                return

    def _session(self) -> None:
        """Read, then wait for news on the same connection as long as the settings say so."""
        desk = self.desk
        if desk is None:
            return
        if fault := desk.inbox.fault():
            raise BadInput(fault, where="inbox")
        box = desk.logbook.read().organisation.inbox
        with desk.inbox.open() as mailbox:
            while not self._thread.leaving:
                self._thread.bell.clear()
                last = read_mailbox(desk, mailbox, leave=lambda: self._thread.leaving)
                self.state = Watch(running=self._watches(), read_at=desk.clock(), last=last)
                waited = 0.0
                while not self._thread.bell.is_set() and waited < _EVERY:
                    if not self._watches():
                        return
                    if desk.logbook.read().organisation.inbox != box:
                        self._thread.bell.set()  # the settings changed: read again by the new ones
                        return
                    if mailbox.wait(_STEP):
                        break
                    waited += _STEP

    def _watches(self) -> bool:
        if self.desk is None:
            return False
        inbox = self.desk.logbook.read().organisation.inbox
        return inbox.watch and bool(inbox.source)

    def _fail(self, words: str) -> None:
        self.state = replace(self.state, running=False, fault=words)
