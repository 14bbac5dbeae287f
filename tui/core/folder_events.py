"""What one Syncthing event changes in what we know: `apply(data, event) -> data`.

Invariant: unknown events and fields change nothing; `Reload` names what an event makes stale and only REST
can tell (`ConfigSaved` carries the API key, so its data is never read).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from tui.core import folder_wire as wire
from tui.core.folder_rules import is_conflict
from tui.core.folders import Connection, DiskChange, FoldersData, FolderStatus
from tui.core.ids import Millis
from tui.core.ports import FolderEvent
from tui.core.values import dataclass

K = TypeVar("K")
V = TypeVar("V")

EVENT_MASK = (
    "StateChanged,FolderSummary,FolderCompletion,FolderErrors,FolderScanProgress,FolderPaused,FolderResumed,"
    "FolderWatchStateChanged,DeviceConnected,DeviceDisconnected,DevicePaused,DeviceResumed,PendingDevicesChanged,"
    "PendingFoldersChanged,ConfigSaved,DownloadProgress,RemoteDownloadProgress,StartupComplete"
)
"""Without ItemStarted & Co.: 20,000 files make 40,000 of those and push all else out of the buffer."""
DISK_MASK = "LocalChangeDetected,RemoteChangeDetected"
MOST_CHANGES = 50
MOST_TRANSFERS = 20
"""Running transfers of one folder that are kept; Syncthing pulls 64 files at a time."""


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


def apply(data: FoldersData, kind: str, payload: wire.Object, at: Millis = 0) -> tuple[FoldersData, Reload]:
    """Next knowledge and what to ask again, for one event of type `kind` with `data` = `payload`.

    `at` is when it happened, for the list of recent changes.
    """
    if kind in DISK_MASK.split(","):
        return _disk(data, payload, at, remote=kind.startswith("Remote")), NOTHING
    handler = _HANDLERS.get(kind)
    return handler(data, payload) if handler else (data, NOTHING)


def apply_all(data: FoldersData, events: Iterable[FolderEvent]) -> tuple[FoldersData, Reload]:
    """`apply` for a batch. Completions are put in together: a burst has thousands of them, and each alone
    would copy the whole table.
    """
    reload, completions = NOTHING, {}
    for event in events:
        if event.type == "FolderCompletion":
            key = (wire.text(event.data, "device"), wire.text(event.data, "folder"))
            completions[key] = wire.completion(event.data)
        else:
            data, more = apply(data, event.type, event.data, event.at)
            reload |= more
    if completions:
        data = replace(data, completions={**data.completions, **completions})
    return data, reload


def _state_changed(data: FoldersData, d: wire.Object) -> tuple[FoldersData, Reload]:
    folder, state = wire.text(d, "folder"), wire.text(d, "to")
    status = replace(data.statuses.get(folder, FolderStatus()), state=state, error=wire.text(d, "error"))
    scans = without(data.scans, folder) if state == "scanning" else data.scans
    errors = without(data.errors, folder) if state == "syncing" else data.errors
    after = replace(data, statuses=with_entry(data.statuses, folder, status), scans=scans, errors=errors)
    if state != "syncing" and (folder in data.transfers or folder in data.folder_rates):
        after = replace(
            after,
            transfers=without(data.transfers, folder),
            folder_rates=without(data.folder_rates, folder),
        )
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


def _disk(data: FoldersData, d: wire.Object, at: Millis, *, remote: bool) -> FoldersData:
    folder, path = wire.text(d, "folder") or wire.text(d, "folderID"), wire.text(d, "path")
    action, by = wire.text(d, "action"), wire.text(d, "modifiedBy")
    change = DiskChange(folder, path, action, by, at, remote)
    data = replace(data, changes=(change, *data.changes[: MOST_CHANGES - 1]))
    if not is_conflict(path):
        return data
    known = data.conflicts.get(folder, frozenset())
    after = known - {path} if action == "deleted" else known | {path}
    return replace(data, conflicts=with_entry(data.conflicts, folder, after))


def _downloads(data: FoldersData, d: wire.Object) -> tuple[FoldersData, Reload]:
    """The whole picture each time: a file that is not in it any more has come or failed; {} at the end."""
    transfers = {folder: wire.transfers(files)[:MOST_TRANSFERS] for folder, files in d.items()}
    return replace(data, transfers=transfers), NOTHING


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
    "DownloadProgress": _downloads,
}
