"""The placement: each data set is a lane read from left to right, from the data set along its chain to whoever holds it.

A contact that takes part in several data sets stands once in each lane, so that no arrow ever crosses a lane; the box says how many
data sets it is part of. Within a lane the first contact pointed to stands in line with the one who pointed: most arrows are straight.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from addin.core.drawing.text import fit, text_width
from addin.core.orgchart.chart import Chart, ChartDataset, ChartLink, Issue

MARGIN = 24.0
BOX_WIDTH, BOX_HEIGHT = 300.0, 74.0
DATASET_WIDTH = 284.0
GAP_X, GAP_Y = 56.0, 14.0
LANE_PAD = 16.0
HEAD = 34.0
NOTE_HEIGHT, NOTE_SIZE, NOTE_INDENT = 24.0, 13.0, 22.0
NOTE_WIDTH = 1000.0
BACK_ROOM, BACK_STEP = 14.0, 8.0
TIP = 7.0


class Box(Struct, frozen=True, kw_only=True):
    """Place one box, in pixels from the top left corner. `id` is unique in the drawing, `key` the id of the record it shows."""

    id: str
    kind: Literal["dataset", "contact", "hole"]
    key: str
    dataset: str
    x: float
    y: float
    width: float
    height: float


class Curve(Struct, frozen=True, kw_only=True):
    """Place one arrow: `path` is an SVG path from box `from_` to box `to`, `tip` the point it touches, `heading` how it comes there."""

    from_: str
    to: str
    path: str
    tip: tuple[float, float]
    heading: Literal["right", "left"]
    status: str
    relation: str
    back: bool = False


class Lane(Struct, frozen=True, kw_only=True):
    """Place the band of one data set."""

    dataset: str
    y: float
    height: float


class Note(Struct, frozen=True, kw_only=True):
    """Place one line of words about an issue of a lane (`y` is the base line). Its mark stands at `x`, its words NOTE_INDENT further."""

    dataset: str
    kind: str
    words: str
    x: float
    y: float


class Drawing(Struct, frozen=True, kw_only=True):
    """Hold the placed chart: sizes in pixels. `columns` are the left edges of the columns, the data sets' first."""

    boxes: tuple[Box, ...]
    links: tuple[Curve, ...]
    lanes: tuple[Lane, ...]
    notes: tuple[Note, ...]
    columns: tuple[float, ...]
    width: float
    height: float


def place(chart: Chart) -> Drawing:
    """Place every data set of the chart, one lane under the other, in its order. The same chart always gives the same places."""
    arrows: dict[str, list[ChartLink]] = {}
    for link in chart.links:
        arrows.setdefault(link.dataset, []).append(link)
    issues: dict[str, list[Issue]] = {}
    for issue in chart.issues:
        issues.setdefault(issue.dataset, []).append(issue)
    boxes: list[Box] = []
    curves: list[Curve] = []
    lanes: list[Lane] = []
    notes: list[Note] = []
    deepest, y = 1, MARGIN + HEAD
    for dataset in chart.datasets:
        lane_arrows = arrows.get(dataset.id, ())
        rows = _rows(dataset, lane_arrows)
        hops = {link.contact: link.hop for link in dataset.chain}
        top = y + LANE_PAD
        placed: dict[str | None, Box] = {None: _box("dataset", dataset.id, dataset.id, 0, top)}
        for contact, hop in hops.items():
            placed[contact] = _box("contact", contact, dataset.id, hop, top + rows[contact] * (BOX_HEIGHT + GAP_Y))
        if not hops:
            placed[""] = _box("hole", "", dataset.id, 1, top)
            curves.append(_curve(placed[None], placed[""], None))
        boxes += placed.values()
        deepest = max(deepest, *hops.values(), 1)
        bottom = top + (max(rows.values(), default=0) + 1) * (BOX_HEIGHT + GAP_Y) - GAP_Y
        drawn = [link for link in lane_arrows if link.from_ in placed and link.to in placed]
        curves += (_curve(placed[link.from_], placed[link.to], link) for link in drawn if not _goes_round(link, hops))
        around = [link for link in drawn if _goes_round(link, hops)]
        for link in around:
            bottom += BACK_STEP
            curves.append(_detour(placed[link.from_], placed[link.to], link, bottom))
        bottom += BACK_ROOM if around else 0
        told = [issue for issue in issues.get(dataset.id, ()) if issue.kind in {"cycle", "dead-end", "long"}]
        for number, issue in enumerate(told, start=1):
            words = fit(issue.words, NOTE_WIDTH, NOTE_SIZE)
            note = Note(dataset=dataset.id, kind=issue.kind, words=words, x=_left(1), y=bottom + number * NOTE_HEIGHT)
            notes.append(note)
        height = bottom + len(told) * NOTE_HEIGHT + LANE_PAD - y
        lanes.append(Lane(dataset=dataset.id, y=y, height=height))
        y += height
    return Drawing(
        boxes=tuple(boxes),
        links=tuple(curves),
        lanes=tuple(lanes),
        notes=tuple(notes),
        columns=tuple(_left(column) for column in range(deepest + 1)),
        width=MARGIN + max([_left(deepest) + BOX_WIDTH, *(note.x + NOTE_INDENT + text_width(note.words, NOTE_SIZE) for note in notes)]),
        height=y + MARGIN,
    )


def _left(column: int) -> float:
    return MARGIN if column == 0 else MARGIN + DATASET_WIDTH + GAP_X + (column - 1) * (BOX_WIDTH + GAP_X)


def _box(kind: Literal["dataset", "contact", "hole"], key: str, dataset: str, column: int, y: float) -> Box:
    name = {"dataset": f"d/{dataset}", "contact": f"c/{dataset}/{key}", "hole": f"h/{dataset}"}[kind]
    width = BOX_WIDTH if column else DATASET_WIDTH
    return Box(id=name, kind=kind, key=key, dataset=dataset, x=_left(column), y=y, width=width, height=BOX_HEIGHT)


def _rows(dataset: ChartDataset, arrows: Sequence[ChartLink]) -> Mapping[str, int]:
    """Give each contact its row in the lane: the first child in line with its parent, the others under it."""
    hops = {link.contact: link.hop for link in dataset.chain}
    parents = {link.contact: link.by for link in dataset.chain}
    children: dict[str | None, list[str]] = {}
    for contact, hop in hops.items():
        sources = [one.from_ for one in arrows if one.to == contact and (hops.get(one.from_, 0) if one.from_ else 0) == hop - 1]
        parent = parents[contact] if parents[contact] in sources else sources[0] if sources else None
        children.setdefault(parent, []).append(contact)
    rows: dict[str, int] = {}
    free = 0
    todo = [(contact, True) for contact in reversed(children.get(None, ()))]
    first = True
    while todo:
        contact, opens = todo.pop()
        if opens and not first:
            free += 1
        first = False
        rows[contact] = free
        below = children.get(contact, ())
        todo += [(child, number > 0) for number, child in reversed(list(enumerate(below)))]
    for contact in hops:
        if contact not in rows:
            free += 1
            rows[contact] = free
    return rows


def _goes_round(link: ChartLink, hops: Mapping[str, int]) -> bool:
    """Tell whether an arrow goes back to an earlier column, and so passes under the boxes."""
    return link.from_ is not None and hops.get(link.to, 0) < hops.get(link.from_, 0)


def _curve(source: Box, target: Box, link: ChartLink | None) -> Curve:
    """Draw the arrow to the next column, straight along a row or as a soft S between rows; or within a column, as a bend on its right."""
    x1, y1 = source.x + source.width, source.y + source.height / 2
    x2, y2 = target.x, target.y + target.height / 2
    if target.x > source.x:
        end = x2 - TIP
        # The bend stands in the gap before the target, so that a long arrow does not run through the boxes on its way.
        bend = f"H{x2 - GAP_X:g}C{x2 - 20:g} {y1:g} {x2 - 36:g} {y2:g} {end:g} {y2:g}"
        return _arrow(source, target, link, f"M{x1:g} {y1:g}{f'H{end:g}' if y1 == y2 else bend}", (x2, y2), "right")
    high, low = (y1 - 11, y1 + 11) if target is source else (y1, y2)
    path = f"M{x1:g} {high:g}C{x1 + 36:g} {high:g} {x1 + 36:g} {low:g} {x1 + TIP:g} {low:g}"
    return _arrow(source, target, link, path, (x1, low), "left")


def _detour(source: Box, target: Box, link: ChartLink, floor: float) -> Curve:
    """Draw the arrow back to an earlier column: down the gap on the right of its source, along `floor`, up the gap before its target."""
    x1, y1 = source.x + source.width, source.y + source.height / 2 + 18
    x2, y2 = target.x, target.y + target.height / 2 + 18
    right, left = x1 + 12, x2 - 18
    path = f"M{x1:g} {y1:g}H{right - 6:g}q6 0 6 6V{floor - 6:g}q0 6 -6 6H{left + 6:g}q-6 0 -6 -6V{y2 + 6:g}q0 -6 6 -6H{x2 - TIP:g}"
    return _arrow(source, target, link, path, (x2, y2), "right")


def _arrow(
    source: Box, target: Box, link: ChartLink | None, path: str, tip: tuple[float, float], heading: Literal["right", "left"]
) -> Curve:
    return Curve(
        from_=source.id,
        to=target.id,
        path=path,
        tip=tip,
        heading=heading,
        status=link.status if link else "hole",
        relation=link.relation if link else "asked",
        back=bool(link and link.back),
    )
