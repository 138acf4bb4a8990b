"""A text made easy to match: lower case, no accents, plain apostrophes and spaces, each letter tied to its place in the original."""

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

from addin.core.reading.conclusions import Span

_SAME = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "´": "'",
    "`": "'",
    "′": "'",
    "‐": "-",
    "‑": "-",
    "–": "-",
    "—": "-",
    "−": "-",
    "œ": "oe",
    "Œ": "oe",
    "æ": "ae",
    "Æ": "ae",
    "ß": "ss",
    "…": "...",
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
    "\r": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
}


class Bare(Struct, frozen=True):
    """Hold the bare words of a text: `at[i]` is the place in the original of the letter `words[i]`; `at` has one more item, the end."""

    words: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Give the place in the original of the bare letters from `start` up to `end` (excluded), blanks around them left out."""
        while start < end and self.words[start] in " \n":
            start += 1
        while end > start and self.words[end - 1] in " \n":
            end -= 1
        return Span(self.at[start], self.at[end - 1] + 1 if end > start else self.at[start])


@lru_cache(maxsize=4096)
def _fold(letter: str) -> str:
    """Give what one letter becomes: at most a few plain letters, nothing for marks that join the letter before or take no room."""
    if letter in _SAME:
        return _SAME[letter]
    kind = unicodedata.category(letter)
    if kind in ("Mn", "Me", "Cf", "Cc", "Cs") and letter not in "\n\t":
        return ""
    if letter != "\n" and letter.isspace():
        return " "
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(mark))
    return plain.lower()[:4] or letter


def bare(text: str) -> Bare:
    """Give the bare form of a text, in time proportional to its length. Line ends stay; every other blank becomes one space."""
    words: list[str] = []
    at: list[int] = []
    for place, letter in enumerate(text):
        for plain in _fold(letter):
            if plain == " " and words and words[-1] == " ":
                continue
            words.append(plain)
            at.append(place)
    at.append(len(text))
    return Bare("".join(words), tuple(at))


# Spoken and hurried spellings, and the plain words they stand for.
_HURRIED = {
    "g": "j'ai",
    "jai": "j'ai",
    "gt": "j'etais",
    "c": "c'est",
    "cest": "c'est",
    "ct": "c'etait",
    "chuis": "je suis",
    "jsuis": "je suis",
    "chais": "je sais",
    "jsais": "je sais",
    "ya": "il y a",
    "dsl": "desole",
    "pr": "pour",
    "ns": "nous",
    "vs": "vous",
    "tjs": "toujours",
    "tjrs": "toujours",
    "pb": "probleme",
    "lenvoi": "l'envoie",
    "lenvoie": "l'envoie",
    "jenvoie": "j'envoie",
    "jenvoi": "j'envoie",
    "donees": "donnees",
    "fichie": "fichier",
    "ds": "dans",
    "tt": "tout",
    "nbre": "nombre",
    "ki": "qui",
    "koi": "quoi",
    "qd": "quand",
    "bcp": "beaucoup",
    "chui": "je suis",
    "tenvoi": "t'envoie",
    "tenvoie": "t'envoie",
    "fo": "faut",
}
_WORD = re.compile(r"(?<![\w'@./-])(?:" + "|".join(sorted(_HURRIED, key=len, reverse=True)) + r")(?![\w'@/-]|\.\w)")
# An apostrophe left out: "j ai", "c est", "l envoi", "qu on".
_OPEN = re.compile(r"(?<![\w'@./-])([jltsdnc]|qu) (?=[aeiouyh]\w)")


def spelled_out(bare: Bare) -> Bare:
    """Give the bare text with hurried spellings ("g", "ns", "cest", "j ai") in plain words, each tied to the place of the short one."""
    bare = Bare(_OPEN.sub(r"\1'", bare.words), bare.at)
    words: list[str] = []
    at: list[int] = []
    end = 0
    for found in _WORD.finditer(bare.words):
        plain = _HURRIED[found.group()]
        words += [bare.words[end : found.start()], plain]
        at += bare.at[end : found.start()]
        last = len(found.group()) - 1
        at += [bare.at[found.start() + min(place, last)] for place in range(len(plain))]
        end = found.end()
    words.append(bare.words[end:])
    at += bare.at[end:]
    return Bare("".join(words), tuple(at))
