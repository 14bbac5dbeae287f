"""Works off the outbox: in each channel one command after the other, four channels at a time.

What to do is decided by `core.outbox`; here it is done. Every decision is on the disk before it is acted
upon, so a crash at any moment leaves an item that says what may have happened to it.

Invariant: a command leaves the outbox only when the server has it (by its answer, by an event with our
uuid, or because it was found there), or by the person's hand.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from tui.core import outbox
from tui.core.backoff import Backoff
from tui.core.errors import TeleteamError
from tui.core.ids import ChannelId, Cid
from tui.core.models import OutboxItem, Post
from tui.core.outbox import Attempt, Done, LookUp, Moment, Outcome, Park, PauseAll, Transmit, Wait
from tui.store import DeskTx
from tui.sync import marks
from tui.sync.context import Context, landed
from tui.sync.delivery import Delivery
from tui.sync.tasks import Alarm, first_of

T = TypeVar("T")

PARALLEL = 4
SPACING = 0.12
"""Seconds between two commands once the server has throttled us (it allows 10 a second)."""

log = logging.getLogger(__name__)


class Sender:
    """Used on the net lane; `changed` after anything was queued, retried or discarded."""

    def __init__(self, context: Context, delivery: Delivery) -> None:
        self._context = context
        self._delivery = delivery
        self._attempts: dict[Cid, Attempt] = {}
        self._workers: dict[ChannelId, asyncio.Task[None]] = {}
        self._changed = Alarm()
        self._backoff: dict[ChannelId, Backoff] = {}
        self._not_before = 0.0
        self._throttled = False

    def changed(self) -> None:
        self._changed.ring()

    async def confirm(self, own: Iterable[tuple[Cid, Post]]) -> None:
        """Posts of mine arrived that carry these uuids: what was queued is there."""
        cids = [cid for cid, _ in own if self._context.store.outbox.get(cid) is not None]
        if cids:
            await self._desk(lambda dtx: _remove(dtx, cids))

    async def run_forever(self) -> None:
        try:
            while True:
                await self._context.line.wait_online()
                self._start_workers()
                await self._changed.wait()
        finally:
            for task in tuple(self._workers.values()):
                task.cancel()
            await asyncio.gather(*self._workers.values(), return_exceptions=True)

    def _start_workers(self) -> None:
        for item in self._context.store.outbox.all():
            channel_id = item.target.channel_id
            if len(self._workers) >= PARALLEL:
                return
            if item.state != "parked" and channel_id not in self._workers:
                task = asyncio.get_running_loop().create_task(self._work(channel_id))
                self._workers[channel_id] = task

    async def _work(self, channel_id: ChannelId) -> None:
        """One channel's queue, until it is empty or the line is gone. The boundary of its task."""
        try:
            while self._context.line.online and (item := self._first(channel_id)) is not None:
                if not await self._do(item):
                    return
        except TeleteamError as error:
            log.warning("the outbox stops: %s", error.id)
        except Exception:  # BLE001: the boundary of a task
            log.exception("the outbox failed")
        finally:
            self._workers.pop(channel_id, None)
            if self._context.line.online:
                self._later(channel_id)

    def _later(self, channel_id: ChannelId) -> None:
        """Another channel may be waiting for the worker's place."""
        waiting = any(
            item.state != "parked" and item.target.channel_id != channel_id
            for item in self._context.store.outbox.all()
        )
        if waiting:
            self._changed.ring()

    def _first(self, channel_id: ChannelId) -> OutboxItem | None:
        waiting = self._context.store.outbox.all()
        return next(
            (item for item in waiting if item.target.channel_id == channel_id and item.state != "parked"),
            None,
        )

    async def _do(self, item: OutboxItem) -> bool:
        """One step with the first item; False where the queue cannot go on now."""
        await self._pace()
        attempt = replace(self._attempts.get(item.cid, Attempt(item)), item=item)
        if item.file_paths:
            return await self._settle(await self._upload(attempt))
        step = await self._begin(attempt)
        if isinstance(step, LookUp):
            return await self._settle(await self._look_up(step))
        return step is None or await self._settle(await self._transmit(step))

    async def _begin(self, attempt: Attempt) -> Transmit | LookUp | None:
        """Decides by what is on the disk now, and writes the decision there. None = it has gone."""
        moment = self._moment(attempt.item)

        def decide(dtx: DeskTx) -> Transmit | LookUp | None:
            current = dtx.outbox.get(attempt.item.cid)
            if current is None or current.state == "parked":
                return None
            step = outbox.begin(replace(attempt, item=current), moment)
            dtx.outbox.update(step.attempt.item)
            return step

        step = await self._desk(decide)
        if step is not None:
            self._attempts[attempt.item.cid] = step.attempt
        return step

    async def _transmit(self, step: Transmit) -> Outcome:
        try:
            return await self._delivery.send(step.attempt)
        except TeleteamError as error:
            return await self._failed(step.attempt, error)

    async def _upload(self, attempt: Attempt) -> Outcome:
        try:
            return await self._delivery.upload(attempt)
        except TeleteamError as error:
            return await self._failed(attempt, error)

    async def _look_up(self, step: LookUp) -> Outcome:
        """Found: done. Surely absent: sent anew."""
        try:
            found = await self._delivery.find(step)
        except TeleteamError as error:
            return await self._failed(step.attempt, error)
        if found is not None:
            return Done(step.attempt, found)
        anew = outbox.not_found(step.attempt, self._moment(step.attempt.item))
        self._attempts[anew.attempt.item.cid] = anew.attempt
        kept = await self._desk(lambda dtx: _update(dtx, anew.attempt.item))
        return await self._transmit(anew) if kept else Wait(anew.attempt, 0.0)

    async def _failed(self, attempt: Attempt, error: TeleteamError) -> Outcome:
        self._context.line.report(error)
        return await self._delivery.judge(attempt, error, self._pause(attempt.item))

    async def _settle(self, outcome: Outcome) -> bool:
        """Writes an outcome down; True where the channel's queue goes on."""
        attempt = outcome.attempt
        cid, channel_id = attempt.item.cid, attempt.item.target.channel_id
        self._attempts[cid] = attempt
        if isinstance(outcome, Done):
            self._attempts.pop(cid, None)
            self._backoff.pop(channel_id, None)
            await self._delivery.keep(outcome)
            await self._desk(lambda dtx: dtx.outbox.remove(cid))
            return True
        await self._desk(lambda dtx: _update(dtx, attempt.item))
        match outcome:
            case Park():
                self._attempts.pop(cid, None)
                return True
            case LookUp():
                return True
            case Wait(_, seconds):
                return await self._wait(attempt.item, seconds)
            case PauseAll():
                return False

    async def _wait(self, item: OutboxItem, seconds: float | None) -> bool:
        """None = the line is gone, or going: when it is back, everything begins again."""
        if seconds is None:
            await first_of(self._context.clock.sleep(self._pause(item)), self._until_offline())
            return self._context.line.online
        if item.reason == outbox.THROTTLED:
            self._throttled = True
            self._not_before = self._context.clock.monotonic() + seconds
            return True
        await self._context.clock.sleep(seconds)
        return True

    async def _until_offline(self) -> None:
        while self._context.line.online:
            await self._context.clock.sleep(0.2)

    async def _pace(self) -> None:
        """Waits until the server wants to hear us again; after a refusal, slowly."""
        clock = self._context.clock
        while (early := self._not_before - clock.monotonic()) > 0:
            await clock.sleep(early)
        if self._throttled:
            self._not_before = clock.monotonic() + SPACING

    def _pause(self, item: OutboxItem) -> float:
        channel_id = item.target.channel_id
        backoff = self._backoff.setdefault(channel_id, Backoff(self._context.clock.random))
        return backoff.next_delay()

    def _moment(self, item: OutboxItem) -> Moment:
        context = self._context
        channel = context.store.channels.get(item.target.channel_id)
        known = marks.number(context.store, marks.SERVER_TIME)
        return Moment(
            context.clock.now(),
            context.clock.monotonic(),
            context.me,
            context.clock.new_id(),
            max(known, channel.last_post_at if channel else 0),
        )

    async def _desk(self, work: Callable[[DeskTx], T]) -> T:
        return await landed(self._context.store.write_desk(work))


def _remove(dtx: DeskTx, cids: Iterable[Cid]) -> None:
    for cid in cids:
        dtx.outbox.remove(cid)


def _update(dtx: DeskTx, item: OutboxItem) -> bool:
    dtx.outbox.update(item)
    return dtx.outbox.get(item.cid) is not None
