"""What the pretended Syncthing answers to GET, one function a path.

Invariant: nothing is changed here. Shapes of Syncthing 1.19.2 (contract/syncthing).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.core.device_ids import with_check_digits
from tui.demo.folders import NEVER, timestamp, total
from tui.demo.http1 import Request, Response
from tui.demo.records import Wire

if TYPE_CHECKING:
    from tui.demo.syncthing import DemoSyncthing

_REST = "2BCDEFG3HIJKLM4NOPQRS5TUVWXY6ZABCDE7FGHIJK2LMNOPQRST"


def device_id(start: str) -> str:
    """An ID that begins with `start` (seven letters), its check digits right."""
    return with_check_digits((start + _REST)[:51] + "A")


OWN_ID = device_id("ANNAAAA")


class NoSuch(Exception):
    """Answered as text with a status."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


def plain(status: int, text: str) -> Response:
    return Response(status, text.encode(), "text/plain; charset=utf-8")


def number(request: Request, name: str, default: int) -> int:
    value = request.query.get(name, "")
    return int(value) if value.isascii() and value.isdigit() else default


def _version(_: DemoSyncthing, __: Request) -> Wire:
    return {"arch": "amd64", "codename": "Fermium Flea", "os": "linux", "version": "v1.19.2-ds1"}


def _system_status(me: DemoSyncthing, _: Request) -> Wire:
    return {
        "alloc": 36_388_664,
        "connectionServiceStatus": {"tcp://127.0.0.1:22101": {"error": None}},
        "cpuPercent": 0,
        "goroutines": 46,
        "guiAddressOverridden": False,
        "guiAddressUsed": f"127.0.0.1:{me.port}",
        "lastDialStatus": _dials(me),
        "myID": OWN_ID,
        "pathSeparator": "/",
        "startTime": timestamp(me.started_at),
        "sys": 56_734_984,
        "tilde": "/home/anna",
        "uptime": (me.now() - me.started_at) // 1000,
        "urVersionMax": 3,
    }


def _dials(me: DemoSyncthing) -> Wire:
    """By address; `error` null = somebody took the call (contract 31-device-unreachable)."""
    return {
        address: {"when": timestamp(me.now()), "error": (not device.connected and device.dial_error) or None}
        for device in me.devices.values()
        for address in device.addresses
        if address != "dynamic" and not device.paused
    }


def _connections(me: DemoSyncthing, _: Request) -> Wire:
    now = me.now()
    rows = list(me.devices.values())
    return {
        "connections": {device.id: device.connection(now) for device in rows},
        "total": {
            "at": timestamp(now),
            "inBytesTotal": sum(device.in_bytes for device in rows),
            "outBytesTotal": sum(device.out_bytes for device in rows),
        },
    }


def _folder_configs(me: DemoSyncthing, _: Request) -> list[Wire]:
    return [folder.config(OWN_ID) for folder in me.folders.values()]


def _device_configs(me: DemoSyncthing, _: Request) -> list[Wire]:
    return [device.config() for device in me.devices.values()]


def _whole_config(me: DemoSyncthing, request: Request) -> Wire:
    gui = {"enabled": True, "address": f"127.0.0.1:{me.port}", "useTLS": False, "apiKey": me.api_key}
    return {
        "version": 36,
        "folders": _folder_configs(me, request),
        "devices": _device_configs(me, request),
        "gui": gui,
    }


def _status(me: DemoSyncthing, request: Request) -> Wire:
    return me.folder(request).status()


def _completion(me: DemoSyncthing, request: Request) -> Wire:
    device = request.query.get("device", "")
    device = "" if device == OWN_ID else device
    if request.query.get("folder"):
        folder = me.folder(request)
        if folder.paused:
            raise NoSuch(404, "folder is paused")
        return folder.completion(device)
    rows = [f for f in me.folders.values() if not f.paused and (not device or device in f.devices)]
    return total([folder.completion(device) for folder in rows])


def _errors(me: DemoSyncthing, request: Request) -> Wire:
    folder = me.folder(request)
    if folder.paused:
        raise NoSuch(404, "folder is paused")
    rows = [{"path": path, "error": text + "\n"} for path, text in folder.errors]
    return {"errors": rows or None, "folder": folder.id, "page": 1, "perpage": 65536}


def _folder_stats(me: DemoSyncthing, _: Request) -> Wire:
    return {
        folder.id: {
            "lastFile": {
                "at": timestamp(folder.last_file_at) if folder.last_file else NEVER,
                "filename": folder.last_file,
                "deleted": False,
            },
            "lastScan": timestamp(folder.last_scan),
        }
        for folder in me.folders.values()
        if not folder.paused
    }


def _device_stats(me: DemoSyncthing, _: Request) -> Wire:
    return {
        device.id: {
            "lastSeen": timestamp(me.now() if device.connected else device.last_seen),
            "lastConnectionDurationS": 0,
        }
        for device in me.devices.values()
    }


GETS: dict[str, Callable[[DemoSyncthing, Request], object]] = {
    "/rest/system/ping": lambda _, __: {"ping": "pong"},
    "/rest/system/version": _version,
    "/rest/system/status": _system_status,
    "/rest/system/connections": _connections,
    "/rest/system/discovery": lambda me, _: {
        i: {"addresses": [f"tcp://{d.address}"]} for i, d in me.devices.items() if d.connected and d.address
    },
    "/rest/system/error": lambda me, _: {"errors": list(me.notices) or None},
    "/rest/config": _whole_config,
    "/rest/config/folders": _folder_configs,
    "/rest/config/devices": _device_configs,
    "/rest/config/restart-required": lambda _, __: {"requiresRestart": False},
    "/rest/config/insync": lambda _, __: {"configInSync": True},
    "/rest/db/status": _status,
    "/rest/db/completion": _completion,
    "/rest/folder/errors": _errors,
    "/rest/stats/folder": _folder_stats,
    "/rest/stats/device": _device_stats,
    "/rest/cluster/pending/devices": lambda me, _: me.pending_devices,
    "/rest/cluster/pending/folders": lambda me, _: me.pending_folders,
}
