"""Taking care of channels: finding, making, changing, archiving them, and who is in them.

Invariant: what the server has done is in the store before the Future is done; everything here needs the line.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

from tui.client.base import Base
from tui.core.categories import url_name
from tui.core.ids import ChannelId, UserId
from tui.core.models import Channel, Membership, User
from tui.core.names import display_name
from tui.core.ports import ServerApi
from tui.core.search import sort_key
from tui.core.values import dataclass
from tui.store import Tx

PAGE = 200
MOST_PAGES = 5
NOTIFY_KEYS = ("desktop", "mark_unread", "ignore_channel_mentions", "push", "email")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a channel."""

    user: User
    admin: bool


class Care:
    """Futures fail with leaves of `core.errors`."""

    def __init__(self, base: Base) -> None:
        self._base = base

    # finding
    def browse(self, *, archived: bool = False) -> Future[list[Channel]]:
        """The team's public channels, or those that were archived, by name; the first 1,000."""
        team_id = self._base.view.team_id

        async def fetch(api: ServerApi) -> list[Channel]:
            ask = api.fetch_archived_channels if archived else api.fetch_public_channels
            found = await _pages(lambda page: ask(team_id, page))
            return sorted(found, key=lambda channel: sort_key(channel.display_name))

        return self._base.lane.ask(fetch)

    def is_member(self, channel_id: ChannelId) -> bool:
        return self._base.store.memberships.get(channel_id) is not None

    # making and changing
    def create(
        self, title: str, *, name: str = "", private: bool = False, purpose: str = "", header: str = ""
    ) -> Future[ChannelId]:
        """Makes a channel in the open team. Without `name` its address is made of the title."""
        team_id = self._base.view.team_id
        address = name or url_name(title) or f"channel-{self._base.clock.new_id()[:10]}"

        async def make(api: ServerApi) -> ChannelId:
            made = await api.create_channel(
                team_id, address, title, private=private, purpose=purpose, header=header
            )
            row = await api.fetch_membership(made.id)

            def put(tx: Tx) -> None:
                tx.channels.put((made,))
                tx.memberships.put((row,))

            await self._write(put)
            return made.id

        return self._base.lane.ask(make)

    def change(self, channel_id: ChannelId, fields: Mapping[str, str]) -> Future[None]:
        """Any of display_name, name, header, purpose."""

        async def patch(api: ServerApi) -> None:
            await self._put(await api.patch_channel(channel_id, fields))

        return self._base.lane.ask(patch)

    def make_private(self, channel_id: ChannelId) -> Future[None]:
        """A public channel is open to its members alone from now on; few may take that back."""

        async def close(api: ServerApi) -> None:
            await self._put(await api.make_private(channel_id))

        return self._base.lane.ask(close)

    def archive(self, channel_id: ChannelId) -> Future[None]:
        async def put_away(api: ServerApi) -> None:
            await api.archive_channel(channel_id)
            now = self._base.clock.now()

            def put(tx: Tx) -> None:
                held = tx.channels.get(channel_id)
                if held is not None and not held.delete_at:
                    tx.channels.put((replace(held, delete_at=now),))

            await self._write(put)

        return self._base.lane.ask(put_away)

    def restore(self, channel_id: ChannelId) -> Future[None]:
        """Takes a channel out of the archive; the server lets administrators of the team."""

        async def take_back(api: ServerApi) -> None:
            await self._put(replace(await api.restore_channel(channel_id), delete_at=0))

        return self._base.lane.ask(take_back)

    # who is in it
    def members(self, channel_id: ChannelId) -> Future[list[Member]]:
        """By name, with who administers it; the first 1,000."""

        async def fetch(api: ServerApi) -> list[Member]:
            users = await _pages(lambda page: api.fetch_channel_users(channel_id, page))
            rows = await _pages(lambda page: api.fetch_channel_members(channel_id, page))
            await self._write(lambda tx: tx.users.put(users))
            admins = {row.user_id for row in rows if "channel_admin" in row.roles.split()}
            setting = self._base.lookups.name_setting()
            users.sort(key=lambda user: sort_key(display_name(user, setting)))
            return [Member(user, user.id in admins) for user in users]

        return self._base.lane.ask(fetch)

    def add(self, channel_id: ChannelId, user_ids: Sequence[UserId]) -> Future[None]:
        async def invite(api: ServerApi) -> None:
            for user_id in user_ids:
                await api.join_channel(channel_id, user_id)

        return self._base.lane.ask(invite)

    def remove(self, channel_id: ChannelId, user_id: UserId) -> Future[None]:
        return self._ask(lambda api: api.leave_channel(channel_id, user_id))

    def make_admin(self, channel_id: ChannelId, user_id: UserId, admin: bool) -> Future[None]:
        return self._ask(lambda api: api.put_channel_admin(channel_id, user_id, admin))

    # how it notifies
    def notify_props(self, channel_id: ChannelId) -> dict[str, str]:
        """My settings of a channel by NOTIFY_KEYS; "default" where none is set."""
        row: Membership | None = self._base.store.memberships.get(channel_id)
        held = row.notify_props if row is not None else {}
        return {key: held.get(key) or "default" for key in NOTIFY_KEYS}

    def set_notify(self, channel_id: ChannelId, props: Mapping[str, str]) -> Future[None]:
        async def tell(api: ServerApi) -> None:
            await api.put_notify_props(channel_id, self._base.me, props)

            def put(tx: Tx) -> None:
                row = tx.memberships.get(channel_id)
                if row is not None:
                    tx.memberships.put((replace(row, notify_props={**row.notify_props, **props}),))

            await self._write(put)

        return self._base.lane.ask(tell)

    def _ask(self, work: Callable[[ServerApi], Coroutine[Any, Any, None]]) -> Future[None]:
        return self._base.lane.ask(work)

    async def _put(self, channel: Channel) -> None:
        await self._write(lambda tx: tx.channels.put((channel,)))

    async def _write(self, work: Callable[[Tx], object]) -> None:
        await asyncio.wrap_future(self._base.store.write(work))


async def _pages(fetch: Callable[[int], Coroutine[Any, Any, list[Any]]]) -> list[Any]:
    """All rows of a paged answer, within reason."""
    found: list[Any] = []
    for page in range(MOST_PAGES):
        rows = await fetch(page)
        found += rows
        if len(rows) < PAGE:
            break
    return found
