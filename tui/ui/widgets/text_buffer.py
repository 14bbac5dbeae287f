"""The text that is being written: characters, a cursor and what can be undone.

Invariant: the cursor stands between graphemes, never inside one. Nothing here knows the screen; the editor
draws it and turns keys into these calls.
"""

from __future__ import annotations

import re

from rich.cells import split_graphemes

from tui.core.values import dataclass

_WORD_BACK = re.compile(r"\S+\s*$")
_WORD_AHEAD = re.compile(r"\s*\S+")
UNDO_DEPTH = 200
RING = 20
"""Kills that can be yanked."""


@dataclass(frozen=True, slots=True)
class _Version:
    text: str
    cursor: int


class TextBuffer:
    """A text with a cursor (index in characters) and undo."""

    def __init__(self, text: str = "") -> None:
        self._text = text
        self._cursor = len(text)
        self._undo: list[_Version] = []
        self._redo: list[_Version] = []
        self._typing = False
        self.ring: list[str] = []
        """What kills removed, the newest last."""
        self._yanked: tuple[int, int] | None = None
        """Place in the text and in the ring of what was just yanked."""
        self._killing = False
        """The last step was a kill: the next one joins it."""

    @property
    def text(self) -> str:
        return self._text

    @property
    def cursor(self) -> int:
        return self._cursor

    def load(self, text: str, cursor: int | None = None) -> None:
        """Starts anew with `text`; nothing before it can be undone."""
        self._text = text
        self._cursor = len(text) if cursor is None else max(0, min(cursor, len(text)))
        self._undo.clear()
        self._redo.clear()
        self._typing = False

    # changes
    def insert(self, piece: str) -> None:
        """Puts `piece` at the cursor. Runs of typed characters are undone together, word by word."""
        typed = len(piece) == 1 and not piece.isspace()
        if not (typed and self._typing):
            self._remember()
        self._typing = typed
        self._put(self._cursor, self._cursor, piece)

    def replace(self, start: int, end: int, piece: str) -> None:
        """Puts `piece` in place of the characters from `start` to `end`."""
        self._remember()
        self._put(start, end, piece)

    def delete_left(self) -> None:
        self._delete(self._previous(), self._cursor)

    def delete_right(self) -> None:
        self._delete(self._cursor, self._next())

    def kill_word_left(self) -> None:
        self._kill(self.word_left_index(), self._cursor)

    def kill_word_right(self) -> None:
        self._kill(self._cursor, self.word_right_index())

    def kill_line_end(self) -> None:
        """Up to the end of the line, or the line break where the cursor stands on it."""
        end = self.line_end_index()
        self._kill(self._cursor, end if end > self._cursor else self._next())

    def kill_line_start(self) -> None:
        self._kill(self.line_start_index(), self._cursor)

    @property
    def killed(self) -> str:
        """What the last kills removed, for yank."""
        return self.ring[-1] if self.ring else ""

    def yank(self) -> None:
        if self.ring:
            start = self._cursor
            self._remember()
            self._put(start, start, self.killed)
            self._yanked = (start, len(self.ring) - 1)

    def yank_earlier(self) -> None:
        """In place of what was just yanked, what was killed before it; round and round."""
        if self._yanked is None:
            return
        start, number = self._yanked
        earlier = (number - 1) % len(self.ring)
        self._remember()
        self._put(start, start + len(self.ring[number]), self.ring[earlier])
        self._yanked = (start, earlier)

    def undo(self) -> bool:
        return self._travel(self._undo, self._redo)

    def redo(self) -> bool:
        return self._travel(self._redo, self._undo)

    # moves
    def move(self, index: int) -> None:
        self._cursor = max(0, min(index, len(self._text)))
        self._typing = self._killing = False
        self._yanked = None

    def left(self) -> None:
        self.move(self._previous())

    def right(self) -> None:
        self.move(self._next())

    def word_left_index(self) -> int:
        match = _WORD_BACK.search(self._text[: self._cursor])
        return match.start() if match else 0

    def word_right_index(self) -> int:
        match = _WORD_AHEAD.match(self._text, self._cursor)
        return match.end() if match else len(self._text)

    def line_start_index(self) -> int:
        return self._text.rfind("\n", 0, self._cursor) + 1

    def line_end_index(self) -> int:
        end = self._text.find("\n", self._cursor)
        return len(self._text) if end < 0 else end

    # inside
    def _previous(self) -> int:
        if self._text[self._cursor - 1 : self._cursor] == "\n":
            return self._cursor - 1
        return max((s for s, _ in self._graphemes() if s < self._cursor), default=0)

    def _next(self) -> int:
        if self._text[self._cursor : self._cursor + 1] == "\n":
            return self._cursor + 1
        return min((e for _, e in self._graphemes() if e > self._cursor), default=len(self._text))

    def _graphemes(self) -> list[tuple[int, int]]:
        """(start, end) of the graphemes of the cursor's line. A line break is none: it has no width."""
        start, end = self.line_start_index(), self.line_end_index()
        return [(start + s, start + e) for s, e, _ in split_graphemes(self._text[start:end])[0]]

    def _delete(self, start: int, end: int) -> None:
        if start < end:
            self._remember()
            self._put(start, end, "")

    def _kill(self, start: int, end: int) -> None:
        if start >= end:
            return
        joins, piece, before = self._killing, self._text[start:end], end == self._cursor
        self._delete(start, end)
        if joins and self.ring:
            self.ring[-1] = piece + self.ring[-1] if before else self.ring[-1] + piece
        else:
            self.ring.append(piece)
            del self.ring[:-RING]
        self._killing = True

    def _put(self, start: int, end: int, piece: str) -> None:
        self._text = self._text[:start] + piece + self._text[end:]
        self._cursor = start + len(piece)
        self._redo.clear()

    def _remember(self) -> None:
        self._yanked, self._killing = None, False
        self._undo.append(_Version(self._text, self._cursor))
        del self._undo[:-UNDO_DEPTH]
        self._typing = False

    def _travel(self, back: list[_Version], forth: list[_Version]) -> bool:
        if not back:
            return False
        forth.append(_Version(self._text, self._cursor))
        version = back.pop()
        self._text, self._cursor = version.text, version.cursor
        self._typing = False
        return True
