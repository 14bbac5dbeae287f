"""Acceptance E 46: any window, in any order."""

from __future__ import annotations

import random

from tests.ui.stage import Stage, main_of, said, shows


async def test_e46_a_storm_of_sizes_is_survived(stage: Stage) -> None:
    dice = random.Random(46)
    sizes = [
        (1, 1),
        (500, 200),
        (2, 40),
        *((width, 24) for width in range(1, 21)),
        (40, 10),
        (39, 10),
        (40, 9),
    ]
    sizes += [(dice.randint(1, 200), dice.randint(1, 60)) for _ in range(30)]
    async with stage.show() as (app, pilot):
        await main_of(app).show_tab("members")
        for width, height in (*sizes, (120, 36)):
            await pilot.resize_terminal(width, height)
        await pilot.pause()
        assert "Town Square" in said(app)
        await pilot.press("f1")
        for width, height in sizes[:12]:
            await pilot.resize_terminal(width, height)
        await pilot.resize_terminal(120, 36)
        await shows(app, "Help: what works here")


async def test_a_window_that_is_too_small_says_so_and_comes_back(stage: Stage) -> None:
    async with stage.show((39, 20)) as (app, pilot):
        await shows(app, "too small")
        assert "Town Square" not in said(app)
        await pilot.resize_terminal(80, 24)
        await shows(app, "Town Square")
        assert "too small" not in said(app)


async def test_columns_fold_away_as_the_window_gets_narrower(stage: Stage) -> None:
    async with stage.show((120, 30)) as (app, pilot):
        main = main_of(app)

        def shown() -> tuple[bool, bool]:
            return main.sidebar.display, main.side.display

        assert shown() == (True, True)
        await pilot.resize_terminal(99, 30)
        await pilot.pause()
        assert shown() == (True, False)
        await pilot.resize_terminal(69, 30)
        await pilot.pause()
        assert shown() == (False, False)
        await pilot.press("ctrl+o")
        await pilot.pause()
        assert shown() == (False, True)
        assert main.side.region.x > 0
        await pilot.press("escape")
        await pilot.pause()
        assert shown() == (False, False)
        await pilot.press("shift+tab", "shift+tab")
        await pilot.pause()
        assert shown() == (True, False)
        await pilot.press("enter")
        await pilot.pause()
        assert shown() == (False, False)
