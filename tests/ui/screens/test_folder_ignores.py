"""Ignore patterns at the keyboard; trap: a wrong one is answered with 200, saved, and stops the folder."""

from __future__ import annotations

from pathlib import Path

from tests.support.folder_stage import furnished, watching
from tests.support.waiting import until
from tests.ui.panels.test_folders import SIZES, at
from tests.ui.stage import Stage, shows


@SIZES
async def test_a_pattern_is_added_and_taken_away_after_a_question(
    stage: Stage, size: tuple[int, int], tmp_path: Path
) -> None:
    demo = furnished(tmp_path / "files")
    async with watching(stage.client, demo, tmp_path), stage.show(size) as (app, pilot):
        await at(app, pilot, "folder:zeichn-26")
        await pilot.press("i")
        await shows(app, "All of them in the editor")
        await pilot.press(*"*.tmp", "enter")
        await shows(app, "1 pattern is ignored now.")
        assert demo.folders["zeichn-26"].ignores == ["*.tmp"]
        await pilot.press("i")
        await shows(app, "take away")
        await pilot.press("enter")
        await shows(app, "is taken away: what it held back")
        assert demo.folders["zeichn-26"].ignores == ["*.tmp"]
        await pilot.press("enter")
        await until(lambda: demo.folders["zeichn-26"].ignores == [])


async def test_trap_a_wrong_pattern_never_stays(stage: Stage, tmp_path: Path) -> None:
    demo = furnished(tmp_path / "files")
    demo.folders["zeichn-26"].ignores = ["*.bak"]
    async with watching(stage.client, demo, tmp_path), stage.show() as (app, pilot):
        await at(app, pilot, "folder:zeichn-26")
        await pilot.press("i")
        await shows(app, "*.bak")
        await pilot.press("left_square_bracket", *"kaputt", "enter")
        await shows(app, "Not taken, the list is as it was")
        assert demo.folders["zeichn-26"].ignores == ["*.bak"]
        assert demo.folders["zeichn-26"].state == "idle"
