"""Who may see what: the same chart for the référent, for all staff, for everyone."""

from collections.abc import Callable, Mapping

from msgspec import structs

from addin.core.orgchart.chart import Audience, ChainLink, Chart, ChartContact, ChartDataset, ChartLink, Issue
from addin.core.orgchart.statuses import STATUS

AUDIENCES: Mapping[Audience, str] = {"internal": "Interne complet", "staff": "Tous les agents", "public": "Public"}

_STAFF = {"refused": "unavailable", "bounced": "asked", "absent": "asked", "reminded": "silent"}
_PUBLIC = {**_STAFF, "reminded": "asked", "silent": "asked", "to-explain": "asked", "approval": "asked", "dead-end": "redirected"}
_STRENGTH = ("holds", "holds-expected", "partial", "locked", "approval", "to-check", "linked", "redirected", "unavailable")
_NOBODY = {
    "prestataire": "Un prestataire",
    "epci": "Une intercommunalité",
    "syndicat": "Un syndicat",
    "association": "Une association",
    "elu": "Un élu",
}
_PUBLIC_ISSUES = {
    "orphan": "Personne n'a encore été interrogé.",
    "dead-end": "Ces données n'ont pas été trouvées.",
    "cycle": "La recherche tourne en rond.",
}


def for_audience(chart: Chart, audience: Audience) -> Chart:
    """Give the chart without what this audience must not see.

    "staff": no refusal nor its reason ("non disponible"), no telephone, no e-mail address, no absence, no count of reminders.
    "public": besides, only departments and outside bodies, and by name the people who agreed (events `named`); the people of one
    department become one box. A chart already narrowed is never widened again.
    """
    if audience == "internal" or chart.audience == "public":
        return chart
    staff = _for_staff(chart)
    return staff if audience == "staff" else _for_everyone(staff)


def _for_staff(chart: Chart) -> Chart:
    shown = tuple(structs.replace(one, chain=tuple(_plain(link, _STAFF) for link in one.chain)) for one in chart.datasets)
    return structs.replace(
        chart,
        audience="staff",
        datasets=shown,
        contacts=tuple(structs.replace(one, email="", phone="") for one in chart.contacts),
        links=tuple(structs.replace(one, status=_STAFF.get(one.status, one.status)) for one in chart.links),
        issues=tuple(_without_motive(one) for one in chart.issues if one.kind != "silent"),
    )


def _plain(link: ChainLink, statuses: Mapping[str, str]) -> ChainLink:
    """Keep of a link what tells who holds what, without dates of absence, counts or motives."""
    status = statuses.get(link.status, link.status)
    # The words of an unknown department or a departure say more of the person than of the data.
    words = link.words if status == link.status and status == "linked" else STATUS[status].label
    return ChainLink(contact=link.contact, relation=link.relation, status=status, words=words, since=link.since, by=link.by, hop=link.hop)


def _without_motive(issue: Issue) -> Issue:
    """Give an issue in words that betray no refusal."""
    if issue.kind == "dead-end":
        return structs.replace(issue, words="Impasse : personne n'a pu fournir ces données.")
    return issue


def _for_everyone(chart: Chart) -> Chart:
    """Replace the people who did not agree by their department, and merge the boxes that become the same."""
    shown: dict[str, ChartContact] = {}
    numbers: dict[tuple[str, str], str] = {}
    for one in chart.contacts:
        if one.agreed:
            shown[one.id] = ChartContact(id=one.id, name=one.name, kind=one.kind, service=_department(one), agreed=True)
            continue
        name, kind = _public_name(one)
        key = numbers.setdefault((name, kind), f"service-{len(numbers) + 1}")
        shown[one.id] = ChartContact(id=key, name=name, kind=kind)
    unknown = ChartContact(id="service-0", name="Un service", kind="service")

    def known(key: str) -> str:
        return shown.get(key, unknown).id

    links = {}
    for link in chart.links:
        source, target = known(link.from_) if link.from_ else None, known(link.to)
        if source != target:
            status = _PUBLIC.get(link.status, link.status)
            links.setdefault(
                (link.dataset, source, target),
                ChartLink(dataset=link.dataset, from_=source, to=target, relation=link.relation, status=status, back=link.back),
            )
    datasets = tuple(_merge(one, known) for one in chart.datasets)
    statuses = {(one.id, link.contact): link.status for one in datasets for link in one.chain}
    return structs.replace(
        chart,
        audience="public",
        datasets=datasets,
        contacts=tuple({one.id: one for one in shown.values()}.values()),
        links=tuple(structs.replace(one, status=statuses.get((one.dataset, one.to), one.status)) for one in links.values()),
        issues=tuple(
            Issue(kind=one.kind, dataset=one.dataset, contacts=(), words=_PUBLIC_ISSUES[one.kind])
            for one in chart.issues
            if one.kind in _PUBLIC_ISSUES
        ),
    )


def _department(contact: ChartContact) -> str:
    """Give the department of a contact, unless somebody typed an address or a telephone number there."""
    words = contact.name if contact.kind in {"service", "direction"} else contact.service
    words = words or contact.service
    return words if "@" not in words and sum(one.isdigit() for one in words) < 6 else ""


def _public_name(contact: ChartContact) -> tuple[str, str]:
    """Name the department or the body behind a person, never the person: (words, kind)."""
    kind = "service" if contact.kind in {"agent", "direction", "service"} else contact.kind
    department = _department(contact)
    if department and not _betrays(department, contact):
        return department, kind
    return _NOBODY.get(contact.kind, "Un service"), kind


def _betrays(words: str, contact: ChartContact) -> bool:
    """Tell whether words name the contact: two words of the name found there, or the whole name."""
    folded = words.casefold()
    name = contact.name.casefold().strip()
    parts = [part for part in name.replace("-", " ").split() if len(part) > 2]
    return bool(name) and contact.kind not in {"service", "direction"} and (name in folded or sum(part in folded for part in parts) > 1)


def _merge(dataset: ChartDataset, known: Callable[[str], str]) -> ChartDataset:
    """Keep one link for each box, the one that says most."""
    kept: dict[str, ChainLink] = {}
    for link in dataset.chain:
        plain = _plain(link, _PUBLIC)
        key = known(link.contact)
        by = known(link.by) if link.by else None
        plain = structs.replace(plain, contact=key, by=by if by != key else None, since=None)
        if key not in kept or _strength(plain) < _strength(kept[key]):
            kept[key] = structs.replace(plain, hop=min(plain.hop, kept[key].hop) if key in kept else plain.hop)
    return structs.replace(dataset, chain=tuple(sorted(kept.values(), key=lambda link: link.hop)))


def _strength(link: ChainLink) -> int:
    return _STRENGTH.index(link.status) if link.status in _STRENGTH else len(_STRENGTH)
