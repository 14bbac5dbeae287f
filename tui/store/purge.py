"""Forgetting: old posts by age, or the whole cache, so that no text is left in the files.

`secure_delete` overwrites freed pages; the full-text index keeps words of deleted rows until it is optimised,
and the WAL keeps old pages until it is emptied: both is done here.

Invariant: after a purge the files of the cache hold nothing of what was purged.
"""

from __future__ import annotations

import sqlite3

from tui.core import intervals
from tui.core.ids import Millis
from tui.store import files
from tui.store.access import Work
from tui.store.database import Database
from tui.store.transactions import Tx

_TABLES = """SELECT name FROM sqlite_schema
WHERE type = 'table' AND name NOT LIKE 'posts_fts%' AND name NOT LIKE 'sqlite_%'"""


def forget_before(tx: Tx, work: Work, cutoff: Millis) -> int:
    """Drop posts made before `cutoff` and what hangs on them; returns how many posts. Pinned ones go too."""
    gone = work.run("DELETE FROM posts WHERE create_at < ?", cutoff)
    work.run("DELETE FROM reactions WHERE version < ? AND post_id NOT IN (SELECT id FROM posts)", cutoff)
    for channel_id in tx.intervals.channels() if gone else ():
        spans = intervals.forget_before(tx.intervals.of(channel_id), (cutoff, ""))
        tx.intervals.set(channel_id, spans)
    return gone


def settle(database: Database, connection: sqlite3.Connection) -> None:
    """Make what was deleted unreadable and give the space back."""
    connection.execute("INSERT INTO posts_fts (posts_fts) VALUES ('optimize')")
    connection.execute("PRAGMA incremental_vacuum").fetchall()
    database.checkpoint(connection)


def wipe(database: Database, connection: sqlite3.Connection) -> None:
    """Empty the cache, its index, its WAL, and delete every copy of it that lies about."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for (name,) in connection.execute(_TABLES).fetchall():
            connection.execute(f"DELETE FROM {name}")  # noqa: S608 (own names)
        connection.execute("INSERT INTO posts_fts (posts_fts) VALUES ('delete-all')")
        connection.execute("COMMIT")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("VACUUM")
    database.checkpoint(connection)
    if database.place.path is not None:
        for copy in files.leftovers(database.place.path):
            files.discard(copy)
