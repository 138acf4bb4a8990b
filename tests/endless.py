"""A guard for hostile input: what runs under it ends, or fails. It bounds processor time, not the clock: a busy machine is no fault."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SECONDS = 60.0
"""Hundreds of times what any of these tests needs: only a loop without end, or a cost that explodes, gets there."""


@contextmanager
def must_end() -> Iterator[None]:
    """Fail when the body takes a minute of the processor. Only in the main thread, where signals are heard (POSIX)."""

    def stop(_: int, __: FrameType | None) -> None:
        raise AssertionError("this does not end")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0.0)
        signal.signal(signal.SIGVTALRM, before)
