"""Which profile the line has: chosen by wish, place and measurement, changed while working.

Invariant: there is one profile at a time, the same for the engine and for every panel; each change is told as
a Change TRAFFIC.
"""

from __future__ import annotations

from collections.abc import Callable

from tui.client.hub import Changes, Hub
from tui.client.lane import NetLane
from tui.core.changes import Change, ChangeKind
from tui.core.line_profile import Choice, LineProfile, Measured, choose

WISHES = ("auto", "thin", "rich")


class LineUse:
    """`wish` auto, thin or rich; `remote` = behind SSH or X2Go; `trip` is the measured round trip (ms)."""

    def __init__(
        self, hub: Hub, lane: NetLane, trip: Callable[[], float], *, wish: str = "auto", remote: bool = False
    ) -> None:
        self._hub = hub
        self._lane = lane
        self._trip = trip
        self._remote = remote
        self.wish = wish
        self.choice: Choice = choose(wish, remote=remote)

    @property
    def profile(self) -> LineProfile:
        return self.choice.profile

    def use(self, wish: str) -> LineProfile:
        """The person's wish for the rest of this run."""
        self.wish = wish
        self._choose()
        return self.profile

    def toggle(self) -> LineProfile:
        """The other one."""
        return self.use("rich" if self.profile.name == "thin" else "thin")

    def hear(self, changes: Changes) -> None:
        """A line that has come up has been measured by then."""
        if any(change.kind is ChangeKind.CONNECTION for change in changes) and self._lane.state().live:
            self._choose()

    def _choose(self) -> None:
        before = self.profile
        measured = Measured(round_trip_ms=self._trip())
        self.choice = choose(self.wish, remote=self._remote, measured=measured, now=before.name)
        after = self.profile
        if after != before:
            self._lane.tell(lambda engine: engine.set_profile(after))
            self._hub.announce((Change(ChangeKind.TRAFFIC),))
