"""The pace of sending: never more than so many mails in any minute."""

from collections import deque
from collections.abc import Iterable

MINUTE = 60.0
_MARGIN = 0.01


class Pace:
    """Count the mails of the last minute. Instants are seconds on any clock that only goes forward; a `rate` of 0 sets no limit."""

    def __init__(self, rate: int, past: Iterable[float] = ()) -> None:
        self._rate = rate
        self._spent = deque(sorted(past), maxlen=rate or None)

    def free(self, now: float) -> int:
        """Give how many mails may leave at once, at most 1,000."""
        if not self._rate:
            return 1000
        return self._rate - sum(1 for instant in self._spent if now - instant < MINUTE)

    def delay(self, now: float) -> float:
        """Give the seconds until the next mail may leave."""
        return 0.0 if self.free(now) > 0 else max(0.0, self._spent[0] + MINUTE - now) + _MARGIN

    def spend(self, now: float) -> None:
        """Count one mail."""
        if self._rate:
            self._spent.append(now)
