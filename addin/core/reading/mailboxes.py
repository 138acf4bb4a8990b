"""The address headers of received mails (From, To, Cc), read without trust."""

import re
from collections.abc import Iterator


def read_mailboxes(header: str, limit: int = 500) -> tuple[tuple[str, str], ...]:
    """Read an address header (RFC 5322 §3.4), never raising: (name, lower-cased address), at most `limit` of them.

    Encoded words are left in the names. A part without a readable address gives an empty address; groups are opened.
    """
    found: list[tuple[str, str]] = []
    for chunk in _split(header):
        if len(found) == limit:
            break
        name, address = _name_and_address(_without_group(chunk))
        if "@" not in address:
            name, address = name or address, ""
        if name or address:
            found.append((name, address.lower()))
    return tuple(found)


def _split(text: str) -> Iterator[str]:
    """Cut at the commas and semicolons outside quotes, comments and brackets. A quote never closed is a plain mark."""
    start = depth = 0
    quoted = angle = escaped = False
    balanced = text.count('"') % 2 == 0
    for place, char in enumerate(text):
        if escaped:
            escaped = False
        elif char == "\\":
            escaped = quoted or depth > 0
        elif char == '"' and not depth and balanced:
            quoted = not quoted
        elif quoted:
            continue
        elif char == "(":
            depth += 1
        elif char == ")":
            depth = max(depth - 1, 0)
        elif char in "<>":
            angle = char == "<"
        elif char == ";" or (char == "," and not depth and not angle):
            yield text[start:place]
            start, angle, depth = place + 1, False, 0
    yield text[start:]


def _name_and_address(chunk: str) -> tuple[str, str]:
    chunk = chunk.strip()
    before, bracket, after = chunk.rpartition("<")
    if bracket:
        return _bare_name(before), after.partition(">")[0].strip()
    comment = ""
    if chunk.endswith(")") and "(" in chunk:
        chunk, _, comment = chunk[:-1].partition("(")
    return _bare_name(comment), chunk.strip()


def _bare_name(name: str) -> str:
    name = name.strip()
    if len(name) > 1 and name[0] == name[-1] and name[0] in "\"'":
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    return " ".join(name.split())


def _without_group(chunk: str) -> str:
    before, colon, after = chunk.partition(":")
    return after if colon and not set(before) & set('@"<') else chunk
