from __future__ import annotations

import asyncio

from tui.core.priority import background, in_background


def test_it_ends_with_its_block() -> None:
    assert not in_background()
    with background():
        with background():
            assert in_background()
        assert in_background()
    assert not in_background()


async def test_it_travels_with_the_tasks_started_inside() -> None:
    async def asked() -> bool:
        await asyncio.sleep(0)
        return in_background()

    with background():
        quiet = asyncio.create_task(asked())
    loud = asyncio.create_task(asked())
    assert (await quiet, await loud) == (True, False)
