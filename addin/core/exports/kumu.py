"""The chart for Kumu: a zip of the two tables it imports, elements and connections."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator

from addin.core.drawing.boxes import KINDS
from addin.core.exports.characters import web_address
from addin.core.exports.csv import cell
from addin.core.orgchart.chart import Chart
from addin.core.orgchart.statuses import STATUS
from addin.core.orgchart.words import RELATIONS

# Kumu knows these names only in English and exactly so; it takes others for fields of its own.
ELEMENTS = ("Label", "Type", "Description", "Tags", "Service", "Courriel", "Téléphone", "Adresse")
CONNECTIONS = ("From", "To", "Type", "Description", "Tags")


def chart_kumu(chart: Chart) -> bytes:
    """Write the chart as a zip of `elements.csv` and `connections.csv` (UTF-8, commas). The same chart gives the same bytes."""
    labels = _labels(chart)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, headings, rows in (
            ("elements.csv", ELEMENTS, _elements(chart, labels)),
            ("connections.csv", CONNECTIONS, _connections(chart, labels)),
        ):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, _table(headings, rows))
    return packed.getvalue()


def _table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(map(cell, row) for row in rows)
    return sheet.getvalue().encode()


def _labels(chart: Chart) -> dict[tuple[str, str], str]:
    """Give each data set and contact a label of its own: Kumu ties elements by their labels, whatever the case."""
    given: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    named = [(("dataset", one.id), one.title, "") for one in chart.datasets]
    named += [(("contact", one.id), one.name, one.service) for one in chart.contacts]
    for key, name, more in named:
        wanted = cell(name) or "Sans nom"
        label, number = wanted, 1
        if label.casefold() in taken and more:
            label = wanted = cell(f"{name} ({more})")
        while label.casefold() in taken:
            number += 1
            label = f"{wanted} ({number})"
        taken.add(label.casefold())
        given[key] = label
    return given


def _elements(chart: Chart, labels: dict[tuple[str, str], str]) -> Iterator[tuple[str, ...]]:
    for one in chart.datasets:
        tags = "|".join(part.replace("|", "/") for part in (one.state, one.theme) if part)
        hole = "" if one.chain else "Personne n’a été interrogé."
        yield labels["dataset", one.id], "Jeu de données", hole, tags, "", "", "", web_address(one.url)
    for contact in chart.contacts:
        kind = KINDS.get(contact.kind) or "Agent"
        yield labels["contact", contact.id], kind, "", "", contact.service, contact.email, contact.phone, ""


def _connections(chart: Chart, labels: dict[tuple[str, str], str]) -> Iterator[tuple[str, ...]]:
    words = {(one.id, link.contact): link.words for one in chart.datasets for link in one.chain}
    for link in chart.links:
        source = labels.get(("contact", link.from_) if link.from_ else ("dataset", link.dataset))
        target = labels.get(("contact", link.to))
        if source is None or target is None:
            continue
        title = labels["dataset", link.dataset]
        description = f"{title}\u00a0: {words.get((link.dataset, link.to), STATUS[link.status].label)}"
        yield source, target, RELATIONS[link.relation], description, title.replace("|", "/")
