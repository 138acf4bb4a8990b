"""The chart as a table for spreadsheets and Grist: one row for each contact in the chain of each data set."""

import csv
import io
from collections.abc import Iterator

from addin.core.exports.characters import printable
from addin.core.orgchart.chart import ChainLink, Chart, ChartContact, ChartDataset
from addin.core.orgchart.statuses import STATUS
from addin.core.orgchart.words import RELATIONS
from addin.core.taxonomy import REASONS

HEADINGS = (
    "service",
    "agent",
    "jeu",
    "statut",
    "date",
    "format",
    "état",
    "précision",
    "relation",
    "orienté par",
    "demandé le",
    "attendu le",
    "relances",
    "motif",
    "courriel",
    "téléphone",
    "thème",
    "adresse",
    "identifiant du jeu",
    "identifiant du contact",
)
# What a spreadsheet takes for a formula at the start of a cell, its full-width twins included (OWASP, "CSV Injection").
_UNSEEN = " \u00a0\u200b\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def cell(text: str) -> str:
    """Give `text` for one cell: on one line, and behind an apostrophe when a spreadsheet would take it for a formula."""
    shown = printable(text)
    guarded = text.startswith(_FORMULA) or shown.lstrip(_UNSEEN).startswith(_FORMULA)
    return f"'{shown}" if guarded else shown


def chart_csv(chart: Chart) -> bytes:
    """Write the chart as CSV: UTF-8 with its mark (BOM), semicolons, lines ended by CR LF (RFC 4180), dates in ISO 8601."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows(map(cell, row) for row in table_rows(chart))
    return sheet.getvalue().encode("utf-8-sig")


def table_rows(chart: Chart) -> Iterator[tuple[str, ...]]:
    """Give the rows under `HEADINGS`, dates in ISO 8601: one for each contact of each chain, one for each chain without anybody."""
    contacts = {one.id: one for one in chart.contacts}
    names = {one.id: one.name for one in chart.contacts}
    nobody = ChartContact(id="", name="", kind="")
    for dataset in chart.datasets:
        for link in dataset.chain:
            yield _row(dataset, link, contacts.get(link.contact, nobody), names)
        if not dataset.chain:
            hole = ChainLink(contact="", relation="asked", status="to-ask", words="Personne n’a été interrogé")
            yield _row(dataset, hole, nobody, names)


def _row(dataset: ChartDataset, link: ChainLink, contact: ChartContact, names: dict[str, str]) -> tuple[str, ...]:
    asked = bool(link.contact)
    return (
        contact.service,
        contact.name,
        dataset.title,
        STATUS[link.status].label,
        link.since.isoformat() if link.since else "",
        dataset.schema,
        dataset.state,
        link.words,
        RELATIONS[link.relation] if asked else "",
        names.get(link.by or "", ""),
        link.asked.isoformat() if link.asked else "",
        link.due.isoformat() if link.due else "",
        str(link.reminders) if link.reminders else "",
        REASONS.get(link.reason or "", ""),
        contact.email,
        contact.phone,
        dataset.theme,
        dataset.url,
        dataset.id,
        link.contact,
    )
