"""Completion in the composer: offers from the store at once, more from the server a moment later."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future

from tui.client.base import Base
from tui.client.commands import Commands
from tui.client.emojis import Emojis
from tui.core.completion import (
    Completion,
    Token,
    complete_channels,
    complete_commands,
    complete_emoji,
    complete_people,
    token_at,
)
from tui.core.emoji import complete as emoji_by_prefix
from tui.core.models import Command, Target, User
from tui.core.ports import ServerApi
from tui.core.search import Candidate

LIMIT = 20
DEBOUNCE_SECONDS = 0.2
RECENT_POSTS = 100
"""Who wrote among the newest so many posts of a channel is offered first there."""


class Complete:
    def __init__(self, base: Base, commands: Commands, emojis: Emojis) -> None:
        self._base = base
        self._emojis = emojis
        self._commands = commands
        self._asked: Future[list[Completion]] | None = None
        self.own_commands: tuple[Command, ...] = ()
        """Slash commands that the screens answer themselves."""

    def at(self, target: Target, text: str, cursor: int) -> list[Completion]:
        """Offers for what is typed before `cursor`, from the store; [] where nothing is to be completed."""
        token = token_at(text, cursor)
        if token is None:
            return []
        match token.sign:
            case "@":
                return self._people(token, target)
            case "~":
                return self._channels(token, target)
            case ":":
                return complete_emoji(token, self._emoji(token.query))
            case _:
                return complete_commands(token, (*self._commands.all(), *self.own_commands))

    def lookup(self, target: Target, text: str, cursor: int) -> Future[list[Completion]] | None:
        """The same with the server's help, for @ and ~; None where the store knows all there is.

        A newer lookup cancels an older one that still waits. Fails with Offline without a line.
        """
        token = token_at(text, cursor)
        if token is None or token.sign not in "@~" or not token.query:
            return None
        if self._asked is not None:
            self._asked.cancel()
        ask = self._ask_people if token.sign == "@" else self._ask_channels

        async def wait_and_ask(api: ServerApi) -> list[Completion]:
            await asyncio.sleep(DEBOUNCE_SECONDS)
            if asked.cancelled():
                return []
            return await ask(api, token, target)

        asked = self._base.lane.ask(wait_and_ask)
        self._asked = asked
        return asked

    async def _ask_people(self, api: ServerApi, token: Token, target: Target) -> list[Completion]:
        team_id = self._team_of(target)
        users = await api.autocomplete_users(team_id, target.channel_id, token.query)
        self._base.change(lambda tx: tx.users.put(users))
        return complete_people(token, users, self._base.lookups.name_setting(), limit=LIMIT)

    async def _ask_channels(self, api: ServerApi, token: Token, target: Target) -> list[Completion]:
        found = await api.search_channels(self._team_of(target), token.query)
        return complete_channels(
            token, [Candidate("channel", c.id, c.display_name, (c.name,)) for c in found]
        )

    def _emoji(self, query: str) -> list[tuple[str, str]]:
        """The server's own by their beginning, then the system's."""
        own = [name for name in self._emojis.custom() if query and name.startswith(query.lower())]
        return [*((name, "") for name in own[: LIMIT // 2]), *emoji_by_prefix(query, LIMIT)]

    def _people(self, token: Token, target: Target) -> list[Completion]:
        users: list[User] = list(self._base.store.users.search(token.query.lower()))
        near = {post.user_id for post in self._base.store.posts.newest(target.channel_id, RECENT_POSTS)}
        known = {user.id for user in users}
        users += [u for u in self._base.lookups.users(near).values() if u.id not in known]
        return complete_people(token, users, self._base.lookups.name_setting(), frozenset(near), LIMIT)

    def _channels(self, token: Token, target: Target) -> list[Completion]:
        channels = self._base.store.channels.by_team(self._team_of(target))
        offers = [
            Candidate("channel", c.id, c.display_name, (c.name,), boost=c.last_post_at)
            for c in channels
            if c.team_id and not c.delete_at
        ]
        return complete_channels(token, offers, LIMIT)

    def _team_of(self, target: Target) -> str:
        channel = self._base.store.channels.get(target.channel_id)
        return (channel.team_id if channel else "") or self._base.view.team_id
