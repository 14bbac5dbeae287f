"""A message of Mattermost's Markdown as blocks and spans, at a bounded price.

Invariant: whatever the text, `parse` returns, nothing of the text that is shown is lost, no control character
is in the result, and the work is bounded: by characters and lines (the rest is `left`), by nesting and cells
(beyond them the text stays plain) and by the inline `Budget`. Plain chat lines never load markdown-it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from tui.core.links import redact_tokens
from tui.core.markdown_context import Budget, MarkdownContext
from tui.core.markdown_inline import inline
from tui.core.patterns import pattern
from tui.core.safe_text import safe, safe_line, shorten
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
    Spans,
    Style,
    Table,
    document_links,
    document_spans,
    document_text,
    is_mine,
    spans_text,
)
from tui.core.values import dataclass

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = [
    "Block",
    "CodeBlock",
    "Document",
    "Heading",
    "Limits",
    "ListBlock",
    "ListItem",
    "MarkdownContext",
    "Paragraph",
    "Quote",
    "Rule",
    "Span",
    "Spans",
    "Style",
    "Table",
    "document_links",
    "document_spans",
    "document_text",
    "is_mine",
    "parse",
    "plain",
    "spans_text",
    "warm_up",
]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one message may cost."""

    characters: int = 16_384
    lines: int = 600
    steps: int = 4_000
    """Special characters that are looked at, see `Budget`."""
    columns: int = 60
    cells: int = 2_000
    nesting: int = 20
    """Levels of quotes and lists; a list and its item are two."""
    markers: int = 2_000
    """Signs of quotes and list items."""


LIMITS = Limits()
PREVIEW = 2_000
"""Characters of a message that its one-line summary is made of."""
EMPTY_CONTEXT = MarkdownContext()

_BLOCKS = pattern(
    r"^ {0,3}(?:#{1,6}(?: |$)|>|[*+-](?: |$)|\d{1,9}[.)](?: |$)|```|~~~|=+ *$|([*_-]) *(?:\1 *){2,}$|-+ *$)"
    r"|^ {4,}\S|\|",
    re.MULTILINE,
)
_MARKER = pattern(r"(?:>|(?<![^ \n>])(?:[*+-]|\d{1,9}[.)])(?=[ \n]))")
_BLANK_LINES = pattern(r"\n(?:[ ]*\n)+")
_TASK = pattern(r"\[([ xX])\](?:\s+|$)")


def parse(message: str, context: MarkdownContext = EMPTY_CONTEXT, limits: Limits = LIMITS) -> Document:
    """`message` ready to be drawn; never raises."""
    text, left = _fit(message, limits)
    budget = Budget(limits.steps)
    blocks = _structured(text, context, budget, limits) if _BLOCKS.search(text) else None
    if blocks is None:
        blocks = _paragraphs(text, context, budget)
    return Document(blocks, left > 0, left)


def plain(message: str, limit: int = 300, context: MarkdownContext = EMPTY_CONTEXT) -> str:
    """One line that says what a message says, without Markdown and tokens: for previews and notifications."""
    document = parse(redact_tokens(message[:PREVIEW]), context)
    return shorten(safe_line(document_text(document)), limit)


def warm_up() -> None:
    """Loads what the first table or list would otherwise wait for (about 80 ms); for a background thread."""
    _parser(False, LIMITS.nesting).parse("- a")


def _fit(message: str, limits: Limits) -> tuple[str, int]:
    """The part of `message` that is shown, made safe, and the number of characters that are not."""
    text = safe(message[: limits.characters])
    rest = max(len(message) - limits.characters, 0)
    end = min(len(text), limits.characters)
    at = -1
    for _ in range(limits.lines):
        at = text.find("\n", at + 1, end)
        if at < 0:
            return text[:end], rest + len(text) - end
    return text[:at], rest + len(text[at:].strip("\n"))


def _paragraphs(text: str, context: MarkdownContext, budget: Budget) -> tuple[Block, ...]:
    parts = (part.strip() for part in _BLANK_LINES.split(text))
    return tuple(Paragraph(inline(part, context, budget)) for part in parts if part)


def _structured(
    text: str, context: MarkdownContext, budget: Budget, limits: Limits
) -> tuple[Block, ...] | None:
    """The blocks, or None where they nest too deep (markdown-it would drop what is deeper) or too often."""
    if len(_MARKER.findall(text)) > limits.markers:
        return None
    tokens = _parser(_has_sane_tables(text, limits), limits.nesting).parse(text)
    if any(token.level >= limits.nesting - 1 for token in tokens):
        return None
    return _Builder(tokens, context, budget).blocks()


def _has_sane_tables(text: str, limits: Limits) -> bool:
    if text.count("|") > limits.cells:
        return False
    return all(line.count("|") <= limits.columns for line in text.split("\n"))


@lru_cache(maxsize=4)
def _parser(tables: bool, nesting: int) -> MarkdownIt:
    """markdown-it for blocks alone: the insides of paragraphs are ours, raw HTML and definitions are text."""
    from markdown_it import MarkdownIt  # lazy: 80 ms that plain chat does not pay

    rules = ["code", "fence", "blockquote", "hr", "list", "heading", "lheading"]
    parser = MarkdownIt("zero").enable([*rules, "table"] if tables else rules)
    parser.core.ruler.enableOnly(["normalize", "block"])
    parser.options["maxNesting"] = nesting
    return parser


class _Builder:
    """Turns markdown-it's flat list of tokens into nested blocks. `pos` is the token to read next."""

    def __init__(self, tokens: Sequence[Token], context: MarkdownContext, budget: Budget) -> None:
        self.tokens = tokens
        self.context = context
        self.budget = budget
        self.pos = 0

    def blocks(self) -> tuple[Block, ...]:
        """The blocks up to the end of the container that `pos` is in."""
        found: list[Block] = []
        while self.pos < len(self.tokens) and self.tokens[self.pos].nesting >= 0:
            found.append(self._block(self._next()))
        self.pos += 1
        return tuple(found)

    def _next(self) -> Token:
        token = self.tokens[self.pos]
        self.pos += 1
        return token

    def _block(self, token: Token) -> Block:
        match token.type:
            case "heading_open":
                return Heading(int(token.tag[1:]), self._inline())
            case "blockquote_open":
                return Quote(self.blocks())
            case "bullet_list_open" | "ordered_list_open":
                return ListBlock(token.type == "ordered_list_open", self._items())
            case "table_open":
                return self._table()
            case "fence" | "code_block":
                return CodeBlock(token.content.rstrip("\n"), _language(token.info))
            case "hr":
                return Rule()
            case _:
                return Paragraph(self._inline())

    def _inline(self) -> Spans:
        """The runs of the inline token at `pos`; steps over the closing token behind it."""
        content = self._next().content
        self.pos += 1
        return inline(content.strip(), self.context, self.budget)

    def _items(self) -> tuple[ListItem, ...]:
        items: list[ListItem] = []
        while (token := self._next()).nesting > 0:
            checked = self._take_task()
            items.append(ListItem(self.blocks(), int(token.info or 0), checked))
        return tuple(items)

    def _take_task(self) -> bool | None:
        """Whether the item at `pos` is a task, and done; its box is taken off its text."""
        if self.tokens[self.pos].type != "paragraph_open":
            return None
        token = self.tokens[self.pos + 1]
        match = _TASK.match(token.content)
        if match is None:
            return None
        token.content = token.content[match.end() :]
        return match[1] != " "

    def _table(self) -> Table:
        rows: list[list[Spans]] = []
        align: list[str] = []
        while (token := self._next()).type != "table_close":
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                if token.type == "th_open":
                    align.append(str(token.attrGet("style") or "").rpartition(":")[2] or "left")
                rows[-1].append(self._inline())
        header, *body = map(tuple, rows)
        return Table(header, tuple(body), tuple(align))


def _language(info: str) -> str:
    return safe_line(info.split(maxsplit=1)[0], 32).lower() if info.strip() else ""
