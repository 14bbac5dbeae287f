"""A link as a QR code, black on white whatever the theme, for a phone to read.

Invariant: what is after ? or # in the address never gets into the code.
"""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style

from tui.core.links import Link
from tui.settings.i18n import _
from tui.settings.keynames import label
from tui.terminal import qr
from tui.ui.look import Look
from tui.ui.screens.bare import Bare
from tui.ui.widgets.cells import Line, fit, wrap

INK = Style(color="#000000", bgcolor="#ffffff")
"""Not the theme's black and white: many terminals draw those as two greys."""


class QrScreen(Bare):
    def __init__(self, link: Link) -> None:
        super().__init__()
        self._link = link
        self._code = qr.rows(link)

    def draw(self, width: int, look: Look) -> list[Line]:
        """The code, and below it what it says, as far as there is room; or how large the window must be."""
        columns, lines = max(map(len, self._code), default=0), len(self._code)
        height = self.app.size.height
        if not qr.fits(self._code, width, height):
            words = _("The window is too small for the code: it needs {columns}×{lines}.")
            return wrap([Segment(words.format(columns=columns, lines=lines), look.warning)], width)
        drawn: list[Line] = [[Segment(row, INK)] for row in self._code]
        said = f"{label('escape')} {_('Close')}  {qr.public_part(self._link)}"
        return [*drawn, *([[Segment(fit(said, width), look.muted)]] if height > lines else [])]
