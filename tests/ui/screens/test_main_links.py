"""Links, the clipboard, the editor: what leaves the window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.makers import post
from tests.support.waiting import until
from tests.ui.stage import NOW, Stage, main_of, shows
from tui.settings.config import Commands
from tui.terminal.session import Session, SessionKind

NO_WEB_LINKS = ("javascript:alert(1)", "file:///etc/passwd", "-flag", "https://a b", "//evil/x", "ssh://x")


@pytest.fixture
def browser(stage: Stage, tmp_path: Path) -> Path:
    """A browser that notes its arguments; the person sits at this machine."""
    note = tmp_path / "opened"
    program = tmp_path / "browser"
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$@" >> {note}\n')
    program.chmod(0o755)
    stage.config = replace(stage.config, commands=Commands(browser=(str(program),)))
    return note


def noted(note: Path) -> str:
    return note.read_text() if note.exists() else ""


async def test_f52_a_link_opens_as_one_argument(stage: Stage, browser: Path) -> None:
    async with stage.show() as (app, pilot):
        main_of(app).timeline.list.focus()
        main_of(app).timeline.list.move_to("p2")
        await pilot.press("o")
        await until(lambda: noted(browser) == "https://notes.example.org/a|")
        await shows(app, "Opened in the browser: notes.example.org")


async def test_f52_what_is_no_web_link_is_refused_in_words(stage: Stage, browser: Path) -> None:
    async with stage.show() as (app, _pilot):
        for url in NO_WEB_LINKS:
            main_of(app).status.hush()
            main_of(app).desks.links.open_link(url)
            await shows(app, "cannot be used")
        assert not browser.exists()


async def test_over_ssh_the_link_is_shown_to_copy(stage: Stage) -> None:
    stage.session = Session(SessionKind.SSH)
    async with stage.show() as (app, _pilot):
        main_of(app).desks.links.open_link("https://example.org/page")
        picture = await shows(app, "You are here by SSH")
        assert "https://example.org/page" in picture


async def test_a_link_to_a_message_of_our_server_stays_here(stage: Stage) -> None:
    post_id = "abcdefghijklmnopqrstuvwxyz"
    stage.arrive(post(post_id, NOW, user_id="ben", message="over here"))
    async with stage.show() as (app, _pilot):
        main_of(app).desks.links.open_link(f"https://chat.example.org/mm/nord/pl/{post_id}")
        await until(lambda: main_of(app).timeline.list.cursor_key == post_id)


async def test_several_links_are_asked_about(stage: Stage, browser: Path) -> None:
    stage.arrive(post("two", NOW, user_id="ben", message="https://a.example/1 and https://b.example/2"))
    async with stage.show() as (app, pilot):
        main_of(app).timeline.list.focus()
        main_of(app).timeline.list.move_to("two")
        await pilot.press("o")
        await shows(app, "b.example")
        await pilot.press("down", "enter")
        await until(lambda: noted(browser) == "https://b.example/2|")


async def test_nothing_to_open_is_said(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        main_of(app).timeline.list.focus()
        main_of(app).timeline.list.move_to("p5")
        await pilot.press("o")
        await shows(app, "nothing to open")


async def test_without_a_way_to_the_clipboard_it_is_said(stage: Stage) -> None:
    stage.session = Session(SessionKind.CONSOLE, env={"TERM": "linux"})
    async with stage.show() as (app, _pilot):
        main_of(app).copy("text")
        await shows(app, "no way to the clipboard")


async def test_the_latest_meeting_is_joined_or_it_is_said_that_there_is_none(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        main_of(app).perform("app.join_latest")
        await shows(app, "Join the meeting")
        await pilot.press("escape")
        await pilot.pause()
        main_of(app).open_channel("d1")
        main_of(app).perform("app.join_latest")
        await shows(app, "There is no meeting in this channel.")
        assert app.screen is main_of(app)
