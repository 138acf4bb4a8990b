"""Who may see what: the same chart for the référent, for all staff, for everyone."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import structs

from addin.core.orgchart.chart import Audience, ChainLink, Chart, ChartContact, ChartDataset, ChartLink, Issue
from addin.core.orgchart.statuses import STATUS

AUDIENCES: Mapping[Audience, str] = {"internal": "Interne complet", "staff": "Tous les agents", "public": "Public"}

_STAFF = {"refused": "unavailable", "bounced": "asked", "absent": "asked", "reminded": "silent"}
_PUBLIC = {**_STAFF, "reminded": "asked", "silent": "asked", "to-explain": "asked", "approval": "asked", "dead-end": "unavailable"}
_STRENGTH = ("holds", "holds-expected", "partial", "locked", "approval", "to-check", "linked", "redirected", "unavailable")
_NOBODY = {
    "prestataire": "Un prestataire",
    "epci": "Une intercommunalité",
    "syndicat": "Un syndicat",
    "association": "Une association",
    "elu": "Un élu",
}
_NAMELESS = "Contact sans nom"
_SHORT, _DIGITS = 3, 6
_UNKNOWN = ChartContact(id="service-0", name="Un service", kind="service")
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
    # A contact without a name goes by its address, in the sentences too.
    hidden = tuple(one.name for one in chart.contacts if _reaches(one.name))
    return structs.replace(
        chart,
        audience="staff",
        datasets=shown,
        contacts=tuple(_unreachable(one) for one in chart.contacts),
        links=tuple(structs.replace(one, status=_STAFF.get(one.status, one.status)) for one in chart.links),
        issues=tuple(_without_motive(one, hidden) for one in chart.issues if one.kind != "silent"),
    )


def _unreachable(contact: ChartContact) -> ChartContact:
    """Give a contact without its addresses and numbers, those typed as a name or a department too."""
    service = "" if _reaches(contact.service) else contact.service
    name = contact.name if not _reaches(contact.name) else service or _NAMELESS
    return structs.replace(contact, name=name, service=service, email="", phone="")


def _reaches(words: str) -> bool:
    """Tell whether words hold an e-mail address or a telephone number."""
    return "@" in words or sum(one.isdigit() for one in words) >= _DIGITS


def _plain(link: ChainLink, statuses: Mapping[str, str]) -> ChainLink:
    """Keep of a link what tells who holds what, without dates of absence, counts or motives."""
    status = statuses.get(link.status, link.status)
    # The words of an unknown department or a departure say more of the person than of the data.
    words = link.words if status == link.status and status == "linked" else STATUS[status].label
    since = link.since if status == link.status else link.asked
    return ChainLink(contact=link.contact, relation=link.relation, status=status, words=words, since=since, by=link.by, hop=link.hop)


def _without_motive(issue: Issue, hidden: Sequence[str]) -> Issue:
    """Give an issue in words that betray no refusal, nor the names of `hidden`."""
    if issue.kind == "dead-end":
        return structs.replace(issue, words="Impasse : personne n'a pu fournir ces données.")
    return structs.replace(issue, words=_PUBLIC_ISSUES.get(issue.kind, "")) if any(name in issue.words for name in hidden) else issue


def _for_everyone(staff: Chart) -> Chart:
    """Replace the people who did not agree by their department, and merge the boxes that become the same."""
    shown = _boxes(staff.contacts)

    def known(key: str) -> str:
        return shown.get(key, _UNKNOWN).id

    links: dict[tuple[str, str | None, str], ChartLink] = {}
    for link in staff.links:
        source, target = known(link.from_) if link.from_ else None, known(link.to)
        if source != target:
            arrow = ChartLink(dataset=link.dataset, from_=source, to=target, relation=link.relation, status="", back=link.back)
            links.setdefault((link.dataset, source, target), arrow)
    arrows: dict[str, list[ChartLink]] = {}
    for link in links.values():
        arrows.setdefault(link.dataset, []).append(link)
    datasets = tuple(_merge(one, known, arrows.get(one.id, ())) for one in staff.datasets)
    statuses = {(one.id, link.contact): link.status for one in datasets for link in one.chain}
    met = {link.contact for one in datasets for link in one.chain}
    contacts = {one.id: one for one in (*shown.values(), _UNKNOWN) if one.id in met}
    return structs.replace(
        staff,
        audience="public",
        datasets=datasets,
        contacts=tuple(contacts.values()),
        links=tuple(structs.replace(one, status=statuses.get((one.dataset, one.to), "asked")) for one in links.values()),
        issues=tuple(
            Issue(kind=one.kind, dataset=one.dataset, contacts=(), words=_PUBLIC_ISSUES[one.kind])
            for one in staff.issues
            if one.kind in _PUBLIC_ISSUES
        ),
    )


def _boxes(contacts: Iterable[ChartContact]) -> dict[str, ChartContact]:
    """Give, by the id of each contact, the box that everyone may see; those of one department are the same box."""
    contacts = tuple(contacts)
    secret = tuple({_folded(one.name) for one in contacts if _is_secret(one)})
    shown: dict[str, ChartContact] = {}
    numbers: dict[tuple[str, str], str] = {}
    departments: dict[str, str] = {}
    for one in contacts:
        words = _department(one)
        if words not in departments:
            departments[words] = "" if any(_names(_folded(words), name) for name in secret) else words
        department = departments[words]
        if one.agreed:
            shown[one.id] = ChartContact(id=one.id, name=one.name, kind=one.kind, service=department, agreed=True)
            continue
        name, kind = _public_name(one, department)
        key = numbers.setdefault((name, kind), f"service-{len(numbers) + 1}")
        shown[one.id] = ChartContact(id=key, name=name, kind=kind)
    return shown


def _is_secret(contact: ChartContact) -> bool:
    """Tell whether the name of a contact is that of somebody who did not agree, and not only that of a department."""
    named = contact.kind not in {"service", "direction"} and _folded(contact.name) != _folded(contact.service)
    return named and not contact.agreed and bool(contact.name.strip())


def _names(words: str, name: str) -> bool:
    """Tell whether folded words name somebody. A very short name counts only as a word of its own."""
    return name in words if len(name) > _SHORT else name in words.split()


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _department(contact: ChartContact) -> str:
    """Give the department of a contact (see `_unreachable`: nobody can be reached by it)."""
    return contact.name if contact.kind in {"service", "direction"} and contact.name != _NAMELESS else contact.service


def _public_name(contact: ChartContact, department: str) -> tuple[str, str]:
    """Name the department or the body behind a person, never the person: (words, kind)."""
    kind = "service" if contact.kind in {"agent", "direction", "service"} else contact.kind
    if department and not _betrays(department, contact):
        return department, kind
    return _NOBODY.get(contact.kind, "Un service"), kind


def _betrays(words: str, contact: ChartContact) -> bool:
    """Tell whether words name the contact: two words of the name found there, or the whole name."""
    folded = words.casefold()
    name = contact.name.casefold().strip()
    parts = [part for part in name.replace("-", " ").split() if len(part) > 2]
    return bool(name) and contact.kind not in {"service", "direction"} and (name in folded or sum(part in folded for part in parts) > 1)


def _merge(dataset: ChartDataset, known: Callable[[str], str], arrows: Sequence[ChartLink]) -> ChartDataset:
    """Keep one link for each box, the one that says most, at the hop where the merged arrows lead."""
    kept: dict[str, ChainLink] = {}
    for link in dataset.chain:
        plain = _plain(link, _PUBLIC)
        key = known(link.contact)
        by = known(link.by) if link.by else None
        plain = structs.replace(plain, contact=key, by=by if by != key else None, since=None)
        if key not in kept or _strength(plain) < _strength(kept[key]):
            kept[key] = plain
    hops = _hops(arrows)
    chain = (structs.replace(link, hop=hops.get(key, 1)) for key, link in kept.items())
    return structs.replace(dataset, chain=tuple(sorted(chain, key=lambda link: link.hop)))


def _hops(arrows: Sequence[ChartLink]) -> dict[str, int]:
    """Count the hops from the data set to each box."""
    after: dict[str | None, list[str]] = {}
    for arrow in arrows:
        after.setdefault(arrow.from_, []).append(arrow.to)
    hops: dict[str, int] = {}
    reached, hop = after.get(None, []), 0
    while reached:
        hop += 1
        fresh = dict.fromkeys(key for key in reached if key not in hops)
        hops |= dict.fromkeys(fresh, hop)
        reached = [target for key in fresh for target in after.get(key, ())]
    return hops


def _strength(link: ChainLink) -> int:
    return _STRENGTH.index(link.status) if link.status in _STRENGTH else len(_STRENGTH)
