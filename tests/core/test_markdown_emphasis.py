"""Delimiters pair as CommonMark says; markdown-it is the oracle."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tui.core.markdown_context import Budget, MarkdownContext
from tui.core.markdown_emphasis import Node, delimiter, join_texts, resolve
from tui.core.markdown_inline import inline
from tui.core.spans import Span, Style

_ORACLE = MarkdownIt("commonmark").disable(["html_inline", "entity", "image", "link", "autolink"])
_OPENING = {"strong_open": Style.BOLD, "em_open": Style.ITALIC}
_CLOSING = {"strong_close": Style.BOLD, "em_close": Style.ITALIC}

Styled = list[tuple[str, Style, bool]]


def _theirs(text: str) -> Styled:
    active: list[Style] = []
    chars: Styled = []
    for token in _ORACLE.parseInline(text)[0].children or ():
        if token.type in _OPENING:
            active.append(_OPENING[token.type])
        elif token.type in _CLOSING:
            active.remove(_CLOSING[token.type])
        else:
            style = Style(sum(set(active)))
            content = "\n" if token.type == "softbreak" else token.content
            chars.extend((char, style, token.type == "code_inline") for char in content)
    return chars


def _ours(text: str) -> Styled:
    spans = inline(text, MarkdownContext(), Budget(10_000))
    return [(char, span.style, span.kind == "code") for span in spans for char in span.text]


@settings(max_examples=500)
@given(st.text(st.sampled_from("**__ab .(`\\"), min_size=1, max_size=20).map(str.strip).filter(bool))
def test_emphasis_and_code_are_commonmark(text: str) -> None:
    assert _ours(text) == _theirs(text)


def test_runs_that_can_do_nothing_stay_text() -> None:
    assert delimiter("a * b", 2, 3) is None
    assert delimiter("a_b", 1, 2) is None


def test_struck_through_needs_two_and_two() -> None:
    texts = [(span.text, span.style) for span in inline("~~a~~ ~b~ ~~~c~~~", MarkdownContext(), Budget(100))]
    assert texts == [("a", Style.STRIKE), (" ~b~ ~~~c~~~", Style.NONE)]


def test_styles_add_up() -> None:
    (span,) = inline("***~~a~~***", MarkdownContext(), Budget(100))
    assert span == Span("a", Style.BOLD | Style.ITALIC | Style.STRIKE)


def test_neighbouring_texts_are_joined() -> None:
    code = Span("x", kind="code")
    spans = join_texts((Span("a"), Span("b"), Span("c", Style.BOLD), code, Span("d")))
    assert spans == (Span("ab"), Span("c", Style.BOLD), code, Span("d"))
    assert resolve([]) == ()
    assert resolve([Node((Span("a"),)), Node((Span("b"),))]) == (Span("ab"),)
