"""The page of a folder, of a device, and the first steps, at the keyboard in both sizes and in German."""

from __future__ import annotations

from pathlib import Path

from tests.support.folder_stage import furnished, watching
from tests.ui.panels.test_folders import SIZES, at
from tests.ui.stage import Stage, said, shows
from tui.demo.shared_folders import BEN
from tui.settings import i18n


@SIZES
async def test_a_folder_page_has_figures_errors_and_keys(
    stage: Stage, size: tuple[int, int], tmp_path: Path
) -> None:
    demo = furnished(tmp_path / "files")
    async with watching(stage.client, demo, tmp_path), stage.show(size) as (app, pilot):
        await at(app, pilot, "folder:fotos-mont")
        await pilot.press("enter")
        picture = await shows(app, "r Rescan")
        assert "2 files, 9.4 MB" in picture
        assert "nas-werkstatt" in picture
        await pilot.press("p")
        await shows(app, "= Paused")
        assert demo.folders["fotos-mont"].paused
        await pilot.press("escape")
        assert "r Rescan" not in said(app)


@SIZES
async def test_a_device_page_names_its_connection_and_whole_id(
    stage: Stage, size: tuple[int, int], tmp_path: Path
) -> None:
    demo = furnished(tmp_path / "files")
    async with watching(stage.client, demo, tmp_path), stage.show(size) as (app, pilot):
        await at(app, pilot, f"device:{BEN}")
        await pilot.press("enter")
        picture = await shows(app, "direct, 10.8.0.14:22000")
        assert BEN[:15] in picture
        await pilot.press("p")
        await shows(app, "Paused")
        assert demo.devices[BEN].paused


async def test_a_folder_that_goes_says_so_in_german(stage: Stage, tmp_path: Path) -> None:
    demo = furnished(tmp_path / "files")
    before = i18n.language()
    i18n.set_language("de")
    try:
        async with watching(stage.client, demo, tmp_path), stage.show() as (app, pilot):
            await at(app, pilot, "folder:notizen")
            await pilot.press("enter")
            await shows(app, "Ungeteilt")
            del demo.folders["notizen"]
            demo.call(lambda: demo.tell("ConfigSaved", {"version": 36}))
            await shows(app, "Diesen Ordner gibt es nicht mehr.")
    finally:
        i18n.set_language(before)
