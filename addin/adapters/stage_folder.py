"""The shelf of stages kept in folders: ours, and over them the folder of the organisation."""

import os
import stat
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

from addin.core.errors import Failed, NotFound, reason
from addin.core.stage_reading import MAX_ATTACHMENT, STAGE_NAME, Layer, attachment_name, read_blanks, read_stage
from addin.core.stages import Fault, Stage

_TEXTS = (".toml", ".md")
_MAX_TEXT = 1024 * 1024

Signature = tuple[tuple[str, int, int, int], ...]
Reading = tuple[Signature, tuple[Stage, ...], tuple[Fault, ...]]


def packaged_templates() -> Path:
    """Give the folder of our stages: inside the package when it was installed from a wheel, beside it in a working copy."""
    package = Path(__file__).parent.parent
    shipped = package / "templates"
    return shipped if shipped.is_dir() else package.parent / "templates"


class StageFolder:
    """Provide the shelf (ports.Shelf) from `ours` and, when given, `theirs` laid over it; `theirs` may not exist yet.

    Files are read again when one of them changes, so an edit shows without a restart.
    """

    def __init__(self, ours: Path, theirs: Path | None = None) -> None:
        self._roots = (ours, theirs) if theirs is not None else (ours,)
        self._reading: Reading | None = None
        self._lock = threading.Lock()

    def stages(self) -> tuple[Stage, ...]:
        """Give the stages in order; what is at fault in them is left out."""
        return self._read()[1]

    def faults(self) -> tuple[Fault, ...]:
        """Tell what is wrong in both folders."""
        return self._read()[2]

    def attachment(self, stage: str, name: str) -> bytes:
        """Give the octets of a file to join, theirs first. Raise NotFound for an unknown stage or a name that is not declared."""
        declared = {file.name for known in self.stages() if known.id == stage for file in known.attachments}
        if name in declared and STAGE_NAME.fullmatch(stage) and attachment_name(name):
            for root in reversed(self._roots):
                folder = root / stage / "attachments"
                path = folder / name
                if _plain(root, folder) and _plain(root, path) and path.is_file() and path.stat().st_size <= MAX_ATTACHMENT:
                    return path.read_bytes()
        raise NotFound(f"Pièce jointe inconnue\u00a0: {name}.", where=stage)

    def _read(self) -> Reading:
        with self._lock:
            signature = tuple(sorted(entry for root in self._roots for entry in _signature(root)))
            if self._reading is None or self._reading[0] != signature:
                try:
                    self._reading = (signature, *_shelf(self._roots))
                except OSError as fault:
                    raise Failed(f"Les étapes ne peuvent pas être lues ({reason(fault)}).") from fault
            return self._reading


def _shelf(roots: Sequence[Path]) -> tuple[tuple[Stage, ...], tuple[Fault, ...]]:
    faults: list[Fault] = []
    sheets = []
    for root in roots:
        path = root / "blanks.toml"
        if path.is_file() and _plain(root, path):
            sheets.append((_where(roots, root, "blanks.toml"), _octets(path)))
    shared, found = read_blanks(sheets)
    faults += found
    names = {path.name for root in roots if root.is_dir() for path in root.iterdir() if path.name[:1].isdigit() and path.is_dir()}
    stages: dict[int, Stage] = {}
    for name in sorted(names, key=lambda name: (not (roots[0] / name).is_dir(), name)):
        layers = []
        for root in roots:
            if _plain(root, root / name):
                layers += [_layer(roots, root, name, faults)] if (root / name).is_dir() else []
            else:
                faults.append(_followed(_where(roots, root, name)))
        if not layers:
            continue
        stage, found = read_stage(name, layers, shared)
        faults += found
        if stage is None:
            continue
        if stage.number in stages:
            message = f"Le numéro {stage.number} est déjà celui de «\u00a0{stages[stage.number].id}\u00a0»\u00a0: prenez-en un autre."
            faults.append(Fault(file=layers[-1].where, line=0, message=message))
            continue
        stages[stage.number] = stage
    return tuple(stages[number] for number in sorted(stages)), tuple(faults)


def _where(roots: Sequence[Path], root: Path, name: str) -> str:
    """Name a file in a fault: ours from its stage on, theirs in full, since that is the one to mend."""
    return name if root is roots[0] else (root / name).as_posix()


def _layer(roots: Sequence[Path], root: Path, name: str, faults: list[Fault]) -> Layer:
    where = _where(roots, root, name)
    texts: dict[str, bytes] = {}
    sizes: dict[str, int] = {}
    for path in _files(root / name):
        if not _plain(root, path):
            faults.append(_followed(f"{where}/{path.name}"))
        elif path.suffix in _TEXTS and path.is_file():
            texts[path.name] = _octets(path)
    for path in _files(root / name / "attachments"):
        if path.is_file():
            if _plain(root, path):
                sizes[path.name] = path.stat().st_size
            else:
                faults.append(
                    Fault(file=f"{where}/attachments/{path.name}", line=0, message="Un lien vers un autre dossier n’est pas suivi.")
                )
    return Layer(where, texts, sizes)


def _octets(path: Path) -> bytes:
    """Read at most one octet more than the bound: what is longer is refused as too big by the reader."""
    with path.open("rb") as file:
        return file.read(_MAX_TEXT + 1)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith(".")) if folder.is_dir() else []


def _plain(root: Path, path: Path) -> bool:
    """Tell whether a path, links resolved, stays inside its root. A loop of links does not (RuntimeError up to Python 3.12)."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False


def _followed(file: str) -> Fault:
    return Fault(file=file, line=0, message="Un lien vers un autre dossier n’est pas suivi.")


def _signature(root: Path) -> Iterable[tuple[str, int, int, int]]:
    """Give path, time, size and kind of all that may count below a root, two folders deep: enough to notice an edit."""
    waiting = [(root, 0)]
    while waiting:
        folder, depth = waiting.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        for entry in entries:
            try:
                found = entry.stat()
            except OSError:
                continue
            yield entry.path, found.st_mtime_ns, found.st_size, stat.S_IFMT(found.st_mode)
            if stat.S_ISDIR(found.st_mode) and depth < 2:
                waiting.append((Path(entry.path), depth + 1))
