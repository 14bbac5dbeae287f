"""Two pyte screens compared the way a person would: what can be seen, not how it was said."""

from __future__ import annotations

import pyte
from wcwidth import wcwidth

Seen = tuple[str, str, str, bool, bool, bool, bool, bool]


class Terminal:
    """A terminal of its own that reads what it is fed."""

    def __init__(self, width: int, height: int) -> None:
        self.screen = pyte.Screen(width, height)
        self.screen.reset_mode(pyte.modes.DECAWM)
        self._stream = pyte.Stream(self.screen)

    def feed(self, data: str) -> None:
        self._stream.feed(data)

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    def blank_halves(self) -> None:
        """What real terminals do and pyte does not: half an overwritten wide character becomes a space."""
        for y in range(self.screen.lines):
            row = self.screen.buffer[y]
            for x in range(self.screen.columns):
                left_alone = wcwidth(row[x].data[:1] or " ") == 2 and row[x + 1].data != ""
                right_alone = row[x].data == "" and wcwidth(row[x - 1].data[:1] or " ") != 2
                if left_alone or right_alone:
                    row[x] = row[x]._replace(data=" ")

    def seen(self) -> list[list[Seen]]:
        """Every cell, with what does not show on a blank left out."""
        rows, columns = range(self.screen.lines), range(self.screen.columns)
        return [[_seen(self.screen.buffer[y][x]) for x in columns] for y in rows]


def _seen(cell: pyte.screens.Char) -> Seen:
    drawn = cell.data.strip() or cell.reverse or cell.underscore or cell.strikethrough
    if not drawn:
        return (" " if cell.data else "", "default", cell.bg, False, False, False, False, False)
    return (
        cell.data,
        cell.fg,
        cell.bg,
        cell.bold,
        cell.italics,
        cell.underscore,
        cell.strikethrough,
        cell.reverse,
    )
