"""The keys that move the cursor of a list, for whatever shows one as its `list`.

Invariant: nothing but the cursor moves.
"""

from __future__ import annotations

from typing import Any

from tui.ui.widgets.row_list import RowList


class ListKeys:
    """Goes before the widget or dialog among the bases."""

    list: RowList[Any]

    def action_do_up(self) -> None:
        self.list.move_cursor(-1)

    def action_do_down(self) -> None:
        self.list.move_cursor(1)

    def action_do_page_up(self) -> None:
        self.list.move_page(-1)

    def action_do_page_down(self) -> None:
        self.list.move_page(1)
