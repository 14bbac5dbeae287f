from __future__ import annotations

from tests.store.builders import heard, write
from tui.core.models import Membership
from tui.store import Store

ONE = Membership("c", "me", msg_count=3, notify_props={"mark_unread": "mention"}, manually_unread=True)


def test_rows_are_replaced_and_removed(store: Store) -> None:
    write(store, lambda tx: tx.memberships.put([ONE, Membership("d", "me")]))
    assert store.memberships.get("c") == ONE
    assert store.memberships.all() == {"c": ONE, "d": Membership("d", "me")}
    write(store, lambda tx: tx.memberships.put([Membership("c", "me")]))
    assert store.memberships.get("c") == Membership("c", "me")
    write(store, lambda tx: tx.memberships.remove(["c", "none"]))
    assert store.memberships.all().keys() == {"d"}
    assert store.memberships.get("c") is None


def test_only_real_changes_are_told(store: Store) -> None:
    write(store, lambda tx: tx.memberships.put([ONE]))
    changes = heard(store)
    write(store, lambda tx: tx.memberships.put([ONE]))
    write(store, lambda tx: tx.memberships.remove(["none"]))
    assert changes == []
