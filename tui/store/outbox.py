"""Commands that wait to be sent, on the desk; their states are `core.outbox`.

Invariant: an item is on the disk before `add` is reported done, and leaves only by `remove`.
"""

from __future__ import annotations

from dataclasses import replace

from tui.core.changes import ChangeKind
from tui.core.ids import Cid
from tui.core.models import OutboxItem, Target
from tui.store import codec
from tui.store.access import Reader, Row, Work

_SELECT = "SELECT seq, body FROM outbox"


class OutboxReader(Reader):
    def all(self) -> tuple[OutboxItem, ...]:
        """In the order of queueing."""
        return tuple(map(_item, self._rows(f"{_SELECT} ORDER BY seq")))

    def of(self, target: Target) -> tuple[OutboxItem, ...]:
        """What waits for one channel or thread, in the order of queueing."""
        sql = f"{_SELECT} WHERE channel_id = ? AND root_id = ? ORDER BY seq"
        return tuple(map(_item, self._rows(sql, target.channel_id, target.root_id)))

    def get(self, cid: Cid) -> OutboxItem | None:
        row = self._row(f"{_SELECT} WHERE cid = ?", cid)
        return _item(row) if row else None


class OutboxWriter(OutboxReader):
    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._work = work

    def add(self, item: OutboxItem) -> OutboxItem:
        """Queue at the end; returns it with its `seq`. One that is there already is updated in its place."""
        target = item.target
        sql = """INSERT INTO outbox (cid, channel_id, root_id, body) VALUES (?, ?, ?, ?)
        ON CONFLICT (cid) DO UPDATE SET channel_id = excluded.channel_id, root_id = excluded.root_id,
        body = excluded.body"""
        self._work.run(sql, item.cid, target.channel_id, target.root_id, codec.encode(item))
        return self._tell(item)

    def update(self, item: OutboxItem) -> None:
        """Replace a queued item; one that has gone meanwhile stays gone."""
        target = item.target
        sql = "UPDATE outbox SET channel_id = ?, root_id = ?, body = ? WHERE cid = ?"
        if self._work.run(sql, target.channel_id, target.root_id, codec.encode(item), item.cid):
            self._tell(item)

    def remove(self, cid: Cid) -> None:
        item = self.get(cid)
        if item is not None:
            self._tell(item)
            self._work.run("DELETE FROM outbox WHERE cid = ?", cid)

    def _tell(self, item: OutboxItem) -> OutboxItem:
        self._work.changed(ChangeKind.OUTBOX, [item.cid], item.target.channel_id)
        stored = self.get(item.cid)
        return replace(item, seq=stored.seq) if stored else item


def _item(row: Row) -> OutboxItem:
    return replace(codec.decode(OutboxItem, row[1]), seq=row[0])
