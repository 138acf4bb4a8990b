"""The chart as GraphML (http://graphml.graphdrawing.org), for Gephi, yEd, Cytoscape and networkx: one node a data set or a contact."""

from collections.abc import Iterator
from xml.etree import ElementTree as Xml

from addin.core.exports.characters import printable, web_address
from addin.core.orgchart.chart import Chart
from addin.core.orgchart.statuses import STATUS
from addin.core.orgchart.words import RELATIONS

_SPACE = "http://graphml.graphdrawing.org/xmlns"
NODE_KEYS = ("kind", "label", "state", "theme", "url", "service", "email", "phone")
EDGE_KEYS = ("dataset", "relation", "relation_label", "status", "status_label", "words", "since", "back")


def chart_graphml(chart: Chart) -> bytes:
    """Write the chart as GraphML, UTF-8. Nodes are named `dataset:ID` and `contact:ID`; an absent value has no `data` element."""
    root = Xml.Element("graphml", xmlns=_SPACE)
    for scope, names in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for name in names:
            kind = "boolean" if name == "back" else "string"
            Xml.SubElement(root, "key", {"id": f"{scope}-{name}", "for": scope, "attr.name": name, "attr.type": kind})
    graph = Xml.SubElement(root, "graph", id="organigramme", edgedefault="directed")
    for name, values in _nodes(chart):
        _fill(Xml.SubElement(graph, "node", id=name), "node", values)
    known = {node.get("id") for node in graph}
    for number, (source, target, values) in enumerate(_edges(chart), start=1):
        if source in known and target in known:
            _fill(Xml.SubElement(graph, "edge", id=f"e{number}", source=source, target=target), "edge", values)
    Xml.indent(root)
    return bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True))


def _fill(element: Xml.Element, scope: str, values: dict[str, str]) -> None:
    for name, value in values.items():
        if value:
            Xml.SubElement(element, "data", key=f"{scope}-{name}").text = value


def _name(kind: str, key: str) -> str:
    return f"{kind}:{printable(key)}"


def _nodes(chart: Chart) -> Iterator[tuple[str, dict[str, str]]]:
    for one in chart.datasets:
        about = {"kind": "dataset", "label": printable(one.title), "state": one.state, "theme": printable(one.theme)}
        yield _name("dataset", one.id), about | {"url": web_address(one.url)}
    for contact in chart.contacts:
        about = {"kind": contact.kind, "label": printable(contact.name), "service": printable(contact.service)}
        yield _name("contact", contact.id), about | {"email": printable(contact.email), "phone": printable(contact.phone)}


def _edges(chart: Chart) -> Iterator[tuple[str, str, dict[str, str]]]:
    links = {(one.id, link.contact): link for one in chart.datasets for link in one.chain}
    for arrow in chart.links:
        link = links.get((arrow.dataset, arrow.to))
        source = _name("contact", arrow.from_) if arrow.from_ else _name("dataset", arrow.dataset)
        values = {
            "dataset": printable(arrow.dataset),
            "relation": arrow.relation,
            "relation_label": RELATIONS[arrow.relation],
            "status": arrow.status,
            "status_label": STATUS[arrow.status].label,
            "words": printable(link.words) if link else "",
            "since": link.since.isoformat() if link and link.since else "",
            "back": "true" if arrow.back else "false",
        }
        yield source, _name("contact", arrow.to), values
