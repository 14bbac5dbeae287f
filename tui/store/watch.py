"""Changes that another process made: a second instance has no writer of its own to tell it.

Invariant: only looks; one PRAGMA a second on a connection of its own.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Sequence

from tui.core.changes import Change, ChangeKind
from tui.core.errors import StoreTrouble
from tui.store.access import EVERYTHING
from tui.store.database import Database

ALL_CHANGED = tuple(Change(kind, "", EVERYTHING) for kind in ChangeKind)


class Watch:
    """Publishes "anything may have changed" whenever another process has committed."""

    def __init__(
        self,
        databases: Sequence[Database],
        publish: Callable[[tuple[Change, ...]], None],
        seconds: float = 1.0,
    ) -> None:
        self._databases = databases
        self._publish = publish
        self._seconds = seconds
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look_forever, name="teleteam-watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._ended.set()
        self._thread.join()

    def _look_forever(self) -> None:
        try:
            connections = [database.open_reader() for database in self._databases]
        except StoreTrouble:
            return
        seen = _versions(connections)
        while not self._ended.wait(self._seconds):
            now = _versions(connections)
            if now != seen:
                seen = now
                self._publish(ALL_CHANGED)
        for connection in connections:
            connection.close()


def _versions(connections: Sequence[sqlite3.Connection]) -> list[int]:
    """Grows with every commit of somebody else; -1 where it cannot be read just now."""
    try:
        return [connection.execute("PRAGMA data_version").fetchone()[0] for connection in connections]
    except sqlite3.Error:
        return [-1]
