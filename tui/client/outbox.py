"""The outbox: what waits to be sent, and what the person can do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tui.client.base import Base
from tui.core.errors import UserMistake
from tui.core.ids import Cid
from tui.core.models import OutboxItem, Target
from tui.core.outbox import edited, may_change, retried
from tui.store import DeskTx

DISK_SECONDS = 30.0
"""Longest wait for the disk."""


class Outbox:
    def __init__(self, base: Base) -> None:
        self._base = base

    def all(self) -> tuple[OutboxItem, ...]:
        """Everything that is queued, oldest first."""
        return self._base.lookups.outbox()

    def get(self, cid: Cid) -> OutboxItem | None:
        return next((item for item in self.all() if item.cid == cid), None)

    def retry(self, cid: Cid) -> None:
        """Tries a parked item again. Raises UserMistake as `discard`."""
        self._alter(cid, lambda desk, item: desk.outbox.update(retried(item)))

    def hold(self, cid: Cid, reason: str) -> None:
        """Parks an item that has not been sent yet, until `retry`. Raises UserMistake as `discard`."""
        self._alter(cid, lambda desk, item: desk.outbox.update(replace(item, state="parked", reason=reason)))

    def let_go(self) -> None:
        """Whatever was still held back when the last run ended is to be sent."""
        for item in self.all():
            if item.reason == "tele.outbox.held":
                self.retry(item.cid)

    def discard(self, cid: Cid) -> None:
        """Forgets an item. Raises UserMistake: tele.outbox.busy while its fate is open, .gone once sent."""
        self._alter(cid, lambda desk, item: desk.outbox.remove(item.cid))

    def take_back(self, cid: Cid) -> str:
        """Removes an item from the queue and gives its text back. Raises UserMistake as `discard`."""
        return self._alter(cid, lambda desk, item: desk.outbox.remove(item.cid)).text

    def edit(self, cid: Cid, text: str) -> None:
        """Changes a text that has not been sent yet; it keeps its place unless it was tried before.

        Raises UserMistake as `discard`.
        """
        self._alter(cid, lambda desk, item: _swap(desk, item, edited(item, text, self._base.clock.new_id())))

    def retarget(self, cid: Cid, target: Target) -> None:
        """Sends a text somewhere else. Raises UserMistake as `discard`."""
        new_cid = self._base.clock.new_id()

        def move(desk: DeskTx, item: OutboxItem) -> None:
            fresh = edited(replace(item, first_try=item.first_try or 1), item.text, new_cid)
            _swap(desk, item, replace(fresh, target=target))

        self._alter(cid, move)

    def _alter(self, cid: Cid, change: Callable[[DeskTx, OutboxItem], None]) -> OutboxItem:
        """One transaction: look whether the item may still be changed, change it, tell the engine."""

        def work(desk: DeskTx) -> OutboxItem:
            item = desk.outbox.get(cid)
            if item is None:
                raise UserMistake("tele.outbox.gone")
            if not may_change(item):
                raise UserMistake("tele.outbox.busy")
            change(desk, item)
            return item

        item = self._base.store.write_desk(work).result(DISK_SECONDS)
        self._base.lane.tell(lambda engine: engine.outbox_changed())
        return item


def _swap(desk: DeskTx, old: OutboxItem, new: OutboxItem) -> None:
    if new.cid == old.cid:
        desk.outbox.update(new)
    else:
        desk.outbox.remove(old.cid)
        desk.outbox.add(new)
