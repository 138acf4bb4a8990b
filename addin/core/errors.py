"""What can go wrong, said in French to the person who can mend it."""


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
