from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.builders import a_post, a_reaction, write
from tests.support.clock import FakeClock
from tests.support.waiting import wait_until
from tui.core.errors import StoreTrouble
from tui.store import Store, Tx
from tui.store.database import Database, Place
from tui.store.readers import Readers


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = Database(Place("cache", tmp_path / "cache.db"), FakeClock().now)
    writer = found.open_writer()
    writer.execute("INSERT INTO marks VALUES ('a', '1')")
    yield found
    writer.close()


def never(generation: int) -> None:
    raise AssertionError(f"nothing is broken in {generation}")


def value(readers: Readers) -> str:
    return str(readers.rows("SELECT value FROM marks WHERE name = ?", ("a",))[0][0])


def test_each_thread_has_its_own_connection_and_dead_ones_are_closed(database: Database) -> None:
    readers = Readers(database, never)
    for _ in range(5):
        thread = threading.Thread(target=value, args=(readers,))
        thread.start()
        thread.join()
    assert value(readers) == "1"
    assert len(readers._open) == 1
    readers.close()


def test_within_a_snapshot_nothing_moves(database: Database) -> None:
    readers = Readers(database, never)
    writer = sqlite3.connect(database.place.uri("rw"), uri=True, isolation_level=None)
    with readers.snapshot():
        assert value(readers) == "1"
        writer.execute("UPDATE marks SET value = '2'")
        with readers.snapshot():
            assert value(readers) == "1"
        assert value(readers) == "1"
    assert value(readers) == "2"
    writer.close()
    readers.close()


def test_a_raise_inside_a_snapshot_ends_it(database: Database) -> None:
    readers = Readers(database, never)

    def raise_inside() -> None:
        with readers.snapshot():
            raise KeyError(value(readers))

    with pytest.raises(KeyError):
        raise_inside()
    with readers.snapshot():
        assert value(readers) == "1"
    readers.close()


def test_after_close_every_read_says_so(database: Database) -> None:
    readers = Readers(database, never)
    with readers.snapshot():
        readers.close()
        with pytest.raises(StoreTrouble) as caught:
            value(readers)
        assert caught.value.id == "tele.store.closed"
    with pytest.raises(StoreTrouble):
        value(readers)


def test_closing_waits_for_queries_under_way(database: Database) -> None:
    readers = Readers(database, never)
    slow = (
        "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ?) SELECT count(*) FROM c"
    )
    ended: list[str] = []

    def read() -> None:
        try:
            while True:
                readers.rows(slow, (20_000,))
        except StoreTrouble as trouble:
            ended.append(trouble.id)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    wait_until(lambda: len(readers._open) == 4)
    readers.close()
    for thread in threads:
        thread.join(10)
    assert ended == ["tele.store.closed"] * 4


def test_a_statement_that_does_not_fit_the_schema_is_broken(database: Database) -> None:
    readers = Readers(database, never)
    with pytest.raises(StoreTrouble) as caught:
        readers.rows("SELECT nothing FROM nowhere")
    assert caught.value.id == "tele.store.broken"
    readers.close()


@pytest.mark.parametrize("memory", [False, True])
def test_a_reader_never_sees_half_an_event(memory: bool, directory: Path, clock: FakeClock) -> None:
    """Each job writes a post, its reaction and a mark; at every moment a reader finds all three or none."""
    with Store.open(directory, clock=clock, memory=memory) as store:
        wrong: list[tuple[object, ...]] = []
        ended = threading.Event()

        def look() -> None:
            while not ended.is_set():
                with store.snapshot():
                    newest = store.posts.newest("c", 1)
                    mark = store.marks.get("newest")
                if newest and (newest[0].id != mark or len(newest[0].reactions) != 1):
                    wrong.append((newest, mark))

        def step(number: int) -> None:
            post_id = f"p{number:04}"

            def work(tx: Tx) -> None:
                tx.posts.put([a_post(post_id, number + 1)])
                tx.posts.add_reaction(a_reaction(post_id, number + 2))
                tx.marks.set("newest", post_id)

            store.write(work)

        thread = threading.Thread(target=look)
        thread.start()
        for number in range(200):
            step(number)
        store.flush()
        ended.set()
        thread.join()
        assert wrong == []
        assert store.marks.get("newest") == "p0199"


def test_broken_texts_can_be_asked_for(store: Store) -> None:
    write(store, lambda tx: tx.marks.set("a\ud800", "x"))
    assert store.marks.get("a\ud800") == "x"
    assert store.posts.get("\ud800") is None
