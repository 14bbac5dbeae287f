"""My teams, and the unread totals of each.

Invariant: teams keep the order in which they were given.
"""

from __future__ import annotations

from collections.abc import Iterable

from tui.core.changes import ChangeKind
from tui.core.ids import TeamId
from tui.core.models import Team, TeamUnread
from tui.store import codec
from tui.store.access import Reader, Work


class TeamReader(Reader):
    def all(self) -> tuple[Team, ...]:
        rows = self._rows("SELECT body FROM teams ORDER BY position")
        return tuple(codec.decode(Team, body) for (body,) in rows)

    def get(self, team_id: TeamId) -> Team | None:
        row = self._row("SELECT body FROM teams WHERE id = ?", team_id)
        return codec.decode(Team, row[0]) if row else None


class TeamWriter(TeamReader):
    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._work = work

    def replace(self, teams: Iterable[Team]) -> None:
        """These are all my teams now."""
        wanted = tuple(teams)
        if wanted == self.all():
            return
        self._work.run("DELETE FROM teams")
        self._work.run_many(
            "INSERT OR REPLACE INTO teams VALUES (?, ?, ?)",
            [(team.id, position, codec.encode(team)) for position, team in enumerate(wanted)],
        )
        self._work.changed(ChangeKind.TEAMS)


class TeamUnreadReader(Reader):
    def all(self) -> tuple[TeamUnread, ...]:
        rows = self._rows("SELECT body FROM team_unreads ORDER BY team_id")
        return tuple(codec.decode(TeamUnread, body) for (body,) in rows)


class TeamUnreadWriter(TeamUnreadReader):
    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._work = work

    def replace(self, unreads: Iterable[TeamUnread]) -> None:
        """These are the totals of all teams now; teams without a row have nothing unread."""
        wanted = tuple(sorted(unreads, key=lambda unread: unread.team_id))
        if wanted == self.all():
            return
        self._work.run("DELETE FROM team_unreads")
        self.put(wanted)
        self._work.changed(ChangeKind.TEAMS)

    def put(self, unreads: Iterable[TeamUnread]) -> None:
        """Replace the totals of some teams."""
        rows = [(unread.team_id, codec.encode(unread)) for unread in unreads]
        self._work.run_many("INSERT OR REPLACE INTO team_unreads VALUES (?, ?)", rows)
        self._work.changed(ChangeKind.TEAMS, [row[0] for row in rows])
