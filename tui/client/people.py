"""People: who they are, whether they are there, whether they type."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from concurrent.futures import Future

from tui.client.base import Base
from tui.client.watching import Watching
from tui.core.errors import NotSupported
from tui.core.features import features_of
from tui.core.ids import ChannelId, PostId, UserId
from tui.core.models import Status, User, UserGroup
from tui.core.names import display_name
from tui.core.ports import ServerApi
from tui.core.search import sort_key

PAGE = 200
"""So many members the server gives at once."""
MOST_PAGES = 5


class People:
    def __init__(self, base: Base, watching: Watching) -> None:
        self._base = base
        self._watching = watching

    def get(self, user_id: UserId) -> User | None:
        """The person, None where not known yet (they are asked for then)."""
        user = self._base.lookups.users((user_id,)).get(user_id)
        if user is None and user_id:
            self._base.lane.tell(lambda engine: engine.need_users((user_id,)))
        return user

    def by_name(self, username: str) -> User | None:
        return self._base.store.users.by_name(username.removeprefix("@").lower())

    def name(self, user_id: UserId) -> str:
        """Display name by the preference; "" where not known yet. Hostile text."""
        return self._base.lookups.name(user_id)

    def search(self, text: str, limit: int = 50) -> list[User]:
        """People of the store by the beginning of any of their names."""
        return list(self._base.store.users.search(text.lower(), limit))

    def name_setting(self) -> str:
        """How people are to be named: username, nickname_full_name or full_name."""
        return self._base.lookups.name_setting()

    def status(self, user_id: UserId) -> str:
        """online, away, dnd, offline; "" where not known."""
        status: Status | None = self._base.lookups.statuses((user_id,)).get(user_id)
        return status.status if status else ""

    def typing(self, channel_id: ChannelId, root_id: PostId = "") -> tuple[str, ...]:
        """Names of those who type there now, in no thread or in `root_id`."""
        wires = self._base.lane.wires
        ids = wires.engine.typing(channel_id, root_id) if wires else ()
        return tuple(name for user_id in ids if (name := self.name(user_id)))

    def watch(self, user_ids: Iterable[UserId], place: str = "panel") -> None:
        """Whose presence `place` shows now: it is asked for once a minute."""
        self._watching.show(place, user_ids)

    def lookup(self, text: str, *, not_in_channel: ChannelId = "") -> Future[list[User]]:
        """People of the open team by what the server knows of their names; they are kept in the store."""
        team_id = self._base.view.team_id

        async def ask(api: ServerApi) -> list[User]:
            found = await api.search_users(text, team_id=team_id, not_in_channel=not_in_channel)
            await asyncio.wrap_future(self._base.store.write(lambda tx: tx.users.put(found)))
            return found

        return self._base.lane.ask(ask)

    def groups(self, text: str = "") -> Future[list[UserGroup]]:
        """Groups of people that may be mentioned; fails with NotSupported where the server has none."""
        has_groups = features_of(self._base.lookups.config()).groups

        async def ask(api: ServerApi) -> list[UserGroup]:
            if not has_groups:
                raise NotSupported("tele.unsupported.groups")
            return await api.fetch_groups(text)

        return self._base.lane.ask(ask)

    def of_group(self, group_id: str) -> Future[list[User]]:
        """The members of a group, the first 200."""

        async def ask(api: ServerApi) -> list[User]:
            found = await api.fetch_group_members(group_id)
            await asyncio.wrap_future(self._base.store.write(lambda tx: tx.users.put(found)))
            return found

        return self._base.lane.ask(ask)

    def of_channel(self, channel_id: ChannelId) -> Future[list[User]]:
        """The members of a channel, the first 1,000, by name; needs the line."""

        async def fetch(api: ServerApi) -> list[User]:
            found: list[User] = []
            for page in range(MOST_PAGES):
                users = await api.fetch_channel_users(channel_id, page)
                found += users
                if len(users) < PAGE:
                    break
            self._base.change(lambda tx: tx.users.put(found))
            return sorted(
                found, key=lambda user: sort_key(display_name(user, self._base.lookups.name_setting()))
            )

        return self._base.lane.ask(fetch)
