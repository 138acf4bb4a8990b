"""Read a stage from the texts of its folder, ours alone or with the organisation's laid over it.

A piece at fault in the upper layer is left out and told: ours then stands as if the upper one were not there.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from msgspec import Struct

from addin.core.errors import BadInput
from addin.core.letters import write_letter
from addin.core.prose.source import check
from addin.core.stage_entries import NOT_LETTERS, merged, read_blank, read_head, read_link, read_meeting, settled
from addin.core.stage_sheet import Entry, Sheet, decode, read_sheet
from addin.core.stages import Attachment, Blank, Fault, Letter, Stage

STAGE_NAME = re.compile(r"([1-9]\d?)-[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_ATTACHMENT = 20 * 1024 * 1024
_BAD_LINK = re.compile(r"\]\(\s*<?\s*((?!https?:|mailto:)[a-z][a-z0-9+.-]*\s*:[^)\s]*|//[^)\s]*)", re.IGNORECASE)
_MEDIA = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Layer(Struct, frozen=True):
    """Hold one folder of a stage: `where` names it in the faults, `texts` its .toml and .md files, `sizes` its attachments in octets."""

    where: str
    texts: Mapping[str, bytes]
    sizes: Mapping[str, int] = {}


def attachment_name(name: str) -> bool:
    """Tell whether a name can be that of a file to join: one plain name, no folder, not hidden."""
    return bool(re.fullmatch(r"[^\x00-\x1f/\\:*?\"<>|]{1,120}", name)) and not name.startswith(".") and name.strip() == name


def read_blanks(sheets: Iterable[tuple[str, bytes]]) -> tuple[dict[str, Blank], tuple[Fault, ...]]:
    """Read the shared blanks from sheets (file name, octets), a later one laid over the earlier."""
    faults: list[Fault] = []
    layers = []
    for file, raw in sheets:
        sheet, found = read_sheet(file, raw, ("blanks",))
        faults += found
        layers.append(sheet)
    return {blank.name: blank for blank in settled("blanks", layers, read_blank, faults)}, tuple(faults)


def read_stage(name: str, layers: Sequence[Layer], shared: Mapping[str, Blank]) -> tuple[Stage | None, tuple[Fault, ...]]:
    """Read the stage whose folder is `name` from its layers, lowest first, with the blanks that all stages share.

    Give None for the stage when it has no usable title, goal or letter. Faults name the file and the line, in French.
    """
    number = STAGE_NAME.fullmatch(name)
    if not number:
        message = "Un dossier d’étape s’appelle par exemple «\u00a07-bilan\u00a0»\u00a0: un nombre, un tiret, un mot sans accent."
        return None, (Fault(file=layers[-1].where if layers else name, line=0, message=message),)
    return _Assembly(name, int(number[1]), layers, shared).stage()


class _Assembly:
    def __init__(self, name: str, number: int, layers: Sequence[Layer], shared: Mapping[str, Blank]) -> None:
        self._name, self._number, self._layers, self._shared = name, number, layers, shared
        self._faults: list[Fault] = []
        self._used: set[str] = set()

    def stage(self) -> tuple[Stage | None, tuple[Fault, ...]]:
        sheets = [self._sheet(layer) for layer in self._layers]
        words = self._words(sheets)
        own = settled("blanks", sheets, read_blank, self._faults)
        blanks = {**self._shared, **{blank.name: blank for blank in own}}
        files = self._attachments(sheets)
        letters = self._letters(sheets, blanks, files)
        self._unused(sheets)
        where = self._layers[0].where
        if not any(letter.id == "letter" for letter in letters):
            self._tell(f"{where}/letter.md", 0, "Cette étape n’a pas de courrier principal utilisable (letter.md).")
        if not words.get("title") or not words.get("goal") or not letters:
            return None, tuple(self._faults)
        stage = Stage(
            id=self._name,
            number=self._number,
            title=str(words["title"]),
            goal=str(words["goal"]),
            audience=str(words.get("audience", "")),
            guide=self._guide(),
            todo=tuple(cast("list[str]", words.get("todo", []))),
            letters=tuple(letters),
            links=tuple(settled("links", sheets, read_link, self._faults)),
            meetings=tuple(settled("meetings", sheets, read_meeting, self._faults)),
            attachments=tuple(files.values()),
        )
        return stage, tuple(self._faults)

    def _sheet(self, layer: Layer) -> Sheet:
        file = f"{layer.where}/stage.toml"
        if "stage.toml" not in layer.texts:
            if layer is self._layers[0]:
                self._tell(file, 0, "Il manque le fichier stage.toml.")
            return Sheet(Entry(file, 0, {}), {})
        sheet, faults = read_sheet(file, layer.texts["stage.toml"])
        self._faults += faults
        return sheet

    def _words(self, sheets: Sequence[Sheet]) -> dict[str, object]:
        words: dict[str, object] = {}
        for sheet in sheets:
            for key, value in sheet.words.values.items():
                if key in ("title", "goal") and not str(value).strip():
                    self._tell(sheet.words.file, sheet.words.line_of(key), f"«\u00a0{key}\u00a0» est vide.")
                else:
                    words[key] = value
        for key in ("title", "goal"):
            if key not in words and "stage.toml" in self._layers[0].texts:
                self._tell(sheets[0].words.file, 0, f"Il manque «\u00a0{key}\u00a0».")
        return words

    def _guide(self) -> str:
        for layer in reversed(self._layers):
            if "guide.md" in layer.texts:
                text, faults = decode(f"{layer.where}/guide.md", layer.texts["guide.md"])
                self._faults += faults
                if not faults:
                    return text
        return ""

    def _attachments(self, sheets: Sequence[Sheet]) -> dict[str, Attachment]:
        files: dict[str, Attachment] = {}
        for entry in merged("attachments", sheets):
            name = str(entry.values["name"])
            size = next((layer.sizes[name] for layer in reversed(self._layers) if name in layer.sizes), None)
            if not attachment_name(name):
                self._tell(
                    entry.file, entry.line_of("name"), f"«\u00a0{name}\u00a0» n’est pas le nom simple d’un fichier du dossier attachments."
                )
            elif size is None:
                self._tell(entry.file, entry.line, f"La pièce jointe «\u00a0{name}\u00a0» n’est pas dans le dossier attachments.")
            elif size > MAX_ATTACHMENT:
                self._tell(entry.file, entry.line, f"La pièce jointe «\u00a0{name}\u00a0» dépasse 20\u00a0Mo.")
            else:
                media = _MEDIA.get(name.rpartition(".")[2].lower(), "application/octet-stream")
                files[name] = Attachment(name=name, type=media, size=size, title=str(entry.values.get("title", "")))
        return files

    def _letters(self, sheets: Sequence[Sheet], blanks: Mapping[str, Blank], files: Mapping[str, Attachment]) -> list[Letter]:
        declared = {entry.values["name"] for entry in merged("attachments", sheets)}
        letters = []
        known = set()
        for entry in settled("letters", sheets, read_head, self._faults):
            name = str(entry.values["id"])
            known.add(name)
            for joined in cast("list[str]", entry.values.get("attachments", [])):
                if joined not in declared:
                    self._tell(
                        entry.file,
                        entry.line_of("attachments"),
                        f"La pièce jointe «\u00a0{joined}\u00a0» n’est pas déclarée dans [[attachments]].",
                    )
            letter = self._letter(name, entry, sheets, blanks, files)
            if letter:
                letters.append(letter)
        for layer in self._layers:
            for file in sorted(layer.texts):
                name = file.removesuffix(".md")
                if file.endswith(".md") and name not in known and name not in NOT_LETTERS:
                    self._tell(f"{layer.where}/{file}", 0, "Ce courrier n’est pas déclaré dans [[letters]] de stage.toml.")
        return letters

    def _letter(
        self, name: str, head: Entry, sheets: Sequence[Sheet], blanks: Mapping[str, Blank], files: Mapping[str, Attachment]
    ) -> Letter | None:
        subject = self._first_good(
            [
                (str(entry.values["subject"]), entry.file, entry.line_of("subject"))
                for sheet in reversed(sheets)
                if (entry := sheet.entries.get("letters", {}).get((name,))) and "subject" in entry.values
            ],
            blanks,
        )
        bodies = []
        for layer in reversed(self._layers):
            file = f"{name}.md"
            if file in layer.texts:
                text, faults = decode(f"{layer.where}/{file}", layer.texts[file])
                self._faults += faults
                if not faults and not text.strip():
                    self._tell(f"{layer.where}/{file}", 0, "Ce courrier est vide.")
                elif not faults:
                    bodies.append((text, f"{layer.where}/{file}", 0))
        if not any(f"{name}.md" in layer.texts for layer in self._layers):
            self._tell(head.file, head.line, f"Il manque le fichier {name}.md.")
        body = self._first_good(bodies, blanks)
        if subject is None or body is None:
            return None
        names = dict.fromkeys((*check(body, list(blanks.values())).names, *check(subject, list(blanks.values())).names))
        return Letter(
            id=name,
            title=str(head.values["title"]),
            subject=subject,
            body=body,
            when=str(head.values.get("when", "")),
            blanks=tuple(blanks[key] for key in names),
            attachments=tuple(file for file in cast("list[str]", head.values.get("attachments", [])) if file in files),
        )

    def _first_good(self, sources: Sequence[tuple[str, str, int]], blanks: Mapping[str, Blank]) -> str | None:
        """Give the uppermost source without fault; tell the faults of those above it. All are read, for the blanks that they use."""
        good: str | None = None
        for source, file, line in sources:
            reading = check(source, list(blanks.values()))
            self._used.update(reading.names)
            if good is not None:
                continue
            remarks = [(remark.line, remark.message) for remark in reading.remarks] or _tried(
                source, [blanks[name] for name in reading.names], bool(line)
            )
            for at, message in remarks:
                self._tell(file, line or at, message[0].upper() + message[1:])
            if not remarks:
                good = source
        return good

    def _unused(self, sheets: Sequence[Sheet]) -> None:
        for sheet in sheets:
            for entry in sheet.entries.get("blanks", {}).values():
                if entry.values["name"] not in self._used:
                    self._tell(
                        entry.file, entry.line, f"Le champ «\u00a0{entry.values['name']}\u00a0» ne sert dans aucun courrier de l’étape."
                    )

    def _tell(self, file: str, line: int, message: str) -> None:
        self._faults.append(Fault(file=file, line=line, message=message))


def _tried(source: str, blanks: Sequence[Blank], is_subject: bool) -> list[tuple[int, str]]:
    """Write a source once with the examples of its blanks and once with nothing; say what went wrong, with its line when it is known."""
    bad = _BAD_LINK.search(source)
    if bad:
        return [
            (
                source.count("\n", 0, bad.start()) + 1,
                f"Lien refusé\u00a0: «\u00a0{bad[1]}\u00a0». Un lien commence par https://, http:// ou mailto:.",
            )
        ]
    if is_subject and "\n" in source.strip():
        return [(1, "Un objet tient sur une seule ligne.")]
    letter = Letter(id="", title="", subject=source if is_subject else "", body="" if is_subject else source, blanks=tuple(blanks))
    stage = Stage(id="", number=0, title="", goal="")
    for values in ({blank.name: blank.example for blank in blanks}, {}):
        try:
            write_letter(stage, letter, values)
        except BadInput as fault:
            return [(0, fault.message)]
    return []
