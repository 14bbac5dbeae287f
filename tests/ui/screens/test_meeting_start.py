"""The question for a topic: says how many will be told, and starts nothing itself."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from tests.support.waiting import until
from tests.ui.stage import Stage, said, shows
from tui.client.meetings import MANY
from tui.core.errors import Offline
from tui.ui.screens.meeting_start import StartMeeting


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "1 person is in this channel."),
        (MANY - 1, "people are in this channel."),
        (MANY, "! 20 people will"),
    ],
)
async def test_it_names_the_number_when_it_is_known(stage: Stage, count: int, words: str) -> None:
    audience: Future[int] = Future()
    answers: list[object] = []
    async with stage.show() as (app, pilot):
        app.push_screen(StartMeeting("Town \x1b[1mSquare", audience, thread=True), answers.append)
        await shows(app, "In a thread of Town")
        assert "\x1b" not in said(app)
        audience.set_result(count)
        await shows(app, words)
        await pilot.press(*"abc", "enter")
        await until(lambda: answers)
    assert answers == [("abc", True)]


async def test_without_the_number_the_answer_says_so(stage: Stage) -> None:
    audience: Future[int] = Future()
    answers: list[object] = []
    async with stage.show() as (app, pilot):
        app.push_screen(StartMeeting("Town Square", audience), answers.append)
        await shows(app, "Topic, if there is one")
        audience.set_exception(Offline("reset"))
        await pilot.press("enter")
        await until(lambda: answers)
    assert answers == [("", False)]


async def test_the_cursor_stands_in_the_line_also_when_the_number_comes_late(stage: Stage) -> None:
    audience: Future[int] = Future()
    async with stage.show((80, 24)) as (app, _pilot):
        dialog = StartMeeting("Town Square", audience)
        app.push_screen(dialog)
        await shows(app, "Topic, if there is one")
        audience.set_result(MANY)
        await shows(app, "people will be told")
        await until(lambda: app.cursor_position.y == dialog.editor.region.y)
