"""A clock that the test moves; implements `core.ports.Clock`."""

from __future__ import annotations

import asyncio

from tui.core.ids import Millis


class FakeClock:
    """Stands still until `advance`; `sleep` returns as soon as its time has been reached."""

    def __init__(self, now: Millis = 1_800_000_000_000) -> None:
        self._now = now
        self._monotonic = 1_000.0
        self._ids = 0
        self.chance = 0.5

    def now(self) -> Millis:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def random(self) -> float:
        return self.chance

    def new_id(self) -> str:
        self._ids += 1
        return f"{self._ids:032x}"

    def advance(self, seconds: float) -> None:
        self._monotonic += seconds
        self._now += round(seconds * 1000)

    async def sleep(self, seconds: float) -> None:
        due = self._monotonic + seconds
        while self._monotonic < due:
            await asyncio.sleep(0.001)
