"""Raw mails from disk: one `.eml`, an mbox, a Maildir, or a folder of `.eml` files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from addin.core.errors import BadInput, Failed, reason
from addin.core.mbox import FROM_LINE, unquoted

MOST_OCTETS: Final = 100 * 1024 * 1024


def _whole(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_OCTETS:
            raise BadInput(f"{path} est trop gros pour un message.", where=str(path))
        return path.read_bytes()
    except OSError as error:
        raise Failed(f"{path} ne peut pas être lu\u00a0: {reason(error)}.") from error


def _mbox(path: Path) -> Iterator[tuple[str, bytes]]:
    lines: list[bytes] = []
    number, after_empty = 0, True
    with path.open("rb") as file:
        for line in file:
            if after_empty and FROM_LINE.match(line):
                if number:
                    yield f"{path}#{number}", b"".join(lines)
                number, lines = number + 1, []
            else:
                lines.append(unquoted(line))
            after_empty = not line.strip()
    if number:
        yield f"{path}#{number}", b"".join(lines)


def _folder(path: Path) -> list[Path]:
    maildir = [path / name for name in ("new", "cur") if (path / name).is_dir()]
    if maildir:
        return sorted(file for folder in maildir for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))
    return sorted(file for file in path.rglob("*") if file.suffix.lower() == ".eml" and file.is_file())


def mails_of(path: Path) -> Iterator[tuple[str, bytes]]:
    """Give the mails found at `path`, each with its name (`mbox#n` for the n-th of an mbox), in a stable order.

    Raise BadInput when nothing is there or nothing there is a mail, Failed when it cannot be read.
    """
    try:
        if path.is_dir():
            files = _folder(path)
            if not files:
                raise BadInput(f"Aucun message dans {path}.", where=str(path))
            for file in files:
                yield str(file), _whole(file)
            return
        if not path.exists():
            raise BadInput(f"{path} n’existe pas.", where=str(path))
        with path.open("rb") as opened:
            start = opened.readline(1000)
        if FROM_LINE.match(start):
            yield from _mbox(path)
        else:
            yield str(path), _whole(path)
    except OSError as error:
        raise Failed(f"{path} ne peut pas être lu\u00a0: {reason(error)}.") from error
