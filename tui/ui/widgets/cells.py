"""Styled text by cell width: wrap it, cut it, set it left and right on one line.

Invariant: everything is measured in terminal cells, by grapheme, and no line that leaves here is wider than
was asked for. Texts are already safe (`core.safe_text`); nothing here parses markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from rich.cells import cell_len, split_graphemes
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

Line: TypeAlias = list[Segment]
"""One line of styled text, without line break."""

ELLIPSIS = "…"
_WORDS = re.compile(r"\s*\S+|\s+")


def width_of(line: Iterable[Segment]) -> int:
    """Cells that `line` takes."""
    return sum(cell_len(segment.text) for segment in line)


def fit(text: str, width: int) -> str:
    """`text` in at most `width` cells, cut with an ellipsis."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    return text[: _index_at(text, width - 1)].rstrip() + ELLIPSIS


def _index_at(text: str, cells: int) -> int:
    """Index of the first grapheme of `text` that does not fit into `cells`."""
    if text.isascii():
        return min(len(text), cells)
    used = 0
    for start, _, size in split_graphemes(text)[0]:
        if used + size > cells:
            return start
        used += size
    return len(text)


def crop(line: Sequence[Segment], width: int) -> Line:
    """`line` in at most `width` cells, cut with an ellipsis in the style of what it cuts."""
    if width_of(line) <= width:
        return list(line)
    out: Line = []
    left = width
    for segment in line:
        size = cell_len(segment.text)
        if size < left:
            out.append(segment)
            left -= size
            continue
        out.append(Segment(fit(segment.text + ELLIPSIS, left), segment.style))
        break
    return out


def ends(left: Sequence[Segment], right: Sequence[Segment], width: int, *, gap: int = 1) -> Line:
    """`left` at the start and `right` at the end of a line of `width` cells; `left` gives way."""
    right_width = width_of(right)
    if right_width + gap >= width:
        return crop(left, width)
    room = width - right_width - (gap if right_width else 0)
    kept = crop(left, room)
    return [*kept, Segment(" " * (width - width_of(kept) - right_width)), *right]


def wrap(line: Sequence[Segment], width: int) -> list[Line]:
    """`line` broken between words into lines of at most `width` cells; words that are too long are cut."""
    if not line:
        return [[]]
    if width_of(line) <= width:
        return [list(line)]
    text = "".join(segment.text for segment in line)
    return _slices(line, break_spans(text, max(1, width)))


def cut(lines: Sequence[Line], most: int, width: int) -> list[Line]:
    """The first `most` lines (at least one), the last with an ellipsis where more follow."""
    kept = list(lines[: max(1, most)])
    if len(kept) < len(lines):
        style = kept[-1][-1].style if kept[-1] else None
        kept[-1] = crop([*kept[-1], Segment(ELLIPSIS, style)], width)
    return kept


def break_spans(text: str, width: int) -> list[tuple[int, int]]:
    """(start, end) indices of the lines that `text` falls into; the spaces at a break belong to no line."""
    spans: list[tuple[int, int]] = []
    start = end = used = 0
    for match in _WORDS.finditer(text):
        word = match.group()
        size = cell_len(word)
        if used + size <= width:
            used, end = used + size, match.end()
            continue
        body = word.lstrip()
        body_at = match.end() - len(body)
        if cell_len(body) > width:
            start, end, used = _cut_long(text, spans, start, match.end(), width)
            continue
        spans.append((start, end))
        start, end, used = body_at, match.end(), cell_len(body)
    spans.append((start, end))
    return spans


def _cut_long(
    text: str, spans: list[tuple[int, int]], start: int, end: int, width: int
) -> tuple[int, int, int]:
    """Breaks a word that is wider than a line, from where the line stands; returns the line left open."""
    used, first = 0, start
    for at, _, size in split_graphemes(text[start:end])[0]:
        if used and used + size > width:
            spans.append((first, start + at))
            first, used = start + at, 0
        used += size
    return first, end, used


def _slices(line: Sequence[Segment], spans: Iterable[tuple[int, int]]) -> list[Line]:
    """The parts of `line` between text indices; `spans` in order and apart, so one walk is enough."""
    lines: list[Line] = []
    at, start_of = 0, 0
    for start, end in spans:
        out: Line = []
        while at < len(line):
            text, style, _ = line[at]
            stop = start_of + len(text)
            if stop > start and start_of < end:
                out.append(Segment(text[max(0, start - start_of) : end - start_of], style))
            if stop > end:
                break
            at, start_of = at + 1, stop
        lines.append(out)
    return lines


def strip_of(line: Sequence[Segment], width: int, base: Style) -> Strip:
    """`line` as a strip of exactly `width` cells over the style `base`."""
    strip = Strip(line).adjust_cell_length(width)
    return strip.apply_style(base)
