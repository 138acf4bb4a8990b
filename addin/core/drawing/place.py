"""The placement: each data set is a lane read from left to right, from the data set along its chain to whoever holds it.

A contact that takes part in several data sets stands once in each lane, so that no arrow ever crosses a lane; the box says how many
data sets it is part of. Within a lane the first contact pointed to stands in line with the one who pointed: most arrows are straight.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from addin.core.drawing.markup import Numbers
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
BEND = 28.0  # the arrow within a column swells to three quarters of it: less than MARGIN, so that the last column holds it too
_ROW, _HALF = BOX_HEIGHT + GAP_Y, BOX_HEIGHT / 2
_TO_NOBODY = ChartLink(dataset="", from_=None, to="", relation="asked", status="hole")
_TOLD = frozenset({"cycle", "dead-end", "long"})


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
        if issue.kind in _TOLD:
            issues.setdefault(issue.dataset, []).append(issue)
    deepest = max([1, *[link.hop for dataset in chart.datasets for link in dataset.chain]])
    columns = tuple([_left(column) for column in range(deepest + 1)])
    written = Numbers()
    boxes: list[Box] = []
    curves: list[Curve] = []
    lanes: list[Lane] = []
    notes: list[Note] = []
    y = MARGIN + HEAD
    for dataset in chart.datasets:
        key = dataset.id
        told = issues.get(key, ())
        bottom = _lane(dataset, arrows.get(key, ()), y + LANE_PAD, columns, written, boxes, curves)
        for number, issue in enumerate(told, start=1):
            words = fit(issue.words, NOTE_WIDTH, NOTE_SIZE)
            notes.append(Note(dataset=key, kind=issue.kind, words=words, x=columns[1], y=bottom + number * NOTE_HEIGHT))
        height = bottom + len(told) * NOTE_HEIGHT + LANE_PAD - y
        lanes.append(Lane(dataset=key, y=y, height=height))
        y += height
    return Drawing(
        boxes=tuple(boxes),
        links=tuple(curves),
        lanes=tuple(lanes),
        notes=tuple(notes),
        columns=columns,
        width=MARGIN + max([columns[-1] + BOX_WIDTH, *(note.x + NOTE_INDENT + text_width(note.words, NOTE_SIZE) for note in notes)]),
        height=y + MARGIN,
    )


def _left(column: int) -> float:
    return MARGIN if column == 0 else MARGIN + DATASET_WIDTH + GAP_X + (column - 1) * (BOX_WIDTH + GAP_X)


def _lane(
    dataset: ChartDataset,
    arrows: Sequence[ChartLink],
    top: float,
    columns: Sequence[float],
    written: Numbers,
    boxes: list[Box],
    curves: list[Curve],
) -> float:
    """Add the boxes and the arrows of one data set, whose first row is at `top`; give the bottom of what was drawn."""
    key = dataset.id
    hops = {link.contact: link.hop for link in dataset.chain}
    rows = _rows(dataset, hops, arrows)
    start = Box(id=f"d/{key}", kind="dataset", key=key, dataset=key, x=MARGIN, y=top, width=DATASET_WIDTH, height=BOX_HEIGHT)
    placed: dict[str | None, Box] = {None: start}
    for contact, hop in hops.items():
        placed[contact] = Box(
            id=f"c/{key}/{contact}",
            kind="contact",
            key=contact,
            dataset=key,
            x=columns[hop],
            y=top + rows[contact] * _ROW,
            width=BOX_WIDTH,
            height=BOX_HEIGHT,
        )
    if not hops:
        hole = Box(id=f"h/{key}", kind="hole", key="", dataset=key, x=columns[1], y=top, width=BOX_WIDTH, height=BOX_HEIGHT)
        placed[""] = hole
        curves.append(_curve(start, hole, _TO_NOBODY, written))
    boxes += placed.values()
    bottom = top + (max(rows.values(), default=0) + 1) * _ROW - GAP_Y
    around = []
    for link in arrows:
        source, target = link.from_, link.to
        if source not in placed or target not in placed:
            continue
        if source is not None and hops.get(target, 0) < hops.get(source, 0):
            around.append(link)
        else:
            curves.append(_curve(placed[source], placed[target], link, written))
    for link in around:
        bottom += BACK_STEP
        curves.append(_detour(placed[link.from_], placed[link.to], link, bottom))
    return bottom + BACK_ROOM if around else bottom


def _rows(dataset: ChartDataset, hops: Mapping[str, int], arrows: Sequence[ChartLink]) -> Mapping[str, int]:
    """Give each contact its row in the lane: the first child in line with its parent, the others under it."""
    by = {link.contact: link.by for link in dataset.chain}
    parents: dict[str, str | None] = {}
    for arrow in arrows:
        source, target = arrow.from_, arrow.to
        # the first who pointed there from the column before, or better the one who opened the way
        if (
            (target not in parents or source == by[target])
            and target in hops
            and hops[target] == (hops.get(source, 0) if source else 0) + 1
        ):
            parents[target] = source
    children: dict[str | None, list[str]] = {}
    for contact in hops:
        parent = parents.get(contact)
        if parent in children:
            children[parent].append(contact)
        else:
            children[parent] = [contact]
    rows: dict[str, int] = {}
    last = -1
    todo = [(contact, True) for contact in reversed(children.get(None, ()))]
    while todo:
        contact, opens = todo.pop()
        last += opens
        rows[contact] = last
        if below := children.get(contact):
            todo += [(child, True) for child in reversed(below[1:])]
            todo.append((below[0], False))
    for contact in hops:
        if contact not in rows:
            last += 1
            rows[contact] = last
    return rows


def _curve(source: Box, target: Box, link: ChartLink, written: Numbers) -> Curve:
    """Draw the arrow to the next column, straight along a row or as a soft S between rows; or within a column, as a bend on its right."""
    x1, y1, x2, y2 = source.x + source.width, source.y + _HALF, target.x, target.y + _HALF
    heading: Literal["right", "left"] = "right"
    if x2 < x1:
        high, low = (y1 - 11, y1 + 11) if target is source else (y1, y2)
        out, x2, y2, heading = written[x1 + BEND], x1, low, "left"
        path = f"M{written[x1]} {written[high]}C{out} {written[high]} {out} {written[low]} {written[x1 + TIP]} {written[low]}"
    elif y1 == y2:
        path = f"M{written[x1]} {written[y1]}H{written[x2 - TIP]}"
    else:
        # The bend stands in the gap before the target, so that a long arrow does not run through the boxes on its way.
        bend = f"H{written[x2 - GAP_X]}C{written[x2 - 20]} {written[y1]} {written[x2 - 36]}"
        path = f"M{written[x1]} {written[y1]}{bend} {written[y2]} {written[x2 - TIP]} {written[y2]}"
    return Curve(
        from_=source.id,
        to=target.id,
        path=path,
        tip=(x2, y2),
        heading=heading,
        status=link.status,
        relation=link.relation,
        back=link.back,
    )


def _detour(source: Box, target: Box, link: ChartLink, floor: float) -> Curve:
    """Draw the arrow back to an earlier column: down the gap on the right of its source, along `floor`, up the gap before its target."""
    x1, y1 = source.x + source.width, source.y + _HALF + 18
    x2, y2 = target.x, target.y + _HALF + 18
    right, left = x1 + 12, x2 - 18
    path = f"M{x1:g} {y1:g}H{right - 6:g}q6 0 6 6V{floor - 6:g}q0 6 -6 6H{left + 6:g}q-6 0 -6 -6V{y2 + 6:g}q0 -6 6 -6H{x2 - TIP:g}"
    return Curve(
        from_=source.id, to=target.id, path=path, tip=(x2, y2), heading="right", status=link.status, relation=link.relation, back=link.back
    )
