"""Which part of a channel's history the timeline shows: the newest posts, or a page further back.

Invariant: a window never holds more than MOST posts; every step back can be taken forth again by the same
edges, so scrolling up and down ends where it began.
"""

from __future__ import annotations

from dataclasses import replace

from tui.core.intervals import Anchor
from tui.core.values import dataclass

FIRST = 60
STEP = 60
MOST = 300
_AFTER = "\uffff"
"""Sorts behind every id."""


@dataclass(frozen=True, slots=True)
class Window:
    """`limit` posts older than `before` (None = the newest). `trail` leads back to the present."""

    limit: int = FIRST
    before: Anchor | None = None
    trail: tuple[Anchor | None, ...] = ()

    @property
    def at_present(self) -> bool:
        return self.before is None

    def older(self, middle: Anchor | None) -> Window:
        """Further back: larger while it may grow, then moved so that it ends at `middle`."""
        if self.limit < MOST:
            return replace(self, limit=min(MOST, self.limit + STEP))
        if middle is None:
            return self
        return Window(MOST, middle, (*self.trail, self.before))

    def newer(self) -> Window:
        """One step towards the present."""
        if not self.trail:
            return Window(MOST) if self.before is not None else self
        return Window(MOST, self.trail[-1], self.trail[:-1])


def ending_with(newest: Anchor, limit: int) -> Window:
    """The window whose newest post is `newest`."""
    return Window(limit, (newest[0], newest[1] + _AFTER))
