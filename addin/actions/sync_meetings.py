"""Keep the référent's own calendar in step with the meetings, read back the answers, and let the server invite where it does."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from msgspec import Struct

from addin.actions.calendar_round import Round, Trouble
from addin.core.book import current
from addin.core.calendar_settings import Inviter
from addin.core.errors import BadInput, Failed, NotFound
from addin.core.inviters import inviter_of
from addin.core.refusals import Blocked, Dropped, Unsure
from addin.ports.desk import Desk

_PATIENCE: Final = 20.0


class Synced(Struct, frozen=True, kw_only=True):
    """Say what a round did: objects put and removed, people told by the server, answers read.

    `waiting` are the meetings (ids) that the server would tell people about: that needs the click that invites. `fault` says why the
    round stopped (empty when it did not).
    """

    put: int = 0
    removed: int = 0
    told: int = 0
    answers: int = 0
    waiting: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    fault: str = ""
    words: str = ""


def who_invites(desk: Desk, meeting: str = "") -> Inviter:
    """Say who tells the people invited to a meeting (id), or, without one, to the next meeting that the référent calls."""
    book = current(desk.logbook.read())
    found = book.meetings.get(meeting)
    return inviter_of(found, book) if found else book.organisation.calendar.inviter(book.organisation.referent_email)


def sync_meetings(desk: Desk, meetings: Sequence[str] = (), *, invite: bool = False, restore: bool = False) -> Synced:
    """Bring the calendar in step with these meetings (ids), by default with all that are to come.

    Nobody is told anything unless `invite` is said, and then by the server only, where it does that. `restore` puts back what somebody
    deleted in the calendar. Raise NotFound for an unknown meeting, BadInput when no calendar is chosen, Failed when a sending goes on.
    What goes wrong on the way is told in the result: the rest is done all the same.
    """
    if fault := desk.calendar.fault():
        raise BadInput(fault, where="calendar")
    known = desk.logbook.read().meetings
    if any(key not in known for key in meetings):
        raise NotFound("Cette réunion n’est pas dans le journal.", where="meetings")
    with _turn(desk):
        work, fault = Round(desk, invite=invite, restore=restore), ""
        try:
            work.run(tuple(dict.fromkeys(meetings)))
        except (Dropped, Blocked, Unsure) as failed:
            fault = str(failed)
    return Synced(
        put=work.put,
        removed=work.removed,
        told=work.told,
        answers=work.answers,
        waiting=tuple(work.waiting),
        warnings=tuple(dict.fromkeys(work.warnings)),
        troubles=tuple(work.troubles),
        fault=fault,
        words=_words(work, fault),
    )


@contextmanager
def _turn(desk: Desk) -> Iterator[None]:
    """Wait for the right to send: the server may invite, and two rounds at once would tell people twice."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        with desk.trail.alone() as mine:
            if mine:
                yield
                return
        if time.monotonic() > deadline:
            raise Failed("Un envoi est en cours\u00a0: réessayez quand il sera fini.")
        time.sleep(0.2)


def _words(work: Round, fault: str) -> str:
    """Say "3 réunions écrites dans l'agenda, 2 réponses lues."."""

    def some(count: int, one: str, many: str) -> str:
        return f"{count} {many if count > 1 else one}" if count else ""

    parts = [
        some(work.put, "réunion écrite dans l’agenda", "réunions écrites dans l’agenda"),
        some(work.removed, "réunion retirée", "réunions retirées"),
        some(work.told, "message envoyé par le serveur", "messages envoyés par le serveur"),
        some(work.answers, "réponse lue", "réponses lues"),
        some(len(work.waiting), "réunion dont les invitations attendent votre clic", "réunions dont les invitations attendent votre clic"),
        some(len(work.troubles), "difficulté", "difficultés"),
    ]
    told = ", ".join(part for part in parts if part)
    return f"{fault} {told}.".strip() if fault and told else fault or (f"{told}." if told else "L’agenda est à jour.")
