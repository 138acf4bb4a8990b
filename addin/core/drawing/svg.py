"""The SVG of the chart: for the wide page (classes only, themed by the page) or as a file that stands alone."""

from collections import Counter
from collections.abc import Callable, Iterator

from addin.core.drawing.boxes import Pen
from addin.core.drawing.markup import label, xml_text
from addin.core.drawing.palette import style_sheet
from addin.core.drawing.place import MARGIN, NOTE_INDENT, NOTE_SIZE, Box, Drawing, Note, place
from addin.core.drawing.shapes import SHAPES
from addin.core.drawing.text import fit, text_width
from addin.core.french import date_in_words
from addin.core.orgchart.chart import Chart
from addin.core.orgchart.statuses import STATUS

_HEAD, _LEGEND_ROW = 72.0, 30.0
_TITLE, _SUBTITLE, _WIDEST = 25.0, 14.0, 1000.0
_COLUMNS = ("Jeu de données", "À qui l'on a demandé", "Vers qui l'on a été orienté")
_AUDIENCES = {"internal": "usage interne", "staff": "pour tous les agents", "public": "version publique"}


def svg(drawing: Drawing, chart: Chart, *, standalone: bool = False, href: Callable[[str, str], str] | None = None) -> str:
    """Write the drawing of `chart` as one <svg> element, in pixels.

    Every box carries `data-kind` ("dataset" or "contact") and `data-id`. With `href`, called with that kind and id, each is a link to
    the address it gives; without, it takes the focus as a button, for a page that opens the history itself. No style attribute: a
    strict Content-Security-Policy holds. `standalone` adds a title, a legend and its own light style sheet, and takes links and focus
    away: one picture with its words.
    """
    head = _HEAD if standalone else 0.0
    width = max(drawing.width, _headroom(chart) if standalone else 0.0)
    legend, tail = _legend(chart, width, drawing.height + head) if standalone else ("", 0.0)
    height = drawing.height + head + tail
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" lang="fr" role="{"img" if standalone else "group"}" ',
        f'aria-labelledby="chart-title chart-desc" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}">',
        f'<title id="chart-title">{xml_text(heading(chart))}</title><desc id="chart-desc">{xml_text(summary(chart))}</desc>',
    ]
    if standalone:
        parts.append(f'<style>{style_sheet()}</style><rect class="page" width="{width:g}" height="{height:g}" fill="none"/>')
        parts.append(_title(chart))
        parts.append(f'<g transform="translate(0 {head:g})">')
    parts += _bands(drawing, width)
    parts += _column_names(drawing)
    pen = Pen({one.id: one for one in chart.contacts}, _shares(chart), focus=not standalone, href=href if not standalone else None)
    parts += map(pen.arrow, drawing.links)
    parts += _lanes(drawing, chart, pen)
    parts.append(f"</g>{legend}</svg>" if standalone else "</svg>")
    return "".join(parts)


def picture(chart: Chart) -> str:
    """Place a chart and write it as an SVG file that stands alone."""
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + svg(place(chart), chart, standalone=True) + "\n"


def heading(chart: Chart) -> str:
    """Give the title of a chart: "Organigramme de la donnée – Ville de …"."""
    return f"Organigramme de la donnée – {chart.organisation}" if chart.organisation else "Organigramme de la donnée"


def summary(chart: Chart) -> str:
    """Say in one sentence what the chart holds."""
    found = sum(one.state not in {"repéré", "demandé", "abandonné"} for one in chart.datasets)
    sets, people = len(chart.datasets), len(chart.contacts)
    words = f"{sets} jeu{'x' if sets > 1 else ''} de données, {people} contact{'s' if people > 1 else ''}"
    return f"{words}, {found} jeu{'x' if found > 1 else ''} localisé{'s' if found > 1 else ''} ou plus avancé{'s' if found > 1 else ''}"


def audience_words(chart: Chart) -> str:
    """Say on which day and for whom the chart was drawn."""
    when = f"{date_in_words(chart.today)} – " if chart.today else ""
    return f"{when}{_AUDIENCES[chart.audience]}"


def _title(chart: Chart) -> str:
    title, below = _title_words(chart)
    return label(MARGIN, 46, title, _TITLE, bold=True) + label(MARGIN, 72, below, _SUBTITLE, css="soft")


def _title_words(chart: Chart) -> tuple[str, str]:
    return fit(heading(chart), _WIDEST, _TITLE, bold=True), f"{audience_words(chart)} – {summary(chart)}"


def _headroom(chart: Chart) -> float:
    """Give the width in pixels that the title needs."""
    title, below = _title_words(chart)
    return 2 * MARGIN + max(text_width(title, _TITLE, bold=True), text_width(below, _SUBTITLE))


def _bands(drawing: Drawing, width: float) -> Iterator[str]:
    """Write the band behind each data set, one in two of them tinted."""
    wide = f"{width - 16:g}"
    for number, lane in enumerate(drawing.lanes):
        css = "lane" if number % 2 else "lane lane-odd"
        yield f'<rect class="{css}" x="8" y="{lane.y:g}" width="{wide}" height="{lane.height:g}" rx="14" fill="none"/>'


def _column_names(drawing: Drawing) -> Iterator[str]:
    for number, x in enumerate(drawing.columns):
        yield label(x, MARGIN + 12, _COLUMNS[number] if number < len(_COLUMNS) else f"{number}e maillon", 12, bold=True, css="soft")


def _lanes(drawing: Drawing, chart: Chart, pen: Pen) -> Iterator[str]:
    """Write the boxes and the notes, data set by data set, in reading order."""
    datasets = {one.id: one for one in chart.datasets}
    boxes: dict[str, list[Box]] = {}
    for box in drawing.boxes:
        boxes.setdefault(box.dataset, []).append(box)
    notes: dict[str, list[Note]] = {}
    for note in drawing.notes:
        notes.setdefault(note.dataset, []).append(note)
    for lane in drawing.lanes:
        dataset = datasets[lane.dataset]
        title = xml_text(dataset.title)
        links = {link.contact: link for link in dataset.chain}
        yield f'<g role="group" aria-label="{title}">'
        for box in boxes[lane.dataset]:
            if box.kind == "contact":
                yield pen.contact(box, links[box.key], title)
            elif box.kind == "dataset":
                yield pen.dataset(box, dataset, title)
            else:
                yield pen.hole(box)
        yield from map(_note, notes.get(lane.dataset, ()))
        yield "</g>"


def _shares(chart: Chart) -> dict[str, int]:
    """Count the data sets that each contact is part of."""
    return Counter([link.contact for one in chart.datasets for link in one.chain])


def _note(note: Note) -> str:
    tone = "stop" if note.kind == "dead-end" else "warn"
    shape = f'<g class="shape shape-alert" transform="translate({note.x:g} {note.y - 11.5:g})">{SHAPES["alert"]}</g>'
    return f'<g class="note tone-{tone}">{shape}{label(note.x + NOTE_INDENT, note.y, note.words, NOTE_SIZE, css="word")}</g>'


def _legend(chart: Chart, width: float, top: float) -> tuple[str, float]:
    """Write the statuses that the chart shows, each with its shape: the markup, and its height in pixels."""
    shown = {link.status for one in chart.datasets for link in one.chain}
    parts, x, y = [], MARGIN, top
    for code, status in STATUS.items():
        if code not in shown:
            continue
        room = text_width(status.label, 12.5) + 48
        if x + room > width - MARGIN:
            x, y = MARGIN, y + _LEGEND_ROW
        parts.append(f'<g class="tone-{status.tone}"><g class="shape" transform="translate({x:g} {y:g})">{SHAPES[status.shape]}</g>')
        parts.append(f"{label(x + 21, y + 11.5, status.label, 12.5, css='soft')}</g>")
        x += room
    return "".join(parts), (y - top + _LEGEND_ROW + 8 if parts else 0.0)
