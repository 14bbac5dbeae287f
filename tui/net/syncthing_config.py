"""Folders, devices and offers of a Syncthing, changed over `/rest/config` and `/rest/cluster/pending`.

Invariant: the whole configuration is never fetched or written (it carries the key and the password hash),
only single folders and devices. What Syncthing would accept silently and wrongly is refused here: a folder
without a path becomes the whole home directory, a device without an ID is not stored.
"""

from __future__ import annotations

from urllib.parse import quote

from tui.core import folder_acts_wire as acts
from tui.core import folder_wire as fw
from tui.core.errors import UserMistake
from tui.core.folder_acts import Body, PendingDevice, PendingFolder
from tui.net.syncthing_rest import SyncthingRest

FOLDERS, DEVICES = "/rest/config/folders", "/rest/config/devices"


class SyncthingConfig(SyncthingRest):
    """Implements `core.folder_ports.FolderConfigPort`. From Syncthing 1.12."""

    async def fetch_folder_body(self, folder_id: str) -> Body:
        """`GET /rest/config/folders/{id}`. Refused 404 where there is none."""
        return dict(fw.obj(await self.get(_of(FOLDERS, folder_id))))

    async def fetch_device_body(self, device_id: str) -> Body:
        """`GET /rest/config/devices/{id}`. Refused 404 where there is none."""
        return dict(fw.obj(await self.get(_of(DEVICES, device_id))))

    async def fetch_default_folder_path(self) -> str:
        """Where Syncthing would put new folders, "~" mostly: `GET /rest/config/defaults/folder`."""
        return fw.text(fw.obj(await self.get_or_none("/rest/config/defaults/folder")), "path")

    async def put_folder(self, body: Body) -> None:
        """`POST /rest/config/folders`: adds it, or replaces one of the same id; the rest is defaults.

        Raises UserMistake without id or with anything but an absolute path (trap: 200 and path "~").
        """
        folder_id, path = fw.text(body, "id"), fw.text(body, "path")
        if not folder_id or not path.startswith("/") or not path.strip("/. "):
            raise UserMistake("tele.folders.no_path")
        await self.act("POST", FOLDERS, body=body)

    async def patch_folder(self, folder_id: str, changes: Body) -> None:
        """`PATCH /rest/config/folders/{id}`. Lists are replaced whole; an empty path is refused as above."""
        if "path" in changes and not fw.text(changes, "path").startswith("/"):
            raise UserMistake("tele.folders.no_path")
        await self.act("PATCH", _of(FOLDERS, folder_id), body=changes)

    async def remove_folder(self, folder_id: str) -> None:
        """`DELETE /rest/config/folders/{id}`: files and marker stay on the disk; unknown ids answer 200."""
        await self.act("DELETE", _of(FOLDERS, folder_id))

    async def put_device(self, body: Body) -> None:
        """`POST /rest/config/devices`; without `addresses` it is found by discovery ("dynamic").

        Raises UserMistake without `deviceID` (trap: 200, nothing stored); a malformed ID is Refused.
        """
        if not fw.text(body, "deviceID"):
            raise UserMistake("tele.folders.no_device_id")
        await self.act("POST", DEVICES, body=body)

    async def patch_device(self, device_id: str, changes: Body) -> None:
        """`PATCH /rest/config/devices/{id}`."""
        await self.act("PATCH", _of(DEVICES, device_id), body=changes)

    async def remove_device(self, device_id: str) -> None:
        """`DELETE /rest/config/devices/{id}`: it leaves all folders too; unknown ids answer 200."""
        await self.act("DELETE", _of(DEVICES, device_id))

    async def fetch_offering_devices(self) -> tuple[PendingDevice, ...]:
        """`GET /rest/cluster/pending/devices`; () before 1.18."""
        return acts.pending_devices(await self.get_or_none("/rest/cluster/pending/devices"))

    async def fetch_offered_folders(self) -> tuple[PendingFolder, ...]:
        """`GET /rest/cluster/pending/folders`; () before 1.18."""
        return acts.pending_folders(await self.get_or_none("/rest/cluster/pending/folders"))

    async def dismiss_device(self, device_id: str) -> None:
        """`DELETE /rest/cluster/pending/devices`: comes back when the device dials again (each minute)."""
        await self.act("DELETE", "/rest/cluster/pending/devices", {"device": device_id})

    async def dismiss_folder(self, folder_id: str, device_id: str) -> None:
        """`DELETE /rest/cluster/pending/folders`: comes back at the next connection."""
        params = {"folder": folder_id, "device": device_id}
        await self.act("DELETE", "/rest/cluster/pending/folders", params)

    async def check_device_id(self, typed: str) -> str:
        """`GET /rest/svc/deviceid` (always 200): the ID as Syncthing spells it, "" for anything else."""
        return fw.text(fw.obj(await self.get("/rest/svc/deviceid", {"id": typed})), "id")


def _of(path: str, ident: str) -> str:
    """An id may contain anything; one with a slash Syncthing (1.19) itself cannot find here: 404."""
    return f"{path}/{quote(ident, safe='')}"
