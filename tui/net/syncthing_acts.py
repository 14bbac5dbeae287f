"""Acting on a Syncthing: scans, pauses, revert and override, ignore patterns, versions, lists of items.

Invariant: lists are always asked page by page, never whole. Nothing here decides: the callers have asked the
person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from tui.core import folder_acts_wire as acts
from tui.core import folder_wire as fw
from tui.core.errors import Refused
from tui.core.folder_acts import Body, Entry, FileState, Ignores, Item, NeedPage, Notice, Version
from tui.net.syncthing_rest import SyncthingRest

SCAN_TIMEOUT = 3600.0
"""`POST /rest/db/scan` answers when the scan ends: 36 s for 9 GB."""
LONG_TIMEOUT = 120.0
"""Lists of a big folder on SQLite (2.x), and revert, which scans first."""
PAGE = 100
"""Items of one page."""


class SyncthingActs(SyncthingRest):
    """Implements `core.folder_ports.FolderActsPort`."""

    async def rescan(self, folder_id: str = "", sub: str = "") -> None:
        """`POST /rest/db/scan`. Refused as "folder marker missing …", "folder is paused" …"""
        params = {"folder": folder_id} if folder_id else {}
        await self.act(
            "POST", "/rest/db/scan", {**params, **({"sub": sub} if sub else {})}, None, SCAN_TIMEOUT
        )

    async def pause_folder(self, folder_id: str, paused: bool) -> None:
        """`PATCH /rest/config/folders/{id}`, of which a config without path or devices cannot come."""
        await self.act("PATCH", f"/rest/config/folders/{_quoted(folder_id)}", body={"paused": paused})

    async def pause_devices(self, paused: bool, device_id: str = "") -> None:
        """`POST /rest/system/pause` or `resume`; no device = all."""
        verb = "pause" if paused else "resume"
        await self.act("POST", f"/rest/system/{verb}", {"device": device_id} if device_id else {})

    async def revert(self, folder_id: str) -> None:
        """`POST /rest/db/revert`: 200 for unknown folders and other types too, where nothing happens."""
        await self.act("POST", "/rest/db/revert", {"folder": folder_id}, None, LONG_TIMEOUT)

    async def override(self, folder_id: str) -> None:
        """`POST /rest/db/override`: as `revert`."""
        await self.act("POST", "/rest/db/override", {"folder": folder_id}, None, LONG_TIMEOUT)

    async def fetch_ignores(self, folder_id: str) -> Ignores:
        """`GET /rest/db/ignores`. The lines of a broken .stignore come with `error`."""
        return acts.ignores(fw.obj(await self.get("/rest/db/ignores", {"folder": folder_id})))

    async def put_ignores(self, folder_id: str, lines: Sequence[str]) -> Ignores:
        """`POST /rest/db/ignores` (trap: an invalid pattern is 200, saved, and stops the folder)."""
        body: Body = {"ignore": list(lines)}
        answer = await self.act("POST", "/rest/db/ignores", {"folder": folder_id}, body)
        return acts.ignores(fw.obj(answer))

    async def fetch_versions(self, folder_id: str) -> tuple[Version, ...]:
        """`GET /rest/folder/versions`; walks the versions directory, so only when asked for."""
        params = {"folder": folder_id}
        return acts.versions(await self.get("/rest/folder/versions", params, LONG_TIMEOUT))

    async def restore_versions(self, folder_id: str, stamps: Mapping[str, str]) -> dict[str, str]:
        """`POST /rest/folder/versions`: {} = all are back, else path → why not. The present file is kept as a
        version itself.
        """
        params = {"folder": folder_id}
        answer = await self.act("POST", "/rest/folder/versions", params, dict(stamps), LONG_TIMEOUT)
        return {key: value for key, value in fw.obj(answer).items() if isinstance(value, str)}

    async def fetch_need(self, folder_id: str, page: int = 1) -> NeedPage:
        """`GET /rest/db/need`, PAGE items (trap: 8.8 MB for 20,000 without paging)."""
        params = _page({"folder": folder_id}, page)
        return acts.need_page(fw.obj(await self.get("/rest/db/need", params, LONG_TIMEOUT)))

    async def fetch_remote_need(self, folder_id: str, device_id: str, page: int = 1) -> tuple[Item, ...]:
        """`GET /rest/db/remoteneed`: what the other device lacks."""
        params = _page({"folder": folder_id, "device": device_id}, page)
        return acts.items(fw.obj(await self.get("/rest/db/remoteneed", params, LONG_TIMEOUT)).get("files"))

    async def fetch_local_changes(self, folder_id: str, page: int = 1) -> tuple[Item, ...]:
        """`GET /rest/db/localchanged`: what `revert` would undo."""
        params = _page({"folder": folder_id}, page)
        return acts.items(fw.obj(await self.get("/rest/db/localchanged", params, LONG_TIMEOUT)).get("files"))

    async def browse(self, folder_id: str, prefix: str = "") -> tuple[Entry, ...]:
        """`GET /rest/db/browse` with levels=0 (3.2 MB and 0.1 s in a directory of 20,000 files)."""
        params = {"folder": folder_id, "levels": "0", **({"prefix": prefix} if prefix else {})}
        return acts.entries(await self.get("/rest/db/browse", params, LONG_TIMEOUT))

    async def fetch_file(self, folder_id: str, path: str) -> FileState:
        """`GET /rest/db/file`; 404 "No such object in the index" gives an empty one."""
        params = {"folder": folder_id, "file": path}
        try:
            return acts.file_state(fw.obj(await self.get("/rest/db/file", params)))
        except Refused as error:
            if error.status == 404:
                return FileState()
            raise

    async def prefer_file(self, folder_id: str, path: str) -> None:
        """`POST /rest/db/prio`; the need list it answers with is cut to one item."""
        params = {"folder": folder_id, "file": path, "page": "1", "perpage": "1"}
        await self.act("POST", "/rest/db/prio", params)

    async def fetch_notices(self) -> tuple[Notice, ...]:
        """`GET /rest/system/error`."""
        return acts.notices(await self.get("/rest/system/error"))

    async def clear_notices(self) -> None:
        """`POST /rest/system/error/clear`: off the list; what caused them stays."""
        await self.act("POST", "/rest/system/error/clear")


def _page(params: dict[str, str], page: int) -> dict[str, str]:
    return {**params, "page": str(max(1, page)), "perpage": str(PAGE)}


def _quoted(folder_id: str) -> str:
    return quote(folder_id, safe="")
