"""Conflict copies are found by name, inside the folder alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.core.errors import UserMistake
from tui.core.folder_acts import ConflictSides
from tui.core.folders import Conflict
from tui.net import syncthing_files
from tui.net.syncthing_files import find_conflicts, keep_both, keep_copy, keep_original, look_at_conflict

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


async def _conflict(root: Path) -> ConflictSides:
    (root / "brief.txt").write_text("neuer")
    copy = "brief.sync-conflict-20261123-170131-DJVUQGA.txt"
    (root / copy).write_text("aelter!")
    return await look_at_conflict(str(root), Conflict(copy, "brief.txt"))


async def test_one_side_is_kept_as_chosen(tmp_path: Path) -> None:
    sides = await _conflict(tmp_path)
    assert sides.original is not None
    assert sides.copy is not None
    assert (sides.original.size, sides.copy.size) == (5, 7)
    await keep_original(str(tmp_path), sides)
    assert [p.name for p in tmp_path.iterdir()] == ["brief.txt"]
    await keep_copy(str(tmp_path), await _conflict(tmp_path))
    assert (tmp_path / "brief.txt").read_text() == "aelter!"


async def test_both_are_kept_and_no_name_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "brief (older).txt").write_text("schon da")
    new = await keep_both(str(tmp_path), await _conflict(tmp_path), "older")
    assert new == "brief (older 2).txt"
    assert (tmp_path / "brief (older).txt").read_text() == "schon da"
    assert (tmp_path / new).read_text() == "aelter!"


async def test_what_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    sides = await _conflict(tmp_path)
    (tmp_path / "brief.txt").write_text("inzwischen weiter geschrieben")
    for act in (keep_original, keep_copy):
        with pytest.raises(UserMistake):
            await act(str(tmp_path), sides)
    assert len(list(tmp_path.iterdir())) == 2


async def test_nothing_outside_of_the_folder_or_behind_a_link_is_looked_at(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (outside / "a.txt").write_text("x")
    (inside / "link").symlink_to(outside)
    for path in ("../out/a.txt", "link/a.txt", str(outside / "a.txt")):
        sides = await look_at_conflict(str(inside), Conflict(path, path))
        assert (sides.original, sides.copy) == (None, None)
