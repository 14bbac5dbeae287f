"""Waiting between attempts."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from tui.core.backoff import LONGEST, SHORTEST, Backoff


def test_windows_double_up_to_a_minute() -> None:
    backoff = Backoff(lambda: 0.999999)
    assert [round(backoff.next_delay()) for _ in range(9)] == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_reset_begins_anew() -> None:
    backoff = Backoff(lambda: 0.999999)
    for _ in range(5):
        backoff.next_delay()
    backoff.reset()
    assert round(backoff.next_delay()) == 1
    assert backoff.attempt == 1


@given(st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=2000))
def test_every_delay_is_within_bounds(chances: list[float]) -> None:
    draws = iter(chances)
    backoff = Backoff(lambda: next(draws))
    assert all(SHORTEST <= backoff.next_delay() <= LONGEST for _ in chances)


def test_b24_a_thousand_clients_spread_over_more_than_ten_seconds() -> None:
    chance = random.Random(7)
    delays = []
    for _ in range(1000):
        backoff = Backoff(chance.random)
        for _ in range(5):
            delay = backoff.next_delay()
        delays.append(delay)
    assert max(delays) - min(delays) > 10
    per_second = [sum(1 for delay in delays if second <= delay < second + 1) for second in range(16)]
    assert max(per_second) < 150
