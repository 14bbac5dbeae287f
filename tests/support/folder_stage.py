"""The panel over the demo's Syncthing: real requests, real files in a directory of the test's own.

Invariant: `watching` ends what it started; the sample folders are those of `tui.demo.shared_folders`, and one
that only sends.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import Future
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

from tests.support.pretended_sharing import AtOnce, PretendedSharing
from tests.support.quick_clock import QuickClock
from tests.support.waiting import until
from tui.client.client import Client
from tui.client.folders import Folders
from tui.client.hub import Hub
from tui.client.lane import NetLane
from tui.client.pairing import Pairing
from tui.client.sharing import Sharing
from tui.client.shelf import Shelf
from tui.core.folders import FoldersLink
from tui.demo import shared_folders
from tui.demo.folders import Folder
from tui.demo.shared_folders import BEN
from tui.demo.syncthing import DemoSyncthing
from tui.net.syncthing import SyncthingApi
from tui.net.syncthing_place import read_place
from tui.sync.folder_acts import FolderActs
from tui.sync.folders import FolderWatch
from tui.sync.sharing import Sharing as Sharer

T = TypeVar("T")
SENDER = "druck"


def furnished(directory: Path) -> DemoSyncthing:
    """The sample folders, a send-only one that two others have changed, and a machine that offers one."""
    demo = DemoSyncthing(directory)
    shared_folders.furnish(demo)
    demo.folders[SENDER] = Folder(
        SENDER, "Druckdaten", str(directory / "Druck"), "sendonly", [BEN], files=7, bytes=70_000, need_files=3
    )
    demo.pending_folders["neu-26"] = {"offeredBy": {BEN: {"label": "Neues", "time": "2026-11-23T17:00:00Z"}}}
    return demo


class AskingFolders(Folders):
    """Asks in a thread of its own instead of the net lane."""

    def __init__(self, hub: Hub, open_api: Callable[[], SyncthingApi]) -> None:
        super().__init__(hub, cast(NetLane, None))
        self._acts = FolderActs(open_api)

    def set_visible(self, visible: bool, *, far: bool = False) -> None:
        self._visible, self._far = visible, far

    def _hand_on(self) -> None:
        return None

    def _act(self, work: Callable[[FolderActs], Coroutine[Any, Any, T]]) -> Future[T]:
        done: Future[T] = Future()

        def run() -> None:
            try:
                done.set_result(asyncio.run(work(self._acts)))
            except Exception as error:  # noqa: BLE001 - handed on
                done.set_exception(error)

        threading.Thread(target=run, daemon=True).start()
        return done


@asynccontextmanager
async def watching(client: Client, demo: DemoSyncthing, home: Path) -> AsyncIterator[DemoSyncthing]:
    """`client` sees the demo's folders as long as this lasts."""
    demo.start()
    config = demo.write_config(home / "syncthing")
    clock = QuickClock()

    def open_api() -> SyncthingApi:
        return SyncthingApi(read_place(config))

    folders = AskingFolders(client.base.hub, open_api)
    client.folders = folders
    machines = AtOnce(cast(PretendedSharing, Sharer(open_api, clock, home=home)))
    client.pairing = Pairing(client.base, folders, client.posts, machines)
    client.sharing = Sharing(client.posts, client.pairing, machines)
    client.shelf = Shelf(client.base, folders, client.posts, client.pairing, machines)
    task = asyncio.create_task(FolderWatch(open_api, folders.publish, clock).run_forever())
    try:
        await until(lambda: folders.snapshot().link is FoldersLink.OK and folders.snapshot().searched)
        yield demo
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        demo.stop()
