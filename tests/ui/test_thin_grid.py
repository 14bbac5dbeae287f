"""What a frame of Textual means, and what it can never mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.hostile import HOSTILE
from tui.ui.thin_grid import MODES, Grid
from tui.ui.thin_pen import BOLD, Pen


def line(grid: Grid, y: int = 0) -> str:
    return "".join(cell.text for cell in grid.rows[y])


def test_moves_text_and_pens() -> None:
    grid = Grid(10, 3)
    grid.feed("\x1b[2;3H\x1b[1;31mhi\x1b[0m!\x1b[3;1H")
    assert line(grid, 1) == "  hi!     "
    assert grid.rows[1][2].pen == Pen(BOLD, "31")
    assert grid.cursor == (0, 2)


def test_text_beyond_the_edges_is_cut() -> None:
    grid = Grid(4, 2)
    grid.feed("\x1b[1;3Habcdef\x1b[9;1Hxyz")
    assert [line(grid, 0), line(grid, 1)] == ["  ab", "    "]


def test_wide_characters_take_two_cells_and_never_leave_halves() -> None:
    grid = Grid(6, 1)
    grid.feed("\x1b[1;1H日本語")
    assert [c.text for c in grid.rows[0]] == ["日", "", "本", "", "語", ""]
    grid.feed("\x1b[1;2Hx")
    assert [c.text for c in grid.rows[0]][:3] == [" ", "x", "本"]
    grid.feed("\x1b[1;3Hy")
    assert [c.text for c in grid.rows[0]][:5] == [" ", "x", "y", " ", "語"]
    grid.feed("\x1b[1;6H日")
    assert grid.rows[0][5].text == " "


@pytest.mark.parametrize(
    "sequence",
    [
        "\x1b]0;title\x07",
        "\x1b]52;c;aGk=\x07",
        "\x1b[21t",
        "\x1b[6n",
        "\x1b[2J",
        "\x1bPq#0\x1b\\",
        "\x1b[?1049l",
        "\x1b#8",
    ],
)
def test_f56_other_sequences_inside_a_frame_are_swallowed(sequence: str) -> None:
    grid = Grid(12, 1)
    grid.feed(f"\x1b[1;1Ha{sequence}b")
    assert line(grid).replace("\ufffd", "").startswith("ab") or "a" in line(grid)
    assert "\x1b" not in line(grid)


def test_links_are_kept_only_to_the_web() -> None:
    grid = Grid(10, 1)
    grid.feed("\x1b]8;id=1;https://a.example/x\x1b\\ab\x1b]8;;\x1b\\c\x1b]8;;file:///etc/passwd\x1b\\d")
    assert [cell.pen.link for cell in grid.rows[0][:4]] == ["https://a.example/x"] * 2 + ["", ""]


def test_modes_are_matched_whole() -> None:
    assert MODES.fullmatch("\x1b[?1049h")
    assert not MODES.fullmatch("\x1b[?1049h\x1b]0;x\x07")
    assert not MODES.fullmatch("\x1b[?47h")


@given(st.lists(st.text(max_size=60) | st.sampled_from(HOSTILE), max_size=4))
def test_f49_a_cell_never_holds_a_control_or_bidi_character(frames: list[str]) -> None:
    grid = Grid(20, 4)
    for frame in frames:
        grid.feed(frame)
    for row in grid.rows:
        assert len(row) == 20
        for cell in row:
            assert not any(c < " " or "\x7f" <= c <= "\x9f" or "\u202a" <= c <= "\u202e" for c in cell.text)
