"""The folder watch against two real Syncthing instances on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from tests.support.syncthing import Instance, create, pair, share
from tests.support.waiting import until
from tui.client.clock import SystemClock
from tui.core.folders import DeviceState, FoldersLink, FoldersSnapshot, FolderState, FolderView, Light
from tui.core.ports import FolderApi
from tui.net.syncthing import SyncthingApi
from tui.net.syncthing_place import read_place
from tui.sync import folders as folder_watch
from tui.sync.folders import FolderWatch

pytestmark = [pytest.mark.syncthing, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Instance, Instance]]:
    base = tmp_path_factory.mktemp("syncthing")
    alice, bob = create("alice-laptop", base), create("bob-server", base)
    try:
        alice.start()
        bob.start()
        pair(alice, bob)
        yield alice, bob
    finally:
        alice.stop()
        bob.stop()


class Panel:
    """What the panel would see."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.seen: list[FoldersSnapshot] = []
        self.watch = FolderWatch(self._open, self.seen.append, SystemClock())

    def _open(self) -> FolderApi:
        return SyncthingApi(read_place(self.instance.config))

    @property
    def now(self) -> FoldersSnapshot:
        return self.seen[-1] if self.seen else FoldersSnapshot()

    def folder(self, folder_id: str) -> FolderView | None:
        return next((f for f in self.now.folders if f.id == folder_id), None)

    async def wait_for(self, folder_id: str, fits: Callable[[FolderView], object]) -> FolderView:
        """The folder's view as soon as it fits."""

        def found() -> list[FolderView]:
            return [f for f in self.now.folders if f.id == folder_id and fits(f)]

        return (await until(found, timeout=60))[0]

    def state(self, folder_id: str) -> FolderState | None:
        view = self.folder(folder_id)
        return view.state if view else None


@pytest.fixture
async def panel(two: tuple[Instance, Instance]) -> AsyncIterator[Panel]:
    shown = Panel(two[1])
    task = asyncio.create_task(shown.watch.run_forever())
    await until(lambda: shown.now.link is FoldersLink.OK, timeout=20)
    yield shown
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_shows_a_shared_folder_from_offer_to_up_to_date(
    two: tuple[Instance, Instance], panel: Panel, tmp_path: Path
) -> None:
    alice, bob = two
    here, there = share(alice, bob, "projekte", "Projekte", tmp_path)
    await until(lambda: panel.state("projekte") is FolderState.UP_TO_DATE, timeout=30)
    (here / "Angebot.txt").write_text("Grüß Gott")
    alice.call("POST", "/rest/db/scan?folder=projekte")
    await until(lambda: (there / "Angebot.txt").exists(), timeout=30)
    view = await panel.wait_for("projekte", lambda f: f.last_file.name)
    assert view.title == "Projekte"
    assert view.last_file.name == "Angebot.txt"
    device = panel.now.devices[0]
    assert (device.name, device.state, device.connection) == ("alice-laptop", DeviceState.UP_TO_DATE, "tcp")
    two[1].call("POST", "/rest/system/error/clear")  # run as root, it warns of that
    await until(lambda: panel.now.light is Light.OK, timeout=20)


async def test_marker_gone_stops_the_folder_and_says_why(
    two: tuple[Instance, Instance], panel: Panel, tmp_path: Path
) -> None:
    _, there = share(*two, "fotos", "Fotos", tmp_path)
    await until(lambda: panel.state("fotos") is FolderState.UP_TO_DATE, timeout=30)
    marker = there / ".stfolder"
    for entry in marker.iterdir():
        entry.unlink()
    marker.rmdir()
    with pytest.raises(Exception, match="500"):
        two[1].call("POST", "/rest/db/scan?folder=fotos")
    view = await panel.wait_for("fotos", lambda f: f.state is FolderState.STOPPED)
    assert "folder marker missing" in view.error
    assert panel.now.light is Light.ATTENTION
    marker.mkdir()
    two[1].call("POST", "/rest/db/scan?folder=fotos")
    await until(lambda: panel.state("fotos") is FolderState.UP_TO_DATE, timeout=30)


async def test_pause_and_resume_of_folder_and_device(
    two: tuple[Instance, Instance], panel: Panel, tmp_path: Path
) -> None:
    share(*two, "archiv", "Archiv", tmp_path)
    await until(lambda: panel.state("archiv") is FolderState.UP_TO_DATE, timeout=30)
    two[1].call("PATCH", "/rest/config/folders/archiv", {"paused": True})
    await until(lambda: panel.state("archiv") is FolderState.PAUSED, timeout=20)
    two[1].call("PATCH", "/rest/config/folders/archiv", {"paused": False})
    await until(lambda: panel.state("archiv") is FolderState.UP_TO_DATE, timeout=30)
    two[1].call("POST", f"/rest/system/pause?device={two[0].device_id}")
    await until(lambda: panel.now.devices[0].state is DeviceState.PAUSED, timeout=20)
    two[1].call("POST", f"/rest/system/resume?device={two[0].device_id}")
    await until(lambda: panel.now.devices[0].state is DeviceState.UP_TO_DATE, timeout=40)


async def test_conflict_copies_are_counted(
    two: tuple[Instance, Instance], panel: Panel, tmp_path: Path
) -> None:
    here, there = share(*two, "texte", "Texte", tmp_path)
    await until(lambda: panel.state("texte") is FolderState.UP_TO_DATE, timeout=30)
    (here / "brief.txt").write_text("eins")
    two[0].call("POST", "/rest/db/scan?folder=texte")
    await until(lambda: (there / "brief.txt").exists(), timeout=30)
    device = two[0].device_id
    two[1].call("POST", f"/rest/system/pause?device={device}")
    (here / "brief.txt").write_text("von Alice geändert")
    (there / "brief.txt").write_text("von Bob auch geändert")
    for instance in two:
        instance.call("POST", "/rest/db/scan?folder=texte")
    two[1].call("POST", f"/rest/system/resume?device={device}")
    view = await panel.wait_for("texte", lambda f: f.conflicts)
    assert view.conflicts == 1
    assert panel.now.light in {Light.ATTENTION, Light.SYNC}


async def test_restart_is_noticed_and_everything_comes_back(
    two: tuple[Instance, Instance], panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_watch, "RETRY_MOST", 1.0)
    two[1].stop()
    await until(lambda: panel.now.link is FoldersLink.NOT_RUNNING, timeout=30)
    assert panel.now.folders == ()
    two[1].start()
    await until(lambda: panel.now.link is FoldersLink.OK and panel.now.folders, timeout=40)


async def test_a_new_key_is_read_again(two: tuple[Instance, Instance], panel: Panel) -> None:
    alice, bob = two
    old = bob.key
    try:
        bob.call("PATCH", "/rest/config/gui", {"apiKey": "neuer-schluessel"})
        bob.key = "neuer-schluessel"
        await until(bob.alive, timeout=20)  # its web server starts anew
        bob.call("POST", f"/rest/system/pause?device={alice.device_id}")
        await until(
            lambda: panel.now.devices and panel.now.devices[0].state is DeviceState.PAUSED, timeout=60
        )
    finally:
        await until(bob.alive, timeout=20)
        bob.call("POST", f"/rest/system/resume?device={alice.device_id}")
        bob.call("PATCH", "/rest/config/gui", {"apiKey": old})
        bob.key = old
        await until(bob.alive, timeout=20)
