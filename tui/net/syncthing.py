"""Syncthing's REST API: what the panel reads of it; changing things is in `syncthing_config` and `_acts`.

Invariant: bytes in, dataclasses out. The data of events that carry secrets is dropped here. What a version
lacks is empty, not an error.
"""

from __future__ import annotations

from tui.core import folder_wire as fw
from tui.core.errors import FoldersTrouble
from tui.core.folder_acts import ConflictSides
from tui.core.folders import (
    Completion,
    Conflict,
    Connection,
    DeviceConfig,
    FileError,
    FolderConfig,
    FoldersLink,
    FolderStatus,
    LastFile,
    SystemStatus,
)
from tui.core.ids import Millis
from tui.core.ports import FolderEvent
from tui.net import syncthing_files
from tui.net.syncthing_acts import SyncthingActs
from tui.net.syncthing_config import SyncthingConfig

ERRORS_SHOWN = 50
SECRET_EVENTS = frozenset({"ConfigSaved"})


class SyncthingApi(SyncthingConfig, SyncthingActs):
    """Implements `core.ports.FolderApi`."""

    async def fetch_version(self) -> str:
        version = fw.text(fw.obj(await self.get("/rest/system/version")), "version")
        if not version:
            raise FoldersTrouble(FoldersLink.OTHER_PROGRAM, self._place.url)
        return version.removeprefix("v").partition("-")[0]

    async def fetch_system_status(self) -> SystemStatus:
        return fw.system_status(fw.obj(await self.get("/rest/system/status")))

    async def fetch_discovered(self) -> dict[str, tuple[str, ...]]:
        return fw.discovered(await self.get_or_none("/rest/system/discovery"))

    async def fetch_config(self) -> tuple[list[FolderConfig], list[DeviceConfig]]:
        """From the two lists and not from `/rest/config`, which would carry the key and the password hash."""
        folders = fw.items(await self.get("/rest/config/folders"))
        devices = fw.items(await self.get("/rest/config/devices"))
        return [fw.folder_config(d) for d in folders], [fw.device_config(d) for d in devices]

    async def fetch_restart_required(self) -> bool:
        return fw.flag(fw.obj(await self.get_or_none("/rest/config/restart-required")), "requiresRestart")

    async def fetch_connections(self) -> dict[str, Connection]:
        return fw.connections(await self.get("/rest/system/connections"))

    async def fetch_folder_status(self, folder_id: str) -> FolderStatus:
        return fw.folder_status(fw.obj(await self.get("/rest/db/status", {"folder": folder_id})))

    async def fetch_completion(self, device_id: str, folder_id: str) -> Completion:
        """404 for a paused folder becomes an empty completion."""
        params = {"device": device_id, "folder": folder_id}
        return fw.completion(fw.obj(await self.get_or_none("/rest/db/completion", params)))

    async def fetch_folder_errors(self, folder_id: str) -> tuple[FileError, ...]:
        params = {"folder": folder_id, "page": "1", "perpage": str(ERRORS_SHOWN)}
        return fw.file_errors(fw.obj(await self.get_or_none("/rest/folder/errors", params)).get("errors"))

    async def fetch_last_files(self) -> dict[str, LastFile]:
        d = fw.obj(await self.get("/rest/stats/folder"))
        return {key: fw.last_file(fw.obj(fw.obj(row).get("lastFile"))) for key, row in d.items()}

    async def fetch_last_seen(self) -> dict[str, Millis]:
        d = fw.obj(await self.get("/rest/stats/device"))
        return {key: fw.millis(fw.text(fw.obj(row), "lastSeen")) for key, row in d.items()}

    async def fetch_pending_devices(self) -> dict[str, str]:
        d = fw.obj(await self.get_or_none("/rest/cluster/pending/devices"))
        return {key: fw.text(fw.obj(row), "name") for key, row in d.items()}

    async def fetch_pending_folders(self) -> dict[tuple[str, str], str]:
        d = fw.obj(await self.get_or_none("/rest/cluster/pending/folders"))
        return {
            (device, folder): fw.text(fw.obj(offer), "label")
            for folder, row in d.items()
            for device, offer in fw.obj(fw.obj(row).get("offeredBy")).items()
        }

    async def fetch_notice_count(self) -> int:
        return len(fw.items(fw.obj(await self.get("/rest/system/error")).get("errors")))

    async def fetch_events(self, mask: str, since: int, seconds: int, limit: int = 0) -> list[FolderEvent]:
        params = {"events": mask, "since": str(since), "timeout": str(seconds)}
        if limit:
            params["limit"] = str(limit)
        answer = await self.get("/rest/events", params, timeout=seconds + 15.0)
        return [_event(d) for d in fw.items(answer)]

    async def find_conflicts(self, path: str) -> frozenset[str]:
        return await syncthing_files.find_conflicts(path)

    async def look_at_conflict(self, root: str, conflict: Conflict) -> ConflictSides:
        return await syncthing_files.look_at_conflict(root, conflict)

    async def resolve_conflict(self, root: str, sides: ConflictSides, keep: str, word: str) -> str:
        if keep == "both":
            return await syncthing_files.keep_both(root, sides, word)
        if keep == "copy":
            await syncthing_files.keep_copy(root, sides)
        else:
            await syncthing_files.keep_original(root, sides)
        return ""


def _event(d: fw.Object) -> FolderEvent:
    kind = fw.text(d, "type")
    data = fw.EMPTY if kind in SECRET_EVENTS else fw.obj(d.get("data"))
    return FolderEvent(fw.number(d, "id"), kind, data, fw.millis(fw.text(d, "time")))
