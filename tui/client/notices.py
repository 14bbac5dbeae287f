"""Things to tell the person that belong to no row: the store is read-only, a command failed.

Invariant: a notice is said once per `key`; saying it again replaces the older one.
"""

from __future__ import annotations

import threading

from tui.client.hub import Hub
from tui.core.changes import ChangeKind
from tui.core.ids import Millis
from tui.core.ports import Clock
from tui.core.values import dataclass

MOST = 50


@dataclass(frozen=True, slots=True)
class Notice:
    """`kind`: info, warning or error. `lasting` ones stay until dismissed or resolved."""

    key: str
    kind: str
    text: str
    at: Millis = 0
    lasting: bool = False


class Notices:
    """What is to be said, oldest first."""

    def __init__(self, hub: Hub, clock: Clock) -> None:
        self._hub = hub
        self._clock = clock
        self._lock = threading.Lock()
        self._held: dict[str, Notice] = {}

    def all(self) -> tuple[Notice, ...]:
        with self._lock:
            return tuple(self._held.values())

    def say(self, text: str, *, kind: str = "info", key: str = "", lasting: bool = False) -> None:
        now = self._clock.now()
        notice = Notice(key or self._clock.new_id(), kind, text, now, lasting)
        with self._lock:
            self._held.pop(notice.key, None)
            self._held[notice.key] = notice
            while len(self._held) > MOST:
                self._held.pop(next(iter(self._held)))
        self._hub.say(ChangeKind.NOTICE, notice.key)

    def dismiss(self, key: str) -> None:
        with self._lock:
            gone = self._held.pop(key, None)
        if gone is not None:
            self._hub.say(ChangeKind.NOTICE, key)
