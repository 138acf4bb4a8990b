"""One thread in the background, there only while there is something to do: started by a ring, stopped between two steps."""

import threading
from collections.abc import Callable


class Background:
    """Run `work` in a thread of this name whenever it is rung for, until `finished` says so. Any thread may `ring` and `leave`.

    `bell` is set by each ring (and at leaving): `work` clears it, then looks. `leaving` tells it to stop at the next step.
    """

    def __init__(self, name: str, work: Callable[[], None]) -> None:
        self.bell = threading.Event()
        self.leaving = False
        self._name, self._work = name, work
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None

    def ring(self) -> None:
        """Tell that there is something to do, or may be."""
        with self._guard:
            self.bell.set()
            if self._thread is None and not self.leaving:
                self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()

    def leave(self, seconds: float = 5.0) -> None:
        """Stop between two steps, at most so many seconds from now."""
        with self._guard:
            self.leaving = True
            self.bell.set()
            thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def finished(self, *, more: bool = False) -> bool:
        """Tell `work` whether it may end: nobody rang meanwhile, and there is not `more` to do. A later ring then starts another thread."""
        with self._guard:
            if self.leaving or not (self.bell.is_set() or more):
                self._thread = None
                return True
            return False
