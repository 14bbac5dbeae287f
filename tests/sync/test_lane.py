from __future__ import annotations

import asyncio
import threading

import pytest

from tui.sync.lane import Lane


async def test_what_is_posted_early_is_done_first_and_in_order() -> None:
    lane, done = Lane(), []
    for number in range(3):
        assert lane.post(lambda number=number: done.append(number))  # type: ignore[misc]
    early = lane.submit(lambda: asyncio.sleep(0, "early"))
    lane.start()
    assert await asyncio.wrap_future(early) == "early"
    assert done == [0, 1, 2]


async def test_submitting_from_another_thread() -> None:
    lane = Lane()
    lane.start()
    found: list[str] = []
    thread = threading.Thread(
        target=lambda: found.append(lane.submit(lambda: asyncio.sleep(0, "hello")).result(5))
    )
    thread.start()
    while thread.is_alive():
        await asyncio.sleep(0.001)
    assert found == ["hello"]


async def test_errors_belong_to_the_caller() -> None:
    lane = Lane()
    lane.start()

    async def fail() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        await asyncio.wrap_future(lane.submit(fail))


async def test_after_the_end_nothing_is_taken() -> None:
    lane = Lane()
    lane.start()
    hanging = lane.submit(lambda: asyncio.sleep(100))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    lane.end()
    assert not lane.post(lambda: None)
    assert lane.submit(lambda: asyncio.sleep(0)).cancelled()
    await asyncio.sleep(0.01)
    assert hanging.done()
