"""The exports: each file is read back by its own format and compared with the chart; hostile words do no harm."""

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.core.book import Book
from addin.core.contacts import Contact
from addin.core.datasets import Dataset
from addin.core.errors import BadInput
from addin.core.exports import png
from addin.core.exports.characters import printable, web_address
from addin.core.exports.csv import HEADINGS, cell
from addin.core.exports.formats import FORMATS, file_name
from addin.core.exports.json import contract
from addin.core.exports.trees import DEEPEST, Branch, grow
from addin.core.orgchart.audience import AUDIENCES, for_audience
from addin.core.orgchart.chart import Audience, Chart, ChartContact, ChartDataset
from addin.core.orgchart.fold import draw_chart
from addin.core.orgchart.statuses import STATUS
from tests.core.stories import Story, books
from tests.people import TODAY

TEXTS = [name for name in FORMATS if name not in ("png", "pdf", "pdf-a3", "xlsx")]
PACKED = ["pdf", "pdf-a3", "xlsx"]
HOSTILE = st.sampled_from(
    [
        "=1+1",
        "+33 2 99",
        "-2",
        "@SUM(A1)",
        "\t=cmd",
        "\r=x",
        "＝1",
        "a;b\"c'd",
        "</script><script>alert(1)</script>",
        "]]>",
        "&eacute; & <b>",
        '\\N \\" \\',
        "nul\x00bel\x07",
        "moitié\ud800",
        "ligne\nsuivante\u2028",
        "\ufeffbom",
        "a|b",
        "{{ 7*7 }}",
        "שלום",
        "🚲 vélos",
        "  ",
        "",
        "x" * 300,
    ]
)
EITHER = HOSTILE | st.text(max_size=12)


def story() -> Story:
    """Tell of a cycle, a second way to somebody, two people of one name, a hole and a publication."""
    told = Story(
        Contact(id="anne2", name="Anne Le Goff", service="Éducation", kind="epci", emails=("anne2@x.example",)),
        Contact(id="lumi", name="LumiVire", kind="prestataire", phone="+33 2 99 00 00 07"),
        Dataset(id="arbres", title="Arbres d'alignement", rank=3, schema="arbres", theme="Nature"),
        Dataset(id="titre", title='=HYPERLINK("http://x.example")', rank=4, published_url="https://donnees.example/jeu?a=1&b=2"),
    )
    told.ask("paul")
    told.redirect("paul", "anne")
    told.ask("anne", by="paul")
    told.redirect("anne", "paul", 22)
    told.redirect("paul", "lumi", 22)
    told.redirect("anne", "lumi", 23)
    told.answer("lumi", "holds_partial", 23)
    told.ask("anne2", dataset="arbres")
    told.answer("anne2", "refuses", dataset="arbres", reason="personal_data")
    told.ask("inconnu", dataset="titre")
    told.answer("inconnu", "holds_sent", dataset="titre")
    return told


def written(form: str, chart: Chart) -> bytes:
    return FORMATS[form].write(chart)


def opened(form: str, raw: bytes) -> str:
    """Give all that a file says, its pages and its packed parts opened, what it says of itself included."""
    if form == "xlsx":
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return "\n".join(unescape(archive.read(name).decode()) for name in archive.namelist())
    if form in ("pdf", "pdf-a3"):
        if not shutil.which("pdftotext"):
            pytest.skip("PDF reader (enable: apt-get install poppler-utils)")
        said = subprocess.run(["pdftotext", "-", "-"], input=raw, capture_output=True, check=True).stdout.decode()
        about = subprocess.run(["pdfinfo", "-"], input=raw, capture_output=True, check=True).stdout.decode()
        # pages break lines where they please
        return " ".join(said.split()) + about
    return raw.decode(errors="replace")


def every_audience(chart: Chart) -> list[Chart]:
    return [for_audience(chart, audience) for audience in AUDIENCES]


CHARTS = pytest.mark.parametrize("chart", every_audience(story().chart()), ids=lambda chart: chart.audience)


@CHARTS
def test_json_is_the_contract(chart: Chart) -> None:
    whole = json.loads(written("json", chart))
    assert list(whole) == ["organisation", "today", "audience", "datasets", "contacts", "links", "issues"]
    assert {one["id"]: [link["contact"] for link in one["chain"]] for one in whole["datasets"]} == {
        one.id: [link.contact for link in one.chain] for one in chart.datasets
    }
    for one in whole["links"]:
        assert {"dataset", "from", "to", "relation", "status"} <= one.keys()
    for one in whole["contacts"]:
        assert {"id", "name", "kind", "service", "email"} <= one.keys()
        assert "" not in one.values()


@CHARTS
def test_json_is_what_the_api_describes(chart: Chart) -> None:
    from addin.web.api.chart import ChartOut

    described = msgspec.convert(contract(chart), ChartOut)
    assert json.loads(msgspec.json.encode(described)) == json.loads(written("json", chart))


def names_of(chart: Chart) -> dict[str, str]:
    return {one.id: one.name for one in chart.contacts}


def rows_of(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))


@CHARTS
def test_csv_has_one_row_for_each_link_and_each_hole(chart: Chart) -> None:
    raw = written("csv", chart)
    assert raw.startswith(b"\xef\xbb\xbfservice;agent;jeu;statut;date;format;")
    rows = rows_of(raw)
    names = names_of(chart)
    assert [(row["identifiant du jeu"], row["agent"], row["statut"], row["date"]) for row in rows if row["agent"]] == [
        (one.id, names[link.contact], STATUS[link.status].label, link.since.isoformat() if link.since else "")
        for one in chart.datasets
        for link in one.chain
    ]
    assert [row["identifiant du jeu"] for row in rows if not row["agent"]] == [one.id for one in chart.datasets if not one.chain]
    assert {row["format"] for row in rows if row["identifiant du jeu"] == "arbres"} == {"arbres"}


def branches_of(branches: list[Branch]) -> list[Branch]:
    return [found for branch in branches for found in (branch, *branches_of(branch.branches))]


@CHARTS
def test_a_tree_holds_every_contact_once_and_every_arrow(chart: Chart) -> None:
    arrows = {(one.dataset, one.from_, one.to) for one in chart.links}
    found = set()
    for tree in grow(chart):
        key = tree.dataset.id
        inside = branches_of(tree.branches)
        assert sorted(one.contact.id for one in inside) == sorted(link.contact for link in tree.dataset.chain)
        found |= {(key, None, one.contact.id) for one in tree.branches}
        found |= {(key, one.contact.id, below.contact.id) for one in inside for below in one.branches}
        found |= {(key, arrow.from_, arrow.to) for arrow in tree.others}
    assert found == arrows


def titles_of(idea: dict[str, Any]) -> list[tuple[int, str]]:
    ranks = sorted(idea["ideas"], key=int)
    return [(idea["id"], idea["title"]), *(found for rank in ranks for found in titles_of(idea["ideas"][rank]))]


def said(chart: Chart) -> list[str]:
    """Give what a mind map must say, node by node: data sets, then the contacts under them."""
    return [words for tree in grow(chart) for words in (tree.dataset.title, *(one.contact.name for one in branches_of(tree.branches)))]


@CHARTS
def test_mup_reads_back(chart: Chart) -> None:
    whole = json.loads(written("mup", chart))
    assert (whole["formatVersion"], list(whole["ideas"])) == (3, ["1"])
    nodes = titles_of(whole["ideas"]["1"])
    assert len({number for number, _ in nodes}) == len(nodes)
    assert nodes[0][1].startswith("Organigramme de la donnée")
    for (_, title), wanted in zip(nodes[1:], said(chart), strict=True):
        assert title.startswith(wanted)
    numbers = {number for number, _ in nodes}
    assert all({link["ideaIdFrom"], link["ideaIdTo"]} <= numbers for link in whole["links"])
    assert len(whole["links"]) == sum(len(tree.others) for tree in grow(chart))


@CHARTS
def test_mm_reads_back(chart: Chart) -> None:
    root = ElementTree.fromstring(written("mm", chart))
    nodes = list(root.iter("node"))
    assert (root.tag, root.get("version")) == ("map", "1.0.1")
    for node, wanted in zip(nodes[1:], said(chart), strict=True):
        assert (node.get("TEXT") or "").startswith(wanted)
    ids = [node.get("ID") for node in nodes]
    assert len(set(ids)) == len(ids)
    arrows = [arrow.get("DESTINATION") for arrow in root.iter("arrowlink")]
    assert len(arrows) == sum(len(tree.others) for tree in grow(chart))
    assert set(arrows) <= set(ids)
    assert [node.get("LINK") for node in nodes if node.get("LINK")] == ["https://donnees.example/jeu?a=1&b=2"]


def tables_of(raw: bytes) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.namelist() == ["elements.csv", "connections.csv"]
        assert archive.testzip() is None
        return tuple(  # type: ignore[return-value]
            list(csv.DictReader(io.StringIO(archive.read(name).decode(), newline=""))) for name in archive.namelist()
        )


@CHARTS
def test_kumu_ties_elements_by_labels_that_are_theirs_alone(chart: Chart) -> None:
    raw = written("kumu", chart)
    elements, connections = tables_of(raw)
    assert list(elements[0])[:4] == ["Label", "Type", "Description", "Tags"]
    assert list(connections[0]) == ["From", "To", "Type", "Description", "Tags"]
    labels = [one["Label"] for one in elements]
    assert len({label.casefold() for label in labels}) == len(labels) == len(chart.datasets) + len(chart.contacts)
    keys = [one.id for one in chart.datasets] + [one.id for one in chart.contacts]
    by_key = dict(zip(keys, labels, strict=True))
    assert [(one["From"], one["To"]) for one in connections] == [(by_key[one.from_ or one.dataset], by_key[one.to]) for one in chart.links]


DOT_STRING = r'"((?:[^"\\]|\\.)*)"'


def unquoted(text: str) -> str:
    text = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text)
    return text.replace("&amp;", "&")


@CHARTS
def test_dot_reads_back(chart: Chart) -> None:
    text = written("dot", chart).decode()
    nodes = {name: unquoted(label) for name, label in re.findall(rf"^  ([dc]\d+) \[.*?label={DOT_STRING}", text, re.MULTILINE)}
    assert [nodes[f"d{n}"] for n, _ in enumerate(chart.datasets, 1)] == [f"{one.title}\n{one.state}" for one in chart.datasets]
    assert [nodes[f"c{n}"].split("\n")[0] for n, _ in enumerate(chart.contacts, 1)] == [one.name for one in chart.contacts]
    numbers = {one.id: f"d{n}" for n, one in enumerate(chart.datasets, 1)} | {one.id: f"c{n}" for n, one in enumerate(chart.contacts, 1)}
    edges = re.findall(r"^  ([dc]\d+) -> (c\d+) \[", text, re.MULTILINE)
    assert edges == [(numbers[one.from_ or one.dataset], numbers[one.to]) for one in chart.links]
    rest = re.sub(DOT_STRING, "", text)
    assert rest.count("{") == rest.count("}") == 1
    assert '"' not in rest


class Page(HTMLParser):
    """Keep what a page says, and check that its elements nest."""

    VOID = frozenset({"meta", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data


def page_of(raw: bytes) -> Page:
    page = Page()
    page.feed(raw.decode())
    page.close()
    assert page.open == []
    return page


@CHARTS
def test_html_says_the_chains_twice_as_lists_and_as_a_table(chart: Chart) -> None:
    page = page_of(written("html", chart))
    assert ("lang", "fr") in page.attributes
    assert page.tags.count("h1") == page.tags.count("table") == page.tags.count("caption") == 1
    assert not {"script", "img", "iframe", "link", "form"} & set(page.tags)
    names = names_of(chart)
    assert [(row[0], row[2], row[4][2:]) for row in page.rows[1:] if len(row) == 7] == [
        (tree.dataset.title, names[one.contact.id], one.link.words) for tree in grow(chart) for one in branches_of(tree.branches)
    ]
    listed = page.tags.count("li") - len(chart.issues)
    assert listed == len(chart.datasets) + sum(len(one.chain) for one in chart.datasets)


@CHARTS
def test_svg_stands_alone_and_shows_every_box(chart: Chart) -> None:
    root = ElementTree.fromstring(written("svg", chart))
    name = "{http://www.w3.org/2000/svg}"
    boxes = [(one.get("data-kind"), one.get("data-id")) for one in root.iter(f"{name}g") if one.get("data-kind")]
    assert boxes == [found for one in chart.datasets for found in (("dataset", one.id), *(("contact", link.contact) for link in one.chain))]
    assert root.find(f"{name}title") is not None
    assert not list(root.iter(f"{name}script"))


def test_png_is_the_picture_and_needs_a_font() -> None:
    chart = story().chart()
    assert png.has_fonts(skip_system_fonts=True) is False
    if not png.has_fonts():
        pytest.skip("no font on this machine")
    raw = written("png", chart)
    assert raw.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = (int.from_bytes(raw[at : at + 4], "big") for at in (16, 20))
    root = ElementTree.fromstring(written("svg", chart))
    assert width == pytest.approx(2 * float(root.get("width") or 0), abs=2)
    assert height == pytest.approx(2 * float(root.get("height") or 0), abs=2)


def test_png_without_a_font_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from addin.core.errors import Failed

    monkeypatch.setattr(png, "has_fonts", lambda: False)
    with pytest.raises(Failed, match="Aucune police"):
        png.chart_png(story().chart())


def test_png_of_a_huge_chart_is_refused_in_words() -> None:
    chart = Chart(datasets=tuple(ChartDataset(id=f"d{n}", title="Jeu", state="repéré") for n in range(2500)))
    with pytest.raises(BadInput, match="trop grand"):
        png.chart_png(chart)


def secrets() -> tuple[Story, list[str]]:
    """Tell a story whose people did not agree, and give what nobody outside may read."""
    told = story()
    return told, [
        "Paul",
        "Morin",
        "Anne",
        "Goff",
        "LumiVire",
        "@saint-aubin",
        "anne2@",
        "02 99",
        "2 99",
        "inconnu@",
        "refus",
        "personnelles",
    ]


@pytest.mark.parametrize("form", [*TEXTS, *PACKED])
def test_the_public_files_hold_no_name_number_or_address(form: str) -> None:
    told, hidden = secrets()
    told.tell("named", 24, contact="inconnu", answer="yes")
    text = opened(form, written(form, for_audience(told.chart(), "public")))
    for secret in hidden:
        assert secret not in text, secret
    assert "Iris Passage" in text


@pytest.mark.parametrize("form", [*TEXTS, *PACKED])
def test_the_staff_files_hold_no_refusal_number_or_address(form: str) -> None:
    text = opened(form, written(form, for_audience(story().chart(), "staff")))
    for secret in ("refus", "personnelles", "personal_data", "@saint-aubin", "02 99", "2 99 00"):
        assert secret not in text, secret
    assert "Paul Morin" in text


NAMES = st.sampled_from(
    ["Marcelline Quévert", "Théodore Bazan", "Ysaline Coatmellec", "Secrétariat de Théodore Bazan", "Espaces verts", ""]
)


@settings(max_examples=60, deadline=None)
@given(books(NAMES))
def test_whatever_happened_the_public_files_name_only_who_agreed(book: Book) -> None:
    book = msgspec.structs.replace(book, datasets={key: Dataset(id=key, title=f"Jeu {key}") for key in book.datasets})
    chart = draw_chart(book, today=TODAY)
    agreed = {one.name for one in chart.contacts if one.agreed}
    hidden = [name for name in ("Marcelline Quévert", "Théodore Bazan", "Ysaline Coatmellec") if not any(name in one for one in agreed)]
    typed_as_department = {one.name for one in chart.contacts if one.kind in {"service", "direction"}} | {
        one.service for one in chart.contacts if one.name == one.service
    }
    public = for_audience(chart, "public")
    for form in (*TEXTS, *PACKED):
        text = opened(form, written(form, public))
        assert not re.search(r"p\d@ville|02 99 00", text)
        for name in hidden:
            people = [one for one in chart.contacts if one.name == name and one.kind not in {"service", "direction"}]
            if people and not any(name in words for words in typed_as_department):
                assert name not in text, (form, name)


@settings(max_examples=60, deadline=None)
@given(books(EITHER))
def test_hostile_words_break_no_file_and_bytes_are_the_same_twice(book: Book) -> None:
    for chart in every_audience(draw_chart(book, today=TODAY)):
        files = {form: written(form, chart) for form in (*TEXTS, "xlsx")}
        assert files == {form: written(form, chart) for form in (*TEXTS, "xlsx")}
        json.loads(files["json"])
        links = sum(max(1, len(one.chain)) for one in chart.datasets)
        rows = rows_of(files["csv"])
        assert len(rows) == links
        assert all(None not in row and not value.startswith(FORMULAS) for row in rows for value in row.values())
        nodes = 1 + sum(1 + len(one.chain) for one in chart.datasets)
        assert len(titles_of(json.loads(files["mup"])["ideas"]["1"])) == nodes
        assert len(list(ElementTree.fromstring(files["mm"]).iter("node"))) == nodes
        ElementTree.fromstring(files["svg"])
        page = page_of(files["html"])
        assert "script" not in page.tags
        elements, connections = tables_of(files["kumu"])
        labels = {one["Label"] for one in elements}
        assert all({one["From"], one["To"]} <= labels for one in connections)
        assert len(connections) == len(chart.links)
        text = files["dot"].decode()
        assert len(re.findall(r"^  [dc]\d+ -> c\d+ \[", text, re.MULTILINE)) == len(chart.links)
        assert '"' not in re.sub(DOT_STRING, "", text)


FORMULAS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+33 2", "'+33 2"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\t=1", "'=1"),
        ("\r1", "'1"),
        ("  =1", "'=1"),
        ("a=1", "a=1"),
        ("\x00=1", "'=1"),
        ("\ufeff=1", "'\ufeff=1"),
        ("\u200b", "\u200b"),
    ],
)
def test_a_cell_is_never_a_formula(text: str, safe: str) -> None:
    assert cell(text) == safe


def test_only_web_addresses_are_links() -> None:
    assert web_address("javascript:alert(1)") == web_address("https://a b") == web_address("") == ""
    assert web_address("HTTPS://x.example/é") == "HTTPS://x.example/é"
    assert printable("a\x00b\u2028c\u00a0: d\n") == "ab c\u00a0: d"


def test_a_very_long_chain_is_told_without_recursion_trouble() -> None:
    people = [Contact(id=f"p{n}", name=f"Personne {n}") for n in range(1500)]
    told = Story(*people)
    told.ask("p0", 2)
    for n in range(1499):
        told.redirect(f"p{n}", f"p{n + 1}", 3)
    chart = told.chart()
    for form in TEXTS:
        assert b"Personne 1499" in written(form, chart)
    depth: Callable[[list[Branch]], int] = lambda branches: max((1 + depth(one.branches) for one in branches), default=0)  # noqa: E731
    assert depth(next(grow(chart)).branches) == DEEPEST


def test_an_empty_chart_is_a_file_all_the_same() -> None:
    for form in FORMATS:
        if form == "png" and not png.has_fonts():
            continue
        # an address book of nobody is an empty file
        assert bool(written(form, Chart(today=TODAY))) is (form != "vcard")


def test_names_tell_the_audience_apart() -> None:
    readers: list[Audience] = ["internal", "staff", "public"]
    names = [file_name(FORMATS[form], reader) for form in FORMATS for reader in readers]
    assert len(set(names)) == len(names)
    assert file_name(FORMATS["kumu"], "public") == "organigramme-public-kumu.zip"
    assert HEADINGS[:6] == ("service", "agent", "jeu", "statut", "date", "format")


def test_a_contact_missing_from_the_chart_is_shown_as_unknown() -> None:
    told = story().chart()
    bare = msgspec.structs.replace(told, contacts=())
    unknown = [one.contact for tree in grow(bare) for one in branches_of(tree.branches)]
    assert {one.name for one in unknown} == {"Contact inconnu"}
    assert all(isinstance(one, ChartContact) for one in unknown)
