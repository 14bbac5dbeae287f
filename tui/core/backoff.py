"""How long to wait before trying again: 1, 2, 4 … 60 seconds, with full jitter.

Invariant: the chance comes in from outside; a thousand clients of one restarted server spread over the window
instead of knocking together.
"""

from __future__ import annotations

from collections.abc import Callable

FIRST = 1.0
LONGEST = 60.0
SHORTEST = 0.25


class Backoff:
    """`random` yields numbers in [0, 1)."""

    def __init__(self, random: Callable[[], float]) -> None:
        self._random = random
        self.attempt = 0

    def next_delay(self) -> float:
        """Seconds to wait now, between `SHORTEST` and the window of this attempt; widens the next window."""
        window = min(LONGEST, FIRST * 2.0 ** min(self.attempt, 32))
        self.attempt += 1
        return max(SHORTEST, window * self._random())

    def reset(self) -> None:
        """The line has been healthy: begin again with the shortest window."""
        self.attempt = 0
