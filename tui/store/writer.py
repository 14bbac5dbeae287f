"""The one thread that writes.

Jobs that wait are run together, at most 50 ms a transaction; those of the desk go first.

Invariant: a Change is published and a Future resolved only after COMMIT, the Change before the Future.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

from tui.core.changes import Change, ChangeKind
from tui.core.errors import StoreTrouble
from tui.store import jobs
from tui.store.access import EVERYTHING, Work
from tui.store.database import Database
from tui.store.jobs import Job

QUEUE_JOBS = 20_000
"""So many waiting jobs make the next `submit` wait: back-pressure on the wire instead of growing memory."""

log = logging.getLogger(__name__)


class Line:
    """One database and the jobs that wait for it; `make` builds what a job gets from the open Work.

    Jobs that must not be in a transaction (VACUUM, checkpoints) are `alone` and get the Line itself.
    """

    def __init__(
        self,
        database: Database,
        make: Callable[[Work], Any],
        connection: sqlite3.Connection,
        give_way: Callable[[], None] | None = None,
    ) -> None:
        self.database = database
        self.waiting: deque[Job] = deque()
        self.broken_generation = -1
        """A reader met a broken page in the file of this generation."""
        self._make = make
        self._give_way = give_way
        self.attach(connection)

    def attach(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.work = Work(connection, self._give_way)
        self.tx = self._make(self.work)

    def is_broken(self) -> bool:
        return self.broken_generation == self.database.generation

    def run_next(self) -> list[Job]:
        """Run a batch; returns the finished jobs, unfinished ones wait on."""
        batch = jobs.take_batch(self.waiting)
        if not batch:
            return []
        if batch[0].alone:
            jobs.run_alone(self, self.work, batch[0])
            return batch
        durable = self.database.place.durable or any(job.durable for job in batch)
        left = jobs.run_batch(self.connection, self.tx, self.work, batch, durable=durable)
        self.waiting.extendleft(reversed(left))
        return batch[: len(batch) - len(left)]


class Writer:
    """Owns the writing connections of its lines, in order of precedence."""

    def __init__(
        self,
        lines: Sequence[Line],
        publish: Callable[[tuple[Change, ...]], None],
        *,
        beat: Callable[[], None] | None = None,
        beat_seconds: float = 30.0,
    ) -> None:
        self._lines = lines
        self._publish = publish
        self._beat = beat
        self._beat_seconds = beat_seconds if beat else None
        self._ready = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._run_forever, name="teleteam-store", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def submit(
        self, line: Line, run: Callable[[Any], Any], *, durable: bool = False, alone: bool = False
    ) -> Future[Any]:
        """Queue a job. Waits only while more than QUEUE_JOBS wait. Raises StoreTrouble after `close`."""
        future: Future[Any] = Future()
        with self._ready:
            if threading.current_thread() is not self._thread:
                self._ready.wait_for(lambda: len(line.waiting) < QUEUE_JOBS or self._closing)
            if self._closing:
                raise StoreTrouble("tele.store.closed")
            line.waiting.append(Job(run, future, durable, alone))
            self._ready.notify_all()
        return future

    def mend(self, line: Line, generation: int) -> None:
        """A reader met a broken page; a file that was replaced since is not replaced again."""
        with self._ready:
            line.broken_generation = generation
            self._ready.notify_all()

    def close(self) -> None:
        """Finish what waits, then end the thread; the connections stay open."""
        with self._ready:
            self._closing = True
            self._ready.notify_all()
        if self._thread.ident is not None:
            self._thread.join()

    def _run_forever(self) -> None:
        while (line := self._next_line()) is not None:
            done = line.run_next()
            with self._ready:
                self._ready.notify_all()
            self._report(done)
            if line.is_broken() or jobs.is_corrupt(done):
                self._rebuild(line)

    def _next_line(self) -> Line | None:
        """Waits for work; None = closing and nothing left."""
        with self._ready:
            while True:
                for line in self._lines:
                    if line.waiting or line.is_broken():
                        return line
                if self._closing:
                    return None
                if not self._ready.wait(self._beat_seconds) and self._beat:
                    self._beat()

    def _report(self, done: Sequence[Job]) -> None:
        changes = jobs.changes_of(list(done))
        if changes:
            self._publish(changes)
        for job in done:
            job.settle()

    def _rebuild(self, line: Line) -> None:
        """A broken file is replaced under way; whoever watches reads everything again."""
        line.connection.close()
        line.broken_generation = -1
        try:
            line.attach(line.database.rebuild())
        except StoreTrouble as trouble:
            log.error("the %s could not be rebuilt: %s", line.database.place.kind, trouble.id)
            return
        self._publish(tuple(Change(kind, "", EVERYTHING) for kind in ChangeKind))
