"""Show the chart: drawn on the day it is asked for, for who will read it, whole or for one data set."""

from msgspec.structs import replace

from addin.core.book import current
from addin.core.errors import BadInput, NotFound
from addin.core.exports.formats import FORMATS, file_name
from addin.core.orgchart.audience import AUDIENCES, for_audience
from addin.core.orgchart.chart import Audience, Chart
from addin.core.timezones import zone_of
from addin.ports.desk import Desk


def show_chart(desk: Desk, *, audience: Audience = "internal", dataset: str | None = None) -> Chart:
    """Draw the chart for one audience, of one data set (its id) or of all. Raise NotFound."""
    raw = desk.logbook.read()
    today = desk.clock().astimezone(zone_of(raw.organisation)).date()
    chart = desk.chart.draw(raw, today=today)
    if dataset is not None:
        if dataset not in current(raw).datasets:
            raise NotFound("Ce jeu de données n’existe pas.", where="dataset")
        chart = _only(chart, dataset)
    return for_audience(chart, audience)


def _only(chart: Chart, dataset: str) -> Chart:
    shown = tuple(one for one in chart.datasets if one.id == dataset)
    people = {link.contact for one in shown for link in one.chain}
    return replace(
        chart,
        datasets=shown,
        contacts=tuple(one for one in chart.contacts if one.id in people),
        links=tuple(link for link in chart.links if link.dataset == dataset),
        issues=tuple(issue for issue in chart.issues if issue.dataset == dataset),
    )


def export_chart(desk: Desk, form: str, *, audience: str = "internal", dataset: str | None = None) -> tuple[str, str, bytes]:
    """Give the chart as a file: its name, its media type, its octets.

    Raise BadInput for a format or an audience that is not known, NotFound for a data set, Failed when this machine cannot draw it.
    """
    known = FORMATS.get(form)
    if known is None:
        raise BadInput(f"Ce format n’est pas prévu\u00a0; sont prévus\u00a0: {', '.join(FORMATS)}.", where="format")
    reader = next((one for one in AUDIENCES if one == audience), None)
    if reader is None:
        raise BadInput(f"Ce public n’est pas prévu\u00a0; sont prévus\u00a0: {', '.join(AUDIENCES)}.", where="audience")
    chart = show_chart(desk, audience=reader, dataset=dataset)
    return file_name(known, reader), known.media, known.write(chart)
