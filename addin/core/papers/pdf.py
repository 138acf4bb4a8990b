"""A paper as a tagged PDF (ISO 14289-1, PDF/UA-1) on A4, its words as text; small when it must stand on one page."""

from datetime import UTC, date, datetime, time
from typing import Final, Literal

import msgspec
import typst

from addin.core.errors import Failed
from addin.core.exports.characters import drawable
from addin.core.french import typeset
from addin.core.papers.paper import Paper, Part

# The words come in as data, never as source: nothing that somebody typed can be taken for markup.
_SOURCE: Final = """
#let paper = json(bytes(sys.inputs.paper))
#let size = float(sys.inputs.size) * 1pt
#let ink = rgb("#1d232b")
#let deep = rgb("#0b4f5c")
#let rule = rgb("#b9c3cc")
#set document(title: paper.title, author: paper.author, date: none)
#set page(paper: "a4", margin: (x: 16mm, top: 14mm, bottom: 15mm), footer: context {
  set text(7.5pt, fill: ink.lighten(15%))
  [#paper.title #h(1fr) page #counter(page).display() sur #counter(page).final().first()]
})
#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"), size: size, fill: ink, lang: "fr", region: "FR", hyphenate: false)
#set par(leading: 0.5em, spacing: 0.65em)
#set list(marker: [–], indent: 0.3em, body-indent: 0.5em, spacing: 0.5em)
#show heading.where(level: 1): it => block(below: 0.6em, text(1.7em, fill: deep, it.body))
#show heading.where(level: 2): it => block(above: 1em, below: 0.45em, text(1.15em, fill: deep, it.body))
#show figure: set align(start)
#set table(stroke: 0.5pt + rule, inset: (x: 0.4em, y: 0.3em))
= #paper.title
#if paper.about != "" { par(paper.about) }
#for part in paper.parts {
  heading(level: 2, part.heading)
  if part.figures.len() > 0 {
    let large(one) = [#text(0.9em, one.at(0)) \\ #text(1.5em, fill: deep, strong(one.at(1)))]
    grid(columns: part.figures.len() * (1fr,), ..part.figures.map(large))
  }
  for sentence in part.sentences { par(sentence) }
  if part.facts.len() > 0 { list(..part.facts.map(one => [#strong(one.at(0)) : #one.at(1)])) }
  if part.items.len() > 0 { list(..part.items) }
  if part.picture != "" { image(bytes(part.picture), format: "svg", width: 100%, alt: part.alt) }
  if part.table != none {
    figure(
      kind: table, supplement: none, numbering: none, caption: none,
      table(
        columns: part.table.heads.len(), align: left,
        table.header(..part.table.heads.map(strong)),
        ..part.table.rows.flatten(),
      ),
    )
  }
}
#if paper.foot != "" { block(above: 1.2em, text(0.85em, paper.foot)) }
"""
_FAULT: Final = "La page n’a pas pu être mise en PDF\u00a0: choisissez le format HTML."
_SIZES: Final = (10.0, 9.0, 8.0, 7.2)
"""In points: what does not fit on one page is set smaller, down to what is still read."""


def paper_pdf(paper: Paper, day: date, *, author: str = "", one_page: bool = False) -> bytes:
    """Write the paper as made on `day` (local). The same paper and day give the same bytes. Raise Failed.

    With `one_page` the letters get smaller until it fits; a paper too long for that goes on.
    """
    content = {
        "title": _said(paper.title),
        "author": _said(author) or "Antisèche",
        "about": _said(paper.about),
        "parts": [_part(part) for part in paper.parts],
        "foot": _said(paper.foot),
    }
    data = msgspec.json.encode(content).decode()
    size = next((one for one in _SIZES if isinstance(_compiled(data, day, one, "svg"), bytes)), _SIZES[-1]) if one_page else _SIZES[0]
    octets = _compiled(data, day, size, "pdf")
    if not isinstance(octets, bytes):
        raise Failed(_FAULT)
    return octets


def _compiled(data: str, day: date, size: float, form: Literal["pdf", "svg"]) -> bytes | list[bytes]:
    """Compile; of an SVG of several pages, give the list of them."""
    try:
        octets = typst.compile(
            _SOURCE.encode(),
            font_paths=[],
            ignore_system_fonts=True,
            format=form,
            pdf_standards=["ua-1"] if form == "pdf" else [],
            sys_inputs={"paper": data, "size": str(size)},
            timestamp=int(datetime.combine(day, time(), UTC).timestamp()),
        )
    except typst.TypstError as error:
        raise Failed(_FAULT) from error
    return octets if isinstance(octets, bytes) else [one for one in octets or () if one is not None]


def _part(part: Part) -> dict[str, object]:
    table = part.table
    return {
        "heading": _said(part.heading),
        "figures": [(_said(name), _said(words)) for name, words in part.figures],
        "sentences": [_said(one) for one in part.sentences],
        "facts": [(_said(name), _said(words)) for name, words in part.facts],
        "items": [_said(one) for one in part.items],
        "picture": part.picture,
        "alt": _said(part.alt),
        "table": {"heads": [_said(one) for one in table.heads], "rows": [[_said(cell) for cell in row] for row in table.rows]}
        if table
        else None,
    }


def _said(words: str) -> str:
    return typeset(drawable(words))
