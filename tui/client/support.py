"""Whom to ask, and what a new person finds: support contacts, channels worth reading, pinned messages.

Contacts come from the settings (`[support]`), which whoever sets teleteam up for others writes; else from
what the server names (`SupportEmail`, `HelpLink`).

Invariant: nobody is written to in here; texts are only prepared.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Future

from tui.client.base import Base
from tui.client.teams import Teams
from tui.client.wording import support as words
from tui.core.errors import Refused
from tui.core.links import written_link
from tui.core.models import Channel, Post, Team, User
from tui.core.ports import ServerApi
from tui.core.values import dataclass

MOST_CHANNELS, MOST_PINNED = 6, 4


@dataclass(frozen=True, slots=True)
class Contacts:
    """Hostile texts, but for the settings' own. All may be empty."""

    users: tuple[User, ...] = ()
    unknown: tuple[str, ...] = ()
    """User names of the settings that the server does not know."""
    email: str = ""
    link: str = ""

    def __bool__(self) -> bool:
        return bool(self.users or self.email or self.link)


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a new person should see of a team. `team` None = they are in none."""

    team: Team | None
    channels: tuple[Channel, ...] = ()
    """Mine first, then others that anybody may join, the liveliest first."""
    pinned: tuple[Post, ...] = ()
    contacts: Contacts = Contacts()


class Support:
    def __init__(self, base: Base, teams: Teams) -> None:
        self._base = base
        self._teams = teams
        self._wishes = base.config.support

    @property
    def team(self) -> str:
        """The team that new people should join, by the settings."""
        return self._wishes.team

    def contacts(self) -> Future[Contacts]:
        """Whom to ask; people who are not known here yet are looked up."""
        return self._base.lane.ask(self._contacts)

    async def _contacts(self, api: ServerApi) -> Contacts:
        config = self._base.lookups.config()
        if not config.values:
            config = await api.fetch_config()
        known = dict(self._base.lookups.users_named(self._wishes.users))
        missing = [name for name in self._wishes.users if name not in known]
        if missing:
            found = await api.fetch_users_by_names(missing)
            await asyncio.wrap_future(self._base.store.write(lambda tx: tx.users.put(found)))
            known |= {user.username: user for user in found}
        me = self._base.me
        there = tuple(known[name] for name in self._wishes.users if name in known and known[name].id != me)
        help_link = written_link(config.text("HelpLink"))
        return Contacts(
            there,
            tuple(name for name in self._wishes.users if name not in known),
            self._wishes.email or config.text("SupportEmail"),
            help_link.url if help_link is not None else "",
        )

    def welcome(self) -> Future[Welcome]:
        """Where to begin in the open team."""
        return self._base.lane.ask(self._welcome)

    async def _welcome(self, api: ServerApi) -> Welcome:
        team, contacts = self._teams.current(), await self._contacts(api)
        if team is None:
            return Welcome(None, contacts=contacts)
        mine = self._base.store.memberships.all()
        public = [one for one in await api.fetch_public_channels(team.id) if not one.delete_at]
        ranked = sorted(public, key=lambda one: (one.id not in mine, -one.total_msg_count, one.name))
        square = next((one for one in public if one.name == "town-square"), None)
        pinned = await self._pinned(api, square) if square is not None else ()
        return Welcome(team, tuple(ranked[:MOST_CHANNELS]), pinned, contacts)

    async def _pinned(self, api: ServerApi, channel: Channel) -> tuple[Post, ...]:
        """The newest of them; none where the channel is closed to me."""
        try:
            page = await api.fetch_pinned(channel.id)
        except Refused:
            return ()
        posts = sorted(page.posts.values(), key=lambda post: post.create_at, reverse=True)
        return tuple(post for post in posts if not post.delete_at)[:MOST_PINNED]

    # texts, prepared
    def wish_for_team(self, name: str) -> str:
        """The message to whoever runs the server, of somebody who is in no team."""
        me = self._base.lookups.me()
        return words.wish_for_team(name, me.username if me else self._base.account.username)
