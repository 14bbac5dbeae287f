"""What has been read: marking channels read and unread, and the way to the next unread one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.client.base import Base
from tui.client.counters import Counters
from tui.client.sidebar import Sidebar
from tui.core.ids import ChannelId, PostId
from tui.core.models import Membership
from tui.core.unread import READ, Unread, after_viewed, count
from tui.core.values import dataclass
from tui.store import Tx

if TYPE_CHECKING:
    from tui.sync.engine import Engine


@dataclass(frozen=True, slots=True)
class ReadUndo:
    """The rows of all channels that "mark all read" has changed, as they were."""

    before: tuple[Membership, ...] = ()


class ReadState:
    """Part of `Channels`. Read state is written by the engine, so that the server hears of it in any case."""

    _base: Base
    _sidebar: Sidebar
    _counters: Counters

    def unread(self, channel_id: ChannelId) -> Unread:
        """What is unread in a channel."""
        store = self._base.store
        channel = store.channels.get(channel_id)
        membership = store.memberships.get(channel_id)
        return count(channel, membership, self._base.lookups.crt()) if channel else READ

    def mark_read(self, channel_id: ChannelId) -> None:
        """Everything in it is read; the server is told as soon as it can be reached."""
        channel = self._base.store.channels.get(channel_id)
        if channel is not None:
            self._base.view.entered[channel_id] = channel.last_post_at
        self._read((channel_id,))

    def mark_all_read(self) -> ReadUndo:
        """Shows everything everywhere as read. The server hears of it by `confirm_read`; see `undo_read`."""
        rows = self._base.store.memberships.all()
        unread = tuple(key for key, (_, found) in self._counters.by_channel().items() if _calls(found))
        self._base.change(lambda tx: _read_here(tx, unread))
        return ReadUndo(tuple(rows[channel_id] for channel_id in unread if channel_id in rows))

    def confirm_read(self, undo: ReadUndo) -> None:
        """It shall stay read: the server is told as soon as it can be reached."""
        if not self._base.lane.offline:
            self.undo_read(undo)  # the engine tells the server only of what it finds unread
            self._read(tuple(row.channel_id for row in undo.before))

    def read_here(self, channel_ids: Iterable[ChannelId]) -> ReadUndo:
        """Shows these channels as read; as `mark_all_read` otherwise."""
        rows, wanted = self._base.store.memberships.all(), tuple(channel_ids)
        self._base.change(lambda tx: _read_here(tx, wanted))
        return ReadUndo(tuple(rows[channel_id] for channel_id in wanted if channel_id in rows))

    @property
    def exploring(self) -> bool:
        """Whether one reads without marking read."""
        return self._base.view.exploring

    def explore(self, on: bool) -> None:
        """From now on what is looked at does not count as read; when it ends, the open channel does."""
        self._base.view.exploring = on
        self._base.lane.tell(lambda engine: engine.explore(on))

    def undo_read(self, undo: ReadUndo) -> None:
        """Puts the counters back as they were."""
        self._base.change(lambda tx: tx.memberships.put(undo.before))

    def mark_unread(self, post_id: PostId) -> None:
        """From this post on everything is unread; it stays so until the channel is left and opened again."""
        post = self._base.store.posts.get(post_id)
        if post is not None:
            self._base.view.entered[post.channel_id] = post.create_at - 1
        self._base.lane.tell(lambda engine: engine.mark_unread(post_id))

    def next_unread(self, from_id: ChannelId, backwards: bool = False) -> ChannelId:
        """The next channel in the sidebar that calls, mentions before others; "" where none does."""
        sections = self._sidebar.sections(self._base.view.team_id)
        rows = [row for section in sections for row in section.rows]
        ids = [row.channel_id for row in rows]
        here = ids.index(from_id) if from_id in ids else -1
        ordered = [*rows[here + 1 :], *rows[: max(here, 0)]]
        if backwards:
            ordered.reverse()
        calling = [row for row in ordered if row.unread.bold]
        loud = [row for row in calling if row.unread.mentions]
        return (loud or calling)[0].channel_id if calling else ""

    def _read(self, channel_ids: tuple[ChannelId, ...]) -> None:
        if self._base.lane.offline:
            self._base.change(lambda tx: _read_here(tx, channel_ids))
            return

        def tell(engine: Engine) -> None:
            for channel_id in channel_ids:
                engine.mark_viewed(channel_id)

        self._base.lane.tell(tell)


def _read_here(tx: Tx, channel_ids: tuple[ChannelId, ...]) -> None:
    for channel_id in channel_ids:
        channel, row = tx.channels.get(channel_id), tx.memberships.get(channel_id)
        if channel is not None and row is not None:
            viewed = after_viewed(channel, row, channel.last_post_at)
            tx.memberships.put((replace(viewed, manually_unread=False),))


def _calls(unread: Unread) -> bool:
    return unread.messages > 0 or unread.mentions > 0
