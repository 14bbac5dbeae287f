from __future__ import annotations

from pathlib import Path

from tests.client.desk import Desk, a_desk
from tui.core.models import Target


def test_drafts_belong_to_a_channel_or_a_thread_and_outlive_us(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        desk.client.drafts.put(Target("c1"), "channel", 3)
        desk.clock.advance(1)
        desk.client.drafts.put(Target("c1", "root"), "thread")
    with a_desk(tmp_path) as desk:
        found = desk.client.drafts.get(Target("c1"))
        assert found is not None
        assert (found.text, found.cursor) == ("channel", 3)
        assert [draft.text for draft in desk.client.drafts.all()] == ["thread", "channel"]


def test_an_emptied_draft_is_gone(desk: Desk) -> None:
    desk.client.drafts.put(Target("c1"), "x")
    desk.store.flush()
    desk.client.drafts.put(Target("c1"), "")
    desk.store.flush()
    assert desk.client.drafts.all() == ()
    desk.client.drafts.remove(Target("c1"))
