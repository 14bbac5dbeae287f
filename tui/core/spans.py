"""What a parsed message is made of: blocks, and the runs of text in them.

Invariant: every text in here has been through `core.safe_text`, and every target of a link through
`core.links`; whoever draws it adds styles, never meaning. Nothing here is markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import IntFlag
from typing import TypeAlias

from tui.core.values import dataclass


class Style(IntFlag):
    """How a run is meant to look; flags add up."""

    NONE = 0
    BOLD = 1
    ITALIC = 2
    STRIKE = 4
    MINE = 8
    """My own mention or one of my keywords."""
    DECEIVES = 16
    """A link whose text names another host than it goes to, or whose host looks like another: ask first."""
    IMAGE = 32
    """An image that is shown as a link."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text of one kind and style. Text may hold line breaks (LF)."""

    text: str
    style: Style = Style.NONE
    kind: str = "text"
    """text, mention, channel, hashtag, emoji, link or code."""
    target: str = ""
    """Link: the URL. Mention: the user name. Channel: its name. Hashtag: with #. Emoji: its bare name."""
    host: str = ""
    """Link: what to show in parentheses behind it, as its text does not say where it goes; "" = nothing."""


Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    spans: Spans


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    """1 to 6."""
    spans: Spans


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    blocks: tuple[Block, ...]
    number: int = 0
    """Of an ordered list: as the author wrote it."""
    checked: bool | None = None
    """Of a task; None = no task."""


@dataclass(frozen=True, slots=True)
class ListBlock:
    ordered: bool
    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    text: str
    language: str = ""
    """As written behind the fence, lower case; "" for none and for indented code."""


@dataclass(frozen=True, slots=True)
class Table:
    header: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]
    """Each as long as the header."""
    align: tuple[str, ...]
    """left, right or center, one a column."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line."""


Block: TypeAlias = Paragraph | Heading | Quote | ListBlock | CodeBlock | Table | Rule


@dataclass(frozen=True, slots=True)
class Document:
    """A message ready to be drawn."""

    blocks: tuple[Block, ...] = ()
    cut: bool = False
    """True = there is more than is shown: offer the full text."""
    left: int = 0
    """Characters that are not shown."""


def spans_text(spans: Iterable[Span]) -> str:
    """The runs as plain text, the true host of a link behind it."""
    return "".join(f"{span.text} ({span.host})" if span.host else span.text for span in spans)


def document_text(document: Document) -> str:
    """A message as plain text of several lines, for notifications, copies and one-shot commands."""
    return "\n".join(line for block in document.blocks for line in _lines(block))


def document_spans(blocks: Sequence[Block]) -> Iterator[Span]:
    """Every run of the blocks, in order; code blocks have none."""
    for block in blocks:
        yield from _spans_of(block)


def document_links(document: Document) -> tuple[Span, ...]:
    """The links of a message in order, each target once."""
    links = (span for span in document_spans(document.blocks) if span.kind == "link")
    return tuple({span.target: span for span in reversed(list(links))}.values())[::-1]


def is_mine(document: Document) -> bool:
    """True where a message mentions me or one of my keywords."""
    return any(Style.MINE in span.style for span in document_spans(document.blocks))


def _spans_of(block: Block) -> Iterator[Span]:
    match block:
        case Paragraph(spans) | Heading(_, spans):
            yield from spans
        case Quote(blocks):
            yield from document_spans(blocks)
        case ListBlock(_, items):
            for item in items:
                yield from document_spans(item.blocks)
        case Table(header, rows, _):
            for cells in (header, *rows):
                for cell in cells:
                    yield from cell
        case _:
            return


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(spans) | Heading(_, spans):
            yield from spans_text(spans).split("\n")
        case Quote(blocks):
            yield from (f"> {line}" for inner in blocks for line in _lines(inner))
        case ListBlock(ordered, items):
            for item in items:
                yield from _item_lines(item, ordered)
        case CodeBlock(text, _):
            yield from text.split("\n")
        case Table(header, rows, _):
            yield from (" | ".join(map(spans_text, cells)) for cells in (header, *rows))
        case Rule():
            yield "———"


def _item_lines(item: ListItem, ordered: bool) -> Iterator[str]:
    sign = f"{item.number}." if ordered else "•"
    if item.checked is not None:
        sign = "☑" if item.checked else "☐"
    lines = [line for block in item.blocks for line in _lines(block)] or [""]
    yield f"{sign} {lines[0]}"
    yield from (f"  {line}" for line in lines[1:])
