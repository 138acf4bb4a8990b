"""The issues: cycles, dead ends, silences, orphans and chains that grow too long, each as one French sentence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    after: dict[str, list[str]] = {}
    closing = []
    for arrow, relation in chain.arrows.items():
        source, target = arrow
        if source is None or relation != "redirected":
            continue
        if source == target or (target in after and source in _reach(after, target)):
            closing.append(arrow)
        if source in after:
            after[source].append(target)
        else:
            after[source] = [target]
    return tuple(closing)


def _reach(after: Mapping[str, Sequence[str]], start: str) -> set[str]:
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
) -> tuple[Issue, ...]:
    """Give the issues of one data set: cycles first, then dead end, silences, length; or that nobody was asked."""
    links, key = shown.chain, dataset.id
    if not links:
        return () if shown.state in OVER else (_orphan(dataset, contacts),)
    holders = [link.contact for link in links if link.status in HOLDING]
    found = list(_cycles(chain, closing, holders, contacts)) if closing else []
    if shown.state in OVER:
        return tuple(found)
    if not holders and not any(link.status in OPEN or link.status == "linked" for link in links):
        found.append(Issue(kind="dead-end", dataset=key, contacts=tuple(link.contact for link in links), words=_dead_end_words(links)))
    for link in links:
        if link.waiting and link.due is not None and link.due < today and link.status != "absent":
            words = _silence_words(link, _name(link.contact, contacts))
            found.append(Issue(kind="silent", dataset=key, contacts=(link.contact,), words=words))
    longest = links[-1].hop  # the nearest come first
    if longest > LONGEST and not holders:
        far = tuple(link.contact for link in links if link.hop == longest)
        words = f"La chaîne compte {longest} étapes : demandez l'arbitrage de la direction générale."
        found.append(Issue(kind="long", dataset=key, contacts=far, words=words))
    return tuple(found)


def _name(key: str, contacts: Mapping[str, Contact]) -> str:
    return contacts[key].label if key in contacts else "Contact inconnu"


def _orphan(dataset: Dataset, contacts: Mapping[str, Contact]) -> Issue:
    """Say that nobody was asked, and whom one thought of first."""
    first = (dataset.contact,) if dataset.contact else ()
    lead = f" Première piste : {_name(first[0], contacts)}." if first else ""
    return Issue(kind="orphan", dataset=dataset.id, contacts=first, words=f"Personne n'a encore été interrogé.{lead}")


def _cycles(chain: Chain, closing: Iterable[Arrow], holders: Sequence[str], contacts: Mapping[str, Contact]) -> Iterator[Issue]:
    """Name each arrow that closes a cycle, and who holds the data all the same."""
    hold = "détiennent" if len(holders) > 1 else "détient"
    names = enumerate_names([_name(key, contacts) for key in holders])
    solved = f" (sans conséquence : {names} {hold} les données)" if holders else ""
    for source, target in closing:
        if source is None:
            continue
        asked = already_asked(chain.ties[target], contacts.get(target))
        turn = "se désigne soi-même" if source == target else f"renvoie vers {_name(target, contacts)}"
        keys = (source,) if source == target else (source, target)
        yield Issue(kind="cycle", dataset=chain.dataset, contacts=keys, words=f"{_name(source, contacts)} {turn}, {asked}{solved}.")


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
