"""The picture for the next start: what a terminal shows after it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.last_screen import is_harmless
from tui.ui.picture import grid_of
from tui.ui.thin_grid import Cell, Grid
from tui.ui.thin_paint import Painter
from tui.ui.thin_pen import Pen, blank

WIDTH, HEIGHT = 24, 4
PENS = st.sampled_from([Pen(), Pen(1, "31"), Pen(0, "", "48;2;1;2;3"), Pen(0, "32", "44")])
LINES = st.text(st.sampled_from("ab     é─"), max_size=WIDTH)


@given(st.lists(st.tuples(LINES, PENS), min_size=HEIGHT, max_size=HEIGHT), st.booleans())
def test_what_a_terminal_shows_is_known_exactly(rows: list[tuple[str, Pen]], erases: bool) -> None:
    grid = Grid(WIDTH, HEIGHT)
    for y, (text, pen) in enumerate(rows):
        grid.rows[y] = [Cell(c, blank(pen) if c == " " else pen) for c in text.ljust(WIDTH)]
    grid.dirty.update(range(HEIGHT))
    frame = Painter(erases_with_colour=erases, can_erase=erases).paint(grid, cursor=False)
    assert is_harmless(frame)
    assert grid_of(frame, WIDTH, HEIGHT).rows == grid.rows
