"""The boxes and the arrows of the chart, written as SVG. Words first, then shape, then colour."""

from collections.abc import Mapping

from addin.core.drawing.markup import label, xml_text
from addin.core.drawing.place import Box, Curve
from addin.core.drawing.shapes import SHAPES
from addin.core.drawing.text import fit, text_width, wrap
from addin.core.orgchart.chart import STATES, ChainLink, ChartContact, ChartDataset
from addin.core.orgchart.statuses import STATUS

KINDS: Mapping[str, str] = {
    "agent": "",
    "service": "Service",
    "direction": "Direction",
    "prestataire": "Prestataire",
    "epci": "Intercommunalité",
    "syndicat": "Syndicat",
    "association": "Association",
    "elu": "Élu",
}
DASHES: Mapping[str, str] = {"asked": "6 4", "to-ask": "2 4", "to-explain": "6 4", "absent": "6 4", "silent": "6 4", "reminded": "6 4"}
"""The statuses drawn with a broken line: nothing has come from there yet."""

SOLID = frozenset({"holds", "holds-expected", "partial", "locked"})
"""The statuses whose box is tinted: the data is there."""

_STATE_TONES = {"repéré": "off", "demandé": "wait", "localisé": "info", "abandonné": "stop"}
_ROAD = len(STATES) - 1
_PAD = 14.0
_FRAME = 'fill="none" stroke="currentColor"'
_FAINT = ' fill-opacity="0.2"'


def dataset_box(box: Box, dataset: ChartDataset) -> str:
    """Write the box of a data set: its title on two lines, its state in words and on the road from "repéré" to "publié"."""
    inner = box.width - 2 * _PAD
    lines = wrap(dataset.title, inner, 15, lines=2, bold=True) or ("Sans titre",)
    top = box.y + (24 if len(lines) == 2 else 31)
    texts = "".join(label(box.x + _PAD, top + 18 * row, line, 15, bold=True, css="name") for row, line in enumerate(lines))
    tone = _STATE_TONES.get(dataset.state, "ok")
    base = box.y + box.height - 12
    done = 0 if dataset.state == "abandonné" else STATES.index(dataset.state) + 1
    word = dataset.state.capitalize()
    start = box.x + _PAD + text_width(word, 12.5, bold=True) + 10
    step = max(4.0, (box.x + box.width - _PAD - start + 2) / _ROAD)
    road = "".join(
        f'<rect class="{"bar-done" if place < done else "bar"}" x="{start + place * step:.1f}" y="{base - 6:g}" width="{step - 2:.1f}" '
        f'height="4" rx="2" fill="currentColor"{"" if place < done else _FAINT}/>'
        for place in range(_ROAD)
    )
    state = f'<g class="tone-{tone}">{label(box.x + _PAD, base, word, 12.5, bold=True, css="word")}</g>'
    return _frame(box, ' stroke-width="1.6"') + texts + state + road


def contact_box(box: Box, contact: ChartContact, link: ChainLink, shares: int) -> str:
    """Write the box of a contact in one chain: who, of which department, and the status as shape and words.

    `shares` counts the data sets that the contact is part of: a small mark tells it past one.
    """
    status = STATUS[link.status]
    inner = box.width - 2 * _PAD
    mark = f"{shares} jeux" if shares > 1 else ""
    room = inner - (text_width(mark, 11) + 20 if mark else 0)
    second = " · ".join(filter(None, (KINDS.get(contact.kind, ""), contact.service if contact.service != contact.name else "")))
    dash = f' stroke-dasharray="{DASHES[link.status]}"' if link.status in DASHES else ""
    hollow = "" if link.status in SOLID else " hollow"
    bold = text_width(link.words, 12.5, bold=True) <= inner - 20
    base = box.y + box.height - 12.5
    parts = [
        f'<g class="status tone-{status.tone}{hollow}">',
        _frame(box, f' stroke-width="1.4"{dash}'),
        label(box.x + _PAD, box.y + 23, fit(contact.name, inner, 14, bold=True), 14, bold=True, css="name"),
        label(box.x + _PAD, box.y + 41, fit(second, room, 12), 12, css="soft") if second else "",
        f'<g class="shape shape-{status.shape}" transform="translate({box.x + _PAD:g} {base - 11.5:g})">{SHAPES[status.shape]}</g>',
        label(box.x + _PAD + 20, base, fit(link.words, inner - 20, 12.5, bold=bold), 12.5, bold=bold, css="word"),
        "</g>",
    ]
    if mark:
        width = text_width(mark, 11) + 12
        left = box.x + box.width - _PAD - width + 4
        around = f'width="{width:.1f}" height="18" rx="9" {_FRAME} stroke-opacity="0.4"'
        parts.append(f'<rect class="chip" x="{left:.1f}" y="{box.y + 28:g}" {around}/>')
        parts.append(label(left + width / 2, box.y + 41, mark, 11, css="soft", anchor="middle"))
    return "".join(parts)


def hole_box(box: Box) -> str:
    """Write the hole of a data set nobody was asked about."""
    frame = _frame(box, ' stroke-width="1.4" stroke-dasharray="2 5"')
    return (
        f'<g class="status tone-off hollow">{frame}'
        f'<g class="shape shape-hole" transform="translate({box.x + _PAD:g} {box.y + box.height / 2 - 7:g})">{SHAPES["hole"]}</g>'
        + label(box.x + _PAD + 22, box.y + box.height / 2 + 4.5, "Personne n'a été interrogé", 12.5, bold=True, css="word")
        + "</g>"
    )


def _frame(box: Box, rest: str) -> str:
    return f'<rect class="frame" x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" rx="12" {_FRAME}{rest}/>'


def words_of(contact: ChartContact, link: ChainLink, dataset: ChartDataset, shares: int) -> str:
    """Say a contact's box in one sentence, for those who hear it and for the bubble of the pointer."""
    who = f"{contact.name} ({contact.service})" if contact.service and contact.service != contact.name else contact.name
    more = f", participe à {shares} jeux de données" if shares > 1 else ""
    return f"{who}, {link.words}, pour {dataset.title}{more}"


def arrow(curve: Curve) -> str:
    """Write one arrow with its tip. One that closes a cycle is broken and in the tone of a warning."""
    tone = " tone-warn" if curve.back else ""
    broken = "5 4" if curve.back or curve.status == "hole" else "1 4" if curve.relation == "deputy" else ""
    dash = f' stroke-dasharray="{broken}"' if broken else ""
    x, y = curve.tip
    tip = f"M{x:g} {y:g}l-8 -4.5v9z" if curve.heading == "right" else f"M{x:g} {y:g}l8 -4.5v9z"
    line = f'd="{curve.path}" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"{dash}'
    return f'<g class="link{tone}"><path class="line" {line}/><path class="tip" d="{tip}" fill="currentColor"/></g>'


def attributes(kind: str, key: str, *, focus: bool) -> str:
    """Write the attributes by which a page opens the history of a record.

    A box that takes the focus bears no label of its own: it is named by the words it shows (WCAG 2.5.3), which may be cut short.
    """
    aim = ' tabindex="0" role="button"' if focus else ""
    return f'class="box {kind}" data-kind="{kind}" data-id="{xml_text(key)}"{aim}'
