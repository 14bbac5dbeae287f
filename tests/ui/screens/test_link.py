"""What can be done with a link, by where the person sits."""

from __future__ import annotations

import pytest

from tests.ui.stage import Stage, said, shows
from tui.core.links import check_url
from tui.terminal.session import Session, SessionKind
from tui.ui.screens.link import LinkScreen

LINK = check_url("https://meet.example.org/Weekly")


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        (SessionKind.LOCAL, "open"),
        (SessionKind.WSL, "open"),
        (SessionKind.SSH, "copy"),
        (SessionKind.SSH_X11, "copy"),
        (SessionKind.MOSH, "copy"),
        (SessionKind.CONSOLE, "copy"),
        (SessionKind.X2GO, "qr"),
    ],
)
async def test_what_suits_the_place_comes_first(stage: Stage, kind: SessionKind, first: str) -> None:
    answers: list[str | None] = []
    async with stage.show() as (app, pilot):
        app.push_screen(LinkScreen(LINK, Session(kind), meeting=True), answers.append)
        await shows(app, "https://meet.example.org/Weekly")
        await pilot.press("enter")
        await pilot.pause()
        assert answers == [first]


async def test_f52_a_host_that_deceives_is_named_and_not_opened_first(stage: Stage) -> None:
    answers: list[str | None] = []
    link = check_url("https://pаypal.example/")
    assert link.warnings
    async with stage.show() as (app, pilot):
        app.push_screen(LinkScreen(link, Session(SessionKind.LOCAL)), answers.append)
        picture = await shows(app, "Look twice")
        assert "xn--" in picture
        await pilot.press("enter")
        await pilot.pause()
        assert answers == ["copy"]


async def test_the_topic_is_made_harmless(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        app.push_screen(LinkScreen(LINK, Session(SessionKind.LOCAL), meeting=True, topic="\x1b[2J[/x]"))
        await shows(app, "␛[2J[/x]")
        await pilot.press("escape")
        assert "\x1b" not in said(app)
