"""A page of lines over the main screen, to scroll in: the text of a file, a small picture.

Invariant: the lines are made for the width that is there; whatever they show has been made harmless before.
"""

from __future__ import annotations

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult

from tui.core.jpeg import Picture, Pixel
from tui.core.safe_text import safe
from tui.core.values import dataclass
from tui.settings.i18n import _
from tui.settings.keynames import label
from tui.ui.look import Look
from tui.ui.screens.dialog import Dialog
from tui.ui.widgets.cells import Line, wrap
from tui.ui.widgets.list_keys import ListKeys
from tui.ui.widgets.row_list import TALL, RowList
from tui.ui.widgets.text_lines import Draw

MOST_LINES = 2_000


@dataclass(frozen=True, slots=True)
class LineRow:
    key: str
    line: tuple[Segment, ...]


class LinePainter:
    def key(self, row: LineRow) -> str:
        return row.key

    def selectable(self, row: LineRow) -> bool:  # noqa: ARG002 - the painters' interface
        return False

    def ground(self, row: LineRow, look: Look) -> Style | None:  # noqa: ARG002
        return None

    def paint(self, row: LineRow, width: int, look: Look) -> list[Line]:  # noqa: ARG002
        return [list(row.line)]


class LinesPage(ListKeys, Dialog[None]):
    """`draw` gives the lines for a width."""

    def __init__(self, title: str, draw: Draw) -> None:
        super().__init__(title, ((label("escape"), _("Close")),))
        self._draw = draw
        self.list: RowList[LineRow] = RowList(LinePainter(), ground="panel", grow=TALL, id="full-list")

    def body(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.list.focus()
        self.call_after_refresh(self._show)

    def action_do_confirm(self) -> None:
        self.dismiss(None)

    def _show(self) -> None:
        lines = self._draw(max(20, self.list.size.width - 1), self.list.look)
        self.list.set_rows([LineRow(str(n), tuple(line)) for n, line in enumerate(lines[:MOST_LINES])])


def text_drawing(text: str, *, whole: bool) -> Draw:
    """The beginning of a text file, line by line."""
    lines = safe(text.replace("\r\n", "\n").expandtabs(4), limit=len(text)).split("\n")

    def draw(width: int, look: Look) -> list[Line]:
        drawn = [part for line in lines[:MOST_LINES] for part in wrap([Segment(line, look.text)], width)]
        if not whole:
            more = _("… this is the beginning; save the file to see all of it")
            drawn = [*drawn[: MOST_LINES - 1], [Segment(more, look.muted)]]
        return drawn

    return draw


def picture_drawing(picture: Picture, *, most_lines: int = 18) -> Draw:
    """A picture in half blocks: two of its lines in one of the terminal's."""

    def draw(width: int, look: Look) -> list[Line]:  # noqa: ARG001 - its colours are its own
        scale = min(width / picture.width, 2 * most_lines / picture.height, 1.0)
        across, down = max(1, int(picture.width * scale)), max(2, int(picture.height * scale) // 2 * 2)
        grid = [[_mean(picture, x, y, across, down) for x in range(across)] for y in range(down)]
        return [
            [Segment("▀", _pair(*both)) for both in zip(grid[y], grid[y + 1], strict=True)]
            for y in range(0, down, 2)
        ]

    return draw


def _mean(picture: Picture, x: int, y: int, across: int, down: int) -> Pixel:
    """The mean colour of what one half block stands for, in steps of 8: equal neighbours cost few bytes."""
    columns = range(
        x * picture.width // across, max(x * picture.width // across + 1, (x + 1) * picture.width // across)
    )
    lines = range(
        y * picture.height // down, max(y * picture.height // down + 1, (y + 1) * picture.height // down)
    )
    pixels = [picture.rows[line][column] for line in lines for column in columns]
    red, green, blue = (sum(part) // len(pixels) & 0xF8 for part in zip(*pixels, strict=True))
    return red, green, blue


def _pair(upper: Pixel, lower: Pixel) -> Style:
    return Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower))
