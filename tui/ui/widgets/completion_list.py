"""The offers above the composer while a name, a channel, an emoji or a command is being typed.

Invariant: it never takes the focus; the editor asks it first about a few keys while it is open.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style

from tui.core.completion import Completion
from tui.core.safe_text import safe_line
from tui.core.values import dataclass
from tui.ui.look import Look
from tui.ui.widgets.cells import Line, ends
from tui.ui.widgets.row_list import RowList

MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    offer: Completion


class _CompletionPainter:
    def key(self, row: _Row) -> str:
        return str(row.number)

    def selectable(self, row: _Row) -> bool:  # noqa: ARG002 - the painters' interface
        return True

    def ground(self, row: _Row, look: Look) -> Style | None:  # noqa: ARG002
        return None

    def paint(self, row: _Row, width: int, look: Look) -> list[Line]:
        label = Segment(f" {safe_line(row.offer.label, 200)}", look.text)
        detail = safe_line(row.offer.detail, 200)
        return [ends([label], [Segment(f"{detail} ", look.muted)] if detail else [], width)]


class CompletionList(RowList[_Row]):
    """Up to eight lines over the timeline's end."""

    DEFAULT_CSS = """
    CompletionList {
        overlay: screen;
        display: none;
        width: 60;
        max-width: 100%;
        height: 1;
    }
    """

    def __init__(self) -> None:
        super().__init__(_CompletionPainter(), ground="panel", id="completion")
        self.can_focus = False
        self.mark_always = True

    @property
    def is_open(self) -> bool:
        return bool(self.rows) and self.display

    @property
    def chosen(self) -> Completion | None:
        row = self.cursor_row
        return row.offer if row is not None and self.is_open else None

    def offer(self, offers: Sequence[Completion]) -> None:
        """Shows offers, or closes where there are none."""
        shown = offers[: 3 * MOST_SHOWN]
        height = min(MOST_SHOWN, len(shown))
        self.display = bool(shown)
        if height:
            self.styles.height = height
            self.styles.offset = (1, -height)
        self.set_rows([_Row(number, offer) for number, offer in enumerate(shown)])
        self.move_first()

    def close(self) -> None:
        if self.is_open:
            self.offer(())
