from __future__ import annotations

import logging
from typing import Any

import pytest

from tests.client.desk import Desk
from tests.support.makers import ME, post, user
from tui.client.meeting_join import EXPIRED, NEEDS_TOKEN, NO_LINK, UNKNOWN_HOST
from tui.core.errors import Offline, Refused
from tui.core.meetings import Meeting
from tui.core.models import Post
from tui.core.opening import OpenRequest

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJyb29tIjoiUmF1bSJ9.c2VhbA"
OWN = "eyJhbGciOiJIUzI1NiJ9.eyJtZSI6MX0.bWluZQ"
LINK = "https://meet.example.org/Raum"


def announced(desk: Desk, **props: Any) -> Post:
    seconds = desk.clock.now() // 1000
    given = {
        "meeting_id": "Raum",
        "meeting_link": LINK,
        "meeting_topic": "Jour fixe",
        "jwt_meeting": True,
        "meeting_jwt": TOKEN,
        "jwt_meeting_valid_until": seconds + 600,
        **props,
    }
    made = post("m", desk.clock.now(), type="custom_jitsi", user_id="jitsi", props=given)
    desk.put(lambda tx: tx.users.put([user("jitsi", is_bot=True)]), lambda tx: tx.posts.put([made]))
    return made


def meeting(desk: Desk, **props: Any) -> Meeting:
    made = announced(desk, **props)
    desk.client.meetings.of(made)
    found = desk.client.meetings.of(made)
    assert found is not None
    return found


def request(desk: Desk, given: Meeting, preset: str = "normal") -> OpenRequest:
    joining = desk.client.meetings.joining
    return joining.request(joining.plan(given, preset))


def real(asked: OpenRequest) -> str:
    assert asked.real is not None
    return asked.real()


def test_g57_the_token_is_exchanged_only_while_it_is_opened(online: Desk) -> None:
    online.api.answers["enrich_meeting_token"] = OWN
    asked = request(online, meeting(online), "audio")
    assert asked.sensitive
    assert asked.meeting
    assert online.api.calls("enrich_meeting_token") == []
    assert "eyJ" not in repr(asked) + asked.shown.url
    assert asked.shown.url.startswith(f"{LINK}#")
    url = real(asked)
    assert online.api.calls("enrich_meeting_token") == [(TOKEN,)]
    assert url.startswith(f"{LINK}?jwt={OWN}#")
    assert "config.startAudioOnly=true" in url
    assert TOKEN not in url


@pytest.mark.parametrize(
    "answer", [Refused("tele.refused.plugin"), Offline("reset"), "<script>", "a b", "", "eyJ&x=1"]
)
def test_what_is_no_token_is_not_taken_the_posts_own_does(online: Desk, answer: object) -> None:
    online.api.answers["enrich_meeting_token"] = answer
    assert f"?jwt={TOKEN}#" in real(request(online, meeting(online)))


def test_a_host_that_is_not_known_gets_no_token(online: Desk) -> None:
    made = post("e", online.clock.now(), type="custom_jitsi", user_id="anna", props={
        "meeting_link": "https://evil.example/Raum", "jwt_meeting": True, "meeting_jwt": TOKEN,
    })  # fmt: skip
    online.put(lambda tx: tx.posts.put([made]))
    found = online.client.meetings.of(made)
    assert found is not None
    plan = online.client.meetings.joining.plan(found)
    assert plan.warnings == (UNKNOWN_HOST, NEEDS_TOKEN)
    assert not plan.secret
    asked = online.client.meetings.joining.request(plan)
    assert asked.real is None
    assert asked.careful
    assert online.api.asked == []


def test_expired_links_are_said_before(online: Desk) -> None:
    found = meeting(online, jwt_meeting_valid_until=online.clock.now() // 1000 - 1)
    plan = online.client.meetings.joining.plan(found)
    assert EXPIRED in plan.warnings
    assert not plan.secret
    assert online.client.meetings.joining.request(plan).warnings


def test_my_name_goes_along_and_settings_of_the_link_stay(online: Desk) -> None:
    online.put(lambda tx: tx.users.put([user(ME, first_name="Änne", last_name="Muster")]))
    text = "https://meet.jit.si/Raum#config.startWithVideoMuted=false&config.resolution=720"
    found = online.client.meetings.of(post("t", online.clock.now(), message=text))
    assert found is not None
    url = request(online, found, "low").shown.url
    assert "userInfo.displayName=%22" in url
    assert url.count("config.resolution=") == 1
    assert "config.resolution=720" in url
    assert "config.startWithVideoMuted=false" in url
    assert "config.channelLastN=1" in url


def test_a_meeting_without_a_link_leads_to_its_post_in_the_web_app(online: Desk) -> None:
    made = post("c" * 26, online.clock.now(), type="custom_calls", props={"start_at": 1})
    online.put(lambda tx: tx.posts.put([made]))
    found = online.client.meetings.of(made)
    assert found is not None
    plan = online.client.meetings.joining.plan(found)
    assert plan.warnings == (NO_LINK,)
    assert plan.url == ""
    shown = online.client.meetings.joining.request(plan).shown.url
    assert shown == f"https://chat.example.org/mm/alpha/pl/{'c' * 26}"


def test_the_way_taken_last_is_remembered(online: Desk) -> None:
    joining = online.client.meetings.joining
    assert joining.preset() == "normal"
    joining.remember("nonsense")
    joining.remember("audio")
    online.store.flush()
    assert joining.preset() == "audio"
    assert joining.plan(meeting(online)).preset == "audio"


def test_g57_the_log_at_debug_holds_no_token(online: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    online.api.answers["enrich_meeting_token"] = Refused("tele.refused.plugin", TOKEN)
    given = meeting(online)
    assert TOKEN in real(request(online, given))
    assert "eyJ" not in caplog.text
    assert "eyJ" not in repr(given) + repr(online.client.meetings.joining.plan(given))
