"""French in the small: dates and times in words, no-break spaces, openings, elisions."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from addin.core.contacts import Contact
from addin.core.nouns import BODIES, MUTE_H, noun, plain
from addin.core.titles import Form, article, before, of_the, to_the, with_article

__all__ = [
    "date_in_words",
    "datetime_in_words",
    "enumeration",
    "number_in_words",
    "of",
    "of_the",
    "opening",
    "short_date",
    "the",
    "time_in_words",
    "to",
    "to_the",
    "typeset",
    "uncapitalised",
    "with_article",
]

NBSP = "\u00a0"
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")
_SHORT = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")

_BLANK = "[ \u00a0\u202f\u2009]"
# What typesetting never enters (`kept`: code between backquotes, addresses of pages and of people), and what it changes.
# Each part starts where a word or a run of blanks starts, or is bounded: a long text costs a time in proportion.
_TYPESET = re.compile(
    rf"""(?P<kept>`[^`\n]*`|\b(?:[a-z][a-z0-9+.-]{{0,20}}://|www\.|mailto:)[^\s«»]+|(?<![^\s@«»])[^\s@«»]{{1,64}}@[^\s@«»]+)
    |(?P<opens>«){_BLANK}*(?=\S)
    |(?:(?<!{_BLANK}){_BLANK}+|(?<=[^\s«]))(?P<closes>»)
    |(?<!{_BLANK}){_BLANK}+(?P<sign>[:;?!%€])
    |(?<![\d:])(?P<hour>\d{{1,2}}){_BLANK}h(?:{_BLANK}(?P<minutes>\d{{2}}))?(?![\w'’])
    |\b(?P<rank>[nN]°){_BLANK}*(?=\d)""",
    re.IGNORECASE | re.VERBOSE,
)


_TYPED_ARTICLE = re.compile(r"(?:(?:le|la|les)\s|l['’])(?=\w)", re.IGNORECASE)
_AGREEMENTS = {"le": "m", "la": "f", "les": "plural"}


def date_in_words(day: date) -> str:
    """Write a date in full: "mardi 1er décembre 2026". A datetime gives its own day, in the zone it carries."""
    return f"{WEEKDAYS[day.weekday()]} {_day(day)} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """Write a date in short, for a line of a list: "24 nov. 2026"."""
    return f"{_day(day)} {_SHORT[day.month - 1]} {day.year}"


def time_in_words(moment: time | datetime) -> str:
    """Write a time with no-break spaces: "10 h 30", "10 h"."""
    return f"{moment.hour}{NBSP}h" + (f"{NBSP}{moment.minute:02d}" if moment.minute else "")


def datetime_in_words(moment: datetime) -> str:
    """Write a date and its time: "mardi 1er décembre 2026 à 10 h". The hour is the one of the zone it carries."""
    return f"{date_in_words(moment)} à {time_in_words(moment)}"


def number_in_words(number: int | float) -> str:
    """Write a number the French way: no-break spaces between thousands, a comma before the decimals."""
    return f"{number:,}".replace(",", NBSP).replace(".", ",")


def _day(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)


def typeset(text: str) -> str:
    """Put U+00A0 where French wants it: before : ; ? ! » % €, after «, in "10 h 30" and after "n°".

    Only a space that is already there changes (guillemets gain theirs), so "10:30" and "http:" stay. Page and e-mail
    addresses and code between backquotes are left as they are. Typesetting twice changes nothing.
    """
    return _TYPESET.sub(_spaced, text)


def _spaced(found: re.Match[str]) -> str:
    if found["kept"]:
        return found["kept"]
    if found["opens"] or found["rank"]:
        return (found["opens"] or found["rank"]) + NBSP
    if found["hour"]:
        return f"{found['hour']}{NBSP}h" + (f"{NBSP}{found['minutes']}" if found["minutes"] else "")
    return NBSP + (found["closes"] or found["sign"])


def opening(contact: Contact | None) -> str:
    """Open a letter: "Madame," or "Monsieur," for a person whose civility is known, else "Madame, Monsieur,"."""
    if contact and contact.kind in ("agent", "elu") and contact.civility:
        return f"{contact.civility.capitalize()},"
    return "Madame, Monsieur,"


def of(name: str) -> str:
    """Put "de" before a person's or a department's name: "d'Anne Le Goff", "de Paul Morin", "de la direction des sports"."""
    name = " ".join(name.split())
    body = _body("de", name)
    if body:
        return body
    first = re.split(r"[\s'’]", name, maxsplit=1)[0]
    sound = plain(first.split("-")[0]).rstrip(".,")
    if not sound or "@" in first or (len(first) > 1 and first.isupper() and " " not in name):
        return f"de {name}".rstrip()
    vowel = sound[0] in "aeiou" or (sound[0] == "y" and len(sound) > 1 and sound[1] not in "aeiou") or sound in MUTE_H
    return f"d'{name}" if vowel else f"de {name}"


def to(name: str) -> str:
    """Put "à" before a person's or a department's name: "à Paul Morin", "au service des sports", "à l'école Pasteur"."""
    name = " ".join(name.split())
    return _body("à", name) or f"à {name}"


def the(name: str) -> str:
    """Name a person or a department inside a sentence: "Paul Morin", "le service des sports", "la direction générale"."""
    name = " ".join(name.split())
    return _body("le", name) or name


def uncapitalised(words: str) -> str:
    """Give words as they read inside a sentence: "Référente open data" loses its capital, "DPO" keeps its own."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _body(form: Form, name: str) -> str:
    """Put its article before the name of a department, with or without the one it was typed with; an empty text for any other name."""
    typed = _TYPED_ARTICLE.match(name)
    bare = name[typed.end() :] if typed else name
    first = re.split(r"[\s'’]", bare, maxsplit=1)[0]
    known = noun(first) if {first.lower(), first.lower().removesuffix("s")} & BODIES else None
    if known:
        return article(form, known, first) + bare[0].lower() + bare[1:]
    if typed and bare[0].islower():
        return before(form, _AGREEMENTS.get(typed[0].strip().lower(), "elided")) + bare
    return ""


def enumeration(parts: Sequence[str]) -> str:
    """Join words as a sentence does: "a, b et c"."""
    return " et ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
