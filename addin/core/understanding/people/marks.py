"""Marks: the words of a text that name somebody (a person, an address, a telephone, a department), and the tokens they are read from."""

import re
from typing import Literal

from msgspec import Struct

from addin.core.understanding.people.plaintext import bare

MarkKind = Literal["person", "email", "phone", "service"]

# "N'Diaye" and "O'Brien" are one word; "l'état", "d'Anne" are two. Numbers go as far as their dots do.
_TOKEN = re.compile(
    r"(?:[NO]'[^\W\d_](?=[^\W\d_])|[LDlNnSsCcJjMmTtd]'|[Qq]u'|[^\W\d_])(?:[^\W_]|-(?=[^\W_])|'(?=[^\W\d_]))*|\d+|&|[^\s\w]|_"
)
_ELISION = re.compile(r"(?:[ldnscjmt]|qu|jusqu|lorsqu|puisqu|aujourd)'$")


class Mark(Struct, frozen=True, kw_only=True):
    """Name somebody with the words from `start` to `end` of a plain text.

    `weak` marks count only where somebody is awaited ("les sports", "hydralis"). `civil` tells a name said with a civility,
    `company` a name that is an outside body's.
    """

    kind: MarkKind
    start: int
    end: int
    value: str
    weak: bool = False
    civil: bool = False
    company: bool = False


class Token(Struct, frozen=True):
    """Hold one word of a sentence: its place, its letters, the same without accents in lower case, and how it is written."""

    start: int
    end: int
    text: str
    plain: str
    case: Literal["lower", "title", "upper", "other"]


def tokens(text: str, start: int, end: int, *, shouted: bool = False) -> list[Token]:
    """Cut a part of a plain text into words and signs. In a `shouted` sentence (all in capitals) every word counts as lower case."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        for a, b in _elided(match.group(), match.start()):
            word = text[a:b]
            found.append(Token(a, b, word, bare(word), "lower" if shouted and word[0].isalpha() else _case(word)))
    return found


def is_shouted(text: str) -> bool:
    """Tell whether a sentence is all in capitals, so that a capital tells nothing."""
    words = re.findall(r"[^\W\d_]{2,}", re.sub(r"\S*@\S*", "", text[:400]))
    return len(words) >= 3 and all(word.isupper() for word in words)


def _elided(word: str, start: int) -> list[tuple[int, int]]:
    """Split "l'urbanisme" and "qu'Anne" after the apostrophe, never "N'Diaye", "D'Alembert" nor "aujourd'hui"."""
    head, mark, tail = word.partition("'")
    if (
        mark
        and tail
        and re.fullmatch(r"[lcjmtsdn]|qu|L|D|S|C|J|Qu", head)
        and not (head in "DL" and tail[:1].isupper() and tail[1:2].islower())
    ):
        return [(start, start + len(head) + 1), *_elided(tail, start + len(head) + 1)]
    return [(start, start + len(word))]


def _case(word: str) -> Literal["lower", "title", "upper", "other"]:
    if not word[0].isalpha():
        return "other"
    if not word[0].isupper():
        return "lower"
    letters = re.sub(r"[\W\d_]", "", word)
    return "upper" if letters.isupper() and len(letters) > 1 else "title"


def gap(text: str, left: Token, right: Token) -> str:
    """Give what stands between two tokens."""
    return text[left.end : right.start]
