"""Wrapping and cutting by cells."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from tui.core.safe_text import safe
from tui.ui.widgets.cells import break_spans, crop, cut, ends, fit, strip_of, width_of, wrap

BOLD, PLAIN = Style(bold=True), Style()
TEXTS = st.text(alphabet=st.sampled_from(list("ab  c-漢字é\u0301👩‍👩‍👧🙂")), max_size=60).map(safe)
"""As they come: through `safe`."""


def texts(lines: list[list[Segment]]) -> list[str]:
    return ["".join(segment.text for segment in line) for line in lines]


def test_wraps_between_words_and_drops_the_space_at_the_break() -> None:
    assert texts(wrap([Segment("one two three")], 7)) == ["one two", "three"]


def test_lines_that_are_cut_off_leave_an_ellipsis() -> None:
    lines = [[Segment("one")], [Segment("two")], [Segment("three")]]
    assert cut(lines, 3, 5) == lines
    assert texts(cut(lines, 2, 5)) == ["one", "two…"]
    assert texts(cut(lines, 0, 3)) == ["on…"]
    assert texts(cut([[], [Segment("x")]], 1, 5)) == ["…"]
    assert cut([], 1, 5) == []


def test_keeps_styles_over_the_break() -> None:
    lines = wrap([Segment("one ", PLAIN), Segment("two three", BOLD)], 7)
    assert texts(lines) == ["one two", "three"]
    assert lines[1] == [Segment("three", BOLD)]


def test_cuts_a_word_that_is_wider_than_a_line() -> None:
    assert texts(wrap([Segment("see abcdefghij")], 6)) == ["see ab", "cdefgh", "ij"]


def test_an_indentation_stays() -> None:
    assert texts(wrap([Segment("    x = 1")], 40)) == ["    x = 1"]


def test_fit_marks_what_is_cut() -> None:
    assert fit("Town Square", 6) == "Town…"
    assert fit("short", 10) == "short"
    assert fit("漢字漢字", 5) == "漢字…"
    assert fit("x", 0) == ""


def test_ends_gives_the_right_side_its_room() -> None:
    line = ends([Segment("a long title")], [Segment("99")], 10)
    assert texts([line]) == ["a long… 99"]
    assert texts([ends([Segment("ab")], [Segment("way too long")], 5)]) == ["ab"]


def test_crop_keeps_the_style_of_what_it_cuts() -> None:
    assert crop([Segment("abc"), Segment("defg", BOLD)], 5) == [Segment("abc"), Segment("d…", BOLD)]


def test_a_strip_has_exactly_the_width() -> None:
    assert strip_of([Segment("漢字")], 3, PLAIN).cell_length == 3
    assert strip_of([Segment("a")], 5, PLAIN).text == "a    "


@given(TEXTS, st.integers(1, 20))
def test_no_line_is_wider_than_asked_for(text: str, width: int) -> None:
    wide = max((cell_len(char) for char in text), default=0)
    for line in wrap([Segment(text)], width):
        assert width_of(line) <= max(width, wide)


@given(TEXTS, st.integers(2, 20))
def test_no_letter_is_lost(text: str, width: int) -> None:
    kept = "".join(text[start:end] for start, end in break_spans(text, width))
    assert kept.replace(" ", "") == text.replace(" ", "")
