from __future__ import annotations

from dataclasses import replace

from tests.store.builders import heard, write
from tui.core.models import Channel
from tui.store import Store

ONE = Channel("c", "O", "town", "Town", "t", total_msg_count=5, last_post_at=50, update_at=10, header="h")
DIRECT = Channel("d", "D", "u__v")


def test_channels_are_found_by_id_team_and_name(store: Store) -> None:
    write(store, lambda tx: tx.channels.put([ONE, DIRECT]))
    assert store.channels.get("c") == ONE
    assert store.channels.get("none") is None
    assert store.channels.by_team("t") == (ONE,)
    assert store.channels.by_team("") == (DIRECT,)
    assert store.channels.by_name("t", "town") == ONE
    assert store.channels.by_name("", "u__v") == DIRECT
    assert store.channels.by_name("t", "none") is None
    assert store.channels.all() == (DIRECT, ONE)


def test_older_descriptions_and_lower_counts_are_not_taken_over(store: Store) -> None:
    older = replace(ONE, update_at=9, header="old", total_msg_count=7)
    newer = replace(ONE, update_at=11, header="new", total_msg_count=6, last_post_at=60)
    for channels in ([ONE, older, newer], [newer, ONE, older], [older, newer, ONE]):
        for channel in channels:
            write(store, lambda tx, channel=channel: tx.channels.put([channel]))  # type: ignore[misc]
        assert store.channels.get("c") == replace(newer, total_msg_count=7)
        write(store, lambda tx: tx.channels.remove(["c"]))


def test_a_bump_moves_the_counters_alone(store: Store) -> None:
    write(store, lambda tx: tx.channels.put([ONE]))
    write(
        store, lambda tx: tx.channels.bump(replace(ONE, header="stale", total_msg_count=6, last_post_at=40))
    )
    write(store, lambda tx: tx.channels.bump(DIRECT))
    assert store.channels.all() == (replace(ONE, total_msg_count=6),)


def test_only_real_changes_are_told(store: Store) -> None:
    write(store, lambda tx: tx.channels.put([ONE]))
    changes = heard(store)
    write(store, lambda tx: tx.channels.put([ONE]))
    write(store, lambda tx: tx.channels.remove(["none"]))
    assert changes == []
    write(store, lambda tx: tx.channels.remove(["c"]))
    assert [change.ids for change in changes] == [frozenset("c")]
    assert store.channels.all() == ()
