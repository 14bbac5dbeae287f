"""A few lines of styled text: titles, banners, hints. Not focusable.

Invariant: what is shown is a function of the width and the Look, so a resize or a new theme draws it anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.ui.look import Look
from tui.ui.widgets.cells import Line, strip_of, wrap
from tui.ui.widgets.drawn import Drawn

Draw: TypeAlias = Callable[[int, Look], Sequence[Line]]
"""Width in cells and Look to lines."""


def plain(text: str, role: str = "text") -> Draw:
    """Wrapped text in one style."""

    def draw(width: int, look: Look) -> list[Line]:
        style: Style = getattr(look, role)
        return [line for part in text.split("\n") for line in wrap([Segment(part, style)], width)]

    return draw


class TextLines(Drawn):
    """Shows what `draw` gives; as high as its lines, up to `most`."""

    DEFAULT_CSS = "TextLines { height: auto; }"

    def __init__(
        self,
        draw: Draw | None = None,
        *,
        ground: str = "base",
        most: int = 0,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self._draw: Draw = draw or (lambda _width, _look: [])
        self._ground = ground
        self._most = most
        self._lines: list[Strip] = []
        self._height = -1

    def show(self, draw: Draw) -> None:
        """Shows something else."""
        self._draw = draw
        self.restyle()

    def restyle(self) -> None:
        """Draws anew; what looks as before is not painted again."""
        before = self._lines
        self.forget_drawing()
        if self._lines != before:
            self.refresh()

    def forget_drawing(self) -> None:
        width = self.size.width
        if width <= 0:
            return
        base: Style = getattr(self.look, self._ground)
        lines = list(self._draw(width, self.look))
        self._lines = [strip_of(line, width, base) for line in lines[: self._most or None]]
        if self._height != len(self._lines):
            self._height = len(self._lines)
            self.styles.height = self._height

    def on_resize(self) -> None:
        """Also paints: a frame with the old lines may have gone out before this arrived."""
        self.restyle()

    def render_line(self, y: int) -> Strip:
        if y < len(self._lines):
            return self._lines[y]
        base: Style = getattr(self.look, self._ground)
        return Strip.blank(self.size.width, base)
