"""A clock that runs many times faster than the wall's, and can be set; implements `core.ports.Clock`."""

from __future__ import annotations

import asyncio
import time
import uuid

from tui.core.ids import Millis

START: Millis = 1_800_000_000_000


class QuickClock:
    """`speed` of its seconds pass in one of ours."""

    def __init__(self, speed: float = 20.0) -> None:
        self._speed = speed
        self._begun = time.monotonic()
        self._wall_offset = 0.0
        self.chance = 0.5

    def now(self) -> Millis:
        return START + round((self.monotonic() + self._wall_offset) * 1000)

    def monotonic(self) -> float:
        return (time.monotonic() - self._begun) * self._speed

    def random(self) -> float:
        return self.chance

    def new_id(self) -> str:
        return uuid.uuid4().hex

    def jump(self, seconds: float) -> None:
        """The wall clock is set; the monotonic one does not notice."""
        self._wall_offset += seconds

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self._speed)
