"""The table of the formats: how the chart is given to other programs."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from addin.core.drawing.svg import picture
from addin.core.exports.csv import chart_csv
from addin.core.exports.dot import chart_dot
from addin.core.exports.graphml import chart_graphml
from addin.core.exports.html import chart_html
from addin.core.exports.json import chart_json
from addin.core.exports.kumu import chart_kumu
from addin.core.exports.mm import chart_mm
from addin.core.exports.mup import chart_mup
from addin.core.exports.pdf import chart_pdf, chart_pdf_a3
from addin.core.exports.png import chart_png
from addin.core.exports.vcard import chart_vcard
from addin.core.exports.xlsx import chart_xlsx
from addin.core.orgchart.chart import Audience, Chart


class Format(NamedTuple):
    """Describe one format: the media type of its files, the end of their name, and what writes them."""

    media: str
    ending: str
    write: Callable[[Chart], bytes]


def chart_svg(chart: Chart) -> bytes:
    """Write the chart as an SVG file that stands alone, UTF-8."""
    return picture(chart).encode()


FORMATS: Mapping[str, Format] = {
    "json": Format("application/json", ".json", chart_json),
    "svg": Format("image/svg+xml", ".svg", chart_svg),
    "png": Format("image/png", ".png", chart_png),
    "pdf": Format("application/pdf", ".pdf", chart_pdf),
    "pdf-a3": Format("application/pdf", "-a3.pdf", chart_pdf_a3),
    "csv": Format("text/csv; charset=utf-8", ".csv", chart_csv),
    "html": Format("text/html; charset=utf-8", ".html", chart_html),
    "mup": Format("application/octet-stream", ".mup", chart_mup),
    "mm": Format("application/xml", ".mm", chart_mm),
    "kumu": Format("application/zip", "-kumu.zip", chart_kumu),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", chart_xlsx),
    "vcard": Format("text/vcard; charset=utf-8", ".vcf", chart_vcard),
    "graphml": Format("application/graphml+xml", ".graphml", chart_graphml),
    "dot": Format("text/vnd.graphviz; charset=utf-8", ".dot", chart_dot),
}
"""By name, as `--format` and the API take it. MindMup has no registered media type."""

_NAMES: Mapping[Audience, str] = {"internal": "organigramme-interne", "staff": "organigramme-agents", "public": "organigramme-public"}


def file_name(form: Format, audience: Audience) -> str:
    """Name a file so that nobody mistakes the internal chart for the public one: "organigramme-public.csv"."""
    return _NAMES[audience] + form.ending
