"""The drawing: nothing overlaps, nothing is cut, no arrow runs through a box, and the SVG says in words what it shows."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.core.book import Book
from addin.core.contacts import Contact
from addin.core.drawing.markup import xml_text
from addin.core.drawing.palette import DARK, LIGHT, page_style, style_sheet
from addin.core.drawing.place import NOTE_INDENT, NOTE_SIZE, Box, Curve, Drawing, place
from addin.core.drawing.shapes import SHAPES
from addin.core.drawing.svg import picture, summary, svg
from addin.core.drawing.text import fit, text_width, wrap
from addin.core.orgchart.audience import AUDIENCES, for_audience
from addin.core.orgchart.chart import Chart
from addin.core.orgchart.fold import draw_chart
from addin.core.orgchart.statuses import STATUS
from tests.core.stories import Story, books
from tests.people import TODAY

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = r"-?\d+(?:\.\d+)?"


def loop() -> Story:
    """Tell of three people who send us from one to the next and back, with a second branch under the first."""
    story = Story(Contact(id="zoe", name="Zoé Martel"))
    story.ask("paul", 10)
    story.redirect("paul", "anne", 11)
    story.redirect("paul", "zoe", 11)
    story.redirect("anne", "inconnu", 12)
    story.redirect("inconnu", "paul", 13)
    story.redirect("inconnu", "anne", 13)
    return story


def points(curve: Curve) -> Iterator[tuple[float, float]]:
    """Give points along a path made of M, H, V, C and q, close enough to see what it crosses."""
    x = y = 0.0
    for letter, rest in re.findall(r"([MHVCq])([^MHVCq]*)", curve.path):
        numbers = [float(one) for one in re.findall(NUMBER, rest)]
        start = (x, y)
        if letter == "M":
            x, y = numbers
            yield x, y
            continue
        if letter == "H":
            x = numbers[0]
        elif letter == "V":
            y = numbers[0]
        elif letter == "q":
            x, y = x + numbers[2], y + numbers[3]
        else:
            (a, b), (c, d), (x, y) = (numbers[at : at + 2] for at in (0, 2, 4))
            for step in range(1, 20):
                t = step / 20
                u = 1 - t
                yield (
                    u**3 * start[0] + 3 * u * u * t * a + 3 * u * t * t * c + t**3 * x,
                    u**3 * start[1] + 3 * u * u * t * b + 3 * u * t * t * d + t**3 * y,
                )
            continue
        for step in range(41):
            yield start[0] + (x - start[0]) * step / 40, start[1] + (y - start[1]) * step / 40


def inside(box: Box, x: float, y: float) -> bool:
    return box.x + 1 < x < box.x + box.width - 1 and box.y + 1 < y < box.y + box.height - 1


def sound(drawing: Drawing) -> None:
    """Check that boxes stand apart, within their lane and the drawing, and that no arrow runs through one."""
    lanes = {lane.dataset: lane for lane in drawing.lanes}
    by_lane: dict[str, list[Box]] = {}
    for box in drawing.boxes:
        by_lane.setdefault(box.dataset, []).append(box)
        lane = lanes[box.dataset]
        assert lane.y < box.y
        assert box.y + box.height < lane.y + lane.height
        assert box.x >= 0
        assert box.x + box.width < drawing.width
    for boxes in by_lane.values():
        for one in boxes:
            for other in boxes:
                apart = one.x + one.width <= other.x or other.x + other.width <= one.x
                assert one is other or apart or one.y + one.height <= other.y or other.y + other.height <= one.y
    known = {box.id: box for box in drawing.boxes}
    for curve in drawing.links:
        dataset = known[curve.from_].dataset
        lane = lanes[dataset]
        for x, y in points(curve):
            assert 0 <= x <= drawing.width
            assert lane.y <= y <= lane.y + lane.height
            assert not any(inside(box, x, y) for box in by_lane[dataset]), curve
    ends = [lane.y + lane.height for lane in drawing.lanes]
    assert [lane.y for lane in drawing.lanes[1:]] == ends[:-1]
    for note in drawing.notes:
        assert note.x + NOTE_INDENT + text_width(note.words, NOTE_SIZE) <= drawing.width
        assert lanes[note.dataset].y < note.y < lanes[note.dataset].y + lanes[note.dataset].height


def test_a_cycle_goes_round_the_boxes() -> None:
    drawing = place(loop().chart())
    sound(drawing)
    back = [curve for curve in drawing.links if curve.back]
    assert {(curve.from_, curve.to) for curve in back} == {("c/menus/inconnu", "c/menus/paul"), ("c/menus/inconnu", "c/menus/anne")}
    floors = [max(y for _, y in points(curve)) for curve in back]
    assert len(set(floors)) == 2


def test_first_children_stand_in_line_and_the_others_under() -> None:
    drawing = place(loop().chart())
    spots = {box.key: (box.x, box.y) for box in drawing.boxes if box.dataset == "menus"}
    assert spots["menus"][1] == spots["paul"][1] == spots["anne"][1] == spots["inconnu"][1]
    assert spots["zoe"][0] == spots["anne"][0]
    assert spots["zoe"][1] > spots["anne"][1]


@pytest.mark.parametrize("to", ["anne", "paul"])
def test_an_arrow_within_the_last_column_stays_in_the_drawing(to: str) -> None:
    story = Story()
    story.ask("paul")
    story.ask("anne")
    story.redirect("paul", to)
    drawing = place(story.chart())
    assert {curve.heading for curve in drawing.links} == {"right", "left"}
    sound(drawing)


@settings(max_examples=50, deadline=None)
@given(books())
def test_whatever_happened_the_drawing_is_sound(book: Book) -> None:
    whole = draw_chart(book, today=TODAY)
    for audience in AUDIENCES:
        chart = for_audience(whole, audience)
        drawing = place(chart)
        sound(drawing)
        assert drawing == place(chart)
        assert len(drawing.boxes) == sum(1 + max(1, len(one.chain)) for one in chart.datasets)


def test_the_drawing_of_a_page_takes_the_focus_and_a_file_does_not() -> None:
    chart = loop().chart()
    page = svg(place(chart), chart)
    root = ElementTree.fromstring(page)
    boxes = [one for one in root.iter(f"{SVG}g") if one.get("data-kind")]
    assert {one.get("tabindex") for one in boxes} == {"0"}
    assert {one.get("role") for one in boxes} == {"button"}
    assert "style=" not in page
    assert "<style" not in page
    alone = ElementTree.fromstring(picture(chart))
    assert alone.get("role") == "img"
    assert "tabindex" not in picture(chart)
    linked = ElementTree.fromstring(svg(place(chart), chart, href=lambda kind, key: f"/{kind}/{key}?a=1&b"))
    assert next(one.get("href") for one in linked.iter(f"{SVG}a")) == "/dataset/menus?a=1&b"


def test_every_box_says_in_words_what_it_shows() -> None:
    story = Story()
    story.ask()
    story.answer("paul", "refuses", reason="personal_data")
    told = {one.text for one in ElementTree.fromstring(picture(story.chart())).iter(f"{SVG}title")}
    assert "Paul Morin (Restauration scolaire), refus – données personnelles, pour Menus scolaires" in told
    assert "Menus scolaires, demandé" in told


def test_words_stay_within_their_box_whatever_their_length() -> None:
    long = "Direction générale adjointe de la transition écologique et des mobilités " * 3
    story = Story(Contact(id="long", name=long, service=long, kind="prestataire"))
    story.ask("long")
    story.answer("long", "holds_later", due=TODAY)
    story.ask("long", dataset="eclairage")
    chart = story.chart()
    drawing = place(chart)
    right = max(box.x + box.width for box in drawing.boxes)
    for text in ElementTree.fromstring(svg(drawing, chart)).iter(f"{SVG}text"):
        words, size = text.text or "", float(text.get("font-size") or 0)
        if text.get("text-anchor") != "middle":
            assert float(text.get("x") or 0) + text_width(words, size, bold=text.get("font-weight") == "600") <= right


@pytest.mark.parametrize("width", [40, 120, 272])
def test_cut_words_fit(width: float) -> None:
    words = "Subventions versées aux associations de la commune"
    assert text_width(fit(words, width, 14, bold=True), 14, bold=True) <= width
    lines = wrap(words, width, 14, lines=2, bold=True)
    assert len(lines) <= 2
    assert all(text_width(line, 14, bold=True) <= width for line in lines)
    assert fit("court", 272, 14) == "court"


@given(st.text(), st.text("aéœ’—漢 "))
def test_the_width_of_words_is_that_of_their_letters(words: str, more: str) -> None:
    letters = sum(text_width(one, 10) for one in words + more)
    assert text_width(words + more, 10) == pytest.approx(letters)
    assert text_width(words, 10) <= text_width(words, 10, bold=True)


@given(st.text(st.characters(codec=None)))
def test_words_in_markup_lose_only_what_xml_forbids(words: str) -> None:
    told = ElementTree.fromstring(f'<a b="{xml_text(words)}">{xml_text(words)}</a>')
    allowed = (one if "\u0020" <= one <= "\ud7ff" or "\ue000" <= one <= "\ufffd" or one >= "\U00010000" else "\ufffd" for one in words)
    kept = "".join(" " if one in "\t\n\r" else mark for one, mark in zip(words, allowed, strict=True))
    assert (told.text or "") == told.get("b") == kept


def test_hostile_words_stay_words() -> None:
    story = Story(Contact(id="x", name='"><script>&\x00\ud800', service="]]><style>"))
    story.ask("x")
    root = ElementTree.fromstring(picture(story.chart()))
    assert [one.tag for one in root.iter() if one.tag.endswith("script")] == []
    assert len(list(root.iter(f"{SVG}style"))) == 1
    assert any((one.text or "").startswith('"><script>&') for one in root.iter(f"{SVG}text"))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("tones", "page"), [(LIGHT, "#ffffff"), (DARK, "#16191d")])
def test_inks_are_readable_on_their_tint_and_on_the_page(tones: dict[str, tuple[str, str]], page: str) -> None:
    for ink, tint in tones.values():
        for ground in (tint, page):
            high, low = sorted((luminance(ink), luminance(ground)), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= 4.5


def test_every_status_has_its_shape_tone_and_mark() -> None:
    assert {status.shape for status in STATUS.values()} <= set(SHAPES)
    assert {status.tone for status in STATUS.values()} == set(LIGHT) == set(DARK)
    assert all(status.label and len(status.mark) == 1 for status in STATUS.values())
    assert all(f".tone-{tone}" in style_sheet() and f".tone-{tone}" in page_style() for tone in LIGHT)
    assert "url(" not in page_style()


def test_the_legend_names_what_is_shown_and_the_summary_counts() -> None:
    chart = loop().chart()
    words = [one.text for one in ElementTree.fromstring(picture(chart)).iter(f"{SVG}text")]
    assert "a orienté" in words
    assert "détient (attendu)" not in words
    assert summary(chart) == "2 jeux de données, 4 contacts, 0 jeu localisé ou plus avancé"
    assert summary(Chart()) == "0 jeu de données, 0 contact, 0 jeu localisé ou plus avancé"
