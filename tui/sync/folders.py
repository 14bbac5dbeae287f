"""Watches the local Syncthing and says what the panel shows, live.

Invariant: one long poll with the recommended mask carries everything; database calls happen once at the start
and after a gap. Whatever goes wrong (restart, lost events, new key, new port) ends the session, and the next
one starts from scratch. Source: Syncthing's documentation of `/rest/events`, and what 1.19.2 does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace

from tui.core import folder_events
from tui.core.errors import BadAnswer, FoldersTrouble, Offline, Refused
from tui.core.folder_events import DISK_MASK, EVENT_MASK, NOTHING, Reload
from tui.core.folder_rules import snapshot
from tui.core.folders import (
    Completion,
    Connection,
    FoldersData,
    FoldersLink,
    FoldersSnapshot,
    Rates,
)
from tui.core.ports import Clock, FolderApi, FolderEvent
from tui.core.values import dataclass

POLL_SECONDS = 50
"""Below 60: Syncthing up to 1.27 computes summaries only for a poller seen within the last minute."""
RATE_SECONDS = 5.0
HIDDEN_RATE_SECONDS = 30.0
RETRY_FIRST = 1.0
RETRY_MOST = 30.0
MOST_COMPLETIONS = 64
"""Pairs of device and folder asked at the start; the rest arrives with events."""
OLDEST = (1, 12)


class SessionEnded(Exception):
    """The Syncthing restarted or events were lost: begin again."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Byte counters of all connections at one moment, for rates."""

    at: float
    connections: dict[str, Connection]


class FolderWatch:
    """Runs on the net lane until cancelled; `publish` gets each new snapshot."""

    def __init__(
        self, open_api: Callable[[], FolderApi], publish: Callable[[FoldersSnapshot], None], clock: Clock
    ) -> None:
        self._open_api = open_api
        self._publish = publish
        self._clock = clock
        self._data = FoldersData()
        self._last: FoldersSnapshot | None = None
        self.visible = True

    async def run_forever(self) -> None:
        delay = RETRY_FIRST
        while True:
            started = self._clock.monotonic()
            try:
                await self._session()
            except FoldersTrouble as trouble:
                self._say(FoldersSnapshot(link=FoldersLink(trouble.link), detail=trouble.detail))
            except (Offline, Refused, BadAnswer) as trouble:
                self._say(FoldersSnapshot(link=FoldersLink.NOT_RUNNING, detail=trouble.detail))
            except SessionEnded:
                delay = RETRY_FIRST
            if self._clock.monotonic() - started > RETRY_MOST:
                delay = RETRY_FIRST
            await self._clock.sleep(delay)
            delay = min(RETRY_MOST, delay * 2)

    async def rescan(self, folder_id: str = "") -> None:
        """Asks for a scan now; returns when it has ended."""
        api = self._open_api()
        try:
            await api.rescan(folder_id)
        finally:
            await api.close()

    async def _session(self) -> None:
        api = self._open_api()
        try:
            version = await api.fetch_version()
            if _number(version) < OLDEST:
                raise FoldersTrouble(FoldersLink.TOO_OLD, version)
            main = await _subscribe(api, EVENT_MASK)
            disk = await _subscribe(api, DISK_MASK)
            self._data = await load(api, version)
            self._tell()
            await _together(
                self._poll(api, EVENT_MASK, main), self._poll(api, DISK_MASK, disk), self._rate(api)
            )
        finally:
            await api.close()

    async def _poll(self, api: FolderApi, mask: str, last: int) -> None:
        while True:
            events = await api.fetch_events(mask, last, POLL_SECONDS)
            if not events:
                await self._check_same_process(api)
                continue
            if events[0].id != last + 1:
                raise SessionEnded
            last = events[-1].id
            await self._take(api, events)

    async def _check_same_process(self, api: FolderApi) -> None:
        """After a restart ids start at 1 again and a poller with an old id would wait for ever."""
        if (await api.fetch_system_status()).start_time != self._data.start_time:
            raise SessionEnded

    async def _take(self, api: FolderApi, events: Iterable[FolderEvent]) -> None:
        reload = NOTHING
        for event in events:
            self._data, more = folder_events.apply(self._data, event.type, event.data)
            reload |= more
        if reload != NOTHING:
            self._data = await reloaded(api, self._data, reload)
        self._tell()

    async def _rate(self, api: FolderApi) -> None:
        before: Sample | None = None
        while True:
            now = Sample(self._clock.monotonic(), await api.fetch_connections())
            self._data = replace(_with_rates(self._data, before, now), notices=await api.fetch_notice_count())
            self._tell()
            before = now
            await self._clock.sleep(RATE_SECONDS if self.visible else HIDDEN_RATE_SECONDS)

    def _tell(self) -> None:
        self._say(snapshot(self._data, self._clock.now()))

    def _say(self, found: FoldersSnapshot) -> None:
        if found != self._last:
            self._last = found
            self._publish(found)


async def _together(*tasks: Awaitable[None]) -> None:
    """Runs them until the first one fails, and passes that failure on."""
    running = [asyncio.ensure_future(task) for task in tasks]
    try:
        done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def _subscribe(api: FolderApi, mask: str) -> int:
    """Creates the subscription for this mask before anything is loaded, so nothing falls between."""
    events = await api.fetch_events(mask, 0, 0, limit=1)
    return events[-1].id if events else 0


async def load(api: FolderApi, version: str) -> FoldersData:
    """Everything once, over REST."""
    status = await api.fetch_system_status()
    data = FoldersData(my_id=status.my_id, version=version, start_time=status.start_time)
    everything = Reload(config=True, connections=True, pending=True, stats=True)
    data = await reloaded(api, data, everything)
    data = replace(data, completions=await _completions(api, data))
    return replace(data, conflicts=await _conflicts(api, data))


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


async def _with_config(api: FolderApi, data: FoldersData) -> FoldersData:
    folders, devices = await api.fetch_config()
    new = [f for f in folders if not f.paused and f.id not in data.statuses]
    statuses = {f.id: await api.fetch_folder_status(f.id) for f in new}
    failing = [key for key, status in statuses.items() if status.errors]
    return replace(
        data,
        folders={f.id: f for f in folders},
        devices={d.id: d for d in devices},
        statuses={**data.statuses, **statuses},
        errors={**data.errors, **{key: await api.fetch_folder_errors(key) for key in failing}},
        restart_required=await api.fetch_restart_required(),
        notices=await api.fetch_notice_count(),
    )


async def _completions(api: FolderApi, data: FoldersData) -> dict[tuple[str, str], Completion]:
    pairs = [
        (device, folder.id)
        for folder in data.folders.values()
        for device in folder.device_ids
        if device != data.my_id and not folder.paused
    ]
    return {pair: await api.fetch_completion(*pair) for pair in pairs[:MOST_COMPLETIONS]}


async def _conflicts(api: FolderApi, data: FoldersData) -> dict[str, frozenset[str]]:
    return {f.id: await api.find_conflicts(f.path) for f in data.folders.values() if f.path and not f.paused}


def _with_rates(data: FoldersData, before: Sample | None, now: Sample) -> FoldersData:
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


def _number(version: str) -> tuple[int, ...]:
    """(1, 19, 2) of "1.19.2"; () where it is no number, which counts as too old."""
    parts = version.split(".")[:3]
    return tuple(int(part) for part in parts if part.isdigit())
