"""A link as a code for the phone."""

from __future__ import annotations

from tests.ui.stage import Stage, shows
from tui.core.links import check_url
from tui.ui.screens.qr import QrScreen


async def test_a_code_for_the_phone(stage: Stage) -> None:
    async with stage.show((100, 40)) as (app, pilot):
        app.push_screen(QrScreen(check_url("https://meet.jit.si/Weekly?jwt=secret")))
        picture = await shows(app, "█")
        assert "secret" not in picture
        await pilot.press("escape")


async def test_a_window_too_small_for_the_code_says_what_it_needs(stage: Stage) -> None:
    async with stage.show((60, 16)) as (app, _pilot):
        app.push_screen(QrScreen(check_url("https://meet.example.org/" + "x" * 200)))
        await shows(app, "too small for the code")
