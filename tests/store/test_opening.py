from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.store.builders import a_post, an_item, ids, put, was_killed, write, write_desk
from tests.support.clock import FakeClock
from tui.core.errors import StoreTrouble
from tui.store import Store
from tui.store.lease import QUIET

DROP_AND_OPEN = """
import os, sys
from pathlib import Path
from tests.support.clock import FakeClock
from tui.core.models import Post
from tui.store import Store
Store.open(None, clock=FakeClock()).close()  # everything is imported, which somebody else may not be able to
os.setgroups([]); os.setgid(12345); os.setuid(12345)
with Store.open(Path(sys.argv[1]) / "account", clock=FakeClock()) as store:
    store.write(lambda tx: tx.posts.put([Post("p", "c", "u")])).result()
    print(store.warnings, store.read_only, store.posts.get("p") is not None)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="root becomes somebody else")
def test_d36_a_directory_that_cannot_be_written_means_memory(tmp_path: Path) -> None:
    home = Path("/proc/sys/kernel")  # exists everywhere, takes no directories
    ran = subprocess.run([sys.executable, "-c", DROP_AND_OPEN, str(home)], capture_output=True, text=True)
    assert (ran.stdout, ran.stderr) == ("('tele.store.memory',) False True\n", "")


def test_d36_a_home_that_does_not_exist_and_cannot_means_memory(clock: FakeClock) -> None:
    with Store.open(Path("/proc/self/nowhere/account"), clock=clock) as store:
        assert store.warnings == ("tele.store.memory",)
        write_desk(store, lambda dtx: dtx.outbox.add(an_item("one")))
        put(store, a_post("p", 1))
        assert (len(store.outbox.all()), ids(store.posts.newest("c", 5))) == (1, ["p"])


def test_d36_no_place_at_all_means_memory(clock: FakeClock) -> None:
    with Store.open(None, clock=clock) as one, Store.open(None, clock=clock) as two:
        put(one, a_post("p", 1))
        assert one.posts.get("p") is not None
        assert two.posts.get("p") is None
        assert one.warnings == ()


def test_memory_leaves_no_file(directory: Path, clock: FakeClock) -> None:
    with Store.open(directory, clock=clock, memory=True) as store:
        put(store, a_post("p", 1))
    assert not directory.exists()


def test_cache_mode_off_keeps_the_desk_alone_on_disk(directory: Path, clock: FakeClock) -> None:
    with Store.open(directory, clock=clock, keep_days=0) as store:
        put(store, a_post("p", 1))
        write_desk(store, lambda dtx: dtx.outbox.add(an_item("one")))
        assert store.posts.get("p") is not None
    assert sorted(path.name for path in directory.iterdir()) == ["desk.db", "lease"]
    with Store.open(directory, clock=clock, keep_days=0) as store:
        assert (store.posts.get("p"), len(store.outbox.all())) == (None, 1)


def test_d40_the_second_instance_reads_and_says_so(directory: Path, clock: FakeClock) -> None:
    with Store.open(directory, clock=clock) as first:
        put(first, a_post("p", 1))
        with Store.open(directory, clock=clock) as second:
            assert second.read_only
            assert second.warnings == ("tele.store.second",)
            assert second.holder is not None
            assert second.holder.pid == os.getpid()
            assert ids(second.posts.newest("c", 5)) == ["p"]
            put(first, a_post("q", 2))
            assert ids(second.posts.newest("c", 5)) == ["q", "p"]
            for refused in (second.wipe_cache, lambda: second.forget_before(1), lambda: second.write(print)):
                with pytest.raises(StoreTrouble) as caught:
                    refused()
                assert caught.value.id == "tele.store.readonly"
            with pytest.raises(StoreTrouble):
                second.write_desk(print)
            second.flush()
    with Store.open(directory, clock=clock) as third:
        assert not third.read_only


def test_d40_three_writers_and_a_reader_meet_no_lock(directory: Path, clock: FakeClock) -> None:
    with Store.open(directory, clock=clock) as store, Store.open(directory, clock=clock) as second:

        def step(name: str, number: int) -> None:
            put(store, a_post(f"{name}{number:03}", number + 1))
            write_desk(store, lambda dtx: dtx.kept.set(name, str(number)))

        def work(name: str) -> None:
            for number in range(100):
                step(name, number)

        threads = [threading.Thread(target=work, args=(name,)) for name in "abd"]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            second.posts.newest("c", 50)
            second.kept.get("a")
        assert len(second.posts.newest("c", 1000)) == 300
        assert [second.kept.get(name) for name in "abd"] == ["99"] * 3


def test_d40_a_second_host_on_a_shared_home_is_refused_by_name(directory: Path, clock: FakeClock) -> None:
    def open_on(host: str) -> Store:
        return Store.open(directory, clock=clock, filesystem=lambda _path: "nfs4", host=host)

    with open_on("lodge") as first:
        put(first, a_post("p", 1))
        with open_on("cabin") as second:
            assert second.read_only
            assert second.details["tele.store.other_host"] == "lodge"
            assert second.posts.get("p") is not None
    with open_on("cabin") as third:
        assert not third.read_only
    assert QUIET > 60


def test_d40_a_second_instance_before_any_file_reads_nothing(directory: Path, clock: FakeClock) -> None:
    with Store.open(directory, clock=clock):
        (directory / "cache.db").unlink()
        with Store.open(directory, clock=clock) as second:
            assert second.read_only
            assert second.posts.newest("c", 5) == ()


def test_d40_a_second_instance_before_a_broken_file_reads_nothing_and_moves_nothing(
    directory: Path, clock: FakeClock
) -> None:
    with Store.open(directory, clock=clock):
        (directory / "cache.db").write_bytes(b"not a database" * 1000)
        with Store.open(directory, clock=clock) as second:
            assert second.posts.newest("c", 5) == ()
        assert list(directory.glob("*.corrupt-*")) == []


def test_a_clean_end_leaves_no_wal(directory: Path, clock: FakeClock) -> None:
    with Store.open(directory, clock=clock) as store:
        put(store, a_post("p", 1))
        write(store, lambda tx: tx.marks.set("a", "b"))
        store.posts.get("p")
    assert sorted(path.name for path in directory.iterdir()) == ["cache.db", "desk.db", "lease"]


def test_a_refused_start_does_not_make_an_unclean_end_look_clean(directory: Path, clock: FakeClock) -> None:
    Store.open(directory, clock=clock).close()
    was_killed(directory)
    (directory / "desk.db").rename(directory / "elsewhere")
    (directory / "desk.db").symlink_to(directory / "elsewhere")
    with pytest.raises(StoreTrouble):
        Store.open(directory, clock=clock)
    assert '"clean":false' in (directory / "lease").read_text()
