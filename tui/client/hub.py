"""The one bus on which everything that may have changed is announced.

Invariant: a subscriber that fails never keeps the next one from hearing; subscribers are called on the thread
that announces and must only note what they heard.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TypeAlias

from tui.core.changes import Change, ChangeKind

Changes: TypeAlias = tuple[Change, ...]
Listener: TypeAlias = Callable[[Changes], None]

log = logging.getLogger(__name__)


class Hub:
    """Collects the Changes of the store, the engine, the folders and the client itself."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: tuple[Listener, ...] = ()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Calls `listener` with every announcement from now on; the result ends that."""
        with self._lock:
            self._listeners = (*self._listeners, listener)
        return lambda: self._unsubscribe(listener)

    def _unsubscribe(self, listener: Listener) -> None:
        with self._lock:
            self._listeners = tuple(held for held in self._listeners if held is not listener)

    def announce(self, changes: Changes) -> None:
        for listener in self._listeners:
            try:
                listener(changes)
            except Exception:  # BLE001: whatever a listener does, the next one must hear
                log.exception("a listener failed")

    def say(self, kind: ChangeKind, *ids: str, channel_id: str = "") -> None:
        """Announces one Change."""
        self.announce((Change(kind, channel_id, frozenset(ids)),))
