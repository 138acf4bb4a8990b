"""The chart as a PDF to print or to send: tagged (ISO 14289-1, PDF/UA-1), its words as text, on A4 pages or on A3 ones."""

from datetime import UTC, datetime, time
from typing import Any, Final, Literal

import msgspec
import typst

from addin.core.drawing.place import place
from addin.core.drawing.svg import audience_words, heading, summary, svg
from addin.core.errors import Failed
from addin.core.exports.characters import drawable
from addin.core.exports.trees import Branch, Tree, grow
from addin.core.french import short_date
from addin.core.orgchart.chart import Chart

_A3_WIDTH, _A3_HEIGHT = 1480.0, 920.0
_LEAST_ZOOM: Final = 0.45
"""On paper, letters drawn at 13 pixels are then about 4 points high: the least that is read."""

Paper = Literal["a4", "a3"]

# The words come in as data, never as source: nothing that somebody typed can be taken for markup.
_SOURCE: Final = """
#let chart = json(bytes(sys.inputs.chart))
#let ink = rgb("#1d232b")
#let deep = rgb("#0b4f5c")
#let rule = rgb("#b9c3cc")
#set document(title: chart.title, author: chart.organisation, description: chart.summary, date: none)
#set page(
  paper: sys.inputs.paper, flipped: sys.inputs.paper == "a3", margin: (x: 14mm, top: 14mm, bottom: 16mm),
  footer: context {
    set text(8pt, fill: ink.lighten(15%))
    [#chart.title – #chart.audience #h(1fr) page #counter(page).display() sur #counter(page).final().first()]
  },
)
#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"), size: 10pt, fill: ink, lang: "fr", region: "FR", hyphenate: false)
#set par(leading: 0.5em, spacing: 0.7em)
#set list(marker: [–], indent: 0.4em, body-indent: 0.5em)
#show heading.where(level: 1): it => block(below: 0.6em, text(19pt, fill: deep, it.body))
#show heading.where(level: 2): it => block(above: 1.2em, below: 0.5em, text(13pt, fill: deep, it.body))
#show heading.where(level: 3): it => block(above: 1em, below: 0.4em, text(11pt, it.body))
#let person(one) = {
  strong(one.name)
  if one.service != "" [ (#one.service)]
  [ : #one.status]
  if one.reach != "" { linebreak(); text(8.5pt, one.reach) }
  if one.below.len() > 0 { list(..one.below.map(person)) }
}
#if chart.picture != "" {
  image(bytes(chart.picture), format: "svg", width: 100%, height: 262mm, fit: "contain", alt: chart.title + ". " + chart.summary)
  pagebreak()
}
= #chart.title
#chart.audience – #chart.summary.
#show: body => if sys.inputs.paper == "a3" { columns(2, body) } else { body }
#if chart.issues.len() > 0 [
  == À regarder
  #list(..chart.issues.map(one => [#strong(one.title) : #one.words]))
]
== Les chaînes
#if chart.sets.len() == 0 [Aucun jeu de données pour l’instant.]
#for one in chart.sets {
  block(breakable: one.people.len() > 12, width: 100%, stroke: (top: 0.5pt + rule), inset: (top: 2mm), {
    heading(level: 3, one.title + " (" + one.state + ")")
    if one.about != "" { text(8.5pt, one.about); linebreak() }
    if one.people.len() == 0 [Personne n’a été interrogé.] else { list(..one.people.map(person)) }
    for words in one.others { text(8.5pt, words); linebreak() }
  })
}
"""


def chart_pdf(chart: Chart, paper: Paper = "a4") -> bytes:
    """Write the chart as a PDF. The same chart gives the same bytes. Letters that our fonts lack show as "□". Raise Failed."""
    data = msgspec.json.encode(_content(chart, paper)).decode()
    made = datetime.combine(chart.today, time(), UTC) if chart.today else datetime(2000, 1, 1, tzinfo=UTC)
    try:
        octets = typst.compile(
            _SOURCE.encode(),
            font_paths=[],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs={"chart": data, "paper": paper},
            timestamp=int(made.timestamp()),
        )
    except typst.TypstError as error:
        raise Failed("L’organigramme n’a pas pu être mis en page\u00a0: choisissez le format HTML.") from error
    if not isinstance(octets, bytes):
        raise Failed("L’organigramme n’a pas pu être mis en page\u00a0: choisissez le format HTML.")
    return octets


def chart_pdf_a3(chart: Chart) -> bytes:
    """Write the chart as a PDF of A3 pages, two columns, to pin on a wall."""
    return chart_pdf(chart, "a3")


def _content(chart: Chart, paper: Paper) -> dict[str, Any]:
    titles = {one.id: one.title for one in chart.datasets}
    names = {one.id: one.name for one in chart.contacts}
    return {
        "title": drawable(heading(chart)),
        "organisation": drawable(chart.organisation) or "Antisèche",
        "audience": drawable(audience_words(chart)),
        "summary": drawable(summary(chart)),
        "picture": _picture(chart) if paper == "a3" else "",
        "issues": [{"title": drawable(titles.get(one.dataset, "")), "words": drawable(one.words)} for one in chart.issues],
        "sets": [_set(tree, names) for tree in grow(chart)],
    }


def _picture(chart: Chart) -> str:
    """Give the picture of the chart, when it can still be read on one A3 page; the lists that follow say all of it anyway."""
    drawing = place(chart)
    zoom = min(_A3_WIDTH / drawing.width, _A3_HEIGHT / drawing.height) if chart.datasets else 0.0
    return drawable(svg(drawing, chart, standalone=True)) if zoom >= _LEAST_ZOOM else ""


def _set(tree: Tree, names: dict[str, str]) -> dict[str, Any]:
    one = tree.dataset
    about = " · ".join(drawable(words) for words in (one.theme, one.schema, one.url) if words)
    others = [f"{names.get(arrow.from_, '')} oriente aussi vers {names.get(arrow.to, '')}." for arrow in tree.others if arrow.from_]
    return {
        "title": drawable(one.title) or "Sans titre",
        "state": one.state,
        "about": about,
        "people": [_person(branch) for branch in tree.branches],
        "others": [drawable(words) for words in others],
    }


def _person(branch: Branch) -> dict[str, Any]:
    contact, link = branch.contact, branch.link
    return {
        "name": drawable(contact.name) or "Sans nom",
        "service": drawable(contact.service) if contact.service != contact.name else "",
        "status": drawable(link.words) + (f", depuis le {short_date(link.since)}" if link.since else ""),
        "reach": " · ".join(drawable(words) for words in (contact.email, contact.phone) if words),
        "below": [_person(one) for one in branch.branches],
    }
