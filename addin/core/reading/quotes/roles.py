"""What each line of a mail is, told by the shapes and marks of mail clients."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from addin.core.reading.lines import Line, plain
from addin.core.reading.quotes.attributions import attribution_at
from addin.core.reading.quotes.headers import Block, blocks_of

Role = Literal["own", "quote", "head", "signature", "handed"]
"""`head` = attribution, quoted headers and their separator; `handed` = the part that a forward hands on."""


class Roles(Struct):
    """Hold the role of each line, whether something proves that prefixed lines are quotes, and the block above the handed-on part."""

    of: list[Role]
    sure: bool = False
    handed: Block | None = None


def roles_of(lines: Sequence[Line], *, answer: bool, forward: bool) -> Roles:
    """Tell the role of each line. `answer` and `forward` say what the headers of the mail announce."""
    roles = Roles([_role(line) for line in lines])
    following = _following(lines)
    roles.sure = any(line.mark in ("attribution", "quote") for line in lines)
    end = len(lines)
    for block in blocks_of(lines):
        if block.start >= end:
            break
        roles.sure = True
        _fill(roles, block.start, block.end, "head")
        marked = block.forward or any(line.mark == "forward" for line in lines[block.start : block.end])
        if (marked and block.depth == 0) or (forward and not _own_below(lines, roles, block.end)):
            roles.handed = block
            _fill(roles, block.end, end, "handed")
            end = block.start
        elif block.depth == 0 and following[block.end] == 0:
            _fill(roles, block.end, end, "quote")
            end = block.start
    place = 0
    while place < end:
        length, sure = attribution_at(lines, place) if roles.of[place] in ("own", "quote", "head") else (0, False)
        below = following[place + length]
        if length and (below > lines[place].depth or (below < 0 and answer)):
            roles.sure = True
            _fill(roles, place, place + length, "head")
            place += length
        elif length and sure and answer and lines[place].depth == 0 and below == 0:
            roles.sure = True
            _fill(roles, place, place + length, "head")
            _fill(roles, place + length, end, "quote")
            break
        else:
            place += 1
    _soften(lines, roles, end)
    return roles


def _role(line: Line) -> Role:
    if line.mark == "attribution":
        return "head"
    if line.depth or line.mark == "quote":
        return "quote"
    return "signature" if line.mark == "signature" else "own"


def _own_below(lines: Sequence[Line], roles: Roles, start: int) -> bool:
    """Tell whether a quote that ends leaves words of the writer below: a forward hands on all that follows."""
    return lines[start - 1].depth > 0 and any(
        role == "own" and lines[start + step].text.strip() for step, role in enumerate(roles.of[start:])
    )


def _fill(roles: Roles, start: int, end: int, role: Role) -> None:
    roles.of[start:end] = [role] * (end - start)


def _soften(lines: Sequence[Line], roles: Roles, end: int) -> None:
    """Give back what was typed below or between the quotes inside a client's container (`div.gmail_quote`): unquoted, after a quote."""
    seen = False
    for place in range(end):
        line = lines[place]
        if line.mark != "quote":
            seen = seen and (line.depth > 0 or not line.text.strip())
            continue
        if line.depth:
            seen = True
        elif seen and roles.of[place] == "quote":
            roles.of[place] = "own"


def _following(lines: Sequence[Line]) -> list[int]:
    """Give, for each place and for the end, the depth of the first line there or after that is not blank (-1: none)."""
    found = [-1] * (len(lines) + 1)
    for place in range(len(lines) - 1, -1, -1):
        found[place] = lines[place].depth if plain(lines[place].text) else found[place + 1]
    return found
