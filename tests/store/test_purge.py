from __future__ import annotations

from pathlib import Path

from tests.store.builders import a_post, a_reaction, an_item, heard, ids, put, write, write_desk
from tests.support.clock import FakeClock
from tui.core.changes import ChangeKind
from tui.core.intervals import Interval
from tui.core.models import Channel, Draft, Target, User
from tui.core.search import parse_query
from tui.store import Store, Tx

DAY = 86_400_000
SECRET = b"Zugangswort7391"


def traces(directory: Path) -> dict[str, int]:
    """In which files of the cache the secret still is. Words of the index are lower case."""
    found = {path.name: path.read_bytes() for path in directory.glob("cache*")}
    return {name: n for name, text in found.items() if (n := text.count(SECRET) + text.count(SECRET.lower()))}


def tell(tx: Tx) -> None:
    for number in range(400):
        at = number + 1
        tx.posts.put([a_post(f"p{number}", at, f"{SECRET.decode()} {number} " * 5, hashtags=SECRET.decode())])
    tx.channels.put([Channel("c", "O", "n", header=SECRET.decode())])
    tx.users.put([User("u", SECRET.decode())])
    tx.marks.set("etag", SECRET.decode())


def test_g60_wiping_leaves_no_text_in_the_files_and_the_desk_alone(directory: Path, clock: FakeClock) -> None:
    with Store.open(directory, clock=clock) as store:
        write(store, tell)
        write_desk(store, lambda dtx: dtx.outbox.add(an_item("one")))
        write_desk(store, lambda dtx: dtx.drafts.put(Draft(Target("c"), "half")))
        write(store, lambda tx: tx.posts.delete("p1", 999))
        (directory / "cache.db.corrupt-17").write_bytes(SECRET)
        (directory / "cache.db.corrupt-17-wal").write_bytes(SECRET)
        assert traces(directory)
        store.posts.newest("c", 10)
        store.wipe_cache().result(20)
        assert traces(directory) == {}
        assert (store.posts.newest("c", 10), store.channels.all(), store.users.all_ids()) == (
            (),
            (),
            frozenset(),
        )
        assert (len(store.outbox.all()), len(store.drafts.all())) == (1, 1)
        put(store, a_post("p", 1, "anew"))
        assert ids(store.posts.search(parse_query("anew"))) == ["p"]
    assert traces(directory) == {}


def test_a_deleted_post_leaves_no_text_in_the_database(directory: Path, clock: FakeClock) -> None:
    """Single words stay in the index until that is optimised; the sentence is gone at the checkpoint."""
    with Store.open(directory, clock=clock) as store:
        put(store, *(a_post(f"p{n}", n + 1, f"{SECRET.decode()}. Sentence.") for n in range(50)))
        for number in range(50):
            store.write(lambda tx, n=number: tx.posts.delete(f"p{n}", 99))  # type: ignore[misc]
    assert (directory / "cache.db").read_bytes().count(SECRET) == 0


def test_g60_old_posts_are_dropped_unreadably_by_age(directory: Path, clock: FakeClock) -> None:
    now = clock.now()
    with Store.open(directory, clock=clock) as store:
        put(
            store,
            a_post("old", now - 40 * DAY, SECRET.decode(), reactions=(a_reaction("old", now - 40 * DAY),)),
        )
        put(store, a_post("new", now - DAY, "fresh"))
        write(store, lambda tx: tx.intervals.add("c", (now - DAY, "new"), (now - 40 * DAY, "old"), True))
    with Store.open(directory, clock=clock, keep_days=30) as store:
        store.flush()
        assert ids(store.posts.newest("c", 5)) == ["new"]
        assert store.posts.get("old") is None
        cutoff = now - 30 * DAY
        assert store.intervals.of("c") == (Interval((cutoff, ""), (now - DAY, "new")),)
        store.forget_before(0).result(10)
    assert traces(directory) == {}


def test_forgetting_tells_how_many_and_who_watches(store: Store) -> None:
    put(store, a_post("a", 1), a_post("b", 2), a_post("z", 9))
    changes = heard(store)
    assert store.forget_before(5).result(10) == 2
    assert [change.kind for change in changes] == [ChangeKind.POSTS]
    assert store.forget_before(5).result(10) == 0
    assert len(changes) == 1
    store.wipe_cache().result(10)
    assert {change.kind for change in changes} == set(ChangeKind)


def test_the_memory_of_a_store_without_files_can_be_wiped_too(clock: FakeClock) -> None:
    with Store.open(None, clock=clock) as store:
        put(store, a_post("a", 1))
        store.wipe_cache().result(10)
        assert store.posts.newest("c", 5) == ()
