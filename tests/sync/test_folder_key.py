"""A refused key is sent once; then only config.xml is looked at, until it holds another or a person asks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.quick_clock import QuickClock
from tests.support.waiting import until
from tui.core.folders import FoldersLink, FoldersSnapshot
from tui.demo.http1 import Request, Response
from tui.demo.syncthing import DemoSyncthing
from tui.net.syncthing import SyncthingApi
from tui.net.syncthing_place import Place, read_place
from tui.sync.folders import RETRY_MOST, FolderWatch


class Counting(DemoSyncthing):
    refused = 0

    def _turned_away(self, request: Request) -> Response | None:
        answer = super()._turned_away(request)
        self.refused += answer is not None
        return answer


class Rig:
    """A watch whose config.xml holds a key that the Syncthing does not take."""

    def __init__(self, tmp_path: Path) -> None:
        self.demo = Counting(tmp_path / "files")
        self.demo.start()
        self.config = self.demo.write_config(tmp_path / "home")
        self.demo.api_key = "another"
        self.seen: list[FoldersSnapshot] = []
        self.looks = 0
        self.clock = QuickClock(400.0)
        self.watch = FolderWatch(
            lambda: SyncthingApi(self.place()), self.seen.append, self.clock, lambda: self.place().mark
        )

    def place(self) -> Place:
        self.looks += 1
        return read_place(self.config)


@pytest.fixture
async def rig(tmp_path: Path) -> AsyncIterator[Rig]:
    made = Rig(tmp_path)
    task = asyncio.create_task(made.watch.run_forever())
    await until(lambda: made.seen)
    yield made
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    made.demo.stop()


async def test_it_is_sent_once_however_long_one_waits(rig: Rig) -> None:
    assert rig.seen[-1].link is FoldersLink.WRONG_KEY
    begun, looks = rig.clock.monotonic(), rig.looks
    await until(lambda: rig.looks > looks + 8)
    assert rig.clock.monotonic() - begun > RETRY_MOST
    assert rig.demo.refused == 1


async def test_another_key_in_the_file_is_taken_by_itself(rig: Rig) -> None:
    rig.demo.write_config(rig.config.parent)
    await until(lambda: rig.seen[-1].link is FoldersLink.OK)
    assert rig.demo.refused == 1


async def test_the_person_can_have_it_tried_again(rig: Rig) -> None:
    rig.demo.api_key = read_place(rig.config).key  # a restart without --gui-apikey: the file was right
    rig.watch.try_again()
    await until(lambda: rig.seen[-1].link is FoldersLink.OK)
