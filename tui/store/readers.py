"""Reading from any thread: each has its own read-only connection.

Invariant: a reader sees committed states only, and within `snapshot` one and the same.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from tui.core.errors import StoreTrouble
from tui.store.access import Row, execute
from tui.store.database import Database
from tui.store.troubles import of_sqlite


class _Mine(threading.local):
    connection: sqlite3.Connection | None = None
    generation: int = -1
    depth: int = 0


class Readers:
    """A `Source` over one database, for every thread."""

    def __init__(self, database: Database, on_broken: Callable[[int], None]) -> None:
        self._database = database
        self._on_broken = on_broken
        self._mine = _Mine()
        self._lock = threading.Lock()
        self._open: dict[threading.Thread, sqlite3.Connection] = {}
        self._closed = False

    def rows(self, sql: str, args: Sequence[Any] = ()) -> list[Row]:
        with self._troubles():
            return execute(self._connection(), sql, args).fetchall()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Reads inside see one commit. May be nested; keep it short, a writer may be waiting for it."""
        connection = self._connection()
        mine = self._mine
        with self._troubles():
            if mine.depth == 0:
                connection.execute("BEGIN")
        mine.depth += 1
        try:
            yield
        finally:
            mine.depth -= 1
            if mine.depth == 0:
                _end(connection)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            for connection in self._open.values():
                connection.close()
            self._open.clear()

    def _connection(self) -> sqlite3.Connection:
        mine = self._mine
        fresh = mine.generation == self._database.generation or mine.depth > 0
        if mine.connection is not None and fresh and not self._closed:
            return mine.connection
        mine.connection = self._reopen()
        mine.generation = self._database.generation
        return mine.connection

    def _reopen(self) -> sqlite3.Connection:
        with self._lock:
            if self._closed:
                raise StoreTrouble("tele.store.closed")
            for thread in [t for t in self._open if not t.is_alive() or t is threading.current_thread()]:
                self._open.pop(thread).close()
            connection = self._database.open_reader()
            self._open[threading.current_thread()] = connection
            return connection

    @contextmanager
    def _troubles(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            trouble = StoreTrouble("tele.store.closed") if self._closed else of_sqlite(error)
            if trouble.id == "tele.store.corrupt":
                self._on_broken(self._mine.generation)
            raise trouble from error


def _end(connection: sqlite3.Connection) -> None:
    """End a read transaction. On a broken or closed database that fails too, and the read has said why."""
    with suppress(sqlite3.Error):
        connection.execute("COMMIT")
