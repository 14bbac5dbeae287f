"""The sidebar categories of each team, as the server orders them.

Invariant: the categories of a team are replaced as a whole.
"""

from __future__ import annotations

from tui.core.changes import ChangeKind
from tui.core.ids import TeamId
from tui.core.models import Categories, Category
from tui.store import codec
from tui.store.access import Reader, Work


class CategoryReader(Reader):
    def of(self, team_id: TeamId) -> Categories:
        rows = self._rows("SELECT body FROM categories WHERE team_id = ? ORDER BY position", team_id)
        return Categories(team_id, tuple(codec.decode(Category, body) for (body,) in rows))


class CategoryWriter(CategoryReader):
    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._work = work

    def replace(self, categories: Categories) -> None:
        if categories == self.of(categories.team_id):
            return
        self._work.run("DELETE FROM categories WHERE team_id = ?", categories.team_id)
        self._work.run_many(
            "INSERT OR REPLACE INTO categories VALUES (?, ?, ?, ?)",
            [
                (categories.team_id, position, category.id, codec.encode(category))
                for position, category in enumerate(categories.categories)
            ],
        )
        self._work.changed(ChangeKind.CATEGORIES, [categories.team_id])
