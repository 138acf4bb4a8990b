"""The chart as a workbook (Office Open XML): the chains, the data sets, the parties and what is wrong, a sheet each."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from addin.core.drawing.svg import heading
from addin.core.exports.characters import printable, web_address
from addin.core.exports.csv import HEADINGS, table_rows
from addin.core.orgchart.chart import Chart

_LONGEST = 32_767
"""What one cell holds (ECMA-376 Part 1 §18.3.1.4, as Excel applies it)."""
_DATES = frozenset({"date", "demandé le", "attendu le"})
_WIDTHS = {"jeu": 34, "service": 28, "agent": 28, "précision": 34, "titre": 40, "nom": 30, "courriel": 34, "en mots": 70, "adresse": 40}
_FILL = PatternFill("solid", fgColor="FF0B4F5C")
_HEAD = Font(bold=True, color="FFFFFFFF")

Value = str | int | date | None


def chart_xlsx(chart: Chart) -> bytes:
    """Write the chart as a workbook. Dates are dates; no cell is a formula, whatever its words begin with."""
    book = Workbook()
    book.properties.title = heading(chart)
    book.properties.creator = printable(chart.organisation)
    made = datetime.combine(chart.today or date(2000, 1, 1), time(), UTC).replace(tzinfo=None)  # the format knows no zone
    book.properties.created = book.properties.modified = made
    first = book.active
    if first is not None:
        book.remove(first)
    for title, headings, rows in (
        ("Chaînes", HEADINGS, _chains(chart)),
        ("Jeux de données", ("identifiant", "titre", "état", "thème", "schéma", "adresse", "contacts"), _datasets(chart)),
        ("Contacts", ("identifiant", "nom", "type", "service", "courriel", "téléphone"), _contacts(chart)),
        ("À regarder", ("jeu", "nature", "en mots"), _issues(chart)),
    ):
        _sheet(book.create_sheet(title), headings, rows)
    return _steady(book, made)


def _steady(book: Workbook, made: datetime) -> bytes:
    """Save a workbook as bytes that depend on its content alone: openpyxl stamps the hour of saving in two places."""
    fresh, fixed = io.BytesIO(), io.BytesIO()
    book.save(fresh)
    with zipfile.ZipFile(fresh) as inner, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as outer:
        for name in inner.namelist():
            content = inner.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + f"{made:%Y-%m-%dT%H:%M:%SZ}".encode(), content)
            outer.writestr(zipfile.ZipInfo(name, made.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def _sheet(sheet: Worksheet, headings: Sequence[str], rows: Iterator[Sequence[Value]]) -> None:
    for column, words in enumerate(headings, start=1):
        cell = sheet.cell(1, column, words)
        cell.font, cell.fill = _HEAD, _FILL
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(words, 18)
    last = 1
    for last, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            if value not in ("", None):
                _write(sheet.cell(last, column), value)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{last}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _write(cell: Cell, value: Value) -> None:
    if isinstance(value, str):
        cell.value = printable(value)[:_LONGEST]
        # openpyxl takes "=…" for a formula: these are words that somebody typed
        cell.data_type = "s"
        cell.alignment = Alignment(vertical="top", wrap_text=len(value) > 40)
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "dd/mm/yyyy"


def _chains(chart: Chart) -> Iterator[Sequence[Value]]:
    for row in table_rows(chart):
        yield [_typed(name, text) for name, text in zip(HEADINGS, row, strict=True)]


def _typed(name: str, text: str) -> Value:
    if name in _DATES:
        return date.fromisoformat(text) if text else None
    return int(text) if name == "relances" and text else text


def _datasets(chart: Chart) -> Iterator[Sequence[Value]]:
    for one in chart.datasets:
        yield one.id, one.title, one.state, one.theme, one.schema, web_address(one.url), len(one.chain)


def _contacts(chart: Chart) -> Iterator[Sequence[Value]]:
    for one in chart.contacts:
        yield one.id, one.name, one.kind, one.service, one.email, one.phone


def _issues(chart: Chart) -> Iterator[Sequence[Value]]:
    titles = {one.id: one.title for one in chart.datasets}
    for issue in chart.issues:
        yield titles.get(issue.dataset, issue.dataset), issue.kind, issue.words
