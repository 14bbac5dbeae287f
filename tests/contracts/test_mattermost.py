"""The same scenarios, held against recordings of Mattermost 5.37: on the demo server, and on a real one."""

from __future__ import annotations

import os

import pytest

from tests.contracts.scenarios import SCENARIOS
from tests.contracts.setups import demo_stage, live_stage


@pytest.mark.parametrize("name", SCENARIOS)
async def test_demo_server(name: str) -> None:
    async with demo_stage(name) as stage:
        await SCENARIOS[name](stage)
        assert stage.problems == []


@pytest.mark.live
@pytest.mark.parametrize("name", SCENARIOS)
async def test_real_server(name: str) -> None:
    if "TELETEAM_LIVE_ADMIN" not in os.environ:
        pytest.skip("TELETEAM_LIVE_URL, …_ADMIN and …_PASSWORD name no server")
    async with live_stage(name) as stage:
        await SCENARIOS[name](stage)
        assert stage.problems == []
