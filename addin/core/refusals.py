"""What can go wrong with a mail on its way, by what it means for the next step. The words are French, for the user."""

from addin.core.errors import Failed


class Refused(Failed):
    """Say that the server refused one mail and keeps nothing of it: for good, or (`permanent` false) for now."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.permanent = permanent


class Dropped(Failed):
    """Say that the connection is lost, or could not be made, before a mail was handed over whole: it can be tried on another one."""


class Unsure(Failed):
    """Say that the server went silent after the last byte of a mail: nobody can tell whether it took it (RFC 5321 §4.2.5)."""


class Blocked(Failed):
    """Say that nothing can leave before a person changes something: the password, the server's name, its certificate."""
