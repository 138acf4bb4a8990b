"""What can go wrong, said in French to the person who can mend it."""

import errno


class BadInput(Exception):
    """Carry one clear French sentence about an input that was refused; nothing was written.

    `where` names the place (a field, a file, a line) when there is one.
    """

    def __init__(self, message: str, *, where: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where


class NotFound(BadInput):
    """Say that the thing asked for (an id, a stage, a letter) is not there."""


class Failed(Exception):
    """Carry one French sentence about something outside that failed (disk full, unreadable file)."""


_REASONS = {
    errno.ENOENT: "ce dossier ou ce fichier n’existe pas",
    errno.EACCES: "l’accès est refusé",
    errno.EPERM: "l’accès est refusé",
    errno.EROFS: "ce disque ne s’ouvre qu’en lecture",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.ENOTDIR: "un des dossiers du chemin est un fichier",
    errno.EISDIR: "c’est un dossier",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "le quota de disque est atteint",
    errno.EFBIG: "le fichier serait trop gros",
    errno.ENAMETOOLONG: "ce nom est trop long",
    errno.ELOOP: "trop de liens se suivent",
    errno.EMFILE: "trop de fichiers sont ouverts",
    errno.EIO: "le disque ne répond pas comme il faut",
    errno.EADDRINUSE: "un autre programme s’en sert",
    errno.EADDRNOTAVAIL: "cette adresse n’est pas celle de cette machine",
}


def reason(error: OSError) -> str:
    """Say in French why the system refused, in words that follow a colon; an unlisted reason keeps its name in capitals (ENODEV)."""
    return _REASONS.get(error.errno or 0) or f"le système a refusé ({errno.errorcode.get(error.errno or 0, type(error).__name__)})"
