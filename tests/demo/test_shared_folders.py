"""Shared folders that move."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

from tui.demo import shared_folders
from tui.demo.syncthing import DemoSyncthing
from tui.net.syncthing import SyncthingApi
from tui.net.syncthing_place import read_place


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


async def test_the_device_that_is_away_has_been_called_in_vain(tmp_path: Path) -> None:
    demo = DemoSyncthing(tmp_path)
    shared_folders.furnish(demo)
    demo.start()
    api = SyncthingApi(read_place(demo.write_config(tmp_path / "home")))
    try:
        nas = demo.devices[shared_folders.NAS]
        dials = (await api.fetch_system_status()).dials
        assert "timeout" in dials[nas.addresses[0]].error
        found = await api.fetch_discovered()
        assert found[shared_folders.GRAZ]
        assert shared_folders.NAS not in found
    finally:
        await api.close()
        demo.stop()
