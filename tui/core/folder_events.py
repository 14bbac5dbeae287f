"""What one Syncthing event changes in what we know: `apply(data, event) -> data`.

Invariant: unknown events and fields change nothing; `Reload` names what an event makes stale and only REST
can tell (`ConfigSaved` carries the API key, so its data is never read).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from tui.core import folder_wire as wire
from tui.core.folder_rules import is_conflict
from tui.core.folders import Connection, FoldersData, FolderStatus
from tui.core.values import dataclass

K = TypeVar("K")
V = TypeVar("V")

EVENT_MASK = (
    "StateChanged,FolderSummary,FolderCompletion,FolderErrors,FolderScanProgress,FolderPaused,FolderResumed,"
    "FolderWatchStateChanged,DeviceConnected,DeviceDisconnected,DevicePaused,DeviceResumed,PendingDevicesChanged,"
    "PendingFoldersChanged,ConfigSaved,StartupComplete"
)
"""Without ItemStarted & Co.: 20,000 files make 40,000 of those and push all else out of the buffer."""
DISK_MASK = "LocalChangeDetected,RemoteChangeDetected"


@dataclass(frozen=True, slots=True)
class Reload:
    """What must be asked again over REST."""

    config: bool = False
    connections: bool = False
    pending: bool = False
    stats: bool = False

    def __or__(self, other: Reload) -> Reload:
        return Reload(
            self.config or other.config,
            self.connections or other.connections,
            self.pending or other.pending,
            self.stats or other.stats,
        )


NOTHING = Reload()


def with_entry(mapping: Mapping[K, V], key: K, value: V) -> dict[K, V]:
    """A copy with one entry set."""
    return {**mapping, key: value}


def without(mapping: Mapping[K, V], key: K) -> dict[K, V]:
    """A copy without one entry."""
    return {k: v for k, v in mapping.items() if k != key}


def apply(data: FoldersData, kind: str, payload: wire.Object) -> tuple[FoldersData, Reload]:
    """Next knowledge and what to ask again, for one event of type `kind` with `data` = `payload`."""
    handler = _HANDLERS.get(kind)
    return handler(data, payload) if handler else (data, NOTHING)


def _state_changed(data: FoldersData, d: wire.Object) -> tuple[FoldersData, Reload]:
    folder, state = wire.text(d, "folder"), wire.text(d, "to")
    status = replace(data.statuses.get(folder, FolderStatus()), state=state, error=wire.text(d, "error"))
    scans = without(data.scans, folder) if state == "scanning" else data.scans
    errors = without(data.errors, folder) if state == "syncing" else data.errors
    after = replace(data, statuses=with_entry(data.statuses, folder, status), scans=scans, errors=errors)
    return after, Reload(stats=state == "idle")


def _summary(data: FoldersData, d: wire.Object) -> tuple[FoldersData, Reload]:
    folder = wire.text(d, "folder")
    status = wire.folder_status(wire.obj(d.get("summary")))
    return replace(data, statuses=with_entry(data.statuses, folder, status)), NOTHING


def _completion(data: FoldersData, d: wire.Object) -> tuple[FoldersData, Reload]:
    key = (wire.text(d, "device"), wire.text(d, "folder"))
    return replace(data, completions=with_entry(data.completions, key, wire.completion(d))), NOTHING


def _errors(data: FoldersData, d: wire.Object) -> tuple[FoldersData, Reload]:
    found = wire.file_errors(d.get("errors"))
    return replace(data, errors=with_entry(data.errors, wire.text(d, "folder"), found)), NOTHING


def _scan(data: FoldersData, d: wire.Object) -> tuple[FoldersData, Reload]:
    return replace(data, scans=with_entry(data.scans, wire.text(d, "folder"), wire.scan(d))), NOTHING


def _folder_paused(paused: bool) -> Callable[[FoldersData, wire.Object], tuple[FoldersData, Reload]]:
    def handle(data: FoldersData, d: wire.Object) -> tuple[FoldersData, Reload]:
        folder = data.folders.get(wire.text(d, "id"))
        if folder is None:
            return data, Reload(config=True)
        return replace(
            data, folders=with_entry(data.folders, folder.id, replace(folder, paused=paused))
        ), NOTHING

    return handle


def _device_paused(paused: bool) -> Callable[[FoldersData, wire.Object], tuple[FoldersData, Reload]]:
    def handle(data: FoldersData, d: wire.Object) -> tuple[FoldersData, Reload]:
        device = data.devices.get(wire.text(d, "device"))
        if device is None:
            return data, Reload(config=True)
        return replace(
            data, devices=with_entry(data.devices, device.id, replace(device, paused=paused))
        ), NOTHING

    return handle


def _connected(data: FoldersData, d: wire.Object) -> tuple[FoldersData, Reload]:
    link = Connection(connected=True, address=wire.text(d, "addr"), type=wire.text(d, "type"))
    return replace(data, connections=with_entry(data.connections, wire.text(d, "id"), link)), Reload(
        connections=True
    )


def _disconnected(data: FoldersData, d: wire.Object) -> tuple[FoldersData, Reload]:
    device = wire.text(d, "id")
    after = replace(
        data,
        connections=with_entry(data.connections, device, Connection()),
        rates=without(data.rates, device),
    )
    return after, Reload(stats=True)


def _watch(data: FoldersData, d: wire.Object) -> tuple[FoldersData, Reload]:
    folder = wire.text(d, "folder")
    status = replace(data.statuses.get(folder, FolderStatus()), watch_error=wire.text(d, "to"))
    return replace(data, statuses=with_entry(data.statuses, folder, status)), NOTHING


def _disk(data: FoldersData, d: wire.Object) -> tuple[FoldersData, Reload]:
    path = wire.text(d, "path")
    if not is_conflict(path):
        return data, NOTHING
    folder = wire.text(d, "folder") or wire.text(d, "folderID")
    known = data.conflicts.get(folder, frozenset())
    after = known - {path} if wire.text(d, "action") == "deleted" else known | {path}
    return replace(data, conflicts=with_entry(data.conflicts, folder, after)), NOTHING


def _asks(reload: Reload) -> Callable[[FoldersData, wire.Object], tuple[FoldersData, Reload]]:
    return lambda data, _: (data, reload)


_HANDLERS: Mapping[str, Callable[[FoldersData, wire.Object], tuple[FoldersData, Reload]]] = {
    "StateChanged": _state_changed,
    "FolderSummary": _summary,
    "FolderCompletion": _completion,
    "FolderErrors": _errors,
    "FolderScanProgress": _scan,
    "FolderPaused": _folder_paused(True),
    "FolderResumed": _folder_paused(False),
    "DevicePaused": _device_paused(True),
    "DeviceResumed": _device_paused(False),
    "DeviceConnected": _connected,
    "DeviceDisconnected": _disconnected,
    "FolderWatchStateChanged": _watch,
    "PendingDevicesChanged": _asks(Reload(pending=True)),
    "PendingFoldersChanged": _asks(Reload(pending=True)),
    "ConfigSaved": _asks(Reload(config=True, pending=True)),
    "LocalChangeDetected": _disk,
    "RemoteChangeDetected": _disk,
}
