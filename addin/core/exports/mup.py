"""The chart as a MindMup map (`.mup`, formatVersion 3): the data sets around the organisation, each with its chain."""

import json
from collections.abc import Iterator
from html import escape
from itertools import count
from typing import Any

from addin.core.drawing.palette import LIGHT
from addin.core.drawing.svg import heading
from addin.core.exports.characters import printable
from addin.core.exports.notes import branch_notes, branch_title, dataset_notes, dataset_title
from addin.core.exports.trees import Branch, Tree, grow
from addin.core.orgchart.chart import Chart
from addin.core.orgchart.statuses import STATUS


def chart_mup(chart: Chart) -> bytes:
    """Write the chart as a MindMup file. Ids are whole numbers counted from 2; arrows outside the trees are its links."""
    ids = count(2)
    trees = [_dataset(tree, ids) for tree in grow(chart)]
    root = {"id": 1, "title": printable(heading(chart)), "ideas": _ranked([idea for idea, _ in trees])}
    links = [link for _, found in trees for link in found]
    whole = {"formatVersion": 3, "id": "root", "title": root["title"], "attr": {}, "ideas": {"1": root}, "links": links}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _ranked(ideas: list[dict[str, Any]]) -> dict[str, Any]:
    """Give ideas their ranks: whole numbers as text, all positive so that they stand on one side, in order."""
    return {str(rank): idea for rank, idea in enumerate(ideas, start=1)}


def _dataset(tree: Tree, ids: Iterator[int]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    known: dict[str | None, int] = {}
    number = known[None] = next(ids)
    ideas = [_branch(branch, ids, known) for branch in tree.branches]
    idea = _idea(number, dataset_title(tree.dataset), dataset_notes(tree.dataset), "", ideas)
    links = [{"ideaIdFrom": known[arrow.from_], "ideaIdTo": known[arrow.to]} for arrow in tree.others if arrow.from_ in known]
    return idea, links


def _branch(branch: Branch, ids: Iterator[int], known: dict[str | None, int]) -> dict[str, Any]:
    number = known[branch.contact.id] = next(ids)
    ideas = [_branch(below, ids, known) for below in branch.branches]
    tint = LIGHT[STATUS[branch.link.status].tone][1]
    return _idea(number, branch_title(branch), branch_notes(branch), tint, ideas)


def _idea(number: int, title: str, notes: tuple[str, ...], tint: str, ideas: list[dict[str, Any]]) -> dict[str, Any]:
    attr: dict[str, Any] = {"style": {"background": tint}} if tint else {}
    if notes:
        attr["attachment"] = {"contentType": "text/html", "content": "".join(f"<p>{escape(note)}</p>" for note in notes)}
    return {"id": number, "title": title, "attr": attr, "ideas": _ranked(ideas)}
