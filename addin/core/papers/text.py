"""A paper as plain text, to paste into a mail or another form."""

import textwrap
from collections.abc import Iterator

from addin.core.exports.characters import printable
from addin.core.french import typeset
from addin.core.papers.paper import Paper, Part

_WIDTH = 100


def paper_text(paper: Paper) -> str:
    """Write the paper: lines of 100 characters, headings underlined, lists with dashes, a table as rows "first ; head : cell"."""
    return "\n".join(_lines(paper)) + "\n"


def _lines(paper: Paper) -> Iterator[str]:
    yield from _headed(paper.title, "=")
    if paper.about:
        yield from _wrapped(paper.about)
    for part in paper.parts:
        yield ""
        yield from _headed(part.heading, "-")
        yield from _body(part)
    if paper.foot:
        yield ""
        yield from _wrapped(paper.foot)


def _headed(words: str, rule: str) -> Iterator[str]:
    said = _said(words)
    yield said
    yield rule * min(len(said), _WIDTH)


def _body(part: Part) -> Iterator[str]:
    for sentence in part.sentences:
        yield from _wrapped(sentence)
    for name, words in (*part.figures, *part.facts):
        yield from _wrapped(f"- {name} : {words}", hang=True)
    for item in part.items:
        yield from _wrapped(f"- {item}", hang=True)
    if part.table:
        yield from _wrapped(f"{part.table.caption} :")
        for row in part.table.rows:
            cells = [f"{head.lower()} : {cell}" for head, cell in zip(part.table.heads[1:], row[1:], strict=True) if cell]
            yield from _wrapped("- " + " ; ".join([row[0], *cells]), hang=True)


def _wrapped(words: str, *, hang: bool = False) -> list[str]:
    # `textwrap` breaks at ASCII blanks alone, hence never at a no-break space
    return textwrap.wrap(_said(words), _WIDTH, break_long_words=False, break_on_hyphens=False, subsequent_indent="  " if hang else "") or [
        ""
    ]


def _said(words: str) -> str:
    return typeset(printable(words))
