"""What one answer was understood to say, and the words that led to it."""

from datetime import date
from typing import Literal

from msgspec import Struct

from addin.core.mail_facts import Holds, Span

__all__ = ["Conclusion", "Holds", "Span"]


class Conclusion(Struct, frozen=True, kw_only=True):
    """Say what an answer means.

    `answer` is a code of the taxonomy, or "" when nothing is sure; `confidence` goes from 0 to 1; `because` points at the
    words that led to it, in order. Beside it: `due` (the day promised), `reason` (a key of the taxonomy's REASONS), `url`
    (where it is published), `question` (something is asked back), `need` (a wish for the club of users), `named` ("yes" or
    "no": the writer agrees to be named publicly, or declines), `warnings` (what to look at, in French).
    """

    answer: str = ""
    holds: Holds = "unknown"
    confidence: float = 0.0
    because: tuple[Span, ...] = ()
    due: date | None = None
    reason: str = ""
    url: str = ""
    question: bool = False
    need: bool = False
    named: Literal["", "yes", "no"] = ""
    warnings: tuple[str, ...] = ()
