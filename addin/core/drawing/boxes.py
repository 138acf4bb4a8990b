"""The boxes and the arrows of the chart, written as SVG. Words first, then shape, then colour."""

from collections.abc import Callable, Mapping

from addin.core.drawing.markup import Numbers, lettering, xml_text
from addin.core.drawing.place import BOX_HEIGHT, BOX_WIDTH, DATASET_WIDTH, MARGIN, Box, Curve
from addin.core.drawing.shapes import SHAPES
from addin.core.drawing.text import fit, text_width, wrap
from addin.core.orgchart.chart import STATES, ChainLink, ChartContact, ChartDataset, State
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
_PAD, _SIGN = 14.0, 20.0
_INNER = BOX_WIDTH - 2 * _PAD
_FRAME = 'fill="none" stroke="currentColor"'
_FRAME_END = f'width="{BOX_WIDTH:g}" height="{BOX_HEIGHT:g}" rx="12" {_FRAME}'
_FAINT = ' fill-opacity="0.2"'
_LEFT = f"{MARGIN + _PAD:g}"
_DATASET_INNER = DATASET_WIDTH - 2 * _PAD
_DATASET_FRAME = f'<rect class="frame" x="{MARGIN:g}" y="'
_DATASET_FRAME_END = f'" width="{DATASET_WIDTH:g}" height="{BOX_HEIGHT:g}" rx="12" {_FRAME} stroke-width="1.6"/>'
_CUT = "{y}"
"""Stands for a height in markup that is written once and set at many heights."""

_TITLE = lettering(15, bold=True, css="name")
_NAME = lettering(14, bold=True, css="name")
_SECOND = lettering(12, css="soft")
_STATE = lettering(12.5, bold=True, css="word")
_MARK = lettering(11, css="soft", anchor="middle")


Face = tuple[str, str, str, str, str, str]
"""What the boxes of one contact show alike: its attributes, its sentence before the status and at the end, its two lines, its mark."""

Sign = tuple[str, str, str, str, str, str]
"""What the boxes of one status, said in the same words, show alike: the words, and the markup around the numbers."""


class Pen:
    """Write the boxes of one drawing, each as a group that a page can open: see `svg` for `focus` and `href`.

    What many boxes share (a person, a status, a height) is written once and kept as long as the pen: for one drawing. All boxes have the
    size that `place` gives them. `shares` counts the data sets that each contact is part of: a small mark tells it past one.
    """

    def __init__(
        self,
        contacts: Mapping[str, ChartContact],
        shares: Mapping[str, int],
        *,
        focus: bool = False,
        href: Callable[[str, str], str] | None = None,
    ) -> None:
        self._contacts, self._shares, self._href = contacts, shares, href
        # a title would name the button in place of the words that it shows; a description only adds to them
        self._told = (' tabindex="0" role="button"><desc>', "</desc>") if focus else ("><title>", "</title>")
        self._at = Numbers()
        self._faces: dict[str, Face] = {}
        self._signs: dict[tuple[str, str], Sign] = {}
        self._seconds: dict[tuple[str, str, str], str] = {}
        self._columns: dict[float, tuple[str, str, str]] = {}
        self._rows: dict[float, tuple[str, str, str, str, str, str]] = {}
        self._chips: dict[tuple[str, float], tuple[str, str, str]] = {}
        self._roads: dict[State, tuple[list[str], list[str]]] = {}

    def dataset(self, box: Box, dataset: ChartDataset, title: str) -> str:
        """Write the box of a data set: its title on two lines, its state in words and on the road from "repéré" to "publié".

        `title` is that of the data set, escaped.
        """
        at, y, state = self._at, box.y, dataset.state
        lines = wrap(dataset.title, _DATASET_INNER, 15, lines=2, bold=True) or ("Sans titre",)
        top = y + (24 if len(lines) == 2 else 31)
        first = title if lines[0] == dataset.title else xml_text(lines[0])
        written = f'<text x="{_LEFT}" y="{at[top]}"{_TITLE}>{first}</text>'
        if len(lines) == 2:
            written += f'<text x="{_LEFT}" y="{at[top + 18]}"{_TITLE}>{xml_text(lines[1])}</text>'
        word, road = self._roads.get(state) or self._road(state)
        base = y + BOX_HEIGHT - 12
        opening, closing = self._group("dataset", box.key, attributes("dataset", box.key), f"{title}, {state}")
        return f"{opening}{_DATASET_FRAME}{at[y]}{_DATASET_FRAME_END}{written}{at[base].join(word)}{at[base - 6].join(road)}{closing}"

    def contact(self, box: Box, link: ChainLink, title: str) -> str:
        """Write the box of a contact in one chain: who, of which department, and the status as shape and words.

        `title` is that of the data set, escaped.
        """
        key = box.key
        held, who, more, name, second, mark = self._faces.get(key) or self._face(key)
        words, frame, frame_end, shape, word, word_end = self._signs.get((link.status, link.words)) or self._sign(link.status, link.words)
        x, left, right = self._columns.get(box.x) or self._column(box.x)
        y, first_y, chip_y, second_y, height, base = self._rows.get(box.y) or self._row(box.y)
        opening, closing = self._group("contact", key, held, f"{who}{words}, pour {title}{more}")
        line = f'<text x="{left}" y="{second_y}"{second}' if second else ""
        if mark:
            frame_x, text_x, end = self._chips.get((mark, box.x)) or self._chip(mark, box.x)
            chip = f"{frame_x}{chip_y}{text_x}{second_y}{end}"
        else:
            chip = ""
        return (
            f'{opening}{frame}{x}" y="{y}{frame_end}<text x="{left}" y="{first_y}"{name}{line}'
            f'{shape}{left} {height}{word}{right}" y="{base}"{word_end}{chip}{closing}'
        )

    def hole(self, box: Box) -> str:
        """Write the hole of a data set nobody was asked about."""
        at, left, middle = self._at, box.x + _PAD, box.y + BOX_HEIGHT / 2
        return (
            f'<g class="status tone-off hollow"><rect class="frame" x="{at[box.x]}" y="{at[box.y]}" {_FRAME_END} stroke-width="1.4" '
            f'stroke-dasharray="2 5"/><g class="shape shape-hole" transform="translate({at[left]} {at[middle - 7]})">{SHAPES["hole"]}</g>'
            f'<text x="{at[left + 22]}" y="{at[middle + 4.5]}"{_STATE}>Personne n&#39;a été interrogé</text></g>'
        )

    def arrow(self, curve: Curve) -> str:
        """Write one arrow with its tip. One that closes a cycle is broken and in the tone of a warning."""
        tone = " tone-warn" if curve.back else ""
        broken = "5 4" if curve.back or curve.status == "hole" else "1 4" if curve.relation == "deputy" else ""
        dash = f' stroke-dasharray="{broken}"' if broken else ""
        x, y = curve.tip
        return (
            f'<g class="link{tone}"><path class="line" d="{curve.path}" fill="none" stroke="currentColor" stroke-width="1.5" '
            f'stroke-linecap="round"{dash}/><path class="tip" d="M{self._at[x]} {self._at[y]}l{"-8" if curve.heading == "right" else "8"} '
            '-4.5v9z" fill="currentColor"/></g>'
        )

    def _group(self, kind: str, key: str, held: str, words: str) -> tuple[str, str]:
        """Open and close the group of a box, named by `words` (escaped)."""
        target = self._href(kind, key) if self._href else ""
        if target:
            return f'<a href="{xml_text(target)}" aria-label="{words}"><g {held}><title>{words}</title>', "</g></a>"
        before, after = self._told
        return f"<g {held}{before}{words}{after}", "</g>"

    def _face(self, key: str) -> Face:
        contact, shares = self._contacts[key], self._shares[key]
        name, shown = xml_text(contact.name), fit(contact.name, _INNER, 14, bold=True)
        service = contact.service if contact.service != contact.name else ""
        mark = f"{shares} jeux" if shares > 1 else ""
        second = self._seconds.get((contact.kind, service, mark))
        if second is None:
            second = self._seconds[contact.kind, service, mark] = _second_line(contact.kind, service, mark)
        face = self._faces[key] = (
            attributes("contact", key),
            f"{name} ({xml_text(service)}), " if service else f"{name}, ",
            f", participe à {shares} jeux de données" if mark else "",
            f"{_NAME}>{name if shown == contact.name else xml_text(shown)}</text>",
            second,
            mark,
        )
        return face

    def _sign(self, code: str, words: str) -> Sign:
        status, room = STATUS[code], _INNER - _SIGN
        hollow = "" if code in SOLID else " hollow"
        dash = f' stroke-dasharray="{DASHES[code]}"' if code in DASHES else ""
        bold = text_width(words, 12.5, bold=True) <= room
        sign = self._signs[code, words] = (
            xml_text(words),
            f'<g class="status tone-{status.tone}{hollow}"><rect class="frame" x="',
            f'" {_FRAME_END} stroke-width="1.4"{dash}/>',
            f'<g class="shape shape-{status.shape}" transform="translate(',
            f')">{SHAPES[status.shape]}</g><text x="',
            f"{lettering(12.5, bold=bold, css='word')}>{xml_text(fit(words, room, 12.5, bold=bold))}</text></g>",
        )
        return sign

    def _column(self, x: float) -> tuple[str, str, str]:
        column = self._columns[x] = (f"{x:g}", f"{x + _PAD:g}", f"{x + _PAD + _SIGN:g}")
        return column

    def _row(self, y: float) -> tuple[str, str, str, str, str, str]:
        base = y + BOX_HEIGHT - 12.5
        row = self._rows[y] = (f"{y:g}", f"{y + 23:g}", f"{y + 28:g}", f"{y + 41:g}", f"{base - 11.5:g}", f"{base:g}")
        return row

    def _chip(self, mark: str, x: float) -> tuple[str, str, str]:
        """Write the small mark at the right of the second line, cut where its heights go."""
        width = text_width(mark, 11) + 12
        left = x + BOX_WIDTH - _PAD - width + 4
        chip = self._chips[mark, x] = (
            f'<rect class="chip" x="{left:.1f}" y="',
            f'" width="{width:.1f}" height="18" rx="9" {_FRAME} stroke-opacity="0.4"/><text x="{left + width / 2:g}" y="',
            f'"{_MARK}>{mark}</text>',
        )
        return chip

    def _road(self, state: State) -> tuple[list[str], list[str]]:
        """Write a state, and the road that leads to it, cut where the height goes."""
        word = state.capitalize()
        done = 0 if state == "abandonné" else STATES.index(state) + 1
        start = MARGIN + _PAD + text_width(word, 12.5, bold=True) + 10
        step = max(4.0, (MARGIN + DATASET_WIDTH - _PAD - start + 2) / _ROAD)
        bars = "".join(
            f'<rect class="{"bar-done" if place < done else "bar"}" x="{start + place * step:.1f}" y="{_CUT}" width="{step - 2:.1f}" '
            f'height="4" rx="2" fill="currentColor"{"" if place < done else _FAINT}/>'
            for place in range(_ROAD)
        )
        tone = _STATE_TONES.get(state, "ok")
        text = f'<g class="tone-{tone}"><text x="{_LEFT}" y="{_CUT}"{_STATE}>{word}</text></g>'
        self._roads[state] = text.split(_CUT), bars.split(_CUT)
        return self._roads[state]


def _second_line(kind: str, service: str, mark: str) -> str:
    """Write the department of a contact, cut so that the mark holds beside it: the text after its place."""
    words = " · ".join(filter(None, (KINDS.get(kind, ""), service)))
    room = _INNER - (text_width(mark, 11) + 20 if mark else 0)
    return f"{_SECOND}>{xml_text(fit(words, room, 12))}</text>" if words else ""


def attributes(kind: str, key: str) -> str:
    """Write the attributes by which a page opens the history of a record.

    A box that takes the focus bears no label of its own: it is named by the words it shows (WCAG 2.5.3), which may be cut short.
    """
    return f'class="box {kind}" data-kind="{kind}" data-id="{xml_text(key)}"'
