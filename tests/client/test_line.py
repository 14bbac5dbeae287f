"""The profile of the line while the program runs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.client.desk import Desk
from tests.support.waiting import wait_until
from tui.client.line import LineUse
from tui.core.changes import Change, ChangeKind
from tui.core.line_profile import RICH, THIN

ONLINE = (Change(ChangeKind.CONNECTION),)


@pytest.fixture
def line_of(desk: Desk) -> Callable[..., LineUse]:
    """A profile's choice over the desk's lane; `trip` in milliseconds."""

    def make(trip: float = 0.0, **more: object) -> LineUse:
        return LineUse(desk.client.base.hub, desk.client.base.lane, lambda: trip, **more)  # type: ignore[arg-type]

    return make


def test_the_person_may_switch_while_it_runs(desk: Desk) -> None:
    heard: list[Change] = []
    desk.client.subscribe(heard.extend)
    desk.client.start()
    assert desk.client.line.profile is RICH
    assert desk.client.line.toggle() is THIN
    assert Change(ChangeKind.TRAFFIC) in heard
    wait_until(lambda: desk.engine.calls("set_profile") == [(THIN,)])
    assert desk.client.line.use("auto") is RICH


def test_a_place_behind_ssh_is_thin(line_of: Callable[..., LineUse]) -> None:
    assert line_of(remote=True).profile is THIN
    assert line_of(remote=True, wish="rich").profile is RICH


def test_a_slow_line_becomes_thin_by_itself(desk: Desk, line_of: Callable[..., LineUse]) -> None:
    desk.client.start()
    wait_until(lambda: desk.lane.wires)
    slow, wished = line_of(400.0), line_of(400.0, wish="rich")
    slow.hear(ONLINE)
    wished.hear(ONLINE)
    assert (slow.profile, slow.choice.reason) == (THIN, "trip")
    assert wished.profile is RICH


def test_other_changes_decide_nothing(line_of: Callable[..., LineUse]) -> None:
    line = line_of(400.0)
    line.hear((Change(ChangeKind.POSTS, "c"),))
    assert line.profile is RICH
