"""The shared folders: what Syncthing says of them, as the side panel shows it, and what is done to them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar

from tui.client.hub import Hub
from tui.client.instances import InstanceChoice
from tui.client.lane import NetLane, Wires
from tui.core.changes import ChangeKind
from tui.core.errors import FoldersTrouble
from tui.core.folder_acts import (
    ConflictSides,
    Entry,
    FileState,
    Ignores,
    Item,
    Keep,
    NeedPage,
    Notice,
    Version,
)
from tui.core.folders import Conflict, FoldersLink, FoldersSnapshot

if TYPE_CHECKING:
    from tui.sync.folder_acts import FolderActs

T = TypeVar("T")


class Folders:
    """Holds the newest snapshot; `publish` is called on the net lane.

    Every verb gives a future that fails with FoldersTrouble or Refused, never silently.
    """

    def __init__(
        self, hub: Hub, lane: NetLane, *, enabled: bool = True, choice: InstanceChoice | None = None
    ) -> None:
        self.choice = choice or InstanceChoice()
        self._hub = hub
        self._lane = lane
        self._visible, self._far = True, False
        link = FoldersLink.STARTING if enabled else FoldersLink.OFF
        self._snapshot = FoldersSnapshot(link=link)

    def snapshot(self) -> FoldersSnapshot:
        return self._snapshot

    def publish(self, snapshot: FoldersSnapshot) -> None:
        self._snapshot = snapshot
        self._hand_on()
        self._hub.say(ChangeKind.FOLDERS)

    def set_visible(self, visible: bool, *, far: bool = False) -> None:
        """Whether the panel is on the screen, and whether that is far away: then less is asked and told."""
        self._visible, self._far = visible, far
        self._hand_on()

    def _hand_on(self) -> None:
        """The watch may be there only later than the panel."""
        wires = self._lane.wires
        if wires is not None and wires.folders is not None:
            wires.folders.far = self._far
            wires.folders.visible = self._visible

    def try_again(self) -> None:
        """A refused key is tried once more; nothing happens where none was refused."""
        wires = self._lane.wires
        if wires is not None and wires.folders is not None:
            wires.folders.try_again()

    @property
    def named(self) -> bool:
        """The settings name one Syncthing: there is nothing to choose."""
        return bool(self.choice.named)

    def instances(self) -> Future[tuple[str, ...]]:
        """The config.xml of every Syncthing of this person, best first."""
        from tui.client.first_steps import instances

        async def run(_wires: Wires) -> tuple[str, ...]:
            return tuple(await asyncio.to_thread(instances))

        return self._lane.run(run)

    def choose(self, config: str) -> Future[None]:
        """Shows that one from now on, also after the next start."""

        async def run(wires: Wires) -> None:
            await asyncio.to_thread(self.choice.put, config)
            if wires.folders is not None:
                wires.folders.start_over()

        return self._lane.run(run)

    def rescan(self, folder_id: str = "") -> Future[bool]:
        """Asks for a scan of one folder or ("") of all that are not paused; done when it has ended. False =
        some of all stand still: their state says why.
        """
        return self._act(lambda acts: acts.rescan(folder_id))

    def pause(self, folder_id: str, paused: bool) -> Future[None]:
        return self._act(lambda acts: acts.pause_folder(folder_id, paused))

    def pause_devices(self, paused: bool, device_id: str = "") -> Future[None]:
        """One device, or ("") all of them: then nothing is synchronised with anybody."""
        return self._act(lambda acts: acts.pause_devices(paused, device_id))

    def revert(self, folder_id: str) -> Future[None]:
        """Receive-only: undoes what was changed here. Ask the person first, with numbers."""
        return self._act(lambda acts: acts.revert(folder_id))

    def override(self, folder_id: str) -> Future[None]:
        """Send-only: what is here replaces what the others changed. Ask the person first, with numbers."""
        return self._act(lambda acts: acts.override(folder_id))

    def need(self, folder_id: str) -> Future[NeedPage]:
        """The first page of what is missing here."""
        return self._act(lambda acts: acts.fetch_need(folder_id))

    def local_changes(self, folder_id: str) -> Future[tuple[Item, ...]]:
        """The first page of what `revert` would undo."""
        return self._act(lambda acts: acts.fetch_local_changes(folder_id))

    def ignores(self, folder_id: str) -> Future[Ignores]:
        return self._act(lambda acts: acts.fetch_ignores(folder_id))

    def put_ignores(self, folder_id: str, lines: Sequence[str], before: Sequence[str]) -> Future[Ignores]:
        """With `error` filled the new lines were wrong and those of `before` are back."""
        return self._act(lambda acts: acts.put_ignores(folder_id, lines, before))

    def versions(self, folder_id: str) -> Future[tuple[Version, ...]]:
        """Newest first; Refused where older versions are not kept."""
        return self._act(lambda acts: acts.fetch_versions(folder_id))

    def restore(self, folder_id: str, stamps: Mapping[str, str]) -> Future[dict[str, str]]:
        """Path → `Version.stamp`; the answer says which failed and why."""
        return self._act(lambda acts: acts.restore_versions(folder_id, stamps))

    def browse(self, folder_id: str, prefix: str = "") -> Future[tuple[Entry, ...]]:
        """One directory as all devices together know it."""
        return self._act(lambda acts: acts.browse(folder_id, prefix))

    def files(self, folder_id: str, paths: Sequence[str]) -> Future[dict[str, FileState]]:
        """Whether some files are here: only for those in sight, each costs a question."""
        return self._act(lambda acts: acts.fetch_files(folder_id, paths))

    def look_at_conflict(self, folder_id: str, conflict: Conflict) -> Future[ConflictSides]:
        return self._act(lambda acts: acts.look_at_conflict(folder_id, conflict))

    def resolve(self, folder_id: str, sides: ConflictSides, keep: Keep, word: str = "") -> Future[str]:
        """UserMistake where the files are not any more what was shown."""
        return self._act(lambda acts: acts.resolve(folder_id, sides, keep, word))

    def notices(self) -> Future[tuple[Notice, ...]]:
        return self._act(lambda acts: acts.fetch_notices())

    def clear_notices(self) -> Future[None]:
        return self._act(lambda acts: acts.clear_notices())

    def _act(self, work: Callable[[FolderActs], Coroutine[Any, Any, T]]) -> Future[T]:
        async def run(wires: Wires) -> T:
            if wires.folders is None:
                raise FoldersTrouble(FoldersLink.OFF)
            return await work(wires.folders.acts)

        return self._lane.run(run)
