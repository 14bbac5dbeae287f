"""My own row in each channel I am in: what I have read, and how I want to be told.

Invariant: one row a channel, and only of channels I am in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from tui.core.changes import ChangeKind
from tui.core.ids import ChannelId
from tui.core.models import Membership
from tui.store import codec
from tui.store.access import Reader, Work

_UPSERT = """INSERT INTO memberships (channel_id, body) VALUES (?, ?)
ON CONFLICT (channel_id) DO UPDATE SET body = excluded.body"""


class MembershipReader(Reader):
    def get(self, channel_id: ChannelId) -> Membership | None:
        row = self._row("SELECT body FROM memberships WHERE channel_id = ?", channel_id)
        return codec.decode(Membership, row[0]) if row else None

    def all(self) -> dict[ChannelId, Membership]:
        rows = self._rows("SELECT channel_id, body FROM memberships ORDER BY channel_id")
        return {channel_id: codec.decode(Membership, body) for channel_id, body in rows}


class MembershipWriter(MembershipReader):
    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._work = work

    def put(self, memberships: Iterable[Membership]) -> None:
        """Replace rows by what is given, local marks included."""
        for membership in memberships:
            if membership == self.get(membership.channel_id):
                continue
            self._work.run(_UPSERT, membership.channel_id, codec.encode(membership))
            self._work.changed(ChangeKind.MEMBERSHIPS, [membership.channel_id])

    def remove(self, channel_ids: Iterable[ChannelId]) -> None:
        ids = list(channel_ids)
        sql = "DELETE FROM memberships WHERE channel_id IN (SELECT value FROM json_each(?))"
        if self._work.run(sql, json.dumps(ids)):
            self._work.changed(ChangeKind.MEMBERSHIPS, ids)
