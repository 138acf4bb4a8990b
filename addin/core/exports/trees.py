"""Trees: each chain as a tree, for the formats that know no graph. What does not fit the tree is told apart, nothing is lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from addin.core.orgchart.chart import ChainLink, Chart, ChartContact, ChartDataset, ChartLink

DEEPEST = 40
"""The deepest branch. Programs that read nested files give up somewhere; further contacts hang side by side."""


@dataclass(slots=True)
class Branch:
    """Show one contact of a chain and, under it, those that it opened the way to."""

    contact: ChartContact
    link: ChainLink
    branches: list["Branch"] = field(default_factory=list)


@dataclass(slots=True)
class Tree:
    """Show one data set: its branches, and the arrows that are not in them (a second way to somebody, a cycle)."""

    dataset: ChartDataset
    branches: list[Branch]
    others: list[ChartLink]


def grow(chart: Chart) -> Iterator[Tree]:
    """Give the tree of each data set, in the order of the chart. Every contact of a chain stands in it once."""
    contacts = {one.id: one for one in chart.contacts}
    arrows: dict[str, list[ChartLink]] = {}
    for link in chart.links:
        arrows.setdefault(link.dataset, []).append(link)
    for dataset in chart.datasets:
        yield _tree(dataset, arrows.get(dataset.id, []), contacts)


def _tree(dataset: ChartDataset, arrows: list[ChartLink], contacts: Mapping[str, ChartContact]) -> Tree:
    hops = {link.contact: link.hop for link in dataset.chain}
    sources: dict[str, list[str]] = {}
    for arrow in arrows:
        if arrow.from_ is not None and hops.get(arrow.from_) == hops.get(arrow.to, 0) - 1:
            sources.setdefault(arrow.to, []).append(arrow.from_)
    made: dict[str, Branch] = {}
    depths: dict[str, int] = {}
    parents: dict[str, str | None] = {}
    roots: list[Branch] = []
    for link in sorted(dataset.chain, key=lambda one: one.hop):
        known = [one for one in sources.get(link.contact, []) if one in made]
        parent = link.by if link.by in known else known[0] if known else None
        if parent is not None and depths[parent] >= DEEPEST:
            parent = parents[parent]
        contact = contacts.get(link.contact) or ChartContact(id=link.contact, name="Contact inconnu", kind="agent")
        branch = made[link.contact] = Branch(contact, link)
        depths[link.contact] = depths[parent] + 1 if parent else 1
        parents[link.contact] = parent
        (made[parent].branches if parent else roots).append(branch)
    others = [arrow for arrow in arrows if arrow.to in made and parents[arrow.to] != arrow.from_]
    return Tree(dataset, roots, others)
