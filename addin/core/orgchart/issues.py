"""The issues: cycles, dead ends, silences, orphans and chains that grow too long, each as one French sentence."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.orgchart.chart import ChainLink, ChartDataset, Issue
from addin.core.orgchart.statuses import HOLDING, OPEN
from addin.core.orgchart.ties import Arrow, Chain
from addin.core.orgchart.words import already_asked, day_words, enumerate_names

LONGEST = 5
"""The number of hops after which a chain is no longer followed: the matter goes up to the management."""

OVER = frozenset({"publié", "abandonné"})


def back_arrows(chain: Chain) -> tuple[Arrow, ...]:
    """Give the arrows that close a cycle: those whose target already led to their source when they were drawn."""
    after: dict[str, set[str]] = {}
    closing = []
    for (source, target), relation in chain.arrows.items():
        if source is None or relation != "redirected":
            continue
        if source == target or source in _reach(after, target):
            closing.append((source, target))
        after.setdefault(source, set()).add(target)
    return tuple(closing)


def _reach(after: Mapping[str, set[str]], start: str) -> set[str]:
    """Give all the contacts that arrows lead to from `start`."""
    seen: set[str] = set()
    todo = [start]
    while todo:
        for target in after.get(todo.pop(), ()):
            if target not in seen:
                seen.add(target)
                todo.append(target)
    return seen


def find_issues(
    chain: Chain, shown: ChartDataset, dataset: Dataset, closing: Sequence[Arrow], contacts: Mapping[str, Contact], today: date
) -> Iterator[Issue]:
    """Give the issues of one data set: cycles first, then dead end, silences, length; or that nobody was asked."""

    def name(key: str) -> str:
        return contacts[key].label if key in contacts else "Contact inconnu"

    def issue(kind: str, keys: Sequence[str], words: str) -> Issue:
        return Issue(kind=kind, dataset=chain.dataset, contacts=tuple(keys), words=words)  # type: ignore[arg-type]

    if not shown.chain:
        if shown.state not in OVER:
            first = (dataset.contact,) if dataset.contact else ()
            lead = f" Première piste : {name(first[0])}." if first else ""
            yield issue("orphan", first, f"Personne n'a encore été interrogé.{lead}")
        return
    holders = [link.contact for link in shown.chain if link.status in HOLDING]
    for source, target in closing:
        if source is None:
            continue
        asked = already_asked(chain.ties[target], contacts.get(target))
        words = (
            f"{name(source)} se désigne soi-même, {asked}" if source == target else f"{name(source)} renvoie vers {name(target)}, {asked}"
        )
        hold = "détiennent" if len(holders) > 1 else "détient"
        solved = f" (sans conséquence : {enumerate_names([name(key) for key in holders])} {hold} les données)" if holders else ""
        yield issue("cycle", (source,) if source == target else (source, target), f"{words}{solved}.")
    if shown.state in OVER:
        return
    if not holders and not any(link.status in OPEN or link.status == "linked" for link in shown.chain):
        last = [link.contact for link in shown.chain]
        yield issue("dead-end", last, _dead_end_words(shown.chain))
    for link in shown.chain:
        if link.waiting and link.due is not None and link.due < today and link.status != "absent":
            yield issue("silent", (link.contact,), _silence_words(link, name(link.contact)))
    longest = max(link.hop for link in shown.chain)
    if longest > LONGEST and not holders:
        far = [link.contact for link in shown.chain if link.hop == longest]
        yield issue("long", far, f"La chaîne compte {longest} étapes : demandez l'arbitrage de la direction générale.")


def _dead_end_words(chain: Sequence[ChainLink]) -> str:
    """Say why nobody is left to ask."""
    statuses = {link.status for link in chain}
    if statuses == {"bounced"}:
        return "Impasse : l'adresse est refusée, demandez au standard."
    if "refused" in statuses:
        return "Impasse : refus, et personne d'autre à interroger."
    return "Impasse : plus personne à interroger, et personne ne détient les données."


def _silence_words(link: ChainLink, who: str) -> str:
    """Say since when an answer is awaited, and how often it was asked for again."""
    again = f", {link.reminders} relance{'s' if link.reminders > 1 else ''}" if link.reminders else ""
    if link.status == "holds-expected":
        return f"{who} avait promis les données pour le {day_words(link.due)}{again}."
    return f"{who} n'a pas répondu (réponse attendue le {day_words(link.due)}{again})."
