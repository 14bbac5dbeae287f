from __future__ import annotations

from tui.core.transfers import RUNNING, WINDOW, Rate, Transfer


def test_the_rate_is_that_of_the_last_seconds() -> None:
    rate = Rate()
    assert rate.value == 0.0
    for second in range(5):
        rate.tell(float(second), second * 1_000)
    assert rate.value == 1_000
    for second in range(5, 40):
        rate.tell(float(second), 4_000)
    assert rate.value < 4_000 / WINDOW


def test_begun_anew_counts_anew() -> None:
    rate = Rate()
    rate.tell(0.0, 9_000)
    rate.tell(1.0, 0)
    assert rate.value == 0.0
    rate.tell(2.0, 500)
    assert rate.value == 500


def test_share_and_time_left() -> None:
    half = Transfer("f", "down", "a", RUNNING, done=500, size=1_000, rate=100.0)
    assert (half.percent, half.seconds_left, half.is_over) == (50, 5, False)
    unknown = Transfer("f", "down", "a", RUNNING)
    assert (unknown.percent, unknown.seconds_left) == (0, 0)
