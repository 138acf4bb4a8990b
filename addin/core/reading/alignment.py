"""Our own text found again in a reply, by words: clients rewrap, prefix and decorate lines, but words survive."""

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterable, Sequence

from msgspec import Struct

from addin.core.reading.sent import Sent

_WORD = re.compile(r"https?://[^\s<>]+|www\.[^\s<>]+|file:[^\s<>]+|[^\s<>@]{1,64}@[^\s<>@]{1,255}|((?:[^\W_]|[\u0300-\u036f])+)")
_SHINGLE = 3
_MAX_PLACES = 12
_NO_CHANCE = 6
_MAX_WORDS = 60_000
_MAX_SENT = 20


class Word(Struct, frozen=True):
    """Hold one word in its bare form and where it stands: line number, start and end in that line."""

    bare: str
    line: int
    start: int
    end: int


class Known(Struct):
    """Hold what is known of the words of a reply: for each, the place of the same word in what we sent (-1: none) and its run's length.

    Places count the words of all the stored texts one after the other; `texts` gives for each place the number of its text, `ends` the
    place after the last word of each text, `lines` the whole lines of the stored texts, as words.
    """

    words: list[Word]
    places: list[int]
    runs: list[int]
    texts: list[int]
    ends: list[int]
    lines: frozenset[tuple[str, ...]]


def words_in(lines: Iterable[str]) -> list[Word]:
    """Give the words of lines: accents kept, case, apostrophes and dashes left out; addresses are no words, for filters rewrite them."""
    found: list[Word] = []
    for number, line in enumerate(lines):
        for word in _WORD.finditer(line):
            if word.group(1):
                found.append(Word(_bare(word.group(1)), number, word.start(), word.end()))
        if len(found) > _MAX_WORDS:
            break
    return found


def align(lines: Sequence[str], sent: Sequence[Sent]) -> Known:
    """Find in the lines of a reply the runs of words that stand in what was sent, the longest first met.

    Cost is bounded: runs are found by three words in a row (difflib would be quadratic), and a run so frequent that it stands at more than
    a dozen places is followed from the first dozen only.
    """
    words = words_in(lines)
    bare = [word.bare for word in words]
    stored, texts, ends, whole = _stored(sent, frozenset(zip(bare, bare[1:], bare[2:], strict=False)))
    index: dict[tuple[str, ...], list[int]] = {}
    for place in range(len(stored) - _SHINGLE + 1):
        if texts[place] == texts[place + _SHINGLE - 1]:
            places = index.setdefault(tuple(stored[place : place + _SHINGLE]), [])
            if len(places) < _MAX_PLACES:
                places.append(place)
    tiles: list[tuple[int, int, int]] = []
    place, last = 0, -1
    while place <= len(bare) - _SHINGLE:
        best, length = _longest(bare, stored, ends, texts, place, index.get(tuple(bare[place : place + _SHINGLE]), ()), last)
        if not length:
            place += 1
            continue
        tiles.append((place, best, length))
        place += length
        last = best + length
    found = [-1] * len(words)
    runs = [0] * len(words)
    for start, stored_at, length in _in_order(tiles):
        for step in range(length):
            found[start + step] = stored_at + step
            runs[start + step] = length
    return Known(words, found, runs, texts, ends, whole)


def _in_order(tiles: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Keep the runs that follow each other as they do in what was sent, the longest first, and all those that cannot be chance.

    "de la mairie" stands in any answer: a short run counts only where our own text goes on.
    """
    kept: list[tuple[int, int, int]] = []
    chance: list[tuple[int, int, int]] = []
    for tile in sorted(tiles, key=lambda tile: -tile[2]):
        at = bisect(kept, tile)
        fits = (not at or kept[at - 1][1] + kept[at - 1][2] <= tile[1]) and (at == len(kept) or tile[1] + tile[2] <= kept[at][1])
        if fits:
            kept.insert(at, tile)
        elif tile[2] >= _NO_CHANCE:
            chance.append(tile)
    return kept + chance


def _longest(
    bare: list[str], stored: list[str], ends: list[int], texts: list[int], place: int, candidates: Iterable[int], last: int
) -> tuple[int, int]:
    """Give the stored place and the length of the longest run at `place`; of equals, the one that goes on after `last`."""
    best, length = -1, 0
    for candidate in candidates:
        end = ends[texts[candidate]]
        step = _SHINGLE
        while place + step < len(bare) and candidate + step < end and bare[place + step] == stored[candidate + step]:
            step += 1
        nearer = last >= 0 and step == length and 0 <= candidate - last < abs(best - last)
        if step > length or nearer:
            best, length = candidate, step
    return best, length


def _stored(
    sent: Sequence[Sent], shingles: frozenset[tuple[str, str, str]]
) -> tuple[list[str], list[int], list[int], frozenset[tuple[str, ...]]]:
    """Give the words of the stored texts that the reply quotes, at most twenty of them, the most quoted."""
    ranked: list[tuple[int, int, list[Word]]] = []
    for number, one in enumerate(sent):
        words = words_in(one.text.split("\n"))[:_MAX_WORDS]
        bare = [word.bare for word in words]
        hits = sum(1 for shingle in zip(bare, bare[1:], bare[2:], strict=False) if shingle in shingles)
        if hits:
            ranked.append((-hits, number, words))
    stored: list[str] = []
    texts: list[int] = []
    ends: list[int] = []
    whole: set[tuple[str, ...]] = set()
    for _, _, words in sorted(ranked, key=lambda one: one[:2])[:_MAX_SENT]:
        texts += [len(ends)] * len(words)
        stored += [word.bare for word in words]
        ends.append(len(stored))
        by_line: dict[int, list[str]] = {}
        for word in words:
            by_line.setdefault(word.line, []).append(word.bare)
        whole |= {tuple(line) for line in by_line.values()}
    return stored, texts, ends, frozenset(whole)


def _bare(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold()
