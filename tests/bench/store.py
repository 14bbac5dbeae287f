"""What the store costs, beside what bare sqlite3 costs for the same rows.

`measure()` gives rows; `python -m tests.bench.store` prints them. Nothing here passes or fails.
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.support.clock import FakeClock
from tui.core.models import Post, Reaction
from tui.core.search import parse_query
from tui.store import Store, Tx

POSTS = 100_000
WORDS = ("release", "plan", "meeting", "folder", "deploy", "coffee", "server", "review", "invoice", "ticket")


class Row(NamedTuple):
    """One figure and its baseline, in the same unit."""

    name: str
    figure: float
    baseline: float
    unit: str

    @property
    def ratio(self) -> float:
        return self.figure / self.baseline if self.baseline else 0.0


def measure(posts: int = POSTS) -> list[Row]:
    """Fill a channel with `posts` posts and measure around it; takes about a minute."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        return [
            _page_ingest(directory / "big", posts),
            _reopen(directory / "big"),
            *_windows(directory / "big"),
            *_searches(directory / "big"),
            _size(directory / "big", posts),
            _event_ingest(directory / "flood", 5_000),
            _desk(directory / "desk", 200),
        ]


def made(numbers: Iterable[int]) -> Iterator[Post]:
    for n in numbers:
        text = " ".join(WORDS[(n * step + step) % len(WORDS)] for step in range(1, 13))
        reactions = (Reaction(f"{n:026}", f"u{n % 25}", "+1", n + 2),) if n % 10 == 0 else ()
        root_id = f"{n - 3:026}" if n % 7 == 3 else ""
        yield Post(f"{n:026}", "c", f"u{n % 25}", text, root_id, "", n + 1, n + 3, reactions=reactions)


def _page_ingest(directory: Path, posts: int) -> Row:
    def put(tx: Tx, start: int) -> None:
        tx.posts.put(made(range(start, min(start + 200, posts))))

    with Store.open(directory, clock=FakeClock()) as store:
        begun = time.perf_counter()
        for start in range(0, posts, 200):
            store.write(partial(put, start=start))
        store.flush()
        taken = time.perf_counter() - begun
    return Row(
        "pages of 200 posts stored", posts / taken, posts / _bare_ingest(directory, posts, 200), "posts/s"
    )


def _event_ingest(directory: Path, posts: int) -> Row:
    def put(tx: Tx, post: Post) -> None:
        tx.posts.put([post], from_event=True)

    with Store.open(directory, clock=FakeClock()) as store:
        begun = time.perf_counter()
        for post in made(range(posts)):
            store.write(partial(put, post=post))
        store.flush()
        taken = time.perf_counter() - begun
    return Row("posts stored one by one", posts / taken, posts / _bare_ingest(directory, posts, 1), "posts/s")


def _bare_ingest(directory: Path, posts: int, batch: int) -> float:
    """Seconds for the same texts with one index and a full-text table, in transactions of `batch`."""
    with closing(sqlite3.connect(directory / "bare.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(
            "CREATE TABLE t (n INTEGER PRIMARY KEY, id TEXT UNIQUE, c TEXT, at INTEGER, m TEXT)"
        )
        connection.execute("CREATE INDEX i ON t (c, at DESC, id DESC)")
        connection.execute(
            "CREATE VIRTUAL TABLE f USING fts5 (m, content = 't', content_rowid = 'n', prefix = '2 3')"
        )
        begun = time.perf_counter()
        for start in range(0, posts, batch):
            rows = [
                (p.id, "c", p.create_at, p.message) for p in made(range(start, min(start + batch, posts)))
            ]
            connection.execute("BEGIN")
            for row in rows:
                n = connection.execute("INSERT INTO t (id, c, at, m) VALUES (?, ?, ?, ?)", row).lastrowid
                connection.execute("INSERT INTO f (rowid, m) VALUES (?, ?)", (n, row[3]))
            connection.execute("COMMIT")
        return time.perf_counter() - begun


def _reopen(directory: Path) -> Row:
    def ours() -> None:
        Store.open(directory, clock=FakeClock()).close()

    def bare() -> None:
        with closing(sqlite3.connect(directory / "cache.db")) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()

    return Row("open and close the store", _median_ms(ours), _median_ms(bare), "ms")


def _windows(directory: Path) -> Iterator[Row]:
    with Store.open(directory, clock=FakeClock()) as store, _bare(directory) as bare:
        order = "ORDER BY create_at DESC, id DESC LIMIT 300"
        sql = "SELECT * FROM posts WHERE channel_id = 'c' AND delete_at = 0 {} " + order
        middle = (POSTS // 2, "")
        yield Row(
            "newest 300 posts of the channel",
            _median_ms(lambda: store.posts.newest("c", 300)),
            _median_ms(lambda: bare.execute(sql.format("")).fetchall()),
            "ms",
        )
        yield Row(
            "300 posts from the middle",
            _median_ms(lambda: store.posts.newest("c", 300, before=middle)),
            _median_ms(lambda: bare.execute(sql.format(f"AND create_at < {middle[0]}")).fetchall()),
            "ms",
        )
        yield Row(
            "newest 300 roots",
            _median_ms(lambda: store.posts.newest("c", 300, roots_only=True)),
            _median_ms(lambda: bare.execute(sql.format("AND root_id = ''")).fetchall()),
            "ms",
        )


def _searches(directory: Path) -> Iterator[Row]:
    with Store.open(directory, clock=FakeClock()) as store, _bare(directory) as bare:
        for typed, like in (
            ("invoi*", "%invoi%"),
            ('"release plan"', "%release plan%"),
            ("nowhere", "%nowhere%"),
        ):
            scan = "SELECT id FROM posts WHERE message LIKE ? ORDER BY create_at DESC LIMIT 100"
            yield Row(
                f"search {typed}, 100 hits",
                _median_ms(partial(store.posts.search, parse_query(typed), 100), 5),
                _median_ms(partial(_fetch, bare, scan, like), 5),
                "ms",
            )


def _fetch(connection: sqlite3.Connection, sql: str, arg: str) -> None:
    connection.execute(sql, (arg,)).fetchall()


def _size(directory: Path, posts: int) -> Row:
    ours, bare = (directory / name for name in ("cache.db", "bare.db"))
    return Row("bytes a post", ours.stat().st_size / posts, bare.stat().st_size / posts, "B")


def _desk(directory: Path, items: int) -> Row:
    def one(store: Store, n: int) -> None:
        store.write_desk(lambda dtx: dtx.kept.set(str(n), "x")).result()

    with Store.open(directory, clock=FakeClock()) as store:
        numbers = iter(range(items * 2))
        figure = _median_ms(lambda: one(store, next(numbers)), items)
    with closing(sqlite3.connect(directory / "bare.db", isolation_level=None)) as bare:
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = FULL")
        bare.execute("CREATE TABLE t (a)")
        baseline = _median_ms(lambda: bare.execute("INSERT INTO t VALUES ('x')"), items)
    return Row("one durable write to the desk", figure, baseline, "ms")


def _bare(directory: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(f"file:{directory}/cache.db?mode=ro", uri=True))


def _median_ms(work: Callable[[], object], times: int = 20) -> float:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


if __name__ == "__main__":
    for row in measure():
        print(f"{row.name:36} {row.figure:10.2f} {row.unit:8} bare {row.baseline:10.2f}   ×{row.ratio:.2f}")
