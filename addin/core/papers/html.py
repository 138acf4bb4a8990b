"""A paper as one web page that stands alone, and as the inside of one: headings, lists and tables, nothing from elsewhere. It prints."""

from collections.abc import Iterator
from html import escape

from addin.core.drawing.palette import FONTS
from addin.core.exports.characters import printable
from addin.core.french import typeset
from addin.core.papers.paper import Paper, Part, Table


def paper_html(paper: Paper) -> bytes:
    """Write the page: HTML 5 in French, UTF-8, no script. The same paper gives the same octets."""
    title = _said(paper.title)
    return "\n".join(
        (
            '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>",
            paper_inside(paper),
            "</main>\n</body>\n</html>\n",
        )
    ).encode()


def paper_inside(paper: Paper, *, level: int = 2, key: str = "") -> str:
    """Write what stands under the title, as HTML without style: every word of it is escaped.

    `level` is that of the headings, `key` begins every id (several papers on one page).
    """
    return "\n".join(_inside(paper, level, key))


def _inside(paper: Paper, level: int, key: str) -> Iterator[str]:
    if paper.about:
        yield f"<p>{_said(paper.about)}</p>"
    for number, part in enumerate(paper.parts, start=1):
        yield f"<h{level}>{_said(part.heading)}</h{level}>"
        yield from _part(part, f"{key}tableau-{number}")
    if paper.foot:
        yield f"<p><small>{_said(paper.foot)}</small></p>"


def _part(part: Part, key: str) -> Iterator[str]:
    if part.figures:
        figures = "".join(f"<div><dt>{_said(name)}</dt><dd>{_said(words)}</dd></div>" for name, words in part.figures)
        yield f'<dl class="figures">{figures}</dl>'
    for sentence in part.sentences:
        yield f"<p>{_said(sentence)}</p>"
    if part.facts:
        facts = "".join(f"<dt>{_said(name)}</dt><dd>{_said(words)}</dd>" for name, words in part.facts)
        yield f'<dl class="facts">{facts}</dl>'
    if part.items:
        items = "".join(f"<li>{_said(item)}</li>" for item in part.items)
        yield f"<ul>{items}</ul>"
    if part.picture:
        yield part.picture
    if part.table:
        yield from _table(part.table, key)


def _table(table: Table, key: str) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{_said(head)}</th>' for head in table.heads)
    yield f'<div class="scroll wide" role="region" aria-labelledby="{key}" tabindex="0">\n<table>'
    yield f'<caption id="{key}">{_said(table.caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>'
    for row in table.rows:
        first, *rest = row
        cells = "".join(f"<td>{_said(cell)}</td>" for cell in rest)
        yield f'<tr><th scope="row">{_said(first)}</th>{cells}</tr>'
    yield "</tbody>\n</table>\n</div>"


def _said(words: str) -> str:
    return escape(typeset(printable(words)))


_STYLE = (
    f":root{{color-scheme:light dark}}body{{margin:0;font:1rem/1.5 {FONTS};color:#1d232b;background:#fff}}"
    "main{max-width:46rem;margin:auto;padding:1rem}h1{font-size:1.6rem;line-height:1.2}h2{font-size:1.15rem;margin:1.4rem 0 .3rem}"
    "p,ul,dl{margin:.3rem 0}ul{padding-left:1.2rem}dt{font-weight:600;margin-top:.3rem}dd{margin:0;overflow-wrap:anywhere}"
    ".figures{display:flex;flex-wrap:wrap;gap:.4rem 1.6rem}.figures dd{font-size:1.5rem;font-weight:600}"
    "table{border-collapse:collapse;width:100%;font-size:.9rem}caption{text-align:left;font-weight:600;padding:.3rem 0}"
    "th,td{border:1px solid #7d8795;padding:.25rem .45rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
    "svg{max-width:100%;height:auto}.wide{overflow-x:auto}.wide:focus-visible{outline:3px solid}li{overflow-wrap:anywhere}"
    "@media (prefers-color-scheme:dark){body{color:#eceff3;background:#16191d}}"
    "@media print{@page{size:A4;margin:14mm}body{font-size:10pt;color:#000;background:#fff}main{max-width:none;padding:0}"
    "li,tr,dd{break-inside:avoid}h2{break-after:avoid}.wide{overflow:visible}table{font-size:9pt}thead{display:table-header-group}}"
)
