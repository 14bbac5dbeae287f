"""Whose presence is on the screen: the people of the sidebar and those whom a panel names.

Invariant: the engine is told only when the set changes; it polls the presence of these and nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable

from tui.client.base import Base
from tui.core.ids import UserId

MOST = 200


class Watching:
    def __init__(self, base: Base) -> None:
        self._base = base
        self._sets: dict[str, frozenset[UserId]] = {}
        self._told: frozenset[UserId] = frozenset()

    def show(self, place: str, user_ids: Iterable[UserId]) -> None:
        """These people are what `place` (sidebar, timeline, panel) shows now; earlier ones of it are not."""
        self._sets[place] = frozenset(user_ids) - {""}
        wanted = frozenset(sorted(frozenset().union(*self._sets.values()))[:MOST])
        if wanted != self._told:
            self._told = wanted
            self._base.lane.tell(lambda engine: engine.set_visible_users(wanted))
