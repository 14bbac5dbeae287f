"""What a list of rows asks of the one who draws them.

Invariant: a painter answers from the row alone and what it was made with; the same row gives the same lines.
"""

from __future__ import annotations

from typing import Protocol, TypeVar

from rich.style import Style

from tui.ui.look import Look
from tui.ui.widgets.cells import Line

R_contra = TypeVar("R_contra", contravariant=True)


class Painter(Protocol[R_contra]):
    """How one kind of rows is drawn."""

    def key(self, row: R_contra) -> str:
        """Names the row while its content changes."""
        ...

    def selectable(self, row: R_contra) -> bool: ...

    def paint(self, row: R_contra, width: int, look: Look) -> list[Line]:
        """The row's lines, at most `width` cells each."""
        ...

    def ground(self, row: R_contra, look: Look) -> Style | None:
        """The style under the whole row, None for the list's own."""
        ...
