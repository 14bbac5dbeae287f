"""Finding a file to attach."""

from __future__ import annotations

from pathlib import Path

from tests.ui.stage import Stage, shows
from tui.ui.screens.file_picker import FilePicker, entries


def test_entries_of_a_directory(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "plan.txt").touch()
    (tmp_path / ".hidden").touch()
    offers = entries(f"{tmp_path}/")
    assert [offer.title for offer in offers] == ["docs/", "plan.txt"]
    assert [offer.title for offer in entries(f"{tmp_path}/.h")] == [".hidden"]
    assert entries(f"{tmp_path}/nothing/at/all") == []


async def test_walking_to_a_file(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "plan.txt").touch()
    answers: list[str | None] = []
    async with stage.show() as (app, pilot):
        app.push_screen(FilePicker(), answers.append)
        await pilot.pause()
        await pilot.press(*f"{tmp_path}/do", "enter")
        await shows(app, "plan.txt")
        await pilot.press("enter")
        await pilot.pause()
        assert answers == [str(tmp_path / "docs" / "plan.txt")]
