"""The side panel's first tab: is my file there yet?

Invariant: what Syncthing says is only read here; each way of having no Syncthing says which one it is, and
Enter says what to do about it. The keys act through `folder_desk`, which asks before it destroys.
"""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from tui.client.wording.states import folders_link
from tui.core.folders import FoldersLink
from tui.core.safe_text import safe_line
from tui.settings.i18n import _
from tui.ui.folder_desk import FolderKeys
from tui.ui.keys import bindings_of
from tui.ui.look import BAR
from tui.ui.messages import PendingChosen
from tui.ui.shared import Shared
from tui.ui.widgets.folder_rows import DeviceRow, FolderPainter, FolderRow, Row, rows_of
from tui.ui.widgets.list_keys import ListKeys
from tui.ui.widgets.row_list import RowList


class Folders(ListKeys, FolderKeys, Vertical, inherit_bindings=False):
    """Contexts `panel` and `folders` of the table of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("panel"), *bindings_of("folders")]

    def __init__(self, shared: Shared) -> None:
        super().__init__(id="folders")
        self.shared = shared
        self._painter = FolderPainter(shared.formats)
        self.list: RowList[Row] = RowList(self._painter, id="folders-list", mark=BAR)

    def compose(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.read()

    @property
    def target_key(self) -> str:
        return self.list.cursor_key

    def read(self) -> None:
        """Shows what Syncthing says now."""
        snapshot = self.shared.client.folders.snapshot()
        self._painter.now = self.shared.now()
        self.list.say(self._no_syncthing())
        connected = snapshot.link in (FoldersLink.OK, FoldersLink.STARTING)
        self.list.set_rows(rows_of(snapshot) if connected else ())

    def _no_syncthing(self) -> str:
        snapshot = self.shared.client.folders.snapshot()
        words = folders_link(snapshot.link, safe_line(snapshot.detail, 200))
        if not words or snapshot.link is FoldersLink.STARTING:
            return words
        return words + "\n\n" + _("Enter: what to do")

    def focus_inside(self) -> None:
        self.list.focus()

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_do_open()

    def action_do_open(self) -> None:
        """The page of the folder or device, Syncthing's notices, or the first steps."""
        from tui.ui.screens import folder_pages

        row = self.list.cursor_row
        if isinstance(row, FolderRow):
            self.desk.push(folder_pages.folder_page(self.shared, row.view))
        elif isinstance(row, DeviceRow):
            self.desk.push(folder_pages.device_page(self.shared, row.view))
        elif row is not None and row.key.startswith("pending:"):
            device_id, _colon, folder_id = row.key.removeprefix("pending:").partition(":")
            self.post_message(PendingChosen(device_id, folder_id))
        elif row is not None and row.key.startswith("reason:"):
            self.desk.notices()
        elif row is not None and row.key == "instances":
            self.action_do_instance()
        elif row is None and self.shared.client.folders.snapshot().link is not FoldersLink.STARTING:
            self.desk.push(folder_pages.first_steps_page(self.shared))
