"""One message as a whole, to scroll in: for what the timeline cuts, and as the composer's preview.

Invariant: even here only so much is drawn as `core.markdown` allows; what is beyond is counted.
"""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult

from tui.core.markdown import MarkdownContext, parse
from tui.core.meetings import shown_message
from tui.core.models import Post
from tui.core.values import dataclass
from tui.settings.i18n import _, ngettext
from tui.settings.keynames import label
from tui.ui.look import Look
from tui.ui.screens.dialog import Dialog
from tui.ui.widgets.cells import Line
from tui.ui.widgets.markdown_lines import document_lines
from tui.ui.widgets.row_list import RowList


@dataclass(frozen=True, slots=True)
class LineRow:
    key: str
    line: tuple[Segment, ...]


class LinePainter:
    def key(self, row: LineRow) -> str:
        return row.key

    def selectable(self, row: LineRow) -> bool:  # noqa: ARG002 - the painters' interface
        return False

    def ground(self, row: LineRow, look: Look) -> Style | None:  # noqa: ARG002
        return None

    def paint(self, row: LineRow, width: int, look: Look) -> list[Line]:  # noqa: ARG002
        return [list(row.line)]


class FullPost(Dialog[None]):
    def __init__(self, post: Post, context: MarkdownContext, title: str = "") -> None:
        super().__init__(title or _("The whole message"), ((label("escape"), _("Close")),))
        self._document = parse(shown_message(post), context)
        self.list: RowList[LineRow] = RowList(LinePainter(), ground="panel", grow=True, id="full-list")

    def body(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.list.focus()
        self.call_after_refresh(self._show)

    def action_do_up(self) -> None:
        self.list.move_cursor(-1)

    def action_do_down(self) -> None:
        self.list.move_cursor(1)

    def action_do_confirm(self) -> None:
        self.dismiss(None)

    def _show(self) -> None:
        look = self.list.look
        lines = document_lines(self._document, max(20, self.list.size.width - 1), look)
        if self._document.left:
            left = self._document.left
            words = ngettext("… {n} more character", "… {n} more characters", left).format(n=left)
            lines.append([Segment(words, look.muted)])
        self.list.set_rows([LineRow(str(number), tuple(line)) for number, line in enumerate(lines)])
