"""A table as aligned columns where they fit, else row by row as `heading: cell`.

Invariant: no cell is lost; a cell that is too wide for its column is wrapped, not cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rich.segment import Segment
from rich.style import Style

from tui.core.spans import Span, Spans, Table, spans_text
from tui.ui.look import Look
from tui.ui.widgets.cells import Line, width_of, wrap

GAP = " │ "
LEAST_COLUMN = 5

Inking = Callable[[Iterable[Span], Look, Style], Iterable[Segment]]


def table_lines(table: Table, width: int, look: Look, base: Style, ink: Inking) -> list[Line]:
    """`ink` makes segments of spans."""
    columns = len(table.header)
    if not columns:
        return []
    room = width - len(GAP) * (columns - 1)
    if room < columns * LEAST_COLUMN:
        return _as_records(table, width, look, base, ink)
    widths = _fitted(_wanted(table), room)
    head = base + Style(bold=True)
    lines = _row(table.header, widths, table.align, look, head, ink)
    lines.append([Segment("─┼─".join("─" * size for size in widths), look.border)])
    for cells in table.rows:
        lines += _row(cells, widths, table.align, look, base, ink)
    return lines


def _wanted(table: Table) -> list[int]:
    """The width each column would like."""
    texts = [[_flat(cells[at]) for cells in (table.header, *table.rows)] for at in range(len(table.header))]
    return [max(1, *(width_of([Segment(text)]) for text in column)) for column in texts]


def _flat(spans: Spans) -> str:
    return spans_text(spans).replace("\n", " ")


def _fitted(wanted: Sequence[int], room: int) -> list[int]:
    """Widths that add up to at most `room`; narrow columns keep what they want."""
    if sum(wanted) <= room:
        return list(wanted)
    widths = [0] * len(wanted)
    left, open_columns = room, sorted(range(len(wanted)), key=lambda at: wanted[at])
    for place, at in enumerate(open_columns):
        widths[at] = min(wanted[at], left // (len(open_columns) - place))
        left -= widths[at]
    return widths


def _row(
    cells: Sequence[Spans], widths: Sequence[int], align: Sequence[str], look: Look, base: Style, ink: Inking
) -> list[Line]:
    wrapped = [wrap(_cell(spans, look, base, ink), size) for spans, size in zip(cells, widths, strict=False)]
    height = max((len(lines) for lines in wrapped), default=0)
    return [_joined(wrapped, widths, align, look, at) for at in range(height)]


def _cell(spans: Spans, look: Look, base: Style, ink: Inking) -> Line:
    return [Segment(run.text.replace("\n", " "), run.style) for run in ink(spans, look, base)]


def _joined(
    wrapped: Sequence[list[Line]], widths: Sequence[int], align: Sequence[str], look: Look, at: int
) -> Line:
    line: Line = []
    for column, (lines, size) in enumerate(zip(wrapped, widths, strict=False)):
        if column:
            line.append(Segment(GAP, look.border))
        cell = lines[at] if at < len(lines) else []
        line += _aligned(cell, size, align[column] if column < len(align) else "left")
    return line


def _aligned(cell: Line, size: int, side: str) -> Line:
    free = max(0, size - width_of(cell))
    before = free if side == "right" else free // 2 if side == "center" else 0
    return [Segment(" " * before), *cell, Segment(" " * (free - before))]


def _as_records(table: Table, width: int, look: Look, base: Style, ink: Inking) -> list[Line]:
    lines: list[Line] = []
    for cells in table.rows:
        for title, spans in zip(table.header, cells, strict=False):
            if spans:
                name = Segment(f"{_flat(title)}: ", look.muted)
                lines += wrap([name, *_cell(spans, look, base, ink)], width)
        lines.append([])
    return lines[:-1]
