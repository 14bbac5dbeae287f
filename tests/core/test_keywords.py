"""My keywords stand out, and nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.keywords import keyword_pattern, mark_keywords
from tui.core.spans import Span, Style, spans_text


def _mine(text: str, *keys: str, first_name: str = "") -> list[str]:
    spans = mark_keywords((Span(text),), keyword_pattern(keys, first_name))
    return [span.text for span in spans if Style.MINE in span.style]


@pytest.mark.parametrize(
    ("text", "keys", "found"),
    [
        ("it is Urgent, URGENT!", ("urgent",), ["Urgent", "URGENT"]),
        ("urgently insurgent", ("urgent",), []),
        ("_urgent_ under_urgent", ("urgent",), ["urgent", "urgent"]),
        ("Störung im Büro", ("störung", "büro"), ["Störung", "Büro"]),
        ("c++ and c", ("c++",), ["c++"]),
        ("今日は会議です", ("会議",), ["会議"]),
        ("a.b aXb", ("a.b",), ["a.b"]),
        ("all clear", ("@all", "", "  "), []),
        ("on call now", (" on call ",), ["on call"]),
    ],
)
def test_whole_words_are_marked(text: str, keys: tuple[str, ...], found: list[str]) -> None:
    assert _mine(text, *keys) == found


def test_the_first_name_keeps_its_case() -> None:
    assert _mine("Will will come", first_name="Will") == ["Will"]


def test_only_plain_text_is_marked() -> None:
    spans = (Span("urgent", kind="code"), Span("urgent", Style.BOLD), Span("https://urgent.de", kind="link"))
    marked = mark_keywords(spans, keyword_pattern(("urgent",)))
    assert [span.style for span in marked] == [Style.NONE, Style.BOLD | Style.MINE, Style.NONE]


def test_without_keys_nothing_is_looked_for() -> None:
    assert keyword_pattern(()) is None
    assert keyword_pattern(("x" * 1000,)) is None
    assert mark_keywords((Span("a"),), None) == (Span("a"),)


@given(st.text(), st.lists(st.text(max_size=10), max_size=5))
def test_the_text_stays_as_it_is(text: str, keys: list[str]) -> None:
    marked = mark_keywords((Span(text),), keyword_pattern(tuple(keys)))
    assert spans_text(marked) == text
