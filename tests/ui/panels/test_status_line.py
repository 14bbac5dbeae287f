"""State of the line, queue, folders; what is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.ui.bare import LOOK
from tests.ui.stage import Stage, main_of, said, shows
from tui.core.changes import ChangeKind
from tui.core.connection import ConnectionState
from tui.core.folders import FoldersLink, FoldersSnapshot, Light
from tui.core.line_profile import RICH, THIN, LineProfile
from tui.core.ports import Traffic
from tui.settings.formats import Formats
from tui.ui.panels.status_line import folder_light, link_state

NOW = 1_800_000_000_000


def words(state: ConnectionState) -> str:
    return "".join(segment.text for segment in link_state(state, NOW, Formats("en"), LOOK))


def test_each_state_of_the_line_has_a_sign_and_words() -> None:
    assert words(ConnectionState("online")) == "● online"
    assert words(ConnectionState("connecting")).startswith("◌ ")
    assert words(ConnectionState("signed_out")) == "✗ signed out"
    waiting = ConnectionState("offline", since=NOW, next_try_at=NOW + 12_000)
    assert "next try in 12 s" in words(waiting)


@pytest.mark.parametrize("light", [light for light in Light if light is not Light.NONE])
def test_each_light_has_a_sign_and_words(light: Light) -> None:
    sign, text = folder_light(light, LOOK)
    assert sign.text.strip()
    assert text.text.strip()


def test_no_syncthing_takes_no_room() -> None:
    assert folder_light(Light.NONE, LOOK) == []


async def test_what_is_said_stands_in_the_place_of_the_keys(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        main_of(app).tell("Copied. [/x]")
        await pilot.pause()
        assert said(app).split("\n")[-1] == "· Copied. [/x]"
        main_of(app).status.hush()
        await pilot.pause()
        assert "Enter Send" in said(app).split("\n")[-1]


async def test_an_alarm_may_take_several_lines(stage: Stage) -> None:
    async with stage.show((60, 20)) as (app, pilot):
        main_of(app).tell("word " * 20, alarm=True)
        await pilot.pause()
        assert said(app).split("\n")[-2].startswith("! word")


async def test_folders_and_the_line_are_followed(stage: Stage) -> None:
    async with stage.show() as (app, _pilot):
        stage.client.folders.publish(FoldersSnapshot(FoldersLink.OK, light=Light.ATTENTION))
        await shows(app, "! files need attention")
        stage.desk.engine.state = ConnectionState(
            "offline", cause="tele.offline.dns", next_try_at=stage.desk.clock.now() + 9_000
        )
        stage.client.base.hub.say(ChangeKind.CONNECTION)
        await shows(app, "next try in 9 s")
        picture = await shows(app, "!")
        assert "cannot be" in picture or "not found" in picture or "server" in picture.lower()


async def test_the_keys_are_those_of_the_area(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        main_of(app).focus_area("sidebar")
        await pilot.pause()
        assert "Fold or unfold" in said(app)
        main_of(app).focus_area("timeline")
        await pilot.pause()
        assert "r Reply" in said(app)


@pytest.mark.parametrize(("columns", "counted"), [(60, True), (80, False)])
async def test_unread_messages_are_counted_where_no_sidebar_shows_their_dots(
    stage: Stage, columns: int, counted: bool
) -> None:
    rows = [
        replace(row, mention_count=0, mention_count_root=0)
        for row in stage.desk.store.memberships.all().values()
    ]
    stage.put(lambda tx: tx.memberships.put(rows))
    async with stage.show((columns, 20)) as (app, _pilot):
        await shows(app, "●")
        assert (" unread" in said(app).split("\n")[-2]) == counted


async def test_what_waits_for_me_is_not_cut_for_the_sake_of_figures(stage: Stage) -> None:
    stage.client.folders.publish(FoldersSnapshot(link=FoldersLink.OK, light=Light.ATTENTION))
    stage.client.line.toggle()
    async with stage.show((70, 24)) as (app, _pilot):
        await shows(app, "files need attention")
        line = said(app).split("\n")[-2]
        assert "1 mention" in line
        assert line.endswith("! files need attention")
    async with stage.show((46, 24)) as (app, _pilot):
        await shows(app, "files need attention")
        line = said(app).split("\n")[-2]
        assert "1 mention" in line
        assert "thin" not in line


@pytest.mark.parametrize("profile", [RICH, THIN])
async def test_bytes_are_written_anew_only_as_often_as_the_line_should_carry(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, profile: LineProfile
) -> None:
    now, carried = [1e9], [1_000_000]
    monkeypatch.setattr("tui.ui.panels.status_line.monotonic", lambda: now[0])
    monkeypatch.setattr(stage.client, "traffic", lambda: Traffic(http_down=carried[0]))
    stage.client.line.use(profile.name)
    async with stage.show() as (app, _pilot):
        await shows(app, "1.0 MB")
        now[0], carried[0] = now[0] + profile.figures_every - 1, 2_000_000
        stage.client.base.hub.say(ChangeKind.TRAFFIC)
        stage.desk.engine.state = ConnectionState("offline", cause="tele.offline.dns")
        stage.client.base.hub.say(ChangeKind.CONNECTION)
        assert "1.0 MB" in await shows(app, "○")
        now[0] += 1
        stage.client.base.hub.say(ChangeKind.TRAFFIC)
        await shows(app, "2.0 MB")
