"""The picture for the next start: what a terminal shows after it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.ui.stage import Stage, main_of
from tui.core.folders import FoldersLink, FoldersSnapshot
from tui.terminal.last_screen import is_harmless
from tui.ui.picture import frame_of, grid_of
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


async def test_it_holds_the_messages_but_no_states_of_folders(stage: Stage) -> None:
    async with stage.show((120, 36)) as (app, pilot):
        stage.client.folders.publish(FoldersSnapshot(FoldersLink.NOT_RUNNING))
        main = main_of(app)
        main.side.read()
        await pilot.pause()
        assert "Syncthing" in "".join(strip.text for strip in main._compositor.render_strips(app.screen.size))
        frame = frame_of(main, Painter(erases_with_colour=True, can_erase=True))
        shown = ["".join(cell.text for cell in row) for row in grid_of(frame, 120, 36).rows]
        assert any("Development" in row for row in shown)
        assert not any("Syncthing" in row for row in shown)
