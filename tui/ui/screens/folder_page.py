"""A shared folder, a device or the first steps as a whole page: all that the panel has no room for.

Invariant: it reads the newest snapshot every few seconds and asks Syncthing nothing; only rows that differ
are painted again. The lines it is given are safe.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import BindingType

from tui.core.values import dataclass
from tui.settings.i18n import N_, Later, _
from tui.settings.keynames import label
from tui.ui.folder_desk import FolderKeys
from tui.ui.keys import bindings_of, shown_key
from tui.ui.look import Look
from tui.ui.screens.dialog import Dialog
from tui.ui.shared import Shared
from tui.ui.widgets.cells import Line, wrap
from tui.ui.widgets.folder_lines import PageLine
from tui.ui.widgets.list_keys import ListKeys
from tui.ui.widgets.row_list import HALF, RowList

READ_SECONDS, FAR_READ_SECONDS = 2.0, 5.0
_SHORT: dict[str, Later] = {
    "rescan": N_("Rescan"),
    "pause": N_("Pause"),
    "pause_all": N_("Pause all"),
    "browse": N_("Browse"),
    "conflicts": N_("Conflicts"),
    "versions": N_("Versions"),
    "ignores": N_("Patterns"),
    "revert": N_("Undo"),
    "override": N_("Overwrite"),
    "unshare": N_("Stop sharing"),
    "instance": N_("Choose"),
}
"""The actions in a word, for the line below the page."""


@dataclass(frozen=True, slots=True)
class _Row:
    key: str
    line: PageLine


class _Painter:
    def key(self, row: _Row) -> str:
        return row.key

    def selectable(self, row: _Row) -> bool:
        return bool(row.line.words)

    def ground(self, row: _Row, look: Look) -> Style | None:  # noqa: ARG002 - the painters' interface
        return None

    def paint(self, row: _Row, width: int, look: Look) -> list[Line]:
        style: Style = getattr(look, row.line.role)
        if not row.line.term:
            return wrap([Segment(row.line.words, style)], width) if row.line.words else [[]]
        room = min(18, width // 3)
        lines = wrap([Segment(row.line.words, style)], max(8, width - room - 1))
        first = Segment(row.line.term[:room].ljust(room + 1), look.muted)
        return [[first if n == 0 else Segment(" " * (room + 1)), *line] for n, line in enumerate(lines)]


class FolderPage(ListKeys, FolderKeys, Dialog[None]):
    """`lines` gives the page anew each time; `target` is what the keys act on: "folder:ID", "device:ID"."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("dialog"), *bindings_of("folders")]

    def __init__(
        self,
        shared: Shared,
        title: str,
        target: str,
        lines: Callable[[], Sequence[PageLine]],
        actions: Sequence[str] = (),
    ) -> None:
        names = {a.name: a for a in shared.keymap.of("folders")}
        keys = [(shown_key(names[name]), str(_SHORT[name])) for name in actions if names[name].keys]
        super().__init__(title, (*keys, (label("escape"), _("Close"))))
        self.shared = shared
        self._target = target
        self._page = lines
        self.list: RowList[_Row] = RowList(_Painter(), ground="panel", grow=HALF, id="full-list")

    @property
    def target_key(self) -> str:
        return self._target

    def body(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.list.focus()
        self.call_after_refresh(self.read)
        self.set_interval(FAR_READ_SECONDS if self.shared.remote else READ_SECONDS, self.read)

    def read(self) -> None:
        """Shows what is known now."""
        self.list.set_rows([_Row(f"{n}:{line.term}", line) for n, line in enumerate(self._page())])

    def action_do_confirm(self) -> None:
        self.dismiss(None)
