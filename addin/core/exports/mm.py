"""The chart as a FreeMind map (`.mm`, version 1.0.1), which MindMup, Freeplane and XMind open too."""

from collections.abc import Iterator
from itertools import count

from addin.core.drawing.markup import xml_text
from addin.core.drawing.palette import LIGHT
from addin.core.drawing.svg import heading
from addin.core.exports.characters import printable, web_address
from addin.core.exports.notes import branch_notes, branch_title, dataset_notes, dataset_title
from addin.core.exports.trees import Branch, Tree, grow
from addin.core.orgchart.chart import Chart
from addin.core.orgchart.statuses import STATUS


def chart_mm(chart: Chart) -> bytes:
    """Write the chart as FreeMind XML, UTF-8. Ids are counted; arrows outside the trees are its arrow links."""
    ids = count(2)
    parts = [f'<map version="1.0.1">\n<node ID="ID_1" TEXT="{xml_text(printable(heading(chart)))}">']
    for tree in grow(chart):
        parts += _dataset(tree, ids)
    parts.append("</node>\n</map>\n")
    return "\n".join(parts).encode()


def _dataset(tree: Tree, ids: Iterator[int]) -> Iterator[str]:
    numbers: dict[str | None, int] = {None: next(ids)}
    for branch in tree.branches:
        _number(branch, ids, numbers)
    arrows: dict[str | None, list[int]] = {}
    for arrow in tree.others:
        if arrow.from_ in numbers:
            arrows.setdefault(arrow.from_, []).append(numbers[arrow.to])
    url = web_address(tree.dataset.url)
    aim = f' LINK="{xml_text(url)}"' if url else ""
    yield f'<node ID="ID_{numbers[None]}" TEXT="{xml_text(dataset_title(tree.dataset))}"{aim} POSITION="right">'
    yield from _inside(dataset_notes(tree.dataset), arrows.get(None, []))
    for branch in tree.branches:
        yield from _branch(branch, numbers, arrows)
    yield "</node>"


def _number(branch: Branch, ids: Iterator[int], numbers: dict[str | None, int]) -> None:
    numbers[branch.contact.id] = next(ids)
    for below in branch.branches:
        _number(below, ids, numbers)


def _branch(branch: Branch, numbers: dict[str | None, int], arrows: dict[str | None, list[int]]) -> Iterator[str]:
    ink, tint = LIGHT[STATUS[branch.link.status].tone]
    key = branch.contact.id
    yield f'<node ID="ID_{numbers[key]}" TEXT="{xml_text(branch_title(branch))}" COLOR="{ink}" BACKGROUND_COLOR="{tint}">'
    yield from _inside(branch_notes(branch), arrows.get(key, []))
    for below in branch.branches:
        yield from _branch(below, numbers, arrows)
    yield "</node>"


def _inside(notes: tuple[str, ...], targets: list[int]) -> Iterator[str]:
    for target in targets:
        yield f'<arrowlink DESTINATION="ID_{target}" STARTARROW="None" ENDARROW="Default"/>'
    if notes:
        words = "".join(f"<p>{xml_text(note)}</p>" for note in notes)
        yield f'<richcontent TYPE="NOTE"><html><head></head><body>{words}</body></html></richcontent>'
