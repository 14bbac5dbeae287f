"""Walks the whole API against a real Mattermost.

Named by TELETEAM_LIVE_URL, TELETEAM_LIVE_USER and TELETEAM_LIVE_PASSWORD; see `tests.support.api_walk`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.api_walk import WALKS, Account, Walk, signed_in

pytestmark = pytest.mark.live


@pytest.fixture
def account() -> Account:
    if "TELETEAM_LIVE_URL" not in os.environ:
        pytest.skip("TELETEAM_LIVE_URL is not set")
    return Account(*(os.environ[f"TELETEAM_LIVE_{part}"] for part in ("URL", "USER", "PASSWORD")))


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
async def test_walk(walk: Walk, account: Account, tmp_path: Path) -> None:
    async with signed_in(account) as api:
        await walk(api, account, tmp_path)
