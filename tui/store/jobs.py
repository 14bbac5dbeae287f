"""Batches of jobs in one transaction, each in a savepoint of its own.

Invariant: a job that raises takes nothing else with it; a batch that cannot be committed fails as a whole.
"""

from __future__ import annotations

import sqlite3
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

from tui.core.changes import Change
from tui.core.errors import StoreTrouble
from tui.core.values import dataclass
from tui.store.access import Work, merged
from tui.store.troubles import of_sqlite

BATCH_SECONDS = 0.05
BATCH_JOBS = 500


@dataclass(eq=False, slots=True)
class Job:
    """One piece of work and whom to tell."""

    run: Callable[[Any], Any]
    """Gets the transaction; where `alone`, its Line outside any transaction."""
    future: Future[Any]
    durable: bool = False
    """Its commit must be on the disk before it is reported."""
    alone: bool = False
    taken: bool = False
    """It was in a batch whose time did not suffice, and cannot be cancelled any more."""
    result: Any = None
    error: BaseException | None = None
    changes: tuple[Change, ...] = ()

    def settle(self) -> None:
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)

    def fail(self, error: BaseException) -> None:
        self.error, self.changes = error, ()


def take_batch(waiting: deque[Job]) -> list[Job]:
    """The next jobs that may share a transaction, without those that were cancelled."""
    batch: list[Job] = []
    while waiting and len(batch) < BATCH_JOBS and not (batch and waiting[0].alone):
        job = waiting.popleft()
        if job.taken or job.future.set_running_or_notify_cancel():
            job.taken = True
            batch.append(job)
            if job.alone:
                break
    return batch


def run_alone(line: Any, work: Work, job: Job) -> None:
    try:
        job.result = job.run(line)
        job.changes = work.take_changes()
    except sqlite3.Error as error:
        job.fail(of_sqlite(error))
    except Exception as error:  # noqa: BLE001 - task boundary: the Future carries it
        job.fail(error)
    if job.error is not None:
        work.take_changes()


def run_batch(
    connection: sqlite3.Connection, tx: Any, work: Work, jobs: list[Job], *, durable: bool = False
) -> list[Job]:
    """Run `jobs` in one transaction; returns those for which the time did not suffice.

    `durable`: its COMMIT waits for the disk.
    """
    done: list[Job] = []
    until = time.monotonic() + BATCH_SECONDS
    try:
        connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        connection.execute("BEGIN IMMEDIATE")
        for job in jobs:
            if done and time.monotonic() > until:
                break
            done.append(job)
            _run_one(connection, tx, work, job)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        _roll_back(connection)
        done = done or jobs
        for job in done:
            job.fail(of_sqlite(error))
    return jobs[len(done) :]


def _run_one(connection: sqlite3.Connection, tx: Any, work: Work, job: Job) -> None:
    connection.execute("SAVEPOINT job")
    try:
        job.result = job.run(tx)
        job.changes = work.take_changes()
    except Exception as error:  # task boundary: the Future carries it
        work.take_changes()
        job.fail(of_sqlite(error) if isinstance(error, sqlite3.Error) else error)
        if not connection.in_transaction:  # SQLite itself rolled the whole batch back
            raise sqlite3.OperationalError("rolled back") from error
        connection.execute("ROLLBACK TO job")
    connection.execute("RELEASE job")


def _roll_back(connection: sqlite3.Connection) -> None:
    """Ends what is left of a transaction; a database that broke may refuse that too."""
    with suppress(sqlite3.Error):
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def changes_of(jobs: list[Job]) -> tuple[Change, ...]:
    return merged(change for job in jobs for change in job.changes)


def is_corrupt(jobs: list[Job]) -> bool:
    return any(isinstance(job.error, StoreTrouble) and job.error.id == "tele.store.corrupt" for job in jobs)
