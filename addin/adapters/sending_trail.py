"""The steps of a sending in a small file beside the data: what was begun and what was taken, mail by mail.

The logbook marks mails as `sending` by the handful, durably, before the first of them leaves. After a crash this file tells which
of the handful were really begun. It is written without waiting for the disk: a process that dies loses nothing of it, a machine
that dies may, so it is believed to be whole only in the same run of the machine (its boot id). Where the system names no run,
each beginning waits for the disk, and the file is always whole.
"""

import os
import platform
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from addin.core.errors import Failed
from addin.ports.outbox import Steps

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_BEGUN, _DONE, _DURABLE = "commencé", "pris", "sur disque"


def boot_id() -> str:
    """Name this run of the machine; empty where that cannot be known."""
    try:
        return _BOOT.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


class FileTrail:
    """Keep the trail in `folder/envoi.suivi`, under the lock `folder/envoi.lock` that `alone` takes (it gives False when held)."""

    def __init__(self, folder: Path, alone: Callable[[Path], AbstractContextManager[bool]], *, boot: Callable[[], str] = boot_id) -> None:
        self.place = platform.node()
        self._path = folder / "envoi.suivi"
        self._lock = folder / "envoi.lock"
        self._alone = alone
        self._boot = boot
        self._handle: int | None = None
        self._durable = False

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Hold the right to send; give False when another process has it. The system frees it at death. Raise Failed."""
        try:
            with self._alone(self._lock) as mine:
                try:
                    yield mine
                finally:
                    if mine and self._handle is not None:
                        os.close(self._handle)
                        self._handle = None
        except OSError as error:
            raise Failed(f"{self._lock} ne peut pas être verrouillé\u00a0: {error.strerror}.") from error

    def clear(self) -> None:
        """Begin a new trail, headed by the run of the machine. Raise Failed."""
        try:
            if self._handle is None:
                self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0), 0o600)
            os.ftruncate(self._handle, 0)
            boot = self._boot()
            self._durable = not boot
            self._write(f"{boot or _DURABLE}\n")
        except OSError as error:
            raise self._unwritable(error) from error

    def begin(self, delivery: str) -> None:
        """Note that a mail is about to be handed over. Raise Failed."""
        try:
            self._write(f"{_BEGUN} {delivery}\n")
        except OSError as error:
            raise self._unwritable(error) from error

    def finish(self, delivery: str) -> None:
        """Note that it was taken."""
        if self._handle is not None:
            with suppress(OSError):
                os.write(self._handle, f"{_DONE} {delivery}\n".encode())

    def steps(self) -> Steps:
        """Read the trail that was left; a line cut short does not count."""
        try:
            lines = self._path.read_text(encoding="utf-8", errors="replace").split("\n")[:-1]
        except OSError:
            return Steps()
        notes = [line.partition(" ") for line in lines[1:]]
        return Steps(
            begun=frozenset(name for word, _, name in notes if word == _BEGUN),
            done=frozenset(name for word, _, name in notes if word == _DONE),
            whole=lines[:1] == [self._boot() or _DURABLE],
        )

    def _write(self, line: str) -> None:
        if self._handle is None:
            raise Failed("Le suivi de l’envoi n’est pas ouvert.")
        os.write(self._handle, line.encode())
        if self._durable:
            os.fsync(self._handle)

    def _unwritable(self, error: OSError) -> Failed:
        return Failed(f"{self._path} ne peut pas être écrit\u00a0: {error.strerror}. Rien de plus n’est envoyé.")
