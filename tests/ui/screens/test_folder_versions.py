"""Older versions at the keyboard."""

from __future__ import annotations

from pathlib import Path

from tests.support.folder_stage import furnished, watching
from tests.ui.panels.test_folders import SIZES, at
from tests.ui.stage import Stage, shows


@SIZES
async def test_a_version_comes_back_after_a_question_with_its_size(
    stage: Stage, size: tuple[int, int], tmp_path: Path
) -> None:
    demo = furnished(tmp_path / "files")
    async with watching(stage.client, demo, tmp_path), stage.show(size) as (app, pilot):
        await at(app, pilot, "folder:zeichn-26")
        await pilot.press("v")
        await shows(app, "Older versions in Zeichnungen")
        await shows(app, "Angebot.txt")
        await pilot.press("enter")
        assert "48.2 kB" in await shows(app, "Bring this version back?")
        await pilot.press("enter")
        await shows(app, "Angebot.txt is back.")
