"""The channels I can see, my own and those I looked at.

Invariant: counters and times of the last post never go back; names and headers go by `update_at`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from tui.core.changes import ChangeKind
from tui.core.ids import ChannelId, TeamId
from tui.core.models import Channel
from tui.store import codec
from tui.store.access import Reader, Row, Work

_COUNTERS = ("total_msg_count", "total_msg_count_root", "last_post_at", "last_root_post_at")
_UPSERT = """INSERT INTO channels (id, team_id, name, body) VALUES (?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET team_id = excluded.team_id, name = excluded.name, body = excluded.body"""


class ChannelReader(Reader):
    def get(self, channel_id: ChannelId) -> Channel | None:
        row = self._row("SELECT body FROM channels WHERE id = ?", channel_id)
        return _channel(row) if row else None

    def all(self) -> tuple[Channel, ...]:
        return tuple(map(_channel, self._rows("SELECT body FROM channels ORDER BY team_id, name, id")))

    def by_team(self, team_id: TeamId) -> tuple[Channel, ...]:
        """Channels of one team by name; "" = direct and group messages."""
        sql = "SELECT body FROM channels WHERE team_id = ? ORDER BY name, id"
        return tuple(map(_channel, self._rows(sql, team_id)))

    def by_name(self, team_id: TeamId, name: str) -> Channel | None:
        """By its URL name ("town-square"); DM names hold for team ""."""
        row = self._row("SELECT body FROM channels WHERE team_id = ? AND name = ?", team_id, name)
        return _channel(row) if row else None


class ChannelWriter(ChannelReader):
    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._work = work

    def put(self, channels: Iterable[Channel]) -> None:
        """Store what the server says; older descriptions and lower counters are not taken over."""
        for channel in channels:
            old = self.get(channel.id)
            self._write(old, _merge(old, channel) if old else channel)

    def bump(self, channel: Channel) -> None:
        """A post arrived: take over the counters and times alone. Unknown channels are left out."""
        old = self.get(channel.id)
        if old is not None:
            self._write(old, _counted(old, channel))

    def remove(self, channel_ids: Iterable[ChannelId]) -> None:
        ids = list(channel_ids)
        if self._work.run(
            "DELETE FROM channels WHERE id IN (SELECT value FROM json_each(?))", json.dumps(ids)
        ):
            self._work.changed(ChangeKind.CHANNELS, ids)

    def _write(self, old: Channel | None, channel: Channel) -> None:
        if channel == old:
            return
        self._work.run(_UPSERT, channel.id, channel.team_id, channel.name, codec.encode(channel))
        self._work.changed(ChangeKind.CHANNELS, [channel.id])


def _merge(old: Channel, new: Channel) -> Channel:
    return _counted(new, old) if new.update_at >= old.update_at else _counted(old, new)


def _counted(base: Channel, other: Channel) -> Channel:
    counters = {name: max(getattr(base, name), getattr(other, name)) for name in _COUNTERS}
    return replace(base, **counters)


def _channel(row: Row) -> Channel:
    return codec.decode(Channel, row[0])
