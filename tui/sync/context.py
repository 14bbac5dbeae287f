"""What the parts of the engine share.

Invariant: nothing here acts; it only holds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from tui.core.changes import Change
from tui.core.ids import UserId
from tui.core.ports import Clock, ServerApi
from tui.core.values import dataclass
from tui.store import Store, Tx
from tui.sync.line import Line
from tui.sync.memory import Memory

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Context:
    api: ServerApi
    store: Store
    clock: Clock
    me: UserId
    line: Line
    memory: Memory
    publish: Callable[[tuple[Change, ...]], None]

    async def write(self, work: Callable[[Tx], T]) -> T:
        """Runs `work` in a transaction of the cache and waits for its COMMIT."""
        return await landed(self.store.write(work))


async def landed(future: Future[T]) -> T:
    """Awaits what the store's writer thread does; a cancelled waiter does not cancel the write."""
    return await asyncio.shield(asyncio.wrap_future(future))
