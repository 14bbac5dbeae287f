"""What the person does to a shared folder, each on its own connection to Syncthing.

Invariant: nothing here asks the person and nothing is done unasked. A broken ignore pattern never stays:
Syncthing saves it and stops the folder, so the lines from before are put back.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

from tui.core import folder_wire as wire
from tui.core.errors import Refused
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
from tui.core.folders import Conflict
from tui.core.ports import FolderApi

T = TypeVar("T")
NOT_ALL = "Error scanning folders"
"""How 1.19 begins its answer where some folders of all could not be scanned; their reasons are not in it."""


class FolderActs:
    """Used on the net lane. Raises FoldersTrouble and Refused, as `core.folder_ports` says."""

    def __init__(self, open_api: Callable[[], FolderApi]) -> None:
        self._open_api = open_api

    async def rescan(self, folder_id: str = "") -> bool:
        """Done when the scan has ended. Of all folders ("") Syncthing leaves the paused ones out without a
        word; False = some stand still and were not scanned, the others were.
        """
        try:
            await self._with(lambda api: api.rescan(folder_id))
        except Refused as refused:
            if folder_id or NOT_ALL not in refused.detail:
                raise
            return False
        return True

    async def pause_folder(self, folder_id: str, paused: bool) -> None:
        await self._with(lambda api: api.pause_folder(folder_id, paused))

    async def pause_devices(self, paused: bool, device_id: str = "") -> None:
        """One device, or ("") all: then nothing is synchronised with anybody."""
        await self._with(lambda api: api.pause_devices(paused, device_id))

    async def revert(self, folder_id: str) -> None:
        await self._with(lambda api: api.revert(folder_id))

    async def override(self, folder_id: str) -> None:
        await self._with(lambda api: api.override(folder_id))

    async def fetch_need(self, folder_id: str) -> NeedPage:
        """The first page of what is missing here."""
        return await self._with(lambda api: api.fetch_need(folder_id))

    async def fetch_local_changes(self, folder_id: str) -> tuple[Item, ...]:
        """The first page of what `revert` would undo."""
        return await self._with(lambda api: api.fetch_local_changes(folder_id))

    async def fetch_ignores(self, folder_id: str) -> Ignores:
        return await self._with(lambda api: api.fetch_ignores(folder_id))

    async def put_ignores(self, folder_id: str, lines: Sequence[str], before: Sequence[str]) -> Ignores:
        """What is valid now. `error` filled: the new lines were wrong and those of `before` are back."""

        async def work(api: FolderApi) -> Ignores:
            found = await api.put_ignores(folder_id, lines)
            if not found.error:
                return found
            back = await api.put_ignores(folder_id, before)
            await _scan_quietly(api, folder_id)  # out of the error state
            return Ignores(back.lines, found.error)

        return await self._with(work)

    async def fetch_versions(self, folder_id: str) -> tuple[Version, ...]:
        return await self._with(lambda api: api.fetch_versions(folder_id))

    async def restore_versions(self, folder_id: str, stamps: Mapping[str, str]) -> dict[str, str]:
        """Path → why not, for those that failed."""
        return await self._with(lambda api: api.restore_versions(folder_id, stamps))

    async def browse(self, folder_id: str, prefix: str = "") -> tuple[Entry, ...]:
        return await self._with(lambda api: api.browse(folder_id, prefix))

    async def fetch_files(self, folder_id: str, paths: Sequence[str]) -> dict[str, FileState]:
        """The state of some files, for those that are in sight."""

        async def work(api: FolderApi) -> dict[str, FileState]:
            return {path: await api.fetch_file(folder_id, path) for path in paths}

        return await self._with(work)

    async def look_at_conflict(self, folder_id: str, conflict: Conflict) -> ConflictSides:
        async def work(api: FolderApi) -> ConflictSides:
            return await api.look_at_conflict(await _path(api, folder_id), conflict)

        return await self._with(work)

    async def resolve(self, folder_id: str, sides: ConflictSides, keep: Keep, word: str = "") -> str:
        """Does with a conflict what was chosen and tells Syncthing; the new name for BOTH.

        Raises UserMistake tele.folders.conflict_changed where the files are not what was shown.
        """

        async def work(api: FolderApi) -> str:
            new = await api.resolve_conflict(await _path(api, folder_id), sides, keep.value, word)
            await _scan_quietly(api, folder_id, sides.conflict.original.rpartition("/")[0])
            return new

        return await self._with(work)

    async def folder_path(self, folder_id: str) -> str:
        """The directory of a folder on this machine."""
        return await self._with(lambda api: _path(api, folder_id))

    async def fetch_notices(self) -> tuple[Notice, ...]:
        return await self._with(lambda api: api.fetch_notices())

    async def clear_notices(self) -> None:
        await self._with(lambda api: api.clear_notices())

    async def _with(self, work: Callable[[FolderApi], Awaitable[T]]) -> T:
        api = self._open_api()
        try:
            return await work(api)
        finally:
            await api.close()


async def _path(api: FolderApi, folder_id: str) -> str:
    return wire.text(await api.fetch_folder_body(folder_id), "path")


async def _scan_quietly(api: FolderApi, folder_id: str, sub: str = "") -> None:
    """Syncthing would notice by itself, later: a scan that fails is told by the folder's state."""
    try:
        await api.rescan(folder_id, sub)
    except Refused:
        return
