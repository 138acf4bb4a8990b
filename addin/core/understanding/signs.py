"""Signs: words of an answer that speak for one conclusion, each with its place and how much it weighs."""

from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """Name what a sign speaks for."""

    HAS = "has"
    HAS_NOT = "has_not"
    YES = "yes"
    NO = "no"
    PARTLY = "partly"
    EXCEPT = "except"
    CONTRAST = "contrast"
    FORMAT = "format"
    LOCKED = "locked"
    SENT = "sent"
    LATER = "later"
    APPROVAL = "approval"
    REFUSES = "refuses"
    NO_INTEREST = "no_interest"
    ELSEWHERE = "elsewhere"
    OUTSIDE = "outside"
    NOBODY = "nobody"
    MISSING = "missing"
    PUBLISHED = "published"
    LOST = "lost"
    QUESTION = "question"
    MOVED = "moved"
    ABSENT = "absent"
    SEARCHES = "searches"
    NEED = "need"
    NAMED = "named"
    UNNAMED = "unnamed"


class Sign(Struct, frozen=True, kw_only=True):
    """Hold one sign: what it speaks for, its weight from 0 to 1, its bounds in the bare text, the number of its clause and of its sentence.

    `note` carries a reason of refusal. `doubt` tells that the writer is not sure of it.
    """

    kind: Kind
    weight: float
    start: int
    end: int
    clause: int
    sentence: int
    note: str = ""
    doubt: bool = False
