"""A paper: a title, parts with a heading each, made of sentences, lists, facts and tables. How it looks is said elsewhere."""

from msgspec import Struct


class Table(Struct, frozen=True, kw_only=True):
    """Hold a table: what it shows (`caption`), the heads of its columns, its rows (as many cells as heads; the first names the row)."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Part(Struct, frozen=True, kw_only=True):
    """Hold one part: figures in large, sentences, then facts (a name and its words), a list, a picture, a table; any may be missing.

    `picture` is an SVG of ours with presentation attributes only, `alt` says what it shows.
    """

    heading: str
    figures: tuple[tuple[str, str], ...] = ()
    sentences: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    items: tuple[str, ...] = ()
    picture: str = ""
    alt: str = ""
    table: Table | None = None


class Paper(Struct, frozen=True, kw_only=True):
    """Hold one paper in French. `about` stands under the title, `foot` at the end (who should read it again, how it was made)."""

    title: str
    about: str = ""
    parts: tuple[Part, ...] = ()
    foot: str = ""
