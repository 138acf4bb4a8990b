"""Gather the French of the stages, paragraph by paragraph, each with the file and the line where it is written."""

import re
import subprocess
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from addin.adapters.stage_folder import StageFolder
from addin.core.french import typeset
from addin.core.letters import write_letter
from addin.core.stages import Letter, Stage

# Titles that try each article and elision: plural, vowel, masculine, a name between guillemets.
TITLES = ("Menus scolaires", "Éclairage public", "Budget primitif", "Horaires des administrations", "DAE")


class Paragraph(NamedTuple):
    """Hold one paragraph as a reader sees it, typeset, and where it comes from (`line` from 1)."""

    file: str
    line: int
    text: str


def paragraphs(templates: Path) -> list[Paragraph]:
    """Give every paragraph of the letters (filled with examples), guides, sheets and files to join, each once."""
    found = [*_letters(templates), *_guides(templates), *_sheets(templates), *_files_to_join(templates)]
    once = {(paragraph.file, paragraph.text): paragraph for paragraph in reversed(found) if re.search(r"\w", paragraph.text)}
    return sorted(once.values(), key=lambda paragraph: (paragraph.file, paragraph.line, paragraph.text))


def _letters(templates: Path) -> Iterator[Paragraph]:
    for stage in StageFolder(templates).stages():
        for letter in stage.letters:
            file = f"{stage.id}/{letter.id}.md"
            source = (templates / file).read_text(encoding="utf-8").splitlines()
            sheet = (templates / stage.id / "stage.toml").read_text(encoding="utf-8").splitlines()
            for values in _sets_of_values(letter):
                subject, text = _written(stage, letter, values)
                yield Paragraph(f"{stage.id}/stage.toml", _line_of(letter.subject, sheet), subject)
                for line in text.splitlines():
                    yield Paragraph(file, _line_of(line, source), _bare(line))


def _sets_of_values(letter: Letter) -> Iterator[dict[str, object]]:
    examples: dict[str, object] = {blank.name: blank.example for blank in letter.blanks}
    for title in TITLES if "jeu" in examples else TITLES[:1]:
        yield {**examples, "jeu": title, "jeux": TITLES[:2]}
    yield {blank.name: blank.example for blank in letter.blanks if blank.required}
    yield {**examples, "nombre": "1", "jeux": TITLES[:1]}


def _written(stage: Stage, letter: Letter, values: Mapping[str, object]) -> tuple[str, str]:
    draft = write_letter(stage, letter, values)
    return draft.subject, draft.text


def _guides(templates: Path) -> Iterator[Paragraph]:
    for path in sorted(templates.glob("*/guide.md")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield Paragraph(str(path.relative_to(templates)), number, _bare(typeset(line)))


def _sheets(templates: Path) -> Iterator[Paragraph]:
    """Read what people see of the .toml files: all texts but names, addresses, subjects (filled with the letters) and keys."""
    paths = [templates / "blanks.toml", *sorted(templates.glob("*/stage.toml")), *sorted(templates.glob("*/attachments/*.toml"))]
    for path in paths:
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        for said in _texts(tomllib.loads(text)):
            yield Paragraph(str(path.relative_to(templates)), _line_of(said, lines), typeset(said))


def _texts(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, str) and key in ("title", "goal", "audience", "todo", "label", "help", "when", "aim", "agenda", "rows", "note"):
        yield value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _texts(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, key)


def _files_to_join(templates: Path) -> Iterator[Paragraph]:
    """Read the PDFs made from the Typst sources, as a reader of the PDF would.

    pdftotext gives plain spaces for no-break ones: those are looked for in the source (`plain_spaces`).
    """
    for path in sorted(templates.glob("*/attachments/*.typ")):
        lines = path.read_text(encoding="utf-8").splitlines()
        made = subprocess.run(["pdftotext", "-raw", path.with_suffix(".pdf"), "-"], capture_output=True, check=True, timeout=60)
        for line in _rejoined(made.stdout.decode("utf-8").splitlines()):
            yield Paragraph(str(path.relative_to(templates)), _line_of(line, lines), typeset(re.sub(r"(?<=\d) min\b", "\u00a0min", line)))


def plain_spaces(templates: Path) -> Iterator[Paragraph]:
    """Give the places of the Typst sources where a plain space stands before : ; ? ! » or a unit: "~" is wanted there."""
    for path in [templates / "feuille.typ", *sorted(templates.glob("*/attachments/*.typ"))]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.lstrip().startswith("//"):
                for found in re.finditer(r"\S+ (?:[:;?!»](?=[\s\]*\"\\]|$)|min\b)", line):
                    yield Paragraph(str(path.relative_to(templates)), number, found.group())


def _rejoined(lines: Sequence[str]) -> Iterator[str]:
    """Join the lines that the page broke: one that starts in lower case or after an unfinished sentence goes on the one before."""
    whole = ""
    for line in (re.sub(r"^\d\.? (?=[A-ZÀÉ])", "", line.strip(" •\f")) for line in lines):
        goes_on = whole and line[:1].islower() and not whole.endswith((".", "!", "?"))
        if goes_on:
            whole = f"{whole} {line}"
        else:
            if whole:
                yield whole
            whole = line
    if whole:
        yield whole


def _bare(line: str) -> str:
    """Take out what is no prose: list and heading marks, emphasis, addresses."""
    line = re.sub(r"^\s*(?:-|\d+\.|#+)\s+", "", line)
    line = re.sub(r" \((?:https?://|mailto:)[^)\s]*\)", "", line)
    line = re.sub(r"https?://\S+|\S+@\S+\.example", "adresse", line)
    return re.sub(r"\*\*|\*(?=\w)|(?<=\w)\*", "", line).strip(" ·\u00a0")


def _line_of(text: str, lines: Sequence[str]) -> int:
    """Find the line of a source that shares the most words with a text written from it."""
    words = set(re.findall(r"\w{2,}", text.lower()))
    shared = [len(words & set(re.findall(r"\w{2,}", line.lower()))) for line in lines]
    return shared.index(max(shared)) + 1 if shared else 1
