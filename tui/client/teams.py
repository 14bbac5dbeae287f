"""Teams: which there are, which is open, what calls for attention in the others."""

from __future__ import annotations

from tui.client.base import Base
from tui.client.counters import Counters
from tui.core.changes import ChangeKind
from tui.core.ids import TeamId
from tui.core.models import Team
from tui.core.teams import in_order
from tui.core.unread import READ, Unread
from tui.core.values import dataclass

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
