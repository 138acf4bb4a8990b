"""Remember what was typed in a letter and is asked only once: the blanks that the profile gives to every letter."""

from collections.abc import Mapping

from addin.actions.edit_records import save_organisation
from addin.core.stages import Letter
from addin.ports.desk import Desk

SOURCE = "organisation."


def remember_blanks(desk: Desk, letter: Letter, given: Mapping[str, str]) -> tuple[str, ...]:
    """Put in the profile the values typed for its blanks, where it had none. Give the names of the fields filled.

    A value that the profile already holds is left alone: what was typed then is meant for this letter only. Raise BadInput.
    """
    profile = desk.logbook.read().organisation
    typed = {
        blank.source.removeprefix(SOURCE): given[blank.name].strip()
        for blank in letter.blanks
        if blank.source.startswith(SOURCE) and given.get(blank.name, "").strip()
    }
    new = {name: value for name, value in typed.items() if not getattr(profile, name, True)}
    if new:
        save_organisation(desk, new)
    return tuple(new)
