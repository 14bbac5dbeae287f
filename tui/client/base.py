"""What every noun of the client works with, and what is on the screen right now.

Invariant: only the UI's thread changes `View`; everything else here may be used from any thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import field

from tui.client.hub import Hub
from tui.client.lane import NetLane
from tui.client.lookups import Lookups
from tui.client.notices import Notices
from tui.client.wording.errors import sentence
from tui.core.errors import StoreTrouble
from tui.core.ids import ChannelId, Millis, PostId, TeamId, UserId
from tui.core.ports import Clock
from tui.core.values import dataclass
from tui.settings.accounts import Account
from tui.settings.config import Config
from tui.store import DeskTx, Store, Tx


@dataclass(slots=True)
class View:
    """Where the person is."""

    team_id: TeamId = ""
    channel_id: ChannelId = ""
    root_id: PostId = ""
    """The thread that is open beside the channel."""
    exploring: bool = False
    """What is looked at does not count as read."""
    entered: dict[ChannelId, Millis] = field(default_factory=dict)
    """For each visited channel when it had last been viewed *before* this visit: the new-messages line."""


@dataclass(frozen=True, slots=True)
class Base:
    account: Account
    config: Config
    store: Store
    hub: Hub
    lane: NetLane
    lookups: Lookups
    clock: Clock
    notices: Notices
    view: View

    @property
    def me(self) -> UserId:
        return self.account.user_id

    def note(self, work: Callable[[DeskTx], object]) -> None:
        """Writes to the desk without waiting; nothing where we may only read. A failure becomes a notice."""
        if not self.store.read_only:
            self.store.write_desk(work).add_done_callback(self._told_if_failed)

    def change(self, work: Callable[[Tx], object]) -> None:
        """As `note`, in the cache."""
        self._change(work)

    async def changed(self, work: Callable[[Tx], object]) -> None:
        """As `change`, and comes back when it can be read."""
        written = self._change(work)
        if written is not None:
            await asyncio.wait([asyncio.wrap_future(written)])

    def _change(self, work: Callable[[Tx], object]) -> Future[object] | None:
        if self.store.read_only:
            return None
        written = self.store.write(work)
        written.add_done_callback(self._told_if_failed)
        return written

    def _told_if_failed(self, done: Future[object]) -> None:
        error = None if done.cancelled() else done.exception()
        if isinstance(error, StoreTrouble):
            self.notices.say(sentence(error), kind="error", key=error.id)
