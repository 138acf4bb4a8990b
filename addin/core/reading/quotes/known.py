"""The roles put right by what we know that we sent: our text is a quote wherever it stands, words typed inside it are an answer."""

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from addin.core.reading.alignment import Known, Word, align
from addin.core.reading.lines import Line, plain
from addin.core.reading.quotes.attributions import attribution_at
from addin.core.reading.quotes.headers import is_separator
from addin.core.reading.quotes.roles import Role
from addin.core.reading.sent import Sent
from addin.core.reading.signatures.closings import is_closing, is_greeting
from addin.core.reading.signatures.names import is_card, is_name

_DRAWN = re.compile(r"[-=_*~#+]{2,}")
_LONG_RUN = 6
_SURE_WORDS = 8
_WHOLE_LINE = 5


class _Seen(Struct):
    """Hold, for one line, its words' numbers and whether all of it stands in what we sent."""

    words: range
    known: bool
    longest: int


def put_right(lines: Sequence[Line], roles: Sequence[Role], known: Known) -> tuple[list[Line], list[Role], bool]:
    """Give lines and roles anew, and whether something of ours was found: our own text is taken off, what was typed in it comes out."""
    seen = _seen(lines, known)
    fixed = list(roles)
    found = _take_off(lines, fixed, seen, known)
    inserted = _inserted(lines, fixed, known, seen)
    found = found or any(role in ("quote", "handed") and seen[number].longest >= _LONG_RUN for number, role in enumerate(fixed))
    return *_split(lines, fixed, inserted), found


def only_ours(quoted: Sequence[Line], sent: Sequence[Sent]) -> bool:
    """Tell whether quoted lines hold nothing but a letter of ours, word for word, then at most a signature: no answer was typed in them."""
    known = align([line.text for line in quoted], sent)
    matched = [at for at, place in enumerate(known.places) if place >= 0]
    if len(matched) < _SURE_WORDS or len(matched) <= matched[-1]:
        return False
    below = [plain(line.text) for line in quoted[known.words[matched[-1]].line + 1 :]]
    rest = [word for word in known.words[matched[-1] + 1 :] if word.line == known.words[matched[-1]].line]
    return not rest and all(not text or _DRAWN.fullmatch(text) or is_card(text) or (is_name(text) and " " in text) for text in below)


def _seen(lines: Sequence[Line], known: Known) -> list[_Seen]:
    found: list[_Seen] = []
    word = 0
    for number in range(len(lines)):
        start = word
        while word < len(known.words) and known.words[word].line == number:
            word += 1
        span = range(start, word)
        places = [known.places[at] for at in span]
        whole = tuple(known.words[at].bare for at in span)
        matched = sum(place >= 0 for place in places)
        all_known = bool(places) and (
            whole in known.lines
            or matched == len(places)
            or (len(places) >= _SURE_WORDS and matched >= 0.85 * len(places) and places[0] >= 0 and places[-1] >= 0)
        )
        longest = max((known.runs[at] for at in span), default=0)
        found.append(_Seen(span, all_known, max(longest, len(whole) if whole in known.lines else 0)))
    return found


def _take_off(lines: Sequence[Line], roles: list[Role], seen: list[_Seen], known: Known) -> bool:
    """Mark as quotes the blocks of unprefixed lines that are ours, with the attribution just above the first one."""
    blocks: list[tuple[int, int]] = []
    place = 0
    while place < len(lines):
        if roles[place] != "own" or not seen[place].known:
            place += 1
            continue
        end = start = place
        while place < len(lines) and roles[place] == "own" and (seen[place].known or not seen[place].words):
            end = place + 1 if seen[place].known else end
            place += 1
        while start < end and _courtesy(lines[start]) and seen[start].longest <= 4:
            start += 1
        if _is_ours(seen[start:end]):
            blocks.append((start, end))
    for start, end in blocks:
        roles[start:end] = ["quote"] * (end - start)
    if not blocks:
        return False
    _take_altered(lines, roles, seen, known, blocks)
    _take_head(lines, roles, blocks[0][0])
    _take_rest(lines, roles, seen, known, blocks)
    return True


def _courtesy(line: Line) -> bool:
    text = plain(line.text)
    return not text or is_closing(text)


def _is_ours(block: list[_Seen]) -> bool:
    words = sum(len(one.words) for one in block)
    longest = max((one.longest for one in block), default=0)
    return (words >= _SURE_WORDS and longest >= _LONG_RUN) or any(
        one.known and one.longest >= len(one.words) >= _WHOLE_LINE for one in block
    )


def _take_altered(lines: Sequence[Line], roles: list[Role], seen: list[_Seen], known: Known, blocks: list[tuple[int, int]]) -> None:
    """Take the lines between two blocks that stand for words of ours (a link rewritten, a blank filled in): as many words, or fewer."""
    for (_, end), (start, _) in pairwise(blocks):
        before, after = _last_place(seen, end, known), _first_place(seen, start, known)
        words = sum(len(one.words) for one in seen[end:start])
        if (
            all(role == "own" for role in roles[end:start])
            and 0 <= before < after
            and 0 < words <= (after - before - 1) + 2 < 200
            and after - before > 2
        ):
            roles[end:start] = ["quote"] * (start - end)


def _take_head(lines: Sequence[Line], roles: list[Role], start: int) -> None:
    above = start - 1
    while above >= 0 and roles[above] == "own" and not plain(lines[above].text):
        above -= 1
    for first in range(max(above - 3, 0), above + 1):
        length, _ = attribution_at(lines, first)
        if length and first + length == above + 1:
            roles[first : above + 1] = ["head"] * length
            return
    text = plain(lines[above].text) if above >= 0 and roles[above] == "own" else ""
    if is_separator(text) or _DRAWN.match(text) or (text.endswith(":") and "@" in text and len(text) < 300):
        roles[above] = "head"


def _take_rest(lines: Sequence[Line], roles: list[Role], seen: list[_Seen], known: Known, blocks: list[tuple[int, int]]) -> None:
    """Take what stands below our whole letter, when something was written above it: a signature or older mails, not an answer."""
    start, end = blocks[0][0], blocks[-1][1]
    last = _last_place(seen, end, known)
    if last < 0:
        return
    text = known.texts[last]
    first = known.ends[text - 1] if text else 0
    to_the_end = last - first >= 0.85 * (known.ends[text] - first)
    above = any(
        role == "own" and len(plain(line.text).split()) and not is_greeting(plain(line.text))
        for line, role in zip(lines[:start], roles[:start], strict=True)
    )
    if to_the_end and above:
        roles[end:] = ["quote" if role in ("own", "signature") else role for role in roles[end:]]


def _last_place(seen: list[_Seen], end: int, known: Known) -> int:
    for number in range(end - 1, -1, -1):
        for word in reversed(seen[number].words):
            if known.places[word] >= 0:
                return known.places[word]
    return -1


def _first_place(seen: list[_Seen], start: int, known: Known) -> int:
    for number in range(start, len(seen)):
        for word in seen[number].words:
            if known.places[word] >= 0:
                return known.places[word]
    return -1


def _inserted(lines: Sequence[Line], roles: Sequence[Role], known: Known, seen: list[_Seen]) -> list[tuple[Word, Word | None, Word]]:
    """Give what was typed inside our quoted text, as (first word, last word, next known word).

    Words count as typed when they stand between two words of ours that were neighbours, or when they are far more than what they replace.
    """
    found: list[tuple[Word, Word | None, Word]] = []
    fresh: list[int] = []
    before = -1
    for number in range(len(lines)):
        if roles[number] != "quote":
            if roles[number] == "own" and seen[number].words:
                before, fresh = -1, []
            continue
        for at in seen[number].words:
            place = known.places[at]
            if place < 0:
                if not (seen[number].known and known.runs[at] == 0):
                    fresh.append(at)
                continue
            if fresh and before >= 0 and _is_typed([known.words[one] for one in fresh], before, place, known):
                found.append((known.words[fresh[0]], known.words[fresh[-1]], known.words[at]))
            before, fresh = place, []
    return found


def _is_typed(words: list[Word], before: int, after: int, known: Known) -> bool:
    if known.texts[before] != known.texts[after] or after <= before:
        return False
    gap = after - before - 1
    if len(words) == 1 and (len(words[0].bare) < 2 or words[0].bare.isdigit()):
        return False
    return gap <= 1 or len(words) > 2 * gap + 2


def _split(lines: Sequence[Line], roles: Sequence[Role], inserted: list[tuple[Word, Word | None, Word]]) -> tuple[list[Line], list[Role]]:
    """Cut the lines where something was typed in them, so that each has one role."""
    cuts: dict[int, list[tuple[int, int]]] = {}
    for first, last, following in inserted:
        if last is None:
            continue
        for number in range(first.line, last.line + 1):
            text = lines[number].text
            start = _opening(text, first.start) if number == first.line else 0
            if number < last.line:
                end = len(text)
            elif number == following.line:
                end = _opening(text, following.start)
            else:
                end = len(text)
            cuts.setdefault(number, []).append((start, end))
    new_lines: list[Line] = []
    new_roles: list[Role] = []
    for number, line in enumerate(lines):
        place = 0
        for start, end in cuts.get(number, ()):
            if line.text[place:start].strip():
                new_lines.append(Line(line.text[place:start], line.depth, line.mark))
                new_roles.append(roles[number])
            new_lines.append(Line(line.text[start:end].strip()))
            new_roles.append("own")
            place = end
        if not place or line.text[place:].strip():
            new_lines.append(Line(line.text[place:], line.depth, line.mark) if place else line)
            new_roles.append(roles[number])
    return new_lines, new_roles


def _opening(text: str, start: int) -> int:
    """Move to the left over the marks that open a word: quotes, brackets, dashes."""
    while start and text[start - 1] in "«“\"'(\u00a0-–—=>→•* " and (start < 2 or text[start - 2] not in "?.!:;,"):
        start -= 1
    return start
