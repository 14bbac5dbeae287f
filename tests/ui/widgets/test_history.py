"""The window over a channel's history."""

from __future__ import annotations

from tui.ui.widgets.history import FIRST, MOST, Window, ending_with


def test_grows_first_then_moves() -> None:
    window = Window()
    assert window.limit == FIRST
    while window.limit < MOST:
        window = window.older((5, "e"))
        assert window.at_present
    moved = window.older((5, "e"))
    assert (moved.limit, moved.before) == (MOST, (5, "e"))
    assert moved.older((3, "c")).trail == (None, (5, "e"))


def test_comes_back_by_the_same_edges() -> None:
    window = Window(MOST).older((5, "e")).older((3, "c"))
    assert window.newer().before == (5, "e")
    assert window.newer().newer() == Window(MOST)
    assert window.newer().newer().newer() == Window(MOST)


def test_stays_where_there_is_nothing_older() -> None:
    assert Window(MOST).older(None) == Window(MOST)


def test_a_window_around_a_post_ends_with_it() -> None:
    window = ending_with((5, "e"), 50)
    assert window.before is not None
    assert (5, "e") < window.before < (5, "f")
    assert window.newer() == Window(MOST)
