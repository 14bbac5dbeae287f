"""The ladder at the keyboard: lists, numbers, what is remembered, every way."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from tests.support.makers import post
from tests.support.waiting import until
from tests.ui.stage import NOW, Stage, main_of, shows
from tui.core.links import check_url
from tui.core.opening import OpenRequest
from tui.settings.config import Commands
from tui.terminal.session import Session, SessionKind

SSH = Session(SessionKind.SSH, env={"TERM": "xterm-256color"})
LINKS = "https://a.example/1 and [https://a.example](https://evil.example/)"


async def test_all_links_of_a_channel_are_chosen_by_number(stage: Stage) -> None:
    stage.session = SSH
    stage.arrive(post("two", NOW, user_id="ben", message=LINKS))
    async with stage.show() as (app, pilot):
        await pilot.press("alt+k")
        picture = await shows(app, "2 ! ")
        assert "2 ! https://evil.example/" in picture
        assert "Ben Osterhagen" in picture
        await pilot.press("2")
        picture = await shows(app, "Its text names another address")
        assert "›1 Copy the link" in picture


async def test_a_way_is_remembered_for_its_host(stage: Stage) -> None:
    stage.session = SSH
    async with stage.show((80, 24)) as (app, pilot):
        main_of(app).desks.links.open_link("https://a.example/1")
        picture = await shows(app, "plain text")
        assert "›1 Copy the link" in picture
        await pilot.press(re.findall(r"(\d) Show it as plain text", picture)[0])
        await shows(app, "Mark it with the mouse")
        await pilot.press("escape")
        await until(lambda: stage.client.ways.last("ssh", "a.example") == "text")
        main_of(app).desks.links.open_link("https://a.example/2")
        await shows(app, "›1 Show it as plain text")


async def test_g57_the_real_address_is_asked_for_while_opening_only(stage: Stage, tmp_path: Path) -> None:
    asked: list[str] = []
    note, program = tmp_path / "opened", tmp_path / "browser"
    program.write_text(f'#!/bin/sh\nprintf "%s" "$1" > {note}\n')
    program.chmod(0o755)
    stage.config = replace(stage.config, commands=Commands(browser=(str(program),)))

    def real() -> str:
        asked.append("now")
        return "https://meet.example.org/R?jwt=secret"

    shown = check_url("https://meet.example.org/R")
    async with stage.show() as (app, pilot):
        main_of(app).desks.ladder.open_request(OpenRequest(shown, real=real, label="Weekly", meeting=True))
        picture = await shows(app, "Join the meeting")
        assert (asked, "secret" in picture) == ([], False)
        await pilot.press("enter")
        picture = await shows(app, "Opened in the browser: meet.example.org")
        assert (asked, "secret" in picture) == (["now"], False)
        assert note.read_text() == "https://meet.example.org/R?jwt=secret"
        lure = OpenRequest(shown, real=lambda: "https://evil.example/", meeting=True)
        main_of(app).desks.ladder.open_request(lure)
        await shows(app, "Join the meeting")
        await pilot.press("enter")
        await shows(app, "cannot be used")


async def test_the_doctor_says_what_the_terminal_can_do(stage: Stage) -> None:
    stage.session = SSH
    async with stage.show() as (app, _pilot):
        main_of(app).perform("app.doctor")
        picture = await shows(app, "teleteam bridge --print-ssh HOST")
        assert "What this terminal can do" in picture
        assert "export COLORTERM=truecolor" in picture
