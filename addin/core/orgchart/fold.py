"""The fold: the events that stand become the organigramme."""

from collections import deque
from collections.abc import Iterable
from datetime import date

from addin.core.book import Book, current
from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.orgchart.chart import ChainLink, Chart, ChartContact, ChartDataset, ChartLink, Issue, Relation, State
from addin.core.orgchart.issues import back_arrows, find_issues
from addin.core.orgchart.statuses import HOLDING, STATUS_OF_ANSWER
from addin.core.orgchart.ties import Arrow, Chain, Gathering, Tie, Whereabouts, gather
from addin.core.orgchart.words import status_words

_QUALITY: tuple[State, ...] = ("repéré", "nettoyé", "compilé", "standardisé", "validé")


def draw_chart(book: Book, *, today: date) -> Chart:
    """Draw the chart of a raw book (what was undone is left out here) as it stands on the local date `today`.

    Data sets come by rank, then in the order they were written; those that are not wanted and of which nothing is known are left out.
    Contacts come in the order the chart meets them. The same book and day always give the same chart.
    """
    book = current(book)
    found = gather(book)
    datasets: list[ChartDataset] = []
    links: list[ChartLink] = []
    issues: list[Issue] = []
    met: dict[str, None] = {}
    for dataset in sorted(book.datasets.values(), key=lambda one: one.rank if one.rank is not None else 10**9):
        chain = found.chains[dataset.id]
        _add_deputies(chain, found, today)
        hops = _place_roots(chain)
        shown = _show(dataset, chain, hops, found, book, today)
        if not dataset.wanted and shown.state == "repéré" and not shown.chain:
            continue
        datasets.append(shown)
        met.update(dict.fromkeys(link.contact for link in shown.chain))
        closing = back_arrows(chain)
        links += _arrows(chain, shown.chain, closing)
        issues += find_issues(chain, shown, dataset, closing, book.contacts, today)
        if not shown.chain and dataset.contact in book.contacts:
            met[dataset.contact or ""] = None
    return Chart(
        organisation=book.organisation.name,
        today=today,
        datasets=tuple(datasets),
        contacts=tuple(_contact(key, book.contacts.get(key), found.where(key)) for key in met),
        links=tuple(links),
        issues=tuple(issues),
    )


def status_of(tie: Tie, where: Whereabouts, today: date) -> tuple[str, bool]:
    """Give the status of a tie on `today`, and whether an answer (or a promised file) is still awaited.

    The latest answer wins; a request made after an answer that brought nothing reopens the wait. A bounce holds until the contact is
    asked again or answers; an absence pauses the wait until its end.
    """
    latest = max(tie.asked_at, tie.answered_at)
    given = STATUS_OF_ANSWER.get(tie.answer, "")
    again = tie.asked is not None and tie.asked_at > tie.answered_at
    if given in HOLDING or (given and not again):
        promised = given == "holds-expected" or (given == "approval" and tie.promise is not None)
        return given, promised or again
    if where.bounced_at > latest and tie.asked is not None:
        return "bounced", False
    if tie.asked is None:
        return ("linked" if tie.relation in {"produces", "supplies", "validates"} else "to-ask"), False
    if where.away(today, tie.answered_at):
        return "absent", True
    if tie.reminders:
        return "reminded", True
    return ("silent" if tie.due is not None and tie.due < today else "asked"), True


def awaited(tie: Tie) -> date | None:
    """Give the date by which an answer or a promised file is awaited."""
    if tie.asked_at > tie.answered_at or tie.reminded:
        return max(filter(None, (tie.due, tie.promise)), default=None) if tie.promise else tie.due
    return tie.promise


def _add_deputies(chain: Chain, found: Gathering, today: date) -> None:
    """Draw the deputy beside each contact of the chain whose absence holds the answer up."""
    for key in tuple(chain.ties):
        where = found.where(key)
        if where.deputy and where.deputy != key and status_of(chain.ties[key], where, today)[0] == "absent":
            deputy = chain.tie(where.deputy)
            if deputy.asked is None and not deputy.answer:
                deputy.by, deputy.named = deputy.by or key, deputy.named or where.absent_on
                deputy.relation = deputy.relation or "deputy"
            chain.point(key, where.deputy, "deputy")


def _place_roots(chain: Chain) -> dict[str, int]:
    """Count the hops from the data set to each contact; those that no arrow reaches are tied to the data set itself."""
    after: dict[str | None, list[str]] = {}
    for source, target in chain.arrows:
        after.setdefault(source, []).append(target)
    hops: dict[str, int] = {}
    _spread(hops, after, after.get(None, ()))
    led = {target for _, target in chain.arrows}
    for key in sorted(chain.ties, key=lambda one: one in led):
        if key not in hops:
            chain.point(None, key, "asked")
            _spread(hops, after, (key,))
    return hops


def _spread(hops: dict[str, int], after: dict[str | None, list[str]], roots: Iterable[str]) -> None:
    """Count the hops to the contacts breadth first, from 1 at the roots."""
    todo = deque((key, 1) for key in roots)
    while todo:
        key, hop = todo.popleft()
        if hops.get(key, hop + 1) <= hop:
            continue
        hops[key] = hop
        todo.extend((target, hop + 1) for target in after.get(key, ()))


def _show(dataset: Dataset, chain: Chain, hops: dict[str, int], found: Gathering, book: Book, today: date) -> ChartDataset:
    """Turn one chain into values, nearest contacts first."""
    order = {key: place for place, key in enumerate(chain.ties)}
    keys = sorted(chain.ties, key=lambda key: (hops[key], order[key]))
    links = tuple(_link(chain.ties[key], hops[key], found.where(key), book.contacts.get(key), today) for key in keys)
    state = _state(dataset, chain, links)
    return ChartDataset(
        id=dataset.id,
        title=dataset.title,
        state=state,
        chain=links,
        theme=dataset.theme,
        schema=dataset.schema,
        url=dataset.published_url,
    )


def _link(tie: Tie, hop: int, where: Whereabouts, contact: Contact | None, today: date) -> ChainLink:
    """Show one tie."""
    status, waiting = status_of(tie, where, today)
    since = {
        "absent": where.absent_on,
        "bounced": where.bounced_on,
        "reminded": tie.reminded,
        "asked": tie.asked,
        "silent": tie.asked,
        "linked": tie.named,
        "to-ask": tie.named,
    }.get(status, tie.answered)
    relation: Relation = "holds" if status in HOLDING else tie.relation or ("asked" if tie.asked or tie.answer else "redirected")
    return ChainLink(
        contact=tie.contact,
        relation=relation,
        status=status,
        words=status_words(status, tie, where, contact),
        since=since,
        by=tie.by,
        hop=hop,
        asked=tie.asked,
        due=awaited(tie) if waiting else None,
        until=where.until if status == "absent" else None,
        waiting=waiting,
        reminders=tie.reminders,
        told_by=tie.told_by,
        reason=tie.reason if status == "refused" else None,
    )


def _state(dataset: Dataset, chain: Chain, links: tuple[ChainLink, ...]) -> State:
    """Give the furthest state reached. A decision "impossible" ends the road until another decision reopens it."""
    if chain.decision == "impossible":
        return "abandonné"
    if chain.published or dataset.published_url:
        return "publié"
    if chain.step:
        return _QUALITY[chain.step]
    statuses = {link.status for link in links}
    if "holds" in statuses:
        return "reçu"
    if statuses & HOLDING:
        return "localisé"
    return "demandé" if any(link.asked or link.status not in {"to-ask", "linked"} for link in links) else "repéré"


def _arrows(chain: Chain, links: tuple[ChainLink, ...], closing: tuple[Arrow, ...]) -> list[ChartLink]:
    """Turn the arrows of one chain into values, in the order they were drawn."""
    status = {link.contact: link.status for link in links}
    return [
        ChartLink(
            dataset=chain.dataset, from_=source, to=target, relation=relation, status=status[target], back=(source, target) in closing
        )
        for (source, target), relation in chain.arrows.items()
    ]


def _contact(key: str, contact: Contact | None, where: Whereabouts) -> ChartContact:
    """Show one party. One whose record is gone keeps its place in the chains."""
    if contact is None:
        return ChartContact(id=key, name="Contact inconnu", kind="agent")
    agreed = where.agreed if where.agreed is not None else bool(contact.consent)
    return ChartContact(
        id=key, name=contact.label, kind=contact.kind, service=contact.service, email=contact.email, phone=contact.phone, agreed=agreed
    )
