"""Lets a few requests through at a time, those that a person waits for first.

Invariant: never more than `width` are inside, never more than `width - reserved` of them background work; of
those that wait, people go before background work and older before newer.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import field

from tui.core.priority import in_background
from tui.core.values import dataclass


@dataclass(order=True, slots=True)
class _Waiter:
    background: bool
    number: int
    admitted: asyncio.Future[None] = field(compare=False)
    impatient: bool = field(default=False, compare=False)


class Gate:
    """`eager` requests start at once; up to `width` start when they have waited for `patience` seconds.

    With `eager=1` requests share one HTTP/1.1 connection as long as the answers come quickly.
    """

    def __init__(self, width: int = 6, *, reserved: int = 2, eager: int = 6, patience: float = 0.3) -> None:
        self.eager = eager
        self._width = width
        self._reserved = reserved
        self._patience = patience
        self._inside = 0
        self._background_inside = 0
        self._waiting: list[_Waiter] = []
        self._count = 0
        self._people = 0
        self._free = asyncio.Event()
        self._free.set()

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Waits for its turn; inside, the request may run."""
        background = in_background()
        self._count_people(not background)
        try:
            await self._enter(background)
            try:
                yield
            finally:
                self._leave(background)
        finally:
            self._count_people(-(not background))

    def _count_people(self, step: int) -> None:
        self._people += step
        if self._people:
            self._free.clear()
        else:
            self._free.set()

    async def make_way(self, seconds: float) -> None:
        """For what is large and patient: returns when no person waits for an answer, or after `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                await self._free.wait()
        except TimeoutError:
            return

    async def _enter(self, background: bool) -> None:
        loop = asyncio.get_running_loop()
        self._count += 1
        waiter = _Waiter(background, self._count, loop.create_future())
        heapq.heappush(self._waiting, waiter)
        self._admit()
        timer = loop.call_later(self._patience, self._lose_patience, waiter)
        try:
            await waiter.admitted
        except asyncio.CancelledError:
            self._give_up(waiter)
            raise
        finally:
            timer.cancel()

    def _give_up(self, waiter: _Waiter) -> None:
        if waiter in self._waiting:
            self._waiting.remove(waiter)
            heapq.heapify(self._waiting)
        elif waiter.admitted.done() and not waiter.admitted.cancelled():
            self._leave(waiter.background)

    def _lose_patience(self, waiter: _Waiter) -> None:
        waiter.impatient = True
        self._admit()

    def _leave(self, background: bool) -> None:
        self._inside -= 1
        self._background_inside -= background
        self._admit()

    def _admit(self) -> None:
        while self._waiting and self._may_start(self._waiting[0]):
            waiter = heapq.heappop(self._waiting)
            if waiter.admitted.done():
                continue
            self._inside += 1
            self._background_inside += waiter.background
            waiter.admitted.set_result(None)

    def _may_start(self, waiter: _Waiter) -> bool:
        if waiter.background and self._background_inside >= self._width - self._reserved:
            return False
        return self._inside < (self._width if waiter.impatient else min(self.eager, self._width))
