from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.builders import a_post, an_item, heard, put, smash_pages_with, was_killed, write_desk
from tests.support.clock import FakeClock
from tests.support.waiting import wait_until
from tui.core.changes import ChangeKind
from tui.core.errors import StoreTrouble
from tui.core.models import Draft, Target
from tui.store import Store
from tui.store.database import Database, Place

NOW = FakeClock().now


def filled(directory: Path, clock: FakeClock, posts: int = 300) -> None:
    with Store.open(directory, clock=clock) as store:
        put(store, *(a_post(f"p{n:04}", n + 1, f"words {n} " * 20) for n in range(posts)))
        write_desk(store, lambda dtx: dtx.outbox.add(an_item("one", "unsent")))
        write_desk(store, lambda dtx: dtx.drafts.put(Draft(Target("c"), "half a thought")))


def smash(path: Path, start: int, length: int) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b"\xa5" * length)


def desk_of(store: Store) -> tuple[list[str], list[str]]:
    return [item.text for item in store.outbox.all()], [draft.text for draft in store.drafts.all()]


KEPT = (["unsent"], ["half a thought"])


@pytest.mark.parametrize("what", ["header", "empty", "text", "short"])
def test_d38_a_cache_that_is_no_database_is_set_aside_and_the_desk_stays(
    what: str, directory: Path, clock: FakeClock
) -> None:
    filled(directory, clock)
    path = directory / "cache.db"
    if what == "header":
        smash(path, 0, 100)
    else:
        path.write_bytes(
            {"empty": b"", "text": b"dear diary" * 1000, "short": path.read_bytes()[:1000]}[what]
        )
    with Store.open(directory, clock=clock) as store:
        assert store.warnings == ("tele.store.cache_corrupt",)
        aside = Path(store.details["tele.store.cache_corrupt"])
        assert aside.exists()
        assert aside.name.startswith("cache.db.corrupt-")
        assert store.posts.newest("c", 10) == ()
        assert desk_of(store) == KEPT
        put(store, a_post("new", 1))
    with Store.open(directory, clock=clock) as store:
        assert store.warnings == ()
        assert [post.id for post in store.posts.newest("c", 10)] == ["new"]


def test_d38_a_torn_page_is_found_at_the_start_after_a_crash(directory: Path, clock: FakeClock) -> None:
    filled(directory, clock)
    smash_pages_with(directory / "cache.db", b"words")
    was_killed(directory)
    with Store.open(directory, clock=clock) as store:
        assert store.warnings == ("tele.store.cache_corrupt",)
        assert desk_of(store) == KEPT


def test_d38_a_torn_page_met_while_reading_is_mended_under_way(directory: Path, clock: FakeClock) -> None:
    filled(directory, clock)
    smash_pages_with(directory / "cache.db", b"words")
    with Store.open(directory, clock=clock) as store:
        assert not store.warnings
        changes = heard(store)
        with pytest.raises(StoreTrouble) as caught:
            store.posts.newest("c", 300)
        assert caught.value.id == "tele.store.corrupt"
        wait_until(lambda: {change.kind for change in changes} == set(ChangeKind))
        assert store.warnings == ("tele.store.cache_corrupt",)
        assert store.posts.newest("c", 300) == ()
        put(store, a_post("new", 1))
        assert [post.id for post in store.posts.newest("c", 300)] == ["new"]
        assert desk_of(store) == KEPT


def test_d38_a_torn_page_met_while_writing_fails_that_job_and_is_mended(
    directory: Path, clock: FakeClock
) -> None:
    filled(directory, clock)
    smash_pages_with(directory / "cache.db", b"words")
    with Store.open(directory, clock=clock) as store:
        future = store.write(lambda tx: tx.posts.newest("c", 300))
        assert isinstance(future.exception(10), StoreTrouble)
        put(store, a_post("new", 1))
        assert store.warnings == ("tele.store.cache_corrupt",)


def test_a_file_that_cannot_be_replaced_fails_every_job_and_stops_nobody(
    directory: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, now: int) -> Path:
        raise OSError(errno.EIO, "no", str(path) + str(now))

    filled(directory, clock)
    smash_pages_with(directory / "cache.db", b"words")
    with Store.open(directory, clock=clock) as store:
        monkeypatch.setattr("tui.store.files.set_aside", refuse)
        for _ in range(3):
            assert isinstance(store.write(lambda tx: tx.posts.newest("c", 300)).exception(10), StoreTrouble)
        assert desk_of(store) == KEPT


@pytest.mark.parametrize("damage", [(0, 0), (0, 100)])
def test_d38_a_lost_desk_is_said_and_begun_anew(
    damage: tuple[int, int], directory: Path, clock: FakeClock
) -> None:
    filled(directory, clock)
    if damage == (0, 0):
        (directory / "desk.db").write_bytes(b"")
    else:
        smash(directory / "desk.db", *damage)
    with Store.open(directory, clock=clock) as store:
        assert store.warnings == ("tele.store.desk_corrupt",)
        assert store.posts.get("p0001") is not None
        write_desk(store, lambda dtx: dtx.outbox.add(an_item("two")))
        assert [item.cid for item in store.outbox.all()] == ["two"]


@pytest.mark.parametrize("name", ["cache.db", "desk.db"])
def test_d38_a_linked_database_is_refused_with_its_path(name: str, directory: Path, clock: FakeClock) -> None:
    filled(directory, clock)
    (directory / name).rename(directory / "elsewhere")
    (directory / name).symlink_to(directory / "elsewhere")
    with pytest.raises(StoreTrouble) as caught:
        Store.open(directory, clock=clock)
    assert (caught.value.id, caught.value.detail) == ("tele.store.owner", str(directory / name))
    (directory / name).unlink()
    (directory / "elsewhere").rename(directory / name)
    with Store.open(directory, clock=clock) as store:
        assert desk_of(store) == KEPT


def test_a_new_file_is_never_seen_half_built(tmp_path: Path) -> None:
    (tmp_path / "x.db.new").write_text("left over from a crash")
    with closing(Database(Place("cache", tmp_path / "x.db"), NOW).open_writer()):
        assert not (tmp_path / "x.db.new").exists()
        assert (tmp_path / "x.db").stat().st_size > 0


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_connections_are_set_up_as_they_must_be(tmp_path: Path) -> None:
    cache = Database(Place("cache", tmp_path / "cache.db"), NOW)
    with closing(cache.open_writer()) as writer, closing(cache.open_reader()) as reader:
        assert (pragma(writer, "journal_mode"), pragma(writer, "synchronous")) == ("wal", 1)
        assert (pragma(writer, "secure_delete"), pragma(writer, "temp_store")) == (1, 2)
        with pytest.raises(sqlite3.OperationalError):
            reader.execute("DELETE FROM posts")
    desk = Database(Place("desk", tmp_path / "desk.db", durable=True), NOW)
    with closing(desk.open_writer()) as writer:
        assert pragma(writer, "synchronous") == 2


def test_d37_no_wal_where_other_hosts_see_the_files(directory: Path, clock: FakeClock) -> None:
    with Store.open(directory, clock=clock, filesystem=lambda _path: "nfs4") as store:
        put(store, a_post("p", 1))
        assert store.posts.get("p") is not None
        assert store.warnings == ("tele.store.network_fs",)
        assert not list(directory.glob("*-wal"))


def test_d37_files_made_with_wal_are_converted(directory: Path, clock: FakeClock) -> None:
    filled(directory, clock)
    with Store.open(directory, clock=clock, filesystem=lambda _path: "fuse.sshfs") as store:
        assert desk_of(store) == KEPT
    with closing(sqlite3.connect(directory / "desk.db")) as connection:
        assert pragma(connection, "journal_mode") == "delete"
    with Store.open(directory, clock=clock) as store:
        assert desk_of(store) == KEPT


def test_a_reader_that_holds_on_is_named_at_the_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.store.database.BUSY_MS", 10)
    cache = Database(Place("cache", tmp_path / "cache.db"), NOW)
    with closing(cache.open_writer()) as writer, closing(cache.open_reader()) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM marks").fetchall()
        writer.execute("INSERT INTO marks VALUES ('a', 'b')")
        with pytest.raises(StoreTrouble) as caught:
            cache.checkpoint(writer)
        assert caught.value.id == "tele.store.locked"
        reader.execute("COMMIT")
        cache.checkpoint(writer)
