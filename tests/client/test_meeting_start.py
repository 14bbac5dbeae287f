from __future__ import annotations

import re
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.client.desk import Desk, a_desk
from tests.support.makers import ME, NOON, post
from tests.support.waiting import wait_until
from tui.client.meeting_start import PATIENCE, Started
from tui.core.connection import ConnectionState
from tui.core.errors import Offline, Refused, UserMistake
from tui.core.models import Post, PostPage, Target
from tui.core.ports import Tagged
from tui.settings.config import Config, Jitsi

HERE = Target("c1")
THREAD = Target("c1", "root")


def meeting(ident: str = "m", room: str = "Raum", **fields: Any) -> Post:
    props = {"meeting_id": room, "meeting_link": f"https://meet.example.org/{room}"}
    return post(ident, NOON, type="custom_jitsi", user_id=ME, props=props, **fields)


def started(desk: Desk, target: Target = HERE, topic: str = "") -> Started:
    return desk.client.meetings.start(target, topic).result(10)


def scripted(desk: Desk, **answers: Any) -> None:
    desk.api.answers |= {"fetch_meeting_naming": "words", "start_meeting": "Raum", **answers}


def test_the_plugin_starts_it_and_our_own_post_is_awaited(online: Desk) -> None:
    scripted(online)
    asked = online.client.meetings.start(HERE, "  Jour \x1b[31m fixe ")
    wait_until(lambda: online.api.calls("start_meeting"))
    online.put(lambda tx: tx.posts.put([post("x", NOON - 1), meeting("other", "Anderer"), meeting()]))
    wait_until(lambda: _done(online, asked))
    found = asked.result(0)
    assert found.post is not None
    assert found.post.id == "m"
    ((channel_id, topic),) = online.api.calls("start_meeting")
    assert channel_id == "c1"
    assert "\x1b" not in topic
    assert topic.startswith("Jour")


def _done(desk: Desk, asked: Future[Started]) -> bool:
    """Lets the time pass that the client waits for."""
    desk.clock.advance(0.25)
    return asked.done()


def test_a_dumb_socket_does_not_matter(online: Desk) -> None:
    scripted(online, fetch_posts=Tagged(PostPage(("m",), {"m": meeting()})))
    asked = online.client.meetings.start(HERE)
    wait_until(lambda: _done(online, asked))
    found = asked.result(0).post
    assert found is not None
    assert found.id == "m"


def test_what_never_comes_is_said_and_old_meetings_are_not_taken_for_it(online: Desk) -> None:
    scripted(online, fetch_posts=Offline("reset"), fetch_meeting_naming="mattermost")
    online.put(lambda tx: tx.posts.put([meeting("old")]))
    asked = online.client.meetings.start(HERE)
    wait_until(lambda: _done(online, asked))
    assert asked.result(0) == Started()
    assert online.clock.monotonic() >= PATIENCE


@pytest.mark.parametrize(
    ("target", "scheme", "topic", "command"),
    [
        (THREAD, "words", "", "/jitsi start"),
        (THREAD, "uuid", "help", "/jitsi start help"),
        (HERE, "ask", "settings see", "/jitsi start settings see"),
        (THREAD, "ask", "", "/jitsi start Meeting"),
    ],
)
def test_in_a_thread_and_where_asking_would_lose_the_topic_the_command_starts_it(
    online: Desk, target: Target, scheme: str, topic: str, command: str
) -> None:
    scripted(online, fetch_meeting_naming=scheme)
    asked = online.client.meetings.start(target, topic)
    wait_until(lambda: online.api.calls("execute_command"))
    online.put(lambda tx: tx.posts.put([meeting(root_id=target.root_id)]))
    wait_until(lambda: _done(online, asked))
    assert asked.result(0).post is not None
    assert online.api.calls("execute_command") == [("c1", command, "t1", target.root_id)]


def test_ask_comes_back_with_buttons_which_start_it(online: Desk) -> None:
    actions = [
        {"id": "a1", "name": "Random \x1b[1mwords", "cookie": "biscuit"},
        {"id": "a2", "name": "Off", "disabled": True},
        {"name": "No id"},
        {"id": "a3", "name": "Menu", "type": "select"},
        "rubbish",
    ]
    scripted(online, fetch_meeting_naming="ask", start_meeting="")
    asked = online.client.meetings.start(HERE)
    wait_until(lambda: online.api.calls("start_meeting"))
    question = post("q", NOON, type="system_ephemeral", props={"attachments": [{"actions": actions}]})
    online.engine.whispers = (post("w", NOON, type="system_ephemeral"), question)
    wait_until(lambda: _done(online, asked))
    found = asked.result(0)
    assert [choice.id for choice in found.choices] == ["a1"]
    assert "\x1b" not in found.choices[0].name
    assert "biscuit" not in repr(found)
    assert found.question is not None
    pressed = online.client.meetings.answer(HERE, found.question, found.choices[0])
    wait_until(lambda: online.api.calls("press_action"))
    online.put(lambda tx: tx.posts.put([meeting()]))
    wait_until(lambda: _done(online, pressed))
    assert pressed.result(0).post is not None
    assert online.api.calls("press_action") == [("q", "a1")]


def own_server(tmp_path: Path, url: str) -> Any:
    return a_desk(tmp_path, config=Config(jitsi=Jitsi(base_url=url)))


@pytest.mark.parametrize("base", ["https://meet.firma.at", "https://meet.firma.at/tenant/"])
def test_without_the_plugin_a_message_announces_an_unguessable_room(tmp_path: Path, base: str) -> None:
    with own_server(tmp_path, base) as desk:
        scripted(desk.online(), fetch_meeting_naming="", create_post=post("made", NOON))
        assert started(desk, THREAD, "Büro *1*").post == post("made", NOON)
        ((new,),) = desk.api.calls("create_post")
        assert (new.channel_id, new.root_id) == ("c1", "root")
        room = re.search(r"– (\S+)$", new.message)
        assert room is not None
        prefix = re.escape(base.rstrip("/"))
        assert re.fullmatch(prefix + "/team(-[a-km-np-z2-9]{5}){4}", room[1])
        assert "Büro \\*1\\*" in new.message
        assert new.props
        assert new.pending_post_id.startswith(f"{ME}:")
        announced = desk.client.meetings.of(post("a", NOON, message=new.message))
        assert announced is not None
        assert announced.certain
        assert announced.link == room[1]
        sent = replace(post("a", NOON, message=new.message), props=new.props)
        again = desk.client.meetings.of(sent)
        assert again is not None
        assert again.topic == "Büro *1*"


def test_rooms_are_never_the_same(tmp_path: Path) -> None:
    with own_server(tmp_path, "https://meet.firma.at") as desk:
        scripted(desk.online(), fetch_meeting_naming="", create_post=post("made", NOON))
        for _round in range(5):
            started(desk)
        assert len({new.message for (new,) in desk.api.calls("create_post")}) == 5


def test_no_server_of_others_is_ever_proposed(online: Desk) -> None:
    scripted(online, fetch_meeting_naming="")
    with pytest.raises(UserMistake) as failed:
        started(online)
    assert failed.value.id == "tele.meeting.no_server"
    assert online.api.calls("create_post") == []


@pytest.mark.parametrize(
    "url",
    [
        "http://meet.firma.at",
        "https://u:p@meet.firma.at",
        "https://meet.firma.at/?x=1",
        "https://",
        "ftp://x",
    ],
)
def test_a_server_that_will_not_do_is_refused(tmp_path: Path, url: str) -> None:
    with own_server(tmp_path, url) as desk:
        scripted(desk.online(), fetch_meeting_naming="")
        with pytest.raises(UserMistake) as failed:
            started(desk)
        assert failed.value.id == "tele.meeting.bad_server"
        assert str(failed.value) == "tele.meeting.bad_server"


def test_offline_nothing_is_queued(online: Desk) -> None:
    online.engine.state = ConnectionState("offline", cause="dns")
    with pytest.raises(UserMistake) as failed:
        online.client.meetings.start(HERE)
    assert failed.value.id == "tele.offline.meeting"
    assert online.api.asked == []


def test_a_refusal_is_the_futures(online: Desk) -> None:
    scripted(online, start_meeting=Refused("tele.refused.plugin", status=403))
    with pytest.raises(Refused):
        started(online)


def test_how_many_will_be_told(online: Desk) -> None:
    online.api.answers["fetch_member_count"] = 321
    assert online.client.meetings.audience("c1").result(10) == 321
