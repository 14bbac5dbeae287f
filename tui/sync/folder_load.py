"""Asks a Syncthing for what the panel knows, and works out rates between two answers.

Invariant: `db/status` is asked once for each folder, `db/completion` for at most MOST_COMPLETIONS pairs, one
after the other: on SQLite (2.x) and on big folders each may take seconds. All else comes with events.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tui.core.folder_dials import away, wants_discovery
from tui.core.folder_events import Reload
from tui.core.folders import Completion, Connection, FileError, FoldersData, FolderStatus, Rates
from tui.core.ports import FolderApi
from tui.core.values import dataclass

MOST_COMPLETIONS = 64
"""Pairs of device and folder asked at the start; the rest arrives with events."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Byte counters of all connections at one moment, for rates."""

    at: float
    connections: dict[str, Connection]


async def load(api: FolderApi, version: str) -> FoldersData:
    """Everything once, over REST, but the search for conflicts."""
    status = await api.fetch_system_status()
    data = FoldersData(my_id=status.my_id, version=version, start_time=status.start_time, dials=status.dials)
    everything = Reload(config=True, connections=True, pending=True, stats=True)
    data = await _with_discovered(api, await reloaded(api, data, everything))
    return replace(data, completions=await _completions(api, data))


async def with_dials(api: FolderApi, data: FoldersData) -> FoldersData:
    """`data` with why devices are not reached; nothing is asked while none is away."""
    if not away(data):
        return data
    status = await api.fetch_system_status()
    return await _with_discovered(api, replace(data, dials=status.dials))


async def _with_discovered(api: FolderApi, data: FoldersData) -> FoldersData:
    return replace(data, discovered=await api.fetch_discovered()) if wants_discovery(data) else data


async def reloaded(api: FolderApi, data: FoldersData, reload: Reload) -> FoldersData:
    """`data` with the named parts asked again."""
    if reload.config:
        data = await _with_config(api, data)
    if reload.connections:
        data = replace(data, connections=await api.fetch_connections())
    if reload.pending:
        data = replace(
            data,
            pending_devices=await api.fetch_pending_devices(),
            pending_folders=await api.fetch_pending_folders(),
        )
    if reload.stats:
        data = replace(data, last_files=await api.fetch_last_files(), last_seen=await api.fetch_last_seen())
    return data


async def with_statuses(api: FolderApi, data: FoldersData, folder_ids: Iterable[str]) -> FoldersData:
    """`data` with the state and the errors of these folders asked again: after events were lost."""
    statuses = {key: await api.fetch_folder_status(key) for key in folder_ids}
    failing = [key for key, status in statuses.items() if status.errors]
    errors = {key: await api.fetch_folder_errors(key) for key in failing}
    return replace(data, statuses={**data.statuses, **statuses}, errors=_kept_errors(data, statuses) | errors)


def _kept_errors(data: FoldersData, statuses: dict[str, FolderStatus]) -> dict[str, tuple[FileError, ...]]:
    return {key: rows for key, rows in data.errors.items() if key not in statuses}


async def _with_config(api: FolderApi, data: FoldersData) -> FoldersData:
    """Names, pauses, who shares what; the state of folders that are new."""
    folders, devices = await api.fetch_config()
    here = {f.id for f in folders}
    data = replace(
        data,
        folders={f.id: f for f in folders},
        devices={d.id: d for d in devices},
        statuses={key: status for key, status in data.statuses.items() if key in here},
        restart_required=await api.fetch_restart_required(),
        notices=await api.fetch_notice_count(),
    )
    return await with_statuses(
        api, data, [f.id for f in folders if not f.paused and f.id not in data.statuses]
    )


async def _completions(api: FolderApi, data: FoldersData) -> dict[tuple[str, str], Completion]:
    """Connected devices first: only theirs change."""
    pairs = [
        (device, folder.id)
        for folder in data.folders.values()
        for device in folder.device_ids
        if device != data.my_id and device in data.devices and not folder.paused
    ]
    away = Connection()
    pairs.sort(key=lambda pair: not data.connections.get(pair[0], away).connected)
    return {pair: await api.fetch_completion(*pair) for pair in pairs[:MOST_COMPLETIONS]}


def with_rates(data: FoldersData, before: Sample | None, now: Sample) -> FoldersData:
    """Bytes per second between two samples; totals fall to 0 at a restart, which counts as no traffic."""
    if before is None or now.at <= before.at:
        return replace(data, connections=now.connections)
    seconds = now.at - before.at
    rates = {
        device: Rates(
            max(0.0, (row.in_bytes - before.connections[device].in_bytes) / seconds),
            max(0.0, (row.out_bytes - before.connections[device].out_bytes) / seconds),
        )
        for device, row in now.connections.items()
        if row.connected and device in before.connections and before.connections[device].connected
    }
    total = Rates(sum(r.received for r in rates.values()), sum(r.sent for r in rates.values()))
    return replace(data, connections=now.connections, rates=rates, total_rates=total)


class Shrinking:
    """How fast what the folders lack becomes less, smoothed over the last summaries."""

    LEAST_SECONDS = 1.0

    def __init__(self) -> None:
        self._before: dict[str, tuple[float, int]] = {}
        """Folder id → when, and how many bytes were missing."""

    def seen(self, data: FoldersData, folder_ids: Iterable[str], at: float) -> FoldersData:
        """`data` with the rates of folders whose summary has just come; `at` in seconds, monotonic."""
        rates = dict(data.folder_rates)
        for key in folder_ids:
            status = data.statuses.get(key)
            if status is None or status.state != "syncing":
                self._before.pop(key, None)
                rates.pop(key, None)
                continue
            then, missing = self._before.setdefault(key, (at, status.need_bytes))
            if at - then >= self.LEAST_SECONDS:
                now = max(0.0, (missing - status.need_bytes) / (at - then))
                rates[key] = (rates[key] + now) / 2 if key in rates else now
                self._before[key] = (at, status.need_bytes)
        return replace(data, folder_rates=rates) if rates != data.folder_rates else data
