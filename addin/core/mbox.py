"""The lines of an mbox (RFC 4155): where a mail begins, and lines of a mail that only look so."""

import re
from typing import Final

# "From " sender date, after an empty line; the dash is Thunderbird's
FROM_LINE: Final = re.compile(rb"From (?:-|\S+) +.*\d{4}\s*$")
_QUOTED: Final = re.compile(rb">+From ")


def unquoted(line: bytes) -> bytes:
    """Give a line of a mail as it was before it went into the mbox: without the mark put before `From `."""
    return line[1:] if _QUOTED.match(line) else line
