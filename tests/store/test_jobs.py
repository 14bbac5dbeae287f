from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing
from typing import Any

import pytest

from tui.core.changes import ChangeKind
from tui.core.errors import StoreTrouble
from tui.store import jobs
from tui.store.access import Work
from tui.store.jobs import Job


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as opened:
        opened.execute("CREATE TABLE t (a TEXT)")
        yield opened


def insert(text: str) -> Job:
    def run(work: Work) -> str:
        work.run("INSERT INTO t VALUES (?)", text)
        work.changed(ChangeKind.USERS, [text])
        return text

    return Job(run, Future())


def failing(error: Exception) -> Job:
    def run(work: Work) -> None:
        work.run("INSERT INTO t VALUES ('never')")
        work.changed(ChangeKind.USERS, ["never"])
        raise error

    return Job(run, Future())


def run(connection: sqlite3.Connection, *batch: Job) -> list[Job]:
    work = Work(connection)
    return jobs.run_batch(connection, work, work, list(batch))


def content(connection: sqlite3.Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT a FROM t")]


def test_a_job_that_raises_takes_nothing_else_with_it(connection: sqlite3.Connection) -> None:
    batch = [insert("a"), failing(KeyError("k")), failing(sqlite3.OperationalError("x")), insert("b")]
    assert run(connection, *batch) == []
    assert content(connection) == ["a", "b"]
    assert [type(job.error) for job in batch] == [type(None), KeyError, StoreTrouble, type(None)]
    (change,) = jobs.changes_of(batch)
    assert change.ids == {"a", "b"}


def test_a_batch_that_cannot_begin_fails_as_a_whole(connection: sqlite3.Connection) -> None:
    batch = [insert("a"), insert("b")]
    connection.execute("BEGIN")
    assert run(connection, *batch) == []
    assert all(isinstance(job.error, StoreTrouble) for job in batch)
    assert (content(connection), jobs.changes_of(batch)) == ([], ())


def test_a_roll_back_by_sqlite_itself_fails_the_whole_batch(connection: sqlite3.Connection) -> None:
    def roll_back(_work: Work) -> None:
        connection.execute("ROLLBACK")
        raise KeyError

    batch = [insert("a"), Job(roll_back, Future())]
    assert run(connection, *batch) == []
    assert all(isinstance(job.error, StoreTrouble) for job in batch)
    assert content(connection) == []


def test_what_exceeds_the_time_of_a_batch_waits_for_the_next(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "BATCH_SECONDS", -1.0)
    batch = [insert("a"), insert("b"), insert("c")]
    assert run(connection, *batch) == batch[1:]
    assert content(connection) == ["a"]


def alone(run: Callable[[Any], Any]) -> Job:
    return Job(run, Future(), alone=True)


def test_batches_keep_the_order_and_leave_lone_jobs_alone() -> None:
    first, second, lone, third = insert("a"), insert("b"), alone(str), insert("c")
    waiting = deque([first, second, lone, third])
    assert jobs.take_batch(waiting) == [first, second]
    assert jobs.take_batch(waiting) == [lone]
    assert jobs.take_batch(waiting) == [third]
    assert jobs.take_batch(waiting) == []


def test_cancelled_jobs_are_left_out_and_taken_ones_cannot_be() -> None:
    gone, stays = insert("a"), insert("b")
    assert gone.future.cancel()
    assert jobs.take_batch(deque([gone, stays])) == [stays]
    assert not stays.future.cancel()
    assert jobs.take_batch(deque([stays])) == [stays]


def test_a_batch_has_a_largest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "BATCH_JOBS", 2)
    assert len(jobs.take_batch(deque([insert("a"), insert("b"), insert("c")]))) == 2


def test_lone_jobs_get_their_line_and_their_errors_stay_with_them(connection: sqlite3.Connection) -> None:
    good, bad, worse = (
        alone(lambda c: c is connection),
        alone(lambda c: c.execute("?")),
        alone(lambda _c: 1 / 0),
    )
    for job in (good, bad, worse):
        jobs.run_alone(connection, Work(connection), job)
        job.settle()
    assert good.future.result(0) is True
    assert isinstance(bad.future.exception(0), StoreTrouble)
    assert isinstance(worse.future.exception(0), ZeroDivisionError)


def test_corruption_is_told_apart() -> None:
    broken, other = insert("a"), insert("b")
    broken.fail(StoreTrouble("tele.store.corrupt"))
    other.fail(StoreTrouble("tele.store.full"))
    assert jobs.is_corrupt([other, broken])
    assert not jobs.is_corrupt([other])
