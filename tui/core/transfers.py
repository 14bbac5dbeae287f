"""A file on its way, and how fast it goes.

Invariant: a rate is measured over the last seconds alone: what was done before a break does not count.
"""

from __future__ import annotations

from tui.core.values import dataclass

WINDOW = 10.0
"""Seconds over which a rate is measured."""
RUNNING, WAITING, PAUSED, FAILED, DONE = "running", "waiting", "paused", "failed", "done"


@dataclass(frozen=True, slots=True)
class Transfer:
    """`kind`: up or down; `id` the outbox item's or the file's. `rate` in bytes a second, 0 = not known."""

    id: str
    kind: str
    name: str
    state: str
    done: int = 0
    size: int = 0
    rate: float = 0.0
    place: str = ""
    """Where a download lies or will lie; the local path of an upload."""
    reason: str = ""
    """Error id of why it failed."""

    @property
    def is_over(self) -> bool:
        return self.state in (FAILED, DONE)

    @property
    def percent(self) -> int:
        return min(100, self.done * 100 // self.size) if self.size else 0

    @property
    def seconds_left(self) -> int:
        """0 = not known."""
        return round((self.size - self.done) / self.rate) if self.rate and self.size else 0


class Rate:
    """Told how far something is, it says how fast."""

    def __init__(self) -> None:
        self._seen: list[tuple[float, int]] = []

    def tell(self, now: float, done: int) -> None:
        """`now` in seconds, `done` in bytes. Once a second is enough."""
        if self._seen and done < self._seen[-1][1]:
            self._seen.clear()
        self._seen.append((now, done))
        while len(self._seen) > 2 and now - self._seen[0][0] > WINDOW:
            del self._seen[0]

    @property
    def value(self) -> float:
        """Bytes a second; 0.0 = not known yet."""
        if len(self._seen) < 2:
            return 0.0
        (begun, first), (ended, last) = self._seen[0], self._seen[-1]
        return (last - first) / (ended - begun) if ended > begun else 0.0
