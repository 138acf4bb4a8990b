"""The people of the chart as cards (vCard 3.0, RFC 2426, which every address book reads): who holds what, one card a party."""

from collections.abc import Iterator

from addin.core.calendar_object import folded
from addin.core.exports.characters import printable
from addin.core.orgchart.chart import Chart, ChartContact
from addin.core.orgchart.statuses import STATUS

_BODIES = frozenset({"service", "direction", "prestataire", "epci", "syndicat", "association"})


def chart_vcard(chart: Chart) -> bytes:
    """Write one card for each party of the chart, UTF-8, lines ended by CR LF and folded at 75 octets (RFC 2425 §5.8.1)."""
    held: dict[str, list[str]] = {}
    for dataset in chart.datasets:
        for link in dataset.chain:
            held.setdefault(link.contact, []).append(f"{printable(dataset.title)} ({STATUS[link.status].label})")
    cards = (_card(chart, contact, held.get(contact.id, [])) for contact in chart.contacts)
    return b"".join(folded(line) for card in cards for line in card)


def _card(chart: Chart, contact: ChartContact, held: list[str]) -> Iterator[str]:
    name = _text(contact.name)
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"UID:{_text(contact.id)}"
    yield f"FN:{name}"
    # only what was typed is known, not which word is the family name
    yield "N:;;;;" if contact.kind in _BODIES else f"N:{name};;;;"
    organisation = ";".join(part for part in (_text(chart.organisation), _text(contact.service)) if part)
    if contact.kind in {"agent", "service", "direction", "elu"} and organisation:
        yield f"ORG:{organisation}"
    elif contact.kind in _BODIES:
        yield f"ORG:{_text(contact.service) or name}"
    if contact.email:
        yield f"EMAIL;TYPE=INTERNET:{_text(contact.email)}"
    if contact.phone:
        yield f"TEL;TYPE=WORK,VOICE:{_text(contact.phone)}"
    if held:
        yield f"NOTE:Organigramme de la donnée\u00a0: {_text(' ; '.join(held))}"
    yield "END:VCARD"


def _text(words: str) -> str:
    """Write words as a text value (RFC 2426 §4)."""
    return printable(words).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
