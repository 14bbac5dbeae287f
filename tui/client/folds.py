"""Folded categories: kept here at once, told to the server when it can be reached.

Invariant: a fold is forgotten only when the server has taken or refused it; until then it covers whatever
the server says.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import replace

from tui.client.base import Base
from tui.core.categories import body_of
from tui.core.changes import ChangeKind
from tui.core.errors import Refused
from tui.core.ids import CategoryId, TeamId
from tui.core.models import Categories, Category
from tui.core.ports import ServerApi
from tui.core.values import dataclass

KEY = "folds"
"""Where the desk keeps them."""


@dataclass(frozen=True, slots=True)
class Fold:
    team_id: TeamId
    collapsed: bool
    offline: bool = False
    """Made without a line: the category may have changed on the server since."""


class Folds:
    def __init__(self, base: Base) -> None:
        self._base = base
        self._lock = threading.Lock()
        self._held: dict[CategoryId, Fold] | None = None
        self._busy = False

    def on(self, rows: tuple[Category, ...]) -> tuple[Category, ...]:
        """Categories as the person has folded them."""
        held = self._all()
        if not held:
            return rows
        return tuple(replace(r, collapsed=held[r.id].collapsed) if r.id in held else r for r in rows)

    def set(self, team_id: TeamId, category_id: CategoryId, collapsed: bool) -> None:
        """Folds or unfolds."""
        live = self._base.lane.state().live
        with self._lock:
            self._keep({**self._load(), category_id: Fold(team_id, collapsed, not live)})
        self._base.hub.say(ChangeKind.CATEGORIES, team_id)
        self.send()

    def send(self) -> None:
        """Tells the server what it does not know yet, if the line is there; never waits."""
        with self._lock:
            waiting = dict(self._load())
            if self._busy or not waiting or not self._base.lane.state().live:
                return
            self._busy = True
        asked = self._base.lane.ask(lambda api: self._tell(api, waiting))
        asked.add_done_callback(lambda done: self._told(waiting, done))

    async def _tell(self, api: ServerApi, waiting: Mapping[CategoryId, Fold]) -> None:
        for team_id in sorted({fold.team_id for fold in waiting.values()}):
            mine = {key: fold for key, fold in waiting.items() if fold.team_id == team_id}
            rows = await self._rows(api, team_id, old=any(fold.offline for fold in mine.values()))
            folded = {r.id: replace(r, collapsed=mine[r.id].collapsed) for r in rows if r.id in mine}
            for row in folded.values():
                await api.put_category(body_of(row, self._base.me), team_id)
            whole = Categories(team_id, tuple(folded.get(row.id, row) for row in rows))
            await self._base.changed(lambda tx, whole=whole: tx.categories.replace(whole))  # type: ignore[misc]

    async def _rows(self, api: ServerApi, team_id: TeamId, *, old: bool) -> tuple[Category, ...]:
        """What is stored is in step with the server while the line is there."""
        found = await api.fetch_categories(team_id) if old else self._base.store.categories.of(team_id)
        return found.categories

    def _told(self, waiting: Mapping[CategoryId, Fold], done: Future[None]) -> None:
        error = None if done.cancelled() else done.exception()
        settled = not done.cancelled() and (error is None or isinstance(error, Refused))
        with self._lock:
            self._busy = False
            held = self._load()
            if settled:
                self._keep({key: fold for key, fold in held.items() if waiting.get(key) != fold})
            again = settled and bool(self._load())
        if again:
            self.send()

    def _all(self) -> Mapping[CategoryId, Fold]:
        with self._lock:
            return self._load()

    def _load(self) -> Mapping[CategoryId, Fold]:
        if self._held is None:
            self._held = _read(self._base.store.kept.get(KEY) or "{}")
        return self._held

    def _keep(self, folds: Mapping[CategoryId, Fold]) -> None:
        self._held = dict(folds)
        text = json.dumps({key: [fold.team_id, fold.collapsed] for key, fold in folds.items()})
        self._base.note(lambda desk: desk.kept.set(KEY, text))


def _read(text: str) -> dict[CategoryId, Fold]:
    """What an earlier run has left counts as made without a line."""
    try:
        rows = json.loads(text)
        return {str(key): Fold(str(team), bool(collapsed), True) for key, (team, collapsed) in rows.items()}
    except (ValueError, TypeError, AttributeError):
        return {}
