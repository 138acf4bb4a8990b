"""What is known around a mail, so that the user, our own letter and our data sets are never taken for somebody to write to."""

from msgspec import Struct

from addin.core.reading.conclusions import Span

__all__ = ["Context", "Span"]


class Context(Struct, frozen=True, kw_only=True):
    """Hold what surrounds a mail.

    `own` are the addresses of the user, lower-cased, and `names` the names of the user; `titles` those of the data sets;
    `original_recipients` the lower-cased addresses that our own letter went to; `region` the country or overseas territory
    (ISO 3166: "FR", "RE", "GP", …) whose telephone numbers are read.
    """

    own: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    titles: tuple[str, ...] = ()
    original_recipients: frozenset[str] = frozenset()
    region: str = "FR"
