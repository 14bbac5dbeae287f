"""What nobody waits for: fetched once after each break, when the line has been there for a while.

My account, preferences, teams and categories are stored and hardly ever change unseen; the configuration has
a version; names below the edge of the sidebar can come a moment later.

Invariant: one question at a time, marked as work that gives way; what failed is tried again at the next
connection, never in a loop.
"""

from __future__ import annotations

from tui.core.errors import TeleteamError
from tui.core.priority import background
from tui.sync.context import Context
from tui.sync.needs import Backfill
from tui.sync.tasks import Alarm
from tui.sync.workspace import Workspace


class Rest:
    """`put_off` and `ring` on the net lane."""

    def __init__(self, context: Context, workspace: Workspace, backfill: Backfill) -> None:
        self._context = context
        self._workspace = workspace
        self._backfill = backfill
        self._due = False
        self._wanted = Alarm()

    def put_off(self) -> None:
        """A gap was filled."""
        self._due = True

    def ring(self) -> None:
        """The line is there. Who left before it was done the last time does it now."""
        if self._due or self._workspace.lacks_something():
            self._wanted.ring()

    async def run_forever(self) -> None:
        with background():
            while True:
                await self._wanted.wait()
                await self._context.clock.sleep(self._context.line.profile.rest_after)
                await self._context.line.wait_online()
                await self.run()

    async def run(self) -> None:
        self._backfill.users(self._workspace.unknown_partners())
        try:
            await self._workspace.fetch_rest()
        except TeleteamError as error:
            self._context.line.report(error)
        else:
            self._due = False
