from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.core.places import MOST, Place, Places

A, B, C = Place("a"), Place("b"), Place("b", "root")


def test_back_and_forward_as_in_a_browser() -> None:
    places = Places()
    assert (places.current, places.back(), places.forward()) == (None, None, None)
    for place in (A, B, B, C):
        places.visit(place)
    assert [places.back(), places.back(), places.back()] == [B, A, None]
    assert places.forward() == B
    places.visit(B)
    assert places.forward() == C


def test_a_new_visit_cuts_the_way_forward_off() -> None:
    places = Places()
    for place in (A, B, A):
        places.visit(place)
    places.back()
    places.visit(C)
    assert places.forward() is None
    assert places.back() == B


@given(st.lists(st.sampled_from(["back", "forward", "a", "b", "c"]), max_size=300))
def test_there_is_always_a_current_place_after_a_visit(steps: list[str]) -> None:
    places = Places()
    for step in steps:
        if step in ("back", "forward"):
            getattr(places, step)()
        else:
            places.visit(Place(step))
            assert places.current == Place(step)
    assert len(places._visited) <= MOST
