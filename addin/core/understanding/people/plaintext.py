"""A text made plain for reading: one kind of space and apostrophe, cut into sentences, with the way back to the text as written."""

import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct

from addin.core.understanding.context import Span

# No letter is longer; what follows is a log, a table, or malice.
LIMIT = 60_000
_LONGEST = 1500

_SAME = (
    {ord(c): " " for c in "\u00a0\u202f\u2009\u2007\u2002\u2003\u3000\t\f\v"}
    | {ord(c): "'" for c in "’‘ʼ´`"}
    | {ord("\u2011"): "-", ord("\u2010"): "-"}
)
_DROPPED = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\r")
_BULLET = re.compile(r"[ ]{0,8}(?:[-–—•●▪·*o>+]|=>|->|→|\d{1,2}[.)/]|[a-z]\))[ ]+(?=\S)")
_ARROW = re.compile(r"[ ]{0,8}(?:=>|->|→|⇒)")
_END = re.compile(r"[.!?…]+[)»\"']*(?=\s|$)")
_SHORTENED = re.compile(
    r"(?:^|[\s(,;:/-])(?:m|mm|mr|mrs|ms|mme|mmes|mlle|melle|dr|me|pr|st|ste|cf|tel|tél|ext|resp|adj|dir|serv|port|mob|mel"
    r"|mél|ex|p|bd|av|n"
    r"|[a-z]|[A-Z]-[A-Z]|[A-Z]\.-?[A-Z])$",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:bien |très |tres )?(?:cordialement|cdlt|cdt|bav)\b[^\n]{0,30}|(?:bien à vous|bien a vous|sincères salutations|salutations"
    r"|respectueusement|bonne (?:journée|soirée|réception|fin de)|belle journée|amicalement|à bientôt|kind regards"
    r"|best regards|regards)\b[^\n]{0,40}",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"confidenti|destinataire|n'imprime|d'imprimer|environnement|virus|ce message|ce courriel|pi[eè]ces? jointes?|www\."
    r"|https?:|\b\d{5}\b",
    re.IGNORECASE,
)
_AFTERWORD = re.compile(r"(?:ps|p\.?\s?-?\s?s\.?|nb|n\.b\.?|post-scriptum)\s?[:.-]?\s", re.IGNORECASE)


class Sentence(Struct, frozen=True):
    """Bound one sentence of a plain text.

    `line` and `paragraph` count from 0; `item` is true in a list, `led` after a line ending in a colon.
    """

    start: int
    end: int
    line: int
    paragraph: int
    item: bool
    led: bool


class Plain(Struct, frozen=True):
    """Hold a text made plain; `places` gives for each of its characters the offset of the text as written (one more for the end)."""

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """Give the span, in the text as written, of a part of the plain text."""
        return Span(self.places[start], self.places[end - 1] + 1 if end > start else self.places[start])


def made_plain(text: str) -> Plain:
    """Make a text plain: spaces and apostrophes alike, letters composed (NFC), marks without width dropped. Read `LIMIT` characters."""
    text = text[:LIMIT]
    same = text.translate(_SAME)
    if unicodedata.is_normalized("NFC", same) and not any(mark in same for mark in _DROPPED):
        return Plain(same, range(len(text) + 1))
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(same):
        if letter in _DROPPED:
            continue
        if letters and unicodedata.combining(letter):
            joined = unicodedata.normalize("NFC", letters[-1] + letter)
            if len(joined) == 1:
                letters[-1] = joined
                continue
        letters.append(letter)
        places.append(place)
    return Plain("".join(letters), [*places, len(text)])


def bare(text: str) -> str:
    """Give a text of the same length without accents, in lower case, for matching words."""
    if text.isascii():
        return text.lower()
    return "".join(map(_bare_letter, text))


def _bare_letter(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 else letter


def sentences(text: str) -> tuple[Sentence, ...]:
    """Cut a plain text into sentences. A line wrapped by a mail client is joined to the next, the items of a list are not.

    What follows a closing formula ("Cordialement,") is left out, up to an afterword ("PS : …").
    """
    found: list[Sentence] = []
    paragraph = 0
    led = closed = False
    for number, (start, end, item) in enumerate(_lines(text)):
        line = text[start:end].strip()
        if not line:
            paragraph += 1
            continue
        if _CLOSING.match(line) and len(line) < 60:
            closed = True
            continue
        closed = closed and not _AFTERWORD.match(line) and not _goes_on(line)
        if closed:
            continue
        found.extend(Sentence(a, b, number, paragraph, item, led) for a, b in _cut(text, start, end))
        led = line.endswith(":") or (led and (item or len(line) < 60) and not line.endswith((".", "!", "?")))
    return tuple(found)


def _goes_on(line: str) -> bool:
    """Tell whether a line below a closing formula is a sentence again (answers typed further down), no signature and no legal footer."""
    return len(line) >= 45 and line.endswith((".", "!", "?", ":")) and _FOOTER.search(line) is None


def is_led_by_arrow(text: str, sentence: Sentence) -> bool:
    """Tell whether a sentence opens with an arrow, the mark of "go there"."""
    return _ARROW.match(text, sentence.start, sentence.end) is not None


def _lines(text: str) -> list[tuple[int, int, bool]]:
    """Give the lines as (start, end, item); a wrapped line goes with the one before."""
    found: list[tuple[int, int, bool]] = []
    at = 0
    for line in text.split("\n"):
        start, end = at, at + len(line)
        at = end + 1
        item = _BULLET.match(line) is not None
        if found and not item and line.strip() and _wrapped(text[found[-1][0] : found[-1][1]], line):
            found[-1] = (found[-1][0], end, found[-1][2])
        else:
            found.append((start, end, item))
    return found


def _wrapped(before: str, line: str) -> bool:
    """Tell whether a line goes on with the sentence of the one before."""
    last = before[before.rfind("\n") + 1 :].strip()
    first = line.lstrip()
    if not last or last[-1] in ".!?:;…" or _CLOSING.match(last) or _CLOSING.match(first):
        return False
    if len(last) >= 60:
        return True
    return len(last) >= 25 and first[:1].islower() and "@" not in first.split(" ")[0]


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts: list[tuple[int, int]] = []
    at = start
    for stop in _END.finditer(text, start, end):
        if stop.group().startswith(".") and len(stop.group()) == 1 and _SHORTENED.search(text, max(at, stop.start() - 8), stop.start()):
            continue
        cuts.extend(_pieces(text, at, stop.end()))
        at = stop.end()
    if text[at:end].strip():
        cuts.extend(_pieces(text, at, end))
    return cuts


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut what is too long to be a sentence, at a space if there is one, so that no sentence costs more than its length."""
    found: list[tuple[int, int]] = []
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST) + 1 or start + _LONGEST
        found.append((start, cut))
        start = cut
    return [*found, (start, end)]
