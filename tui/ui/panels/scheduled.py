"""Messages that the server will send later: read, taken back.

Invariant: Enter asks before a message is taken back; its text is in the composer then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.message import Message

from tui.settings.i18n import _
from tui.ui.panels.hits import Hits
from tui.ui.shared import Shared
from tui.ui.widgets.hit_rows import HitRow


class Scheduled(Hits):
    """Context `panel` of the table of keys."""

    class Chosen(Message):
        def __init__(self, row: HitRow) -> None:
            super().__init__()
            self.row = row

    def __init__(self, shared: Shared, source: Callable[[], Sequence[HitRow]]) -> None:
        known = shared.client.later.features().scheduled
        nothing = _("Nothing waits to be sent later.") if known else _("This server cannot send later.")
        super().__init__(shared, source, empty=nothing, id="scheduled")

    def action_do_open(self) -> None:
        if (row := self.list.cursor_row) is not None:
            self.post_message(self.Chosen(row))
