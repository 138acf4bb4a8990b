"""The archive of a logbook: everything, loss-free, in one zip of JSON files that any program can read."""

import hashlib
import io
import re
import zipfile
import zlib
from datetime import datetime
from typing import Any, Final

import msgspec

from addin.core.book import SHELVES, Book
from addin.core.errors import BadInput
from addin.core.events import Event
from addin.core.organisation import Organisation

FORMAT: Final = "antiseche-archive"
VERSION: Final = 3
# far above any real logbook (2,000 events make about 1 MB), far below what a zip bomb unfolds
MOST_OCTETS: Final = 256 * 1024 * 1024
TABLES: Final[dict[str, Any]] = {
    "organisation.json": Organisation,
    **{f"{shelf}.json": list[kind] for kind, shelf in SHELVES.items()},  # type: ignore[valid-type]  # msgspec reads it at run time
    "events.json": list[Event],
}
SINCE: Final = {"batches.json": 2, "deliveries.json": 2, "calendar_entries.json": 2, "inbox_marks.json": 3}
"""The version that brought a file; an older archive does without."""
NOT_OURS: Final = "Ce fichier n’est pas une archive d’Antisèche."
CUT: Final = "Cette archive est abîmée ou incomplète\u00a0: reprenez-en une copie intacte. Rien n’a été écrit."
SEAL: Final = re.compile(rb"sha256:[0-9a-f]{64}")
SEAL_SIZE: Final = 71
"""The seal is the comment of the zip, its last octets: the sha256 of all that stands before it, names, dates and sizes included."""


class FileNote(msgspec.Struct, frozen=True):
    """Note the size (octets) and the sha256 (hex) of one file of the archive."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """Say what an archive holds and when it was made (UTC). `sealed`: it ends with a seal, without which it was cut or altered."""

    format: str
    version: int
    made: datetime
    files: dict[str, FileNote]
    sealed: bool = False


def pack(book: Book, *, now: datetime) -> bytes:
    """Give the zip of a raw book (what was undone included). The same book at the same instant gives the same octets."""
    tables: dict[str, Any] = {
        "organisation.json": book.organisation,
        **{f"{shelf}.json": list(getattr(book, shelf).values()) for shelf in SHELVES.values()},
        "events.json": list(book.events),
    }
    files = {name: msgspec.json.format(msgspec.json.encode(value), indent=1) for name, value in tables.items()}
    notes = {name: FileNote(len(octets), hashlib.sha256(octets).hexdigest()) for name, octets in files.items()}
    manifest = msgspec.json.format(msgspec.json.encode(Manifest(FORMAT, VERSION, now, notes, sealed=True)), indent=1)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, octets in {"manifest.json": manifest, **files}.items():
            entry = zipfile.ZipInfo(name, (now.year, now.month, now.day, now.hour, now.minute, now.second))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, octets)
        archive.comment = b"sha256:" + b"0" * 64  # its place: the comment's own length is under the seal too
    raw = out.getvalue()[:-SEAL_SIZE]
    return raw + _seal(raw)


def _seal(raw: bytes) -> bytes:
    return b"sha256:" + hashlib.sha256(raw).hexdigest().encode()


def _open(raw: bytes) -> dict[str, bytes]:
    if SEAL.fullmatch(raw[-SEAL_SIZE:]) and _seal(raw[:-SEAL_SIZE]) != raw[-SEAL_SIZE:]:
        raise BadInput(CUT)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = {entry.filename: entry for entry in archive.infolist()}
            if "manifest.json" not in entries or len(entries) > 2 * len(TABLES):
                raise BadInput(NOT_OURS)
            if sum(entry.file_size for entry in entries.values()) > MOST_OCTETS:
                raise BadInput("Cette archive est trop grosse pour être un journal d’Antisèche.")
            return {name: archive.read(entry) for name, entry in entries.items() if name in TABLES or name == "manifest.json"}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, zlib.error) as error:
        # the first octets of a zip: it was one, and is no longer whole
        raise BadInput(CUT if raw.startswith(b"PK\x03\x04") else NOT_OURS) from error


def unpack(raw: bytes) -> Book:
    """Read an archive. Raise BadInput when it is not ours, is of a later version, is incomplete or was altered."""
    files = _open(raw)
    try:
        manifest = msgspec.json.decode(files["manifest.json"], type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadInput(NOT_OURS) from error
    if manifest.format != FORMAT:
        raise BadInput(NOT_OURS)
    if manifest.version > VERSION:
        raise BadInput(f"Cette archive (version {manifest.version}) vient d’une version plus récente d’Antisèche.")
    if manifest.sealed and not SEAL.fullmatch(raw[-SEAL_SIZE:]):
        raise BadInput(CUT)
    tables: dict[str, Any] = {}
    for name, kind in TABLES.items():
        if manifest.version < SINCE.get(name, 1):
            tables[name] = []
            continue
        note, octets = manifest.files.get(name), files.get(name)
        if note is None or octets is None or hashlib.sha256(octets).hexdigest() != note.sha256:
            raise BadInput(f"L’archive est abîmée\u00a0: {name} manque ou a changé.", where=name)
        try:
            tables[name] = msgspec.json.decode(octets, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise BadInput(f"L’archive est abîmée\u00a0: {name} ne se lit pas.", where=name) from error
    shelves = {shelf: {record.id: record for record in tables[f"{shelf}.json"]} for shelf in SHELVES.values()}
    return Book(organisation=tables["organisation.json"], events=tuple(tables["events.json"]), **shelves)
