"""Bold, italic and struck-through: which delimiters belong together (CommonMark's rules, in linear time).

Invariant: no delimiter is looked at more often than there are kinds of delimiters, whatever the text; a
delimiter without a partner stays text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import field

from tui.core.spans import Span, Style
from tui.core.values import dataclass

STYLES = tuple(Style(number) for number in range(64))
"""Flags by number: making one anew costs more than a look-up."""

_SINGLE = {"*": Style.ITALIC.value, "_": Style.ITALIC.value}
_DOUBLE = {"*": Style.BOLD.value, "_": Style.BOLD.value, "~": Style.STRIKE.value}


@dataclass(slots=True)
class Node:
    """A piece of a paragraph on its way to be spans: finished spans, or a run of `count` delimiters."""

    spans: tuple[Span, ...] = ()
    char: str = ""
    count: int = 0
    length: int = 0
    """How many delimiters the run had."""
    can_open: bool = False
    can_close: bool = False
    index: int = 0
    opens: list[int] = field(default_factory=list)
    closes: list[int] = field(default_factory=list)


def delimiter(text: str, start: int, end: int) -> Node | None:
    """The run of equal delimiters `text[start:end]`, or None where it can neither open nor close."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    left, right = _flanks(before, after)
    char = text[start]
    can_open, can_close = left, right
    if char == "_":
        can_open = left and (not right or _is_punctuation(before))
        can_close = right and (not left or _is_punctuation(after))
    if not can_open and not can_close:
        return None
    count = end - start
    return Node(char=char, count=count, length=count, can_open=can_open, can_close=can_close)


def resolve(nodes: list[Node]) -> tuple[Span, ...]:
    """The nodes as spans, with paired delimiters turned into styles."""
    _pair(nodes)
    return join_texts(_flatten(nodes))


def join_texts(spans: Iterable[Span]) -> tuple[Span, ...]:
    """`spans` with neighbouring texts of the same style made one."""
    joined: list[Span] = []
    texts: list[str] = []
    style = Style.NONE
    for span in spans:
        if span.kind == "text" and (not texts or span.style == style):
            style = span.style
            texts.append(span.text)
            continue
        if texts:
            joined.append(Span("".join(texts), style))
            texts = []
        if span.kind == "text":
            style = span.style
            texts = [span.text]
        else:
            joined.append(span)
    return (*joined, Span("".join(texts), style)) if texts else tuple(joined)


def _flanks(before: str, after: str) -> tuple[bool, bool]:
    """(left-flanking, right-flanking) by the neighbours of a run."""
    space_before, space_after = before.isspace(), after.isspace()
    mark_before, mark_after = _is_punctuation(before), _is_punctuation(after)
    left = not space_after and (not mark_after or space_before or mark_before)
    right = not space_before and (not mark_before or space_after or mark_after)
    return left, right


def _is_punctuation(char: str) -> bool:
    return not char.isalnum() and unicodedata.category(char)[0] in "PS"


def _pair(nodes: list[Node]) -> None:
    """CommonMark's "process emphasis": `bottoms` keeps a closer from searching twice where nothing was."""
    openers: list[Node] = []
    bottoms: dict[tuple[str, bool, int], int] = {}
    for index, node in enumerate(nodes):
        node.index = index
        if not node.char:
            continue
        while node.can_close and node.count:
            key = (node.char, node.can_open, node.length % 3)
            at = _opener_for(node, openers, bottoms.get(key, -1))
            if at < 0:
                bottoms[key] = index - 1
                break
            _match(openers[at], node)
            del openers[at + 1 if openers[at].count else at :]
        if node.can_open and node.count:
            openers.append(node)


def _opener_for(closer: Node, openers: list[Node], bottom: int) -> int:
    """Where the nearest opener that fits lies; -1 = there is none above node `bottom`."""
    for at in range(len(openers) - 1, -1, -1):
        opener = openers[at]
        if opener.index <= bottom:
            return -1
        if opener.char == closer.char and _fit(opener, closer):
            return at
    return -1


def _fit(opener: Node, closer: Node) -> bool:
    if opener.char == "~":
        return opener.count == closer.count == 2
    if not opener.can_close and not closer.can_open:
        return True
    lengths = opener.length, closer.length
    return sum(lengths) % 3 != 0 or all(length % 3 == 0 for length in lengths)


def _match(opener: Node, closer: Node) -> None:
    used = 2 if opener.count >= 2 and closer.count >= 2 else 1
    flag = (_DOUBLE if used == 2 else _SINGLE)[opener.char]
    opener.count -= used
    closer.count -= used
    opener.opens.append(flag)
    closer.closes.append(flag)


def _flatten(nodes: list[Node]) -> list[Span]:
    spans: list[Span] = []
    depths = {Style.BOLD.value: 0, Style.ITALIC.value: 0, Style.STRIKE.value: 0}
    style = 0
    for node in nodes:
        if node.closes:
            style = _shift(depths, node.closes, -1)
        if node.count:
            spans.append(Span(node.char * node.count, STYLES[style]))
        spans.extend(node.spans if not style else (_styled(span, style) for span in node.spans))
        if node.opens:
            style = _shift(depths, node.opens, 1)
    return spans


def _shift(depths: dict[int, int], flags: list[int], step: int) -> int:
    for flag in flags:
        depths[flag] += step
    return sum(flag for flag, depth in depths.items() if depth)


def _styled(span: Span, style: int) -> Span:
    return Span(span.text, STYLES[span.style.value | style], span.kind, span.target, span.host)
