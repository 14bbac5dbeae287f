"""A pretended Syncthing 1.19.2 on loopback: the REST calls a client reads, and its events.

Invariant: no answer without the right X-API-Key (403 "CSRF Error"); errors are plain text; a long poll ends
when something happens. Source: syncthing-facts §1.3, §3, §5 and contract/syncthing.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import msgspec

from tui.demo import http1
from tui.demo.folders import Device, Events, Folder, timestamp, total
from tui.demo.http1 import Request, Response
from tui.demo.listener import Listener, send
from tui.demo.records import Wire
from tui.demo.world import wall_clock

OWN_ID = "ANNAAAA-2BCDEFG-3HIJKLM-4NOPQRS-5TUVWXY-6ZABCDE-7FGHIJK-2LMNOPQ"
HOSTS = ("127.0.0.1", "localhost", "[::1]")


class NoSuch(Exception):
    """Answered as text with a status."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


class DemoSyncthing(Listener):
    """Serves `folders` and `devices`.

    `directory` holds the folders' few real files; None = a temporary one, removed by `stop()`.
    """

    def __init__(
        self, directory: Path | None = None, *, api_key: str = "demo-key-not-a-secret-0123456789"
    ) -> None:
        super().__init__("demo-syncthing")
        self.api_key = api_key
        self.now: Callable[[], int] = wall_clock
        self._own_directory = (
            tempfile.TemporaryDirectory(prefix="teleteam-demo-") if directory is None else None
        )
        self.directory = directory or Path(self._own_directory.name if self._own_directory else ".")
        self.folders: dict[str, Folder] = {}
        self.devices: dict[str, Device] = {OWN_ID: Device(OWN_ID, "annas-laptop")}
        self.pending_devices: Wire = {}
        self.pending_folders: Wire = {}
        self.notices: list[Wire] = []
        self.events = Events()
        self.started_at = self.now()
        self._stirred = asyncio.Event()

    def stop(self) -> None:
        super().stop()
        if self._own_directory is not None:
            self._own_directory.cleanup()

    def call(self, work: Callable[[], None]) -> None:
        """Runs `work` on the server's thread."""
        self.lane.call(work)

    def write_config(self, home: Path) -> Path:
        """Writes the config.xml that Syncthing would have there (0600); answers its path."""
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = home / "config.xml"
        path.touch(mode=0o600)
        path.write_text(
            '<configuration version="36">\n    <gui enabled="true" tls="false">\n'
            f"        <address>127.0.0.1:{self.port}</address>\n"
            f"        <apikey>{escape(self.api_key)}</apikey>\n    </gui>\n</configuration>\n",
            encoding="utf-8",
        )
        return path

    def restart(self) -> None:
        """Ids start at 1 again, subscriptions are gone, long polls break off."""

        def again() -> None:
            self.events = Events()
            self.started_at = self.now()
            self.cut()

        self.call(again)

    # what happens
    def tell(self, name: str, data: object) -> None:
        """One event; wakes the long polls. On the server's thread."""
        self.events.add(name, data, self.now())
        self._stirred.set()
        self._stirred = asyncio.Event()

    def change_state(self, folder: Folder, state: str, error: str = "") -> None:
        data = {"folder": folder.id, "from": folder.state, "to": state}
        data["duration"] = (self.now() - folder.state_changed) / 1000  # type: ignore[assignment]
        if error:
            data["error"] = error
        folder.state, folder.error, folder.state_changed = state, error, self.now()
        self.tell("StateChanged", data)

    def summarise(self, folder: Folder) -> None:
        """FolderSummary, then FolderCompletion for each connected device."""
        self.tell("FolderSummary", {"folder": folder.id, "summary": folder.status()})
        for device_id in folder.devices:
            if self.devices[device_id].connected:
                data = {"folder": folder.id, "device": device_id, **folder.completion(device_id)}
                self.tell("FolderCompletion", data)

    # serving
    async def serve(
        self,
        request: Request,
        reader: asyncio.StreamReader,  # noqa: ARG002  (part of the listener's signature)
        writer: asyncio.StreamWriter,
    ) -> bool:
        response = self._turned_away(request)
        if response is None and request.path in ("/rest/events", "/rest/events/disk"):
            response = await self._poll(request)
        if response is None:
            response = self._answer(request)
        await send(writer, request, response)
        return not http1.wants_close(request)

    def _turned_away(self, request: Request) -> Response | None:
        host = request.header("host").rsplit(":", 1)[0] if "]" not in request.header("host") else "[::1]"
        if host not in HOSTS:
            return plain(403, "Host check error\n")
        if request.header("x-api-key") != self.api_key:
            return plain(403, "CSRF Error\n")
        return None

    async def _poll(self, request: Request) -> Response:
        default = "LocalChangeDetected,RemoteChangeDetected" if request.path.endswith("disk") else ""
        ring = self.events.ring(request.query.get("events", default))
        since, limit = _number(request, "since", 0), _number(request, "limit", 0)
        deadline = asyncio.get_running_loop().time() + _number(request, "timeout", 60)
        while not (found := ring.after(since, limit)):
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                break
            try:
                await asyncio.wait_for(self._stirred.wait(), left)
            except TimeoutError:
                break
        return Response(200, msgspec.json.encode(found))

    def _answer(self, request: Request) -> Response:
        handler = GETS.get(request.path) if request.method == "GET" else None
        try:
            if handler is not None:
                return Response(200, msgspec.json.encode(handler(self, request)))
            return self._act(request)
        except NoSuch as error:
            return plain(error.status, str(error) + "\n")

    def _act(self, request: Request) -> Response:
        words = request.path.strip("/").split("/")
        if words[:3] == ["rest", "config", "folders"] and len(words) == 4:
            return self._one_folder(request, words[3])
        if (request.method, request.path) == ("POST", "/rest/db/scan"):
            wanted = request.query.get("folder")
            for folder in [self.folder(request)] if wanted else self.folders.values():
                self._scan(folder)
            return Response(200, b"", "text/plain")
        if request.method == "POST" and request.path in ("/rest/system/pause", "/rest/system/resume"):
            self._pause_devices(request.query.get("device", ""), request.path.endswith("pause"))
            return Response(200, b"", "text/plain")
        if request.method == "POST" and request.path == "/rest/system/error/clear":
            self.notices.clear()
            return Response(200, b"", "text/plain")
        raise NoSuch(
            405 if request.path in GETS else 404,
            "Method Not Allowed" if request.path in GETS else "404 page not found",
        )

    def _one_folder(self, request: Request, folder_id: str) -> Response:
        folder = self.folders.get(folder_id)
        if folder is None:
            raise NoSuch(404, "No folder with given ID")
        if request.method == "PATCH":
            body = msgspec.json.decode(request.body)
            if isinstance(body, dict) and isinstance(body.get("paused"), bool):
                folder.paused = body["paused"]
                name = "FolderPaused" if folder.paused else "FolderResumed"
                self.tell(name, {"id": folder.id, "label": folder.label})
                self.tell("ConfigSaved", {"version": 36})
            return Response(200, b"", "text/plain")
        return Response(200, msgspec.json.encode(folder.config(OWN_ID)))

    def _scan(self, folder: Folder) -> None:
        if folder.paused:
            raise NoSuch(500, "folder is paused")
        if folder.error:
            raise NoSuch(500, folder.error)
        self.change_state(folder, "scanning")
        folder.last_scan = self.now()
        self.change_state(folder, "idle")
        self.summarise(folder)

    def _pause_devices(self, device_id: str, paused: bool) -> None:
        if device_id and device_id not in self.devices:
            raise NoSuch(500, "device id invalid")
        for device in self.devices.values():
            if device.id != OWN_ID and device_id in ("", device.id):
                device.paused = paused
                self.tell("DevicePaused" if paused else "DeviceResumed", {"device": device.id})

    def folder(self, request: Request) -> Folder:
        """The folder of the query. Raises NoSuch."""
        folder = self.folders.get(request.query.get("folder", ""))
        if folder is None:
            raise NoSuch(404, "no such folder")
        return folder


def plain(status: int, text: str) -> Response:
    return Response(status, text.encode(), "text/plain; charset=utf-8")


def _number(request: Request, name: str, default: int) -> int:
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
        "lastDialStatus": {},
        "myID": OWN_ID,
        "pathSeparator": "/",
        "startTime": timestamp(me.started_at),
        "sys": 56_734_984,
        "tilde": "/home/anna",
        "uptime": (me.now() - me.started_at) // 1000,
        "urVersionMax": 3,
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
                "at": timestamp(folder.last_file_at) if folder.last_file else "0001-01-01T00:00:00Z",
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
