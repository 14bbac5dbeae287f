"""My preferences on the server.

Invariant: one value a (category, name); one that was never set has no row.
"""

from __future__ import annotations

from collections.abc import Iterable

from tui.core.changes import ChangeKind
from tui.core.models import Preference
from tui.store.access import Reader, Work


class PreferenceReader(Reader):
    def all(self) -> tuple[Preference, ...]:
        rows = self._rows("SELECT category, name, value FROM preferences ORDER BY category, name")
        return tuple(Preference(*row) for row in rows)

    def get(self, category: str, name: str) -> str | None:
        """The value; None where it was never set."""
        row = self._row("SELECT value FROM preferences WHERE category = ? AND name = ?", category, name)
        return str(row[0]) if row else None


class PreferenceWriter(PreferenceReader):
    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._work = work

    def replace(self, preferences: Iterable[Preference]) -> None:
        """These are all my preferences now."""
        wanted = {(p.category, p.name): p for p in preferences}
        old = {(p.category, p.name): p for p in self.all()}
        self.delete(p for key, p in old.items() if key not in wanted)
        self.put(p for key, p in wanted.items() if old.get(key) != p)

    def put(self, preferences: Iterable[Preference]) -> None:
        rows = [(p.category, p.name, p.value) for p in preferences]
        self._work.run_many("INSERT OR REPLACE INTO preferences VALUES (?, ?, ?)", rows)
        self._tell(row[0] for row in rows)

    def delete(self, preferences: Iterable[Preference]) -> None:
        """Remove by category and name; the values do not matter."""
        rows = [(p.category, p.name) for p in preferences]
        self._work.run_many("DELETE FROM preferences WHERE category = ? AND name = ?", rows)
        self._tell(row[0] for row in rows)

    def _tell(self, categories: Iterable[str]) -> None:
        """The ids of the Change are categories."""
        ids = set(categories)
        if ids:
            self._work.changed(ChangeKind.PREFERENCES, ids)
