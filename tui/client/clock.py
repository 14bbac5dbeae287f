"""The real time and chance of this machine; implements `core.ports.Clock`.

Invariant: the only place of the program that reads a clock for the engine, the store and the folders.
"""

from __future__ import annotations

import asyncio
import random
import time
import uuid

from tui.core.ids import Millis


class SystemClock:
    def now(self) -> Millis:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        return time.monotonic()

    def random(self) -> float:
        return random.random()  # noqa: S311 - jitter, no secret

    def new_id(self) -> str:
        return uuid.uuid4().hex

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
