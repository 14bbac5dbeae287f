"""Writes the difference between what a terminal shows and what it should show, in the fewest bytes.

Invariant: after the returned bytes the terminal shows the grid, whatever widths it gives to clusters:
behind every grapheme whose width terminals dispute the cursor is placed anew. Erasing is used only where it
leaves the right background (on a default background, or on terminals that erase with the current one).
Rows are written from the bottom up: the newest message first, and the next small change (a badge) then
begins on the ground it needs.
"""

from __future__ import annotations

from dataclasses import field

from tui.core.values import dataclass
from tui.ui.thin_grid import Cell, Grid
from tui.ui.thin_pen import PLAIN, VISIBLE_ON_BLANK, Pen, transition

BRIDGE = 4
"""Unchanged cells that are cheaper to write again than to jump over."""
LONG_BLANK = 9
SAVE, RESTORE = "\x1b7", "\x1b8"
"""DECSC and DECRC: place and pen of the cursor, away and back in four bytes."""


@dataclass(slots=True)
class Painter:
    """Knows what the terminal shows.

    `erases_with_colour`: terminfo `bce`; `can_erase`: terminfo `ech`; `can_save`: terminfo `sc` and `rc`.
    """

    erases_with_colour: bool = True
    can_erase: bool = True
    can_save: bool = True
    shown: list[list[Cell | None]] = field(default_factory=list)
    _pen: Pen = PLAIN
    _at: tuple[int, int] | None = None
    _out: list[str] = field(default_factory=list)

    def forget(self, width: int, height: int) -> None:
        """Nothing is known any more of the screen, the cursor or the pen."""
        self.shown = [[None] * width for _ in range(height)]
        self._at = None

    def show(self, grid: Grid) -> None:
        """The terminal shows `grid`, its pen is plain and its cursor anywhere."""
        self.shown = [list(row) for row in grid.rows]
        self._pen, self._at = PLAIN, None

    def fits(self, grid: Grid) -> bool:
        return len(self.shown) == grid.height and (not self.shown or len(self.shown[0]) == grid.width)

    def paint(self, grid: Grid, *, cursor: bool) -> str:
        """Bytes from what is shown to `grid`; `cursor` = the terminal's cursor is visible and must follow."""
        self._out = []
        start, pen = self._at, self._pen
        if not self.fits(grid):
            self.forget(grid.width, grid.height)
            grid.dirty.update(range(grid.height))
            self._out.append("\x1b[m")
            self._pen = PLAIN
        for y in sorted((y for y in grid.dirty if y < grid.height), reverse=True):
            if grid.rows[y] != self.shown[y]:
                self._row(y, grid.rows[y], self.shown[y])
        grid.dirty.clear()
        if cursor:
            self._leave_cursor(grid, start, pen)
        return "".join(self._out)

    def _leave_cursor(self, grid: Grid, start: tuple[int, int] | None, pen: Pen) -> None:
        """Puts the cursor where typing goes; `start`, `pen`: as they were before this frame."""
        x, y = min(grid.cursor[0], grid.width - 1), min(grid.cursor[1], grid.height - 1)
        moved = self._at != (x, y)
        if moved and start == (x, y) and self.can_save and not pen.link:
            self._close_link()
            self._out = [SAVE, *self._out, RESTORE]
            self._at, self._pen = start, pen
        elif moved:
            self._step_or_jump(x, y)
        self._close_link()

    def _close_link(self) -> None:
        if self._pen.link:
            self._draw_with(self._pen._replace(link=""))

    def _step_or_jump(self, x: int, y: int) -> None:
        """Within a row a relative move is shorter than a place."""
        at = self._at
        if at is None or at[1] != y:
            self._jump(x, y)
            return
        steps, way = abs(x - at[0]), "C" if x > at[0] else "D"
        self._out.append(f"\x1b[{steps}{way}" if steps > 1 else f"\x1b[{way}")
        self._at = (x, y)

    def _row(self, y: int, new: list[Cell], old: list[Cell | None]) -> None:
        _distrust(new, old)
        blank_from = self._blank_tail(new, old)
        x = 0
        while x < blank_from:
            if new[x] == old[x]:
                x += 1
                continue
            if new[x].text == "" and x > 0:
                x -= 1
            x = self._cell(x, y, new, old, blank_from)
        if blank_from < len(new):
            self._erase_tail(blank_from, y, new, old)

    def _cell(self, x: int, y: int, new: list[Cell], old: list[Cell | None], end: int) -> int:
        """Writes the cell at x, or the run of blanks that begins there; returns the next column."""
        self._go(x, y, new)
        cell = new[x]
        if cell.text == " ":
            run = _run(new, x, end)
            if run - x > LONG_BLANK and self._may_erase(cell.pen):
                self._draw_with(self._on_background(cell.pen))
                self._out.append(f"\x1b[{run - x}X")
                old[x:run] = new[x:run]
                return run
        self._draw_with(self._needed(cell))
        self._out.append(cell.text)
        width = 2 if x + 1 < len(new) and new[x + 1].text == "" else 1
        old[x : x + width] = new[x : x + width]
        after = x + width
        self._at = None if _disputed(cell.text) or after >= len(new) else (after, y)
        return after

    def _go(self, x: int, y: int, new: list[Cell]) -> None:
        """Moves the cursor to (x, y) the cheapest way."""
        if self._at == (x, y):
            return
        at = self._at
        if at is not None and at[1] == y and at[0] < x:
            gap = new[at[0] : x]
            if len(gap) <= BRIDGE and all(
                self._needed(c) == self._pen and c.text.isascii() and c.text for c in gap
            ):
                self._out.append("".join(cell.text for cell in gap))
            else:
                self._step_or_jump(x, y)
            self._at = (x, y)
            return
        self._jump(x, y)

    def _jump(self, x: int, y: int) -> None:
        if x:
            self._out.append(f"\x1b[{y + 1};{x + 1}H")
        else:
            self._out.append(f"\x1b[{y + 1}H" if y else "\x1b[H")
        self._at = (x, y)

    def _draw_with(self, pen: Pen) -> None:
        if pen != self._pen:
            self._out.append(transition(self._pen, pen))
            self._pen = pen

    def _needed(self, cell: Cell) -> Pen:
        """The pen to write a cell with; a blank takes whatever text colour is set."""
        return self._on_background(cell.pen) if cell.text == " " else cell.pen

    def _on_background(self, pen: Pen) -> Pen:
        if pen.flags or pen.link or self._pen.flags & VISIBLE_ON_BLANK or self._pen.link:
            return pen
        return self._pen._replace(bg=pen.bg)

    def _may_erase(self, pen: Pen) -> bool:
        plain = not (pen.flags or pen.link)
        return plain and self.can_erase and (self.erases_with_colour or not pen.bg)

    def _blank_tail(self, new: list[Cell], old: list[Cell | None]) -> int:
        """Column from which the row is blank to its end and worth erasing, else its length."""
        last, end = new[-1], len(new)
        if (
            last.text != " "
            or last.pen.flags
            or last.pen.link
            or (last.pen.bg and not self.erases_with_colour)
        ):
            return end
        start = end
        while start > 0 and new[start - 1] == last:
            start -= 1
        changed = any(new[x] != old[x] for x in range(start, end))
        return start if changed and end - start > 3 else end

    def _erase_tail(self, x: int, y: int, new: list[Cell], old: list[Cell | None]) -> None:
        self._go(x, y, new)
        self._draw_with(self._on_background(new[-1].pen))
        self._out.append("\x1b[K")
        old[x:] = new[x:]


def _run(row: list[Cell], start: int, end: int) -> int:
    """Column behind the run of cells equal to the one at `start`."""
    x = start
    while x < end and row[x] == row[start]:
        x += 1
    return x


def _disputed(text: str) -> bool:
    """True for graphemes whose width terminals do not agree on: clusters, and what is not plainly narrow."""
    known = text <= "\u02ff" or "\u0370" <= text <= "\u0482" or "\u2500" <= text <= "\u25fc"
    return len(text) > 1 or not known


def _distrust(new: list[Cell], old: list[Cell | None]) -> None:
    """A row that holds or held a cluster is written anew from there on: its rest may stand anywhere."""
    for x, cell in enumerate(new):
        before = old[x]
        if len(cell.text) > 1 or (before is not None and len(before.text) > 1):
            old[x:] = [None] * (len(old) - x)
            return
