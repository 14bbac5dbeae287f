"""A block of code: its own ground, wrapped where it is too wide, coloured by pygments where it is short.

Invariant: colouring never changes the text, and code that is long or of an unknown language is plain.
"""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style

from tui.core.spans import CodeBlock
from tui.ui.look import Look
from tui.ui.widgets.cells import Line, crop, width_of, wrap

MOST_COLOURED = 4_000
"""Characters; lexers may be slow on hostile text."""
_ROLES = (
    ("Token.Comment", "muted"),
    ("Token.Keyword", "accent"),
    ("Token.Literal.String", "success"),
    ("Token.Literal.Number", "warning"),
    ("Token.Name.Function", "link"),
    ("Token.Name.Class", "link"),
)


def code_lines(block: CodeBlock, width: int, look: Look) -> list[Line]:
    """The code on its ground, as wide as the space."""
    inner = max(1, width - 2)
    lines = [part for line in _coloured(block, look) for part in wrap(line, inner)]
    return [_padded(line, width, look) for line in lines]


def _padded(line: Line, width: int, look: Look) -> Line:
    body: Line = [Segment(" "), *line]
    body.append(Segment(" " * max(0, width - width_of(body))))
    return [Segment(run.text, look.code + run.style if run.style else look.code) for run in crop(body, width)]


def _coloured(block: CodeBlock, look: Look) -> list[Line]:
    plain: list[Line] = [[Segment(line)] for line in block.text.split("\n")]
    if not block.language or len(block.text) > MOST_COLOURED:
        return plain
    return _lexed(block, look) or plain


def _lexed(block: CodeBlock, look: Look) -> list[Line]:
    """Lines in colours; [] for a language that nobody knows."""
    # Lazy: most chats never show code.
    from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]
    from pygments.util import ClassNotFound  # type: ignore[import-untyped]

    try:
        lexer = get_lexer_by_name(block.language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return []
    lines: list[Line] = [[]]
    for token, text in lexer.get_tokens(block.text):
        style = _style(str(token), look)
        first, *rest = text.split("\n")
        lines[-1].append(Segment(first, style))
        lines += [[Segment(part, style)] for part in rest]
    return lines


def _style(token: str, look: Look) -> Style | None:
    """Foreground only: the ground is the block's."""
    role = next((role for name, role in _ROLES if token.startswith(name)), "")
    if not role:
        return None
    style: Style = getattr(look, role)
    return Style(color=style.color)
