"""Arranging the sidebar: favourites, categories of one's own, their order, what is in them.

Invariant: each verb goes from what the server has now, so that no arrangement made elsewhere is undone; what
the server has taken is in the store before the Future is done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace

from tui.client.base import Base
from tui.core.categories import body_of, category_of, changed, home_of, shifted, with_moved
from tui.core.ids import CategoryId, ChannelId
from tui.core.models import Categories as Stored
from tui.core.models import Category
from tui.core.ports import ServerApi

Rows = tuple[Category, ...]


class Categories:
    """Of the open team. Futures fail with leaves of `core.errors`."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def all(self) -> Rows:
        """In their order."""
        return self._base.store.categories.of(self._base.view.team_id).categories

    def get(self, category_id: CategoryId) -> Category | None:
        return next((row for row in self.all() if row.id == category_id), None)

    def of_channel(self, channel_id: ChannelId) -> Category | None:
        return category_of(self.all(), channel_id)

    def is_favourite(self, channel_id: ChannelId) -> bool:
        return any(row.type == "favorites" and channel_id in row.channel_ids for row in self.all())

    def favour(self, channel_id: ChannelId, favourite: bool) -> Future[None]:
        """Puts a channel among the favourites, or back where it belongs."""
        channel = self._base.store.channels.get(channel_id)
        direct = channel is not None and not channel.team_id

        def arrange(rows: Rows) -> Rows:
            top = next((row.id for row in rows if row.type == "favorites"), "")
            return with_moved(rows, channel_id, top if favourite else home_of(rows, direct=direct))

        return self._arrange(arrange)

    def move(self, channel_id: ChannelId, category_id: CategoryId) -> Future[None]:
        """Puts a channel into a category."""
        return self._arrange(lambda rows: with_moved(rows, channel_id, category_id))

    def edit(self, category_id: CategoryId, name: str, sorting: str) -> Future[None]:
        """A new name (for a category of one's own), and alpha, recent or manual."""
        return self._change(category_id, lambda row: replace(row, display_name=name, sorting=sorting))

    def mute(self, category_id: CategoryId, muted: bool) -> Future[None]:
        """The server mutes all its channels with it."""
        return self._change(category_id, lambda row: replace(row, muted=muted))

    def create(self, name: str, *channel_ids: ChannelId) -> Future[CategoryId]:
        """A category of one's own, with these channels in it."""
        team_id, me = self._base.view.team_id, self._base.me

        async def make(api: ServerApi) -> CategoryId:
            made = await api.create_category(me, team_id, name, channel_ids)
            await self._take(await api.fetch_categories(team_id))
            return made.id

        return self._base.lane.ask(make)

    def remove(self, category_id: CategoryId) -> Future[None]:
        """Takes a category of one's own away; its channels go back where they belong."""
        team_id = self._base.view.team_id

        async def drop(api: ServerApi) -> None:
            await api.delete_category(team_id, category_id)
            await self._take(await api.fetch_categories(team_id))

        return self._base.lane.ask(drop)

    def shift(self, category_id: CategoryId, step: int) -> Future[None]:
        """Moves a category `step` places down (negative: up)."""
        team_id = self._base.view.team_id

        async def order(api: ServerApi) -> None:
            found = await api.fetch_categories(team_id)
            rows = shifted(found.categories, category_id, step)
            if rows != found.categories:
                await api.put_category_order(team_id, [row.id for row in rows])
            await self._take(Stored(team_id, rows))

        return self._base.lane.ask(order)

    def _change(self, category_id: CategoryId, work: Callable[[Category], Category]) -> Future[None]:
        return self._arrange(lambda rows: tuple(work(row) if row.id == category_id else row for row in rows))

    def _arrange(self, work: Callable[[Rows], Rows]) -> Future[None]:
        team_id, me = self._base.view.team_id, self._base.me

        async def put(api: ServerApi) -> None:
            found = await api.fetch_categories(team_id)
            rows = work(found.categories)
            bodies = [body_of(row, me) for row in changed(found.categories, rows)]
            if bodies:
                await api.put_categories(team_id, bodies)
            await self._take(Stored(team_id, rows))

        return self._base.lane.ask(put)

    async def _take(self, categories: Stored) -> None:
        await asyncio.wrap_future(self._base.store.write(lambda tx: tx.categories.replace(categories)))
