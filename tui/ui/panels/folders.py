"""The side panel's first tab: is my file there yet?

Invariant: read only. Each way of having no Syncthing says which one it is.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from tui.client.wording.states import folders_link
from tui.core.folders import FoldersLink
from tui.core.safe_text import safe_line
from tui.settings.i18n import _
from tui.ui.keys import bindings_of
from tui.ui.look import BAR
from tui.ui.shared import Shared
from tui.ui.widgets.folder_rows import FolderPainter, Row, rows_of
from tui.ui.widgets.row_list import RowList


class Folders(Vertical, inherit_bindings=False):
    """Context `panel` of the table of keys."""

    BINDINGS = bindings_of("panel")

    def __init__(self, shared: Shared) -> None:
        super().__init__(id="folders")
        self._shared = shared
        self._painter = FolderPainter(shared.formats)
        self.list: RowList[Row] = RowList(self._painter, id="folders-list", mark=BAR)

    def compose(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.read()

    def read(self) -> None:
        """Shows what Syncthing says now."""
        snapshot = self._shared.client.folders.snapshot()
        self._painter.now = self._shared.now()
        words = folders_link(snapshot.link, safe_line(snapshot.detail, 200))
        self.list.say(words or _("No folder is shared yet."))
        connected = snapshot.link in (FoldersLink.OK, FoldersLink.STARTING)
        self.list.set_rows(rows_of(snapshot) if connected else ())

    def focus_inside(self) -> None:
        self.list.focus()

    def action_do_up(self) -> None:
        self.list.move_cursor(-1)

    def action_do_down(self) -> None:
        self.list.move_cursor(1)

    def action_do_open(self) -> None:
        """Nothing to open yet: acting on folders is not for now."""
