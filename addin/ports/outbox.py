"""Where mails leave, and the steps of a sending."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Protocol

from addin.core.errors import Failed


class Sender(Protocol):
    """An open connection through which mails leave, one after the other."""

    def send(self, sender: str, recipient: str, raw: bytes) -> None:
        """Hand over one mail (CRLF, headers and body) to one address; return once the other side has taken it.

        Raise Refused (this mail only), Dropped (the connection is gone, the mail did not leave), Unsure (it may have left),
        Blocked (nothing can leave), BadInput (an address or a mail that cannot be written on the wire).
        """
        ...


class Outbox(Protocol):
    """Where mails leave. `sends` is false when they are only prepared, for the user to send."""

    @property
    def sends(self) -> bool:
        """Tell whether mails really leave."""
        ...

    def fault(self) -> str:
        """Say in French what is missing before anything can leave, or nothing. Quick: no network."""
        ...

    def open(self) -> AbstractContextManager[Sender]:
        """Open one connection for many mails. Raise Dropped when it cannot be made now, Blocked when a person must change something."""
        ...


@dataclass(frozen=True)
class Steps:
    """Say which mails (ids) were begun and which were taken, as far as is known; `whole` when no step can be missing."""

    begun: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()
    whole: bool = False


class Trail(Protocol):
    """The steps of a sending, mail by mail, that outlive its process: they settle what a crash left open. One process walks at a time.

    `place` names the machine: a lease taken there by a process that is gone need not be waited for.
    """

    @property
    def place(self) -> str:
        """Name this machine."""
        ...

    def alone(self) -> AbstractContextManager[bool]:
        """Hold the right to send; give False when another process has it. Freed when the process dies."""
        ...

    def clear(self) -> None:
        """Begin a new trail. Raise Failed when it cannot be written."""
        ...

    def begin(self, delivery: str) -> None:
        """Note that a mail is about to be handed over. Raise Failed when it cannot be written."""
        ...

    def finish(self, delivery: str) -> None:
        """Note that the other side has taken it. Never raises."""
        ...

    def steps(self) -> Steps:
        """Read the trail that was left."""
        ...


class NoOutbox:
    """Stand where nothing can leave."""

    sends = False

    def fault(self) -> str:
        """Say so."""
        return "Rien ne peut être envoyé d’ici."

    def open(self) -> AbstractContextManager[Sender]:
        """Raise Failed."""
        raise Failed(self.fault())


class NoTrail:
    """Leave no steps: after a crash every mail that was begun is unsure."""

    place = ""

    def alone(self) -> AbstractContextManager[bool]:
        """Let everybody through."""
        return nullcontext(True)

    def clear(self) -> None:
        """Do nothing."""

    def begin(self, delivery: str) -> None:
        """Do nothing."""

    def finish(self, delivery: str) -> None:
        """Do nothing."""

    def steps(self) -> Steps:
        """Know nothing."""
        return Steps()
