"""What can still be read of a broken desk is carried over to the new one.

Invariant: the broken file is only read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from tui.store.access import Row

_TABLES = ("outbox", "drafts", "read_positions", "kept")


def carry_over(broken: Path, fresh: Path) -> int:
    """Copy every readable row of the desk; returns how many."""
    source = sqlite3.connect(f"{broken.absolute().as_uri()}?mode=ro", uri=True)
    target = sqlite3.connect(fresh)
    try:
        with target:
            return sum(_carry_table(source, target, table) for table in _TABLES)
    finally:
        source.close()
        target.close()


def _carry_table(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> int:
    names = [row[1] for row in target.execute(f"PRAGMA table_info({table})")]
    marks = ", ".join("?" * len(names))
    count = 0
    for row in _readable(source, f"SELECT {', '.join(names)} FROM {table}"):  # noqa: S608 (own names)
        count += target.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", row).rowcount  # noqa: S608
    return count


def _readable(source: sqlite3.Connection, sql: str) -> Iterator[Row]:
    """Rows until the first broken page."""
    try:
        yield from source.execute(sql)
    except sqlite3.Error:
        return
