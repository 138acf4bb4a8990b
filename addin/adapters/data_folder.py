"""The data folder: where the logbook, the token, the lock of the server and the organisation's own stages stand."""

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from addin.core.errors import Failed, reason

if sys.platform == "win32":
    from filelock import FileLock, Timeout

    @contextmanager
    def alone(path: Path, *, wait: bool) -> Iterator[bool]:
        """Hold the lock `path` between processes; give False when another has it and `wait` is false. The system frees it at death."""
        lock = FileLock(path)
        try:
            lock.acquire(timeout=-1 if wait else 0)
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            lock.release()

else:
    import fcntl

    @contextmanager
    def alone(path: Path, *, wait: bool) -> Iterator[bool]:
        """Hold the lock `path` between processes; give False when another has it and `wait` is false. The system frees it at death."""
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True
        finally:
            # closed, not unlocked: a worker forked while we served keeps its copy, and so the lock, if it outlives us
            os.close(handle)


class DataFolder:
    """Lay out one data folder. Nothing is made on disk before it is needed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.logbook = path / "antiseche.json"
        self.schemas = path / "schemas"
        self.token_file = path / "token"

    def make(self) -> None:
        """Make the folder, closed to other accounts. Raise Failed when it cannot be."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise Failed(f"Le dossier de données {self.path} ne peut pas être créé\u00a0: {reason(error)}.") from error

    def token(self) -> str:
        """Give the token of this installation, made at the first call (256 bits, file mode 0600).

        Two processes that start together get the same one: the file appears whole, and only once.
        Raise Failed when the folder cannot be written or the file is empty.
        """
        self.make()
        try:
            if not self.token_file.exists():
                with alone(self.path / "token.lock", wait=True):
                    self._write_token()
            token = self.token_file.read_text(encoding="ascii").strip()
        except OSError as error:
            raise Failed(f"Le jeton {self.token_file} ne peut être ni lu ni écrit\u00a0: {reason(error)}.") from error
        except UnicodeDecodeError as error:
            raise Failed(f"Le jeton {self.token_file} est abîmé\u00a0: supprimez ce fichier, un autre sera fait.") from error
        if not token:
            raise Failed(f"Le jeton {self.token_file} est vide\u00a0: supprimez ce fichier, un autre sera fait.")
        return token

    def _write_token(self) -> None:
        if self.token_file.exists():
            return
        draft = self.path / f".token.{os.getpid()}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(32) + "\n")
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.token_file)
        except OSError:
            with suppress(OSError):
                draft.unlink()
            raise

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Hold the right to serve this folder, alone. Raise Failed when another server holds it."""
        self.make()
        with ExitStack() as stack:
            try:
                ours = stack.enter_context(alone(self.path / "serve.lock", wait=False))
            except OSError as error:
                raise Failed(f"Le dossier de données {self.path} ne peut pas être verrouillé\u00a0: {reason(error)}.") from error
            if not ours:
                raise Failed(f"Un serveur Antisèche utilise déjà le dossier {self.path}.")
            yield
