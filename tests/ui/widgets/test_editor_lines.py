"""Where the characters of an edited text stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.support.hostile import HOSTILE, raw_controls
from tui.ui.widgets.editor_lines import Span, index_at, last_index, locate, shown, visual_lines

TEXTS = st.text(alphabet=st.sampled_from(list("ab c\n漢é")), max_size=60)


def test_lines_of_a_text() -> None:
    assert visual_lines("", 10) == [Span(0, 0)]
    assert visual_lines("ab\ncd", 10) == [Span(0, 2), Span(3, 5)]
    assert visual_lines("one two three", 8) == [Span(0, 8), Span(8, 13)]


def test_there_is_room_for_the_cursor_behind_a_full_line() -> None:
    assert len(visual_lines("abcd", 4)) == 2


def test_up_and_down_keep_the_column() -> None:
    text = "hello\nhi"
    lines = visual_lines(text, 20)
    assert locate(text, lines, 4) == (0, 4)
    assert index_at(text, lines[1], 4) == 8
    assert index_at(text, lines[0], 2) == 2


def test_the_last_place_of_a_wrapped_row_is_before_its_last_character() -> None:
    lines = visual_lines("one two three", 8)
    assert last_index(lines, 0) == 7
    assert last_index(lines, 1) == 13


def test_what_is_shown_is_harmless_and_as_long() -> None:
    for text in HOSTILE:
        assert raw_controls(shown(text)) == []
        assert len(shown(text)) == len(text)


@given(TEXTS, st.integers(2, 20))
def test_the_spans_cover_all_but_the_breaks(text: str, width: int) -> None:
    lines = visual_lines(text, width)
    assert "".join(text[span.start : span.end] for span in lines) == text.replace("\n", "")


@given(TEXTS, st.integers(2, 20), st.integers(0, 60))
def test_a_place_is_found_again(text: str, width: int, cursor: int) -> None:
    at = min(cursor, len(text))
    lines = visual_lines(text, width)
    row, column = locate(text, lines, at)
    assert index_at(text, lines[row], column) == at
