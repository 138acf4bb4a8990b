"""The curves of the trend as a small SVG: four lines told apart by their dashes and their words, never by colour alone."""

from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

from addin.core.dashboard.trend import TrendPoint
from addin.core.drawing.palette import FONTS
from addin.core.french import short_date

_WIDTH, _HEIGHT = 660, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 140, 14, 30
_GAP = 17
SERIES: Final = (
    ("asked", "demandés", "#7a4f00", "2 4"),
    ("located", "localisés", "#234f8f", "8 4"),
    ("received", "reçus", "#0d6557", ""),
    ("published", "publiés", "#961f18", "12 3 2 3"),
)
"""Key, word, ink and dashes of each line."""


def curve(points: Sequence[TrendPoint], *, total: int, title: str) -> str:
    """Draw the lines from the first point to the last, `total` being the top of the scale. Presentation attributes and classes only."""
    top = max([total, 1, *(max(one.asked, one.located, one.received, one.published) for one in points)])
    width, height = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
    span = max(1, (points[-1].day - points[0].day).days) if points else 1

    def across(point: TrendPoint) -> float:
        return round(_LEFT + width * (point.day - points[0].day).days / span, 1)

    def down(count: float) -> float:
        return round(_TOP + height * (1 - count / top), 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="curve" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'font-family="{escape(FONTS, {chr(34): "&quot;"})}" font-size="13">',
        f"<title>{escape(title)}</title>",
    ]
    for count in dict.fromkeys((0, top // 2, top)):
        y = down(count)
        parts.append(f'<path class="rule" d="M{_LEFT} {y}H{_LEFT + width}" stroke="#b9c3cc" stroke-width="1" fill="none"/>')
        parts.append(f'<text class="soft" x="{_LEFT - 8}" y="{y + 4}" text-anchor="end" fill="#525b66">{count}</text>')
    for point, anchor in _dated(points):
        x, y = across(point), _HEIGHT - 8
        parts.append(f'<text class="soft" x="{x}" y="{y}" text-anchor="{anchor}" fill="#525b66">{short_date(point.day)}</text>')
    ends = {}
    for key, _, ink, dashes in SERIES:
        drawn = [(across(one), down(getattr(one, key))) for one in points]
        if not drawn:
            continue
        path = "M" + "L".join(f"{x} {y}" for x, y in drawn)
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        parts.append(f'<path class="line {key}" d="{path}" stroke="{ink}" stroke-width="2.5" fill="none" stroke-linejoin="round"{dashed}/>')
        ends[key] = drawn[-1]
    for key, y in _apart({key: y for key, (_, y) in ends.items()}).items():
        _, word, ink, dashes = next(one for one in SERIES if one[0] == key)
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        x, at = ends[key]
        parts.append(f'<circle class="dot {key}" cx="{x}" cy="{at}" r="3.5" fill="{ink}"/>')
        parts.append(f'<path class="line {key}" d="M{x + 8} {y}h26" stroke="{ink}" stroke-width="2.5" fill="none"{dashed}/>')
        parts.append(f'<text class="word {key}" x="{x + 40}" y="{y + 4.5}" fill="{ink}">{said(getattr(points[-1], key), word)}</text>')
    return "".join((*parts, "</svg>"))


def said(count: int, word: str) -> str:
    """Say a count of data sets: "1 reçu", "6 reçus"."""
    return f"{count} {word if count > 1 else word.removesuffix('s')}"


def _dated(points: Sequence[TrendPoint]) -> list[tuple[TrendPoint, str]]:
    """Choose the points whose date is written: the ends, and the middle when there is room."""
    if not points:
        return []
    if len(points) == 1:
        return [(points[0], "start")]
    middle = [(points[len(points) // 2], "middle")] if len(points) > 4 else []
    return [(points[0], "start"), *middle, (points[-1], "end")]


def _apart(heights: dict[str, float]) -> dict[str, float]:
    """Move the words apart that would stand on each other, keeping their order, inside the picture."""
    placed: dict[str, float] = {}
    previous = -_GAP * 1.0
    for key, y in sorted(heights.items(), key=lambda one: (one[1], [name for name, *_ in SERIES].index(one[0]))):
        previous = max(y, previous + _GAP)
        placed[key] = previous
    over = max(placed.values(), default=0.0) - (_HEIGHT - _BOTTOM)
    if over > 0:
        floor = float(_HEIGHT - _BOTTOM)
        for key in reversed(placed):
            placed[key] = min(placed[key], floor)
            floor = placed[key] - _GAP
    return {key: round(y, 1) for key, y in placed.items()}
