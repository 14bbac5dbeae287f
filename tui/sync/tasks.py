"""Small ways of running coroutines together.

Invariant: nobody is left running: when one fails or ends first, the others are cancelled and awaited.
The error that comes out is the first one itself, never a group.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def together(*work: Coroutine[Any, Any, object]) -> None:
    """Runs all to their end; raises the first failure after cancelling the rest."""
    await _until(asyncio.FIRST_EXCEPTION, work)


async def first_of(*work: Coroutine[Any, Any, object]) -> None:
    """Runs all until one ends, however it ends; the rest is cancelled."""
    await _until(asyncio.FIRST_COMPLETED, work)


async def _until(when: str, work: tuple[Coroutine[Any, Any, object], ...]) -> None:
    tasks = [asyncio.ensure_future(one) for one in work]
    if not tasks:
        return
    try:
        done, _rest = await asyncio.wait(tasks, return_when=when)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in tasks:
        if task in done and not task.cancelled() and (error := task.exception()) is not None:
            raise error


async def at_most(seconds: float, work: Awaitable[T]) -> T | None:
    """The result of `work`, or None where it took longer; then it is cancelled."""
    try:
        return await asyncio.wait_for(work, seconds)
    except TimeoutError:
        return None


class Alarm:
    """Something to do for a loop that otherwise waits; ringing twice is ringing once."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        self._event.set()

    async def wait(self) -> None:
        """Returns when rung since the last wait."""
        await self._event.wait()
        self._event.clear()
