"""Real Syncthing instances on loopback, from Debian's binary, each with a home of its own.

Nothing leaves the machine: discovery, relays, NAT, crash reports and usage reports are off.
"""

from __future__ import annotations

import json
import re
import socket
import subprocess
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

from tests.support.programs import need
from tests.support.waiting import wait_until
from tui.core.models import Json


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Instance:
    """One running Syncthing; `call` talks to it as its owner would."""

    name: str
    home: Path
    gui_port: int
    sync_port: int
    device_id: str
    key: str
    process: subprocess.Popen[bytes] | None = None

    @property
    def config(self) -> Path:
        return self.home / "config.xml"

    def call(self, method: str, path: str, body: object = None) -> Json:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.gui_port}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"X-API-Key": self.key},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            text = answer.read()
        parsed: Json = json.loads(text) if text.strip() else None
        return parsed

    def alive(self) -> bool:
        try:
            self.call("GET", "/rest/system/ping")
        except (URLError, ConnectionError, TimeoutError):
            return False
        return True

    def start(self) -> None:
        self.process = subprocess.Popen(
            [
                need("syncthing"),
                "serve",
                f"--home={self.home}",
                "--no-browser",
                "--no-restart",
                "--no-upgrade",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(self.alive, timeout=30)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=20)
            self.process = None


def create(name: str, base: Path) -> Instance:
    """Makes a home with keys and a config that stays on loopback; does not start it."""
    home = base / name
    subprocess.run(
        [need("syncthing"), "generate", f"--home={home}", "--no-default-folder"],
        check=True,
        capture_output=True,
    )
    gui, sync = free_port(), free_port()
    config = home / "config.xml"
    text = config.read_text()
    device = re.findall(r'<device id="([A-Z0-9-]{63})"', text)[0]
    key = re.findall(r"<apikey>(.*?)</apikey>", text)[0]
    config.write_text(_tamed(text, name, gui, sync))
    return Instance(name, home, gui, sync, device, key)


def _tamed(text: str, name: str, gui: int, sync: int) -> str:
    text = re.sub(r"<address>127\.0\.0\.1:\d+</address>", f"<address>127.0.0.1:{gui}</address>", text)
    text = re.sub(r'(<device id="[A-Z0-9-]{63}") name="[^"]*"', rf'\1 name="{name}"', text, count=1)
    for option, value in {
        "listenAddress": f"tcp://127.0.0.1:{sync}",
        "globalAnnounceEnabled": "false",
        "localAnnounceEnabled": "false",
        "relaysEnabled": "false",
        "natEnabled": "false",
        "urAccepted": "-1",
        "crashReportingEnabled": "false",
        "reconnectionIntervalS": "2",
        "autoUpgradeIntervalH": "0",
        "startBrowser": "false",
    }.items():
        text = re.sub(rf"<{option}>.*?</{option}>", f"<{option}>{value}</{option}>", text)
    return text


def pair(a: Instance, b: Instance) -> None:
    """Makes two running instances know each other. Whoever dials before the other one knows it is hung up on,
    and tries again only 20 s later: so b hears of a first, without an address to dial.
    """
    b.call("POST", "/rest/config/devices", {"deviceID": a.device_id, "name": a.name})
    _know(a, b)
    wait_until(lambda: _connected(a, b) and _connected(b, a), timeout=60)
    _know(b, a)


def _know(here: Instance, there: Instance) -> None:
    address = f"tcp://127.0.0.1:{there.sync_port}"
    body = {"deviceID": there.device_id, "name": there.name, "addresses": [address]}
    here.call("POST", "/rest/config/devices", body)


def _connected(here: Instance, there: Instance) -> bool:
    answer = here.call("GET", "/rest/system/connections")
    rows = answer.get("connections") if isinstance(answer, dict) else None
    row = rows.get(there.device_id) if isinstance(rows, dict) else None
    return isinstance(row, dict) and row.get("connected") is True


def share(a: Instance, b: Instance, folder_id: str, label: str, base: Path) -> tuple[Path, Path]:
    """The same folder on both; returns the two directories."""
    paths = (base / f"{folder_id}-{a.name}", base / f"{folder_id}-{b.name}")
    for here, there, path in ((a, b, paths[0]), (b, a, paths[1])):
        body = {
            "id": folder_id,
            "label": label,
            "path": str(path),
            "devices": [{"deviceID": there.device_id}],
            "fsWatcherDelayS": 1,
        }
        here.call("POST", "/rest/config/folders", body)
    return paths
