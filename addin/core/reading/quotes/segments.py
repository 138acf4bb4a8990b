"""The stretches of a mail that the person wrote, each with the quoted words just above it."""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from addin.core.reading.lines import Line, plain
from addin.core.reading.quotes.roles import Role

_SENTENCE_END = re.compile(r"(?<=[.?!…])\s+")
_ITEM = re.compile(r"(?:[-–•*·▪]|\d{1,2}[.)/°]|[a-z]\))\s*\S")
_LONGEST_QUESTION = 500


class Segment(Struct):
    """Hold lines written without a break by the person, which of them the client marks as a signature, and the quoted words above."""

    lines: list[str]
    marked: list[bool]
    question: str = ""

    def words(self) -> bool:
        """Tell whether anything stands there."""
        return any(line.strip() for line in self.lines)


def segments_of(lines: Sequence[Line], roles: Iterable[Role], *, keep_quotes: bool = False) -> list[Segment]:
    """Gather what the person wrote. `keep_quotes` leaves the prefixed lines in the text, for want of a proof that they are quotes."""
    found: list[Segment] = []
    quoted: list[str] = []
    current: Segment | None = None
    for line, role in zip(lines, roles, strict=True):
        if role == "own" or role == "signature" or (keep_quotes and role == "quote" and line.depth):
            if current is None:
                if not line.text.strip():
                    continue
                current = Segment([], [], question_in(quoted))
            current.lines.append("> " * line.depth + line.text if role == "quote" else line.text)
            current.marked.append(role == "signature")
        elif role == "quote" and not line.text.strip():
            quoted.append("")
        else:
            if current is not None:
                found.append(current)
                current, quoted = None, []
            quoted.append(line.text if role == "quote" else "")
    return [*found, current] if current is not None else found


def question_in(quoted: Sequence[str]) -> str:
    """Give the quoted words that an answer below them speaks to: the item just above, else the last question, else the last sentence."""
    paragraphs: list[list[str]] = [[]]
    for line in quoted[-60:]:
        if text := plain(line):
            paragraphs[-1].append(text)
        elif paragraphs[-1]:
            paragraphs.append([])
    last = [paragraph for paragraph in paragraphs if paragraph]
    if not last:
        return ""
    if _ITEM.match(last[-1][-1]):
        return last[-1][-1][:_LONGEST_QUESTION]
    for paragraph in reversed(last):
        asked = [sentence for sentence in _SENTENCE_END.split(" ".join(paragraph)) if sentence.endswith("?")]
        if asked:
            return asked[-1][:_LONGEST_QUESTION]
    return _SENTENCE_END.split(" ".join(last[-1]))[-1][:_LONGEST_QUESTION]
