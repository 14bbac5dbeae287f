"""200 folders with 100 devices and 20,000 changing files: few requests, few pictures, nothing that grows."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tests.support.quick_clock import QuickClock
from tests.support.waiting import until
from tui.core.folder_events import MOST_CHANGES
from tui.core.folders import Connection, FoldersData, FoldersSnapshot, FolderStatus
from tui.core.models import Json
from tui.demo.folders import Device, Folder
from tui.demo.syncthing import DemoSyncthing
from tui.net.syncthing import SyncthingApi
from tui.net.syncthing_place import Place, read_place
from tui.sync.folder_load import MOST_COMPLETIONS, Sample, Shrinking, with_rates
from tui.sync.folders import RELOAD_SECONDS, TELL_SECONDS, FolderWatch

FOLDERS, DEVICES, FILES = 200, 100, 20_000
SPEED = 20.0


class CountingApi(SyncthingApi):
    asked: ClassVar[Counter[str]] = Counter()

    async def _send(self, method: str, path: str, *rest: object, **more: object) -> bytes:
        self.asked[path] += 1
        return await super()._send(method, path, *rest, **more)  # type: ignore[arg-type]


class PagesApi(SyncthingApi):
    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.params: list[Mapping[str, str]] = []

    async def _send(self, *words: Any, **more: Any) -> bytes:
        self.params.append(words[2])
        return await super()._send(*words, **more)


def a_crowd(directory: Path) -> DemoSyncthing:
    """FOLDERS folders, each shared with DEVICES devices; not started yet."""
    demo = DemoSyncthing(directory)
    for n in range(DEVICES):
        ident = f"{n:07d}-DEVICE"
        demo.devices[ident] = Device(ident, f"gerät {n}", connected=True, address="10.0.0.1:22000")
    for n in range(FOLDERS):
        folder = Folder(f"f{n}", f"Ordner {n}", str(directory / "f"), files=100, bytes=10_000_000)
        folder.devices = [d for d in demo.devices if d.endswith("-DEVICE")]
        demo.folders[folder.id] = folder
    return demo


@pytest.fixture
def crowd(tmp_path: Path) -> Iterator[DemoSyncthing]:
    demo = a_crowd(tmp_path)
    demo.start()
    CountingApi.asked = Counter()
    yield demo
    demo.stop()


def storm(demo: DemoSyncthing, first: int) -> None:
    """2,000 files change, in every folder one summary with a completion of each device."""
    folders = list(demo.folders.values())
    for n in range(first, first + FILES // 10):
        folder = folders[n % FOLDERS]
        change = {"action": "modified", "folder": folder.id, "modifiedBy": "0000001", "path": f"datei {n}"}
        demo.tell("RemoteChangeDetected", {**change, "label": folder.label, "type": "file"})
    for folder in folders[:: FOLDERS // 20]:
        demo.change_state(folder, "syncing")
        folder.need_files, folder.need_bytes = 5, 1000 + first
        demo.summarise(folder)
        demo.change_state(folder, "idle")


@pytest.mark.timeout(60)
async def test_a_storm_makes_few_requests_and_few_pictures(crowd: DemoSyncthing, tmp_path: Path) -> None:
    config = crowd.write_config(tmp_path / "home")
    clock, seen = QuickClock(SPEED), list[FoldersSnapshot]()
    watch = FolderWatch(lambda: CountingApi(read_place(config)), seen.append, clock)
    task = asyncio.create_task(watch.run_forever())
    try:
        await until(lambda: seen and len(seen[-1].folders) == FOLDERS, timeout=20)
        asked_at_start = Counter(CountingApi.asked)
        assert asked_at_start["/rest/db/status"] == FOLDERS
        assert asked_at_start["/rest/db/completion"] == MOST_COMPLETIONS
        begun, pictures = clock.monotonic(), len(seen)
        for n in range(10):
            await asyncio.to_thread(crowd.call, partial(storm, crowd, n * FILES // 10))
            await asyncio.sleep(0)
        await until(lambda: seen[-1].changes and seen[-1].changes[0].path == f"datei {FILES - 1}", timeout=20)
        seconds = clock.monotonic() - begun
        asked = CountingApi.asked - asked_at_start
        assert len(seen) - pictures <= seconds / TELL_SECONDS + 2
        assert asked["/rest/db/status"] <= FOLDERS * (seconds // RELOAD_SECONDS + 1)
        assert asked["/rest/db/completion"] == 0
        assert asked["/rest/db/need"] == asked["/rest/db/browse"] == 0
        others = sum(n for path, n in asked.items() if path not in ("/rest/db/status", "/rest/events"))
        assert others <= 6 * (seconds / 5 + 2)
        assert len(seen[-1].changes) == MOST_CHANGES
        assert max(Counter(f.id for f in seen[-1].folders).values()) == 1
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.mark.timeout(60)
async def test_while_hidden_hardly_anything_is_told(crowd: DemoSyncthing, tmp_path: Path) -> None:
    config = crowd.write_config(tmp_path / "home")
    clock, seen = QuickClock(SPEED), list[FoldersSnapshot]()
    watch = FolderWatch(lambda: CountingApi(read_place(config)), seen.append, clock)
    watch.visible = False
    task = asyncio.create_task(watch.run_forever())
    try:
        await until(lambda: seen and seen[-1].searched, timeout=20)
        begun, pictures = clock.monotonic(), len(seen)
        for n in range(5):
            await asyncio.to_thread(crowd.call, partial(storm, crowd, n * 10))
        assert len(seen) - pictures <= (clock.monotonic() - begun) / 30 + 1
        watch.visible = True
        await until(lambda: seen[-1].changes, timeout=20)  # told as soon as somebody looks
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def test_what_is_kept_does_not_grow_with_the_number_of_changes() -> None:
    from tui.core.folder_events import apply_all
    from tui.core.ports import FolderEvent

    def changes(first: int) -> list[FolderEvent]:
        data: dict[str, Json] = {"folder": "f", "action": "modified"}
        return [
            FolderEvent(n, "RemoteChangeDetected", {**data, "path": f"d{n}"}, n)
            for n in range(first, first + 1000)
        ]

    data = apply_all(FoldersData(), changes(0))[0]
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for batch in range(1, 20):
            data = apply_all(data, changes(batch * 1000))[0]
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert len(data.changes) == MOST_CHANGES
    assert grown < 200_000


def test_rates_come_from_what_shrinks_and_from_counters() -> None:
    shrinking = Shrinking()
    data = FoldersData(statuses={"f": FolderStatus(state="syncing", need_bytes=9_000)})
    data = shrinking.seen(data, ["f"], 10.0)
    assert data.folder_rates == {}
    data = FoldersData(statuses={"f": FolderStatus(state="syncing", need_bytes=5_000)})
    assert shrinking.seen(data, ["f"], 12.0).folder_rates == {"f": 2000.0}
    idle = FoldersData(statuses={"f": FolderStatus(state="idle")}, folder_rates={"f": 2000.0})
    assert shrinking.seen(idle, ["f"], 14.0).folder_rates == {}
    before = Sample(0.0, {"d": Connection(connected=True, in_bytes=5_000)})
    after = with_rates(FoldersData(), before, Sample(5.0, {"d": Connection(connected=True, in_bytes=0)}))
    assert after.rates["d"].received == 0.0  # the counters began anew


@pytest.mark.timeout(60)
async def test_trap_event_ids_begin_anew_after_a_restart(crowd: DemoSyncthing, tmp_path: Path) -> None:
    """A poller with an old id would wait for ever although there are events."""
    config = crowd.write_config(tmp_path / "home")
    clock, seen = QuickClock(SPEED), list[FoldersSnapshot]()
    watch = FolderWatch(lambda: CountingApi(read_place(config)), seen.append, clock)
    task = asyncio.create_task(watch.run_forever())
    try:
        await until(lambda: seen and len(seen[-1].folders) == FOLDERS, timeout=20)
        await asyncio.to_thread(crowd.call, partial(storm, crowd, 0))
        await until(lambda: seen[-1].changes, timeout=20)
        crowd.started_at += 60_000
        await asyncio.to_thread(crowd.restart)
        crowd.folders["f7"].label = "Umbenannt"
        await until(lambda: any(f.title == "Umbenannt" for f in seen[-1].folders), timeout=20)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_trap_what_is_missing_is_asked_for_by_pages(crowd: DemoSyncthing, tmp_path: Path) -> None:
    """Without a page 20,000 files were 8.8 MB."""
    api = PagesApi(read_place(crowd.write_config(tmp_path / "home")))
    await api.fetch_need("f1")
    await api.fetch_local_changes("f1")
    await api.close()
    assert len(api.params) == 2
    assert all(1 <= int(params["perpage"]) <= 1_000 and params["page"] == "1" for params in api.params)
