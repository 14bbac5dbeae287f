"""Where rows stand: every question about lines has an answer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.ui.widgets.row_places import RowPlaces


def places(*heights: int, titles: frozenset[int] = frozenset()) -> RowPlaces[int]:
    keys = [f"r{number}" for number in range(len(heights))]
    made = RowPlaces(range(len(heights)), keys, [number not in titles for number in range(len(heights))])
    made.measure(heights)
    return made


def test_a_line_belongs_to_one_row() -> None:
    rows = places(2, 1, 3)
    assert [rows.at(line) for line in range(-1, 7)] == [
        None,
        (0, 0),
        (0, 1),
        (1, 0),
        (2, 0),
        (2, 1),
        (2, 2),
        None,
    ]


def test_what_was_not_measured_has_no_place() -> None:
    rows = RowPlaces([1, 2], ["a", "b"], [True, True])
    assert rows.span(0) is None
    assert rows.at(0) is None
    assert rows.height == 0
    assert rows.anchor(0, 10) == [("a", 0)]
    assert RowPlaces[int]().anchor(0, 10) == []


def test_keys_name_rows() -> None:
    rows = places(1, 1)
    assert (rows.key(1), rows.index("r1")) == ("r1", 1)
    assert (rows.key(2), rows.key(-1), rows.index("gone")) == ("", "", -1)


def test_the_first_row_that_is_still_there_holds_the_view() -> None:
    held = places(2, 2, 2).anchor(3, 3)
    assert held == [("r1", 1), ("r2", -1)]
    without = RowPlaces([0, 2], ["r0", "r2"], [True, True])
    without.measure((2, 2))
    assert without.line_of(held) == 1
    assert without.line_of([("gone", 0)]) is None


def test_a_title_that_moved_away_does_not_take_the_view_along() -> None:
    day, older, newer = ["day"], ["older"], ["newer"]
    before = RowPlaces([0, 1], day + newer, [False, True])
    before.measure((1, 2))
    after = RowPlaces([0, 1, 2], day + older + newer, [False, True, True])
    after.measure((1, 50, 2))
    assert after.line_of(before.anchor(0, 3)) == 50


def test_titles_are_passed_over() -> None:
    rows = places(1, 1, 1, titles=frozenset({0, 2}))
    assert rows.next_selectable(0, 1) == 1
    assert rows.next_selectable(2, 1) is None
    assert rows.last_selectable() == 1
    assert places(1, titles=frozenset({0})).last_selectable() == -1


@given(st.lists(st.integers(1, 5), max_size=8), st.integers(-3, 50), st.integers(-1, 60))
def test_any_view_shows_rows_that_exist(heights: list[int], view: int, height: int) -> None:
    rows = places(*heights)
    first, last = rows.in_sight(view, height)
    assert 0 <= first <= max(first, last) < max(1, len(heights))
    for key, offset in rows.anchor(view, height):
        assert rows.line_of([(key, offset)]) == view
