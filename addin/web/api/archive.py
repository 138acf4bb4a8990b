"""The archive: everything, in one zip, out and in again."""

from typing import Any

from msgspec import Struct

from addin.actions.keep_archive.keep import export_archive, import_archive
from addin.web.api.table import RAW, ZIP, Says, Sends, Table
from addin.web.desk import desk

TABLE = Table("archive")


class RestoredOut(Struct, frozen=True, kw_only=True):
    """Count what an archive brought in."""

    contacts: int
    datasets: int
    meetings: int
    messages: int
    events: int


@TABLE.route("GET", "/export", "Tout le journal, en une archive", Says(200, "L’archive.", media=(ZIP,)))
def export_all() -> Any:
    """Give the zip of everything."""
    opened = desk()
    return Sends(export_archive(opened), media=ZIP, name=f"antiseche-{opened.clock().date().isoformat()}.zip")


@TABLE.route("POST", "/import", "Lire une archive dans un journal vide", Says(201, "L’archive est écrite.", RestoredOut), bodies={ZIP: RAW})
def import_all(body: bytes) -> Any:
    """Bring an archive into an empty logbook."""
    restored = import_archive(desk(), body)
    return Sends(RestoredOut(**{name: getattr(restored, name) for name in RestoredOut.__struct_fields__}), status=201)
