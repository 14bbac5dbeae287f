"""A link as a code for the phone, read back from the cells that are shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.codes import bitmap, decoded
from tests.ui.stage import Stage, shows
from tui.core.links import check_url
from tui.ui.app import TeleApp
from tui.ui.screens.qr import BLACK, WHITE, QrScreen

URL = "https://meet.jit.si/Weekly?jwt=secret"


def painted(app: TeleApp, dots: int = 4) -> bytes:
    """The screen's cells as a picture (PBM): a cell is `dots` wide and twice as high, `▄` its lower half."""
    rows: list[str] = []
    for strip in app.screen._compositor.render_strips(app.screen.size):
        upper, lower = "", ""
        for segment in strip:
            style = segment.style
            ground = "1" if style and style.bgcolor and style.bgcolor.name == BLACK else "0"
            ink = "1" if style and style.color and style.color.name == BLACK else "0"
            for char in segment.text:
                upper += ground * dots
                lower += (ink if char == "▄" else ground) * dots
        rows += [upper] * dots + [lower] * dots
    return bitmap(rows)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_phone_reads_the_address_without_its_token(
    stage: Stage, tmp_path: Path, size: tuple[int, int]
) -> None:
    """Half blocks in the small window, whole cells in the large one."""
    async with stage.show(size) as (app, _pilot):
        app.push_screen(QrScreen(check_url(URL)))
        picture = await shows(app, "https://meet.jit.si/Weekly")
        assert "secret" not in picture
        assert ("▄" in picture) == (size == (80, 24))
        assert decoded(painted(app), tmp_path) == "https://meet.jit.si/Weekly"
        assert WHITE != BLACK


async def test_a_room_of_ones_own_server_fits_the_smallest_usual_window(stage: Stage, tmp_path: Path) -> None:
    url = "https://meet.verein-nordlicht.example.org/team-k7m2p-9xw4q-abcde-fghjk"
    async with stage.show((80, 24)) as (app, _pilot):
        app.push_screen(QrScreen(check_url(url)))
        await shows(app, "▄")
        assert decoded(painted(app), tmp_path) == url


async def test_a_window_too_small_for_the_code_says_what_it_needs(stage: Stage) -> None:
    for length in (200, 7_000):
        async with stage.show((60, 16)) as (app, _pilot):
            app.push_screen(QrScreen(check_url("https://meet.example.org/" + "x" * length)))
            await shows(app, "too small for the code")
