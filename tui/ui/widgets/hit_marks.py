"""Marks what was searched for in lines that are already drawn.

Invariant: only styles change, never a text or a width; a phrase that is broken over two lines stays unmarked.
"""

from __future__ import annotations

from itertools import pairwise

from rich.segment import Segment
from rich.style import Style

from tui.core.search import SearchQuery
from tui.core.search_help import marks
from tui.ui.look import Look
from tui.ui.widgets.cells import Line


def hit_style(look: Look) -> Style:
    return look.accent + Style(bold=True, underline=True)


def with_hits(lines: list[Line], query: SearchQuery, look: Look) -> list[Line]:
    """The same lines; the words of the query stand out, without colours too."""
    return [_line(line, query, hit_style(look)) for line in lines]


def _line(line: Line, query: SearchQuery, ink: Style) -> Line:
    found = marks("".join(segment.text for segment in line), query)
    if not found:
        return line
    edges = sorted({edge for span in found for edge in span})
    result: Line = []
    at = 0
    for segment in line:
        end = at + len(segment.text)
        for start, stop in _pieces(at, end, edges):
            hit = any(first <= start < last for first, last in found)
            style = (segment.style or Style()) + ink if hit else segment.style
            result.append(Segment(segment.text[start - at : stop - at], style, segment.control))
        at = end
    return result


def _pieces(start: int, end: int, edges: list[int]) -> list[tuple[int, int]]:
    """`start` to `end`, cut at the edges between them."""
    cuts = [start, *(edge for edge in edges if start < edge < end), end]
    return list(pairwise(cuts))
