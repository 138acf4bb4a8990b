"""The values a data file can keep: what JSON holds without loss, and nothing else."""

import math
from collections.abc import Mapping
from typing import Any

import orjson

from addin.core.errors import BadInput

Document = dict[str, Any]
Tables = dict[str, dict[str, Document]]
"""{table name: {document number as text: document}}, the shape of a TinyDB file."""


_PLAIN = frozenset({int, bool})


def as_written(document: Mapping[str, Any]) -> Document:
    """Give the document as a reopened file would give it back, sharing nothing with the caller's.

    Raise BadInput for what JSON would lose or change silently (NaN and infinities, dates, keys that are not text, bytes,
    sets), for integers beyond 64 bits, and for what PostgreSQL or UTF-8 refuse (NUL, lone surrogates).
    """
    _refuse(document, "")
    try:
        written: Document = orjson.loads(orjson.dumps(dict(document), option=orjson.OPT_PASSTHROUGH_DATETIME))
    except (orjson.JSONEncodeError, orjson.JSONDecodeError) as error:
        raise BadInput(f"Une valeur ne peut pas être gardée\u00a0: {error}.") from None
    return written


def copied(value: Any) -> Any:
    """Give a deep copy of a JSON value."""
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    if isinstance(value, list):
        return [copied(item) for item in value]
    return value


def tables_of(raw: bytes) -> Tables:
    """Read the tables out of the bytes of a data file. Raise ValueError when they are not those of a TinyDB file."""
    data = orjson.loads(raw)
    if not isinstance(data, dict):
        raise ValueError("not a set of tables")
    for table in data.values():
        if not isinstance(table, dict) or not all(_is_number(key) and isinstance(doc, dict) for key, doc in table.items()):
            raise ValueError("not a table of documents")
    return data


def _is_number(key: str) -> bool:
    return key.isascii() and key.isdecimal() and (key == "0" or key[0] != "0")


def _refuse(value: object, field: str) -> None:
    if value is None or type(value) in _PLAIN:
        return
    if isinstance(value, str):
        if "\0" in value:
            raise BadInput(f"{_where(field)} contient un caractère nul.", where=field)
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise BadInput(f"{_where(field)} contient un nombre qui n'en est pas un ({value}).", where=field)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str):
                raise BadInput(f"{_where(field)} contient une clé qui n'est pas un texte ({type(key).__name__}).", where=field)
            _refuse(key, field)
            if type(item) is not str or "\0" in item:  # nearly all are texts, and nearly all are fit
                _refuse(item, f"{field}.{key}" if field else key)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse(item, field)
    elif not isinstance(value, int):
        raise BadInput(f"{_where(field)} contient une valeur qui ne se garde pas ({type(value).__name__}).", where=field)


def _where(field: str) -> str:
    return f"Le champ «\u00a0{field}\u00a0»" if field else "La fiche"
