"""A day on the slow line over real TCP: keys are answered, nothing is lost."""

from __future__ import annotations

import pytest

from tests.bench import day, slow_line

SLOWEST_MS = 100.0


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.skipif(not slow_line.permitted(), reason="no TUN devices or network namespaces here")
def test_c33_a_day_on_the_slow_line_loses_nothing_and_answers_every_key() -> None:
    lived = day.spend()
    ordered = sorted(lived.echoes)
    assert lived.arrived == lived.written
    assert lived.uploaded == day.UPLOAD
    assert ordered[int(len(ordered) * 0.95)] < SLOWEST_MS
