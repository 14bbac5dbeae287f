"""The first day, by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.makers import channel
from tests.support.waiting import until
from tests.ui.stage import SMALL, WIDE, Stage, a_stage, main_of, said, shows
from tui.core.models import PostPage
from tui.settings.config import Config, Support

ONE = Config(support=Support(users=("ben",), team="Nordlicht"))
TWO = Config(support=Support(users=("ben", "rosa"), email="help@example.org"))


def online(stage: Stage) -> None:
    stage.client.start()
    stage.desk.api.answers.update(
        fetch_public_channels=[
            channel("c1", name="town-square", display_name="Town Square", purpose="News for **all**"),
            channel("new", name="new", display_name="Workshop talk", total_msg_count=5),
        ],
        fetch_pinned=PostPage((), {}),
        fetch_users_by_names=[],
    )


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_where_to_begin_is_one_list(tmp_path: Path, size: tuple[int, int]) -> None:
    with a_stage(tmp_path, config=TWO) as stage:
        async with stage.show(size) as (app, pilot):
            online(stage)
            main_of(app).perform("app.welcome")
            await shows(app, "Welcome to Nordlicht")
            for words in (
                "Town Square",
                "News for all",
                "Workshop talk",
                "Ben Osterhagen",
                "help@example.org",
            ):
                await shows(app, words)
            await pilot.press(*"Town", "enter")
            await until(lambda: main_of(app).channel_id == "c1")


async def test_write_to_support_opens_the_direct_message(tmp_path: Path) -> None:
    with a_stage(tmp_path, config=ONE) as stage:
        async with stage.show() as (app, pilot):
            online(stage)
            await pilot.press("alt+q")
            await until(lambda: main_of(app).channel_id == "d1")
            assert main_of(app).composer.editor.text == ""


async def test_without_a_team_the_message_is_written_already(tmp_path: Path) -> None:
    with a_stage(tmp_path, config=ONE) as stage:
        stage.put(lambda tx: tx.teams.replace([]))
        async with stage.show() as (app, pilot):
            online(stage)
            await pilot.press("alt+q")
            await until(lambda: "“Nordlicht”" in main_of(app).composer.editor.text)
            assert main_of(app).channel_id == "d1"


async def test_with_nobody_named_it_says_where_to_name_them(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        online(stage)
        await pilot.press("alt+q")
        await shows(app, "Nobody is named who helps")


async def test_support_comes_into_the_channel_after_a_question(tmp_path: Path) -> None:
    with a_stage(tmp_path, config=TWO) as stage:
        async with stage.show() as (app, pilot):
            online(stage)
            await pilot.press("alt+shift+q")
            await shows(app, "will see Town Square")
            assert stage.desk.api.calls("add_channel_member") == []
            await pilot.press("enter")
            await shows(app, "can read Town Square now")


async def test_nobody_is_added_to_a_direct_message(tmp_path: Path) -> None:
    with a_stage(tmp_path, config=ONE) as stage:
        async with stage.show() as (app, pilot):
            online(stage)
            main_of(app).open_channel("d1")
            await pilot.press("alt+shift+q")
            await shows(app, "Nobody can be added")
            assert "will see" not in said(app)
