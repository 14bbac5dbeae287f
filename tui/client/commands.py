"""Slash commands: which texts are commands, running them, and where they lead.

Source: mattermost-facts §9. The text of an answer arrives as an event; only `goto_location` is used here.
"""

from __future__ import annotations

import re
from concurrent.futures import Future
from urllib.parse import urlsplit

from tui.client.base import Base
from tui.client.refresh import Refresh
from tui.core.errors import UserMistake
from tui.core.ids import TeamId
from tui.core.models import Command, Target
from tui.core.ports import ServerApi
from tui.core.values import dataclass

_TRIGGER = re.compile(r"/([^\s/]+)(?:\s|$)")

LOCAL_COMMANDS = ("logout", "leave", "settings", "search", "collapse", "expand", "shortcuts", "help")
"""Commands that mean something to a client; `Goto.kind` "local" names them."""


@dataclass(frozen=True, slots=True)
class Goto:
    """Where a command leads. `kind`: nothing, channel, direct, post, link, signed_out."""

    kind: str = "nothing"
    value: str = ""
    """URL name of the channel, user name, post id, or the link."""
    team: str = ""
    """URL name of the team."""


@dataclass(frozen=True, slots=True)
class CommandRun:
    """A command that is on its way; the future fails with a leaf of `core.errors`."""

    trigger: str
    outcome: Future[Goto]


def trigger_of(text: str) -> str:
    """The word behind the slash, "" where the text cannot be a command."""
    match = _TRIGGER.match(text)
    return match.group(1).lower() if match else ""


class Commands:
    def __init__(self, base: Base, refresh: Refresh) -> None:
        self._base = base
        self._refresh = refresh

    def all(self) -> tuple[Command, ...]:
        """The commands of the open team; they are asked for where none are known yet."""
        team_id = self._base.view.team_id
        known = self._base.store.commands.of(team_id)

        async def fetch(api: ServerApi) -> None:
            commands = await api.fetch_commands(team_id)
            self._base.change(lambda tx: tx.commands.replace(team_id, commands))

        if team_id and not known:
            self._refresh.ask(f"commands:{team_id}", fetch)
        return known

    def is_known(self, trigger: str) -> bool:
        """Also true while the server's list is not here yet: the server decides then."""
        known = {command.trigger.lower() for command in self.all()}
        return not known or trigger in known

    def run(self, target: Target, text: str) -> CommandRun:
        """Runs a command now. Raises UserMistake("tele.offline.command") without a line: it is not queued."""
        if not self._base.lane.state().live:
            raise UserMistake("tele.offline.command")
        channel = self._base.store.channels.get(target.channel_id)
        team_id: TeamId = (channel.team_id if channel else "") or self._base.view.team_id

        async def execute(api: ServerApi) -> Goto:
            location = await api.execute_command(target.channel_id, text, team_id, target.root_id)
            return goto(location, self._base.account.url)

        return CommandRun(trigger_of(text), self._base.lane.ask(execute))


def goto(location: str, site: str) -> Goto:
    """What the `goto_location` of a command's answer means for us."""
    if not location:
        return Goto()
    parts = urlsplit(location)
    base = urlsplit(site)
    foreign = parts.netloc and parts.netloc != base.netloc
    if foreign or (parts.scheme and parts.scheme not in ("http", "https")):
        return Goto("link", location)
    path = parts.path.removeprefix(base.path).strip("/").split("/")
    match path:
        case ["login"]:
            return Goto("signed_out")
        case [team, "channels", name]:
            return Goto("channel", name, team)
        case [team, "messages", name]:
            return Goto("direct", name.removeprefix("@"), team)
        case [team, "pl", post_id]:
            return Goto("post", post_id, team)
        case _:
            return Goto("link", location if parts.netloc else f"{site.rstrip('/')}/{location.lstrip('/')}")
