from __future__ import annotations

from pathlib import Path

from tests.store.builders import a_post, heard, put
from tests.support.clock import FakeClock
from tests.support.waiting import wait_until
from tui.core.changes import ChangeKind
from tui.store import Store
from tui.store.database import Database, Place
from tui.store.watch import Watch


def test_a_second_instance_hears_what_the_first_commits(directory: Path, clock: FakeClock) -> None:
    with Store.open(directory, clock=clock) as first, Store.open(directory, clock=clock) as second:
        changes = heard(second)
        wait_until(lambda: second.posts.newest("c", 1) == ())
        number = iter(range(1, 1000))

        def heard_of_another() -> bool:
            put(first, a_post(f"p{next(number)}", 1))
            return bool(changes)

        wait_until(heard_of_another, interval=0.3)
        assert {change.kind for change in changes} == set(ChangeKind)


def test_where_nothing_can_be_opened_it_ends(tmp_path: Path) -> None:
    watch = Watch([Database(Place("cache", tmp_path / "none"), FakeClock().now)], print, seconds=0.01)
    watch.start()
    watch.close()
