"""What is kept of the reading of one mail: the conclusions, and the few words that led to them."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from addin.core.mail_facts import Bounced, Holds, Mailbox, MailKind, Person, Span

LONGEST_EXCERPT = 280
_STOPS = ".!?…"


class Reading(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Keep what one mail was understood to say, since its body is not kept.

    `sender` is who wrote. `answer`, `holds`, `confidence` (0 to 1), `due`, `reason`, `url`, `question`, `need` and `named` are those of the
    conclusion (core/reading/conclusions); `because` points at the words that led to it, in the excerpt of the message. `next` are those to
    write to next, `deputy` who stands in until `until`, the last day away. `bounced` are the refused addresses, `ticket` the number that a
    help desk gave. `doubtful` tells that the mail is to be read again by a person.
    """

    kind: MailKind = "other"
    sender: Mailbox = Mailbox()
    answer: str = ""
    holds: Holds = "unknown"
    confidence: float = 0.0
    because: tuple[Span, ...] = ()
    next: tuple[Person, ...] = ()
    due: date | None = None
    until: date | None = None
    deputy: Person | None = None
    reason: str = ""
    url: str = ""
    question: bool = False
    need: bool = False
    named: Literal["", "yes", "no"] = ""
    ticket: str = ""
    bounced: tuple[Bounced, ...] = ()
    doubtful: bool = False
    warnings: tuple[str, ...] = ()


def people_of(reading: Reading | None) -> str:
    """Give all the names and addresses that a reading holds, as one text to search in."""
    if reading is None:
        return ""
    people = (*reading.next, *((reading.deputy,) if reading.deputy else ()))
    named = (part for person in people for part in (person.name, person.email, person.phone))
    return " ".join((reading.sender.name, reading.sender.email, *named, *(one.email for one in reading.bounced)))


def kept_words(text: str, spans: Sequence[Span] = (), longest: int = LONGEST_EXCERPT) -> tuple[str, tuple[Span, ...]]:
    """Give the words of `text` to keep, on one line of `longest` characters at most, and where `spans` stand in them.

    The first words are kept, unless those that `spans` point at come later: the line then opens at the sentence before them. What was
    left out at either end shows as "…".
    """
    line, at = _on_one_line(text)
    marks = [Span(at[span.start], at[span.end]) for span in spans if 0 <= span.start < span.end <= len(text)]
    if len(line) <= longest:
        return line, merged(marks)
    start = _opening(line, marks, longest)
    room = longest - 1 - (1 if start else 0)
    end = min(start + room, len(line))
    before, after = "…" if start else "", "…" if end < len(line) else ""
    kept = line[start:end].rstrip()
    shift = len(before) - start
    inside = [Span(max(mark.start, start) + shift, min(mark.end, start + len(kept)) + shift) for mark in marks]
    return before + kept + after, merged([span for span in inside if span.start < span.end])


def _opening(line: str, marks: Sequence[Span], longest: int) -> int:
    """Choose where the kept words begin: at the start when all the marks fit, else at the sentence of the first of them."""
    if not marks or max(mark.end for mark in marks) <= longest - 1:
        return 0
    first = min(mark.start for mark in marks)
    sentence = max((line.rfind(stop + " ", 0, first) + 2 for stop in _STOPS if stop + " " in line[:first]), default=0)
    if first - sentence <= longest // 2:
        return sentence
    word = line.rfind(" ", 0, max(first - longest // 4, 0)) + 1
    return max(word, 0)


def _on_one_line(text: str) -> tuple[str, list[int]]:
    """Give a text on one line, each run of spaces made one, and the place there of each character (and of the end)."""
    line: list[str] = []
    at: list[int] = []
    gap = False
    for letter in text:
        if letter.isspace():
            gap = bool(line)
            at.append(len(line))
            continue
        if gap:
            line.append(" ")
            gap = False
        at.append(len(line))
        line.append(letter)
    at.append(len(line))
    return "".join(line), at


def merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Give spans in order, those that touch made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)
