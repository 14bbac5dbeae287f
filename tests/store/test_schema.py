from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.builders import a_post, put
from tests.support.clock import FakeClock
from tui.core.errors import StoreTrouble
from tui.store import Store, schema
from tui.store.database import Database, Place
from tui.store.schema import Migration

FIRST = Migration(1, "start", "CREATE TABLE t (a TEXT);\n")
SLOW = Migration(
    2,
    "slow",
    """CREATE TABLE u (a TEXT);
INSERT INTO u WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 20000)
SELECT hex(randomblob(100)) FROM c;
CREATE TABLE w (a TEXT);
""",
)
THIRD = Migration(3, "more", "ALTER TABLE u ADD COLUMN b TEXT;\n")
NOW = FakeClock().now


@pytest.fixture
def memory() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        yield connection


def tables(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


@pytest.mark.parametrize("kind", ["cache", "desk"])
def test_shipped_migrations_are_numbered_without_a_gap(kind: str) -> None:
    steps = schema.migrations(kind)
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    assert all(step.name and step.sql for step in steps)


@pytest.mark.parametrize("kind", ["cache", "desk"])
def test_shipped_migrations_apply(kind: str, memory: sqlite3.Connection) -> None:
    assert schema.migrate(memory, schema.migrations(kind)) == 0
    assert schema.version_of(memory) == len(schema.migrations(kind))


def test_statements_are_split_without_breaking_triggers() -> None:
    sql = "-- note; with semicolon\nCREATE TABLE t (a);\nCREATE TRIGGER x AFTER INSERT ON t BEGIN\n"
    sql += "  DELETE FROM t;\n  DELETE FROM t;\nEND;\nSELECT 1"
    parts = list(schema.statements(sql))
    assert [part.split()[0] for part in parts] == ["--", "CREATE", "SELECT"]
    assert "END;" in parts[1]


def test_d39_every_older_version_is_migrated(memory: sqlite3.Connection) -> None:
    steps = [FIRST, SLOW, THIRD]
    for version in range(1, 4):
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as old:
            schema.migrate(old, steps[:version])
            old.execute("INSERT INTO t VALUES ('kept')")
            assert schema.migrate(old, steps) == version
            assert schema.version_of(old) == 3
            assert old.execute("SELECT a FROM t").fetchall() == [("kept",)]
            assert old.execute("SELECT count(b) FROM u").fetchone() == (0,)


def test_a_failing_migration_leaves_the_old_version(memory: sqlite3.Connection) -> None:
    schema.migrate(memory, [FIRST])
    broken = Migration(2, "broken", "CREATE TABLE u (a);\nSELECT nonsense FROM nowhere;\n")
    with pytest.raises(sqlite3.OperationalError):
        schema.migrate(memory, [FIRST, broken])
    assert (schema.version_of(memory), tables(memory)) == (1, {"t"})
    assert not memory.in_transaction


def test_d39_a_newer_file_is_not_touched(memory: sqlite3.Connection) -> None:
    schema.migrate(memory, [FIRST, SLOW])
    with pytest.raises(StoreTrouble) as caught:
        schema.migrate(memory, [FIRST])
    assert caught.value.id == "tele.store.newer"
    assert schema.version_of(memory) == 2


def test_a_copy_is_made_first_and_is_private(tmp_path: Path, memory: sqlite3.Connection) -> None:
    schema.migrate(memory, [FIRST], tmp_path / "never")
    assert not (tmp_path / "never").exists()
    memory.execute("INSERT INTO t VALUES ('kept')")
    schema.migrate(memory, [FIRST, SLOW], tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "copy")) as copy:
        assert (schema.version_of(copy), copy.execute("SELECT a FROM t").fetchall()) == (1, [("kept",)])
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("kind", "copies"), [("cache", 0), ("desk", 1)])
def test_only_the_desk_keeps_its_copy(tmp_path: Path, kind: str, copies: int) -> None:
    place = Place(kind, tmp_path / "x.db")
    Database(place, NOW, [FIRST]).open_writer().close()
    Database(place, NOW, [FIRST, SLOW]).open_writer().close()
    assert len(list(tmp_path.glob("x.db.before-*"))) == copies


def migrate_in_child(path: Path) -> int:
    """Start a migration in a process of its own; returns its id."""
    child = os.fork()
    if child == 0:
        try:
            Database(Place("desk", path), NOW, [FIRST, SLOW]).open_writer()
        finally:
            os._exit(0)
    return child


def test_d39_kill_9_in_a_migration_leaves_the_old_or_the_new_version(tmp_path: Path) -> None:
    chance = random.Random(39)
    seen = set()
    for number in range(50):
        path = tmp_path / f"{number}.db"
        with closing(Database(Place("desk", path), NOW, [FIRST]).open_writer()) as connection:
            connection.execute("INSERT INTO t VALUES ('kept')")
        child = migrate_in_child(path)
        time.sleep(chance.uniform(0, 0.06))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with closing(sqlite3.connect(path)) as after:
            version = schema.version_of(after)
            assert tables(after) == ({"t"} if version == 1 else {"t", "u", "w"})
        seen.add(version)
        with closing(Database(Place("desk", path), NOW, [FIRST, SLOW]).open_writer(check=True)) as opened:
            assert opened.execute("SELECT a FROM t").fetchall() == [("kept",)]
            assert opened.execute("SELECT count(*) FROM u").fetchone() == (20000,)
    assert seen <= {1, 2}


def test_d39_a_store_of_a_later_teleteam_opens_for_reading(directory: Path, clock: FakeClock) -> None:
    with Store.open(directory, clock=clock) as store:
        put(store, a_post("p", 1))
    with closing(sqlite3.connect(directory / "cache.db")) as connection:
        connection.execute("PRAGMA user_version = 999")
    with Store.open(directory, clock=clock) as store:
        assert store.read_only
        assert store.warnings == ("tele.store.newer",)
        assert store.posts.get("p") is not None
    with closing(sqlite3.connect(directory / "cache.db")) as connection:
        assert schema.version_of(connection) == 999
