"""A whole screen for one thing, with nothing beside it: a link to mark, a code for the phone.

Invariant: it begins in the first column and first line, on the plain background; Esc and Enter close it.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen

from tui.ui.keys import bindings_of
from tui.ui.look import Look
from tui.ui.widgets.cells import Line
from tui.ui.widgets.text_lines import TextLines


class Bare(Screen[None], inherit_bindings=False):
    """Subclasses draw."""

    BINDINGS = bindings_of("dialog")
    DEFAULT_CSS = "Bare > TextLines { min-height: 100%; }"

    def compose(self) -> ComposeResult:
        yield TextLines(self.draw)

    def draw(self, width: int, look: Look) -> list[Line]:  # noqa: ARG002 - for subclasses
        """The lines, at most `width` cells each."""
        return []

    def action_do_confirm(self) -> None:
        self.dismiss(None)

    def action_do_cancel(self) -> None:
        self.dismiss(None)

    def action_do_up(self) -> None:
        """Nothing to move."""

    def action_do_down(self) -> None:
        """Nothing to move."""
