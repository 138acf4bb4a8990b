"""Put the right article before the title of any data set.

A title is read only when its first noun is known (core/nouns) and nothing in it makes the agreement doubtful;
any other title is quoted after "jeu de données", which is always right.
"""

import re
from typing import Literal

from addin.core.nouns import Noun, elides, goes_before, noun, plain

NBSP = "\u00a0"
Form = Literal["le", "à", "de"]

_WORDS = {
    ("le", "m"): "le ",
    ("le", "f"): "la ",
    ("le", "elided"): "l'",
    ("le", "plural"): "les ",
    ("à", "m"): "au ",
    ("à", "f"): "à la ",
    ("à", "elided"): "à l'",
    ("à", "plural"): "aux ",
    ("de", "m"): "du ",
    ("de", "f"): "de la ",
    ("de", "elided"): "de l'",
    ("de", "plural"): "des ",
}
_ARTICLES: dict[str, str] = {"le": "m", "la": "f", "les": "plural"}
_PREPOSITION = re.compile(r"^(?:de|du|des|à|au|aux|en|par|pour|sur|sous|dans|avec|sans|hors|selon|depuis|d['’].*)$", re.IGNORECASE)
_ENGLISH = re.compile(r"\b(?:of|the|by|and|for|with|from|in|at|to|data|list)\b", re.IGNORECASE)
# Signs that end the noun group, or say that the title is a heading or a file name.
_HEADING = re.compile(r"[:;?!|/\\_«»\"“”<>{}\[\]*=+@#&]|\s[-–—]\s|\.\w")
_ADDED = re.compile(r"[ \t\r\n\f\v]+")


def with_article(title: str) -> str:
    """Name a data set as subject or object: "les menus scolaires", "l'éclairage public", "le jeu de données « DAE »"."""
    return _said("le", title)


def to_the(title: str) -> str:
    """Name a data set after "relatif": "aux menus scolaires", "à l'éclairage public", "au budget primitif"."""
    return _said("à", title)


def of_the(title: str) -> str:
    """Name a data set after a noun: "des menus scolaires", "de l'éclairage public", "du budget primitif"."""
    return _said("de", title)


def article(form: Form, known: Noun, word: str) -> str:
    """Give the article, its space included, before a word whose noun is known: "du ", "de l'", "aux "."""
    return _WORDS[form, "plural" if known.plural else "elided" if elides(word) else known.gender]


def before(form: Form, agreement: str) -> str:
    """Give the article, its space included, of an agreement (m, f, elided, plural)."""
    return _WORDS[form, agreement]


def _said(form: Form, title: str) -> str:
    title = _ADDED.sub(" ", title).strip()
    agreement, rest = _agreement(title)
    if agreement:
        return _WORDS[form, agreement] + rest
    quoted = f"jeu de données «{NBSP}{title}{NBSP}»" if title.strip() else "jeu de données"
    return _WORDS[form, "m"] + quoted


def _agreement(title: str) -> tuple[str, str]:
    """Give the article's agreement (m, f, elided, plural) and what follows it, or an empty agreement for a title to quote."""
    if not title or _HEADING.search(title) or _ENGLISH.search(title) or (title.isupper() and len(title) > 1):
        return "", title
    given, bare = _own_article(title)
    words = bare.split(" ")
    head, known = _head(words)
    if known is None:
        return (given, bare) if given and _reads_after_article(words[0]) else ("", title)
    if not _sound(words, head, known):
        return "", title
    bare = words[0][0].lower() + bare[1:]
    if given:
        return given, bare
    number = "plural" if _plural(words, head, known) else ""
    return number or ("elided" if elides(words[0]) else known.gender), bare


def _own_article(title: str) -> tuple[str, str]:
    """Split the article that a title already begins with: "Les arbres" gives plural and "arbres"."""
    elided = re.match(r"l['’](?=\w)", title, re.IGNORECASE)
    if elided:
        return "elided", title[2:]
    first, _, rest = title.partition(" ")
    return (_ARTICLES[first.lower()], rest) if first.lower() in _ARTICLES and rest else ("", title)


def _reads_after_article(word: str) -> bool:
    """Tell a common word or an acronym ("le PLU") from a proper name, whose article may be part of it ("Le Havre")."""
    return word[:1].isalpha() and (not word[0].isupper() or (len(word) > 1 and word.isupper()))


def _head(words: list[str]) -> tuple[int, Noun | None]:
    """Find the head noun: the first word, or the second after an adjective such as "grands"."""
    if len(words) > 1 and goes_before(words[0]) and _lower(words[0]):
        known = _common(words[1])
        if known is not None:
            return 1, known
    if plain(words[0]) == "cours" and len(words) > 1 and plain(words[1]) in ("d'eau", "d'eaux"):
        return 0, Noun("m", True, True)
    return 0, _common(words[0])


def _common(word: str) -> Noun | None:
    return noun(word.rstrip(",")) if _lower(word) else None


def _lower(word: str) -> bool:
    """Tell whether a word is written as a common word: only its first letter may be a capital."""
    return bool(word) and word[1:] == word[1:].lower()


def _sound(words: list[str], head: int, known: Noun) -> bool:
    """Tell whether nothing makes the agreement doubtful: no second noun joined to the first, no Title Case, no sign glued on."""
    follows = words[head + 1 :]
    if words[head].endswith(",") and not known.plural:
        return False
    if follows and follows[0][:1].isupper() and not follows[0].isupper():
        return False
    for place, word in enumerate(follows):
        if _PREPOSITION.match(word):
            return True
        if word in ("et", "ou") or word.endswith(","):
            joined = follows[place + 1] if place + 1 < len(follows) else ""
            if not known.plural or not joined.rstrip(",").endswith(("s", "x")):
                return False
    return True


def _plural(words: list[str], head: int, known: Noun) -> bool:
    """Tell the number; of a noun written alike in both, the adjective beside it tells ("parcours cyclables")."""
    if not known.same:
        return known.plural
    beside = (words[head - 1] if head else next(iter(words[1:]), "")).rstrip(",")
    if not beside.isalpha() or beside.isupper() or beside in ("et", "ou") or _PREPOSITION.match(beside):
        return known.plural
    return beside.endswith(("s", "x"))
