"""The exports opened by other programs, node by node: networkx, openpyxl, LibreOffice, poppler, MindMup's own model, an address book."""

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import freeplane
import networkx
import openpyxl
import pytest
from hypothesis import given, settings

from addin.core.book import Book
from addin.core.exports.formats import FORMATS
from addin.core.lists.contact_lists import read_contacts
from addin.core.orgchart.audience import for_audience
from addin.core.orgchart.chart import Chart
from addin.core.orgchart.fold import draw_chart
from addin.core.orgchart.statuses import STATUS
from tests.core.stories import books
from tests.core.test_exports import CHARTS, EITHER, every_audience, opened, story, written
from tests.people import TODAY

ROOT = Path(__file__).parents[2]


def graph_of(raw: bytes) -> networkx.MultiDiGraph:
    return networkx.read_graphml(io.BytesIO(raw), force_multigraph=True)


@CHARTS
def test_graphml_is_the_chart_for_networkx(chart: Chart) -> None:
    graph = graph_of(written("graphml", chart))
    assert {key: data["label"] for key, data in graph.nodes(data=True)} == {
        **{f"dataset:{one.id}": one.title for one in chart.datasets},
        **{f"contact:{one.id}": one.name for one in chart.contacts},
    }
    assert sorted(
        (source, target, data["dataset"], data["status"], data["back"]) for source, target, data in graph.edges(data=True)
    ) == sorted(
        (f"contact:{link.from_}" if link.from_ else f"dataset:{link.dataset}", f"contact:{link.to}", link.dataset, link.status, link.back)
        for link in chart.links
    )


@settings(max_examples=40, deadline=None)
@given(books(EITHER))
def test_hostile_words_break_no_graph_and_no_card(book: Book) -> None:
    for chart in every_audience(draw_chart(book, today=TODAY)):
        graph = graph_of(written("graphml", chart))
        assert len(graph.nodes) == len(chart.datasets) + len(chart.contacts)
        assert len(graph.edges) == len(chart.links)
        raw = written("vcard", chart)
        assert raw.count(b"BEGIN:VCARD\r\n") == raw.count(b"END:VCARD\r\n") == len(chart.contacts)
        assert all(len(line) <= 75 for line in raw.split(b"\r\n"))


def sheets(raw: bytes) -> dict[str, list[dict[str, Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(raw))
    found = {}
    for sheet in book.worksheets:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        found[sheet.title] = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    return found


def day(value: Any) -> date | None:
    return value.date() if value else None


@CHARTS
def test_the_workbook_is_the_chart_for_openpyxl(chart: Chart) -> None:
    found = sheets(written("xlsx", chart))
    names = {one.id: one.name for one in chart.contacts}
    assert [(row["identifiant du jeu"], row["agent"], row["statut"], day(row["date"])) for row in found["Chaînes"] if row["agent"]] == [
        (one.id, names[link.contact], STATUS[link.status].label, link.since) for one in chart.datasets for link in one.chain
    ]
    assert [(row["identifiant"], row["titre"], row["état"]) for row in found["Jeux de données"]] == [
        (one.id, one.title, one.state) for one in chart.datasets
    ]
    assert [(row["identifiant"], row["nom"], row["courriel"]) for row in found["Contacts"]] == [
        (one.id, one.name, one.email or None) for one in chart.contacts
    ]
    assert [row["en mots"] for row in found["À regarder"]] == [one.words for one in chart.issues]


def test_no_cell_is_a_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", story().chart())))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert any(cell.value.startswith("=HYPERLINK") for cell in cells)
    assert {cell.data_type for cell in cells} == {"s"}


def test_the_workbook_opens_in_libreoffice(tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice (enable: apt-get install --no-install-recommends libreoffice-calc-nogui)")
    chart = story().chart()
    (tmp_path / "organigramme.xlsx").write_bytes(written("xlsx", chart))
    profile = f"-env:UserInstallation=file://{tmp_path}/profil"
    subprocess.run(
        [
            program,
            profile,
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):59,34,76,1",
            "--outdir",
            str(tmp_path),
            "organigramme.xlsx",
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=180,
    )
    lines = (tmp_path / "organigramme.csv").read_text(encoding="utf-8-sig").splitlines()
    links = sum(max(1, len(one.chain)) for one in chart.datasets)
    assert len(lines) == links + 1
    assert '=HYPERLINK("http' in lines[-1].replace('""', '"')


@CHARTS
@pytest.mark.parametrize("form", ["pdf", "pdf-a3"])
def test_the_pdf_is_tagged_and_its_words_are_text(chart: Chart, form: str) -> None:
    raw = written(form, chart)
    text = opened(form, raw)
    for one in chart.datasets:
        assert one.title in text
    for contact in chart.contacts:
        assert contact.name in text
    about = subprocess.run(["pdfinfo", "-"], input=raw, capture_output=True, check=True).stdout.decode()
    assert "Tagged:          yes" in about
    assert "Organigramme de la donnée" in about
    assert f"{'297' if form == 'pdf' else '420'}" in about.replace("1190.55", "420").replace("841.89", "297")
    metadata = subprocess.run(["pdfinfo", "-meta", "-"], input=raw, capture_output=True, check=True).stdout.decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    tree = subprocess.run(["pdfinfo", "-struct", "-"], input=raw, capture_output=True, check=True).stdout.decode(errors="replace")
    assert "H1" in tree and tree.count("H3") >= len(chart.datasets)
    assert written(form, chart) == raw


def test_letters_that_no_font_has_do_not_stop_the_pdf() -> None:
    chart = story().chart()
    words = "Données 🚲 שלום 数据 Ελλάδα Łódź"
    odd = type(chart)(**{name: getattr(chart, name) for name in chart.__struct_fields__} | {"organisation": words})
    assert "Données □ □□□□ □□ Ελλάδα Łódź" in opened("pdf", written("pdf", odd))


def test_the_cards_come_back_as_contacts() -> None:
    chart = story().chart()
    back = read_contacts(written("vcard", chart))
    assert [(row.name or row.service, "".join(row.emails)) for row in back.rows] == [(one.name, one.email) for one in chart.contacts]


def mup_nodes(ideas: dict[str, Any]) -> Iterator[str]:
    for _, idea in sorted(ideas.items(), key=lambda item: float(item[0])):
        yield idea["title"]
        yield from mup_nodes(idea.get("ideas", {}))


@CHARTS
def test_mindmup_itself_loads_the_map(chart: Chart) -> None:
    model = ROOT / "node_modules" / "mindmup-mapjs-model"
    if not model.is_dir() or not shutil.which("node"):
        pytest.skip("MindMup's model (enable: npm ci)")
    raw = written("mup", chart)
    script = """
      const {content} = require(process.argv[1]);
      let raw = ''; process.stdin.on('data', part => raw += part).on('end', () => {
        const map = content(JSON.parse(raw)); const titles = [];
        const walk = idea => {
          if (idea.title) titles.push(idea.title);
          Object.keys(idea.ideas || {}).map(Number).sort((a, b) => a - b).forEach(rank => walk(idea.ideas[rank]));
        };
        walk({ideas: map.ideas}); console.log(JSON.stringify(titles));
      });"""
    done = subprocess.run(["node", "-e", script, str(model)], input=raw, capture_output=True, check=True, timeout=60)
    assert json.loads(done.stdout) == list(mup_nodes(json.loads(raw)["ideas"]))


@CHARTS
def test_a_freeplane_reader_loads_the_map(chart: Chart, tmp_path: Path) -> None:
    path = tmp_path / "organigramme.mm"
    path.write_bytes(written("mm", chart))
    root = freeplane.Mindmap(str(path)).rootnode
    titles = [node.plaintext for node in walk(root)]
    assert len(titles) == 1 + sum(1 + len(one.chain) for one in chart.datasets)
    assert [title.rpartition(" (")[0] for title in (node.plaintext for node in root.children)] == [one.title for one in chart.datasets]
    people = {one.id: one.name for one in chart.contacts}
    for one, branch in zip(chart.datasets, root.children, strict=True):
        below = [node.plaintext for node in walk(branch)][1:]
        assert all(any(title.startswith(people[link.contact]) for title in below) for link in one.chain)


def walk(node: Any) -> Iterator[Any]:
    yield node
    for child in node.children:
        yield from walk(child)


def test_every_form_that_is_packed_is_a_whole_file() -> None:
    with zipfile.ZipFile(io.BytesIO(written("xlsx", story().chart()))) as archive:
        assert archive.testzip() is None
    assert FORMATS["pdf"].write(for_audience(story().chart(), "public")).rstrip().endswith(b"%%EOF")
