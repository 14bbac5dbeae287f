from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tui.core.intervals import (
    Hole,
    Interval,
    Intervals,
    add,
    close_gap,
    extend,
    forget_before,
    holes,
    open_gap,
    reached_start,
    span_of,
    split,
)

LAST = 40


def anchor(n: int) -> tuple[int, str]:
    return 1000 + n // 3, f"p{n:03}"


def covered(spans: Intervals) -> set[int]:
    return {n for n in range(LAST) if any(span.holds(anchor(n)) for span in spans)}


pairs = st.tuples(st.integers(0, LAST - 1), st.integers(0, LAST - 1)).map(lambda p: (min(p), max(p)))


def is_normal(spans: Intervals) -> bool:
    return all(one.newest < two.oldest for one, two in pairwise(spans))


@given(st.lists(pairs, max_size=12))
def test_adding_is_the_union_of_sets_in_any_order(added: list[tuple[int, int]]) -> None:
    spans: Intervals = ()
    model: set[int] = set()
    for low, high in added:
        spans = add(spans, Interval(anchor(low), anchor(high)))
        model |= set(range(low, high + 1))
    backwards: Intervals = ()
    for low, high in reversed(added):
        backwards = add(backwards, Interval(anchor(low), anchor(high)))
    assert covered(spans) == model
    assert [(s.oldest, s.newest) for s in spans] == [(s.oldest, s.newest) for s in backwards]
    assert is_normal(spans)


@given(st.lists(pairs, max_size=8))
def test_holes_are_exactly_what_lies_between_the_stretches(added: list[tuple[int, int]]) -> None:
    spans: Intervals = ()
    for low, high in added:
        spans = add(spans, Interval(anchor(low), anchor(high)))
    found = holes(spans)
    assert len(found) == max(0, len(spans) - 1)
    for hole in found:
        between = {n for n in range(LAST) if hole.older < anchor(n) < hole.newer}
        assert not between & covered(spans)


@given(st.lists(pairs, min_size=1, max_size=6), pairs)
def test_splitting_takes_away_only_what_is_doubted(
    added: list[tuple[int, int]], cut: tuple[int, int]
) -> None:
    spans: Intervals = ()
    for low, high in added:
        spans = add(spans, Interval(anchor(low), anchor(high)))
    low, high = cut
    doubted = set(range(low + 1, high))
    inside = any(s.oldest <= anchor(low) < anchor(high) <= s.newest for s in spans)
    result = split(spans, anchor(low), anchor(high))
    assert covered(result) == covered(spans) - (doubted if inside else set())
    assert is_normal(result)


@given(st.lists(pairs, max_size=6), st.integers(0, LAST - 1))
def test_forgetting_leaves_nothing_older(added: list[tuple[int, int]], first: int) -> None:
    spans: Intervals = ()
    for low, high in added:
        spans = add(spans, Interval(anchor(low), anchor(high), reached_start=True))
    kept = forget_before(spans, anchor(first))
    assert covered(kept) == {n for n in covered(spans) if n >= first}


def test_neighbours_that_share_no_post_stay_apart() -> None:
    spans = add((Interval(anchor(0), anchor(4)),), Interval(anchor(5), anchor(9)))
    assert holes(spans) == (Hole(anchor(4), anchor(5)),)


def test_a_page_that_reaches_back_to_a_known_post_closes_the_hole() -> None:
    spans = add(
        (Interval(anchor(0), anchor(4)), Interval(anchor(8), anchor(9))), Interval(anchor(4), anchor(8))
    )
    assert spans == (Interval(anchor(0), anchor(9)),)


def test_live_posts_prolong_the_newest_stretch_until_the_line_breaks() -> None:
    spans = extend(extend((), anchor(1)), anchor(2))
    assert spans == (Interval(anchor(1), anchor(2)),)
    broken = extend(open_gap(spans), anchor(7))
    assert holes(broken) == (Hole(anchor(2), anchor(7)),)
    assert extend(close_gap(open_gap(spans)), anchor(7)) == (Interval(anchor(1), anchor(7)),)


def test_late_live_posts_change_nothing() -> None:
    spans = (Interval(anchor(3), anchor(9)),)
    assert extend(spans, anchor(5)) == spans


def test_catching_up_unseals_the_newest_stretch() -> None:
    sealed = open_gap((Interval(anchor(0), anchor(4)),))
    caught_up = add(sealed, Interval(anchor(4), anchor(6)))
    assert extend(caught_up, anchor(7)) == (Interval(anchor(0), anchor(7)),)


def test_older_pages_do_not_unseal_it() -> None:
    sealed = open_gap((Interval(anchor(4), anchor(6)),))
    assert add(sealed, Interval(anchor(0), anchor(4)))[-1].sealed


def test_nothing_known_has_no_holes_and_no_start() -> None:
    assert holes(()) == ()
    assert open_gap(()) == close_gap(()) == ()
    assert not reached_start(())
    assert span_of((), anchor(0)) is None


def test_the_start_is_known_only_of_the_oldest_stretch() -> None:
    spans = add((Interval(anchor(5), anchor(9)),), Interval(anchor(0), anchor(1), reached_start=True))
    assert reached_start(spans)
    assert span_of(spans, anchor(6)) == Interval(anchor(5), anchor(9))
