"""What is unread in each channel, kept up to date channel by channel.

Invariant: a change in one of 2,000 channels reads one channel.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping

from tui.client.base import Base
from tui.client.hub import Changes
from tui.core.changes import ChangeKind
from tui.core.ids import ChannelId, TeamId
from tui.core.models import Channel, Membership
from tui.core.unread import Unread, count

_ALL_AGAIN = frozenset({ChangeKind.CONFIG, ChangeKind.PREFERENCES})
"""They may switch collapsed threads, which changes every count."""


class Counters:
    def __init__(self, base: Base) -> None:
        self._base = base
        self._lock = threading.Lock()
        self._touched: set[ChannelId] = set()
        self._stale = True
        self._held: dict[ChannelId, tuple[TeamId, Unread]] = {}

    def by_channel(self) -> Mapping[ChannelId, tuple[TeamId, Unread]]:
        """Team ("" for direct and group ones) and counts of each channel I am in, archived ones left out."""
        with self._lock:
            stale, touched = self._stale, self._touched
            self._stale, self._touched = False, set()
        if stale:
            self._held = self._all()
        elif touched:
            self._held = self._refreshed(touched)
        return self._held

    def by_team(self) -> dict[TeamId, Unread]:
        """Sums; "" = direct and group channels. Muted channels add their mentions only."""
        sums: dict[TeamId, tuple[int, int]] = {}
        for team_id, unread in self.by_channel().values():
            messages, mentions = sums.get(team_id, (0, 0))
            sums[team_id] = (messages + (0 if unread.muted else unread.messages), mentions + unread.mentions)
        return {team_id: Unread(*pair) for team_id, pair in sums.items()}

    def hear(self, changes: Changes) -> None:
        """Notes what must be counted again; any thread."""
        with self._lock:
            for change in changes:
                if change.kind in (ChangeKind.CHANNELS, ChangeKind.MEMBERSHIPS):
                    self._touched |= change.ids
                    self._stale |= not change.ids or "" in change.ids
                elif change.kind in _ALL_AGAIN:
                    self._stale = True

    def _all(self) -> dict[ChannelId, tuple[TeamId, Unread]]:
        store, crt = self._base.store, self._base.lookups.crt()
        rows = store.memberships.all()
        mine = [c for c in store.channels.all() if c.id in rows and not c.delete_at]
        return {channel.id: _entry(channel, rows[channel.id], crt) for channel in mine}

    def _refreshed(self, touched: set[ChannelId]) -> dict[ChannelId, tuple[TeamId, Unread]]:
        store, crt = self._base.store, self._base.lookups.crt()
        held = dict(self._held)
        for channel_id in touched:
            channel, row = store.channels.get(channel_id), store.memberships.get(channel_id)
            if channel is None or row is None or channel.delete_at:
                held.pop(channel_id, None)
            else:
                held[channel_id] = _entry(channel, row, crt)
        return held


def _entry(channel: Channel, row: Membership, crt: bool) -> tuple[TeamId, Unread]:
    return channel.team_id, count(channel, row, crt)


def total(sums: Mapping[TeamId, Unread]) -> Unread:
    """Everything together."""
    return Unread(sum(u.messages for u in sums.values()), sum(u.mentions for u in sums.values()))
