"""The parts: what the chart shows of one data set, drawn from its chain alone."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from msgspec import Struct

from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.orgchart.chart import ChainLink, ChartDataset, ChartLink, Issue, State
from addin.core.orgchart.issues import back_arrows, find_issues
from addin.core.orgchart.statuses import HOLDING, STATUS_OF_ANSWER
from addin.core.orgchart.ties import NOWHERE, Chain, Tie, Whereabouts
from addin.core.orgchart.words import status_words

_QUALITY: tuple[State, ...] = ("repéré", "nettoyé", "compilé", "standardisé", "validé")
_PRODUCING = frozenset({"produces", "supplies", "validates"})
_UNASKED = frozenset({"to-ask", "linked"})


class Part(Struct, frozen=True):
    """Hold what the chart shows of one data set: itself, its arrows, its issues, and `met`, the contacts in the order it meets them.

    `people` are the ids it was drawn from besides its events, whether there is a contact of that id or not: when one of them changes,
    the part has to be drawn again, and only then.
    """

    shown: ChartDataset
    links: tuple[ChartLink, ...]
    issues: tuple[Issue, ...]
    met: tuple[str, ...]
    people: tuple[str, ...]


def draw_part(
    dataset: Dataset, chain: Chain, whereabouts: Mapping[str, Whereabouts], contacts: Mapping[str, Contact], today: date
) -> Part | None:
    """Draw one data set from its chain, which is changed by it; None when it is not wanted and nothing is known of it."""
    where = whereabouts.get
    if whereabouts:
        _add_deputies(chain, where, today)
    hops = _place_roots(chain)
    keys = tuple(sorted(chain.ties, key=hops.__getitem__))
    links = tuple([_link(chain.ties[key], hops[key], where(key, NOWHERE), contacts.get(key), today) for key in keys])
    state = _state(dataset, chain, links)
    if not links and not dataset.wanted and state == "repéré":
        return None
    shown = ChartDataset(
        id=dataset.id,
        title=dataset.title,
        state=state,
        chain=links,
        theme=dataset.theme,
        schema=dataset.schema,
        url=dataset.published_url,
    )
    closing = back_arrows(chain)
    status = {link.contact: link.status for link in links}
    people = keys or ((dataset.contact,) if dataset.contact else ())
    return Part(
        shown=shown,
        links=tuple(
            [
                ChartLink(
                    dataset=dataset.id,
                    from_=arrow[0],
                    to=arrow[1],
                    relation=relation,
                    status=status[arrow[1]],
                    back=arrow in closing,
                )
                for arrow, relation in chain.arrows.items()
            ]
        ),
        issues=find_issues(chain, shown, dataset, closing, contacts, today),
        met=keys or tuple([key for key in people if key in contacts]),
        people=people,
    )


def status_of(tie: Tie, where: Whereabouts, today: date) -> tuple[str, bool]:
    """Give the status of a tie on `today`, and whether an answer (or a promised file) is still awaited.

    The latest answer wins; a request made after an answer that brought nothing reopens the wait. A bounce holds until the contact is
    asked again or answers; an absence pauses the wait until its end.
    """
    given = STATUS_OF_ANSWER.get(tie.answer, "")
    again = tie.asked is not None and tie.asked_at > tie.answered_at
    if given in HOLDING or (given and not again):
        promised = given == "holds-expected" or (given == "approval" and tie.promise is not None)
        return given, promised or again
    if tie.asked is None:
        return ("linked" if tie.relation in _PRODUCING else "to-ask"), False
    if where.bounced_at > max(tie.asked_at, tie.answered_at):
        return "bounced", False
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


def _add_deputies(chain: Chain, where: Callable[[str, Whereabouts], Whereabouts], today: date) -> None:
    """Draw the deputy beside each contact of the chain whose absence holds the answer up."""
    for key in tuple(chain.ties):
        away = where(key, NOWHERE)
        if away.deputy and away.deputy != key and status_of(chain.ties[key], away, today)[0] == "absent":
            deputy = chain.ties[away.deputy]
            if deputy.asked is None and not deputy.answer:
                deputy.by, deputy.named = deputy.by or key, deputy.named or away.absent_on
                deputy.relation = deputy.relation or "deputy"
            chain.point(key, away.deputy, "deputy")


def _place_roots(chain: Chain) -> dict[str, int]:
    """Count the hops from the data set to each contact; those that no arrow reaches are tied to the data set itself."""
    after: dict[str | None, list[str]] = {}
    for source, target in chain.arrows:
        if source in after:
            after[source].append(target)
        else:
            after[source] = [target]
    hops: dict[str, int] = {}
    _spread(hops, after, after.get(None, ()))
    if len(hops) < len(chain.ties):
        led = frozenset(chain.led)
        for key in sorted(chain.ties, key=lambda one: one in led):
            if key not in hops:
                chain.point(None, key, "asked")
                _spread(hops, after, (key,))
    return hops


def _spread(hops: dict[str, int], after: Mapping[str | None, Iterable[str]], roots: Iterable[str]) -> None:
    """Count the hops to the contacts breadth first, from 1 at the roots."""
    hop, reached = 0, roots
    while reached:
        hop += 1
        further: list[str] = []
        for key in reached:
            if key not in hops or hops[key] > hop:
                hops[key] = hop
                further += after.get(key, ())
        reached = further


def _link(tie: Tie, hop: int, where: Whereabouts, contact: Contact | None, today: date) -> ChainLink:
    """Show one tie."""
    status, waiting = status_of(tie, where, today)
    return ChainLink(
        contact=tie.contact,
        relation="holds" if status in HOLDING else tie.relation or ("asked" if tie.asked or tie.answer else "redirected"),
        status=status,
        words=status_words(status, tie, where, contact),
        since=_since(status, tie, where),
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


def _since(status: str, tie: Tie, where: Whereabouts) -> date | None:
    """Give the date of the fact that gave the status."""
    if status in {"asked", "silent"}:
        return tie.asked
    if status == "reminded":
        return tie.reminded
    if status in _UNASKED:
        return tie.named
    if status == "absent":
        return where.absent_on
    return where.bounced_on if status == "bounced" else tie.answered


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
    if not statuses.isdisjoint(HOLDING):
        return "localisé"
    return "demandé" if any(link.asked or link.status not in _UNASKED for link in links) else "repéré"
