"""One thread with an event loop, for servers that live beside a test or a screen.

Invariant: nothing of it survives `stop()`; what runs inside is touched from outside through `call` only.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Lane:
    """A daemon thread running a loop."""

    def __init__(self, name: str) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()

    @property
    def inside(self) -> bool:
        """True on the lane's own thread."""
        return threading.current_thread() is self._thread

    def call(self, work: Callable[[], T]) -> T:
        """Runs `work` on the lane and waits for its value."""
        if self.inside:
            return work()

        async def once() -> T:
            return work()

        return self.run(once())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Runs a coroutine on the lane and waits for its value."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout=30)

    def stop(self) -> None:
        """Cancels what still runs and ends the thread."""
        if not self._thread.is_alive():
            self.loop.close()
            return
        self.run(self._cancel_all())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(timeout=10)
        self.loop.close()

    async def _cancel_all(self) -> None:
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
