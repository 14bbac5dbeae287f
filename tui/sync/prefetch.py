"""Fetches ahead while the line is idle: teams looked at before, then channels with something unread.

Invariant: only while online, one question at a time, marked as work that nobody waits for; as many channels
as the profile of the line allows.
"""

from __future__ import annotations

from tui.core.ids import ChannelId
from tui.core.priority import background
from tui.core.unread import count
from tui.sync.context import Context
from tui.sync.history import History
from tui.sync.needs import Backfill
from tui.sync.tasks import Alarm
from tui.sync.workspace import Workspace

IDLE = 6.0
"""Seconds after coming online before anything is fetched ahead."""


class Prefetch:
    def __init__(self, context: Context, workspace: Workspace, history: History, backfill: Backfill) -> None:
        self._context = context
        self._workspace = workspace
        self._history = history
        self._backfill = backfill
        self._wanted = Alarm()

    def ring(self) -> None:
        self._wanted.ring()

    async def run_forever(self) -> None:
        with background():
            while True:
                await self._wanted.wait()
                await self._context.clock.sleep(IDLE)
                await self._context.line.wait_online()
                await self.run()

    async def run(self) -> None:
        """Raises what a request raises; what is left comes next time. Nothing on a thin line."""
        if not self._context.line.profile.ahead:
            return
        for team_id in self._workspace.stale_teams():
            self._backfill.add(await self._workspace.load_team(team_id))
        for channel_id in self._unread():
            if self._context.line.online:
                await self._history.guarded(channel_id, self._history.refresh, "refresh")

    def _unread(self) -> list[ChannelId]:
        """Stale channels with something unread, the most recent first."""
        store = self._context.store
        memberships = store.memberships.all()
        waiting = [
            channel
            for channel in store.channels.all()
            if count(channel, memberships.get(channel.id), crt=False).bold
            and not self._history.is_fresh(channel.id)
        ]
        waiting.sort(key=lambda channel: channel.last_post_at, reverse=True)
        return [channel.id for channel in waiting[: self._context.line.profile.ahead]]
