"""Forgetting: old posts by age, or the whole cache, so that no text is left in the files.

`secure_delete` overwrites freed pages; the full-text index keeps words of deleted rows until it is optimised,
and the WAL keeps old pages until it is emptied: both is done here.

Invariant: after a purge the files of the cache hold nothing of what was purged.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tui.core import intervals
from tui.core.changes import ChangeKind
from tui.core.ids import Millis
from tui.store import files
from tui.store.writer import Line

_TABLES = """SELECT name FROM sqlite_schema
WHERE type = 'table' AND name NOT LIKE 'posts_fts%' AND name NOT LIKE 'sqlite_%'"""


def forget_before(line: Line, cutoff: Millis) -> int:
    """Drop posts made before `cutoff` and what hangs on them; returns how many posts. Pinned ones go too."""
    with _transaction(line.connection):
        gone = _drop_posts(line, cutoff)
    if gone:
        line.connection.execute("INSERT INTO posts_fts (posts_fts) VALUES ('optimize')")
        line.connection.execute("PRAGMA incremental_vacuum").fetchall()
        line.database.checkpoint(line.connection)
    return gone


def _drop_posts(line: Line, cutoff: Millis) -> int:
    gone = line.work.run("DELETE FROM posts WHERE create_at < ?", cutoff)
    orphans = "DELETE FROM reactions WHERE version < ? AND post_id NOT IN (SELECT id FROM posts)"
    line.work.run(orphans, cutoff)
    spans = line.tx.intervals
    for channel_id in spans.channels() if gone else ():
        spans.set(channel_id, intervals.forget_before(spans.of(channel_id), (cutoff, "")))
    if gone:
        line.work.changed(ChangeKind.POSTS)
    return gone


def wipe(line: Line) -> None:
    """Empty the cache, its index, its WAL, and delete every copy of it that lies about."""
    connection = line.connection
    with _transaction(connection):
        for (name,) in connection.execute(_TABLES).fetchall():
            connection.execute(f"DELETE FROM {name}")  # noqa: S608 (own names)
        connection.execute("INSERT INTO posts_fts (posts_fts) VALUES ('delete-all')")
    connection.execute("VACUUM")
    line.database.checkpoint(connection)
    if line.database.place.path is not None:
        for copy in files.leftovers(line.database.place.path):
            files.discard(copy)
    for kind in ChangeKind:
        line.work.changed(kind)


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # SQLite may have rolled back by itself
            connection.execute("ROLLBACK")
        raise
