from __future__ import annotations

import asyncio

from tests.support.waiting import until
from tui.core.priority import background, in_background
from tui.net.gate import Gate


class Crowd:
    """Tasks that go through a gate and stay inside until they are let out."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.inside: list[str] = []
        self.out = asyncio.Event()
        self.tasks: list[asyncio.Task[None]] = []

    async def _pass(self, name: str) -> None:
        async with self.gate.slot():
            self.inside.append(name)
            await self.out.wait()

    async def add(self, *names: str) -> None:
        self.tasks += [asyncio.create_task(self._pass(name)) for name in names]
        for _ in range(5):
            await asyncio.sleep(0)

    async def leave(self) -> None:
        self.out.set()
        await asyncio.gather(*self.tasks, return_exceptions=True)


async def test_only_so_many_at_once_the_oldest_first() -> None:
    crowd = Crowd(Gate(2))
    await crowd.add("a", "b", "c", "d")
    assert crowd.inside == ["a", "b"]
    await crowd.leave()
    assert crowd.inside == ["a", "b", "c", "d"]


async def test_background_work_leaves_room_and_gives_way() -> None:
    crowd = Crowd(Gate(3, reserved=1))
    with background():
        await crowd.add("b1", "b2", "b3")
        assert in_background()
    assert not in_background()
    assert crowd.inside == ["b1", "b2"]
    await crowd.add("p1", "p2")
    assert crowd.inside == ["b1", "b2", "p1"]
    await crowd.leave()
    assert crowd.inside == ["b1", "b2", "p1", "p2", "b3"]


async def test_more_start_when_the_first_takes_long() -> None:
    crowd = Crowd(Gate(3, eager=1, patience=0.01))
    await crowd.add("a", "b", "c", "d")
    assert crowd.inside == ["a"]
    await until(lambda: len(crowd.inside) == 3)
    await crowd.leave()
    assert crowd.inside == ["a", "b", "c", "d"]


async def test_who_gives_up_takes_no_place() -> None:
    crowd = Crowd(Gate(1))
    await crowd.add("a", "b", "c")
    crowd.tasks[1].cancel()
    await crowd.leave()
    assert crowd.inside == ["a", "c"]


async def test_who_is_cancelled_on_the_threshold_gives_the_place_back() -> None:
    gate = Gate(1)
    crowd = Crowd(gate)
    await crowd.add("a", "b")
    crowd.out.set()
    crowd.tasks[0].cancel()
    crowd.tasks[1].cancel()
    await asyncio.gather(*crowd.tasks, return_exceptions=True)
    async with asyncio.timeout(1), gate.slot():
        pass


async def test_who_makes_way_goes_on_when_nobody_waits_or_after_a_while() -> None:
    gate = Gate()
    await gate.make_way(60)
    async with gate.slot():
        begun = asyncio.get_running_loop().time()
        await gate.make_way(0.05)
        assert asyncio.get_running_loop().time() - begun >= 0.04
    await gate.make_way(60)


async def test_nobody_makes_way_for_background_work() -> None:
    gate = Gate()
    with background():
        async with gate.slot():
            await gate.make_way(60)
