from __future__ import annotations

import time

from tui.client.clock import SystemClock


async def test_the_real_clock() -> None:
    clock = SystemClock()
    assert abs(clock.now() - time.time() * 1000) < 60_000
    before = clock.monotonic()
    await clock.sleep(0)
    assert clock.monotonic() >= before
    assert 0 <= clock.random() < 1
    assert clock.new_id() != clock.new_id()
    assert len(clock.new_id()) == 32
