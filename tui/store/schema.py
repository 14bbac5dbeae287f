"""Forward-only migrations: numbered SQL files, counted in `PRAGMA user_version`.

Invariant: a database is at its old version or at the newest one, never between; a newer one is never touched.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path

from tui.core.errors import StoreTrouble
from tui.core.values import dataclass
from tui.store import files


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from version `number` - 1 to `number`."""

    number: int
    name: str
    sql: str


def migrations(kind: str) -> tuple[Migration, ...]:
    """The steps of "cache" or "desk", from files named NNNN_name.sql."""
    folder = resources.files("tui.store") / "migrations" / kind
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return tuple(
        Migration(int(name[:4]), name[5:-4], (folder / name).read_text(encoding="utf-8")) for name in names
    )


def version_of(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, steps: Sequence[Migration], backup: Path | None = None) -> int:
    """Bring a database to the newest version in one transaction; returns the version it had.

    `backup`: where to put a copy of a database that had something in it, first.
    Raises StoreTrouble("tele.store.newer") for one that a later teleteam made.
    """
    had = version_of(connection)
    newest = steps[-1].number
    if had > newest:
        raise StoreTrouble("tele.store.newer", f"{had} > {newest}")
    if had == newest:
        return had
    if had and backup is not None:
        copy_to(connection, backup)
    _apply(connection, [step for step in steps if step.number > had])
    return had


def _apply(connection: sqlite3.Connection, steps: Sequence[Migration]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in steps:
            for statement in statements(step.sql):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {steps[-1].number:d}")
        connection.execute("COMMIT")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def statements(sql: str) -> Iterator[str]:
    """The single statements of a script; triggers stay whole. (`executescript` would commit first.)"""
    gathered = ""
    for line in sql.splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            yield gathered
            gathered = ""
    if gathered.strip():
        yield gathered


def copy_to(connection: sqlite3.Connection, path: Path) -> None:
    """A private, consistent copy of the whole database at `path`."""
    files.make_file(path)
    target = sqlite3.connect(path)
    try:
        connection.backup(target)
    finally:
        target.close()
