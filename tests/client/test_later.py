from __future__ import annotations

import pytest

from tests.client.desk import Desk
from tui.core.errors import NotSupported
from tui.core.models import ServerConfig, Target

MINUTE = 60_000


def test_usual_times_lie_ahead(online: Desk) -> None:
    times = dict(online.client.later.times())
    now = online.clock.now()
    assert times["half_hour"] == now + 30 * MINUTE
    assert all(at > now for at in times.values())
    monday = online.client.formats().moment(times["monday"])
    assert (monday.weekday(), monday.hour) == (0, 9)


@pytest.mark.parametrize("text", ["", "soon", "25:00", "0", "2001-01-01 9:00", "99999999999"])
def test_no_time_is_zero(online: Desk, text: str) -> None:
    assert online.client.later.at(text) == 0


def test_typed_times(online: Desk) -> None:
    later, now = online.client.later, online.clock.now()
    assert later.at("45") == now + 45 * MINUTE
    assert 0 < later.at("23:59") - now <= 24 * 60 * MINUTE
    moment = online.client.formats().moment(later.at("24.12.2033 9:30"))
    assert (moment.year, moment.month, moment.day, moment.hour, moment.minute) == (2033, 12, 24, 9, 30)


def test_an_old_server_is_not_even_asked(online: Desk) -> None:
    with pytest.raises(NotSupported):
        online.client.later.remind("p", 1).result(10)
    with pytest.raises(NotSupported):
        online.client.later.schedule(Target("c1"), "x", 1).result(10)
    assert online.client.later.scheduled() == ()
    assert online.api.asked == []


def test_scheduled_messages_drop_their_draft(online: Desk) -> None:
    online.put(lambda tx: tx.config.put(ServerConfig({"ScheduledPosts": "true"})))
    online.client.drafts.put(Target("c1"), "later", 0)
    online.api.answers["fetch_scheduled"] = []
    online.client.later.schedule(Target("c1"), "later", 5).result(10)
    online.store.flush()
    assert online.client.drafts.get(Target("c1")) is None
