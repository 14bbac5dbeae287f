"""Conflict copies are found by name, inside the folder alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.net import syncthing_files
from tui.net.syncthing_files import find_conflicts

CONFLICT = "Plan.sync-conflict-20261123-101112-ABCDEF7.odt"


async def test_conflict_copies_are_named_relative_to_the_folder(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for place in (tmp_path / CONFLICT, tmp_path / "sub" / CONFLICT, tmp_path / "Plan.odt"):
        place.touch()
    assert await find_conflicts(str(tmp_path)) == {CONFLICT, f"sub/{CONFLICT}"}


async def test_own_directories_and_links_are_left_out(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    for directory in (outside, folder / ".stversions", folder / ".git"):
        directory.mkdir(parents=True)
        (directory / CONFLICT).touch()
    (folder / "link").symlink_to(outside)
    assert await find_conflicts(str(folder)) == frozenset()


async def test_what_is_not_here_has_none(tmp_path: Path) -> None:
    assert await find_conflicts(str(tmp_path / "elsewhere")) == frozenset()


async def test_it_stops_after_so_many_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syncthing_files, "LIMIT", 2)
    for directory in ("a", "a/b", "a/b/c"):
        (tmp_path / directory).mkdir()
        for number in range(2):
            (tmp_path / directory / f"{number}{CONFLICT}").touch()
    assert len(await find_conflicts(str(tmp_path))) == 4
