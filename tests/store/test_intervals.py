from __future__ import annotations

from tests.store.builders import heard, write
from tui.core.changes import ChangeKind
from tui.core.intervals import Interval
from tui.store import Store


def test_pages_that_share_a_post_become_one_stretch(store: Store) -> None:
    write(store, lambda tx: tx.intervals.add("c", (9, "i"), (5, "e")))
    write(store, lambda tx: tx.intervals.add("c", (5, "e"), (1, "a"), True))
    assert store.intervals.of("c") == (Interval((1, "a"), (9, "i"), True),)
    assert store.intervals.of("d") == ()
    assert store.intervals.channels() == {"c"}


def test_a_gap_stays_open_until_it_is_closed(store: Store) -> None:
    write(store, lambda tx: tx.intervals.add("c", (5, "e"), (1, "a")))
    write(store, lambda tx: tx.intervals.add("d", (5, "e"), (1, "a")))
    write(store, lambda tx: tx.intervals.open_gaps())
    write(store, lambda tx: tx.intervals.close_gap("d"))
    write(store, lambda tx: tx.intervals.extend("c", (9, "i")))
    write(store, lambda tx: tx.intervals.extend("d", (9, "i")))
    assert store.intervals.of("c") == (
        Interval((1, "a"), (5, "e"), sealed=True),
        Interval((9, "i"), (9, "i")),
    )
    assert store.intervals.of("d") == (Interval((1, "a"), (9, "i")),)


def test_a_page_may_be_sealed_from_the_start(store: Store) -> None:
    write(store, lambda tx: tx.intervals.add("c", (5, "e"), (1, "a"), sealed=True))
    assert store.intervals.of("c")[0].sealed


def test_forgetting_a_channel_leaves_the_others(store: Store) -> None:
    write(store, lambda tx: tx.intervals.add("c", (5, "e"), (1, "a")))
    write(store, lambda tx: tx.intervals.add("d", (5, "e"), (1, "a")))
    write(store, lambda tx: tx.intervals.clear("c"))
    assert store.intervals.channels() == {"d"}


def test_what_changes_nothing_is_not_told(store: Store) -> None:
    write(store, lambda tx: tx.intervals.add("c", (5, "e"), (1, "a")))
    changes = heard(store)
    write(store, lambda tx: tx.intervals.extend("c", (3, "x")))
    write(store, lambda tx: tx.intervals.open_gap("none"))
    assert changes == []
    write(store, lambda tx: tx.intervals.open_gap("c"))
    assert [(change.kind, change.channel_id) for change in changes] == [(ChangeKind.POSTS, "c")]
