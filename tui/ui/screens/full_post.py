"""One message as a whole, to scroll in: for what the timeline cuts, and as the composer's preview.

Invariant: even here only so much is drawn as `core.markdown` allows; what is beyond is counted.
"""

from __future__ import annotations

from rich.segment import Segment

from tui.core.markdown import MarkdownContext, parse
from tui.core.meetings import shown_message
from tui.core.models import Post
from tui.settings.i18n import _, ngettext
from tui.ui.look import Look
from tui.ui.screens.lines_page import LinesPage
from tui.ui.widgets.cells import Line
from tui.ui.widgets.markdown_lines import document_lines


class FullPost(LinesPage):
    def __init__(self, post: Post, context: MarkdownContext, title: str = "") -> None:
        super().__init__(title or _("The whole message"), self._draw_document)
        self._document = parse(shown_message(post), context)

    def _draw_document(self, width: int, look: Look) -> list[Line]:
        lines = document_lines(self._document, width, look)
        if left := self._document.left:
            words = ngettext("… {n} more character", "… {n} more characters", left).format(n=left)
            lines.append([Segment(words, look.muted)])
        return lines
