from __future__ import annotations

from tests.store.builders import heard, write_desk
from tui.core.changes import ChangeKind
from tui.core.models import Draft, Target
from tui.store import ReadPosition, Store

CHANNEL, THREAD = Target("c"), Target("c", "r")


def test_each_target_has_its_own_draft(store: Store) -> None:
    first, second = Draft(CHANNEL, "half", 5, 4), Draft(THREAD, "a\nthought", 9)
    write_desk(store, lambda dtx: dtx.drafts.put(first))
    write_desk(store, lambda dtx: dtx.drafts.put(second))
    assert store.drafts.get(CHANNEL) == first
    assert store.drafts.get(Target("d")) is None
    assert store.drafts.all() == (second, first)


def test_an_empty_draft_is_none(store: Store) -> None:
    write_desk(store, lambda dtx: dtx.drafts.put(Draft(CHANNEL, "half")))
    changes = heard(store)
    write_desk(store, lambda dtx: dtx.drafts.put(Draft(CHANNEL, "")))
    write_desk(store, lambda dtx: dtx.drafts.remove(CHANNEL))
    assert store.drafts.all() == ()
    assert [(change.kind, change.channel_id) for change in changes] == [(ChangeKind.DRAFTS, "c")]


def test_no_text_stops_an_insert(store: Store) -> None:
    write_desk(store, lambda dtx: dtx.drafts.put(Draft(CHANNEL, "a\ud800\0")))
    draft = store.drafts.get(CHANNEL)
    assert draft is not None
    assert draft.text == "a\ufffd\ufffd"


def test_where_i_was_reading_is_kept(store: Store) -> None:
    write_desk(store, lambda dtx: dtx.read_positions.put("c", "p", 3))
    write_desk(store, lambda dtx: dtx.read_positions.put("c", "q", 4))
    assert store.read_positions.get("c") == ReadPosition("c", "q", 4)
    write_desk(store, lambda dtx: dtx.read_positions.remove("c"))
    assert store.read_positions.get("c") is None
