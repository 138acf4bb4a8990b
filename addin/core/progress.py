"""Progress: how far each stage is, as French sentences."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from addin.core.book import Book
from addin.core.stages import Stage


class StageProgress(Struct, frozen=True, kw_only=True):
    """Tell how far one stage is: `done` in sentences, `next` the one thing to do now ("" when nothing is left)."""

    stage: str
    number: int
    title: str
    state: Literal["à faire", "en cours", "fait"]
    done: tuple[str, ...] = ()
    next: str = ""


def stage_progress(book: Book, stages: Sequence[Stage], *, today: date) -> tuple[StageProgress, ...]:
    """Tell the progress of each stage, in their order, on the local date `today`."""
    raise NotImplementedError
