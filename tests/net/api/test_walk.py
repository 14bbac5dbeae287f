"""The walk through the whole API, against the demo server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.api_walk import WALKS, Account, Walk, signed_in
from tui.demo import company
from tui.demo.server import DemoServer


@pytest.fixture(scope="module")
def account() -> Iterator[Account]:
    server = DemoServer(1, company.build)
    try:
        yield Account(server.start(), "anna", "anna")
    finally:
        server.stop()


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
async def test_walk(walk: Walk, account: Account, tmp_path: Path) -> None:
    async with signed_in(account) as api:
        await walk(api, account, tmp_path)
