"""Backups of the data file: one a day, before the day's first change, and one before each migration."""

import glob
import os
from datetime import date
from pathlib import Path

from addin.adapters.tinydb_logbook.whole_file import make_folder, remove_stale, said_in_french, write_whole
from addin.core.errors import Failed


class Backups:
    """Keep dated copies of one data file in a folder: `<name>-YYYY-MM-DD.json`, the `keep` newest of them."""

    def __init__(self, data_file: Path, folder: Path, keep: int) -> None:
        if keep < 1:
            raise ValueError("keep at least one backup")
        self.folder = folder
        self._file = data_file
        self._keep = keep
        self._done: date | None = None

    def keep_day(self, day: date) -> None:
        """Copy the file as it stands, once a day, and let go of the oldest copies. Call it under the lock.

        Raise Failed when the copy cannot be made: a change without a backup is refused, for nobody would notice its lack.
        """
        if self._done == day:
            return
        if self._copy(self.folder / f"{self._file.stem}-{day:%Y-%m-%d}.json"):
            for old in self.dated()[self._keep :]:
                try:
                    old.unlink()
                except OSError as error:
                    raise said_in_french(error, old) from error
        self._done = day

    def keep_schema(self, schema: int, day: date) -> None:
        """Copy the file before a migration away from `schema`. These copies are kept for good. Raise Failed."""
        self._copy(self.folder / f"{self._file.stem}-{day:%Y-%m-%d}-schema-{schema}.json")

    def dated(self) -> list[Path]:
        """Give the daily copies, newest first."""
        pattern = glob.escape(self._file.stem) + "-" + "-".join(("[0-9]" * 4, "[0-9]" * 2, "[0-9]" * 2)) + ".json"
        return sorted(self.folder.glob(pattern), reverse=True)

    def _copy(self, target: Path) -> bool:
        if target.exists() or not self._file.exists():
            return False
        make_folder(self.folder)
        remove_stale(self.folder, f"{self._file.stem}-")
        try:
            handle = write_whole(target, self._file.read_bytes())
        except OSError as error:
            raise said_in_french(error, self._file) from error
        except Failed as error:
            raise Failed(f"La sauvegarde du jour n'a pas pu être faite, donc rien n'a été changé. {error}") from error
        if handle is not None:
            os.close(handle)
        return True
