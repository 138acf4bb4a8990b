"""The outbox that only prepares: each mail is a file that a mail program opens as a draft, for the user to send."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from addin.core.errors import Failed
from addin.core.wire import check_letter

_MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([^>\r\n]+)>", re.IGNORECASE | re.MULTILINE)


class FilesOutbox:
    """Write mails into a folder, one file each. The same mail twice is one file."""

    sends = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fault(self) -> str:
        """Find nothing missing."""
        return ""

    @contextmanager
    def open(self) -> Iterator["FilesOutbox"]:
        """Make the folder, closed to other accounts. Raise Failed."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise Failed(f"Le dossier {self.folder} ne peut pas être créé\u00a0: {error.strerror}.") from error
        yield self

    def send(self, sender: str, recipient: str, raw: bytes) -> None:
        """Write one mail, whole or not at all, durably. Raise Failed, or BadInput as every outbox does."""
        check_letter(sender, recipient, raw)
        found = _MESSAGE_ID.search(raw)
        key = sha256(found[1] if found else raw).hexdigest()[:12]
        safe = re.sub(r"[^A-Za-z0-9.@_+-]", "_", recipient)[:120].strip(".")
        path = self.folder / f"{safe}--{key}.eml"
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with draft.open("wb") as file:
                file.write(b"X-Unsent: 1\r\n" + raw)  # opens as a draft in Outlook
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            raise Failed(f"{path} ne peut pas être écrit\u00a0: {error.strerror}.") from error
