"""A guard for hostile input: what runs under it ends within so much of the processor's time. A busy machine is no fault, a slow way is."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def must_end(seconds: float) -> Iterator[None]:
    """Fail when the body takes more than `seconds` of the processor. Only in the main thread, where signals are heard (POSIX)."""

    def stop(_: int, __: FrameType | None) -> None:
        raise AssertionError(f"this takes more than {seconds:g} s of the processor")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0.0)
        signal.signal(signal.SIGPROF, before)
