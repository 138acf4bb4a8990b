"""Trees: the chain of a data set as a nested list, which a person can read aloud."""

from dataclasses import dataclass, field

from addin.core.orgchart.chart import Chart, ChartDataset


@dataclass
class Branch:
    """Show one contact of a chain, and under it those it pointed to. `note` says why a branch stops or what ties it."""

    contact: str
    name: str
    status: str
    words: str
    note: str = ""
    branches: list["Branch"] = field(default_factory=list)


NOTES = {
    "produces": "produit aussi ces données",
    "supplies": "fournit une part des données",
    "validates": "donne son accord",
    "deputy": "remplace",
}


def branches(chart: Chart, dataset: ChartDataset) -> list[Branch]:
    """Nest the chain of one data set. A contact met twice is told again without its own branches, so cycles end."""
    names = {one.id: one.name for one in chart.contacts}
    links = [link for link in chart.links if link.dataset == dataset.id]
    states = {link.contact: link for link in dataset.chain}
    met: set[str] = set()

    def under(source: str | None) -> list[Branch]:
        grown = []
        for link in links:
            state = states.get(link.to)
            if link.from_ != source or state is None:
                continue
            again = link.to in met
            note = "déjà dans cette chaîne" if again or link.back else NOTES.get(link.relation, "") if state.status != "linked" else ""
            branch = Branch(link.to, names.get(link.to, "Contact"), state.status, state.words, note)
            met.add(link.to)
            if not again and not link.back:
                branch.branches = under(link.to)
            grown.append(branch)
        return grown

    grown = under(None)
    # a contact that no arrow reaches is shown all the same: nothing of a chain is lost
    grown += [
        Branch(link.contact, names.get(link.contact, "Contact"), link.status, link.words)
        for link in dataset.chain
        if link.contact not in met
    ]
    return grown
