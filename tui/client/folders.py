"""The shared folders: what Syncthing says of them, as the side panel shows it."""

from __future__ import annotations

from concurrent.futures import Future

from tui.client.hub import Hub
from tui.client.lane import NetLane, Wires
from tui.core.changes import ChangeKind
from tui.core.errors import FoldersTrouble
from tui.core.folders import FoldersLink, FoldersSnapshot


class Folders:
    """Holds the newest snapshot; `publish` is called on the net lane."""

    def __init__(self, hub: Hub, lane: NetLane, *, enabled: bool = True) -> None:
        self._hub = hub
        self._lane = lane
        link = FoldersLink.STARTING if enabled else FoldersLink.OFF
        self._snapshot = FoldersSnapshot(link=link)

    def snapshot(self) -> FoldersSnapshot:
        return self._snapshot

    def publish(self, snapshot: FoldersSnapshot) -> None:
        self._snapshot = snapshot
        self._hub.say(ChangeKind.FOLDERS)

    def set_visible(self, visible: bool) -> None:
        """Whether the panel is on the screen: rates are asked for less often while it is not."""
        wires = self._lane.wires
        if wires is not None and wires.folders is not None:
            wires.folders.visible = visible

    def rescan(self, folder_id: str = "") -> Future[None]:
        """Asks for a scan of one folder or ("") of all; done when it has ended."""

        async def scan(wires: Wires) -> None:
            if wires.folders is None:
                raise FoldersTrouble(FoldersLink.OFF)
            await wires.folders.rescan(folder_id)

        return self._lane.run(scan)
