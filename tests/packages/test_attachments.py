"""The files to join are made from their sources, the same each time, readable and accessible."""

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.adapters.stage_folder import StageFolder, packaged_templates
from hatch_attachments import build_attachments

SOURCES = packaged_templates()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("joints")
    build_attachments(SOURCES, target)
    return target


def test_every_declared_file_is_built_and_none_else(built: Path) -> None:
    declared = {f"{stage.id}/attachments/{file.name}" for stage in StageFolder(SOURCES).stages() for file in stage.attachments}
    assert {path.relative_to(built).as_posix() for path in built.glob("*/attachments/*")} == declared


def test_the_same_sources_give_the_same_bytes(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Pacific/Noumea")
    for path in build_attachments(SOURCES, tmp_path):
        assert path.read_bytes() == (built / path.relative_to(tmp_path)).read_bytes(), path.name


def test_in_place_only_products_are_made_and_a_right_one_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "templates"
    shutil.copytree(SOURCES, place, ignore=shutil.ignore_patterns("*.pdf", "*.xlsx"))
    before = set(place.rglob("*"))
    made = build_attachments(place, place)
    assert set(place.rglob("*")) - before == set(made)
    assert {path.suffix for path in made} == {".pdf", ".xlsx"}
    times = [path.stat().st_mtime_ns for path in made]
    assert [path.stat().st_mtime_ns for path in build_attachments(place, place)] == times


def test_a_source_at_fault_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "1-lancer" / "attachments"
    folder.mkdir(parents=True)
    (folder / "cassee.typ").write_text("#nulle-part()", encoding="utf-8")
    with pytest.raises(RuntimeError, match=r"cassee\.typ"):
        build_attachments(tmp_path, tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "1-lancer/attachments/parcours-open-data.pdf",
        "1-lancer/attachments/huit-principes.pdf",
        "4-qualifier/attachments/quatre-seances.pdf",
    ],
)
def test_a_pdf_is_one_tagged_page_in_french_with_a_title_and_a_text(built: Path, name: str) -> None:
    content = (built / name).read_bytes()
    assert b"/Lang(fr-FR)" in content.replace(b" ", b"")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    if shutil.which("pdfinfo") is None:
        pytest.skip("apt-get install poppler-utils")
    told = subprocess.run(["pdfinfo", built / name], capture_output=True, text=True, check=True, timeout=60).stdout
    facts = dict(line.split(":", 1) for line in told.splitlines() if ":" in line)
    assert (facts["Tagged"].strip(), facts["Pages"].strip()) == ("yes", "1")
    assert facts["Title"].strip()
    text = subprocess.run(["pdftotext", built / name, "-"], capture_output=True, text=True, check=True, timeout=60).stdout
    assert len(text.split()) > 80


@pytest.mark.parametrize("name", ["4-qualifier/attachments/fiche-descriptive.xlsx", "5-publier/attachments/plan-de-communication.xlsx"])
def test_a_workbook_can_be_filled_and_printed(built: Path, name: str) -> None:
    book = load_workbook(built / name)
    assert book.properties.title
    assert book.properties.language == "fr-FR"
    assert len(book.sheetnames) == 2
    for sheet in book:
        assert sheet.freeze_panes == "A5"
        assert sheet.print_title_rows == "$4:$4"
        assert all(cell.value for cell in sheet[4])
        assert sheet.page_setup.fitToWidth == 1


def test_the_example_table_opens_as_a_clean_table() -> None:
    content = (SOURCES / "3-localiser/attachments/exemple-fichier-attendu.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "a spreadsheet reads accents right with a BOM only"
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    assert len(rows) >= 5
    assert all(len(row) == len(head) and all(row) for row in rows)
    assert len(set(head)) == len(head)
