from __future__ import annotations

from tests.support.api_calls import api_to
from tests.support.clock import FakeClock
from tests.support.odd_server import reply
from tui.core.ports import ServerApi
from tui.net.mattermost import MattermostApi


def test_it_is_what_sync_asks_for() -> None:
    api: ServerApi = MattermostApi("https://chat.example/mm", clock=FakeClock())
    assert repr(api) == "MattermostApi(https://chat.example/mm)"


async def test_traffic_is_counted_and_the_meter_shared() -> None:
    async with api_to(reply({"status": "OK"})) as (api, _):
        await api.fetch_ping()
        traffic = api.traffic()
        assert traffic == api.meter.snapshot()
        assert (traffic.requests, traffic.connections) == (1, 1)
