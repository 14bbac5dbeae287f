"""The state of the line to the server, for all tasks of the engine.

Invariant: there is one ConnectionState; whoever changes it publishes it. Tasks that need the server wait here
and nowhere else, and report here what proves that the session has ended.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tui.core.changes import Change, ChangeKind
from tui.core.connection import ConnectionKind, ConnectionState
from tui.core.errors import SignedOut, TeleteamError
from tui.core.ids import Millis
from tui.core.line_profile import RICH, LineProfile
from tui.core.ports import Clock


class Line:
    """`state` may be read from any thread; everything else belongs to the net lane."""

    def __init__(
        self, clock: Clock, publish: Callable[[tuple[Change, ...]], None], profile: LineProfile = RICH
    ) -> None:
        self._clock = clock
        self._publish = publish
        self._online = asyncio.Event()
        self.ended = asyncio.Event()
        """Set when a request was answered with 401: the connection loop checks and stops."""
        self.on_online: Callable[[], None] = _nothing
        """Called each time the line becomes usable."""
        self.profile = profile
        """How much may cross it."""
        self.state = ConnectionState("connecting", clock.now())

    def set(
        self,
        kind: ConnectionKind,
        trouble: TeleteamError | None = None,
        *,
        next_try_at: Millis = 0,
        attempt: int = 0,
    ) -> None:
        """Enters a state; `trouble` is its cause."""
        before = self.state
        since = before.since if before.kind == kind else self._clock.now()
        cause, detail = (trouble.id or type(trouble).__name__, trouble.detail) if trouble else ("", "")
        self.state = ConnectionState(kind, since, next_try_at, cause, detail, attempt)
        if kind == "online":
            self._online.set()
        else:
            self._online.clear()
        if self.state != before:
            self._publish((Change(ChangeKind.CONNECTION),))
        if kind == "online" and before.kind != "online":
            self.on_online()

    @property
    def online(self) -> bool:
        return self._online.is_set()

    async def wait_online(self) -> None:
        await self._online.wait()

    def report(self, error: TeleteamError) -> None:
        """A request of any task failed. Only the end of the session concerns the others."""
        if isinstance(error, SignedOut):
            self.ended.set()


def _nothing() -> None:
    """Nobody wants to know."""
