"""The two ways to a database: `Source` to read, `Work` to read and write inside one transaction.

Readers of a noun are built over a Source; its writer is built over a Work and can do all the reader can, so
that read-modify-write happens inside the transaction.

Invariant: a Work collects Changes and publishes nothing.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

from tui.core.changes import Change, ChangeKind
from tui.core.ids import ChannelId
from tui.store import codec

Row = tuple[Any, ...]
EVERYTHING = frozenset({""})
"""As `Change.ids`: anything may have changed."""


class Source(Protocol):
    """Something that answers SELECTs."""

    def rows(self, sql: str, args: Sequence[Any] = ()) -> list[Row]: ...

    def snapshot(self) -> AbstractContextManager[None]:
        """Within it all reads of this thread see the same commit."""
        ...


class Reader:
    """Base of the readers of one noun."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def _rows(self, sql: str, *args: Any) -> list[Row]:
        return self._source.rows(sql, args)

    def _row(self, sql: str, *args: Any) -> Row | None:
        found = self._source.rows(sql, args)
        return found[0] if found else None


def execute(connection: sqlite3.Connection, sql: str, args: Sequence[Any]) -> sqlite3.Cursor:
    """Run one statement; texts that are not UTF-8 are mended first."""
    try:
        return connection.execute(sql, args)
    except UnicodeEncodeError:
        return connection.execute(sql, codec.arguments(args))


class Work:
    """One open write transaction on one connection."""

    def __init__(self, connection: sqlite3.Connection, give_way: Callable[[], None] | None = None) -> None:
        self._connection = connection
        self._give_way = give_way
        self._changes: dict[tuple[ChangeKind, ChannelId], set[str]] = defaultdict(set)

    def rows(self, sql: str, args: Sequence[Any] = ()) -> list[Row]:
        return execute(self._connection, sql, args).fetchall()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        yield

    def give_way(self) -> None:
        """Between two rows that can wait a moment: see `store.courtesy`."""
        if self._give_way is not None:
            self._give_way()

    def run(self, sql: str, *args: Any) -> int:
        """Execute a writing statement; returns how many rows it touched."""
        return execute(self._connection, sql, args).rowcount

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Execute a statement for each row; it must be one that may be repeated (upsert, delete)."""
        batch = list(rows)
        try:
            self._connection.executemany(sql, batch)
        except UnicodeEncodeError:
            self._connection.executemany(sql, [codec.arguments(args) for args in batch])

    def changed(self, kind: ChangeKind, ids: Iterable[str] = EVERYTHING, channel_id: ChannelId = "") -> None:
        self._changes[kind, channel_id].update(ids)

    def take_changes(self) -> tuple[Change, ...]:
        """What was recorded since the last call, merged by kind and channel."""
        taken = tuple(Change(kind, channel, frozenset(ids)) for (kind, channel), ids in self._changes.items())
        self._changes.clear()
        return taken


def merged(changes: Iterable[Change]) -> tuple[Change, ...]:
    """One Change per kind and channel."""
    ids: dict[tuple[ChangeKind, ChannelId], set[str]] = defaultdict(set)
    for change in changes:
        ids[change.kind, change.channel_id] |= change.ids
    return tuple(Change(kind, channel, frozenset(found)) for (kind, channel), found in ids.items())
