"""A pretended Syncthing 1.19.2 on loopback: the REST calls a client reads, and its events.

Invariant: no answer without the right X-API-Key (403 "CSRF Error"); errors are plain text; a long poll ends
when something happens. Source: syncthing-facts §1.3, §3, §5 and contract/syncthing.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import msgspec

from tui.demo import http1, syncthing_config
from tui.demo.folders import Device, Events, Folder
from tui.demo.http1 import Request, Response
from tui.demo.listener import Listener, send
from tui.demo.records import Wire
from tui.demo.syncthing_acts import ACTS, LISTS, NotHere
from tui.demo.syncthing_rest import GETS, OWN_ID, NoSuch, number, plain
from tui.demo.world import wall_clock

HOSTS = ("127.0.0.1", "localhost", "[::1]")


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
        since, limit = number(request, "since", 0), number(request, "limit", 0)
        deadline = asyncio.get_running_loop().time() + number(request, "timeout", 60)
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
        table = {"GET": {**GETS, **LISTS}, "POST": ACTS}.get(request.method, {})
        handler = table.get(request.path)
        try:
            if handler is not None:
                found = handler(self, request)
                return Response(200, msgspec.json.encode(found) if found is not None else b"")
            return self._act(request)
        except NotHere:
            return plain(404, "No such object in the index\n")
        except NoSuch as error:
            return plain(error.status, str(error) + "\n")

    def _act(self, request: Request) -> Response:
        changed = syncthing_config.change(self, request)
        if changed is not None:
            return changed
        if (request.method, request.path) == ("POST", "/rest/db/scan"):
            if not request.query.get("folder"):
                return self._scan_all()
            self._scan(self.folder(request))
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

    def _scan_all(self) -> Response:
        """Paused folders are passed over; those that stand still are named, without their reasons."""
        failed: Wire = {}
        for folder in self.folders.values():
            try:
                if not folder.paused:
                    self._scan(folder)
            except NoSuch:
                failed[folder.id] = {}
        if not failed:
            return Response(200, b"", "text/plain")
        return plain(500, f"Error scanning folders\n{json.dumps(failed, indent=2)}\n")

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
