"""The picture of the main screen that the next start shows at once (`terminal.last_screen`).

Invariant: only the main screen is ever kept, never a dialog or the sign-in; the picture says of itself that
it is being refreshed; links are left out of it, and so are the states of the shared folders: an old
"up to date" is worse than none, and they would be drawn twice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.geometry import Region

from tui.settings.i18n import _
from tui.ui.thin_grid import Cell, Grid
from tui.ui.thin_paint import Painter
from tui.ui.thin_pen import blank

if TYPE_CHECKING:
    from tui.ui.screens.main import MainScreen

_ERASED = re.compile(r"\x1b\[(?:(?P<run>\d+)X|(?P<tail>K))")


def frame_of(screen: MainScreen, painter: Painter) -> str:
    """The screen as it would be drawn now, as bytes for a cleared terminal; `painter` knows its abilities."""
    width, height = screen.size
    grid = Grid(width, height)
    update = screen._compositor.render_update(
        full=True
    )  # no public way leads to the frame without drawing it
    grid.feed(update.render_segments(screen.app.console))  # type: ignore[union-attr]
    _say_starting(grid, screen.status.region)
    if screen.side.display and screen.side.current == "folders":
        _leave_out(grid, screen.side.tab_widget("folders").region)
    for row in grid.rows:
        row[:] = [Cell(cell.text, cell.pen._replace(link="")) for cell in row]
    grid.dirty.update(range(height))
    return painter.paint(grid, cursor=False) + "\x1b[m"


def _say_starting(grid: Grid, status: Region) -> None:
    """In place of the state of the line, which is not known yet."""
    if not 0 <= status.y < grid.height:
        return
    row = grid.rows[status.y]
    pen = blank(row[0].pen)
    words = _("○ starting … (this is how you left it)")
    row[:] = [Cell(character, pen) for character in f" {words} ".ljust(grid.width)[: grid.width]]


def _leave_out(grid: Grid, region: Region) -> None:
    for row in grid.rows[max(0, region.y) : region.bottom]:
        for x in range(max(0, region.x), min(region.right, grid.width)):
            row[x] = Cell(" ", blank(row[x].pen))


def grid_of(frame: str, width: int, height: int) -> Grid:
    """What a cleared terminal shows after `frame`."""
    grid = Grid(width, height)
    grid.feed(_ERASED.sub(lambda erased: " " * int(erased["run"] or width), frame))
    return grid
