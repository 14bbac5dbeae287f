"""Palette, help, themes, mouse, quitting."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.waiting import until
from tests.ui.stage import Stage, main_of, said, shows
from tui.settings.config import Config
from tui.settings.keymap import build
from tui.ui.panels.thread import Thread


async def test_the_palette_does_what_is_chosen(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press("ctrl+p")
        await shows(app, "What do you want to do?")
        await pilot.press(*"pinned", "enter")
        await until(lambda: main_of(app).side.current == "pinned")


async def test_the_palette_also_goes_to_places_and_themes(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press("ctrl+p", *"development", "enter")
        await until(lambda: main_of(app).channel_id == "c2")
        await pilot.press("ctrl+p", *"monochrome", "enter")
        await until(lambda: app.theme_name == "monochrome")


async def test_help_begins_with_what_works_here(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press("escape", "question_mark")
        picture = await shows(app, "On a message")
        assert picture.index("On a message") < picture.index("Reply")
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.press(*"what?")
        assert main_of(app).composer.editor.text == "what?"


async def test_keys_of_ones_own_work_and_are_shown(stage: Stage) -> None:
    keymap = build({"app.switch": ["f10"], "composer.newline": ["ctrl+n"]})
    stage.config = Config(keymap=keymap, keys={"app.switch": ("f10",)})
    async with stage.show() as (app, pilot):
        await pilot.press("a", "ctrl+n", "b", "ctrl+j")
        assert main_of(app).composer.editor.text == "a\nb"
        assert "Ctrl+N New line" in said(app)
        await pilot.press("f10")
        await shows(app, "Go to")


async def test_the_composers_keys_work_while_one_reads(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press(*"half", "pageup")
        main = main_of(app)
        await until(lambda: app.focused is main.timeline.list)
        await pilot.press("alt+i")
        await shows(app, "This server knows no priorities.")
        assert app.focused is main.composer.editor
        await pilot.press("up")
        main.sidebar.list.focus()
        await pilot.press("alt+p")
        await shows(app, "half")
        assert main.composer.editor.text == "half"


async def test_in_a_thread_they_belong_to_its_answer(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await main_of(app).open_thread("p4")
        thread = main_of(app).side.tab_widget("thread")
        assert isinstance(thread, Thread)
        thread.composer.editor.load("answer")
        thread.list.focus()
        await pilot.press("alt+l")
        await shows(app, "This server cannot send later.")
        assert app.focused is thread.composer.editor


async def test_quitting_asks_only_while_something_is_unsent(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press(*"hi", "enter", "ctrl+q")
        await shows(app, "1 text is not sent yet")
        await pilot.press("escape")
        await pilot.pause()
        assert app.is_running
        await pilot.press("ctrl+q", "enter")
        await pilot.pause()
    assert app.return_code == 0


async def test_quitting_at_once_where_nothing_waits_keeps_the_draft(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press(*"begun", "ctrl+q")
        await pilot.pause()
    assert app.return_code == 0
    draft = await until(lambda: stage.client.drafts.all())
    assert draft[0].text == "begun"


async def test_a_thin_line_has_fewer_colours_and_calmer_panels_at_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[bool] = []
    monkeypatch.setattr(
        stage.client.folders, "set_visible", lambda _shown, *, far=False: told.append(far), raising=True
    )
    app = stage.app()
    app.shared = replace(
        stage.shared, theme_of=lambda line: "terminal-16" if line.colors else "teleteam-dark"
    )
    async with stage.show(app=app):
        assert (app.theme_name, told[-1]) == ("teleteam-dark", False)
        stage.client.line.use("thin")
        await until(lambda: told[-1] and app.theme_name == "terminal-16")
        stage.client.line.use("rich")
        await until(lambda: not told[-1] and app.theme_name == "teleteam-dark")


async def test_the_mouse_is_switched_live_and_said(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press("f12")
        await shows(app, "The mouse works here now.")
        await pilot.press("f12")
        await shows(app, "terminal's again")
