"""A text cut into sentences and clauses: the pieces in which one thing is said."""

import re
from collections.abc import Iterator

from msgspec import Struct

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]+|\\\\[^\s,;]+|[^\s@<>(),;:\"]+@[^\s@<>(),;:\"]+", re.ASCII)
_SHORT = re.compile(
    r"\b(?:mmes?|mlles?|mrs?|mm|m|dr|pr|st|ste|cf|tel|etc|ex|art|ref|svp|env|resp|dept|av|bd|i\.e|e\.g|[a-z])\.(?=\s?\S)", re.ASCII
)
_END = re.compile(r"[.!?]+(?=[\s\"')\]]|$)|\n[ \t]*(?:\n\s*)+|\n(?=[ \t]*(?:[-*•>]|\d{1,2}[.)/-])\s)")
_LINE = re.compile(r"\n")
_BREAK = re.compile(
    r"[,;()\[\]]|:(?=\s|$)|(?<=\s)-+(?=\s)|=?->|=>"
    r"|\b(?=(?:mais|par contre|en revanche|cependant|toutefois|neanmoins|pourtant|donc|car"
    r"|puisqu|parce qu|alors que|tandis que|sinon|sauf que|but)\b)"
    r"|\bet (?=(?:je|nous|on|c'est|il|elle|ils|elles|ne|mon|notre|nos|pas|non|oui)\b|j'|n'|je)"
)
_GREETING = re.compile(
    r"(?:bonjour|bonsoir|salut|coucou|hello|hi|dear|chere?s?|madame|monsieur|mesdames|messieurs)\b[\w .'-]{0,40}[,!\n]\s*", re.ASCII
)
_LONGEST_CLAUSE = 600


class Clause(Struct, frozen=True, kw_only=True):
    """Hold one clause: its bare words, where they start in the bare text, the number of its sentence, and whether it asks something.

    `first` tells that it opens its sentence.
    """

    words: str
    start: int
    sentence: int
    asks: bool = False
    first: bool = False


def without_links(words: str) -> str:
    """Blank the addresses of the web and of mail, and the dots of abbreviations, letter for letter: the length stays."""
    words = _LINK.sub(lambda link: "~" * len(link.group()), words)
    return _SHORT.sub(lambda short: short.group()[:-1].replace(".", " ") + " ", words)


def sentences_of(words: str) -> Iterator[tuple[int, int]]:
    """Give the bounds of each sentence of a bare text without links: it ends with a stop, a blank line, a list mark or a short line."""
    stops = [(end.start(), end.end()) for end in _END.finditer(words)]
    stops += [(line.start(), line.end()) for line in _LINE.finditer(words) if _breaks(words, line.start())]
    start = 0
    for _, end in sorted(stops):
        if words[start:end].strip():
            yield start, end
            start = end
    if words[start:].strip():
        yield start, len(words)


def _breaks(words: str, place: int) -> bool:
    """Tell whether a line end stands for a stop: mail wrapped at some 72 columns breaks long lines in the middle of a sentence."""
    before = words[max(0, words.rfind("\n", max(0, place - 200), place) + 1) : place].strip()
    return len(before) < 45 or (before[-1:] in ",:;" and before.count(" ") < 4)


def clauses_of(words: str) -> tuple[Clause, ...]:
    """Cut a bare text without links into clauses, in order."""
    found: list[Clause] = []
    for number, (start, end) in enumerate(sentences_of(words)):
        greeting = _GREETING.match(words, start, end)
        start = greeting.end() if greeting else start
        asks = words[start:end].rstrip(" \n\"')").endswith("?")
        pieces = [(left, right) for left, right in _pieces(words, start, end) if words[left:right].strip(' \n.!?-"~')]
        turn = len(pieces)
        if asks:
            turn = next((place for place, (left, right) in enumerate(pieces) if _ASKING.search(words, left, right)), len(pieces) - 1)
            if len(pieces) > 1 and _TAG.fullmatch(words[pieces[-1][0] : pieces[-1][1]].strip(" \n.!?")):
                turn = len(pieces) - 2
        for place, (left, right) in enumerate(pieces):
            found.append(
                Clause(
                    words=words[left:right].replace("\n", " "),
                    start=left,
                    sentence=number,
                    asks=place >= turn,
                    first=place == 0,
                )
            )
    return tuple(found)


# What turns a clause into a question: an inverted subject, an asking word.
_ASKING = re.compile(
    r"\w-(?:vous|tu|il|elle|on|ils|elles|je|nous|ce|t-il|t-elle|t-on)\b|\best-ce\b|\bqu'est\b"
    r"|(?:^|(?<=\W))(?:qui|que|quoi|quels?|quelles?|comment|pourquoi"
    r"|combien|quand|ou|a qui|what|which|who|how|when|why|do you|can you|could you)\b(?! est)",
    re.ASCII,
)
_TAG = re.compile(r"non|si|hein|n'est-ce pas|pas vrai|c'est (?:ca|bien ca)|je crois|peut-etre")


def _pieces(words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    left = start
    for cut in _BREAK.finditer(words, start, end):
        if cut.start() > left:
            yield from _capped(left, cut.start())
        left = cut.end() if cut.end() > cut.start() else cut.start()
    if left < end:
        yield from _capped(left, end)


def _capped(left: int, right: int) -> Iterator[tuple[int, int]]:
    """Give a clause in pieces of 600 letters at most: no rule needs more, and none takes long."""
    for start in range(left, right, _LONGEST_CLAUSE):
        yield start, min(right, start + _LONGEST_CLAUSE)
