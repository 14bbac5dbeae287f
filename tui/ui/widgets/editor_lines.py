"""Where the characters of an edited text stand on the screen.

Invariant: the spans of `visual_lines` cover every character but the line breaks, in order, without overlap;
`index_at(locate(i))` is `i` for every cursor place that can be told apart on the screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len, split_graphemes

from tui.ui.widgets.cells import break_spans

_HIDDEN = {
    **{code: 0x2400 + code for code in range(0x20) if code != 0x0A},
    0x7F: 0x2421,
    **dict.fromkeys(range(128, 160), 183),
    **dict.fromkeys((8206, 8207, 1564, 8232, 8233), 183),
    **dict.fromkeys((*range(8234, 8239), *range(8294, 8298)), 183),
    **dict.fromkeys(range(55296, 57344), 65533),
}


class Span(NamedTuple):
    start: int
    end: int


def shown(text: str) -> str:
    """`text` with one harmless character for each that would harm a terminal; indices stay the same."""
    return text.translate(_HIDDEN)


def visual_lines(text: str, width: int) -> list[Span]:
    """The lines of `text` wrapped to `width` cells; at least one."""
    lines: list[Span] = []
    start = 0
    for part in text.split("\n"):
        lines += _wrapped(part, start, width)
        start += len(part) + 1
    return lines


def _wrapped(part: str, start: int, width: int) -> list[Span]:
    if cell_len(part) < width:
        return [Span(start, start + len(part))]
    starts = [span[0] for span in break_spans(part, max(1, width - 1))]
    ends = [*starts[1:], len(part)]
    return [Span(start + s, start + e) for s, e in zip(starts, ends, strict=True)]


def locate(text: str, lines: Sequence[Span], cursor: int) -> tuple[int, int]:
    """Row and column (cells) of the cursor."""
    row = 0
    for index, span in enumerate(lines):
        if span.start <= cursor:
            row = index
    return row, cell_len(text[lines[row].start : cursor])


def index_at(text: str, span: Span, column: int) -> int:
    """The cursor place in `span` nearest to `column` cells, never past the line's last place."""
    used = 0
    for start, _, size in split_graphemes(text[span.start : span.end])[0]:
        if used + size > column:
            return span.start + start
        used += size
    return span.end


def last_index(lines: Sequence[Span], row: int) -> int:
    """The last cursor place of a row: where the line goes on below, it is before its last character."""
    span = lines[row]
    continues = row + 1 < len(lines) and lines[row + 1].start == span.end
    return max(span.start, span.end - 1) if continues and span.end > span.start else span.end
