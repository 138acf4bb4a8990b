"""The chart as a Graphviz graph (`.dot`): one node for each data set and contact, one edge for each arrow."""

from collections.abc import Iterator

from addin.core.drawing.palette import LIGHT
from addin.core.drawing.svg import heading
from addin.core.exports.characters import printable, web_address
from addin.core.orgchart.chart import Chart
from addin.core.orgchart.statuses import STATUS


def quoted(*lines: str) -> str:
    """Quote lines as one DOT string. Graphviz reads escapes and HTML entities in labels: both are written so that they show."""
    escaped = (printable(line).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"') for line in lines if line)
    return '"' + "\\n".join(escaped) + '"'


def chart_dot(chart: Chart) -> bytes:
    """Write the chart in the DOT language, UTF-8. Nodes are named d1, d2 … and c1, c2 … in the order of the chart."""
    return "\n".join(_lines(chart)).encode()


def _lines(chart: Chart) -> Iterator[str]:
    datasets = {one.id: (f"d{number}", one) for number, one in enumerate(chart.datasets, start=1)}
    contacts = {one.id: f"c{number}" for number, one in enumerate(chart.contacts, start=1)}
    words = {(one.id, link.contact): link.words for one in chart.datasets for link in one.chain}
    yield "digraph organigramme {"
    yield f'  graph [rankdir=LR, charset="UTF-8", labelloc=t, fontname="sans-serif", label={quoted(heading(chart))}];'
    yield '  node [shape=box, style=rounded, fontname="sans-serif"];'
    yield '  edge [fontname="sans-serif", fontsize=10];'
    for name, one in datasets.values():
        url = web_address(one.url)
        yield f"  {name} [shape=folder, style=solid, label={quoted(one.title, one.state)}{f', URL={quoted(url)}' if url else ''}];"
    for contact in chart.contacts:
        service = contact.service if contact.service != contact.name else ""
        yield f"  {contacts[contact.id]} [label={quoted(contact.name, service)}];"
    for link in chart.links:
        if link.to not in contacts or (link.from_ and link.from_ not in contacts):
            continue
        name, one = datasets[link.dataset]
        source = contacts[link.from_] if link.from_ else name
        status = words.get((link.dataset, link.to), STATUS[link.status].label)
        label = quoted(one.title, status) if link.from_ else quoted(status)
        ink = LIGHT[STATUS[link.status].tone][0]
        dash = ", style=dashed, constraint=false" if link.back else ""
        yield f'  {source} -> {contacts[link.to]} [label={label}, tooltip={quoted(one.title)}, color="{ink}", fontcolor="{ink}"{dash}];'
    yield "}\n"
