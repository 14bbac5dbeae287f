"""What can be done with a link: every way by its number, the best one preselected."""

from __future__ import annotations

import pytest

from tests.ui.stage import Stage, said, shows
from tui.core.links import check_url
from tui.core.opening import OpenRequest
from tui.terminal.ladder import Way
from tui.terminal.session import Session, SessionKind
from tui.ui.screens.link import DOCTOR, LinkScreen

LINK = check_url("https://meet.example.org/Weekly")
REQUEST = OpenRequest(LINK, meeting=True)
WAYS = (Way.QR, Way.HERE, Way.COPY, Way.SEND, Way.TEXT)
X2GO = Session(SessionKind.X2GO)


async def answer(stage: Stage, *keys: str, request: OpenRequest = REQUEST) -> str | None:
    answers: list[str | None] = []
    async with stage.show() as (app, pilot):
        app.push_screen(LinkScreen(request, X2GO, WAYS), answers.append)
        await shows(app, "https://meet.example.org/Weekly")
        await pilot.press(*keys)
        await pilot.pause()
    return answers[0]


async def test_enter_takes_the_way_that_suits_best(stage: Stage) -> None:
    assert await answer(stage, "enter") == Way.QR


async def test_a_number_takes_its_way_at_once(stage: Stage) -> None:
    assert await answer(stage, "4") == Way.SEND


async def test_the_arrows_reach_the_others(stage: Stage) -> None:
    assert await answer(stage, "down", "down", "enter") == Way.COPY


async def test_a_question_mark_asks_what_the_terminal_can_do(stage: Stage) -> None:
    assert await answer(stage, "question_mark") == DOCTOR


async def test_esc_opens_nothing(stage: Stage) -> None:
    assert await answer(stage, "escape") is None


async def test_the_place_and_every_way_are_named(stage: Stage) -> None:
    async with stage.show((80, 24)) as (app, _pilot):
        app.push_screen(LinkScreen(REQUEST, X2GO, tuple(Way)))
        picture = await shows(app, "no camera")
        for words in ("Open it here", "link helper", "Copy", "click", "QR code", "to myself", "plain text"):
            assert words in picture


@pytest.mark.parametrize("ways", [WAYS, tuple(Way)], ids=["some", "all"])
async def test_in_a_low_window_the_far_end_of_a_long_address_gives_way_to_the_keys(
    stage: Stage, ways: tuple[Way, ...]
) -> None:
    link = check_url(f"https://meet.example.org/Room#config.callDisplayName=%22{'x' * 500}%22")
    warnings = ("This meeting is over.", "Anybody can write such a message. " * 2)
    request = OpenRequest(link, label="Topic " * 30, warnings=warnings, meeting=True)
    async with stage.show((80, 24)) as (app, pilot):
        app.push_screen(LinkScreen(request, X2GO, ways))
        picture = await shows(app, "Cancel")
        for words in ("https://meet.example.org/Room", "is over", "no camera", "Open it here"):
            assert words in picture
        await pilot.press(*["down"] * len(ways))
        await shows(app, "What this terminal can do")


async def test_in_a_high_window_a_long_address_is_whole(stage: Stage) -> None:
    link = check_url(f"https://meet.example.org/Room#config.callDisplayName=%22{'ß' * 60}%22")
    async with stage.show((120, 36)) as (app, _pilot):
        app.push_screen(LinkScreen(OpenRequest(link, meeting=True), X2GO, WAYS))
        picture = await shows(app, "Cancel")
    assert picture.count("%") == 2 + 2 * 60


async def test_f52_a_host_that_deceives_is_named(stage: Stage) -> None:
    link = check_url("https://pаypal.example/")
    assert link.warnings
    async with stage.show() as (app, _pilot):
        app.push_screen(LinkScreen(OpenRequest(link), X2GO, WAYS))
        picture = await shows(app, "Look twice")
        assert "https://xn--" in picture


async def test_warnings_and_label_are_made_harmless(stage: Stage) -> None:
    request = OpenRequest(LINK, label="\x1b[2J[/x]", warnings=("It is \x1b]0;over.",), sensitive=True)
    async with stage.show() as (app, _pilot):
        app.push_screen(LinkScreen(request, X2GO, WAYS))
        await shows(app, "! It is ␛]0;over.")
        picture = await shows(app, "personal key")
        assert "␛[2J[/x]" in picture
        assert "\x1b" not in said(app)
