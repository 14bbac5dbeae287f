"""The join dialog: every recorded meeting, and what hostile ones can do (nothing)."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.hostile import HOSTILE
from tests.support.makers import post
from tests.support.waiting import until
from tests.ui.stage import NOW, SMALL, Stage, main_of, shows
from tui.client.meeting_join import JoinPlan
from tui.client.meetings import Meetings
from tui.core import wire
from tui.core.errors import UserMistake
from tui.core.links import check_url
from tui.core.meetings import Meeting
from tui.core.models import Post
from tui.settings.config import Commands
from tui.ui.screens.meeting_join import NEW, TRUST, JoinScreen, offers_of

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJyb29tIjoiKiJ9.c2lnbmF0dXJl"
RECORDED = {
    entry["name"]: wire.post(entry["response"])
    for entry in json.loads((Path(__file__).parents[2] / "contracts/jitsi_posts.json").read_text("utf-8"))
}
SAYS = {
    "custom_jitsi-without-jwt": ("Telearbeit", "Jitsi · meet.example.org", "Join to listen"),
    "custom_jitsi-with-jwt": ("Jitsi Meeting", "not known for meetings", "personal token"),
    "custom_jitsi-old-plugin-string-date": ("Jitsi · meet.jit.si · alt-abcdef", "has expired", "Start a new"),
    "custom_calls": ("Calls", "only be entered in the web app", "Open it in the web app"),
    "custom_zoom": ("Zoom · zoom.us · 123456789", "Join"),
    "custom_bbb-placeholder-link": ("Besprechung", "BigBlueButton · 1x", "Open it in the web app"),
    "custom_mstmeetings": ("Microsoft Teams · teams.microsoft.com · personal meeting",),
    "plain-text-links": ("Jitsi · meet.jit.si · TelearbeitMontag", "Join with sound only"),
}


def keep(stage: Stage, held: Post) -> None:
    stage.put(lambda tx: tx.posts.put([held]))


def meeting_in(meetings: Meetings, held: Post) -> Meeting:
    found = meetings.of(held)
    assert found is not None
    return found


async def test_in_a_low_window_long_names_give_way_to_the_keys(stage: Stage) -> None:
    held = replace(RECORDED["custom_jitsi-with-jwt"], channel_id="c1", user_id="rosa")
    props = {**held.props, "meeting_topic": "Topic " * 40, "meeting_id": "room-" * 30}
    keep(stage, replace(held, props=props))
    async with stage.show((80, 24)) as (app, pilot):
        meetings = stage.client.meetings
        main_of(app).desks.meetings.join_meeting(meeting_in(meetings, replace(held, props=props)))
        picture = await shows(app, "Cancel")
        assert "meet.example.org" in picture
        assert "not known for meetings" in picture
        await pilot.press(*["down"] * 6)
        await shows(app, "It is ours")


def test_every_recorded_post_is_tried() -> None:
    assert SAYS.keys() == RECORDED.keys()


@pytest.mark.parametrize("name", SAYS)
async def test_recorded_meetings_say_what_they_are(stage: Stage, name: str) -> None:
    held = replace(RECORDED[name], channel_id="c1", user_id="rosa")
    keep(stage, held)
    async with stage.show() as (app, _pilot):
        main_of(app).desks.meetings.join_meeting(meeting_in(stage.client.meetings, held))
        for words in SAYS[name]:
            picture = await shows(app, words)
        assert "google" not in picture
        assert "eyJ" not in picture


_TEXTS = (
    *HOSTILE,
    f"x ?jwt={TOKEN}",
    TOKEN,
    "[b]bold[/b] [@click=app.quit]x[/]",
    "\x1b]52;c;aGk=\x07",
    "\x1b[21t",
)
_PROPS = ("meeting_topic", "meeting_id", "meeting_link", "meeting_jwt", "default_meeting_topic")


async def test_f56_hostile_topics_write_nothing_and_leak_nothing(stage: Stage) -> None:
    """Token, markup, control characters in every prop: shown as text or not at all."""
    async with stage.show(SMALL) as (app, _pilot):
        for text in _TEXTS:
            props = {**dict.fromkeys(_PROPS, text), "jwt_meeting": True}
            held = post("evil", NOW, type="custom_jitsi", user_id="ben", message=text, props=props)
            found = stage.client.meetings.of(held)
            assert found is not None
            dialog = JoinScreen(stage.client.meetings.joining.plan(found), stage.shared)
            lines = dialog._draw_meeting(60, main_of(app).banner.look)
            picture = "".join(segment.text for line in lines for segment in line)
            picture += "".join(offer.title for offer in dialog.offers)
            assert "eyJ" not in picture
            assert not [c for c in picture if ord(c) < 32 or 127 <= ord(c) < 160]
        main_of(app).desks.meetings.join_meeting(meeting_in(stage.client.meetings, held))
        await until(lambda: isinstance(app.screen, JoinScreen))


@pytest.mark.parametrize("wrong", [None, 7, 1.5, True, [], ["x"], {"a": 1}, -1, 10**30, ""])
def test_wrong_types_are_a_meeting_without_a_link(stage: Stage, wrong: Any) -> None:
    props = dict.fromkeys((*_PROPS, "jwt_meeting", "jwt_meeting_valid_until", "meeting_personal"), wrong)
    found = stage.client.meetings.of(post("odd", NOW, type="custom_jitsi", user_id="ben", props=props))
    assert found is not None
    plan = stage.client.meetings.joining.plan(found)
    assert plan.url == ""
    assert not plan.secret
    assert [offer.key for offer in offers_of(plan)] == ["normal"]


_BAD_LINKS = (
    "javascript:alert(1)", "file:///etc/passwd", "-flag", "--remote-debugging-port=1", "https://good\\@evil/x",
    "https://a@evil.example/x", "https:evil", "//evil/x", "ssh://-oProxyCommand=id/", "vscode://x",
    "www.google.com",
    "https://evil.example/\x00", "https://evil.example/a b", "%action", "jar:file:x", "http://meet.example.org/x",
)  # fmt: skip


@pytest.mark.parametrize("link", _BAD_LINKS)
async def test_f52_a_link_that_may_not_be_opened_starts_nothing_but_the_web_app(
    stage: Stage, tmp_path: Path, link: str
) -> None:
    """The way left is the message itself on our own server; that address alone may reach a browser."""
    stage.config = replace(stage.config, commands=Commands(browser=("/bin/false",)))
    held = post("a" * 26, NOW, type="custom_jitsi", user_id="ben", props={"meeting_link": link})
    keep(stage, held)
    joining = stage.client.meetings.joining
    plan = joining.plan(meeting_in(stage.client.meetings, held))
    assert plan.url == ""
    request = joining.request(plan)
    assert request.shown.url == f"https://chat.example.org/mm/nord/pl/{'a' * 26}"
    assert request.real is None


def test_a_meeting_with_neither_link_nor_post_is_refused(stage: Stage) -> None:
    joining = stage.client.meetings.joining
    with pytest.raises(UserMistake):
        joining.request(joining.plan(Meeting("calls")))


def test_what_is_offered_depends_on_what_speaks_against_it() -> None:
    def keys(meeting: Meeting, *warnings: str, preset: str = "normal") -> list[str]:
        return [offer.key for offer in offers_of(JoinPlan(meeting, meeting.link, preset, warnings))]

    jitsi = Meeting("jitsi", link="https://meet.example.org/r", host="meet.example.org")
    assert keys(jitsi, preset="audio") == ["audio", "normal", "low", "listen"]
    assert keys(jitsi, "unknown_host")[-1] == TRUST
    assert keys(jitsi, "expired")[0] == NEW
    assert keys(Meeting("zoom", link="https://zoom.us/j/1"), "ended") == [NEW, "normal"]
    assert check_url(jitsi.link).host == jitsi.host
