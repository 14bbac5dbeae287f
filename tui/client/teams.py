"""Teams: which there are, which is open, what calls for attention in the others."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import Future

from tui.client.base import Base
from tui.client.counters import Counters
from tui.core.changes import ChangeKind
from tui.core.errors import UserMistake
from tui.core.ids import TeamId, UserId
from tui.core.models import Team
from tui.core.ports import ServerApi
from tui.core.search import sort_key
from tui.core.teams import in_order, invite_of
from tui.core.unread import READ, Unread
from tui.core.values import dataclass

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
TEAM_KEY = "team"
"""Where the desk keeps the team that was open last."""


@dataclass(frozen=True, slots=True)
class TeamBadge:
    """What is unread in one team, direct messages left out."""

    team_id: TeamId
    name: str
    unread: Unread
    current: bool


class Teams:
    def __init__(self, base: Base, counters: Counters) -> None:
        self._base = base
        self._counters = counters

    def all(self) -> tuple[Team, ...]:
        """My teams in my own order (preference `teams_order`), the rest by name."""
        return in_order(self._base.store.teams.all(), self._base.lookups.preferences())

    def get(self, team_id: TeamId) -> Team | None:
        return next((team for team in self.all() if team.id == team_id), None)

    def by_name(self, name: str) -> Team | None:
        """The team with that URL name."""
        return next((team for team in self.all() if team.name == name.lower()), None)

    def current(self) -> Team | None:
        """The open team: the one chosen, else the one open last time, else the first."""
        teams = {team.id: team for team in self.all()}
        view = self._base.view
        for team_id in (view.team_id, self._base.store.kept.get(TEAM_KEY) or ""):
            if team_id in teams:
                view.team_id = team_id
                return teams[team_id]
        named = next((t for t in teams.values() if t.name == self._base.account.team), None)
        chosen = named or next(iter(teams.values()), None)
        view.team_id = chosen.id if chosen else ""
        return chosen

    def select(self, team_id: TeamId) -> None:
        """Opens a team; remembered over restarts."""
        self._base.view.team_id = team_id
        self._base.note(lambda desk: desk.kept.set(TEAM_KEY, team_id))
        self._base.lane.tell(lambda engine: engine.select_team(team_id))
        self._base.hub.say(ChangeKind.TEAMS, team_id)

    def badges(self) -> tuple[TeamBadge, ...]:
        """One badge for each team, in the order of `all`."""
        current = self.current()
        totals = self._totals()
        return tuple(
            TeamBadge(
                team.id, team.display_name, totals.get(team.id, READ), bool(current and team.id == current.id)
            )
            for team in self.all()
        )

    def _totals(self) -> dict[TeamId, Unread]:
        """Counted from what is loaded; from the server's own sums for teams that are not."""
        told = {
            row.team_id: Unread(max(0, row.msg_count), max(0, row.mention_count))
            for row in self._base.store.team_unreads.all()
        }
        return told | self._counters.by_team()

    # getting into and out of them

    def open_ones(self) -> Future[list[Team]]:
        """Teams that anybody may join and that I am not in, by name."""
        mine = {team.id for team in self.all()}

        async def ask(api: ServerApi) -> list[Team]:
            found = [team for team in await api.fetch_open_teams() if team.id not in mine]
            return sorted(found, key=lambda team: sort_key(team.display_name))

        return self._base.lane.ask(ask)

    def join(self, team_id: TeamId) -> Future[TeamId]:
        """Joins a team that anybody may join."""

        async def enter(api: ServerApi) -> TeamId:
            await api.join_team(team_id, self._base.me)
            return await self._entered(api, team_id)

        return self._base.lane.ask(enter)

    def join_by_link(self, link: str) -> Future[TeamId]:
        """By an invite link, or the code in it. Raises UserMistake for what is neither."""
        invite_id = invite_of(link)
        if not invite_id:
            raise UserMistake("tele.input.invite")

        async def enter(api: ServerApi) -> TeamId:
            return await self._entered(api, await api.join_team_by_invite(invite_id))

        return self._base.lane.ask(enter)

    async def _entered(self, api: ServerApi, team_id: TeamId) -> TeamId:
        teams = [team for team in await api.fetch_teams() if not team.delete_at]
        await asyncio.wrap_future(self._base.store.write(lambda tx: tx.teams.replace(teams)))
        return team_id

    def leave(self, team_id: TeamId) -> Future[None]:
        """Leaves a team and all its channels."""

        async def go(api: ServerApi) -> None:
            await api.leave_team(team_id, self._base.me)
            kept = [team for team in self.all() if team.id != team_id]
            await asyncio.wrap_future(self._base.store.write(lambda tx: tx.teams.replace(kept)))

        return self._base.lane.ask(go)

    def invite_link(self) -> Future[str]:
        """The link by which others join the open team; "" where I may not invite."""
        team_id, site = self._base.view.team_id, self._base.account.url

        async def ask(api: ServerApi) -> str:
            invite_id = (await api.fetch_team(team_id)).invite_id
            return f"{site}/signup_user_complete/?id={invite_id}" if invite_id else ""

        return self._base.lane.ask(ask)

    def invite_by_mail(self, addresses: str) -> Future[list[str]]:
        """Invites into the open team; who got no mail. Raises UserMistake where one is no address."""
        wanted = [one for one in re.split(r"[\s,;]+", addresses.strip()) if one]
        if not wanted or not all(_ADDRESS.fullmatch(one) for one in wanted):
            raise UserMistake("tele.input.mail")
        team_id = self._base.view.team_id
        return self._base.lane.ask(lambda api: api.invite_by_mail(team_id, wanted))

    def add(self, user_id: UserId) -> Future[None]:
        """Puts somebody of this server into the open team, where I may."""
        team_id = self._base.view.team_id
        return self._base.lane.ask(lambda api: api.join_team(team_id, user_id))
