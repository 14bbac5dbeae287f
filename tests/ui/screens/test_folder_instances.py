"""Two Syncthings run: the panel says so, and s or Enter chooses."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from tests.ui.stage import SMALL, WIDE, Stage, main_of, said, shows
from tui.client.instances import InstanceChoice
from tui.core.folders import FoldersLink, FoldersSnapshot
from tui.ui.panels.folders import Folders

OLD, NEW = "/home/anna/.config/syncthing/config.xml", "/home/anna/.local/state/syncthing/config.xml"


def done(value: object) -> Future[object]:
    future: Future[object] = Future()
    future.set_result(value)
    return future


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["80x24", "120x36"])
async def test_one_of_two_is_chosen(
    stage: Stage, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    folders, chosen = stage.client.folders, list[str]()
    monkeypatch.setattr(folders, "instances", lambda: done((OLD, NEW)))

    def choose(path: str) -> Future[object]:
        chosen.append(path)
        return done(None)

    monkeypatch.setattr(folders, "choose", choose)
    folders.publish(FoldersSnapshot(link=FoldersLink.OK, home=OLD, instances=(OLD, NEW)))
    async with stage.show(size) as (app, pilot):
        await main_of(app).show_tab("folders")
        await shows(app, "2 Syncthings run here")
        main_of(app).query_one(Folders).list.move_to("instances")
        await pilot.press("enter")
        await shows(app, "Which Syncthing is shown?")
        await pilot.press("down", "enter")
        await shows(app, "From now on the Syncthing of")
        assert chosen == [NEW]


async def test_nothing_to_choose_is_said(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = stage.client.folders
    monkeypatch.setattr(folders, "instances", lambda: done((OLD,)))
    folders.publish(FoldersSnapshot(link=FoldersLink.OK))
    async with stage.show() as (app, pilot):
        await main_of(app).show_tab("folders")
        await pilot.press("s")
        await shows(app, "There is only one Syncthing of yours here.")
        assert "Syncthings run here" not in said(app)
        folders.choice = InstanceChoice("/named")
        await pilot.press("s")
        await shows(app, "The settings name the Syncthing")
