"""Watch the inbox in the background: one thread, one connection; it reads, waits for news, and says why it cannot."""

import logging
import threading
from typing import Final

from addin.actions.read_inbox import read_mailbox
from addin.core.errors import BadInput, Failed
from addin.core.inbox_watch import Watch
from addin.core.refusals import Blocked
from addin.ports import Desk

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
        self._guard = threading.Lock()
        self._bell = threading.Event()
        self._thread: threading.Thread | None = None
        self._leaving = False

    def look(self) -> None:
        """Read now; go on watching when the settings say so."""
        with self._guard:
            self._bell.set()
            if self._thread is None and not self._leaving:
                self._thread = threading.Thread(target=self._run, name="réception", daemon=True)
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
        tries = 0
        while True:
            self._bell.clear()
            self.state = Watch(running=True, read_at=self.state.read_at, last=self.state.last)
            pause = _EVERY
            try:
                tries = tries + 1 if self._session() else 0
            except (Blocked, BadInput) as refused:
                self._fail(str(refused))
                pause = 0.0  # a person must change something: until then nothing is tried
            except Failed as failed:
                self._fail(str(failed))
                pause = _PAUSES[min(tries, len(_PAUSES) - 1)]
                tries += 1
            except Exception as error:
                LOG.error("relève interrompue : erreur imprévue, %s", type(error).__name__)
                self._fail("Une erreur imprévue a arrêté la relève.")
                pause = _PAUSES[-1]
            if pause and self._watches() and not self._leaving:
                self._bell.wait(pause)
            with self._guard:
                if self._leaving or not (self._bell.is_set() or (pause and self._watches())):
                    self._thread = None
                    self.state = Watch(read_at=self.state.read_at, last=self.state.last, fault=self.state.fault)
                    return

    def _session(self) -> bool:
        """Read, then wait for news on the same connection as long as the settings say so. Give false when all went well."""
        desk = self.desk
        if desk is None:
            return False
        if fault := desk.inbox.fault():
            raise BadInput(fault, where="inbox")
        box = desk.logbook.read().organisation.inbox
        with desk.inbox.open() as mailbox:
            while True:
                self._bell.clear()
                last = read_mailbox(desk, mailbox, leave=lambda: self._leaving)
                self.state = Watch(running=self._watches(), read_at=desk.clock(), last=last)
                waited = 0.0
                while not self._bell.is_set() and waited < _EVERY:
                    if self._leaving or not self._watches() or desk.logbook.read().organisation.inbox != box:
                        return False
                    if mailbox.wait(_STEP):
                        break
                    waited += _STEP
                if self._leaving:
                    return False

    def _watches(self) -> bool:
        if self.desk is None:
            return False
        inbox = self.desk.logbook.read().organisation.inbox
        return inbox.watch and bool(inbox.source)

    def _fail(self, words: str) -> None:
        self.state = Watch(read_at=self.state.read_at, last=self.state.last, fault=words)
