"""The painter against the stock way: the same frames, the same picture, only allowed bytes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.screens import Terminal
from tui.ui.thin_grid import Grid
from tui.ui.thin_paint import Painter

WIDTH, HEIGHT = 24, 3
ALLOWED = re.compile(
    r"(?:[^\x00-\x1f\x7f-\x9f]|\x1b\[[\d;]*[HCDKXm]|\x1b[78]|\x1b\]8;;(?:https?://[!-~]*)?\x1b\\)*",
)
SGR = st.sampled_from(
    ["0", "1", "2", "3", "4", "7", "9", "22", "24", "27", "31", "44", "38;5;99", "48;2;9;9;9", "39", "49"]
)
STYLES = st.lists(SGR, max_size=3).map(lambda codes: f"\x1b[{';'.join(codes) or '0'}m")
TEXTS = st.text(alphabet="abc  xyzäß─│日本", min_size=1, max_size=30) | st.integers(1, 24).map(
    lambda n: " " * n
)
MOVES = st.builds(lambda y, x: f"\x1b[{y};{x}H", st.integers(1, HEIGHT), st.integers(1, WIDTH))
PIECES = st.tuples(MOVES, STYLES, TEXTS).map(lambda parts: _fitting(*parts))
FRAMES = st.lists(PIECES, min_size=1, max_size=6).map("".join)


def _fitting(move: str, style: str, text: str) -> str:
    """Textual never writes beyond the edge; nor half a wide character."""
    x = int(move.split(";")[1][:-1])
    out, used = "", x - 1
    for character in text:
        width = 2 if character in "日本" else 1
        if used + width > WIDTH:
            break
        out, used = out + character, used + width
    return f"{move}{style}{out}\x1b[0m"


@settings(max_examples=120)
@given(st.lists(FRAMES, min_size=1, max_size=5), st.tuples(*[st.booleans()] * 3), st.booleans())
def test_the_same_picture_as_the_stock_driver(
    frames: list[str], able: tuple[bool, bool, bool], cursor: bool
) -> None:
    """Whatever the terminal can: to erase with colour, to erase in the line, to save the cursor."""
    stock, thin = Terminal(WIDTH, HEIGHT), Terminal(WIDTH, HEIGHT)
    grid, painter = Grid(WIDTH, HEIGHT), Painter(*able)
    for frame in frames:
        grid.feed(frame)
        blanks = (
            "".join(f"\x1b[{y + 1}H\x1b[m{' ' * WIDTH}" for y in range(HEIGHT)) if frame is frames[0] else ""
        )
        stock.feed(blanks + frame)
        sent = painter.paint(grid, cursor=cursor)
        assert ALLOWED.fullmatch(sent)
        thin.feed(sent)
        stock.blank_halves()
        assert thin.seen() == stock.seen()
        if cursor and grid.cursor[0] < WIDTH:
            assert (thin.screen.cursor.x, thin.screen.cursor.y) == grid.cursor


@given(st.lists(st.text(max_size=80), min_size=1, max_size=4))
def test_f49_only_allowed_bytes_leave_whatever_was_drawn(frames: list[str]) -> None:
    grid, painter = Grid(WIDTH, HEIGHT), Painter()
    for frame in frames:
        grid.feed(frame)
        assert ALLOWED.fullmatch(painter.paint(grid, cursor=True))


def test_a_typed_character_costs_one_byte_with_the_terminals_own_cursor() -> None:
    grid, painter = Grid(40, 3), Painter()
    grid.feed("\x1b[3;1Hwrite \x1b[3;7H")
    painter.paint(grid, cursor=True)
    grid.feed("\x1b[3;7Hx\x1b[3;8H")
    assert painter.paint(grid, cursor=True) == "x"


def test_nothing_changed_costs_nothing() -> None:
    grid, painter = Grid(40, 3), Painter()
    grid.feed("\x1b[1;1Hhello\x1b[1;1H")
    painter.paint(grid, cursor=False)
    grid.feed("\x1b[1;1Hhello\x1b[1;1H")
    assert painter.paint(grid, cursor=False) == ""


def test_f51_behind_a_disputed_cluster_the_cursor_is_placed_anew() -> None:
    grid, painter = Grid(20, 1), Painter()
    painter.paint(grid, cursor=False)
    grid.feed("\x1b[1;1H👩‍👩‍👧|x")
    assert "👩‍👩‍👧\x1b[1;3H|x" in painter.paint(grid, cursor=False)


@pytest.mark.parametrize("cluster", ["1\ufe0f\u20e3", "a\u0301\u0302", "e\u20dd", "☎\ufe0f", "🇩🇪"])
def test_f51_a_cluster_is_disputed_whatever_it_begins_with(cluster: str) -> None:
    grid, painter = Grid(20, 1), Painter()
    painter.paint(grid, cursor=False)
    grid.feed(f"\x1b[1;1H{cluster}|x")
    assert re.search(r"\x1b\[1;\dH\|x", painter.paint(grid, cursor=False))


def test_a_background_is_not_erased_with_where_the_terminal_cannot() -> None:
    grid, painter = Grid(30, 1), Painter(erases_with_colour=False)
    grid.feed(f"\x1b[1;1H\x1b[44m{' ' * 30}\x1b[0m")
    sent = painter.paint(grid, cursor=False)
    assert "\x1b[K" not in sent
    assert " " * 30 in sent


def badged(can_save: bool) -> str:
    """What a badge costs while somebody types two lines below it."""
    grid, painter = Grid(40, 5), Painter(can_save=can_save)
    grid.feed("\x1b[1;1H\x1b[38;2;255;255;255;48;2;20;24;31mname\x1b[0m\x1b[4;3H")
    painter.paint(grid, cursor=True)
    grid.feed("\x1b[1;20H\x1b[1m•\x1b[0m\x1b[4;3H")
    return painter.paint(grid, cursor=True)


def test_away_and_back_costs_four_bytes_where_the_terminal_saves_the_cursor() -> None:
    assert badged(can_save=True).startswith("\x1b7\x1b[1;20H")
    assert badged(can_save=True).endswith("•\x1b8")
    assert badged(can_save=False).endswith("•\x1b[4;3H")
    assert "\x1b7" not in badged(can_save=False)


def test_a_link_is_closed_before_the_cursor_goes_back() -> None:
    grid, painter = Grid(40, 5), Painter()
    grid.feed("\x1b[4;3Hx\x1b[4;3H")
    painter.paint(grid, cursor=True)
    grid.feed("\x1b[1;1H\x1b]8;;https://a.example/\x1b\\here\x1b]8;;\x1b\\\x1b[4;3H")
    assert painter.paint(grid, cursor=True).endswith("here\x1b]8;;\x1b\\\x1b8")
