"""A real Syncthing for the tests of its wire; one for each file that asks for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.support.syncthing import Instance, create
from tui.net.syncthing import SyncthingApi
from tui.net.syncthing_place import read_place


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    instance = create("solo", tmp_path_factory.mktemp("solo"))
    try:
        instance.start()
        yield instance
    finally:
        instance.stop()


@pytest.fixture
async def api(one: Instance) -> AsyncIterator[SyncthingApi]:
    opened = SyncthingApi(read_place(one.config))
    yield opened
    await opened.close()
