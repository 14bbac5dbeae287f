"""The folders panel at the keyboard, over the demo's Syncthing: every key, both sizes, both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.support.folder_stage import SENDER, furnished, watching
from tests.support.waiting import until
from tests.ui.stage import SMALL, WIDE, Stage, main_of, said, shows
from tui.core.folders import FoldersLink, FoldersSnapshot
from tui.demo.shared_folders import BEN
from tui.demo.syncthing import DemoSyncthing
from tui.ui.app import TeleApp
from tui.ui.panels.folders import Folders

SIZES = pytest.mark.parametrize("size", [SMALL, WIDE], ids=["80x24", "120x36"])


@pytest.fixture
def demo(tmp_path: Path) -> DemoSyncthing:
    return furnished(tmp_path / "files")


async def at(app: TeleApp, pilot: Pilot[int], key: str) -> Folders:
    """The panel with its cursor on the row of that key."""
    main = main_of(app)
    await main.show_tab("folders")
    panel = main.query_one(Folders)
    panel.read()
    await pilot.pause()
    panel.list.move_to(key)
    await until(lambda: panel.target_key == key)
    return panel


@SIZES
async def test_rescan_pause_and_resume(
    stage: Stage, demo: DemoSyncthing, size: tuple[int, int], tmp_path: Path
) -> None:
    async with watching(stage.client, demo, tmp_path), stage.show(size) as (app, pilot):
        await at(app, pilot, "folder:zeichn-26")
        await pilot.press("r")
        await shows(app, "Zeichnungen is rescanned.")
        await pilot.press("p")
        await shows(app, "Zeichnungen is paused.")
        await until(lambda: demo.folders["zeichn-26"].paused)
        await until(lambda: "Paused" in said(app))
        panel = main_of(app).query_one(Folders)
        await until(lambda: _state_of(stage, "zeichn-26") == "paused")
        panel.list.move_to("folder:zeichn-26")
        await pilot.press("p")
        await shows(app, "Zeichnungen goes on.")
        await until(lambda: not demo.folders["zeichn-26"].paused)


@SIZES
async def test_rescan_all_says_what_was_left_out(
    stage: Stage, demo: DemoSyncthing, size: tuple[int, int], tmp_path: Path
) -> None:
    async with watching(stage.client, demo, tmp_path), stage.show(size) as (app, pilot):
        panel = await at(app, pilot, f"device:{BEN}")
        await pilot.press("r")
        await shows(app, "What stands still is not: USB-Stick")
        demo.call(lambda: demo.change_state(demo.folders["stick"], "idle"))
        await until(lambda: _state_of(stage, "stick") == "up-to-date")
        panel.desk.tell("-")
        await pilot.press("r")
        await shows(app, "All folders are rescanned but 1, which is paused.")


def _state_of(stage: Stage, folder_id: str) -> str:
    views = stage.client.folders.snapshot().folders
    return next((view.state.value for view in views if view.id == folder_id), "")


@SIZES
async def test_pausing_everything_asks_with_the_number_of_devices(
    stage: Stage, demo: DemoSyncthing, size: tuple[int, int], tmp_path: Path
) -> None:
    async with watching(stage.client, demo, tmp_path), stage.show(size) as (app, pilot):
        await at(app, pilot, "folder:zeichn-26")
        await pilot.press("P")
        await shows(app, "Nothing is synced with 3 devices until you resume.")
        assert not any(device.paused for device in demo.devices.values())
        await pilot.press("enter")
        await shows(app, "Everything is paused.")
        await until(lambda: all(d.paused for d in stage.client.folders.snapshot().devices))
        await pilot.press("P")
        await shows(app, "Syncing goes on with everybody.")


@SIZES
async def test_revert_names_how_many_and_which(
    stage: Stage, demo: DemoSyncthing, size: tuple[int, int], tmp_path: Path
) -> None:
    async with watching(stage.client, demo, tmp_path), stage.show(size) as (app, pilot):
        await at(app, pilot, "folder:vorlagen")
        await pilot.press("u")
        question = await shows(app, "Eigene Vorlage 2.odt")
        assert "2 changes made here are undone" in question
        await pilot.press("escape")
        assert demo.folders["vorlagen"].local_additions == 2
        await pilot.press("u")
        await shows(app, "Eigene Vorlage 2.odt")
        await pilot.press("enter")
        await shows(app, "The changes made here are being undone.")
        assert demo.folders["vorlagen"].local_additions == 0


@SIZES
async def test_override_names_how_many(
    stage: Stage, demo: DemoSyncthing, size: tuple[int, int], tmp_path: Path
) -> None:
    async with watching(stage.client, demo, tmp_path), stage.show(size) as (app, pilot):
        await at(app, pilot, f"folder:{SENDER}")
        await pilot.press("O")
        question = await shows(app, "Overwrite changes in Druckdaten?")
        assert "3 changes of the others" in question
        assert demo.folders[SENDER].need_files == 3
        await pilot.press("enter")
        await shows(app, "What is here goes to all devices.")
        assert demo.folders[SENDER].need_files == 0


async def test_what_does_not_fit_the_folder_is_said_and_not_done(
    stage: Stage, demo: DemoSyncthing, tmp_path: Path
) -> None:
    async with watching(stage.client, demo, tmp_path), stage.show(WIDE) as (app, pilot):
        await at(app, pilot, "folder:zeichn-26")
        await pilot.press("u")
        await shows(app, "Nothing was changed here that could be undone")
        await pilot.press("O")
        await shows(app, "Nobody changed anything to overwrite")
        await pilot.press("c")
        await shows(app, "There is no conflict in this folder.")
        await at(app, pilot, "folder:stick")
        await pilot.press("r")
        await shows(app, "mark (.stfolder) is gone")


async def test_notices_are_shown_and_cleared(stage: Stage, demo: DemoSyncthing, tmp_path: Path) -> None:
    demo.notices.append({"when": "2026-11-23T17:00:00Z", "message": "Clock is wrong", "level": 1})
    async with watching(stage.client, demo, tmp_path), stage.show(WIDE) as (app, pilot):
        await at(app, pilot, "folder:zeichn-26")
        await pilot.press("n")
        assert "1 notice of Syncthing" in await shows(app, "Clock is wrong")
        await pilot.press("enter")
        await shows(app, "The notices are cleared")
        assert demo.notices == []


@SIZES
async def test_an_offered_folder_is_declined_or_taken(
    stage: Stage, demo: DemoSyncthing, size: tuple[int, int], tmp_path: Path
) -> None:
    async with watching(stage.client, demo, tmp_path), stage.show(size) as (app, pilot):
        from tui.demo.shared_folders import BEN

        await at(app, pilot, f"pending:{BEN}:neu-26")
        await pilot.press("enter")
        question = await shows(app, "A folder is offered")
        assert "neu-26" in question
        assert "was not paired from here" in question
        await pilot.press("enter")
        await shows(app, "Accept a folder")
        await pilot.press("escape")
        await pilot.press("enter")
        await shows(app, "Decline it")
        await pilot.press("down", "enter")
        await shows(app, "Declined. It is offered again")
        assert "neu-26" not in demo.pending_folders


async def test_enter_without_syncthing_leads_to_the_first_steps(stage: Stage) -> None:
    stage.client.folders.publish(FoldersSnapshot(link=FoldersLink.ABSENT))
    for size in (SMALL, WIDE):
        async with stage.show(size) as (app, pilot):
            main = main_of(app)
            await main.show_tab("folders")
            await shows(app, "Enter: what to do")
            await pilot.press("enter")
            await shows(app, "Install Syncthing:")
