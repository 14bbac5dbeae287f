"""A link with nothing beside it: for the mouse, for the terminal's own eyes, for screen readers.

Invariant: the address begins in the first column and takes whole lines, so that marking it, or the
terminal's search for links, finds nothing else; it is a hyperlink (OSC 8), too.
"""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style

from tui.core.links import Link
from tui.core.safe_text import safe_line
from tui.settings.i18n import _
from tui.settings.keynames import label
from tui.ui.look import Look
from tui.ui.screens.bare import Bare
from tui.ui.widgets.cells import Line, wrap


class BareLink(Bare):
    """`click`: it is meant to be clicked. `link` must be without secrets."""

    def __init__(self, link: Link, text: str = "", *, click: bool = False) -> None:
        super().__init__()
        self._link = link
        self._text = safe_line(text, 200)
        self._click = click

    def draw(self, width: int, look: Look) -> list[Line]:
        """What it is, the address, how to take it."""
        url = self._link.url
        ink = look.link + Style(link=url)
        pieces: list[Line] = [[Segment(url[n : n + width], ink)] for n in range(0, len(url), width)]
        words = (
            _("Click it with Ctrl held down, in some terminals with Shift, too.")
            if self._click
            else _("Mark it with the mouse (with Shift, if the mouse is on here).")
        )
        head: list[Line] = wrap([Segment(self._text, look.text)], width) if self._text else []
        hint = f"{words}  {label('escape')} {_('Close')}"
        return [*head, [], *pieces, [], *wrap([Segment(hint, look.muted)], width)]
