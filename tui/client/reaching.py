"""Getting into channels and out of them: direct messages, joining, leaving, muting."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace

from tui.client.base import Base
from tui.core.errors import UserMistake
from tui.core.ids import ChannelId, UserId
from tui.core.models import Channel, Membership
from tui.core.ports import ServerApi
from tui.core.unread import is_muted
from tui.store import Tx


class Reaching:
    """Part of `Channels`. What needs the line is a Future that fails with a leaf of `core.errors`."""

    _base: Base

    def direct(self, user_id: UserId) -> Future[ChannelId]:
        """The direct channel with a person, made on the server where there is none yet."""
        me = self._base.me
        known = self._base.store.channels.by_name("", "__".join(sorted((me, user_id))))
        if known is not None:
            done: Future[ChannelId] = Future()
            done.set_result(known.id)
            return done
        return self._adopt(lambda api: api.create_direct((me, user_id)))

    def group(self, user_ids: tuple[UserId, ...]) -> Future[ChannelId]:
        """The group channel with 2 to 7 others."""
        return self._adopt(lambda api: api.create_group(user_ids))

    def _adopt(self, make: Callable[[ServerApi], Awaitable[Channel]]) -> Future[ChannelId]:
        async def reach(api: ServerApi) -> ChannelId:
            channel = await make(api)
            await self._take(channel, await api.fetch_membership(channel.id))
            return channel.id

        return self._base.lane.ask(reach)

    async def _take(self, channel: Channel, membership: Membership) -> None:
        """Puts a channel that I am now in into the store."""

        def put(tx: Tx) -> None:
            tx.channels.put((channel,))
            tx.memberships.put((membership,))

        await asyncio.wrap_future(self._base.store.write(put))

    def join(self, channel_id: ChannelId) -> Future[ChannelId]:
        """Joins a public channel."""

        async def enter(api: ServerApi) -> ChannelId:
            membership = await api.join_channel(channel_id, self._base.me)
            await self._take(await api.fetch_channel(channel_id), membership)
            return channel_id

        return self._base.lane.ask(enter)

    def search(self, text: str) -> Future[list[Channel]]:
        """Public channels of the team, joined or not."""
        team_id = self._base.view.team_id
        return self._base.lane.ask(lambda api: api.search_channels(team_id, text))

    def leave(self, channel_id: ChannelId) -> Future[None]:
        """Leaves a channel; the town square cannot be left."""
        channel = self._base.store.channels.get(channel_id)
        if channel is not None and channel.name == "town-square":
            raise UserMistake("tele.input.town_square")

        async def go(api: ServerApi) -> None:
            await api.leave_channel(channel_id, self._base.me)

        return self._base.lane.ask(go)

    def muted(self, channel_id: ChannelId) -> bool:
        return is_muted(self._base.store.memberships.get(channel_id))

    def mute(self, channel_id: ChannelId, muted: bool) -> Future[None]:
        """Mutes or unmutes; shown at once, put back if the server refuses."""
        props = {"mark_unread": "mention" if muted else "all"}
        before = self._base.store.memberships.get(channel_id)
        self._note_props(channel_id, props)

        async def tell(api: ServerApi) -> None:
            await api.put_notify_props(channel_id, self._base.me, props)

        asked = self._base.lane.ask(tell)
        asked.add_done_callback(lambda done: self._unmute_on_failure(done, before))
        return asked

    def _note_props(self, channel_id: ChannelId, props: Mapping[str, str]) -> None:
        def change(tx: Tx) -> None:
            row = tx.memberships.get(channel_id)
            if row is not None:
                tx.memberships.put((replace(row, notify_props={**row.notify_props, **props}),))

        self._base.change(change)

    def _unmute_on_failure(self, done: Future[None], before: Membership | None) -> None:
        if before is not None and (done.cancelled() or done.exception() is not None):
            self._note_props(before.channel_id, before.notify_props)
