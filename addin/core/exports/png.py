"""The chart as a PNG: the same picture as the SVG, for programs that show no SVG.

It alone depends on the machine: the letters are drawn with the fonts found there.
"""

from math import sqrt

from resvg_py import svg_to_bytes

from addin.core.drawing.palette import FONTS
from addin.core.drawing.place import Drawing, place
from addin.core.drawing.svg import svg
from addin.core.errors import BadInput, Failed
from addin.core.orgchart.chart import Chart

SHARP = 2.0
LARGEST = 40_000_000
"""The number of pixels past which the picture is drawn less sharp: 160 MB while it is being drawn."""
LEAST = 0.5
"""The zoom under which nobody reads the words any more."""

_PROBE = '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24">{}</svg>'


def chart_png(chart: Chart) -> bytes:
    """Draw the chart. Raise Failed when the machine has no font, BadInput when the chart is too large to be read as a PNG."""
    drawing = place(chart)
    zoom = zoom_of(drawing)
    if not has_fonts():
        raise Failed("Aucune police de caractères n’est installée sur cette machine\u00a0: choisissez le format SVG, ou installez-en une.")
    return bytes(svg_to_bytes(svg_string=svg(drawing, chart, standalone=True), zoom=zoom))


def zoom_of(drawing: Drawing) -> float:
    """Give the zoom at which to draw. Raise BadInput when the words could not be read."""
    zoom = min(SHARP, sqrt(LARGEST / (drawing.width * drawing.height)))
    if zoom < LEAST:
        raise BadInput("L’organigramme est trop grand pour une image PNG\u00a0: choisissez le format SVG, ou un seul jeu de données.")
    return round(zoom, 3)


def has_fonts(*, skip_system_fonts: bool = False) -> bool:
    """Tell whether a letter leaves a trace: without any font that it knows, the library leaves words out and says nothing."""
    letter = f'<text y="20" font-size="20" font-family="{FONTS}">a</text>'
    drawn = (svg_to_bytes(svg_string=_PROBE.format(inside), skip_system_fonts=skip_system_fonts) for inside in (letter, ""))
    return len(set(drawn)) > 1
