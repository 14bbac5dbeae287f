from __future__ import annotations

from tests.store.builders import heard, write, write_desk
from tui.store import Store


def test_notes_are_set_read_and_removed(store: Store) -> None:
    changes = heard(store)
    write(store, lambda tx: tx.marks.set("etag:me", "1"))
    write(store, lambda tx: tx.marks.set("etag:me", "2"))
    assert store.marks.get("etag:me") == "2"
    assert store.marks.get("none") == ""
    assert store.marks.get("none", "x") == "x"
    write(store, lambda tx: tx.marks.remove("etag:me"))
    assert store.marks.get("etag:me") == ""
    assert changes == []


def test_notes_are_gathered_and_forgotten_by_their_beginning(store: Store) -> None:
    for name in ("since:a", "since:b", "since_", "other"):
        write(store, lambda tx, name=name: tx.marks.set(name, name))  # type: ignore[misc]
    assert store.marks.under("since:") == {"since:a": "since:a", "since:b": "since:b"}
    write(store, lambda tx: tx.marks.remove_under("since:"))
    assert store.marks.under("") == {"since_": "since_", "other": "other"}


def test_kept_values_are_on_the_desk(store: Store) -> None:
    write_desk(store, lambda dtx: dtx.kept.set("team", "t1"))
    store.wipe_cache().result(10)
    assert store.kept.get("team") == "t1"
    assert store.marks.get("team") == ""
