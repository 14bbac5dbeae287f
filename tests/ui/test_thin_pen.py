"""Pens and the way from one to the next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.ui.thin_pen import BOLD, DIM, PLAIN, REVERSE, Pen, after_sgr, blank, transition

COLOURS = st.sampled_from(["", "31", "97", "38;5;200", "38;2;1;2;3"])
BACKGROUNDS = st.sampled_from(["", "41", "103", "48;5;17", "48;2;0;0;9"])
PENS = st.builds(Pen, st.integers(0, 63), COLOURS, BACKGROUNDS, st.just(""))


@given(PENS, PENS)
def test_a_transition_arrives_at_its_pen(before: Pen, after: Pen) -> None:
    sequence = transition(before, after)
    if before == after:
        assert sequence == ""
    else:
        assert after_sgr(sequence[2:-1], before) == after


@given(st.text(alphabet="0123456789;:", max_size=40))
def test_no_codes_raise_and_all_become_known_ones(codes: str) -> None:
    pen = after_sgr(codes, PLAIN)
    assert transition(PLAIN, pen).replace("\x1b[", "").strip("0123456789;m") == ""


@pytest.mark.parametrize("codes", ["38;5", "38;2;1;2", "38;9;1", "48;2;999;0;0", "5", "8", "73"])
def test_broken_or_unwanted_codes_change_nothing(codes: str) -> None:
    assert after_sgr(codes, PLAIN) == PLAIN


def test_leaving_bold_keeps_dim() -> None:
    assert after_sgr(transition(Pen(BOLD | DIM), Pen(DIM))[2:-1], Pen(BOLD | DIM)) == Pen(DIM)


def test_a_blank_needs_its_background_only() -> None:
    assert blank(Pen(BOLD, "31", "41")) == Pen(0, "", "41")
    assert blank(Pen(REVERSE, "31", "41")) == Pen(REVERSE, "31", "41")


def test_links_are_opened_and_closed() -> None:
    linked = Pen(link="https://example.org/a")
    assert transition(PLAIN, linked) == "\x1b]8;;https://example.org/a\x1b\\"
    assert transition(linked, PLAIN) == "\x1b]8;;\x1b\\"


@pytest.mark.parametrize(
    ("codes", "fg"),
    [
        ("38;2;255;255;255", "38;5;231"),
        ("38;2;95;135;175", "38;5;67"),
        ("38;2;28;28;28", "38;5;234"),
        ("38;2;254;255;255", "38;2;254;255;255"),
        ("38;2;0;0;0", "38;2;0;0;0"),
    ],
)
def test_a_colour_that_is_in_the_table_of_256_is_named_by_its_number(codes: str, fg: str) -> None:
    """Black and the darkest blues are not: people give those numbers colours of their own."""
    assert after_sgr(codes, PLAIN).fg == fg
