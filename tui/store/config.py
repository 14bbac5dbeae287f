"""The server's client configuration, and the slash commands of each team.

Invariant: both are replaced as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable

from tui.core.changes import ChangeKind
from tui.core.ids import TeamId
from tui.core.models import Command, ServerConfig
from tui.store import codec
from tui.store.access import Reader, Work


class ConfigReader(Reader):
    def get(self) -> ServerConfig:
        """Empty where none was fetched yet."""
        return ServerConfig(dict(self._rows("SELECT name, value FROM config")))


class ConfigWriter(ConfigReader):
    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._work = work

    def put(self, config: ServerConfig) -> None:
        if dict(config.values) == self.get().values:
            return
        self._work.run("DELETE FROM config")
        self._work.run_many("INSERT OR REPLACE INTO config VALUES (?, ?)", config.values.items())
        self._work.changed(ChangeKind.CONFIG)


class CommandReader(Reader):
    def of(self, team_id: TeamId) -> tuple[Command, ...]:
        rows = self._rows("SELECT body FROM commands WHERE team_id = ? ORDER BY position", team_id)
        return tuple(codec.decode(Command, body) for (body,) in rows)


class CommandWriter(CommandReader):
    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._work = work

    def replace(self, team_id: TeamId, commands: Iterable[Command]) -> None:
        self._work.run("DELETE FROM commands WHERE team_id = ?", team_id)
        self._work.run_many(
            "INSERT OR REPLACE INTO commands VALUES (?, ?, ?)",
            [(team_id, position, codec.encode(command)) for position, command in enumerate(commands)],
        )
