"""Several Syncthings: which one is shown, kept over the end of the program, and told."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.support.quick_clock import QuickClock
from tests.support.waiting import until
from tui.client.instances import FILE, InstanceChoice
from tui.client.wiring import folder_watch
from tui.client.wording.folders import several
from tui.core.folders import FoldersLink, FoldersSnapshot
from tui.demo.folders import Folder
from tui.demo.syncthing import DemoSyncthing
from tui.settings.config import Config


def test_the_choice_lasts_as_long_as_it_is_there(tmp_path: Path) -> None:
    config = tmp_path / "config.xml"
    config.touch()
    assert InstanceChoice("", tmp_path).get() == ""
    InstanceChoice("", tmp_path).put(str(config))
    assert InstanceChoice("", tmp_path).get() == str(config)
    assert InstanceChoice("/named", tmp_path).get() == "/named"
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0
    config.unlink()
    assert InstanceChoice("", tmp_path).get() == ""


def test_a_choice_that_others_can_write_or_that_is_no_text_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "config.xml").touch()
    InstanceChoice("", tmp_path).put(str(tmp_path / "config.xml"))
    (tmp_path / FILE).chmod(0o666)
    assert InstanceChoice("", tmp_path).get() == ""
    (tmp_path / FILE).chmod(0o600)
    (tmp_path / FILE).write_bytes(b"\xff\xfe/x")
    assert InstanceChoice("", tmp_path).get() == ""
    nowhere = InstanceChoice()
    nowhere.put("/x")
    assert nowhere.get() == ""


async def test_two_that_run_are_told_and_the_other_one_is_shown_when_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("STHOMEDIR", "STCONFDIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    demos, homes = [], []
    for place in (".config", ".local/state"):
        demo = DemoSyncthing(tmp_path / "files")
        demo.folders["f"] = Folder("f", f"Ordner in {place}", str(tmp_path / "f"), files=1)
        demo.start()
        demos.append(demo)
        (tmp_path / place).mkdir(parents=True, exist_ok=True)
        homes.append(str(demo.write_config(tmp_path / place / "syncthing")))
    choice, seen = InstanceChoice("", tmp_path / "state"), list[FoldersSnapshot]()
    watch = folder_watch(Config(), QuickClock(), seen.append, choice)
    task = asyncio.create_task(watch.run_forever())
    try:
        await until(lambda: seen and seen[-1].link is FoldersLink.OK)
        assert (seen[-1].home, seen[-1].instances) == (homes[0], tuple(homes))
        assert "2 Syncthings run here" in several(seen[-1])
        assert homes[0] in several(seen[-1])
        choice.put(homes[1])
        watch.start_over()
        await until(lambda: seen[-1].folders and seen[-1].folders[0].title == "Ordner in .local/state")
        assert seen[-1].home == homes[1]
        await asyncio.to_thread(demos[0].stop)
        watch.start_over()
        await until(lambda: seen[-1].instances == ())
        assert several(seen[-1]) == ""
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        for demo in demos[1:]:
            demo.stop()
