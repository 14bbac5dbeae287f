"""Themes as Textual's, and picked live."""

from __future__ import annotations

import pytest

from tests.ui.stage import Stage, main_of
from tests.ui.test_look import THEMES
from tui.settings.themes import builtin_dir, load
from tui.ui.theming import VARIABLES, to_textual, variables


@pytest.mark.parametrize("name", THEMES)
def test_every_css_variable_has_a_value(name: str) -> None:
    spec = load(builtin_dir() / f"{name}.toml")
    assert set(variables(spec)) >= set(VARIABLES)
    theme = to_textual(spec)
    assert theme.ansi == spec.ansi
    assert theme.name == name


async def test_each_theme_can_be_shown(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        for name in THEMES:
            app.set_theme(name)
            await pilot.pause()
            assert app.theme == name
            strip = main_of(app).timeline.list.render_line(0)
            colours = {s.style.bgcolor for s in strip if s.style is not None}
            assert app.look.base.bgcolor in colours


async def test_a_theme_that_is_not_there_changes_nothing(stage: Stage) -> None:
    async with stage.show() as (app, _pilot):
        app.set_theme("nope")
        assert app.theme_name == "teleteam-dark"


async def test_choosing_previews_and_escape_takes_it_back(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        main_of(app).perform("app.theme")
        await pilot.pause()
        await pilot.press("down")
        await pilot.pause()
        assert app.theme_name != "teleteam-dark"
        await pilot.press("escape")
        await pilot.pause()
        assert app.theme_name == "teleteam-dark"
