"""A link as a QR code, black on white whatever the theme, for a phone to read.

Invariant: what is after ? or # in the address never gets into the code.
"""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult

from tui.core.links import Link
from tui.settings.i18n import _
from tui.settings.keynames import label
from tui.terminal import qr
from tui.ui.look import Look
from tui.ui.screens.dialog import Dialog
from tui.ui.widgets.cells import Line, wrap
from tui.ui.widgets.text_lines import TextLines

INK = Style(color="black", bgcolor="white")


class QrScreen(Dialog[None]):
    def __init__(self, link: Link) -> None:
        super().__init__(link.display_host, ((label("escape"), _("Close")),))
        self._link = link
        self._code = qr.rows(link)

    def body(self) -> ComposeResult:
        yield TextLines(self._draw_code, ground="panel")

    def action_do_confirm(self) -> None:
        self.dismiss(None)

    def _draw_code(self, width: int, look: Look) -> list[Line]:
        """The code, or how large the window would have to be."""
        columns, lines = len(self._code[0]), len(self._code)
        if not qr.fits(self._code, width, self.app.size.height - 6):
            words = _("The window is too small for the code: it needs {columns}×{lines}.")
            return wrap([Segment(words.format(columns=columns, lines=lines + 6), look.warning)], width)
        return [[Segment(row, INK)] for row in self._code]
