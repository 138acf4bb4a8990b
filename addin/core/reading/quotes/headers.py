"""Blocks of quoted headers (`De : / Envoyé : / À : / Objet :`) and the lines that mail clients draw above them."""

import re
from collections.abc import Sequence

from msgspec import Struct

from addin.core.reading.lines import Line, plain
from addin.core.reading.signatures.frames import opens_the_request

_FROM = r"de|from|exp[ée]diteur|[ée]metteur"
_DATED = r"envoy[ée](?: le)?|date|sent|le|date d'envoi"
_LABEL = re.compile(
    rf"\*{{0,2}}(?:(?P<sender>{_FROM})|(?P<known>{_DATED}|objet|sujet|subject)"
    r"|(?P<many>[àa]|to|pour|destinataires?|cc|cci|bcc|copie(?: [àa])?)|r[ée]pondre [àa]|reply-to|importance|priorit[ée]"
    r"|pi[èe]ces? jointes?"
    r"|attachments?|organisateur|quand|o[ùu]|when|where)\s?\*{0,2}\s{0,20}:\*{0,2}(?:\s|$)",
    re.IGNORECASE,
)
_ON_ONE_LINE = re.compile(
    rf"\*{{0,2}}(?:{_FROM})\s?:.{{3,300}}?\s(?:{_DATED})\s?:.{{3,300}}?\s(?:[àa]|to|pour|objet|sujet|subject)\s?:\s.*", re.IGNORECASE
)
_WORDS = (
    r"message d'origine|mail original|mail d'origine|courriel d'origine|courriel original|message original|message initial"
    r"|message pr[ée]c[ée]dent|original message|original e?-?mail|original appointment|rendez-vous d'origine|e-?mail d'origine"
)
_FORWARDED = (
    r"message transf[ée]r[ée]|mail transf[ée]r[ée]|courriel transf[ée]r[ée]|forwarded message|message r[ée]exp[ée]di[ée]|message suivi"
    r"|forwarded mail"
)
_SEPARATOR = re.compile(
    rf"[-_=*]{{2,}}\s?(?:{_WORDS}|(?P<forward>{_FORWARDED}))(?: (?:de|from) .{{1,100}})?\s?:?\s?[-_=*]{{2,}}", re.IGNORECASE
)
_BEGIN = re.compile(
    r"(?:d[ée]but du (?:message|courriel) (?:r[ée]exp[ée]di[ée]|transf[ée]r[ée]|transmis)|begin forwarded message"
    r"|message transf[ée]r[ée])\s?:",
    re.IGNORECASE,
)
_RULE = re.compile(r"[_\-=*]{5,200}")
_ORANGE = re.compile(r"message du \d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}.{0,20}", re.IGNORECASE)


class Block(Struct, frozen=True):
    """Point at a block of quoted headers: lines from `start` (its separator included) up to `end`, not included, at `depth`.

    `sender` is the value of its From line; `forward` tells that its separator speaks of a forward.
    """

    start: int
    end: int
    depth: int
    sender: str = ""
    forward: bool = False


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """Find the blocks of quoted headers: three neighbouring lines `label : value`, among them a sender and a date or a subject.

    A blank line may part two of them, a long value may run on to the next lines. A separator in words counts alone.
    """
    found: list[Block] = []
    place = 0
    while place < len(lines):
        block, end = _block_at(lines, place)
        block = block or _lone_separator(lines, place)
        if block:
            found.append(block)
        place = max(place + 1, block.end if block else end)
    return found


def is_separator(text: str) -> bool:
    """Tell whether a plain line is one that a client draws above what it quotes."""
    return bool(_SEPARATOR.fullmatch(text) or _BEGIN.fullmatch(text) or _ORANGE.fullmatch(text) or opens_the_request(text))


def has_label(text: str) -> bool:
    """Tell whether a plain line opens like a quoted header."""
    return _LABEL.match(text) is not None


def _block_at(lines: Sequence[Line], place: int) -> tuple[Block | None, int]:
    """Give the block that starts at a line, or None, and where its labels end: no block starts among labels that make none."""
    first = plain(lines[place].text)
    depth = lines[place].depth
    if _ON_ONE_LINE.match(first):
        return _with_separator(lines, Block(place, place + 1, depth, first.partition(":")[2].strip())), place + 1
    if not _LABEL.match(first):
        return None, place
    labels: list[re.Match[str]] = []
    sender = ""
    end = place
    wrapped = 0
    for number in range(place, min(place + 60, len(lines))):
        line = lines[number]
        text = plain(line.text)
        if line.depth != depth:
            break
        label = _LABEL.match(text)
        if label and label["sender"] and sender and len(labels) >= 3:
            break
        if label:
            labels.append(label)
            sender = sender or (text[label.end() :].strip("* ") if label["sender"] else "")
            end, wrapped = number + 1, 0
        elif text and (wrapped := wrapped + 1) <= 12 and labels and _runs_on(line.text, text, labels[-1]):
            end = number + 1
            sender = sender or (text if labels[-1]["sender"] else "")
        elif text or (number and not plain(lines[number - 1].text)):
            break
    if len(labels) < 3 or not any(label["sender"] for label in labels) or not any(label["known"] for label in labels):
        return None, end
    return _with_separator(lines, Block(place, end, depth, sender)), end


def _runs_on(raw: str, text: str, label: re.Match[str]) -> bool:
    """Tell whether a line goes on with the value of the header above: indented, or more of a list of addresses."""
    if raw[:1] in " \t":
        return True
    return bool(label["many"] or not label.string[label.end() :].strip()) and ("@" in text or text.endswith(";"))


def _with_separator(lines: Sequence[Line], block: Block) -> Block:
    above = block.start - 1
    while above >= 0 and not plain(lines[above].text) and block.start - above < 4:
        above -= 1
    if above < 0 or lines[above].depth != block.depth:
        return block
    text = plain(lines[above].text)
    if not (is_separator(text) or _RULE.fullmatch(text)):
        return block
    return Block(above, block.end, block.depth, block.sender, _speaks_of_a_forward(text))


def _lone_separator(lines: Sequence[Line], place: int) -> Block | None:
    """Give a separator in words that no block follows at once; with a block below, `_with_separator` takes it."""
    text = plain(lines[place].text)
    if not is_separator(text):
        return None
    for number in range(place + 1, min(place + 4, len(lines))):
        block = _block_at(lines, number)[0] if plain(lines[number].text) else None
        if block and block.start <= place:
            return block
    return Block(place, place + 1, lines[place].depth, "", _speaks_of_a_forward(text))


def _speaks_of_a_forward(text: str) -> bool:
    separator = _SEPARATOR.fullmatch(text)
    return bool(_BEGIN.fullmatch(text) or (separator and separator["forward"]))
