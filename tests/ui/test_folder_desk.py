"""What the keys find under the cursor, and that nothing is done where there is nothing to do it to."""

from __future__ import annotations

from pathlib import Path

from tests.support.folder_stage import furnished, watching
from tests.ui.panels.test_folders import at
from tests.ui.stage import Stage, shows
from tui.core.folders import FoldersLink, FoldersSnapshot
from tui.demo.shared_folders import BEN
from tui.ui.folder_desk import FolderDesk


async def test_keys_for_a_folder_ask_for_one_on_a_device(stage: Stage, tmp_path: Path) -> None:
    demo = furnished(tmp_path / "files")
    async with watching(stage.client, demo, tmp_path), stage.show() as (app, pilot):
        panel = await at(app, pilot, f"device:{BEN}")
        for key in "uOicvb":
            panel.desk.tell("-")
            await pilot.press(key)
            await shows(app, "Put the cursor on a folder first.")


async def test_folders_and_devices_are_found_by_their_rows(stage: Stage, tmp_path: Path) -> None:
    demo = furnished(tmp_path / "files")
    async with watching(stage.client, demo, tmp_path), stage.show() as (app, _pilot):
        desk = FolderDesk(app, stage.shared)
        found, device = desk.folder("folder:zeichn-26"), desk.device(f"device:{BEN}")
        assert found is not None
        assert device is not None
        assert (found.title, device.name) == ("Zeichnungen", "bens-laptop")
        nothing = (desk.folder(f"device:{BEN}"), desk.device("folder:zeichn-26"), desk.folder(""))
        assert nothing == (None, None, None)


async def test_r_after_a_refused_key_tries_it_again(stage: Stage) -> None:
    tried: list[bool] = []
    stage.client.folders.publish(FoldersSnapshot(link=FoldersLink.WRONG_KEY))
    stage.client.folders.try_again = lambda: tried.append(True)  # type: ignore[method-assign]
    async with stage.show() as (app, pilot):
        main = app.main
        assert main is not None
        await main.show_tab("folders")
        await pilot.press("enter")
        await shows(app, "The key is not sent again.")
        await pilot.press("r")
        await shows(app, "Trying the key")
        assert tried == [True]
