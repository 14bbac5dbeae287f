from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest

from tests.client.desk import Desk, NotingEngine, ScriptedApi, a_desk
from tests.support.waiting import wait_until
from tui.client.folders import Folders
from tui.client.hub import Hub
from tui.client.instances import InstanceChoice
from tui.client.lane import NetLane, Wires
from tui.core.errors import FoldersTrouble
from tui.core.folders import FoldersLink, FoldersSnapshot
from tui.core.ports import FolderApi, ServerApi
from tui.sync.engine import Engine
from tui.sync.folder_acts import FolderActs


@dataclass
class NotingApi:
    """Notes what is asked of Syncthing."""

    scanned: list[str] = field(default_factory=list)

    async def rescan(self, folder_id: str = "", sub: str = "") -> None:
        self.scanned.append(folder_id + sub)

    async def close(self) -> None:
        return None


@dataclass
class NotingTask:
    visible: bool = True
    far: bool = False
    ran: bool = False
    tried: int = 0
    started_over: int = 0
    api: NotingApi = field(default_factory=NotingApi)

    @property
    def acts(self) -> FolderActs:
        return FolderActs(lambda: cast(FolderApi, self.api))

    def try_again(self) -> None:
        self.tried += 1

    def start_over(self) -> None:
        self.started_over += 1

    async def run_forever(self) -> None:
        self.ran = True


@pytest.fixture
def rig() -> Iterator[tuple[Folders, NotingTask, list[object]]]:
    task, hub, heard = NotingTask(), Hub(), cast("list[object]", [])
    hub.subscribe(heard.extend)
    wires = (cast(ServerApi, ScriptedApi()), cast(type[Engine], NotingEngine))
    lane = NetLane(lambda: Wires(wires[0], wires[1](), task))  # type: ignore[call-arg]
    lane.start()
    wait_until(lambda: task.ran)
    yield Folders(hub, lane), task, heard
    lane.close()


def test_the_newest_snapshot_is_held_and_announced(rig: tuple[Folders, NotingTask, list[object]]) -> None:
    folders, _task, heard = rig
    assert folders.snapshot().link is FoldersLink.STARTING
    folders.publish(FoldersSnapshot(link=FoldersLink.OK))
    assert folders.snapshot().link is FoldersLink.OK
    assert len(heard) == 1


def test_visibility_and_scans_are_passed_on(rig: tuple[Folders, NotingTask, list[object]]) -> None:
    folders, task, _heard = rig
    folders.set_visible(False, far=True)
    assert (task.visible, task.far) == (False, True)
    folders.rescan("docs").result(10)
    folders.try_again()
    assert task.tried == 1
    assert task.api.scanned == ["docs"]


def test_another_syncthing_is_remembered_and_looked_at(
    rig: tuple[Folders, NotingTask, list[object]], tmp_path: Path
) -> None:
    folders, task, _heard = rig
    folders.choice = InstanceChoice(directory=tmp_path)
    (tmp_path / "config.xml").touch()
    assert not folders.named
    folders.choose(str(tmp_path / "config.xml")).result(10)
    assert task.started_over == 1
    assert folders.choice.get() == str(tmp_path / "config.xml")
    assert isinstance(folders.instances().result(10), tuple)


def test_switched_off_in_the_settings(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        assert desk.client.folders.snapshot().link is FoldersLink.OFF
        desk.client.folders.set_visible(True)
        online: Desk = desk.online()
        with pytest.raises(FoldersTrouble):
            online.client.folders.rescan().result(10)
