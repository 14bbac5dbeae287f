"""The inside of a paragraph: emphasis, code, links, mentions, channels, hashtags, emoji.

Invariant: the text is walked once, from one special character to the next, and every look back or ahead is
bounded; when the `Budget` is used up, the rest stays text. Nothing is interpreted inside code.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping

from tui.core import emoji
from tui.core.keywords import keyword_pattern, mark_keywords
from tui.core.links import bare_end, bare_link, mail_link, written_link
from tui.core.markdown_context import Budget, MarkdownContext
from tui.core.markdown_emphasis import Node, delimiter, resolve
from tui.core.markdown_links import link_span, linked
from tui.core.patterns import pattern
from tui.core.safe_text import safe_line
from tui.core.spans import Span, Spans, Style

SPECIAL_MENTIONS = frozenset({"channel", "all", "here"})
MAX_OPEN = 100
"""Brackets that wait for their partner at one time; more stay text."""

_SPECIAL = pattern(r"[\\`<*_~@#:\[\]]|!\[|(?:https?://|www\.|mailto:)", re.IGNORECASE)
_ESCAPE = pattern(r"\\([!-/:-@\[-`{-~])")
_TICKS = pattern(r"`+")
_RUN = pattern(r"\*+|_+|~+")
_AUTOLINK = pattern(
    r"<((?:https?://|mailto:)[^\s<>]{1,2000}|[^\s<>@:/]{1,64}@[^\s<>@:/]{1,253})>", re.IGNORECASE
)
_USER = pattern(r"@([a-z0-9._-]{1,128}(?::[a-z0-9._-]{1,128})?)", re.IGNORECASE)
_CHANNEL = pattern(r"~([a-z0-9._-]{1,128})", re.IGNORECASE)
_HASHTAG = pattern(r"#[^\W\d_][\w.-]{1,255}")
_EMOJI = pattern(r":([a-zA-Z0-9_+-]{1,64}):")
_LOCAL = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._%+-")
_DOMAIN = pattern(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_TARGET = pattern(
    r"\(\s{0,9}(?:<([^<>\n]{0,2000})>|((?:[^\s()\\]|\\.|\([^\s()]{0,500}\)){0,2000}))"
    r"(?:\s{1,9}=\d{0,5}(?:x\d{0,5})?)?(?:\s{1,9}(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'))?\s{0,9}\)"
)


def inline(text: str, context: MarkdownContext, budget: Budget) -> Spans:
    """The runs of one paragraph, heading or cell; `text` is safe already."""
    if not text:
        return ()
    spans = _Scanner(text, context, budget).run() if _SPECIAL.search(text) else (Span(text),)
    return mark_keywords(spans, keyword_pattern(context.mention_keys, context.first_name))


class _Scanner:
    """Walks one text. `pos` is where to look next, `low` where the text that is not yet in a node starts."""

    def __init__(self, text: str, context: MarkdownContext, budget: Budget) -> None:
        self.text = text
        self.context = context
        self.budget = budget
        self.pos = 0
        self.low = 0
        self.nodes: list[Node] = []
        self.openers: list[tuple[int, bool]] = []
        self.ticks: dict[int, list[int]] | None = None

    def run(self) -> Spans:
        text = self.text
        while match := _SPECIAL.search(text, self.pos):
            if not self.budget.take():
                break
            start = match.start()
            self.pos = match.end()
            _HANDLERS[text[start]](self, start)
        self._flush(len(text))
        return resolve(self.nodes)

    def _flush(self, end: int) -> None:
        """Puts the plain text up to `end` into a node."""
        if end > self.low:
            self.nodes.append(Node((Span(self.text[self.low : end]),)))
        self.low = end

    def _add(self, start: int, end: int, *spans: Span) -> None:
        """Puts finished spans in the place of `text[start:end]`."""
        self.budget.take()
        self._flush(start)
        self.nodes.append(Node(spans))
        self.low = self.pos = end

    def _take_link(self, text: str) -> bool:
        """Pays for checking a link; names outside ASCII are dear."""
        return self.budget.take(8 if text.isascii() and "xn--" not in text.lower() else 40)

    def _after_word(self, start: int) -> bool:
        return start > 0 and self.text[start - 1].isalnum()

    def escape(self, start: int) -> None:
        match = _ESCAPE.match(self.text, start)
        if match is not None:
            self._add(start, match.end(), Span(match[1]))

    def code(self, start: int) -> None:
        end = self._ticks_end(start)
        length = end - start
        later = self._ticks_of(length)
        at = bisect_right(later, start)
        self.pos = end
        if at == len(later):
            return
        inside = self.text[end : later[at]].replace("\n", " ")
        if inside.startswith(" ") and inside.endswith(" ") and inside.strip(" "):
            inside = inside[1:-1]
        self._add(start, later[at] + length, Span(inside, kind="code"))

    def _ticks_end(self, start: int) -> int:
        match = _TICKS.match(self.text, start)
        return match.end() if match else start + 1

    def _ticks_of(self, length: int) -> list[int]:
        """Where the runs of exactly `length` backticks start; found once for the whole text."""
        if self.ticks is None:
            self.ticks = {}
            for match in _TICKS.finditer(self.text):
                self.ticks.setdefault(match.end() - match.start(), []).append(match.start())
        return self.ticks.get(length, [])

    def delimiters(self, start: int) -> None:
        match = _RUN.match(self.text, start)
        end = match.end() if match else start + 1
        self.pos = end
        if self.text[start] == "~" and end - start != 2:
            if end - start == 1:
                self._channel(start)
            return
        node = delimiter(self.text, start, end)
        if node is not None and self.budget.take():
            self._flush(start)
            self.nodes.append(node)
            self.low = end

    def _channel(self, start: int) -> None:
        match = _CHANNEL.match(self.text, start)
        if match is None or self._after_word(start):
            return
        names = self.context.channel_mentions
        name = _known_part(match[1].lower(), names.__contains__)
        if name:
            title = safe_line(names[name]) or name
            self._add(start, start + 1 + len(name), Span(f"~{title}", kind="channel", target=name))

    def at(self, start: int) -> None:
        match = _USER.match(self.text, start)
        if match is None:
            return
        if not self._starts_name(start):
            self._mail(start)
            return
        name = _known_part(match[1].lower(), self._is_user)
        if not name:
            return
        style = Style.MINE if self.context.is_mine(name) else Style.NONE
        end = start + 1 + len(name)
        self._add(start, end, Span(self.text[start:end], style, "mention", name))

    def _starts_name(self, at: int) -> bool:
        """True where the @ follows no word; underscores before it are emphasis."""
        start, lowest = at, max(at - 8, 0)
        while start > lowest and self.text[start - 1] == "_":
            start -= 1
        return not self._after_word(start)

    def _is_user(self, name: str) -> bool:
        return name in SPECIAL_MENTIONS or name == self.context.me.lower() or self.context.knows(name)

    def _mail(self, at: int) -> None:
        """An address around the @ at `at`; the part before it is text that was passed already."""
        start, lowest = at, max(self.low, at - 64)
        while start > lowest and self.text[start - 1] in _LOCAL:
            start -= 1
        self._address(start, start, at)

    def _address(self, shown: int, start: int, at: int) -> None:
        domain = _DOMAIN.match(self.text, at + 1)
        link = mail_link(self.text[start : domain.end()]) if domain and start < at else None
        if domain is not None and link is not None and self.budget.take(4):
            text = self.text[shown : domain.end()]
            self._add(shown, domain.end(), Span(text, kind="link", target=link.url))

    def hashtag(self, start: int) -> None:
        match = _HASHTAG.match(self.text, start)
        if match is None or self._after_word(start) or self.text[start - 1 : start] == "_":
            return
        tag = match[0].rstrip("._-")
        if len(tag) > 3:
            self._add(start, start + len(tag), Span(tag, kind="hashtag", target=tag))

    def colon(self, start: int) -> None:
        match = _EMOJI.match(self.text, start)
        if match is None or (match[1].isdigit() and self._after_word(start)):
            return
        name = match[1].lower()
        if name in self.context.custom_emojis:
            self._add(start, match.end(), Span(f":{name}:", kind="emoji", target=name))
        elif (char := emoji.to_unicode(name)) is not None:
            self._add(start, match.end(), Span(char, kind="emoji", target=name))

    def angle(self, start: int) -> None:
        match = _AUTOLINK.match(self.text, start)
        if match is None:
            return
        if not self._take_link(match[1]):
            return
        link = bare_link(match[1]) if ":" in match[1] else mail_link(match[1])
        if link is not None:
            self._add(start, match.end(), link_span(Span(match[1]), link, match[1]))

    def address(self, start: int) -> None:
        """A bare http://, https://, www. or mailto: address."""
        if self._after_word(start):
            return
        if self.text[start] in "mM":
            at = self.text.find("@", self.pos, self.pos + 65)
            if at > 0 and _LOCAL.issuperset(self.text[self.pos : at]):
                self._address(start, self.pos, at)
            return
        end = bare_end(self.text, start)
        text = self.text[start:end]
        link = bare_link(text) if self._take_link(text) else None
        if link is None:
            self.pos = max(end, self.pos)
        else:
            self._add(start, end, link_span(Span(text), link, text))

    def bracket(self, start: int) -> None:
        if len(self.openers) >= MAX_OPEN:
            return
        self._flush(start)
        self.openers.append((len(self.nodes), self.text[start] == "!"))
        self.nodes.append(Node((Span(self.text[start : self.pos]),)))
        self.low = self.pos

    def closing_bracket(self, start: int) -> None:
        if not self.openers:
            return
        index, is_image = self.openers.pop()
        match = _TARGET.match(self.text, start + 1)
        link = written_link(match[1] or match[2] or "") if match and self._take_link(match[0]) else None
        if match is None or link is None:
            return
        self._flush(start)
        children = resolve(self.nodes[index + 1 :])
        spans = linked(children, link, Style.IMAGE if is_image else Style.NONE)
        self.nodes[index:] = [Node(spans)]
        self.low = self.pos = match.end()
        if not is_image:
            # A link holds no link: what opened before this one can only be the text of an image.
            self.openers = [opener for opener in self.openers if opener[1]]


_HANDLERS: Mapping[str, Callable[[_Scanner, int], None]] = {
    "\\": _Scanner.escape,
    "`": _Scanner.code,
    "*": _Scanner.delimiters,
    "_": _Scanner.delimiters,
    "~": _Scanner.delimiters,
    "@": _Scanner.at,
    "#": _Scanner.hashtag,
    ":": _Scanner.colon,
    "<": _Scanner.angle,
    "[": _Scanner.bracket,
    "!": _Scanner.bracket,
    "]": _Scanner.closing_bracket,
    **dict.fromkeys("hHwWmM", _Scanner.address),
}


def _known_part(name: str, knows: Callable[[str], bool]) -> str:
    """`name`, or what is left of it without the `.`, `-` and `_` of the sentence, if known; else ""."""
    while not knows(name):
        if name[-1:] not in (".", "-", "_"):
            return _known_part(name.partition(":")[0], knows) if ":" in name else ""
        name = name[:-1]
    return name
