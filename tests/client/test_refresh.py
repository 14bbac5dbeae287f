from __future__ import annotations

from tests.client.desk import Desk
from tests.support.waiting import wait_until
from tui.client.refresh import EVERY_SECONDS, Refresh
from tui.core.connection import ConnectionState
from tui.core.errors import Offline


def test_the_same_is_asked_for_once_a_minute(online: Desk) -> None:
    refresh = Refresh(online.client.base)
    for _ in range(3):
        refresh.ask("a", lambda api: api.fetch_ping())
    refresh.ask("b", lambda api: api.fetch_ping())
    wait_until(lambda: len(online.api.calls("fetch_ping")) == 2)
    online.clock.advance(EVERY_SECONDS)
    refresh.ask("a", lambda api: api.fetch_ping())
    wait_until(lambda: len(online.api.calls("fetch_ping")) == 3)


def test_nothing_is_asked_without_a_line(online: Desk) -> None:
    online.engine.state = ConnectionState("offline")
    Refresh(online.client.base).ask("a", lambda api: api.fetch_ping())
    assert online.api.asked == []


def test_failures_are_no_trouble(online: Desk) -> None:
    online.api.answers |= {"fetch_ping": Offline("dns"), "fetch_config": ValueError()}
    refresh = Refresh(online.client.base)
    refresh.ask("a", lambda api: api.fetch_ping())
    refresh.ask("b", lambda api: api.fetch_config())
    wait_until(lambda: len(online.api.asked) == 2)
