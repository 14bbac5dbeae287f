from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

import pytest

from tests.store.builders import a_post, an_item, heard, put
from tests.support.clock import FakeClock
from tests.support.waiting import wait_until
from tui.core.changes import Change, ChangeKind
from tui.core.errors import StoreTrouble
from tui.store import Store, writer
from tui.store.database import Database, Place
from tui.store.writer import Line, Writer


@contextmanager
def held(store: Store) -> Iterator[None]:
    """Keep the writer thread busy; what is submitted meanwhile waits."""
    busy, go = threading.Event(), threading.Event()

    def wait(_tx: object) -> None:
        busy.set()
        go.wait(10)

    future = store.write(wait)
    busy.wait(10)
    yield
    go.set()
    future.result(10)


def test_what_waits_is_committed_together_and_told_once(store: Store) -> None:
    published: list[tuple[Change, ...]] = []
    store.subscribe(published.append)
    with held(store):
        for number in range(20):
            store.write(lambda tx, n=number: tx.posts.put([a_post(f"p{n}", n + 1)]))  # type: ignore[misc]
    store.flush()
    (changes,) = published
    assert changes == (Change(ChangeKind.POSTS, "c", frozenset(f"p{n}" for n in range(20))),)


def test_changes_come_after_the_commit_and_before_the_future(store: Store) -> None:
    seen: list[tuple[bool, bool]] = []
    future: Future[None] = Future()

    def look(_changes: tuple[Change, ...]) -> None:
        seen.append((store.posts.get("p") is not None, future.done()))

    store.subscribe(look)
    with held(store):
        future = store.write(lambda tx: tx.posts.put([a_post("p", 1)]))
    future.result(10)
    assert seen == [(True, False)]


def test_nothing_is_told_of_what_changed_nothing_or_failed(store: Store) -> None:
    put(store, a_post("p", 1))
    changes = heard(store)
    put(store, a_post("p", 1))

    def fail(tx: Any) -> None:
        tx.posts.put([a_post("q", 1)])
        raise KeyError

    assert isinstance(store.write(fail).exception(10), KeyError)
    assert (changes, store.posts.get("q")) == ([], None)


def test_jobs_of_the_desk_go_first(store: Store) -> None:
    order: list[str] = []
    with held(store):
        store.write(lambda _tx: order.append("cache"))
        store.write_desk(lambda _dtx: order.append("desk"))
    store.flush()
    assert order == ["desk", "cache"]


def test_the_writer_reads_what_it_wrote(store: Store) -> None:
    def work(tx: Any) -> int:
        tx.posts.put([a_post("p", 1)])
        return len(tx.posts.newest("c", 10))

    assert store.write(work).result(10) == 1


def test_a_subscriber_that_fails_stops_nobody(store: Store) -> None:
    def fail(_changes: object) -> None:
        raise RuntimeError("secret")

    store.subscribe(fail)
    changes = heard(store)
    put(store, a_post("p", 1))
    assert len(changes) == 1


def test_who_unsubscribed_is_not_told(store: Store) -> None:
    changes: list[object] = []
    end = store.subscribe(changes.append)
    end()
    end()
    put(store, a_post("p", 1))
    assert changes == []


def test_a_job_may_submit_another(store: Store) -> None:
    inner = store.write(lambda _tx: store.write(lambda tx: tx.marks.set("a", "b"))).result(10)
    inner.result(10)
    assert store.marks.get("a") == "b"


def test_a_cancelled_job_is_not_run(store: Store) -> None:
    with held(store):
        future = store.write(lambda tx: tx.marks.set("a", "b"))
        assert future.cancel()
    store.flush()
    assert store.marks.get("a") == ""


def test_too_many_waiting_jobs_make_the_next_one_wait(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "QUEUE_JOBS", 3)
    submitted: list[int] = []

    def flood() -> None:
        for number in range(10):
            store.write(lambda tx: None)
            submitted.append(number)

    thread = threading.Thread(target=flood)
    with held(store):
        thread.start()
        wait_until(lambda: len(submitted) == 3)
        thread.join(0.05)
        assert len(submitted) == 3
    thread.join(10)
    assert len(submitted) == 10


def test_close_commits_what_waits_and_then_refuses(store: Store) -> None:
    with held(store):
        for number in range(50):
            store.write(lambda tx, n=number: tx.marks.set(f"m{n}", "x"))  # type: ignore[misc]
        closer = threading.Thread(target=store.close)
        last = store.write_desk(lambda dtx: dtx.outbox.add(an_item("one")))
        closer.start()
    closer.join(10)
    assert last.result(0).seq == 1
    with pytest.raises(StoreTrouble) as caught:
        store.write(lambda tx: None)
    assert caught.value.id == "tele.store.closed"
    store.close()


def test_durable_jobs_are_synced_and_the_rest_are_not_slowed(store: Store) -> None:
    levels: list[int] = []

    def note(tx: Any) -> None:
        levels.append(tx.posts._work.rows("PRAGMA synchronous")[0][0])

    store.write(note, durable=True).result(10)
    store.write(note).result(10)
    assert levels == [2, 1]


def test_the_idle_writer_beats() -> None:
    database = Database(Place("cache", None, "beats"), FakeClock().now)
    connection = database.open_writer()
    beats: list[int] = []
    lane = Writer(
        [Line(database, lambda work: work, connection)],
        print,
        beat=lambda: beats.append(1),
        beat_seconds=0.005,
    )
    lane.start()
    wait_until(lambda: len(beats) >= 3)
    lane.close()
    connection.close()
