"""Files into shared folders: whole or not at all, never over another, never through a link."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from tests.client.desk import Desk
from tests.support.pretended_sharing import BENS, pretend
from tui.client.shelf import TooMuch
from tui.core.errors import UserMistake
from tui.core.folders import FoldersLink, FoldersSnapshot, FolderState, FolderView
from tui.core.models import ServerConfig, Target


def a_folder(desk: Desk, root: Path, **fields: object) -> FolderView:
    """A shared folder at `root`, and Syncthing answering."""
    (root / ".stfolder").mkdir(parents=True)
    named: dict[str, object] = {"id": "abcde-fghij", "title": "Plans", "state": FolderState.UP_TO_DATE}
    view = FolderView(**{**named, "path": str(root), **fields})  # type: ignore[arg-type]
    desk.client.folders.publish(FoldersSnapshot(link=FoldersLink.OK, folders=(view,)))
    return view


def test_when_a_file_is_too_much(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"x" * 100)
    shelf = desk.client.shelf
    assert shelf.too_much(str(file)) is None
    assert shelf.too_much(str(file), ask_above=99) == TooMuch("thin", 100, 99)
    desk.put(lambda tx: tx.config.put(ServerConfig({"MaxFileSize": "50"})))
    assert shelf.too_much(str(file), ask_above=99) == TooMuch("limit", 100, 50)
    assert shelf.too_much(str(tmp_path / "missing")) is None


@pytest.mark.parametrize("fields", [{"type": "receiveonly"}, {"state": FolderState.STOPPED}, {"path": ""}])
def test_only_folders_that_take_a_file_are_offered(
    desk: Desk, tmp_path: Path, fields: dict[str, object]
) -> None:
    pretend(desk.client)
    a_folder(desk, tmp_path / "f", **fields)
    assert desk.client.shelf.folders() == ()


def test_a_copy_takes_a_free_name_and_is_told_of(desk: Desk, tmp_path: Path) -> None:
    sharing = pretend(desk.client)
    root = tmp_path / "f"
    view = a_folder(desk, root)
    (root / "plan.txt").write_text("theirs")
    local = tmp_path / "plan.txt"
    local.write_text("mine")
    assert desk.client.shelf.put(Target("c1"), str(local), view).result(10) == "plan (2).txt"
    assert (root / "plan.txt").read_text() == "theirs"
    assert (root / "plan (2).txt").read_text() == "mine"
    assert ("scan", "abcde-fghij", "plan (2).txt") in sharing.asked
    (item,) = desk.client.outbox.all()
    assert "`plan (2).txt`" in item.text


def test_stopped_missing_and_odd_files_leave_nothing_behind(desk: Desk, tmp_path: Path) -> None:
    pretend(desk.client)
    root = tmp_path / "f"
    view = a_folder(desk, root)
    local = tmp_path / "big"
    local.write_bytes(b"x" * 10)
    os.mkfifo(tmp_path / "pipe")
    stop = threading.Event()
    stop.set()
    put = desk.client.shelf.put
    with pytest.raises(UserMistake, match="stopped"):
        put(Target("c1"), str(local), view, None, stop).result(10)
    for name in ("missing", "pipe"):
        with pytest.raises(UserMistake, match="gone"):
            put(Target("c1"), str(tmp_path / name), view).result(10)
    assert os.listdir(root) == [".stfolder"]
    (root / ".stfolder").rmdir()
    with pytest.raises(UserMistake, match="no_directory"):
        put(Target("c1"), str(local), view).result(10)
    assert desk.client.outbox.all() == ()


def test_what_can_be_told_of_a_conflict(desk: Desk, tmp_path: Path) -> None:
    pretend(desk.client)
    a_folder(desk, tmp_path / "f")
    name = f"a/Plan.sync-conflict-20260302-101500-{BENS[:7]}.odt"
    note = desk.client.shelf.conflict_note("abcde-fghij", name)
    assert (note.user_id, note.card.path) == ("", name)
    with pytest.raises(UserMistake, match="no_conflict"):
        desk.client.shelf.conflict_note("abcde-fghij", "a/Plan.odt")
    with pytest.raises(UserMistake, match="no_folder"):
        desk.client.shelf.conflict_note("other", name)
