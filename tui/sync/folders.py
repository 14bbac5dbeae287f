"""Watches the local Syncthing and says what the panel shows, live.

Invariant: one long poll with the recommended mask carries everything; database calls happen once at the start
and, at most every half minute, after events were lost. Whatever goes wrong (restart, new key, new port) ends
the session, and the next one starts from scratch. Source: Syncthing's documentation of `/rest/events`, and
what 1.19.2 does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from typing import cast

from tui.core import folder_events
from tui.core.errors import BadAnswer, FoldersTrouble, Offline, Refused
from tui.core.folder_events import DISK_MASK, EVENT_MASK, NOTHING, Reload
from tui.core.folder_rules import snapshot
from tui.core.folders import FoldersData, FoldersLink, FoldersSnapshot
from tui.core.ports import Clock, FolderApi, FolderEvent
from tui.sync.folder_acts import FolderActs
from tui.sync.folder_load import Sample, Shrinking, load, reloaded, with_dials, with_rates, with_statuses

POLL_SECONDS = 50
"""Below 60: Syncthing up to 1.27 computes summaries only for a poller seen within the last minute."""
RATE_SECONDS = 5.0
HIDDEN_RATE_SECONDS = 30.0
GATHER_SECONDS = 0.4
"""Events are gathered so long before they are looked at: a folder may be "scanning" for a millisecond."""
TELL_SECONDS = 2.0
FAR_TELL_SECONDS = 5.0
HIDDEN_TELL_SECONDS = 30.0
RELOAD_SECONDS = 30.0
"""Between two reloads because of lost events."""
DIAL_SECONDS = 30.0
"""Between two looks at why devices are not reached; Syncthing itself tries them once a minute."""
WALK_SECONDS = 60.0
"""Between two looks whether there is a folder that has not been searched for conflicts."""
RETRY_FIRST = 1.0
RETRY_MOST = 30.0
OLDEST = (1, 12)


class SessionEnded(Exception):
    """The Syncthing restarted: begin again."""


class FolderWatch:
    """Runs on the net lane until cancelled; `publish` gets each new snapshot.

    `visible`: the panel is on the screen; `far`: the screen is at the end of a thin line. Both may be set
    from any thread; what they change is at most 30 s late, but becoming visible is told at once.
    """

    def __init__(
        self,
        open_api: Callable[[], FolderApi],
        publish: Callable[[FoldersSnapshot], None],
        clock: Clock,
        mark: Callable[[], int] | None = None,
        several: Callable[[], tuple[str, tuple[str, ...]]] | None = None,
    ) -> None:
        """`mark` changes with the address and the key of config.xml; without it a refused key is retried.
        `several` tells which config.xml is shown and which all run here; it may block for a second.
        """
        self._open_api = open_api
        self._mark = mark
        self._several = several
        self._home, self._instances = "", cast("tuple[str, ...]", ())
        self._again, self._over = asyncio.Event(), asyncio.Event()
        self.acts = FolderActs(open_api)
        self._publish = publish
        self._clock = clock
        self._data = FoldersData()
        self._last: FoldersSnapshot | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake = asyncio.Event()
        self._changed = asyncio.Event()
        self._visible = True
        self._begin_anew()
        self.far = False

    def _begin_anew(self) -> None:
        """Nothing of the last session counts."""
        self._shrinking = Shrinking()
        self._stale = NOTHING
        self._lost = False
        self._reloaded_at = self._dialled_at = self._clock.monotonic()
        self._walked: set[str] = set()
        self._searched = False

    @property
    def visible(self) -> bool:
        return self._visible

    @visible.setter
    def visible(self, visible: bool) -> None:
        shown, self._visible = visible and not self._visible, visible
        if shown and self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake.set)

    async def run_forever(self) -> None:
        self._loop = asyncio.get_running_loop()
        delay = RETRY_FIRST
        while True:
            started, tried = self._clock.monotonic(), self._marked()
            try:
                await self._session()
            except FoldersTrouble as trouble:
                self._say(FoldersSnapshot(link=FoldersLink(trouble.link), detail=trouble.detail))
                if trouble.link == FoldersLink.WRONG_KEY and tried is not None:
                    await self._until_another_key(tried)
                    delay = RETRY_FIRST
            except (Offline, Refused, BadAnswer) as trouble:
                self._say(FoldersSnapshot(link=FoldersLink.NOT_RUNNING, detail=trouble.detail))
            except SessionEnded:
                delay = RETRY_FIRST
            if self._clock.monotonic() - started > RETRY_MOST:
                delay = RETRY_FIRST
            await self._sleep_unless(self._over, delay)
            delay = min(RETRY_MOST, delay * 2)

    def start_over(self) -> None:
        """Another Syncthing is to be shown. Any thread."""
        self.try_again()
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._over.set)

    def try_again(self) -> None:
        """The person wants a refused key to be tried once more. Any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._again.set)

    def _marked(self) -> int | None:
        """None where there is no config.xml to read, or nobody who reads it."""
        try:
            return self._mark() if self._mark is not None else None
        except FoldersTrouble:
            return None

    async def _until_another_key(self, tried: int) -> None:
        """A refused key is not sent a second time: only the file is looked at, until it says another one."""
        self._again.clear()
        delay = RETRY_FIRST
        while self._marked() == tried and not self._again.is_set():
            await self._sleep_unless(self._again, delay)
            delay = min(RETRY_MOST, delay * 2)

    async def _sleep_unless(self, event: asyncio.Event, seconds: float) -> None:
        sleep = asyncio.ensure_future(self._clock.sleep(seconds))
        wake = asyncio.ensure_future(event.wait())
        try:
            await asyncio.wait((sleep, wake), return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleep.cancel()
            wake.cancel()

    async def _until_over(self) -> None:
        await self._over.wait()
        raise SessionEnded

    async def _session(self) -> None:
        self._over.clear()
        if self._several is not None:
            self._home, self._instances = await asyncio.to_thread(self._several)
        api = self._open_api()
        try:
            version = await api.fetch_version()
            if version_number(version) < OLDEST:
                raise FoldersTrouble(FoldersLink.TOO_OLD, version)
            main = await _subscribe(api, EVENT_MASK)
            disk = await _subscribe(api, DISK_MASK)
            self._begin_anew()
            self._data = await load(api, version)
            self._say(self._snapshot())
            await _together(
                self._poll(api, EVENT_MASK, main),
                self._poll(api, DISK_MASK, disk),
                self._rate(api),
                self._walk(api),
                self._until_over(),
                self._tell_forever(),
            )
        finally:
            await api.close()

    # what comes
    async def _poll(self, api: FolderApi, mask: str, last: int) -> None:
        while True:
            events = await api.fetch_events(mask, last, POLL_SECONDS)
            if not events:
                await self._check_same_process(api)
                continue
            if events[0].id <= last:
                raise SessionEnded
            self._note_gap(mask, lost=events[0].id != last + 1)
            last = events[-1].id
            await self._take(api, events)
            await self._clock.sleep(GATHER_SECONDS)

    def _note_gap(self, mask: str, *, lost: bool) -> None:
        """Syncthing keeps 1000 events: more in between, and only a reload knows."""
        if not lost:
            return
        if mask == DISK_MASK:
            self._walked.clear()
        else:
            self._lost = True

    async def _check_same_process(self, api: FolderApi) -> None:
        """After a restart ids start at 1 again and a poller with an old id would wait for ever."""
        if (await api.fetch_system_status()).start_time != self._data.start_time:
            raise SessionEnded

    async def _take(self, api: FolderApi, events: Sequence[FolderEvent]) -> None:
        self._data, reload = folder_events.apply_all(self._data, _lasting(events))
        summarised = {str(e.data.get("folder")) for e in events if e.type == "FolderSummary"}
        self._data = self._shrinking.seen(self._data, summarised, self._clock.monotonic())
        self._stale |= Reload(stats=reload.stats)
        now = replace(reload, stats=False)
        if now != NOTHING:
            self._data = await reloaded(api, self._data, now)
        self._changed.set()

    async def _rate(self, api: FolderApi) -> None:
        before: Sample | None = None
        while True:
            now = Sample(self._clock.monotonic(), await api.fetch_connections())
            notices = await api.fetch_notice_count()
            self._data = replace(with_rates(self._data, before, now), notices=notices)
            before = now
            await self._catch_up(api)
            await self._look_at_dials(api)
            self._changed.set()
            await self._rest(RATE_SECONDS if self.visible else HIDDEN_RATE_SECONDS)

    async def _catch_up(self, api: FolderApi) -> None:
        """What events made stale, gathered; after lost events the state of every folder, but seldom."""
        stale, self._stale = self._stale, NOTHING
        if stale != NOTHING:
            self._data = await reloaded(api, self._data, stale)
        if self._lost and self._clock.monotonic() - self._reloaded_at >= RELOAD_SECONDS:
            self._lost = False
            open_ids = [f.id for f in self._data.folders.values() if not f.paused]
            self._data = await with_statuses(api, self._data, open_ids)
            self._reloaded_at = self._clock.monotonic()

    async def _look_at_dials(self, api: FolderApi) -> None:
        if self._clock.monotonic() - self._dialled_at >= DIAL_SECONDS:
            self._dialled_at = self._clock.monotonic()
            self._data = await with_dials(api, self._data)

    async def _walk(self, api: FolderApi) -> None:
        """Searches each folder once for conflict copies, one after the other; later ones come as events."""
        while True:
            for folder in list(self._data.folders.values()):
                if folder.id in self._walked or folder.paused or not folder.path:
                    continue
                self._walked.add(folder.id)
                found = await api.find_conflicts(folder.path)
                self._data = replace(self._data, conflicts={**self._data.conflicts, folder.id: found})
            if not self._searched:
                self._searched = True
            self._changed.set()
            await self._clock.sleep(WALK_SECONDS)

    # what is told
    async def _tell_forever(self) -> None:
        """At most one snapshot in TELL_SECONDS, less often over a slow line, hardly any while hidden."""
        while True:
            await self._changed.wait()
            await self._clock.sleep(GATHER_SECONDS)
            self._changed.clear()
            self._say(self._snapshot())
            await self._rest(self._interval())

    def _interval(self) -> float:
        if not self.visible:
            return HIDDEN_TELL_SECONDS
        return FAR_TELL_SECONDS if self.far else TELL_SECONDS

    async def _rest(self, seconds: float) -> None:
        """Sleeps, but not longer than until somebody looks."""
        await self._sleep_unless(self._wake, seconds)
        if self._wake.is_set():
            await asyncio.sleep(0)  # everybody who rests wakes before it is forgotten
            self._wake.clear()

    def _snapshot(self) -> FoldersSnapshot:
        found = snapshot(self._data, self._clock.now())
        return replace(found, searched=self._searched, home=self._home, instances=self._instances)

    def _say(self, found: FoldersSnapshot) -> None:
        if found != self._last:
            self._last = found
            self._publish(found)


def _lasting(events: Sequence[FolderEvent]) -> Iterable[FolderEvent]:
    """Without "connected": a device that has not accepted us connects and goes within a second, each minute.
    The next look at the connections tells who is really there.
    """
    return (event for event in events if event.type != "DeviceConnected")


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


def version_number(version: str) -> tuple[int, ...]:
    """(1, 19, 2) of "1.19.2", (2, 1, 0) of "2.1.0-rc.1"; () where it is no number: counts as too old."""
    parts = version.partition("-")[0].partition("+")[0].split(".")[:3]
    return tuple(int(part) for part in parts if part.isdigit())
