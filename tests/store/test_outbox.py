from __future__ import annotations

from dataclasses import replace

from tests.store.builders import an_item, heard, write_desk
from tui.core.changes import ChangeKind
from tui.core.models import OutboxItem, Target
from tui.store import DeskTx, Store


def test_items_wait_in_the_order_of_queueing(store: Store) -> None:
    for cid in ("b", "a", "z"):
        write_desk(store, lambda dtx, cid=cid: dtx.outbox.add(an_item(cid)))  # type: ignore[misc]
    write_desk(store, lambda dtx: dtx.outbox.add(an_item("reply", root_id="r")))
    assert [item.cid for item in store.outbox.all()] == ["b", "a", "z", "reply"]
    assert [item.cid for item in store.outbox.of(Target("c", "r"))] == ["reply"]
    assert [item.seq for item in store.outbox.of(Target("c"))] == [1, 2, 3]


def test_every_field_is_kept(store: Store) -> None:
    item = OutboxItem(
        "cid",
        "edit",
        Target("c", "r"),
        "täxt",
        "p",
        ("f",),
        ("/a b",),
        "parked",
        "u:1",
        3,
        7,
        create_at=9,
        reason="x",
    )
    assert write_desk(store, lambda dtx: dtx.outbox.add(item)) == replace(item, seq=1)
    assert store.outbox.get("cid") == replace(item, seq=1)


def test_a12_the_same_item_twice_is_one(store: Store) -> None:
    write_desk(store, lambda dtx: dtx.outbox.add(an_item("a")))
    write_desk(store, lambda dtx: dtx.outbox.add(an_item("b")))
    again = write_desk(store, lambda dtx: dtx.outbox.add(an_item("a", "edited")))
    assert again.seq == 1
    assert [(item.cid, item.text) for item in store.outbox.all()] == [("a", "edited"), ("b", "hi")]


def test_what_was_removed_stays_gone_and_its_place_is_not_reused(store: Store) -> None:
    item = write_desk(store, lambda dtx: dtx.outbox.add(an_item("a")))
    write_desk(store, lambda dtx: dtx.outbox.remove("a"))
    changes = heard(store)
    write_desk(store, lambda dtx: dtx.outbox.update(replace(item, state="sending")))
    write_desk(store, lambda dtx: dtx.outbox.remove("a"))
    assert (store.outbox.all(), store.outbox.get("a"), changes) == ((), None, [])
    assert write_desk(store, lambda dtx: dtx.outbox.add(an_item("b"))).seq == 2


def test_an_update_replaces_and_may_retarget(store: Store) -> None:
    item = write_desk(store, lambda dtx: dtx.outbox.add(an_item("a")))
    changes = heard(store)
    moved = replace(item, target=Target("d"), state="parked")
    write_desk(store, lambda dtx: dtx.outbox.update(moved))
    assert store.outbox.of(Target("d")) == (moved,)
    assert [(c.kind, c.channel_id, c.ids) for c in changes] == [(ChangeKind.OUTBOX, "d", frozenset("a"))]


def test_queueing_and_clearing_the_draft_happen_at_once(store: Store) -> None:
    def both(dtx: DeskTx) -> None:
        dtx.outbox.add(an_item("a"))
        raise KeyError

    assert isinstance(store.write_desk(both).exception(10), KeyError)
    assert store.outbox.all() == ()
