from __future__ import annotations

from tests.client.desk import Desk
from tui.client.watching import MOST, Watching


def test_the_engine_hears_of_changes_only(online: Desk) -> None:
    watching = Watching(online.client.base)
    watching.show("sidebar", ["a"])
    watching.show("timeline", ["a", "b"])
    watching.show("timeline", ["b", "a"])
    watching.show("sidebar", [])
    watching.show("timeline", ["b"])
    told = [args[0] for args in online.engine.calls("set_visible_users")]
    assert told == [{"a"}, {"a", "b"}, {"b"}]


def test_there_is_a_limit(online: Desk) -> None:
    Watching(online.client.base).show("panel", [f"u{n}" for n in range(MOST + 50)])
    assert len(online.engine.calls("set_visible_users")[-1][0]) == MOST
