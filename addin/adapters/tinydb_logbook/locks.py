"""The lock of a data file: one writer at a time, among threads and among processes."""

import os
import sys
import threading
import weakref
from pathlib import Path
from types import TracebackType
from typing import Self

from addin.adapters.tinydb_logbook.whole_file import make_folder, said_in_french, take_owner_of_folder

if sys.platform == "win32":
    import filelock

    class _ProcessLock:
        def __init__(self, path: Path) -> None:
            self._lock = filelock.FileLock(path, thread_local=False)

        def take(self) -> None:
            self._lock.acquire(poll_interval=0.005)  # the default of 50 ms is unfair to the one who waits

        def leave(self) -> None:
            self._lock.release()

else:
    import fcntl

    class _ProcessLock:
        def __init__(self, path: Path) -> None:
            self._path = path
            self._handle: int | None = None

        def take(self) -> None:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                take_owner_of_folder(handle, self._path)
                fcntl.flock(handle, fcntl.LOCK_EX)
            except BaseException:
                os.close(handle)
                raise
            self._handle = handle

        def leave(self) -> None:
            if self._handle is not None:
                # Unlock by name: a child forked meanwhile still holds the same open file, and would keep the lock.
                fcntl.flock(self._handle, fcntl.LOCK_UN)
                os.close(self._handle)
                self._handle = None


class DataLock:
    """Hold `<file>.lock` (never renamed nor deleted: the data file itself changes at each write) for one data file.

    Re-entrant in one thread. `threads` is the lock among threads alone, for those who only read.
    Two objects on one file in one process must share their lock (see `lock_of`), else a thread would wait for itself.
    """

    def __init__(self, data_file: Path) -> None:
        self.path = data_file.with_name(data_file.name + ".lock")
        self.threads = threading.RLock()
        self._depth = 0
        self._owner = 0
        self._processes = _ProcessLock(self.path)

    @property
    def mine(self) -> bool:
        """Tell whether the calling thread holds the lock."""
        return self._depth > 0 and self._owner == threading.get_ident()

    def __enter__(self) -> Self:
        self.threads.acquire()
        try:
            if self._depth == 0:
                make_folder(self.path.parent)
                try:
                    self._processes.take()
                except OSError as error:
                    raise said_in_french(error, self.path) from error
            self._owner = threading.get_ident()
            self._depth += 1
        except BaseException:
            self.threads.release()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._depth -= 1
        try:
            if self._depth == 0:
                self._processes.leave()
        finally:
            self.threads.release()


_locks: "weakref.WeakValueDictionary[Path, DataLock]" = weakref.WeakValueDictionary()
_locks_guard = threading.Lock()


def lock_of(data_file: Path) -> DataLock:
    """Give the lock of this data file (an absolute, resolved path): the same object for all its users in this process."""
    with _locks_guard:
        lock = _locks.get(data_file)
        if lock is None:
            lock = _locks[data_file] = DataLock(data_file)
        return lock
