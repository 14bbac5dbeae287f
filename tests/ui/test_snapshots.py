"""A few whole screens as text, to be looked at when they change.

`TELETEAM_SNAPSHOTS=write pytest tests/ui/test_snapshots.py` writes them anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.makers import membership
from tests.support.waiting import until
from tests.ui.stage import SMALL, WIDE, Stage, main_of, said, shows
from tui.ui.app import TeleApp

PLACE = Path(__file__).parent / "snapshots"


def compare(name: str, app: TeleApp) -> None:
    """The screen is as it is kept under `name`."""
    file = PLACE / f"{name}.txt"
    picture = said(app) + "\n"
    if os.environ.get("TELETEAM_SNAPSHOTS") == "write":
        file.write_text(picture, encoding="utf-8")
    assert picture == file.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "size"), [("main-120x36", WIDE), ("main-80x24", SMALL)])
async def test_the_main_screen(stage: Stage, name: str, size: tuple[int, int]) -> None:
    async with stage.show(size) as (app, _pilot):
        await shows(app, "4 members")
        compare(name, app)


async def test_a_thread_beside_the_channel(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await shows(app, "4 members")
        await main_of(app).open_thread("p4")
        await until(lambda: said(app).count("~Town Square") == 2)
        await pilot.pause()
        compare("thread-120x36", app)


async def test_help(stage: Stage) -> None:
    async with stage.show(SMALL) as (app, pilot):
        await pilot.press("f1")
        await shows(app, "While writing")
        compare("help-80x24", app)


async def test_joining_a_meeting(stage: Stage) -> None:
    async with stage.show(SMALL) as (app, pilot):
        main_of(app).timeline.list.focus()
        main_of(app).timeline.list.move_to("p8")
        await pilot.press("enter")
        await shows(app, "Join to listen")
        await pilot.pause()
        compare("meeting-80x24", app)


async def test_the_first_unread_message(stage: Stage) -> None:
    stage.put(lambda tx: tx.memberships.put([membership("c1", last_viewed_at=1_800_014_400_000 + 30_000)]))
    async with stage.show(SMALL) as (app, pilot):
        await pilot.pause()
        await shows(app, "New messages")
        compare("unread-80x24", app)
