"""One call of the command line: its settings, its desk, and how it prints and writes files."""

import os
import secrets
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import click
import msgspec

from addin.app import now, open_desk
from addin.core.errors import BadInput, Failed, reason
from addin.ports.desk import Desk
from addin.settings import Settings, read_settings


@dataclass
class Session:
    """Hold what one call shares: the data folder said by `--data`, and what follows from it."""

    data: Path | None = None
    environ: dict[str, str] = field(default_factory=lambda: dict(os.environ))

    @cached_property
    def settings(self) -> Settings:
        """Give the settings, `--data` over the environment. Raise BadInput."""
        environ = self.environ | ({"ANTISECHE_DATA": str(self.data)} if self.data else {})
        return read_settings(environ)

    @cached_property
    def desk(self) -> Desk:
        """Open the desk of the real logbook. Raise Failed."""
        return open_desk(self.settings)

    def now(self) -> datetime:
        """Give the present instant, UTC."""
        return now()


pass_session = click.make_pass_decorator(Session, ensure=True)


def encode_pretty(value: Any) -> bytes:
    """Give indented JSON that ends with a line feed."""
    return msgspec.json.format(encode(value), indent=2) + b"\n"


def print_json(value: Any) -> None:
    """Print one JSON value on stdout, indented, in UTF-8 whatever the terminal says."""
    put_out(encode_pretty(value), None)


def print_line(value: Any) -> None:
    """Print one JSON value on one line of stdout."""
    put_out(encode(value) + b"\n", None)


def encode(value: Any) -> bytes:
    """Give JSON; a file name that is no UTF-8 is shown with question marks."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(_plain(msgspec.to_builtins(value)))


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_plain(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


def text_of(value: str) -> str:
    """Give back a text of the command line. Raise BadInput when it is not UTF-8 or holds NUL."""
    if any(0xD800 <= ord(c) <= 0xDFFF or c == "\0" for c in value):
        raise BadInput("Un texte de la ligne de commande n’est pas de l’UTF-8.")
    return value


def ask_secret(desk: Desk, account: str, who: str, *, token: bool = False) -> None:
    """Ask for the password (or the `token`) of an account, shown as `who`, when a person is there to type it; the vault keeps it."""
    if sys.stdin.isatty():
        what = "Jeton d’accès" if token else "Mot de passe"
        desk.vault.keep(account, click.prompt(f"{what} de {who}", hide_input=True, err=True, default="", show_default=False))


def read_file(path: Path) -> bytes:
    """Read a file that the user named; `-` is the standard input. Raise BadInput when it is not there, Failed when it cannot be read."""
    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise BadInput(f"{path} n’existe pas.", where=str(path)) from None
    except IsADirectoryError:
        raise BadInput(f"{path} est un dossier, un fichier est attendu.", where=str(path)) from None
    except OSError as error:
        raise Failed(f"{path} ne peut pas être lu\u00a0: {reason(error)}.") from error


def write_file(path: Path, octets: bytes) -> None:
    """Write a file whole or not at all: a draft beside it, then one rename. Raise Failed."""
    try:
        if not path.name or path.is_dir():
            raise BadInput(f"{path} est un dossier, donnez un nom de fichier.", where=str(path))
    except OSError as error:
        raise Failed(f"{path} ne peut pas être écrit\u00a0: {reason(error)}.") from error
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with draft.open("wb") as file:
            file.write(octets)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise Failed(f"{path} ne peut pas être écrit\u00a0: {reason(error)}.") from error


def put_out(octets: bytes, out: Path | None) -> None:
    """Write octets to a file, or to stdout."""
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(octets)
        sys.stdout.buffer.flush()
    else:
        write_file(out, octets)


def make_folder(path: Path) -> None:
    """Make a folder to write into. Raise BadInput when a file is there, Failed when it cannot be made."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise BadInput(f"{path} n’est pas un dossier.", where=str(path)) from None
    except OSError as error:
        raise Failed(f"Le dossier {path} ne peut pas être créé\u00a0: {reason(error)}.") from error
