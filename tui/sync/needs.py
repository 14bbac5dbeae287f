"""Fetches what events and pages mentioned and the store does not know: in bulk, soon, and once.

Invariant: nobody waits for it. A need stays until it was answered, or refused; an unknown person or
channel is shown as such meanwhile.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from tui.core.errors import Refused, TeleteamError
from tui.core.ids import ChannelId, PostId, UserId
from tui.core.models import User
from tui.core.names import dm_partner_id
from tui.core.priority import background
from tui.store import Tx
from tui.sync.batch import Needs
from tui.sync.context import Context
from tui.sync.pages import authors, put_posts
from tui.sync.tasks import Alarm, together
from tui.sync.workspace import Workspace

GATHER = 0.15
"""Seconds to gather needs before they are fetched."""
BULK = 100
TEAM_UNREADS_EVERY = 20.0
"""Seconds between two looks at other teams' badges."""
RETRY = 5.0

Step: TypeAlias = Callable[[], Awaitable[None]]

log = logging.getLogger(__name__)


class Backfill:
    """The queue of needs; `add` on the net lane."""

    def __init__(self, context: Context, workspace: Workspace) -> None:
        self._context = context
        self._workspace = workspace
        self._needs = Needs()
        self._alarm = Alarm()
        self._badges = Alarm()
        self._absent: set[UserId] = set()

    def add(self, needs: Needs) -> None:
        if needs.team_unreads:
            self._badges.ring()
        self._needs.add(replace(needs, users=needs.users - self._absent, team_unreads=False))
        if self._needs:
            self._alarm.ring()

    def users(self, user_ids: Iterable[UserId]) -> None:
        known = self._context.memory.known_users
        self.add(Needs(users={user_id for user_id in user_ids if user_id and user_id not in known}))

    def take_users(self) -> set[UserId]:
        """Whoever is wanted now: the caller fetches them."""
        taken, self._needs.users = self._needs.users, set()
        return taken

    async def run_forever(self) -> None:
        with background():
            await together(self._fetch_forever(), self._badges_forever())

    async def _fetch_forever(self) -> None:
        while True:
            await self._alarm.wait()
            await self._context.clock.sleep(GATHER)
            await self._context.line.wait_online()
            await self.fetch_all()
            if self._needs:
                await self._context.clock.sleep(RETRY)
                self._alarm.ring()

    async def _badges_forever(self) -> None:
        """Other teams' badges: at most every 20 s, however much is written there."""
        while True:
            await self._badges.wait()
            await self._context.line.wait_online()
            if not await self._try(Needs(), self._workspace.team_unreads):
                self._badges.ring()
            await self._context.clock.sleep(TEAM_UNREADS_EVERY)

    async def fetch_all(self) -> None:
        """Fetches everything gathered; what could not be fetched now is gathered again."""
        needs, self._needs = self._needs, Needs()
        for channel_id in needs.channels:
            await self._try(Needs(channels={channel_id}), partial(self._channel, channel_id))
        for root_id in needs.roots:
            await self._try(Needs(roots={root_id}), partial(self._root, root_id))
        for need, step in self._flags(needs):
            await self._try(need, step)
        users, self._needs.users = needs.users | self._needs.users, set()
        await self._try(Needs(users=users), partial(self._users, users))
        names, self._needs.usernames = needs.usernames | self._needs.usernames, set()
        await self._try(Needs(usernames=names), partial(self._named, names))

    def _flags(self, needs: Needs) -> list[tuple[Needs, Step]]:
        space = self._workspace
        steps: list[tuple[bool, Needs, Step]] = [
            (bool(needs.categories), Needs(categories=needs.categories), self._categories(needs)),
            (needs.teams, Needs(teams=True), space.teams),
            (needs.config, Needs(config=True), space.config),
            (needs.preferences, Needs(preferences=True), space.preferences),
            (needs.threads, Needs(threads=True), space.threads),
            (needs.people, Needs(people=True), space.changed_people),
        ]
        return [(need, step) for wanted, need, step in steps if wanted]

    def _categories(self, needs: Needs) -> Step:
        return partial(self._workspace.categories, needs.categories)

    async def _try(self, need: Needs, step: Step) -> bool:
        """True where the need is settled, for good or bad."""
        try:
            await step()
        except Refused as refusal:
            log.info("a need was refused: %s", refusal.id)
        except TeleteamError as error:
            self._context.line.report(error)
            self._needs.add(need)
            return False
        return True

    async def _users(self, user_ids: set[UserId]) -> None:
        wanted = sorted(user_ids - self._context.memory.known_users)
        for at in range(0, len(wanted), BULK):
            bulk = wanted[at : at + BULK]
            found = await self._context.api.fetch_users(bulk)
            await self._keep(found)
            self._absent.update(set(bulk) - {user.id for user in found})

    async def _named(self, usernames: set[str]) -> None:
        if usernames:
            await self._keep(await self._context.api.fetch_users_by_names(sorted(usernames)))

    async def _keep(self, users: list[User]) -> None:
        await self._context.write(lambda tx: tx.users.put(users))
        self._context.memory.known_users.update(user.id for user in users)

    async def _channel(self, channel_id: ChannelId) -> None:
        api = self._context.api
        try:
            channel, membership = await asyncio.gather(
                api.fetch_channel(channel_id), api.fetch_membership(channel_id)
            )
        except Refused:
            return
        memory = self._context.memory

        def put(tx: Tx) -> None:
            stored = tx.memberships.get(channel_id)
            memory.counters_told([channel])
            tx.channels.put([channel])
            if stored is None:
                tx.memberships.put([membership])

        await self._context.write(put)
        if channel.type == "D":
            self.users([dm_partner_id(channel, self._context.me)])
        if channel.type == "G":
            self.add(Needs(usernames=self._workspace.unknown_names([channel])))

    async def _root(self, root_id: PostId) -> None:
        page = await self._context.api.fetch_thread(root_id)
        await self._context.write(lambda tx: put_posts(tx, page))
        self.users(authors(page.posts.values()))
