"""Fetches what a view shows beside what the engine keeps in step: pinned posts, commands, threads.

Invariant: the same thing is asked for at most once a minute and only while the line is there; what comes goes
into the store, whose Changes bring it to the screen.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any

from tui.client.base import Base
from tui.core.errors import TeleteamError
from tui.core.ports import ServerApi

EVERY_SECONDS = 60.0

log = logging.getLogger(__name__)


class Refresh:
    def __init__(self, base: Base) -> None:
        self._base = base
        self._lock = threading.Lock()
        self._asked: dict[str, float] = {}

    def ask(self, key: str, fetch: Callable[[ServerApi], Coroutine[Any, Any, object]]) -> None:
        """Runs `fetch` on the net lane, unless `key` was asked for a moment ago."""
        if self._base.lane.state().live and not self._base.store.read_only and self._due(key):
            self._base.lane.ask(fetch).add_done_callback(lambda done: self._done(key, done))

    def _due(self, key: str) -> bool:
        now = self._base.clock.monotonic()
        with self._lock:
            if now - self._asked.get(key, float("-inf")) < EVERY_SECONDS:
                return False
            self._asked[key] = now
            return True

    def _done(self, key: str, done: Future[object]) -> None:
        error = None if done.cancelled() else done.exception()
        if error is None:
            return
        kind = error.id if isinstance(error, TeleteamError) else type(error).__name__
        log.info("%s could not be refreshed: %s", key.partition(":")[0], kind)
