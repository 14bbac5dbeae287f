"""The demo company's shared folders, and what happens to them while one watches.

Invariant: every state of the panel is there at some time: up to date, scanning, syncing, failed items,
stopped, paused, conflict, a device that comes and goes. The few real files lie in the demo's own directory.
"""

from __future__ import annotations

import asyncio
import random

from tui.demo.folders import Device, Folder
from tui.demo.syncthing import DemoSyncthing
from tui.demo.syncthing_rest import device_id

GRAZ = device_id("GRAZAAA")
BEN = device_id("BENAAAA")
NAS = device_id("NASAAAA")
MINUTE = 60_000
MARKER_MISSING = (
    "folder marker missing (this indicates potential data loss, "
    "search docs/forum to get information about how to proceed)"
)
ARRIVALS = ("Angebot Rößler.pdf", "Zeichnung 114.dxf", "Protokoll.odt", "Foto Montage.jpg", "Preise 2026.ods")


def furnish(demo: DemoSyncthing) -> None:
    """Puts devices and folders in place."""
    now = demo.now()
    demo.devices[GRAZ] = Device(GRAZ, "server-graz", True, address="10.8.0.1:22000", started_at=now)
    demo.devices[BEN] = Device(BEN, "bens-laptop", True, address="10.8.0.14:22000", started_at=now)
    demo.devices[NAS] = Device(
        NAS,
        "nas-werkstatt",
        last_seen=now - 9 * 24 * 60 * MINUTE,
        addresses=("tcp://192.168.20.7:22000",),
        dial_error="dial tcp 192.168.20.7:22000: i/o timeout",
    )
    for folder in _folders():
        folder.path = str(demo.directory / folder.path)
        folder.state_changed = folder.last_scan = now - 12 * MINUTE
        folder.last_file_at = now - 40 * MINUTE
        demo.folders[folder.id] = folder
    _real_files(demo)


def _folders() -> tuple[Folder, ...]:
    denied = "syncing: opening temp file: permission denied"
    return (
        Folder("proj-polar", "Projekte", "Projekte", devices=[GRAZ, BEN], files=412, bytes=1_840_000_000),
        Folder("zeichn-26", "Zeichnungen", "Zeichnungen", devices=[GRAZ], files=96, bytes=730_000_000),
        Folder(
            "vorlagen",
            "Vorlagen",
            "Vorlagen",
            "receiveonly",
            [GRAZ],
            files=58,
            bytes=64_000_000,
            local_additions=2,
        ),
        Folder(
            "fotos-mont",
            "Fotos Montage",
            "Fotos",
            devices=[BEN, NAS],
            files=1240,
            bytes=5_200_000_000,
            need_files=2,
            need_bytes=9_400_000,
            errors=[("2026/IMG_2041.jpg", denied), ("2026/IMG_2042.jpg", denied)],
        ),
        Folder(
            "archiv", "Archiv 2019–2024", "Archiv", devices=[NAS], paused=True, files=9, bytes=9_663_676_416
        ),
        Folder("stick", "USB-Stick", "Stick", devices=[BEN], state="error", error=MARKER_MISSING),
        Folder("notizen", "Notizen", "Notizen", files=31, bytes=210_000),
    )


def _real_files(demo: DemoSyncthing) -> None:
    """A handful of files, one of them left over from a conflict."""
    projects = demo.directory / "Projekte"
    projects.mkdir(parents=True, exist_ok=True)
    (projects / ".stfolder").mkdir(exist_ok=True)
    (projects / "Angebot.txt").write_text("Angebot, unsere Fassung\n", encoding="utf-8")
    (projects / "Angebot.sync-conflict-20260302-101500-BENAAAA.txt").write_text(
        "Angebot, Bens Fassung\n", encoding="utf-8"
    )
    for name in ("Fotos/2026/Aufmaß Rößler.txt", "Fotos/Übersicht.txt", "Zeichnungen/Plan 114.txt"):
        file = demo.directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("Muster\n", encoding="utf-8")
    for name in ("Zeichnungen", "Vorlagen", "Fotos", "Notizen"):
        (demo.directory / name / ".stfolder").mkdir(parents=True, exist_ok=True)


async def live(demo: DemoSyncthing, dice: random.Random, *, pace: float = 1.0) -> None:
    """Lets things happen for ever; `pace` 0.01 = a hundred times as fast."""
    acts = (_receive, _scan, _send, _flap)
    while True:
        await asyncio.sleep(dice.uniform(6, 18) * pace)
        await dice.choice(acts)(demo, dice, pace)


async def _receive(demo: DemoSyncthing, dice: random.Random, pace: float) -> None:
    """A file comes in over several seconds."""
    folder = demo.folders[dice.choice(("proj-polar", "zeichn-26"))]
    if folder.paused:
        return
    name, size = dice.choice(ARRIVALS), dice.randrange(4_000_000, 60_000_000)
    folder.files += 1
    folder.bytes += size
    folder.need_files, folder.need_bytes = 1, size
    for state in ("sync-waiting", "sync-preparing", "syncing"):
        demo.change_state(folder, state)
    for step in range(1, 6):
        await asyncio.sleep(1.2 * pace)
        folder.need_bytes = size - size * step // 6
        demo.devices[GRAZ].in_bytes += size // 6
        progress = {"total": 306, "pulled": 51 * step, "bytesDone": size * step // 6, "bytesTotal": size}
        demo.tell("DownloadProgress", {folder.id: {name: progress}})
        demo.summarise(folder)
    _finish(demo, folder, name)


def _finish(demo: DemoSyncthing, folder: Folder, name: str) -> None:
    folder.need_files = folder.need_bytes = 0
    folder.sequence += 1
    folder.last_file, folder.last_file_at = name, demo.now()
    demo.change_state(folder, "idle")
    demo.tell("DownloadProgress", {})
    demo.summarise(folder)


async def _scan(demo: DemoSyncthing, dice: random.Random, pace: float) -> None:
    folder = demo.folders[dice.choice(("fotos-mont", "notizen", "vorlagen"))]
    if folder.paused:
        return
    demo.change_state(folder, "scan-waiting")
    demo.change_state(folder, "scanning")
    for step in range(1, 5):
        await asyncio.sleep(1.5 * pace)
        data = {
            "folder": folder.id,
            "current": folder.bytes * step // 5,
            "total": folder.bytes,
            "rate": 0 if step < 3 else folder.bytes // 8,
        }
        demo.tell("FolderScanProgress", data)
    folder.last_scan = demo.now()
    demo.change_state(folder, "idle")
    if folder.errors:
        rows = [{"path": path, "error": text + "\n"} for path, text in folder.errors]
        demo.tell("FolderErrors", {"folder": folder.id, "errors": rows})
    demo.summarise(folder)


async def _send(demo: DemoSyncthing, dice: random.Random, pace: float) -> None:
    """A colleague fetches something from us."""
    folder = demo.folders["proj-polar"]
    size = dice.randrange(2_000_000, 30_000_000)
    for step in range(5):
        folder.remote_need[BEN] = (1, size - size * step // 5)
        demo.devices[BEN].out_bytes += size // 5
        demo.summarise(folder)
        await asyncio.sleep(1.2 * pace)
    folder.remote_need.pop(BEN, None)
    demo.summarise(folder)


async def _flap(demo: DemoSyncthing, dice: random.Random, pace: float) -> None:
    """Ben's laptop goes away and comes back."""
    device = demo.devices[BEN]
    device.connected, device.last_seen = False, demo.now()
    demo.tell("DeviceDisconnected", {"id": device.id, "error": "reading length: EOF"})
    await asyncio.sleep(dice.uniform(5, 9) * pace)
    device.connected, device.started_at = True, demo.now()
    data = {"id": device.id, "addr": device.address, "type": "tcp-client", "deviceName": device.name}
    demo.tell("DeviceConnected", {**data, "clientName": "syncthing", "clientVersion": "v1.19.2-ds1"})
