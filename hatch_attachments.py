"""Build the files that letters carry, from their sources beside them: `*.typ` → PDF/UA-1, `*.xlsx.toml` → XLSX, the rest as it is.

The same sources give the same bytes: fonts are those inside typst, dates are fixed.
Run alone: `python hatch_attachments.py [SOURCE [TARGET]]`.
"""

import io
import re
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

STAMP = datetime(2026, 1, 1, tzinfo=UTC)  # any fixed instant does
INK, DEEP, PALE, SAND = "FF1C2B33", "FF0B4F5C", "FFE4F0F0", "FFFBF6EE"
FIRST_ROW = 4  # title, note, a blank line, then the headings


def build_attachments(source: Path, target: Path) -> list[Path]:
    """Build or copy every file of `source/*/attachments/` into the same folders under `target`; give their paths, sorted by source.

    With `target == source`, only the products are made, beside their sources. A file whose bytes are already right is not written again.
    Raise RuntimeError, naming the file, when a source cannot be built.
    """
    written: list[Path] = []
    for file in sorted(source.glob("*/attachments/*")):
        folder = target / file.parent.relative_to(source)
        try:
            if file.suffix == ".typ":
                product = folder / f"{file.stem}.pdf"
                content = pdf(file, root=source)
            elif file.name.endswith(".xlsx.toml"):
                product = folder / file.name.removesuffix(".toml")
                content = workbook(tomllib.loads(file.read_text(encoding="utf-8")))
            elif target == source or not file.is_file() or is_product(file):
                continue
            else:
                product, content = folder / file.name, file.read_bytes()
        except Exception as error:
            raise RuntimeError(f"{file}: {error}") from error
        folder.mkdir(parents=True, exist_ok=True)
        if not product.exists() or product.read_bytes() != content:
            product.write_bytes(content)
        written.append(product)
    return written


def is_product(file: Path) -> bool:
    """Tell whether `file` is built from a source that stands beside it."""
    return file.with_suffix(".typ").exists() or file.with_name(f"{file.name}.toml").exists()


def pdf(file: Path, *, root: Path) -> bytes:
    """Compile a Typst source into an accessible PDF (ISO 14289-1, PDF/UA-1). `root` is where its "/…" imports start."""
    import typst

    made = typst.compile(
        str(file),
        root=str(root),
        font_paths=[],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=int(STAMP.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no PDF")
    return made


def workbook(plan: Mapping[str, Any]) -> bytes:
    """Write the workbook that `plan` describes: title, subject, and sheets (name, note, columns, rows, empty_rows).

    A column has a title and a width in characters; `heading` sets its cells in bold, `input` tints them as cells to fill,
    `choices` gives them a list to choose from.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    properties = book.properties
    properties.title, properties.subject, properties.language = plan["title"], plan["subject"], "fr-FR"
    properties.creator = properties.lastModifiedBy = "Antisèche"
    properties.created = STAMP.replace(tzinfo=None)  # OOXML times are UTC, openpyxl wants them naive
    for sheet_plan in plan["sheets"]:
        write_sheet(book.create_sheet(sheet_plan["name"]), sheet_plan, plan["title"])
    return steady(book)


def write_sheet(sheet: Any, plan: Mapping[str, Any], title: str) -> None:
    """Write one sheet: a title, a note, then a table with frozen headings that repeat on each printed page."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    line = Side(style="thin", color="FFBCD9D9")
    columns, rows = plan["columns"], [*plan["rows"], *([""] * len(plan["columns"]) for _ in range(plan["empty_rows"]))]
    last = FIRST_ROW + len(rows)
    sheet["A1"], sheet["A2"] = title, plan["note"]
    sheet["A1"].font, sheet["A2"].font = Font(size=16, bold=True, color=DEEP), Font(italic=True, color=INK)
    sheet.row_dimensions[1].height = 26
    for place, column in enumerate(columns, 1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = column["width"]
        head = sheet.cell(FIRST_ROW, place, column["title"])
        head.font, head.fill = Font(bold=True, color="FFFFFFFF"), PatternFill("solid", fgColor=DEEP)
        head.alignment = Alignment(wrap_text=True, vertical="center")
        fill = PatternFill("solid", fgColor=SAND if column.get("input") else PALE if column.get("heading") else "FFFFFFFF")
        for offset, row in enumerate(rows, 1):
            cell = sheet.cell(FIRST_ROW + offset, place, row[place - 1] or None)
            cell.font, cell.fill = Font(bold=column.get("heading", False), color=INK), fill
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = Border(left=line, right=line, top=line, bottom=line)
            cell.number_format = "@"  # text: a spreadsheet must not turn what is typed into a date of its own
        if choices := column.get("choices"):
            rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True, showErrorMessage=False)
            rule.add(f"{letter}{FIRST_ROW + 1}:{letter}{last}")
            sheet.add_data_validation(rule)
    sheet.row_dimensions[FIRST_ROW].height = 32
    sheet.freeze_panes = sheet.cell(FIRST_ROW + 1, 1)
    sheet.print_title_rows = f"{FIRST_ROW}:{FIRST_ROW}"
    sheet.print_area = f"A1:{get_column_letter(len(columns))}{last}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&A · page &P sur &N"


def steady(book: Any) -> bytes:
    """Save a workbook as bytes that depend on its content alone: openpyxl stamps the hour of saving in two places."""
    fresh, fixed = io.BytesIO(), io.BytesIO()
    book.save(fresh)
    with zipfile.ZipFile(fresh) as inner, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as outer:
        for name in inner.namelist():
            content = inner.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + f"{STAMP:%Y-%m-%dT%H:%M:%SZ}".encode(), content)
            outer.writestr(zipfile.ZipInfo(name, STAMP.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def main() -> int:
    """Build from the command line and print what was made."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "templates"
    target = Path(sys.argv[2]) if len(sys.argv) > 2 else source
    for product in build_attachments(source, target):
        sys.stdout.write(f"{product}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
