"""What a set phrase is: a pattern of bare words, what it speaks for, and how much it weighs."""

import re

from msgspec import Struct

from addin.core.understanding.lexicon import rule
from addin.core.understanding.signs import Kind


class Phrase(Struct, frozen=True, kw_only=True):
    """Hold one set phrase. `note` is a reason of refusal. A `bold` phrase counts inside a question too."""

    kind: Kind
    weight: float
    pattern: re.Pattern[str]
    note: str = ""
    bold: bool = False


def phrase(kind: Kind, weight: float, pattern: str, *, note: str = "", bold: bool = False) -> Phrase:
    """Make a set phrase of a pattern of bare words."""
    return Phrase(kind=kind, weight=weight, pattern=rule(pattern), note=note, bold=bold)
