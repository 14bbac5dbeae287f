"""The display rules of Syncthing's own web page: state, percentages and the one light.

Invariant: the first rule that fits wins, in the order of the official GUI; a conflict copy has no state there
and is counted beside it.
"""

from __future__ import annotations

from collections.abc import Iterable

from tui.core.folder_dials import with_dials
from tui.core.folders import (
    ChangeView,
    Completion,
    Conflict,
    DeviceState,
    DeviceView,
    DiskChange,
    FolderConfig,
    FoldersData,
    FoldersLink,
    FoldersSnapshot,
    FolderState,
    FolderStatus,
    FolderView,
    LastFile,
    Light,
    Rates,
    Scan,
)
from tui.core.ids import Millis
from tui.core.patterns import pattern

WEEK_MS = 7 * 24 * 3600 * 1000
BUSY = frozenset(
    {
        FolderState.SCANNING,
        FolderState.SCAN_WAITING,
        FolderState.SYNC_WAITING,
        FolderState.SYNC_PREPARING,
        FolderState.SYNCING,
        FolderState.CLEANING,
        FolderState.CLEAN_WAITING,
        FolderState.STARTING,
    }
)
BAD = frozenset({FolderState.STOPPED, FolderState.UNKNOWN, FolderState.OUT_OF_SYNC, FolderState.FAILED_ITEMS})
CONFLICT = pattern(r"\.sync-conflict-(\d{8}-\d{6})-([A-Z2-7]{7})")
TEMPORARY = (".syncthing.", "~syncthing~")
"""How the names of half-fetched files begin."""
NO_PEER = "no connected device has the required version"
"""Syncthing's text for "the one who has it is away": a wait, not a failure."""


def is_conflict(path: str) -> bool:
    """True for the copy that Syncthing leaves beside a file that two devices changed."""
    return CONFLICT.search(path) is not None and not path.rpartition("/")[2].startswith(TEMPORARY)


def conflict_of(path: str) -> Conflict | None:
    """What the name of a conflict copy tells; None for any other file."""
    every = list(CONFLICT.finditer(path)) if is_conflict(path) else []
    if not every:
        return None
    found = every[-1]  # a copy may be in conflict itself
    original = path[: found.start()] + path[found.end() :]
    return Conflict(path, original, winner=found[2], made=found[1])


def not_accepted(row: Completion) -> bool:
    """A device that has not taken a folder answers 100 %: seen by its sequence, from 1.20 by its state."""
    if row.remote_state:
        return row.remote_state == "notSharing"
    return row.sequence == 0 and row.global_items > 0


def folder_state(config: FolderConfig, status: FolderStatus | None) -> FolderState:
    """State of one folder; `status` None = not known yet."""
    if config.paused:
        return FolderState.PAUSED
    if status is None or not status.state:
        return FolderState.UNKNOWN
    if status.state == "error":
        return FolderState.STOPPED
    if status.state != "idle":
        return _running(status.state)
    return _resting(config, status)


def _running(state: str) -> FolderState:
    try:
        found = FolderState(state)
    except ValueError:
        return FolderState.UNKNOWN
    return found if found in BUSY else FolderState.UNKNOWN


def _resting(config: FolderConfig, status: FolderStatus) -> FolderState:
    if status.need_total_items > 0:
        return FolderState.OUT_OF_SYNC
    if status.errors > 0:
        return FolderState.FAILED_ITEMS
    if status.receive_only_items > 0 and config.type == "receiveonly":
        return FolderState.LOCAL_ADDITIONS
    if status.receive_only_items > 0 and config.type == "receiveencrypted":
        return FolderState.UNEXPECTED_ITEMS
    if len(config.device_ids) <= 1:
        return FolderState.UNSHARED
    return FolderState.UP_TO_DATE


def sync_percent(status: FolderStatus) -> int:
    """0–100; 95 while only deletions, directories or empty files are missing, never 100 before the end."""
    if status.need_total_items == 0:
        return 100
    if status.need_bytes == 0:
        return 95
    if status.global_bytes == 0:
        return 0
    return min(99, 100 * status.in_sync_bytes // status.global_bytes)


def scan_percent(scan: Scan) -> int:
    """0–99; `total` can be one more than `current` at the end."""
    return min(99, 100 * scan.current // scan.total) if scan.total > 0 else 0


def seconds_left(scan: Scan) -> int | None:
    """Rounded up to ten seconds; None while the rate is still unknown (the first seconds)."""
    return time_left(scan.total - scan.current, scan.rate)


def time_left(bytes_left: int, rate: float) -> int | None:
    """Seconds, rounded up to ten; None where the rate is not known."""
    if rate <= 0:
        return None
    return int(-(-(max(0, bytes_left) / rate) // 10) * 10)


def completion_percent(completions: Iterable[Completion]) -> int:
    """How far a device is over all its folders, as the official page adds it up."""
    rows = list(completions)
    total = sum(row.global_bytes for row in rows)
    need = sum(row.need_bytes for row in rows)
    others = sum(row.need_items + row.need_deletes for row in rows)
    if need == 0 and others > 0:
        return 95
    if total == 0 or need == 0:
        return 100
    return min(99, int(100 * (1 - need / total)))


def connection_kind(type_: str) -> str:
    """tcp-client → tcp, relay-server → relay, …"""
    return type_.partition("-")[0]


def snapshot(data: FoldersData, now: Millis) -> FoldersSnapshot:
    """Everything the panel shows, from everything that is known. Folders by title, devices by name."""
    by_device = _completions_by_device(data)
    refused = {key for key, row in data.completions.items() if not_accepted(row)}
    folders = sorted(
        (_folder(data, f, refused) for f in data.folders.values()), key=lambda v: (v.title.casefold(), v.id)
    )
    used = {d for f in data.folders.values() for d in f.device_ids}
    remote = (d for d in data.devices if d != data.my_id)
    devices = sorted(
        (_device(data, d, now, by_device.get(d, {}), used=d in used) for d in remote),
        key=lambda v: (v.name.casefold(), v.id),
    )
    return FoldersSnapshot(
        link=FoldersLink.OK,
        light=light(data, folders, devices),
        folders=tuple(folders),
        devices=tuple(devices),
        rates=data.total_rates,
        pending_devices=tuple(sorted(data.pending_devices.items())),
        pending_folders=tuple((d, f, label) for (d, f), label in sorted(data.pending_folders.items())),
        my_id=data.my_id,
        version=data.version,
        changes=tuple(_change(data, change) for change in data.changes),
        notices=data.notices,
        restart_required=data.restart_required,
        names=tuple((device[:7], _name(data, device)) for device in data.devices),
    )


def _change(data: FoldersData, change: DiskChange) -> ChangeView:
    config = data.folders.get(change.folder_id)
    who = next((_name(data, d) for d in data.devices if change.by and d.startswith(change.by)), "")
    return ChangeView(
        folder=(config.label or config.id) if config else change.folder_id,
        path=change.path,
        action=change.action,
        who=who,
        mine=bool(change.by) and data.my_id.startswith(change.by),
        at=change.at,
    )


def _completions_by_device(data: FoldersData) -> dict[str, dict[str, Completion]]:
    """Device id → folder id → how far; folders that are not shared with it any more are left out."""
    members = {f.id: frozenset(f.device_ids) for f in data.folders.values()}
    found: dict[str, dict[str, Completion]] = {}
    for (device, folder), row in data.completions.items():
        if device in members.get(folder, ()):
            found.setdefault(device, {})[folder] = row
    return found


def _folder(data: FoldersData, config: FolderConfig, refused: set[tuple[str, str]]) -> FolderView:
    status = data.statuses.get(config.id)
    state = folder_state(config, status)
    known = status or FolderStatus()
    scan = data.scans.get(config.id) if state is FolderState.SCANNING else None
    errors = data.errors.get(config.id, ())
    copies = sorted(data.conflicts.get(config.id, ()))
    rate = scan.rate if scan else data.folder_rates.get(config.id, 0.0)
    unwilling = (d for d in config.device_ids if (d, config.id) in refused and _connected(data, d))
    return FolderView(
        id=config.id,
        title=config.label or config.id,
        state=state,
        percent=_percent(state, known, scan),
        need_items=known.need_total_items,
        need_bytes=known.need_bytes,
        failed_items=known.errors,
        error=known.error,
        errors=tuple(e for e in errors if NO_PEER not in e.error),
        waits_for=_waits_for(data, config, state),
        local_additions=known.receive_only_items,
        conflicts=len(copies),
        last_file=data.last_files.get(config.id, LastFile()),
        seconds_left=seconds_left(scan) if scan else _sync_left(state, known, rate),
        shared_with=max(0, len(config.device_ids) - 1),
        type=config.type,
        path=config.path,
        watch_error="" if config.paused or state is FolderState.STOPPED else known.watch_error,
        global_bytes=known.global_bytes,
        rate=rate if state in (FolderState.SCANNING, FolderState.SYNCING) else 0.0,
        transfers=data.transfers.get(config.id, ()),
        conflict_copies=tuple(c for c in map(conflict_of, copies) if c is not None),
        not_accepted=tuple(sorted(_name(data, d) for d in unwilling)),
    )


def _sync_left(state: FolderState, status: FolderStatus, rate: float) -> int | None:
    return time_left(status.need_bytes, rate) if state is FolderState.SYNCING and rate > 0 else None


def _percent(state: FolderState, status: FolderStatus, scan: Scan | None) -> int | None:
    if scan is not None:
        return scan_percent(scan)
    if state in {
        FolderState.SYNCING,
        FolderState.SYNC_PREPARING,
        FolderState.SYNC_WAITING,
        FolderState.OUT_OF_SYNC,
    }:
        return sync_percent(status)
    return None


def _waits_for(data: FoldersData, config: FolderConfig, state: FolderState) -> tuple[str, ...]:
    if state is not FolderState.OUT_OF_SYNC:
        return ()
    away = (d for d in config.device_ids if d != data.my_id and not _connected(data, d))
    return tuple(sorted(_name(data, d) for d in away))


def _connected(data: FoldersData, device_id: str) -> bool:
    row = data.connections.get(device_id)
    return row is not None and row.connected


def _name(data: FoldersData, device_id: str) -> str:
    config = data.devices.get(device_id)
    return config.name if config and config.name else device_id[:7]


def _device(
    data: FoldersData, device_id: str, now: Millis, by_folder: dict[str, Completion], *, used: bool
) -> DeviceView:
    rows = list(by_folder.values())
    link = data.connections.get(device_id)
    kind = connection_kind(link.type) if link and link.connected else ""
    percent = completion_percent(rows)
    view = DeviceView(
        id=device_id,
        name=_name(data, device_id),
        state=device_state(data, device_id, percent, now, used=used),
        percent=percent,
        used=used,
        relayed=kind == "relay",
        connection=kind,
        rates=data.rates.get(device_id, Rates()),
        last_seen=data.last_seen.get(device_id, 0),
        need_bytes=sum(row.need_bytes for row in rows),
        need_items=sum(row.need_items + row.need_deletes for row in rows),
        address=link.address if link and link.connected else "",
        paused=data.devices[device_id].paused,
        not_accepted=tuple(
            sorted(data.folders[f].label or f for f, row in by_folder.items() if not_accepted(row))
        ),
    )
    return with_dials(view, data)


def device_state(
    data: FoldersData, device_id: str, percent: int, now: Millis, *, used: bool = True
) -> DeviceState:
    """State of one remote device; "inactive" = shares with us, not seen for a week or never (2.x)."""
    link = data.connections.get(device_id)
    if link is None:
        return DeviceState.UNKNOWN
    if data.devices[device_id].paused:
        return DeviceState.PAUSED
    if link.connected:
        return DeviceState.UP_TO_DATE if percent == 100 else DeviceState.SYNCING
    if used and now - data.last_seen.get(device_id, 0) >= WEEK_MS:
        return DeviceState.INACTIVE
    return DeviceState.DISCONNECTED


def light(data: FoldersData, folders: Iterable[FolderView], devices: Iterable[DeviceView]) -> Light:
    """The status-bar sign: syncing, then trouble, then everything paused, else fine."""
    views = list(folders)
    if any(v.state in {FolderState.SYNCING, FolderState.SYNC_PREPARING} for v in views):
        return Light.SYNC
    known = list(devices)
    if _needs_attention(data, views, known):
        return Light.ATTENTION
    used = [d for d in known if d.used]
    if used and all(d.state is DeviceState.PAUSED for d in used):
        return Light.PAUSED
    return Light.OK


def _needs_attention(data: FoldersData, folders: list[FolderView], devices: list[DeviceView]) -> bool:
    return bool(
        any(v.state in BAD or v.conflicts for v in folders)
        or any(d.state is DeviceState.UNKNOWN for d in devices)
        or data.restart_required
        or data.notices
        or data.pending_devices
        or data.pending_folders
    )
