"""Reading from any thread: each has its own read-only connection.

Invariant: a reader sees committed states only, and within `snapshot` one and the same.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import field
from typing import Any

from tui.core.errors import StoreTrouble
from tui.core.values import dataclass
from tui.store.access import Row, execute
from tui.store.database import Database
from tui.store.troubles import of_sqlite


@dataclass(eq=False, slots=True)
class _Reading:
    """One thread's connection; `close` by another thread waits for the query under way."""

    connection: sqlite3.Connection
    generation: int
    lock: threading.Lock = field(default_factory=threading.Lock)
    depth: int = 0
    """How many snapshots are open."""

    def close(self) -> None:
        with self.lock:
            self.connection.close()


class Readers:
    """A `Source` over one database, for every thread; `on_broken` gets the generation of a torn file."""

    def __init__(self, database: Database, on_broken: Callable[[int], None]) -> None:
        self._database = database
        self._on_broken = on_broken
        self._mine = threading.local()
        self._lock = threading.Lock()
        self._open: dict[threading.Thread, _Reading] = {}
        self._closed = False

    def rows(self, sql: str, args: Sequence[Any] = ()) -> list[Row]:
        return self._run(self._reading(), sql, args)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Reads inside see one commit. May be nested; keep it short, a writer may be waiting for it."""
        reading = self._reading()
        if reading.depth == 0:
            self._run(reading, "BEGIN")
        reading.depth += 1
        try:
            yield
        finally:
            reading.depth -= 1
            if reading.depth == 0:
                with suppress(
                    StoreTrouble
                ):  # on a torn or closed file this fails too, and the read has said why
                    self._run(reading, "COMMIT")

    def close(self) -> None:
        with self._lock:
            self._closed = True
            for reading in self._open.values():
                reading.close()
            self._open.clear()

    def _run(self, reading: _Reading, sql: str, args: Sequence[Any] = ()) -> list[Row]:
        try:
            with reading.lock:
                return execute(reading.connection, sql, args).fetchall()
        except sqlite3.Error as error:
            trouble = StoreTrouble("tele.store.closed") if self._closed else of_sqlite(error)
            if trouble.id == "tele.store.corrupt":
                self._on_broken(reading.generation)
            raise trouble from error

    def _reading(self) -> _Reading:
        """This thread's connection, a new one where the file was replaced."""
        mine: _Reading | None = getattr(self._mine, "reading", None)
        if mine is None or self._closed or (mine.generation != self._database.generation and not mine.depth):
            mine = self._mine.reading = self._reopen()
        return mine

    def _reopen(self) -> _Reading:
        with self._lock:
            if self._closed:
                raise StoreTrouble("tele.store.closed")
            for thread in [t for t in self._open if not t.is_alive() or t is threading.current_thread()]:
                self._open.pop(thread).close()
            generation = self._database.generation
            reading = _Reading(self._database.open_reader(), generation)
            self._open[threading.current_thread()] = reading
            return reading
