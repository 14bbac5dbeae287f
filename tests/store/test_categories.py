from __future__ import annotations

from tests.store.builders import heard, write
from tui.core.models import Categories, Category
from tui.store import Store

TWO = Categories(
    "t", (Category("y", "t", "favorites", channel_ids=("c", "d")), Category("x", "t", "channels"))
)


def test_the_order_is_the_servers(store: Store) -> None:
    write(store, lambda tx: tx.categories.replace(TWO))
    assert store.categories.of("t") == TWO
    assert store.categories.of("other") == Categories("other", ())


def test_a_team_is_replaced_as_a_whole_and_told_once(store: Store) -> None:
    write(store, lambda tx: tx.categories.replace(TWO))
    changes = heard(store)
    write(store, lambda tx: tx.categories.replace(TWO))
    assert changes == []
    write(store, lambda tx: tx.categories.replace(Categories("t", TWO.categories[1:])))
    assert store.categories.of("t").categories == TWO.categories[1:]
    assert [change.ids for change in changes] == [frozenset("t")]
