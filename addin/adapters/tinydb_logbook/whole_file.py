"""Write a file whole or not at all, durably, and say in French why it could not be done."""

import contextlib
import errno
import glob
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from addin.core.errors import Failed

WINDOWS = sys.platform == "win32"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_PAUSES = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
"""Seconds between the tries of a rename that Windows refuses while an antivirus or a file-sync tool has the file open."""


def said_in_french(error: OSError, path: Path) -> Failed:
    """Turn what the system refused about `path` into the one French line that a person can act on."""
    name = f"«\u00a0{path}\u00a0»"
    if error.errno in _FULL:
        return Failed(f"Le disque est plein\u00a0: rien n'a été écrit, les données sont restées telles quelles ({name}).")
    if error.errno in _DENIED:
        return Failed(f"L'accès à {name} est refusé\u00a0: vérifiez les droits de ce fichier et de son dossier.")
    if error.errno in {errno.EISDIR, errno.ENOTDIR}:
        return Failed(f"{name} devrait être un fichier dans un dossier\u00a0: vérifiez l'emplacement des données.")
    if error.errno in {errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS}:
        return Failed(f"Le disque de {name} ne sait pas réserver un fichier\u00a0: mettez les données sur un disque local.")
    return Failed(f"Le système a refusé {name} (erreur {error.errno}\u00a0: {errno.errorcode.get(error.errno or 0, 'inconnue')}).")


def make_folder(folder: Path) -> None:
    """Make a folder and its parents when missing, durably, for its owner alone (0700). Raise Failed."""
    if folder.is_dir():
        return
    try:
        if not folder.parent.exists():
            make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(folder.parent)
    except OSError as error:
        raise said_in_french(error, folder) from error


def take_owner_of_folder(handle: int, path: Path) -> None:
    """Give a file made by root to the owner of its folder, so that the service of that owner can still open it."""
    if WINDOWS or os.geteuid() != 0:
        return
    folder = path.parent.stat()
    if (folder.st_uid, folder.st_gid) != (0, 0):
        os.fchown(handle, folder.st_uid, folder.st_gid)


def write_whole(path: Path, data: bytes, *, before_rename: Callable[[], None] | None = None) -> int | None:
    """Replace `path` by `data` (bytes): after a crash at any instant it holds the old bytes or the new ones, never a mix.

    The order is: temporary file in the same folder, all the bytes, fsync, rename, fsync of the folder. Owner and mode of
    a file that is replaced stay; a new one is for its owner alone (0600). `before_rename` may raise to give up.
    Give the open descriptor of the new file, for the caller to close (None on Windows, which could not replace an open file).
    Raise Failed; nothing is then changed and no temporary file stays.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise said_in_french(error, path) from error
    still_open = True
    try:
        _keep_owner_and_mode(handle, path)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
        if before_rename is not None:
            before_rename()
        if WINDOWS:
            still_open = False
            os.close(handle)
        _rename(Path(name), path)
        _sync_folder(path.parent)
    except BaseException as error:
        if still_open:
            os.close(handle)
        with contextlib.suppress(OSError):
            Path(name).unlink()
        if isinstance(error, OSError):
            raise said_in_french(error, path) from error
        raise
    return handle if still_open else None


def remove_stale(folder: Path, name: str) -> None:
    """Remove the temporary files that a killed writer left behind, of files whose name starts so. Call it under the lock."""
    for stale in folder.glob(f".{glob.escape(name)}*.tmp"):
        with contextlib.suppress(OSError):
            stale.unlink()


def _keep_owner_and_mode(handle: int, path: Path) -> None:
    if WINDOWS:
        return
    try:
        old = path.stat()
    except FileNotFoundError:
        take_owner_of_folder(handle, path)
        return
    os.fchmod(handle, old.st_mode & 0o777)
    mine = os.fstat(handle)
    if (mine.st_uid, mine.st_gid) != (old.st_uid, old.st_gid):
        with contextlib.suppress(PermissionError):
            os.fchown(handle, old.st_uid, old.st_gid)


def _rename(temporary: Path, path: Path) -> None:
    for pause in _PAUSES if WINDOWS else ():
        try:
            temporary.replace(path)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    temporary.replace(path)


def _sync_folder(folder: Path) -> None:
    if WINDOWS:
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:  # a few file systems cannot sync a folder
            raise
    finally:
        os.close(handle)
