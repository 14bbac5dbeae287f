"""Where the rows of a list stand: which lines belong to which row.

Invariant: what was not measured has no place; every question about a line or an index outside the rows has an
answer, and none raises.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

R = TypeVar("R")
ABOVE_AND_BELOW = 6
"""Lines of a dialog that has nothing but a list: frame, title, keys."""


def dialog_room(window: int) -> int:
    """Lines between title and keys of a dialog as high as it may be; `window`: lines of the screen."""
    return window * 9 // 10 - ABOVE_AND_BELOW


class RowPlaces(Generic[R]):
    """`rows` with their keys, one above the other."""

    def __init__(
        self, rows: Sequence[R] = (), keys: Sequence[str] = (), selectable: Sequence[bool] = ()
    ) -> None:
        self.rows = rows
        self._keys = keys
        self._selectable = selectable
        self._indices = {key: index for index, key in enumerate(keys)}
        self._tops: list[int] = [0]

    def measure(self, heights: Iterable[int]) -> None:
        """Puts the rows below one another; as many have a place as have a height, in lines."""
        self._tops = [0]
        for height in heights:
            self._tops.append(self._tops[-1] + height)

    def same_places(self, other: RowPlaces[R]) -> bool:
        """Whether the same rows stand on the same lines, whatever is written in them."""
        return self._tops == other._tops and self._keys == other._keys

    @property
    def height(self) -> int:
        """Lines of all measured rows together."""
        return self._tops[-1]

    def key(self, index: int) -> str:
        return self._keys[index] if 0 <= index < len(self._keys) else ""

    def index(self, key: str) -> int:
        """-1 for a key that no row has."""
        return self._indices.get(key, -1)

    def span(self, index: int) -> tuple[int, int] | None:
        """The row's first line and the one below its last."""
        return (self._tops[index], self._tops[index + 1]) if 0 <= index < len(self._tops) - 1 else None

    def at(self, line: int) -> tuple[int, int] | None:
        """The row on `line` and the line's number within the row."""
        if not 0 <= line < self.height:
            return None
        index = bisect_right(self._tops, line) - 1
        return index, line - self._tops[index]

    def in_sight(self, view: int, height: int) -> tuple[int, int]:
        """Indices of the first and the last row that `height` lines from `view` on show."""
        last = max(0, len(self.rows) - 1)
        lower = view + max(0, height - 1)
        return min(last, self._below(view)), min(last, self._below(lower))

    def _below(self, line: int) -> int:
        return max(0, bisect_right(self._tops, line) - 1)

    def anchor(self, view: int, height: int) -> list[tuple[str, int]]:
        """Keys of the rows in sight with the lines between them and the upper edge, for `line_of`.

        Titles last: they may go elsewhere (the line of a day moves up when older messages of it come).
        """
        first, last = self.in_sight(view, height)
        measured = range(first, min(last + 1, len(self._keys), len(self._tops)))
        ordered = sorted(measured, key=lambda index: not self._selectable[index])
        return [(self._keys[index], view - self._tops[index]) for index in ordered]

    def line_of(self, held: Iterable[tuple[str, int]]) -> int | None:
        """Where the upper edge has to be so that the first of `held` that is still there stays in place."""
        for key, offset in held:
            index = self.index(key)
            if 0 <= index < len(self._tops):
                return self._tops[index] + offset
        return None

    def next_selectable(self, start: int, step: int) -> int | None:
        """The first selectable row from `start` on, downwards (1) or upwards (-1)."""
        index = start
        while 0 <= index < len(self.rows):
            if self._selectable[index]:
                return index
            index += step
        return None

    def last_selectable(self) -> int:
        """-1 where there is none."""
        index = self.next_selectable(len(self.rows) - 1, -1)
        return -1 if index is None else index
