"""Folders, devices and offers of the pretended Syncthing, changed over REST.

Invariant: nothing is made on the disk outside the demo's own directory. Source: syncthing-facts §3.4 and §4,
contract/syncthing 02 to 05, 25 and 30.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import msgspec

from tui.demo.folders import Device, Folder
from tui.demo.http1 import Request, Response
from tui.demo.syncthing_rest import OWN_ID, NoSuch

if TYPE_CHECKING:
    from tui.demo.syncthing import DemoSyncthing

DONE = Response(200, b"", "text/plain")
CONFIG = "/rest/config/"


def change(me: DemoSyncthing, request: Request) -> Response | None:
    """None = not about the configuration or the offers."""
    if request.method == "DELETE" and request.path.startswith("/rest/cluster/pending/"):
        return _dismiss(me, request)
    if not request.path.startswith((CONFIG + "folders", CONFIG + "devices")):
        return None
    kind, _slash, ident = request.path.removeprefix(CONFIG).partition("/")
    ident = unquote(ident)
    match request.method, kind:
        case "POST", "folders":
            _put_folder(me, _body(request))
        case "POST", "devices":
            _put_device(me, _body(request))
        case "PATCH", "folders":
            _patch_folder(me, _folder(me, ident), _body(request))
        case "DELETE", "folders":
            me.folders.pop(ident, None)
        case "DELETE", "devices":
            _remove_device(me, ident)
        case "GET", "folders" if ident:
            return Response(200, msgspec.json.encode(_folder(me, ident).config(OWN_ID)))
        case "GET", "devices" if ident in me.devices:
            return Response(200, msgspec.json.encode(me.devices[ident].config()))
        case _:
            return None
    me.tell("ConfigSaved", {"version": 36})
    return DONE


def defaults(me: DemoSyncthing) -> dict[str, str]:
    """`GET /rest/config/defaults/folder`: new folders lie in the demo's own directory."""
    return {"path": str(me.directory)}


def _body(request: Request) -> dict[str, Any]:
    body = msgspec.json.decode(request.body or b"{}")
    return body if isinstance(body, dict) else {}


def _folder(me: DemoSyncthing, folder_id: str) -> Folder:
    folder = me.folders.get(folder_id)
    if folder is None:
        raise NoSuch(404, "No folder with given ID")
    return folder


def _partners(body: dict[str, Any]) -> list[str]:
    return [str(d.get("deviceID")) for d in body.get("devices") or () if d.get("deviceID") != OWN_ID]


def _put_folder(me: DemoSyncthing, body: dict[str, Any]) -> None:
    folder_id = str(body.get("id") or "")
    if not folder_id:
        raise NoSuch(500, "folder has empty ID")
    path = str(body.get("path") or "~")
    label, kind = str(body.get("label") or ""), str(body.get("type") or "sendreceive")
    me.folders[folder_id] = Folder(folder_id, label, path, kind, _partners(body), state_changed=me.now())
    if Path(path).is_relative_to(me.directory):
        (Path(path) / ".stfolder").mkdir(parents=True, exist_ok=True)
    me.pending_folders.pop(folder_id, None)
    me.tell("PendingFoldersChanged", {"removed": [{"folderID": folder_id}]})


def _put_device(me: DemoSyncthing, body: dict[str, Any]) -> None:
    device_id = str(body.get("deviceID") or "")
    if device_id:
        addresses = tuple(str(address) for address in body.get("addresses") or ("dynamic",))
        me.devices[device_id] = Device(device_id, str(body.get("name") or device_id[:7]), addresses=addresses)
        me.pending_devices.pop(device_id, None)
        me.tell("PendingDevicesChanged", {"removed": [{"deviceID": device_id}]})


def _patch_folder(me: DemoSyncthing, folder: Folder, body: dict[str, Any]) -> None:
    if isinstance(body.get("paused"), bool):
        folder.paused = body["paused"]
        name = "FolderPaused" if folder.paused else "FolderResumed"
        me.tell(name, {"id": folder.id, "label": folder.label})
    if "devices" in body:
        folder.devices = [device for device in _partners(body) if device in me.devices]


def _remove_device(me: DemoSyncthing, device_id: str) -> None:
    if me.devices.pop(device_id, None) is not None:
        for folder in me.folders.values():
            folder.devices = [device for device in folder.devices if device != device_id]


def _dismiss(me: DemoSyncthing, request: Request) -> Response:
    if request.path.endswith("/devices"):
        me.pending_devices.pop(request.query.get("device", ""), None)
        me.tell("PendingDevicesChanged", {"removed": [{"deviceID": request.query.get("device", "")}]})
    else:
        me.pending_folders.pop(request.query.get("folder", ""), None)
        me.tell("PendingFoldersChanged", {"removed": [{"folderID": request.query.get("folder", "")}]})
    return DONE
