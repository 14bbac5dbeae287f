"""Meetings at the keyboard: started, chosen, joined, and what never reaches the screen or a browser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.makers import ME, MINUTE, membership, post
from tests.support.waiting import until
from tests.ui.stage import NOW, Stage, main_of, said, shows
from tui.core.connection import ConnectionState
from tui.core.models import Post
from tui.settings.config import Commands, Jitsi
from tui.terminal.session import Session, SessionKind

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJyb29tIjoiUmF1bSJ9.c2VhbA"
OWN = "eyJhbGciOiJIUzI1NiJ9.eyJtZSI6MX0.bWluZQ"
PROPS = {"meeting_id": "Raum", "meeting_link": "https://meet.example.org/Raum", "meeting_topic": "Jour fixe"}


def meeting(ident: str = "m", at: int = NOW, **props: Any) -> Post:
    return post(ident, at, type="custom_jitsi", user_id="bot", props={**PROPS, **props})


@pytest.fixture
def browser(stage: Stage, tmp_path: Path) -> Path:
    """A browser that notes its arguments; the person sits at this machine."""
    note, program = tmp_path / "opened", tmp_path / "browser"
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$@" >> {note}\n')
    program.chmod(0o755)
    stage.config = replace(stage.config, commands=Commands(browser=(str(program),)))
    stage.session = Session(SessionKind.LOCAL)
    return note


def scripted(stage: Stage, **answers: Any) -> None:
    stage.desk.api.answers.update(fetch_meeting_naming="words", start_meeting="Neu", **answers)
    stage.desk.online()


async def test_alt_j_starts_a_meeting_and_offers_to_join(stage: Stage) -> None:
    scripted(stage)
    async with stage.show() as (app, pilot):
        await pilot.press("alt+j")
        await shows(app, "4 people are in this channel.")
        await pilot.press(*"Plan")
        await pilot.press("enter")
        await until(lambda: stage.desk.api.calls("start_meeting"))
        assert stage.desk.api.calls("start_meeting")[0][1] == "Plan"
        mine = replace(meeting("neu", meeting_id="Neu", meeting_topic="Plan"), user_id=ME)
        stage.arrive(mine)
        await until(lambda: _tick(stage) and "has been started" in said(app))
        assert "Plan" in said(app)


def _tick(stage: Stage) -> bool:
    stage.desk.clock.advance(0.25)
    return True


async def test_many_people_are_a_question_and_their_number_is_named(stage: Stage) -> None:
    scripted(stage, fetch_member_count=240)
    stage.desk.api.answers["fetch_member_count"] = 240
    async with stage.show() as (app, pilot):
        main_of(app).composer.editor.load("/meet Plan")
        await pilot.press("enter")
        await shows(app, "240 people will be told")
        await pilot.press("escape")
        assert stage.desk.api.calls("start_meeting") == []
        assert main_of(app).composer.editor.text == ""


async def test_offline_the_text_stays_where_it_is(stage: Stage) -> None:
    stage.desk.online()
    stage.desk.engine.state = ConnectionState("offline", cause="dns")
    async with stage.show() as (app, pilot):
        main_of(app).composer.editor.load("/meet Plan")
        await pilot.press("enter")
        await shows(app, "a meeting cannot be started now")
        assert main_of(app).composer.editor.text == "/meet Plan"
        await pilot.press("alt+j")
        await shows(app, "a meeting cannot be started now")


async def test_without_a_server_it_says_what_to_set(stage: Stage) -> None:
    scripted(stage)
    stage.desk.api.answers["fetch_meeting_naming"] = ""
    async with stage.show() as (app, pilot):
        main_of(app).composer.editor.load("/meet")
        await pilot.press("enter")
        await shows(app, "base_url")


async def test_how_rooms_are_named_is_asked_once_and_again_when_wanted(stage: Stage) -> None:
    scripted(stage, press_action=None)
    stage.desk.api.answers.update(fetch_meeting_naming="ask", start_meeting="")
    actions = [{"id": f"a{n}", "name": name} for n, name in enumerate(("Random words", "Personal", "UUID"))]
    props = {"attachments": [{"actions": actions}]}
    async with stage.show() as (app, pilot):

        async def start(number: int) -> None:
            app.screen.set_focus(None)
            main_of(app).desks.meetings.meet(main_of(app).target(), "", asked=True)
            await until(lambda: len(stage.desk.api.calls("start_meeting")) == number)
            question = post(f"q{number}", NOW + number, type="system_ephemeral", props=props)
            stage.desk.engine.whispers = (question,)

        await start(1)
        await until(lambda: _tick(stage) and "How shall the room be named?" in said(app))
        await pilot.press("down", "enter")
        await until(lambda: stage.desk.api.calls("press_action") == [("q1", "a1")])
        await start(2)
        await until(lambda: _tick(stage) and "named as last time: Personal" in said(app))
        await until(lambda: stage.desk.api.calls("press_action")[1:] == [("q2", "a1")])
        main_of(app).desks.meetings.ask_name_again()
        await shows(app, "asks again")
        stage.desk.store.flush()
        main_of(app).desks.meetings.ask_name_again()
        await shows(app, "Nothing is remembered")
        await start(3)
        await until(lambda: _tick(stage) and "How shall the room be named?" in said(app))


async def test_a_current_meeting_is_offered_first(stage: Stage) -> None:
    stage.arrive(meeting(at=NOW - 6 * MINUTE))
    async with stage.show() as (app, pilot):
        await shows(app, "◈ 5m")
        await pilot.press("alt+j")
        picture = await shows(app, "Start a new meeting")
        assert "Jour fixe" in picture
        await pilot.press("enter")
        await shows(app, "Join with sound only")


async def test_g57_the_token_goes_to_the_browser_alone(stage: Stage, browser: Path) -> None:
    seconds = NOW // 1000 + 600
    stage.arrive(meeting(jwt_meeting=True, meeting_jwt=TOKEN, jwt_meeting_valid_until=seconds))
    scripted(stage, enrich_meeting_token=OWN)
    async with stage.show() as (app, pilot):
        main_of(app).timeline.list.focus()
        main_of(app).timeline.list.move_to("m")
        await pilot.press("enter")
        picture = await shows(app, "personal token")
        assert "eyJ" not in picture
        assert stage.desk.api.calls("enrich_meeting_token") == []
        await pilot.press("enter")
        picture = await shows(app, "Open it here")
        assert "eyJ" not in picture
        assert stage.desk.api.calls("enrich_meeting_token") == []
        await pilot.press("1")
        await until(browser.exists)
        assert stage.desk.api.calls("enrich_meeting_token") == [(TOKEN,)]
        opened = browser.read_text()
        assert opened.count("|") == 1
        assert OWN in opened or opened.startswith("file://")


async def test_an_unknown_host_is_said_and_can_be_remembered(stage: Stage) -> None:
    stage.arrive(replace(meeting(meeting_link="https://meet.other.example/Raum"), user_id="ben"))
    async with stage.show() as (app, pilot):
        main_of(app).timeline.list.focus()
        main_of(app).timeline.list.move_to("m")
        await pilot.press("J")
        await shows(app, "not known for meetings")
        await pilot.press(*["down"] * 4, "enter")
        await until(lambda: "meet.other.example" in stage.client.meetings.hosts())
        await until(lambda: "not known for meetings" not in said(app))
        assert "Join to listen" in said(app)


async def test_an_expired_link_offers_a_new_meeting_first(stage: Stage) -> None:
    old = NOW // 1000 - 60
    stage.arrive(meeting(jwt_meeting=True, meeting_jwt=TOKEN, jwt_meeting_valid_until=old))
    scripted(stage)
    async with stage.show() as (app, pilot):
        main_of(app).timeline.list.focus()
        main_of(app).timeline.list.move_to("m")
        await pilot.press("enter")
        await shows(app, "has expired")
        await pilot.press("enter")
        await shows(app, "Topic, if there is one")


@pytest.fixture
def with_status(stage: Stage) -> Stage:
    """The person wants the status, and there is a meeting to join."""
    object.__setattr__(stage.client.base.config, "jitsi", Jitsi(status=True))
    stage.arrive(meeting())
    stage.put(lambda tx: tx.memberships.put([membership("c1")]))
    scripted(stage)
    return stage


def statuses(stage: Stage) -> list[Any]:
    return stage.desk.api.calls("put_custom_status")


async def test_the_status_is_set_when_the_link_has_left_and_taken_back(
    with_status: Stage, browser: Path
) -> None:
    async with with_status.show() as (app, pilot):
        main_of(app).perform("app.join_latest")
        await shows(app, "Join with sound only")
        await pilot.press("enter")
        await shows(app, "Open it here")
        assert statuses(with_status) == []
        await pilot.press("1")
        await until(lambda: statuses(with_status))
        assert browser.exists()
        with_status.desk.store.flush()
        main_of(app).perform("app.meeting_left")
        await until(lambda: len(statuses(with_status)) == 2)
        assert statuses(with_status)[-1] == (ME, None)


async def test_who_turns_back_or_has_no_browser_is_not_in_a_meeting(
    with_status: Stage, browser: Path
) -> None:
    browser.with_name("browser").write_text("#!/bin/sh\nexit 3\n")
    async with with_status.show() as (app, pilot):
        for key, then in (("1", "No browser could be started"), ("escape", "Jour fixe")):
            main_of(app).perform("app.join_latest")
            await shows(app, "Join with sound only")
            await pilot.press("enter")
            await shows(app, "Open it here")
            await pilot.press(key)
            await shows(app, then)
            await pilot.press("escape")
            await until(lambda: app.screen is main_of(app))
        assert not with_status.client.meetings.status.shown
        assert statuses(with_status) == []


async def test_a_link_that_is_taken_along_counts_as_joined(with_status: Stage) -> None:
    with_status.session = Session(SessionKind.SSH, env={"TERM": "xterm-256color"})
    async with with_status.show() as (app, pilot):
        main_of(app).perform("app.join_latest")
        await shows(app, "Join with sound only")
        await pilot.press("enter")
        picture = await shows(app, "plain text")
        row = next(line for line in picture.splitlines() if "plain text" in line)
        await pilot.press(row.strip("│ ›")[0])
        await until(lambda: statuses(with_status))


TWO = "Choose: https://meet.example.org/Erste or https://meet.example.org/Zweite"


@pytest.mark.parametrize("key", ["J", "o"])
async def test_of_several_links_the_chosen_one_is_joined(stage: Stage, key: str) -> None:
    object.__setattr__(stage.client.base.config, "jitsi", Jitsi(base_url="https://meet.example.org"))
    stage.arrive(post("two", NOW, user_id="ben", message=TWO))
    async with stage.show() as (app, pilot):
        main_of(app).timeline.list.focus()
        main_of(app).timeline.list.move_to("two")
        await pilot.press(key)
        await until(lambda: app.screen is not main_of(app) and "Zweite" in said(app))
        await pilot.press("down", "enter")
        picture = await shows(app, "Join with sound only")
        assert "meet.example.org/Zweite" in picture
