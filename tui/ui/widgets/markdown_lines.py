"""A parsed message as styled lines of at most a given width.

Invariant: every text comes from `core.markdown`, which has made it safe; here it only gets styles. A link
whose text does not say where it goes shows its host; nothing is hidden but by saying so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.segment import Segment
from rich.style import Style as Ink

from tui.core.spans import (
    Block,
    CodeBlock,
    Document,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Span,
    Style,
    Table,
)
from tui.ui.look import Look
from tui.ui.widgets.cells import Line, wrap
from tui.ui.widgets.code_lines import code_lines
from tui.ui.widgets.table_lines import table_lines

LEAST_WIDTH = 8
"""Cells that the text of a nested quote or list always keeps."""


def document_lines(
    document: Document, width: int, look: Look, base: Ink | None = None, *, tight: bool = False
) -> list[Line]:
    """All blocks; paragraphs stand a blank line apart, unless `tight`."""
    return _blocks(document.blocks, max(1, width), look, base or look.text, tight=tight)


def _blocks(blocks: Sequence[Block], width: int, look: Look, base: Ink, *, tight: bool = False) -> list[Line]:
    lines: list[Line] = []
    for index, block in enumerate(blocks):
        if index and not tight and _wants_space(blocks[index - 1], block):
            lines.append([])
        lines += _block(block, width, look, base)
    return lines


def _wants_space(before: Block, after: Block) -> bool:
    """Paragraphs stand apart, and a heading from what is above it."""
    return isinstance(after, Heading) or (isinstance(before, Paragraph) and isinstance(after, Paragraph))


def _block(block: Block, width: int, look: Look, base: Ink) -> list[Line]:
    match block:
        case Paragraph(spans):
            return _spans(spans, width, look, base)
        case Heading(level, spans):
            style = base + Ink(bold=True, underline=level <= 2)
            return _spans(spans, width, look, style)
        case Quote(inner):
            bar = Segment("│ ", look.border)
            quoted = _blocks(inner, max(LEAST_WIDTH, width - 2), look, look.muted)
            return _within([[bar, *line] for line in quoted], width)
        case ListBlock():
            return [line for item in block.items for line in _item(item, block.ordered, width, look, base)]
        case CodeBlock():
            return code_lines(block, width, look)
        case Table():
            return table_lines(block, width, look, base, segments)
        case Rule():
            return [[Segment("─" * width, look.border)]]


def _item(item: ListItem, ordered: bool, width: int, look: Look, base: Ink) -> list[Line]:
    sign = f"{item.number}." if ordered else "•"
    if item.checked is not None:
        sign = "☑" if item.checked else "☐"
    indent = len(sign) + 1
    lines = _blocks(item.blocks, max(LEAST_WIDTH, width - indent), look, base) or [[]]
    first: Line = [Segment(f"{sign} ", look.muted), *lines[0]]
    return _within([first, *([Segment(" " * indent), *line] for line in lines[1:])], width)


def _within(lines: Iterable[Line], width: int) -> list[Line]:
    """Breaks what deep nesting has made too wide."""
    return [part for line in lines for part in wrap(line, width)]


def _spans(spans: Sequence[Span], width: int, look: Look, base: Ink) -> list[Line]:
    return [part for line in _split(segments(spans, look, base)) for part in wrap(line, width)]


def segments(spans: Iterable[Span], look: Look, base: Ink) -> Iterator[Segment]:
    """The runs with their styles; line breaks stay in the texts."""
    inks: dict[tuple[str, Style], Ink] = {}
    for span in spans:
        style = inks.get((span.kind, span.style))
        if style is None:
            style = inks[span.kind, span.style] = _ink(span, look, base)
        yield Segment(_text(span, look), style)
        if span.host:
            yield Segment(f" ({span.host})", look.warning if Style.DECEIVES in span.style else look.muted)


def _text(span: Span, look: Look) -> str:
    if span.kind == "emoji" and not look.pictures and span.target:
        return f":{span.target}:"
    return f"▣ {span.text}" if Style.IMAGE in span.style else span.text


def _ink(span: Span, look: Look, base: Ink) -> Ink:
    style = base + Ink(
        bold=Style.BOLD in span.style or None,
        italic=Style.ITALIC in span.style or None,
        strike=Style.STRIKE in span.style or None,
    )
    if Style.MINE in span.style:
        return style + look.mention
    match span.kind:
        case "link":
            return style + look.link
        case "code":
            return style + look.code
        case "mention" | "channel" | "hashtag":
            return style + look.accent
        case _:
            return style


def _split(runs: Iterable[Segment]) -> list[Line]:
    """Lines at the line breaks of the texts."""
    lines: list[Line] = [[]]
    for run in runs:
        first, *rest = run.text.split("\n")
        if first:
            lines[-1].append(Segment(first, run.style))
        for part in rest:
            lines.append([Segment(part, run.style)] if part else [])
    return lines
