"""Stopping to share at the keyboard: whom, the question, and what Syncthing's list says afterwards."""

from __future__ import annotations

from pathlib import Path

from tests.support.folder_stage import furnished, watching
from tests.ui.panels.test_folders import SIZES, at
from tests.ui.stage import Stage, shows
from tui.demo.shared_folders import BEN, GRAZ


@SIZES
async def test_a_folder_is_shared_no_longer_with_one_of_two(
    stage: Stage, size: tuple[int, int], tmp_path: Path
) -> None:
    demo = furnished(tmp_path / "files")
    async with watching(stage.client, demo, tmp_path), stage.show(size) as (app, pilot):
        await at(app, pilot, "folder:proj-polar")
        await pilot.press("x")
        assert "server-graz" in await shows(app, "Stop sharing with whom?")
        await pilot.press(*"ben", "enter")
        question = await shows(app, "not synced with bens-laptop any more")
        assert "1.8 GB" in question
        await pilot.press("escape")
        assert demo.folders["proj-polar"].devices == [GRAZ, BEN]
        await pilot.press("x")
        await shows(app, "Stop sharing with whom?")
        await pilot.press(*"ben", "enter")
        await shows(app, "not synced with bens-laptop any more")
        await pilot.press("enter")
        await shows(app, "Projekte is no longer shared with bens-laptop.")
        assert demo.folders["proj-polar"].devices == [GRAZ]


async def test_from_a_device_one_chooses_the_folder(stage: Stage, tmp_path: Path) -> None:
    demo = furnished(tmp_path / "files")
    async with watching(stage.client, demo, tmp_path), stage.show() as (app, pilot):
        await at(app, pilot, f"device:{BEN}")
        await pilot.press("x")
        assert "Fotos Montage" in await shows(app, "Stop sharing which folder?")
        await pilot.press("escape")
        await at(app, pilot, "folder:notizen")
        await pilot.press("x")
        await shows(app, "This is shared with nobody.")
