"""From the client's Changes, on whatever thread, to at most twenty readings a second on the UI's loop.

While messages rush in faster than anybody reads, the readings are spaced so far apart that nearly all of the
loop's time is left for keys; what the person did (a text sent, a draft) is shown as soon as ever.

Invariant: nothing is lost by merging: what is taken says of every kind whether it may have changed, and a
change that comes while the screen reads is read in the next round.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterable
from contextvars import copy_context
from dataclasses import field

from tui.core.changes import Change, ChangeKind
from tui.core.ids import ChannelId
from tui.core.values import dataclass

PAUSE = 0.05
"""Seconds between two readings."""
RUSH = 15
"""More changed posts than this in one reading are a rush."""
RUSH_PAUSE, LONGEST_PAUSE = 1.5, 3.0
RUSH_SHARE = 75
"""In a rush the pause is so many times as long as the reading took, within these bounds."""
_OWN = frozenset({ChangeKind.OUTBOX, ChangeKind.DIALOG, ChangeKind.NOTICE, ChangeKind.CONNECTION})
"""Kinds that do not wait for the end of a long pause."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Merged Changes. `channels` are those with changed posts; `all_posts` = some change named no channel."""

    kinds: frozenset[ChangeKind] = frozenset()
    channels: frozenset[ChannelId] = frozenset()
    all_posts: bool = False
    ids: dict[ChangeKind, frozenset[str]] = field(default_factory=dict)
    """For each kind the ids that were named; a kind of which some change named none is missing here."""

    def has(self, *kinds: ChangeKind) -> bool:
        return not self.kinds.isdisjoint(kinds)

    def posts_of(self, channel_id: ChannelId) -> bool:
        """Whether that channel's posts may have changed."""
        return self.all_posts or channel_id in self.channels

    @property
    def rush(self) -> bool:
        """More messages than a person could read in the meantime."""
        return len(self.ids.get(ChangeKind.POSTS, ())) > RUSH


def merge(changes: Iterable[Change]) -> Changed:
    """One notice out of many."""
    ids: dict[ChangeKind, set[str]] = {}
    vague: set[ChangeKind] = set()
    channels: set[ChannelId] = set()
    all_posts = False
    for change in changes:
        ids.setdefault(change.kind, set()).update(change.ids)
        if not change.ids:
            vague.add(change.kind)
        if change.kind in (ChangeKind.POSTS, ChangeKind.OUTBOX):
            channels.add(change.channel_id)
            all_posts = all_posts or not change.channel_id
    named = {kind: frozenset(found) for kind, found in ids.items() if kind not in vague}
    return Changed(frozenset(ids), frozenset(channels), all_posts, named)


class Bridge:
    """`deliver` is called on the loop that `open` was called on."""

    def __init__(
        self, deliver: Callable[[Changed], None], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._deliver = deliver
        self._clock = clock
        self._lock = threading.Lock()
        self._waiting: dict[Change, None] = {}
        self._armed = False
        self._last = 0.0
        self._pause = PAUSE
        self._timer: asyncio.TimerHandle | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._context = copy_context()
        """Textual finds its app in it; the threads that tell of changes have none."""

    def open(self) -> None:
        """Begins to deliver, also what came before."""
        self._loop = asyncio.get_running_loop()
        self._context = copy_context()
        with self._lock:
            due = bool(self._waiting)
            self._armed = due
        if due:
            self._arm(self._pause)

    def close(self) -> None:
        self._loop = None

    def hear(self, changes: tuple[Change, ...]) -> None:
        """The client's subscriber: notes and wakes the loop once. Any thread."""
        loop, own = self._loop, any(change.kind in _OWN for change in changes)
        with self._lock:
            self._waiting.update(dict.fromkeys(changes))
            pause = PAUSE if own else self._pause
            if loop is None or (self._armed and pause >= self._pause):
                return
            self._armed = True
        try:
            loop.call_soon_threadsafe(self._arm, pause, context=self._context)
        except RuntimeError:
            self._loop = None

    def _arm(self, pause: float) -> None:
        loop = self._loop
        if self._timer is not None:
            self._timer.cancel()
        if loop is not None:
            due = max(0.0, self._last + pause - self._clock())
            self._timer = loop.call_later(due, self._flush, context=self._context)

    def _flush(self) -> None:
        with self._lock:
            waiting, self._waiting = self._waiting, {}
            self._armed = False
        begun = self._last = self._clock()
        if self._loop is not None and waiting:
            changed = merge(waiting)
            self._deliver(changed)
            taken = self._clock() - begun
            self._pause = min(LONGEST_PAUSE, max(RUSH_PAUSE, taken * RUSH_SHARE)) if changed.rush else PAUSE
