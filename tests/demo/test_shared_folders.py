"""Shared folders that move."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

from tui.demo import shared_folders
from tui.demo.syncthing import DemoSyncthing


def test_a_conflict_lies_on_disk(tmp_path: Path) -> None:
    demo = DemoSyncthing(tmp_path)
    shared_folders.furnish(demo)
    assert list((tmp_path / "Projekte").glob("*.sync-conflict-*"))
    demo.stop()


async def test_things_happen_and_end_well(tmp_path: Path) -> None:
    demo = DemoSyncthing(tmp_path)
    shared_folders.furnish(demo)
    ring = demo.events.ring("")
    task = asyncio.create_task(shared_folders.live(demo, random.Random(2), pace=0.0005))
    wanted = {"StateChanged", "FolderSummary", "FolderCompletion", "DownloadProgress", "FolderScanProgress"}
    wanted |= {"DeviceConnected", "DeviceDisconnected"}
    seen: set[str] = set()
    while not wanted <= seen:
        assert not task.done()
        await asyncio.sleep(0.01)
        seen |= {event["type"] for event in ring.after(0, 0)}
    task.cancel()
    folder = demo.folders["proj-polar"]
    assert folder.need_bytes <= folder.bytes
    demo.stop()
