"""Attachments of integrations behind a bar, their buttons named.

Invariant: `core.attachments` has read and capped them; here they only get lines.
"""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style

from tui.core.attachments import Action, Attachment, attachment_blocks, attachments_of
from tui.core.markdown import MarkdownContext
from tui.core.models import Post
from tui.core.spans import Document, document_links
from tui.ui.look import Look
from tui.ui.widgets.cells import Line, wrap
from tui.ui.widgets.markdown_lines import document_lines

MOST_LINES = 40
"""Lines of one attachment in the timeline."""
_COLORS = {"good": "success", "warning": "warning", "danger": "error"}


def attachment_lines(post: Post, context: MarkdownContext, width: int, look: Look) -> list[Line]:
    """All attachments of a post."""
    if not post.props.get("attachments"):
        return []
    found = attachments_of(post, context)
    return [line for attachment in found for line in _attachment(attachment, width, look)]


def attachment_links(post: Post, context: MarkdownContext) -> list[tuple[str, str]]:
    """(text, address) of the links in them."""
    spans = [
        span
        for attachment in attachments_of(post, context)
        for span in document_links(Document(attachment_blocks(attachment)))
    ]
    return [(span.text or span.target, span.target) for span in spans]


def _attachment(attachment: Attachment, width: int, look: Look) -> list[Line]:
    inner = max(1, width - 2)
    before = document_lines(attachment.pretext, width, look)
    rest = attachment_blocks(attachment)[len(attachment.pretext.blocks) :]
    lines = document_lines(Document(rest), inner, look, tight=True)
    if not lines and not before and attachment.fallback:
        lines = wrap([Segment(attachment.fallback, look.text)], inner)
    if attachment.actions:
        names = "  ".join(_button(action) for action in attachment.actions)
        lines += wrap([Segment("b ", look.strong), Segment(names, look.accent)], inner)
    if len(lines) > MOST_LINES:
        lines = [*lines[:MOST_LINES], [Segment("…", look.muted)]]
    bar = Segment("│ ", _bar_style(attachment.color, look))
    return [*before, *([bar, *line] for line in lines)]


def _button(action: Action) -> str:
    """`[Take it]`, `[Choose ▾]`; what cannot be pressed stands in parentheses."""
    name = f"{action.name} ▾" if action.type == "select" else action.name
    return f"({name})" if action.disabled else f"[{name}]"


def _bar_style(color: str, look: Look) -> Style:
    """One of the named colours; a colour of the sender's choice could be unreadable here."""
    style: Style = getattr(look, _COLORS.get(color, "border"))
    return style
