"""Lists of messages from anywhere in the side panel: pinned, saved, mentions, threads, what a search found.

Invariant: the list is what its source gave last; Enter goes to the message where it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from tui.settings.i18n import _
from tui.ui.keys import bindings_of
from tui.ui.look import BAR
from tui.ui.messages import PostChosen
from tui.ui.shared import Shared
from tui.ui.widgets.hit_rows import HitPainter, HitRow
from tui.ui.widgets.list_keys import ListKeys
from tui.ui.widgets.row_list import RowList


class Hits(ListKeys, Vertical, inherit_bindings=False):
    """Context `panel` of the table of keys."""

    BINDINGS = bindings_of("panel")

    def __init__(
        self,
        shared: Shared,
        source: Callable[[], Sequence[HitRow]],
        *,
        empty: str = "",
        id: str,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self._shared = shared
        self._source = source
        self._empty = empty
        self._painter = HitPainter(shared.formats)
        self.list: RowList[HitRow] = RowList(self._painter, id=f"{id}-list", mark=BAR)

    def compose(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.read()

    def read(self) -> None:
        """Asks the source again."""
        self._painter.now = self._shared.now()
        self.list.say(self._empty or _("Nothing found."))
        self.list.set_rows(list(self._source()))

    def focus_inside(self) -> None:
        self.list.focus()

    def action_do_open(self) -> None:
        row = self.list.cursor_row
        if row is not None:
            self.post_message(PostChosen(row.post_id))

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_do_open()
