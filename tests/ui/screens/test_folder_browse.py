"""Browsing a folder: directories, whether each file is here, and what Enter says of one."""

from __future__ import annotations

from pathlib import Path

from tests.support.folder_stage import furnished, watching
from tests.ui.panels.test_folders import SIZES, at
from tests.ui.stage import Stage, shows
from tui.core.folder_acts import FileState, Item
from tui.ui.screens.folder_browse import state_words


@SIZES
async def test_into_a_directory_and_back(stage: Stage, size: tuple[int, int], tmp_path: Path) -> None:
    demo = furnished(tmp_path / "files")
    async with watching(stage.client, demo, tmp_path), stage.show(size) as (app, pilot):
        await at(app, pilot, "folder:fotos-mont")
        await pilot.press("b")
        assert "2026/" in await shows(app, "Übersicht.txt")
        await shows(app, "✓ Übersicht.txt")
        await pilot.press(*"2026", "enter")
        await shows(app, "Aufmaß Rößler.txt")
        await pilot.press("enter")
        await shows(app, "Übersicht.txt")
        await pilot.press(*"ber", "enter")
        await shows(app, "written by")


async def test_an_empty_directory_says_so(stage: Stage, tmp_path: Path) -> None:
    demo = furnished(tmp_path / "files")
    async with watching(stage.client, demo, tmp_path), stage.show() as (app, pilot):
        await at(app, pilot, "folder:notizen")
        await pilot.press("b")
        await shows(app, "Nothing found.")


def test_the_state_of_a_file_in_words() -> None:
    item = Item("a")
    assert state_words(None) == ("·", "")
    assert state_words(FileState(item, item, in_sync=True)) == ("✓", "here")
    assert state_words(FileState(None, item, available=("D",))) == ("!", "missing here")
    assert state_words(FileState(None, item))[1] == "missing here, nobody there has it"
    assert state_words(FileState(item, item)) == ("↕", "older here")
    assert state_words(FileState(item, item, ignored=True)) == ("–", "ignored here")
