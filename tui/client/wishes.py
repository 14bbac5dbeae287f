"""Preferences the person has set and the server may not know yet.

A wish is applied here at once, kept on the desk, and sent whenever the line is there.

Invariant: a wish is forgotten only when the server has taken or refused it; of two wishes for the same
preference the later one wins.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from concurrent.futures import Future

from tui.client.base import Base
from tui.core.errors import Refused
from tui.core.models import Preference
from tui.core.ports import ServerApi
from tui.core.values import dataclass

WISHES_KEY = "wishes"
DISK_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Wish:
    """Set a preference, or (`gone`) remove it."""

    preference: Preference
    gone: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return self.preference.category, self.preference.name


class Wishes:
    def __init__(self, base: Base) -> None:
        self._base = base
        self._lock = threading.Lock()
        self._busy = False

    def prefer(self, *preferences: Preference) -> None:
        """Sets preferences."""
        self._base.change(lambda tx: tx.preferences.put(preferences))
        self._add([Wish(preference) for preference in preferences])

    def forget(self, *preferences: Preference) -> None:
        """Removes preferences; their values do not matter."""
        self._base.change(lambda tx: tx.preferences.delete(preferences))
        self._add([Wish(preference, gone=True) for preference in preferences])

    def send(self) -> None:
        """Sends what is kept, if the line is there; called again whenever it comes back. Never waits.

        Whoever holds the lock now sends when they are done.
        """
        if not self._lock.acquire(blocking=False):
            return
        try:
            kept = self._kept()
            if self._busy or not kept or not self._base.lane.state().live:
                return
            self._busy = True
        finally:
            self._lock.release()
        asked = self._base.lane.ask(lambda api: self._tell(api, kept))
        asked.add_done_callback(lambda done: self._told(kept, done))

    async def _tell(self, api: ServerApi, wishes: list[Wish]) -> None:
        wanted = [wish.preference for wish in wishes if not wish.gone]
        unwanted = [wish.preference for wish in wishes if wish.gone]
        if wanted:
            await api.put_preferences(self._base.me, wanted)
        if unwanted:
            await api.delete_preferences(self._base.me, unwanted)

    def _told(self, told: list[Wish], done: Future[None]) -> None:
        error = None if done.cancelled() else done.exception()
        settled = not done.cancelled() and (error is None or isinstance(error, Refused))
        with self._lock:
            self._busy = False
            if settled:
                self._keep(wish for wish in self._kept() if wish not in told)
        if settled:
            self.send()

    def _add(self, wishes: list[Wish]) -> None:
        with self._lock:
            held = {wish.key: wish for wish in (*self._kept(), *wishes)}
            self._keep(held.values())
        self.send()

    def _kept(self) -> list[Wish]:
        """What is on the desk; nothing where it cannot be read."""
        try:
            rows = json.loads(self._base.store.kept.get(WISHES_KEY) or "[]")
            return [Wish(Preference(str(c), str(n), str(v)), bool(gone)) for c, n, v, gone in rows]
        except (ValueError, TypeError):
            return []

    def _keep(self, wishes: Iterable[Wish]) -> None:
        rows = [[w.preference.category, w.preference.name, w.preference.value, w.gone] for w in wishes]
        text = json.dumps(rows)
        if not self._base.store.read_only:
            self._base.store.write_desk(lambda desk: desk.kept.set(WISHES_KEY, text)).result(DISK_SECONDS)
