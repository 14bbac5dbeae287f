"""Teams, their commands, and what the server's plugins bring."""

from __future__ import annotations

from tui.core import fields, wire
from tui.core.errors import Refused
from tui.core.ids import ChannelId, PostId, TeamId
from tui.core.models import Command, Team, TeamUnread
from tui.net.answers import Answer
from tui.net.api.base import Endpoints, path


class Teams(Endpoints):
    async def fetch_teams(self) -> list[Team]:
        """My teams, archived ones included (`delete_at`)."""
        answer: Answer = await self.driver.teams.get_user_teams("me")
        return wire.teams(answer.value)

    async def fetch_team_unreads(self) -> list[TeamUnread]:
        """Badge counts of all my teams in one small answer."""
        params = {"include_collapsed_threads": "true"}
        answer: Answer = await self.driver.teams.get_team_unreads_for_user("me", params=params)
        return wire.team_unreads(answer.value)

    async def fetch_commands(self, team_id: TeamId) -> list[Command]:
        """Slash commands for completion."""
        return wire.commands(await self.get(path("teams", team_id, "commands", "autocomplete")))

    async def execute_command(
        self, channel_id: ChannelId, command: str, team_id: TeamId, root_id: PostId = ""
    ) -> str:
        """Runs a slash command; returns `goto_location`. Its text arrives as an event."""
        body = {"channel_id": channel_id, "command": command, "team_id": team_id, "root_id": root_id}
        answer: Answer = await self.driver.commands.execute_command(body)
        return fields.text(fields.obj(answer.value), "goto_location")

    async def fetch_plugins(self) -> list[str]:
        """`GET /plugins/webapp`: ids of the plugins with a web app part; [] where plugins are disabled."""
        try:
            return wire.plugin_ids(await self.get("/plugins/webapp"))
        except Refused:
            return []
