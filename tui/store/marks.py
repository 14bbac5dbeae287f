"""Small notes under a name: ETags, `since` marks, the connection id on the cache; kept values on the desk.

Invariant: a note that was never made reads as "".
"""

from __future__ import annotations

from tui.store.access import Reader, Source, Work


class MarkReader(Reader):
    def __init__(self, source: Source, table: str = "marks") -> None:
        super().__init__(source)
        self._table = table

    def get(self, name: str, default: str = "") -> str:
        row = self._row(f"SELECT value FROM {self._table} WHERE name = ?", name)  # noqa: S608 (own name)
        return str(row[0]) if row else default

    def under(self, prefix: str) -> dict[str, str]:
        """All notes whose name begins with `prefix`."""
        sql = f"SELECT name, value FROM {self._table} WHERE substr(name, 1, ?) = ?"  # noqa: S608 (own name)
        return dict(self._rows(sql, len(prefix), prefix))


class MarkWriter(MarkReader):
    def __init__(self, work: Work, table: str = "marks") -> None:
        super().__init__(work, table)
        self._work = work

    def set(self, name: str, value: str) -> None:
        self._work.run(f"INSERT OR REPLACE INTO {self._table} VALUES (?, ?)", name, value)  # noqa: S608

    def remove(self, name: str) -> None:
        self._work.run(f"DELETE FROM {self._table} WHERE name = ?", name)  # noqa: S608 (own name)

    def remove_under(self, prefix: str) -> None:
        """Forget all notes whose name begins with `prefix`."""
        sql = f"DELETE FROM {self._table} WHERE substr(name, 1, ?) = ?"  # noqa: S608 (own name)
        self._work.run(sql, len(prefix), prefix)
