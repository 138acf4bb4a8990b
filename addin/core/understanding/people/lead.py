"""What a lead is."""

from typing import Literal

from msgspec import Struct

from addin.core.reading.incoming import Person
from addin.core.understanding.context import Span

Source = Literal["text", "copy", "forwarded"]


class Lead(Struct, frozen=True, kw_only=True):
    """Name somebody that a mail points to.

    `because` points at the words that led there, in the text (in the forwarded text when `source` is "forwarded"; for "copy", at the
    words that speak of a copy). `confidence` goes from 0 to 1. `denied`: the mail says not to write to this person.
    """

    person: Person
    because: Span
    confidence: float
    denied: bool = False
    source: Source = "text"
