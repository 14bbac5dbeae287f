"""Marks the reader's own keywords in what others wrote.

Invariant: only plain text is marked, whole words only (in scripts that write spaces), and the text itself
stays as it is. Whether a post counts as a mention is the server's word; this is for the eye alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from tui.core.spans import Span, Spans, Style

MOST_KEYS = 50
LONGEST_KEY = 100


@lru_cache(maxsize=16)
def keyword_pattern(keys: tuple[str, ...], first_name: str = "") -> re.Pattern[str] | None:
    """What matches one of `keys` in any case, or `first_name` in its own; None = nothing to look for."""
    words = [key.strip() for key in keys if key.strip() and not key.strip().startswith("@")]
    parts = [f"(?i:{_whole(word)})" for word in words[:MOST_KEYS] if len(word) <= LONGEST_KEY]
    if first_name.strip():
        parts.append(_whole(first_name.strip()[:LONGEST_KEY]))
    return re.compile("|".join(parts)) if parts else None


def mark_keywords(spans: Iterable[Span], pattern: re.Pattern[str] | None) -> Spans:
    """`spans` with the matches of `pattern` in their plain text styled as mine."""
    if pattern is None:
        return tuple(spans)
    return tuple(
        part for span in spans for part in (_marked(span, pattern) if span.kind == "text" else (span,))
    )


def _marked(span: Span, pattern: re.Pattern[str]) -> Iterator[Span]:
    pos = 0
    for match in pattern.finditer(span.text):
        if match.start() > pos:
            yield Span(span.text[pos : match.start()], span.style)
        yield Span(match[0], span.style | Style.MINE)
        pos = match.end()
    if pos < len(span.text):
        yield Span(span.text[pos:], span.style)


def _whole(word: str) -> str:
    """A pattern for `word` with an edge wherever its own end is a letter of a script with spaces."""
    before = r"(?<![^\W_])" if _needs_edge(word[0]) else ""
    after = r"(?![^\W_])" if _needs_edge(word[-1]) else ""
    return f"{before}{re.escape(word)}{after}"


def _needs_edge(char: str) -> bool:
    return char.isalnum() and not (
        "\u0e00" <= char <= "\u0fff" or "\u2e80" <= char <= "\ud7ff" or char >= "\U00020000"
    )
