from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from tui.core.changes import Change, ChangeKind
from tui.store.access import EVERYTHING, Reader, Work, merged


@pytest.fixture
def work() -> Iterator[Work]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("CREATE TABLE t (a TEXT PRIMARY KEY)")
        yield Work(connection)


def test_changes_are_gathered_by_kind_and_channel_and_taken_once(work: Work) -> None:
    work.changed(ChangeKind.POSTS, ["p"], "c")
    work.changed(ChangeKind.POSTS, ["q"], "c")
    work.changed(ChangeKind.TEAMS)
    expected = {Change(ChangeKind.POSTS, "c", frozenset("pq")), Change(ChangeKind.TEAMS, "", EVERYTHING)}
    assert set(work.take_changes()) == expected
    assert work.take_changes() == ()


def test_changes_of_several_jobs_become_one_each() -> None:
    one, two = Change(ChangeKind.USERS, "", frozenset("a")), Change(ChangeKind.USERS, "", frozenset("b"))
    assert merged([one, two]) == (Change(ChangeKind.USERS, "", frozenset("ab")),)


def test_broken_texts_are_mended_in_single_and_many_statements(work: Work) -> None:
    assert work.run("INSERT INTO t VALUES (?)", "a\ud800") == 1
    work.run_many("INSERT OR REPLACE INTO t VALUES (?)", [("fine",), ("b\udfff",)])
    assert sorted(work.rows("SELECT a FROM t")) == [("a\ufffd",), ("b\ufffd",), ("fine",)]


def test_a_reader_over_a_work_sees_what_it_wrote(work: Work) -> None:
    reader = Reader(work)
    with work.snapshot():
        work.run("INSERT INTO t VALUES ('x')")
        assert reader._row("SELECT a FROM t WHERE a = ?", "x") == ("x",)
        assert reader._row("SELECT a FROM t WHERE a = ?", "y") is None
