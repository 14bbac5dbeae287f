from __future__ import annotations

from tests.store.builders import heard, write
from tui.core.models import Preference
from tui.store import Store

NAMES = Preference("display_settings", "name_format", "full_name")
SAVED = Preference("flagged_post", "p1", "true")
EMPTY = Preference("theme", "", "")


def test_unset_is_told_apart_from_empty(store: Store) -> None:
    write(store, lambda tx: tx.preferences.put([NAMES, EMPTY]))
    assert store.preferences.get("theme", "") == ""
    assert store.preferences.get("theme", "none") is None
    assert store.preferences.all() == (NAMES, EMPTY)


def test_replacing_removes_what_is_gone_and_tells_the_categories(store: Store) -> None:
    write(store, lambda tx: tx.preferences.replace([NAMES, SAVED]))
    changes = heard(store)
    write(store, lambda tx: tx.preferences.replace([SAVED, NAMES]))
    assert changes == []
    write(store, lambda tx: tx.preferences.replace([NAMES, EMPTY]))
    assert store.preferences.all() == (NAMES, EMPTY)
    assert [change.ids for change in changes] == [frozenset({"flagged_post", "theme"})]


def test_deleting_goes_by_category_and_name(store: Store) -> None:
    write(store, lambda tx: tx.preferences.put([SAVED]))
    write(store, lambda tx: tx.preferences.delete([Preference("flagged_post", "p1", "other")]))
    assert store.preferences.all() == ()
