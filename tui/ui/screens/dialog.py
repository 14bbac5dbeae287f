"""What every dialog is: a box over the main screen, closed by Esc, answering with a value.

Invariant: a dialog changes nothing; it is dismissed with what the person chose, None for Esc.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.core.safe_text import safe_line
from tui.ui.keys import bindings_of
from tui.ui.look import Look
from tui.ui.widgets.cells import Line, ends
from tui.ui.widgets.hints import pair_line
from tui.ui.widgets.text_lines import TextLines

T = TypeVar("T")


class Dialog(ModalScreen[T | None], Generic[T], inherit_bindings=False):
    """Subclasses yield their widgets in `body`; Enter arrives as `action_do_confirm`, Esc closes."""

    BINDINGS = bindings_of("dialog")

    def __init__(self, title: str, keys: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__()
        self._title = safe_line(title)
        self._keys = keys

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield TextLines(self._draw_title, ground="panel", id="dialog-title")
            yield from self.body()
            if self._keys:
                yield TextLines(self._draw_keys, ground="panel", id="dialog-keys")

    def body(self) -> ComposeResult:
        yield from ()

    def action_do_cancel(self) -> None:
        self.dismiss(None)

    def action_do_confirm(self) -> None:
        """Enter."""

    def action_do_submit(self) -> None:
        """Sends a form off."""

    def action_do_up(self) -> None:
        """The list above or none."""

    def action_do_down(self) -> None:
        """The list below or none."""

    def action_do_page_up(self) -> None:
        """A page up, where there is a list."""

    def action_do_page_down(self) -> None:
        """A page down, where there is a list."""

    def _draw_title(self, width: int, look: Look) -> list[Line]:
        return [ends([Segment(self._title, look.strong)], [], width), []]

    def _draw_keys(self, width: int, look: Look) -> list[Line]:
        return [[], pair_line(self._keys, width, look)]
