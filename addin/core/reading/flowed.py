"""Flowed texts (RFC 3676): the lines that a client cut are joined again."""


def unflowed(text: str, *, delsp: bool = False) -> str:
    """Join the lines of a `format=flowed` text, whose lines end with a line feed.

    A line that ends with a space goes on in the next one of the same depth of quoting (§4.1, §4.5); with `DelSp=yes` that space is
    dropped (§4.2); the space stuffed at the start of a line is taken off (§4.4); the line `-- ` is never joined (§4.3).
    """
    lines: list[str] = []
    open_depth = -1
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        signature = words == "-- "
        if depth == open_depth and not signature:
            lines[-1] += words
        else:
            lines.append(">" * depth + (" " if depth and words else "") + words)
        open_depth = depth if words.endswith(" ") and not signature else -1
        if open_depth >= 0 and delsp:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)
