"""What is on the screen is read: here at once, on the server a little later and in one go.

Invariant: no message costs a request of its own; a channel marked unread by hand stays so until the
person leaves it and comes back; what the server was not told yet is told when the line is back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace

from tui.core.errors import Refused, TeleteamError
from tui.core.ids import ChannelId, PostId
from tui.core.models import Channel, Membership
from tui.core.unread import after_viewed
from tui.store import Tx
from tui.sync.context import Context
from tui.sync.tasks import Alarm, at_most, first_of

VIEW_AFTER = 2.5
"""Seconds from the first unread post on screen to the request that tells the server."""


class View:
    """Used on the net lane."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._untold: dict[ChannelId, None] = {}
        self._wanted = Alarm()
        self._left = Alarm()
        self.chosen = asyncio.Event()
        """Set once a channel has come on screen."""

    @property
    def focus(self) -> ChannelId:
        return self._context.memory.focus

    async def open(self, channel_id: ChannelId) -> None:
        """The channel comes on screen: it is read, even where it had been marked unread."""
        if channel_id == self.focus:
            return
        self._context.memory.focus = channel_id
        if channel_id:
            self.chosen.set()
        if self._untold:
            self._left.ring()
        if channel_id and not self._context.memory.exploring:
            await self.read(channel_id)

    async def explore(self, on: bool) -> None:
        """While on, what is on screen is not read; what is there when it ends is."""
        self._context.memory.exploring = on
        if not on and self.focus:
            await self.read(self.focus)

    async def read(self, channel_id: ChannelId) -> None:
        """Marks a channel read; the server is told later, and only where something was unread."""
        if await self._context.write(lambda tx: _read(tx, channel_id)):
            self.saw([channel_id])

    def saw(self, channel_ids: Iterable[ChannelId]) -> None:
        """These were read on the screen."""
        for channel_id in channel_ids:
            self._untold[channel_id] = None
            self._wanted.ring()

    async def mark_unread(self, post_id: PostId) -> None:
        """From this post on everything is unread. Raises what the request raises."""
        row = await self._context.api.set_unread(post_id)
        self._untold.pop(row.channel_id, None)
        await self._context.write(lambda tx: _unread(tx, row))

    async def run_forever(self) -> None:
        while True:
            await self._wanted.wait()
            self._left = Alarm()
            await first_of(self._context.clock.sleep(VIEW_AFTER), self._left.wait())
            await self._context.line.wait_online()
            await self.tell()

    async def tell(self, seconds: float = 30.0) -> None:
        """Tells the server of all that was read. A failure keeps them untold."""
        while self._untold:
            batch = self._next_two()
            try:
                if await at_most(seconds, self._context.api.view_channel(*batch)) is None:
                    return
            except Refused:
                """Not my channel any more."""
            except TeleteamError as error:
                self._context.line.report(error)
                self._wanted.ring()
                return
            for channel_id in batch:
                self._untold.pop(channel_id, None)

    def _next_two(self) -> tuple[ChannelId, ChannelId]:
        """(shown, left): one request reads both. What is not on screen goes as "left"."""
        focus = "" if self._context.memory.exploring else self.focus
        shown = focus if focus in self._untold else ""
        left = next((channel_id for channel_id in self._untold if channel_id != shown), "")
        return (shown or focus, left) if left else (shown, "")


def _read(tx: Tx, channel_id: ChannelId) -> bool:
    """True where something had been unread."""
    channel, membership = tx.channels.get(channel_id), tx.memberships.get(channel_id)
    if channel is None or membership is None:
        return False
    read = replace(after_viewed(channel, membership, channel.last_post_at), manually_unread=False)
    tx.memberships.put([read])
    return _differs(channel, membership)


def _differs(channel: Channel, membership: Membership) -> bool:
    unread = channel.total_msg_count > membership.msg_count
    mentions = membership.mention_count or membership.mention_count_root
    return bool(unread or mentions or membership.manually_unread)


def _unread(tx: Tx, told: Membership) -> None:
    stored = tx.memberships.get(told.channel_id)
    if stored is None:
        return
    tx.memberships.put(
        [
            replace(
                stored,
                msg_count=told.msg_count,
                msg_count_root=told.msg_count_root,
                mention_count=told.mention_count,
                mention_count_root=told.mention_count_root,
                last_viewed_at=told.last_viewed_at,
                manually_unread=True,
            )
        ]
    )
