"""Where the stages stand."""

from typing import Protocol

from addin.core.stages import Fault, Stage


class Shelf(Protocol):
    """Where the stages stand: ours, and over them the folder of the organisation."""

    def stages(self) -> tuple[Stage, ...]:
        """Give the six (or more) stages in order. A stage or letter that is at fault is left out, its fault told by `faults`."""
        ...

    def faults(self) -> tuple[Fault, ...]:
        """Tell what is wrong, file by file and line by line, in French."""
        ...

    def attachment(self, stage: str, name: str) -> bytes:
        """Give the bytes of a file to join. Raise NotFound."""
        ...
