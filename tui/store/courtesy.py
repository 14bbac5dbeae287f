"""Whoever writes gives way to the person for a moment.

Threads share one interpreter: while messages rush in, each key would wait for some rows to be written first.
So whoever hears a key asks for way, and the writer rests between two rows.

Invariant: at most `GRANT` of each `ROUND` seconds are granted, so the writer always goes on.
"""

from __future__ import annotations

import time
from collections.abc import Callable

GRANT, ROUND = 0.012, 0.03
"""Seconds: as long as a key takes to be drawn, and how soon the next one may ask."""
STEP = 0.002


class Courtesy:
    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._asked = -ROUND

    def ask(self) -> None:
        """The person did something; any thread, never waits."""
        now = self._clock()
        if now - self._asked >= ROUND:
            self._asked = now

    def give_way(self) -> None:
        """Waits out what was granted; for the thread that writes."""
        while self._clock() - self._asked < GRANT:
            self._sleep(STEP)
