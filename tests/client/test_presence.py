from __future__ import annotations

import pytest

from tests.client.desk import Desk
from tests.support.makers import ME, user
from tests.support.waiting import wait_until
from tui.core.models import CustomStatus, Preference, ServerConfig, Status

MINUTE = 60_000


@pytest.fixture
def online(desk: Desk) -> Desk:
    return desk.online()


def test_by_hand(online: Desk) -> None:
    online.client.presence.set("away").result(5)
    assert online.api.calls("put_status") == [(ME, "away")]
    online.put(lambda tx: tx.statuses.put([Status(ME, "away", manual=True)]))
    assert online.client.presence.status() == "away"


def test_a_server_that_knows_times_keeps_them(online: Desk) -> None:
    online.put(lambda tx: tx.config.put(ServerConfig({"Version": "9.5.0"})))
    until = online.clock.now() + 30 * MINUTE
    online.client.presence.set("dnd", until).result(5)
    assert online.api.calls("put_status_until") == [(ME, "dnd", until)]
    online.clock.advance(31 * 60)
    assert online.client.presence.tidy() is None


def test_an_older_server_is_told_when_the_time_is_over(online: Desk) -> None:
    online.put(lambda tx: tx.config.put(ServerConfig({"Version": "5.37.0"})))
    until = online.clock.now() + 30 * MINUTE
    online.client.presence.set("dnd", until).result(5)
    wait_until(lambda: online.store.kept.get("dnd_until") == str(until))
    assert online.client.presence.tidy() is None
    online.clock.advance(31 * 60)
    done = online.client.presence.tidy()
    assert done is not None
    done.result(5)
    assert online.api.calls("put_status") == [(ME, "online")]
    wait_until(lambda: not online.store.kept.get("dnd_until"))
    assert online.client.presence.tidy() is None


def test_a_line_of_status_runs_out(online: Desk) -> None:
    held = CustomStatus("house", "at home", online.clock.now() + MINUTE)
    online.put(lambda tx: tx.users.put([user(ME, custom_status=held)]))
    assert online.client.presence.custom() == held
    online.clock.advance(61)
    assert online.client.presence.custom() is None
    online.client.presence.set_custom(None).result(5)
    assert online.api.calls("put_custom_status") == [(ME, None)]


def test_recent_ones_of_the_server_and_rubbish(online: Desk) -> None:
    def remember(text: str) -> None:
        row = Preference("custom_status", "recent_custom_statuses", text)
        online.put(lambda tx: tx.preferences.put([row]))

    remember('[{"emoji":"house","text":"at home"},{"emoji":3},7]')
    assert online.client.presence.recent() == (CustomStatus("house", "at home"),)
    remember("no json")
    assert online.client.presence.recent() == ()


def test_the_day_ends_today(online: Desk) -> None:
    left = online.client.presence.end_of_day() - online.clock.now()
    assert 0 < left <= 24 * 60 * MINUTE
