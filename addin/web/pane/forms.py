"""Forms: what was typed, read into values; a refusal names the field."""

from collections.abc import Iterable
from datetime import date, datetime

from flask import request

from addin.core.errors import BadInput


def text(name: str) -> str:
    """Give what was typed in a field, without the spaces around it ("" when it is absent)."""
    return request.values.get(name, "").strip()


def texts(name: str) -> tuple[str, ...]:
    """Give every value of a repeated field, empty ones left out."""
    return tuple(value for value in (part.strip() for part in request.values.getlist(name)) if value)


def ticked(name: str) -> bool:
    """Tell whether a box was ticked."""
    return name in request.values


def day(name: str) -> date | None:
    """Give the date typed, or None. Raise BadInput."""
    value = text(name)
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadInput(f"«\u00a0{value}\u00a0» n’est pas une date.", where=name) from None


def moments(name: str) -> tuple[datetime, ...]:
    """Give the dates and times typed in a repeated field, in local time (naive). Raise BadInput."""
    return tuple(_moment(value, name) for value in texts(name))


def _moment(value: str, name: str) -> datetime:
    try:
        return datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        raise BadInput(f"«\u00a0{value}\u00a0» n’est pas une date avec son heure.", where=name) from None


def number(name: str) -> int | None:
    """Give the whole number typed, or None. Raise BadInput."""
    value = text(name)
    if not value:
        return None
    try:
        return int(value)
    except ValueError:
        raise BadInput(f"«\u00a0{value}\u00a0» n’est pas un nombre entier.", where=name) from None


def typed(names: Iterable[str]) -> dict[str, str]:
    """Give the fields of these names that the form holds, as typed."""
    return {name: request.values[name].strip() for name in names if name in request.values}


def upload(name: str) -> bytes:
    """Give the content of the file chosen. Raise BadInput when there is none."""
    file = request.files.get(name)
    raw = file.read() if file is not None else b""
    if not raw:
        raise BadInput("Choisissez un fichier qui n’est pas vide.", where=name)
    return raw


def uploads(name: str) -> tuple[tuple[str, bytes], ...]:
    """Give the files chosen, as (name, content), empty ones left out. Raise BadInput when there is none."""
    files = tuple((file.filename or "", raw) for file in request.files.getlist(name) if (raw := file.read()))
    if not files:
        raise BadInput("Choisissez un fichier qui n’est pas vide.", where=name)
    return files
