"""A link as a QR code, black on white whatever the theme, for a phone to read.

Invariant: what is after ? or # in the address never gets into the code. Where the window is large enough a
module is two blanks on its colour: half blocks have gaps in some fonts (xterm in X2Go), which scanners mind.
"""

from __future__ import annotations

from typing import TypeAlias

from rich.segment import Segment
from rich.style import Style

from tui.core.links import Link
from tui.settings.i18n import _
from tui.settings.keynames import label
from tui.terminal import qr
from tui.ui.look import Look
from tui.ui.screens.bare import Bare
from tui.ui.widgets.cells import Line, fit, wrap

Code: TypeAlias = tuple[tuple[bool, ...], ...]
BLACK, WHITE = "#000000", "#ffffff"
"""Not the theme's: many terminals draw their own black and white as two greys."""


class QrScreen(Bare):
    def __init__(self, link: Link) -> None:
        super().__init__()
        self._link = link
        self._code = qr.modules(qr.public_part(link))

    def draw(self, width: int, look: Look) -> list[Line]:
        """The code, and below it what it says, as far as there is room; or how large the window must be."""
        columns, lines = max(map(len, self._code), default=0), len(self._code) // 2
        height = self.app.size.height
        if not 0 < lines <= height or columns > width:
            words = _("The window is too small for the code: it needs {columns}×{lines}.")
            return wrap([Segment(words.format(columns=columns, lines=lines), look.warning)], width)
        roomy = 2 * columns <= width and 2 * lines <= height
        drawn = _wide(self._code) if roomy else _halves(self._code)
        said = f"{label('escape')} {_('Close')}  {qr.public_part(self._link)}"
        return [*drawn, *([[Segment(fit(said, width), look.muted)]] if height > len(drawn) else [])]


def _wide(code: Code) -> list[Line]:
    """One line a row, two cells a module."""
    return [[Segment("  ", _ink(dark, dark)) for dark in row] for row in code]


def _halves(code: Code) -> list[Line]:
    """Two rows a line; a half block only where they differ, the lower one: in xterm's fonts the upper one
    leaves a hair at the top of its cell, at which readers fail.
    """
    return [
        [Segment(" " if top == low else "▄", _ink(low, top)) for top, low in zip(upper, lower, strict=True)]
        for upper, lower in zip(code[::2], code[1::2], strict=True)
    ]


def _ink(glyph: bool, ground: bool) -> Style:
    return Style(color=BLACK if glyph else WHITE, bgcolor=BLACK if ground else WHITE)
