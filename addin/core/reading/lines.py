"""The body of a mail as lines, each with its depth of quoting and what its client's marks say of it."""

import re
from typing import Literal

from msgspec import Struct

LONGEST = 1000
"""The rules read that many characters of a line at most, so that none can be made slow."""

Mark = Literal["", "attribution", "quote", "signature", "forward"]

_PREFIX = re.compile(r"(?:[ \t]{0,2}>)+ ?")
_IMAGE = re.compile(r"\[(?:cid:[^\]\n\s]{1,200}|image ?: ?[^\]\n]{0,100})\](?:<https?://[^\s<>]{1,2000}>)?", re.IGNORECASE)
_DOUBLED = re.compile(
    r" ?(?:<mailto:(?P<address>[^<>\[\]\s]{3,320})>|\[mailto:(?P<boxed>[^<>\[\]\s]{3,320})\]|<(?P<page>https?://[^\s<>]{1,2000})>)",
    re.IGNORECASE,
)
_GLUED = re.compile(r"(?<=[^\s-])(?=-{4,5} ?(?:Message d['’]origine|Mail original|Original Message) ?-{4,5}$)", re.IGNORECASE)


class Line(Struct, frozen=True):
    """Hold one line without its prefixes of quoting.

    `depth` counts the quotes around it; `mark` is what the client wrote around it in HTML; `tints` are the runs typed in a colour of
    their own: (start, end, "red" | "green" | "blue").
    """

    text: str
    depth: int = 0
    mark: Mark = ""
    tints: tuple[tuple[int, int, str], ...] = ()


def lines_of(text: str) -> list[Line]:
    """Cut a plain text, whose lines end with a line feed, into lines; `>` prefixes give the depth."""
    return [unprefixed(Line(piece)) for line in bare_links(text).split("\n") for piece in _GLUED.split(line)]


def unprefixed(line: Line) -> Line:
    """Give a line without the `>` prefixes that its text opens with; they add to its depth."""
    prefix = _PREFIX.match(line.text[:200])
    if not prefix:
        return line
    end = prefix.end()
    tints = tuple((start - end, stop - end, tint) for start, stop, tint in line.tints if start >= end)
    return Line(line.text[end:], line.depth + prefix.group().count(">"), line.mark, tints)


def bare_links(text: str) -> str:
    """Undo Outlook's doubled links: `a@b.fr<mailto:a@b.fr>`, `a@b.fr [mailto:a@b.fr]`, `https://x<https://x>`; drop its image names."""
    if "[" in text:
        text = _IMAGE.sub("", text)
    return _DOUBLED.sub(_once, text)


def _once(link: re.Match[str]) -> str:
    target = (link["address"] or link["boxed"] or link["page"]).lower().rstrip("/")
    before = link.string[max(link.start() - len(target) - 1, 0) : link.start()].lower().rstrip("/")
    if before.endswith((target, target.partition("://")[2] or target)):
        return ""
    glued = link["page"] and link.start() and not link.group().startswith(" ") and link.string[link.start() - 1 : link.start()].strip()
    return f" {link.group()}" if glued else link.group()


def plain(text: str) -> str:
    """Give a line as the rules read it: plain spaces and apostrophes, no invisible mark, no bold stars around a label, bounded."""
    text = text[:LONGEST].replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'").replace("\t", " ")
    return text.replace("\ufeff", "").replace("\u200b", "").strip()


def joined(lines: list[str]) -> str:
    """Give lines as one text: no blank at either end nor at the end of a line, one blank line at most between two."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n ")
