from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tests.store.builders import a_post, an_item, error_of, ids, put, write, write_desk
from tests.support.clock import FakeClock
from tui.core.models import Draft, Target
from tui.store import DeskTx, Store, Tx

KILLS = 25


def in_child(work: Callable[[int], None]) -> tuple[int, int]:
    """Run `work` in a process of its own; returns its id and the end of the pipe that it writes to."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            work(writing)
        finally:
            os._exit(1)
    os.close(writing)
    return child, reading


def killed_after(work: Callable[[int], None], seconds: float) -> list[str]:
    """Lines that `work` wrote until it was killed so long after the first."""
    child, reading = in_child(work)
    with os.fdopen(reading) as pipe:
        lines = [pipe.readline()]
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines += pipe.readlines()
    return [line.strip() for line in lines if line.endswith("\n")]


def send_and_tell(dtx: DeskTx, number: int, run: int) -> None:
    """What Enter does: the item is queued and the draft replaced, at once."""
    dtx.outbox.add(an_item(f"{run:02}-{number:05}", f"text {number}"))
    dtx.drafts.put(Draft(Target("c"), f"after {run:02}-{number:05}", number))


def write_forever(directory: Path, run: int, pipe: int) -> None:
    store = Store.open(directory, clock=FakeClock())
    for number in range(100_000):
        store.write(partial(lambda tx, n: tx.posts.put([a_post(f"{run}-{n}", n + 1)]), n=number))
        store.write_desk(partial(send_and_tell, number=number, run=run)).result()
        os.write(pipe, f"{run:02}-{number:05}\n".encode())


def test_a04_kill_9_loses_nothing_that_was_acknowledged(directory: Path, clock: FakeClock) -> None:
    chance = random.Random(4)
    acknowledged: list[str] = []
    for run in range(KILLS):
        acknowledged += killed_after(partial(write_forever, directory, run), chance.uniform(0, 0.05))
        with Store.open(directory, clock=clock) as store:
            assert not store.warnings
            queued = [item.cid for item in store.outbox.all()]
            assert [cid for cid in queued if cid in set(acknowledged)] == acknowledged
            assert len(queued) <= len(acknowledged) + run + 1
            draft = store.drafts.get(Target("c"))
            assert draft is not None
            assert draft.text == f"after {queued[-1]}"
    assert len(acknowledged) > KILLS


def send_then_die(directory: Path, pipe: int) -> None:
    """The server has answered 201; we are killed before the item is taken off the desk."""
    store = Store.open(directory, clock=FakeClock())
    item = store.write_desk(lambda dtx: dtx.outbox.add(an_item("cid1"))).result()
    store.write_desk(
        lambda dtx: dtx.outbox.update(replace(item, state="sending", attempts=1, first_try=5))
    ).result()
    os.write(pipe, b"sent\n")
    time.sleep(60)


def test_a03_killed_between_the_servers_yes_and_our_note_of_it(directory: Path, clock: FakeClock) -> None:
    assert killed_after(partial(send_then_die, directory), 0) == ["sent"]
    with Store.open(directory, clock=clock) as store:
        (item,) = store.outbox.all()
        assert (item.state, item.first_try) == ("sending", 5)
        assert store.posts.find_by_cid("cid1") is None
        put(store, a_post("p", 6, props={"teleteam_cid": "cid1"}))
        found = store.posts.find_by_cid("cid1")
        assert found is not None
        write_desk(store, lambda dtx: dtx.outbox.remove("cid1"))
        assert (found.id, store.outbox.all()) == ("p", ())


def test_a_durable_write_to_the_cache_survives_too(directory: Path, clock: FakeClock) -> None:
    def work(pipe: int) -> None:
        store = Store.open(directory, clock=FakeClock())
        store.write(lambda tx: tx.posts.put([a_post("p", 1)]), durable=True).result()
        os.write(pipe, b"done\n")
        time.sleep(60)

    assert killed_after(work, 0) == ["done"]
    with Store.open(directory, clock=clock) as store:
        assert ids(store.posts.newest("c", 5)) == ["p"]


# d35: the disk is full

FULL = """
import sys
from pathlib import Path
import resource
from tests.support.clock import FakeClock
from tests.store.builders import a_post, an_item, error_of
from tui.store import Store
with Store.open(Path(sys.argv[1]), clock=FakeClock()) as store:
    store.write_desk(lambda dtx: dtx.outbox.add(an_item("before"))).result()
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
    print(error_of(store.write_desk(lambda dtx: dtx.outbox.add(an_item("big", "x" * 500_000)))))
    print(error_of(store.write(lambda tx: tx.posts.put([a_post("p", 1, "x" * 500_000)]))))
    print([item.cid for item in store.outbox.all()], store.posts.get("p"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    store.write_desk(lambda dtx: dtx.outbox.add(an_item("after", "x" * 500_000))).result()
    store.write(lambda tx: tx.posts.put([a_post("p", 1, "x" * 500_000)])).result()
    print([item.cid for item in store.outbox.all()], store.posts.get("p").id)
"""


def test_d35_a_file_that_may_not_grow_fails_the_job_and_nothing_else(directory: Path) -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] == resource.RLIM_INFINITY
    ran = subprocess.run([sys.executable, "-c", FULL, str(directory)], capture_output=True, text=True)
    assert ran.stderr == ""
    assert ran.stdout.splitlines() == [
        "tele.store.full",
        "tele.store.full",
        "['before'] None",
        "['before', 'after'] p",
    ]


def test_d35_a_full_disk_fails_the_batch_and_the_store_goes_on(store: Store) -> None:
    connection = store._cache_line.connection if store._cache_line else None
    assert connection is not None
    put(store, a_post("before", 1))
    connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0]}")
    assert (
        error_of(store.write(lambda tx: tx.posts.put([a_post("p", 2, "x" * 100_000)]))) == "tele.store.full"
    )
    write_desk(store, lambda dtx: dtx.outbox.add(an_item("desk")))
    assert ids(store.posts.newest("c", 5)) == ["before"]
    connection.execute("PRAGMA max_page_count = 1000000")
    put(store, a_post("after", 3, "x" * 100_000))
    assert ids(store.posts.newest("c", 5)) == ["after", "before"]
    assert len(store.outbox.all()) == 1


def test_d35_opening_on_a_full_disk_means_memory(directory: Path) -> None:
    code = """
import resource, sys
from pathlib import Path
from tests.support.clock import FakeClock
from tui.store import Store
resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, resource.RLIM_INFINITY))
with Store.open(Path(sys.argv[1]), clock=FakeClock()) as store:
    print(store.warnings, store.read_only)
"""
    ran = subprocess.run([sys.executable, "-c", code, str(directory)], capture_output=True, text=True)
    assert (ran.stdout, ran.stderr) == ("('tele.store.memory',) False\n", "")


# the whole of it


def test_everything_is_there_after_a_restart(directory: Path, clock: FakeClock) -> None:
    def fill(tx: Tx) -> None:
        tx.posts.put([a_post("p", 1)])
        tx.marks.set("since:c", "1")

    with Store.open(directory, clock=clock) as store:
        write(store, fill)
        write_desk(store, lambda dtx: dtx.kept.set("team", "t"))
    with Store.open(directory, clock=clock) as store:
        assert ids(store.posts.newest("c", 5)) == ["p"]
        assert (store.marks.get("since:c"), store.kept.get("team")) == ("1", "t")
        assert (store.warnings, store.details, store.read_only, store.holder) == ((), {}, False, None)


@pytest.mark.parametrize("memory", [False, True])
def test_a_flood_is_stored_without_loss(memory: bool, directory: Path, clock: FakeClock) -> None:
    with Store.open(directory, clock=clock, memory=memory) as store:
        for number in range(2_000):
            store.write(
                partial(lambda tx, n: tx.posts.put([a_post(f"p{n:05}", n + 1)], from_event=True), n=number)
            )
        store.flush()
        assert store.posts.count("c") == 2_000
