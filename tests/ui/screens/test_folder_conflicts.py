"""A conflict at the keyboard: both sides with size, date and author; each way out says what it deletes."""

from __future__ import annotations

from pathlib import Path

from tests.support.folder_stage import furnished, watching
from tests.support.waiting import until
from tests.ui.panels.test_folders import SIZES, at
from tests.ui.stage import Stage, shows

COPY = "Angebot.sync-conflict-20260302-101500-BENAAAA.txt"


@SIZES
async def test_keeping_the_newer_names_what_is_deleted(
    stage: Stage, size: tuple[int, int], tmp_path: Path
) -> None:
    demo = furnished(tmp_path / "files")
    place = tmp_path / "files" / "Projekte"
    async with watching(stage.client, demo, tmp_path), stage.show(size) as (app, pilot):
        await at(app, pilot, "folder:proj-polar")
        await pilot.press("c")
        picture = await shows(app, "Keep the newer, delete the older")
        assert "newer: 24 B" in picture
        assert "overwritten by bens-laptop" in picture
        await pilot.press("down", "enter")
        question = await shows(app, "Delete the older?")
        assert "22 B" in question
        assert (place / COPY).exists()
        await pilot.press("enter")
        await shows(app, "The conflict is settled.")
        assert not (place / COPY).exists()
        assert "unsere Fassung" in (place / "Angebot.txt").read_text()


async def test_esc_keeps_both_as_they_are_and_both_can_be_kept(stage: Stage, tmp_path: Path) -> None:
    demo = furnished(tmp_path / "files")
    place = tmp_path / "files" / "Projekte"
    async with watching(stage.client, demo, tmp_path), stage.show() as (app, pilot):
        await at(app, pilot, "folder:proj-polar")
        await pilot.press("c")
        await shows(app, "Keep the older in its place")
        await pilot.press("down", "down", "enter")
        await shows(app, "Replace the newer?")
        await pilot.press("escape")
        assert (place / COPY).exists()
        await pilot.press("c")
        await shows(app, "Keep both, the older")
        await pilot.press("down", "down", "down", "enter")
        await until(lambda: not (place / COPY).exists())
        assert sorted(p.name for p in place.glob("*.txt"))[0].startswith("Angebot")
        assert len(list(place.glob("*.txt"))) == 2
