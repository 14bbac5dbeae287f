"""The places visited, as a browser keeps them: back, forward, and a new visit that cuts the way forward off.

Invariant: at most MOST places are kept, and never the same one twice in a row.
"""

from __future__ import annotations

from dataclasses import dataclass

from tui.core.ids import ChannelId, PostId

MOST = 100


@dataclass(frozen=True, slots=True)
class Place:
    """A channel, with a thread beside it or without."""

    channel_id: ChannelId
    root_id: PostId = ""


class Places:
    def __init__(self) -> None:
        self._visited: list[Place] = []
        self._at = -1

    def visit(self, place: Place) -> None:
        """Somebody went there; going back or forward itself is no visit."""
        if self.current == place:
            return
        self._visited = [*self._visited[: self._at + 1], place][-MOST:]
        self._at = len(self._visited) - 1

    @property
    def current(self) -> Place | None:
        return self._visited[self._at] if self._visited else None

    def back(self) -> Place | None:
        """The place before this one; None = there is none, nothing changes."""
        return self._go(-1)

    def forward(self) -> Place | None:
        return self._go(1)

    def _go(self, step: int) -> Place | None:
        if not 0 <= self._at + step < len(self._visited):
            return None
        self._at += step
        return self._visited[self._at]
