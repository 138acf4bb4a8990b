"""Read the value of a blank: what people type, by the blank's type, or a sentence that says what was expected."""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from types import MappingProxyType
from urllib.parse import urlsplit

from addin.core.addresses import read_email
from addin.core.datasets import Dataset
from addin.core.errors import BadInput
from addin.core.french import MONTHS, NBSP, WEEKDAYS, date_in_words, datetime_in_words, enumeration, number_in_words, time_in_words
from addin.core.nouns import plain
from addin.core.stages import Blank

MAX_ITEMS = 1_000
MAX_LENGTH = 20_000

Typed = str | int | float | date | time | tuple[str, ...]  # a datetime is a date

_MONTHS = {plain(name): number for number, name in enumerate(MONTHS, 1)}
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_WORDED = re.compile(rf"(?:le\s+)?(?:(?:{'|'.join(WEEKDAYS)})\s+)?(\d{{1,2}})(?:er)?\s+([^\W\d_]+)\.?\s+(\d{{4}})", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,2})\s*(?:h|:|heures?)\s*(\d{2})?(?:\s*(?:min|:\s*00))?", re.IGNORECASE)
_DATE_AND_TIME = re.compile(r"(.+?)(?:\s*,?\s+à\s+|\s*,\s*|\s+|(?<=\d)T(?=\d))(\d{1,2}\s*(?:h|:|heures?).*)", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?\d{1,15}(?:[.,]\d{1,6})?")
_PHONE = re.compile(r"[+()\d][\d\s.()/+-]{1,39}(?:\s*(?:poste|p\.)\s*\d{1,6})?", re.IGNORECASE)

_EXPECTED = MappingProxyType(
    {
        "date": "une date, par exemple 01/12/2026 ou 1er décembre 2026",
        "time": "une heure, par exemple 10 h 30",
        "datetime": "une date et une heure, par exemple 01/12/2026 à 10 h 30",
        "email": "une adresse électronique, par exemple prenom.nom@mairie.example",
        "phone": "un numéro de téléphone, par exemple 02 99 00 00 00",
        "url": "une adresse complète, par exemple https://www.mairie.example/donnees",
        "number": "un nombre, par exemple 12",
        "text": "un texte",
        "longtext": "un texte",
        "dataset": "le titre d’un jeu de données",
        "datasets": "des titres de jeux de données, un par ligne",
    }
)


def typed(blank: Blank, value: object) -> Typed | None:
    """Give the value by the blank's type, None when nothing was given (an empty text or list).

    A text is read by the type: dates as ISO 8601, 01/12/2026 or "1er décembre 2026"; times as 10:30 or "10 h 30"; an instant keeps
    the offset it carries, or none. Raise BadInput, naming the blank by its label with an example of the right form.
    """
    if value is None:
        return None
    try:
        return _read(blank, value)
    except BadInput:
        raise
    except (ValueError, OverflowError) as fault:
        raise refusal(blank, str(value)) from fault


def words_of(value: object) -> str:
    """Write a typed value as a letter says it."""
    if isinstance(value, datetime):
        return datetime_in_words(value)
    if isinstance(value, date):
        return date_in_words(value)
    if isinstance(value, time):
        return time_in_words(value)
    if isinstance(value, (int, float)):
        return number_in_words(value)
    if isinstance(value, Dataset):
        return value.title
    if isinstance(value, Sequence) and not isinstance(value, str):
        return enumeration([words_of(item) for item in value])
    return str(value)


def cleaned(text: str) -> str:
    """Take out what no letter may hold: control characters (but line feed and tab), half characters, line ends other than line feed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


def refusal(blank: Blank, shown: str) -> BadInput:
    """Say that a blank cannot take what was typed, with an example of the right form."""
    shown = " ".join(cleaned(shown).split())
    shown = shown if len(shown) <= 60 else shown[:59] + "…"
    return BadInput(
        f"«{NBSP}{blank.label}{NBSP}»{NBSP}: «{NBSP}{shown}{NBSP}» ne convient pas. Il faut {_EXPECTED[blank.type]}.", where=blank.name
    )


def _read(blank: Blank, value: object) -> Typed | None:
    if blank.type == "datasets":
        return _titles(blank, value)
    if isinstance(value, Dataset):
        value = value.title
    if isinstance(value, str):
        if len(value) > MAX_LENGTH:
            raise BadInput(
                f"«{NBSP}{blank.label}{NBSP}»{NBSP}: ce texte dépasse {number_in_words(MAX_LENGTH)} caractères.", where=blank.name
            )
        text = cleaned(value).strip()
        return _READERS[blank.type](text) if text else None
    if blank.type == "number" and isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        return value
    if blank.type == "datetime" and isinstance(value, datetime):
        return value
    if blank.type == "date" and isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    if blank.type == "time" and isinstance(value, time):
        return value
    if blank.type == "dataset" and isinstance(value, Sequence):
        return _titles(blank, value)
    raise ValueError(type(value).__name__)


def _titles(blank: Blank, value: object) -> tuple[str, ...] | None:
    if isinstance(value, str):
        value = re.split(r"[\n;]", cleaned(value))
    if not isinstance(value, Sequence):
        raise ValueError(type(value).__name__)
    if len(value) > MAX_ITEMS:
        raise BadInput(f"«{NBSP}{blank.label}{NBSP}»{NBSP}: {number_in_words(MAX_ITEMS)} titres au plus.", where=blank.name)
    titles = [item.title if isinstance(item, Dataset) else item for item in value]
    if not all(isinstance(title, str) and len(title) <= MAX_LENGTH for title in titles):
        raise ValueError("titles")
    return tuple(filter(None, (_joined(cleaned(title)) for title in titles))) or None


def _joined(text: str) -> str:
    return " ".join(text.split())


def _date(text: str) -> date:
    text = _joined(text)
    if match := _ISO_DATE.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _SLASHED.fullmatch(text):
        return date(int(match[3]), int(match[2]), int(match[1]))
    match = _WORDED.fullmatch(text)
    month = _month(match[2]) if match else 0
    if not match or not month:
        raise ValueError(text)
    return date(int(match[3]), month, int(match[1]))


def _month(word: str) -> int:
    key = plain(word)
    found = [number for name, number in _MONTHS.items() if name == key or (len(key) >= 3 and name.startswith(key))]
    return found[0] if len(found) == 1 else 0


def _time(text: str) -> time:
    match = _TIME.fullmatch(_joined(text))
    if not match:
        raise ValueError(text)
    return time(int(match[1]), int(match[2] or 0))


def _datetime(text: str) -> datetime:
    if re.match(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}", text):
        return datetime.fromisoformat(text)
    match = _DATE_AND_TIME.fullmatch(_joined(text))
    if not match:
        raise ValueError(text)
    return datetime.combine(_date(match[1]), _time(match[2]))


def _number(text: str) -> int | float:
    text = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?:\D|$))", "", text)
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    text = text.replace(",", ".")
    return float(text) if "." in text else int(text)


def _email(text: str) -> str:
    try:
        return read_email(text)
    except BadInput as fault:
        raise ValueError(text) from fault


def _phone(text: str) -> str:
    if not _PHONE.fullmatch(text) or sum(c.isdigit() for c in text) < 3 or "\n" in text:
        raise ValueError(text)
    return text


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or re.search(r"[\s<>\"`\\]", text) or len(text) > 2_000:
        raise ValueError(text)
    return text


_READERS: Mapping[str, Callable[[str], Typed]] = {
    "text": str,
    "longtext": str,
    "dataset": _joined,
    "date": _date,
    "time": _time,
    "datetime": _datetime,
    "number": _number,
    "email": _email,
    "phone": _phone,
    "url": _url,
}
