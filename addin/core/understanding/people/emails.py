"""E-mail addresses in a text, also those written so that robots do not see them."""

import re
from collections.abc import Iterator
from itertools import islice

from addin.core.understanding.people.marks import Mark
from addin.core.understanding.people.plaintext import bare

_LABEL = r"[^\W_](?:[^\W_]|-){0,62}"
_LOCAL = r"[^\W_](?:[\w.+%&'-]{0,63})"
_PLAIN = re.compile(rf"(?<![\w.+%&'-]){_LOCAL}@{_LABEL}(?:\.{_LABEL}){{1,6}}")
_AT = (
    r"(?:\s{0,2}[\[({<]\s?(?:at|a|à|@|arobase|arrobase|arobas|arob)\s?[\])}>]\s{0,2}|\s{1,2}(?:at|AT|arobase|arrobase|arobas"
    r"|@)\s{1,2}|\s@|@\s|_(?:at|AT)_|\s{0,2}\(à\)\s{0,2})"
)
_DOT = r"(?:\.|\s{0,2}[\[({]\s?(?:dot|point|\.)\s?[\])}]\s{0,2}|\s(?:point|dot|DOT)\s|\s\.\s?(?=[a-z]{2}))"
_HIDDEN = re.compile(
    rf"(?<![\w.+@-])[^\W_](?:[\w+-]{{0,40}})(?:{_DOT}[^\W_][\w+-]{{0,40}}){{0,4}}{_AT}{_LABEL}(?:{_DOT}{_LABEL}){{1,5}}", re.IGNORECASE
)
# A text that hides more addresses than this is no letter.
_MOST_HINTS = 200
_MOST_ADDRESSES = 500
_HINT = re.compile(r"@|\bat\b|arr?obas|[(\[{<]\s?[aà]\s?[)\]}>]|_at_", re.IGNORECASE)
_ROBOT = re.compile(
    r"(?:no-?_?reply|do-?not-?_?reply|ne-?_?pas-?_?repondre|ne\.pas\.repondre|no\.reply|postmaster|mailer-?daemon"
    r"|mail-daemon|bounces?|daemon|root)\b[\w.+-]*@"
)
_SAMPLE = re.compile(r"(?:prenom|prénom)[._-]?nom@|nom[._-]?pr[eé]nom@|p\.nom@|xxx+@")
_TAIL = re.compile(r"^[a-z]{2,}$|^xn--[a-z0-9-]+$", re.IGNORECASE)


def emails(text: str) -> tuple[Mark, ...]:
    """Find the addresses of a plain text, lower-cased, in order. Addresses of robots and samples ("prenom.nom@…") are left out."""
    found: list[Mark] = []
    written = list(_plain(text))
    # "Jane at jane.vane@ville.example": an address in full letters is never part of a hidden one.
    hidden = [mark for mark in _hidden(text) if not any(mark.start < one.end and one.start < mark.end for one in written)]
    for mark in sorted((*written, *hidden), key=lambda mark: mark.start):
        if not found or mark.start >= found[-1].end:
            found.append(mark)
    return tuple(mark for mark in found if not is_robot(mark.value) and not _SAMPLE.match(mark.value))


def is_robot(email: str) -> bool:
    """Tell whether an address is a machine's, to which nobody should write."""
    return _ROBOT.match(bare(email)) is not None


def _plain(text: str) -> Iterator[Mark]:
    if "@" not in text:
        return
    for match in islice(_PLAIN.finditer(text), _MOST_ADDRESSES):
        start, value = match.start(), match.group()
        if value[0] == "'":
            start, value = start + 1, value[1:]
        yield from _mark(start, match.end(), value)


def _hidden(text: str) -> Iterator[Mark]:
    """Read hidden addresses around each sign that may stand for the at sign, so that a long text costs its length once."""
    end = 0
    for hint in islice(_HINT.finditer(text), _MOST_HINTS):
        if hint.start() < end:
            continue
        low = max(end, hint.start() - 140)
        for match in _HIDDEN.finditer(text, low, min(len(text), hint.end() + 140)):
            if not (match.start() < hint.start() and match.end() > hint.end()):
                continue
            value = re.sub(_AT, "@", match.group(), count=1, flags=re.IGNORECASE)
            local, _, domain = value.partition("@")
            domain = re.sub(r"\s+", "", re.sub(_DOT, ".", domain, flags=re.IGNORECASE))
            local, start = _local(local, match.start())
            yield from _mark(start, match.end(), f"{local}@{domain}")
            end = match.end()
            break


def _local(local: str, start: int) -> tuple[str, int]:
    joined = re.sub(_DOT, ".", local, flags=re.IGNORECASE)
    return re.sub(r"\s+", "", joined), start


def _mark(start: int, end: int, value: str) -> Iterator[Mark]:
    value = value.rstrip(".-'").lower()
    local, _, domain = value.rpartition("@")
    if local and ".." not in value and _TAIL.match(domain.rpartition(".")[2]) and domain.count("."):
        yield Mark(kind="email", start=start, end=end, value=value)
