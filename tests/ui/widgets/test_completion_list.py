"""Offers above the composer."""

from __future__ import annotations

from tests.support.hostile import HOSTILE, raw_controls
from tests.ui.bare import bare
from tui.core.completion import Completion
from tui.ui.widgets.completion_list import MOST_SHOWN, CompletionList


def offers(count: int) -> list[Completion]:
    return [Completion("@", f"@u{n} ", f"@u{n}", f"User {n}", 0, 1) for n in range(count)]


async def test_opens_and_chooses() -> None:
    made = CompletionList()
    async with bare(made, (40, 20)) as (_app, pilot):
        made.offer(offers(3))
        await pilot.pause()
        assert made.chosen == offers(3)[0]
        made.move_cursor(1)
        assert made.chosen == offers(3)[1]


async def test_closes() -> None:
    made = CompletionList()
    async with bare(made, (40, 20)) as (_app, _pilot):
        made.offer(offers(3))
        made.close()
        assert not made.is_open
        assert made.chosen is None


async def test_is_never_higher_than_its_most() -> None:
    made = CompletionList()
    async with bare(made, (40, 20)) as (_app, pilot):
        made.offer(offers(20))
        await pilot.pause()
        assert made.size.height == MOST_SHOWN


async def test_f49_hostile_offers_are_harmless() -> None:
    made = CompletionList()
    async with bare(made, (60, 20)) as (_app, pilot):
        for text in HOSTILE:
            made.offer([Completion("@", text, text, text)])
            await pilot.pause(0)
            assert raw_controls(made.render_line(0).text) == []
