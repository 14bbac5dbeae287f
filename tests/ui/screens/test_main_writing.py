"""What helps in writing: history, snippets, spelling, taking back, the preview while one writes."""

from __future__ import annotations

import os
from pathlib import Path

from tests.support.waiting import until
from tests.terminal.test_spelling import hunspell
from tests.ui.stage import SMALL, Stage, a_stage, main_of, said, shows
from tui.core.models import Target
from tui.settings.config import Composer, Config
from tui.terminal.session import Session, SessionKind


async def test_what_i_wrote_is_written_again(stage: Stage) -> None:
    async with stage.show(SMALL) as (app, pilot):
        await pilot.press("ctrl+r")
        await shows(app, "What I wrote")
        await pilot.press(*"looks", "enter")
        await until(lambda: main_of(app).composer.editor.text == "Looks good")


async def test_a_snippet_is_inserted(tmp_path: Path) -> None:
    config = Config(composer=Composer(snippets=("greet=Good morning,\\nAnna", "bye=See you")))
    with a_stage(tmp_path, config=config) as stage:
        async with stage.show() as (app, pilot):
            await pilot.press("ctrl+x")
            await shows(app, "bye")
            await pilot.press(*"gre", "enter")
            await until(lambda: main_of(app).composer.editor.text == "Good morning,\nAnna")


async def test_without_snippets_it_is_said_where_they_go(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press("ctrl+x")
        await shows(app, "There are no snippets")


async def test_a_wrong_word_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    config = Config(composer=Composer(spelling="de_DE"))
    with a_stage(tmp_path, config=config) as stage:
        stage.session = Session(SessionKind.LOCAL, env=hunspell(tmp_path / "bin"))
        async with stage.show() as (app, pilot):
            await pilot.press(*"das", "space", *"Tset", "ctrl+t")
            await shows(app, "→ Tost")
            await pilot.press("enter")
            await until(lambda: main_of(app).composer.editor.text == "das Test")


async def test_without_hunspell_it_is_said(stage: Stage, tmp_path: Path) -> None:
    stage.session = Session(SessionKind.LOCAL, env={**os.environ, "PATH": str(tmp_path)})
    async with stage.show() as (app, pilot):
        await pilot.press(*"Tset", "ctrl+t")
        await shows(app, "There is no hunspell")


async def test_a_message_is_taken_back_in_time(tmp_path: Path) -> None:
    with a_stage(tmp_path, config=Config(composer=Composer(undo_seconds=60))) as stage:
        async with stage.show() as (app, pilot):
            await pilot.press(*"oops", "enter")
            await shows(app, "Ctrl+Z takes it back")
            (item,) = stage.client.outbox.all()
            assert (item.state, item.reason) == ("parked", "tele.outbox.held")
            assert "not sent" not in said(app).split("\n")[-2]
            await pilot.press("ctrl+z")
            await until(lambda: main_of(app).composer.editor.text == "oops")
            assert stage.client.outbox.all() == ()
            await pilot.press("ctrl+z")
            await shows(app, "nothing to take back")


async def test_what_was_held_back_goes_out_in_time(tmp_path: Path) -> None:
    with a_stage(tmp_path, config=Config(composer=Composer(undo_seconds=1))) as stage:
        async with stage.show() as (_app, pilot):
            await pilot.press(*"hello", "enter")
            await until(lambda: [i.state for i in stage.client.outbox.all()] == ["parked"])
            await until(lambda: [i.state for i in stage.client.outbox.all()] == ["queued"])


async def test_the_next_start_lets_go_what_was_held_back(tmp_path: Path) -> None:
    with a_stage(tmp_path, config=Config(composer=Composer(undo_seconds=60))) as stage:
        stage.client.posts.send(Target("c1"), "later", hold=True)
        stage.client.start()
        assert [item.state for item in stage.client.outbox.all()] == ["queued"]


async def test_the_preview_follows_what_is_written(stage: Stage) -> None:
    async with stage.show(SMALL) as (app, pilot):
        preview = main_of(app).composer.preview
        await pilot.press(*"see ")
        main_of(app).composer.action_do_live_preview()
        await pilot.press(*"**bold**")
        await until(lambda: any("see bold" in strip.text for strip in preview._lines))
        main_of(app).composer.action_do_live_preview()
        await until(lambda: not preview.display)
