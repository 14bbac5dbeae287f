"""200 folders, 100 devices, 20,000 changing files: what the folder watch asks, tells, keeps and paints.

`measure()` gives a table; nothing here passes or fails (`tests/sync/test_folder_load.py` and
`tests/budgets` do). The Syncthing is the demo's, over loopback.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path

from tests.bench.report import Table
from tests.sync.test_folder_load import DEVICES, FILES, FOLDERS, CountingApi, a_crowd, storm
from tests.ui.bare import LOOK
from tui.client.clock import SystemClock
from tui.core.folders import FoldersSnapshot
from tui.demo.syncthing import DemoSyncthing
from tui.net.syncthing_place import read_place
from tui.settings.formats import Formats
from tui.sync.folders import TELL_SECONDS, FolderWatch
from tui.ui.widgets.folder_rows import FolderPainter, rows_of

WAVES = 10
WIDTH, HEIGHT = 32, 33
"""Cells of the side panel in a window of 120×36."""


def measure() -> list[Table]:
    with tempfile.TemporaryDirectory() as place, _crowd(Path(place)) as demo:
        return [asyncio.run(_stormed(demo, Path(place)))]


@contextmanager
def _crowd(directory: Path) -> Iterator[DemoSyncthing]:
    demo = a_crowd(directory)
    demo.start()
    try:
        yield demo
    finally:
        demo.stop()


async def _stormed(demo: DemoSyncthing, directory: Path) -> Table:
    config = demo.write_config(directory / "home")
    seen: list[FoldersSnapshot] = []
    CountingApi.asked = Counter()
    watch = FolderWatch(lambda: CountingApi(read_place(config)), seen.append, SystemClock())
    task = asyncio.create_task(watch.run_forever())
    try:
        await _until(lambda: bool(seen) and len(seen[-1].folders) == FOLDERS)
        start, first = Counter(CountingApi.asked), len(seen)
        tracemalloc.start()
        begun = time.monotonic()
        held: list[int] = []
        for wave in range(WAVES):
            await asyncio.to_thread(demo.call, partial(storm, demo, wave * FILES // WAVES))
            await asyncio.sleep(TELL_SECONDS)
            held.append(tracemalloc.get_traced_memory()[0])
        tracemalloc.stop()
        return _table(start, time.monotonic() - begun, seen[first - 1 :], held)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _until(probe: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not probe():
        if time.monotonic() > deadline:
            raise TimeoutError
        await asyncio.sleep(0.05)


def _table(start: Counter[str], seconds: float, seen: list[FoldersSnapshot], held: list[int]) -> Table:
    asked = CountingApi.asked - start
    painted = [_painted(before, after) for before, after in pairwise(seen)]
    table = Table(
        f"Shared folders: {FOLDERS} folders, {DEVICES} devices, {FILES:,} files change in {seconds:.0f} s",
        ("what", "figure", "unit"),
    )
    table.add("requests until the panel is complete", sum(start.values()), "")
    table.add("… of them db/status", start["/rest/db/status"], "")
    table.add("requests during the storm", sum(asked.values()), "")
    table.add("… of them db/completion, db/need, db/browse", _database(asked), "")
    table.add("pictures told", len(seen) - 1, "")
    table.add("cells that differ in sight, a picture", max(painted, default=0), "at most")
    table.add("memory after the first wave", round(held[0] / 1000), "kB")
    table.add("… after the last", round(held[-1] / 1000), "kB")
    table.notes.append(
        "The pretended Syncthing runs in the same process: its rings of 1,000 events are counted in."
    )
    return table


def _database(asked: Counter[str]) -> int:
    return sum(asked[f"/rest/db/{name}"] for name in ("completion", "need", "browse"))


def _painted(before: FoldersSnapshot, after: FoldersSnapshot) -> int:
    """Cells of the panel's first screen that are not the same: an upper bound of what is written."""
    pairs = zip(_screen(before), _screen(after), strict=True)
    return sum(one != other for old, new in pairs for one, other in zip(old, new, strict=True))


def _screen(snapshot: FoldersSnapshot) -> list[str]:
    painter = FolderPainter(Formats("en"))
    lines: list[str] = []
    for row in rows_of(snapshot):
        lines += ["".join(s.text for s in line) for line in painter.paint(row, WIDTH, LOOK)]
        if len(lines) >= HEIGHT:
            break
    return [line.ljust(WIDTH)[:WIDTH] for line in (*lines, *[""] * HEIGHT)][:HEIGHT]
