"""A day on the slow line over real TCP: every key is answered, nothing is lost, nothing comes twice."""

from __future__ import annotations

import pytest

from tests.bench import day, slow_line

SLOWER = 4.0
"""So many times longer than on the idle line of the same run may half of the keys take; 1.3 is usual."""


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.skipif(not slow_line.permitted(), reason="no TUN devices or network namespaces here")
def test_c33_a_day_on_the_slow_line_loses_nothing_and_answers_every_key() -> None:
    lived = day.spend()
    assert lived.arrived == lived.written
    assert sum(map(len, lived.written.values())) == day.MESSAGES
    assert lived.uploaded == [day.UPLOAD]
    assert len(lived.echoes) > 500
    assert lived.slower < SLOWER


@pytest.mark.parametrize(("keys", "slower"), [([4.0, 6.0, 50.0], 1.5), ([4.0, 4.0], 1.0)])
def test_keys_are_compared_with_the_idle_line_of_the_same_run(keys: list[float], slower: float) -> None:
    lived = day.Day(idle=[4.0, 3.0, 90.0], echoes=keys)
    assert lived.slower == slower


def test_the_table_says_what_was_lost_and_what_came_twice() -> None:
    lived = day.Day(idle=[4.0], echoes=[4.0, 200.0], uploaded=[7])
    lived.written, lived.arrived = {"~a": ["x", "y"]}, {"~a": ["x", "y", "y"]}
    notes = " ".join(day.table(lived).notes)
    assert "2 pressed, 1 of them answered within 100 ms" in notes
    assert "Written 2, arrived 3, once each and in their order: no" in notes
