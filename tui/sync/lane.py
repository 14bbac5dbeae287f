"""The way onto the net lane from any thread.

Invariant: nothing here waits. What is posted before the lane runs is kept and done first; what is posted
after it has ended is refused by a cancelled future, never lost in silence.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")


class Lane:
    """One asyncio loop, seen from outside."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._early: list[Callable[[], None]] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended = False
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Call on the lane's own loop: does what was posted early."""
        loop = asyncio.get_running_loop()
        with self._lock:
            self._loop, early, self._early = loop, self._early, []
        for work in early:
            loop.call_soon(work)

    def end(self) -> None:
        """Call on the lane's own loop: cancels what was submitted and is not done."""
        with self._lock:
            self._ended, self._loop, self._early = True, None, []
        for task in tuple(self._tasks):
            task.cancel()

    def post(self, work: Callable[[], None]) -> bool:
        """Runs `work` on the lane soon; False where the lane has ended."""
        with self._lock:
            if self._ended:
                return False
            if self._loop is None:
                self._early.append(work)
                return True
            loop = self._loop
        try:
            loop.call_soon_threadsafe(work)
        except RuntimeError:
            return False
        return True

    def submit(self, work: Callable[[], Coroutine[Any, Any, T]]) -> Future[T]:
        """Runs a coroutine on the lane; its outcome is the future's. Cancelled where the lane has ended."""
        outcome: Future[T] = Future()
        if not self.post(lambda: self._begin(work, outcome)):
            outcome.cancel()
        return outcome

    def _begin(self, work: Callable[[], Coroutine[Any, Any, T]], outcome: Future[T]) -> None:
        if not outcome.set_running_or_notify_cancel():
            return
        task = asyncio.get_running_loop().create_task(_settle(work, outcome))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _settle(work: Callable[[], Coroutine[Any, Any, T]], outcome: Future[T]) -> None:
    """The boundary of a submitted task: whatever it raises belongs to the caller."""
    try:
        result = await work()
    except asyncio.CancelledError as cancelled:
        outcome.set_exception(cancelled)
        raise
    except Exception as error:  # noqa: BLE001 - a task's outcome, handed on as it is
        outcome.set_exception(error)
    else:
        outcome.set_result(result)
