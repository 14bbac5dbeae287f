from __future__ import annotations

import asyncio

import pytest

from tui.sync.tasks import Alarm, at_most, first_of, together


class Trace:
    def __init__(self) -> None:
        self.ended: list[str] = []

    async def work(self, name: str, seconds: float, error: Exception | None = None) -> None:
        try:
            await asyncio.sleep(seconds)
            if error:
                raise error
        finally:
            self.ended.append(name)


async def test_together_waits_for_all() -> None:
    trace = Trace()
    await together(trace.work("a", 0.01), trace.work("b", 0.0))
    assert sorted(trace.ended) == ["a", "b"]
    await together()


async def test_together_raises_the_first_failure_itself_and_leaves_nobody_running() -> None:
    trace = Trace()
    with pytest.raises(KeyError):
        await together(trace.work("a", 100), trace.work("b", 0.0, KeyError("b")))
    assert sorted(trace.ended) == ["a", "b"]


async def test_first_of_ends_with_the_first() -> None:
    trace = Trace()
    await first_of(trace.work("a", 100), trace.work("b", 0.0))
    assert sorted(trace.ended) == ["a", "b"]
    with pytest.raises(ValueError, match="x"):
        await first_of(trace.work("c", 100), trace.work("d", 0.0, ValueError("x")))


async def test_cancelling_reaches_all() -> None:
    trace = Trace()
    task = asyncio.create_task(together(trace.work("a", 100), trace.work("b", 100)))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled()


async def test_at_most() -> None:
    assert await at_most(0.01, asyncio.sleep(10, "late")) is None
    assert await at_most(10, asyncio.sleep(0, "in time")) == "in time"


async def test_an_alarm_rung_twice_is_rung_once() -> None:
    alarm = Alarm()
    alarm.ring()
    alarm.ring()
    await alarm.wait()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(alarm.wait(), 0.01)
    waiting = asyncio.create_task(alarm.wait())
    await asyncio.sleep(0)
    alarm.ring()
    await asyncio.wait_for(waiting, 1)
