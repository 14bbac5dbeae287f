"""Meeting posts show topic and place, and never their token."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.hostile import HOSTILE, raw_controls
from tui.core.meetings import (
    Meeting,
    join_url,
    leads_to,
    meeting_links,
    meeting_of,
    meeting_token,
    meetings_of,
    new_room_name,
    shown_message,
)
from tui.core.models import Post

HOSTS = frozenset({"meet.example.org"})
RECORDED: dict[str, dict[str, Any]] = {
    entry["name"]: entry["response"]
    for entry in json.loads((Path(__file__).parents[1] / "contracts/jitsi_posts.json").read_text("utf-8"))
}
START = 1_795_453_970_883
TOKEN = "eyJFAKE.TOKEN.VALUE"


def _post(type_: str, message: str = "", /, **props: Any) -> Post:
    return Post("p", "c", "anna", message, type=type_, create_at=START, update_at=START + 5, props=props)


def _recorded(name: str) -> Post:
    data = RECORDED[name]
    return Post(
        data["id"],
        data["channel_id"],
        "anna",
        data["message"],
        type=data["type"],
        create_at=data["create_at"],
        update_at=data["update_at"],
        props=data["props"],
    )


def _meeting(post: Post) -> Meeting:
    meeting = meeting_of(post, HOSTS)
    assert meeting is not None
    assert meeting.post_id == post.id
    return replace(meeting, post_id="")


def test_jitsi_without_token() -> None:
    assert _meeting(_recorded("custom_jitsi-without-jwt")) == Meeting(
        provider="jitsi",
        topic="Telearbeit",
        link="https://meet.example.org/Telearbeit-qhzvbnxkrwtyplmcdfgs",
        host="meet.example.org",
        meeting_id="Telearbeit-qhzvbnxkrwtyplmcdfgs",
        started_by="anna",
        started_at=1795453970883,
    )


def test_jitsi_with_token() -> None:
    post = _recorded("custom_jitsi-with-jwt")
    meeting = _meeting(post)
    assert (meeting.topic, meeting.link) == ("Jitsi Meeting", "https://meet.example.org/abc")
    assert (meeting.needs_token, meeting.valid_until) == (True, 1795455000_000)
    assert meeting_token(post) == TOKEN


def test_jitsi_of_an_old_plugin() -> None:
    post = _recorded("custom_jitsi-old-plugin-string-date")
    meeting = _meeting(post)
    assert (meeting.link, meeting.meeting_id) == ("https://meet.jit.si/alt-abcdef", "alt-abcdef")
    assert (meeting.needs_token, meeting.valid_until) == (True, 1795457400_000)
    assert meeting.certain
    assert meeting_token(post) == "eyJFAKE"


def test_calls_are_opened_through_their_post() -> None:
    meeting = _meeting(_recorded("custom_calls"))
    assert (meeting.provider, meeting.link, meeting.started_at) == ("calls", "", 1795453000000)
    assert meeting.certain
    assert meeting.ended_at == 0
    ended = _meeting(_post("custom_calls", start_at=START, end_at=START + 1000, title="Weekly"))
    assert (ended.ended_at, ended.topic) == (START + 1000, "Weekly")
    assert meeting_of(_post("custom_calls_recording", recording_id="x"), HOSTS) is None


def test_zoom() -> None:
    meeting = _meeting(_recorded("custom_zoom"))
    assert (meeting.provider, meeting.link, meeting.meeting_id) == (
        "zoom",
        "https://zoom.us/j/123456789",
        "123456789",
    )
    assert meeting.certain
    ended = _meeting(_post("custom_zoom", meeting_status="ENDED", meeting_end_time=START + 7))
    assert ended.ended_at == START + 7
    assert _meeting(_post("custom_zoom", meeting_status="ENDED")).ended_at == START + 5
    assert meeting_of(_post("custom_zoom", meeting_status="RECENTLY_CREATED"), HOSTS) is None
    other = _meeting(
        _post("custom_zoom", meeting_link="https://zoom.us.evil.example/j/1?pwd=a&zak=b&tk=eyJx.y")
    )
    assert (other.certain, other.link) == (False, "https://zoom.us.evil.example/j/1?pwd=a")


def test_the_placeholder_of_bigbluebutton_is_never_a_link() -> None:
    meeting = _meeting(_recorded("custom_bbb-placeholder-link"))
    assert (meeting.provider, meeting.topic, meeting.link) == ("bbb", "Besprechung", "")
    assert _meeting(_post("custom_bbb", meeting_link="https://www.google.com")).link == ""


def test_teams() -> None:
    meeting = _meeting(_recorded("custom_mstmeetings"))
    assert (meeting.provider, meeting.link) == ("teams", "https://teams.microsoft.com/l/meetup-join/x")
    assert meeting.personal
    assert meeting.certain


def test_links_in_ordinary_text() -> None:
    post = _recorded("plain-text-links")
    first, second, third = meeting_links(post.message, HOSTS)
    assert (first.link, first.fragment) == (
        "https://meet.jit.si/TelearbeitMontag",
        "config.startWithVideoMuted=true",
    )
    assert second.link == "https://8x8.vc/vpaas-magic-cookie-ef5ce88c523d41a599c8b1dc5b3ab765/Raum"
    assert third.link == "https://meet.example.org/raum"
    assert first.certain
    assert second.certain
    assert third.certain
    meeting = _meeting(post)
    assert (meeting.link, meeting.started_by, meeting.started_at) == (first.link, "anna", post.create_at)


@pytest.mark.parametrize("name", sorted(RECORDED))
def test_no_recorded_post_leaks_its_token(name: str) -> None:
    _assert_no_token(_meeting(_recorded(name)))


@pytest.mark.parametrize("name", sorted(RECORDED))
def test_g57_what_is_shown_of_a_recorded_post_has_no_token(name: str) -> None:
    assert "eyJ" not in shown_message(_recorded(name))


def test_g57_a_link_with_a_token_in_ordinary_text_is_shown_without_it() -> None:
    held = _post("", "komm: https://meet.example.org/r?jwt=abc.def bitte")
    assert shown_message(held) == "komm: https://meet.example.org/r?jwt=… bitte"
    assert shown_message(_post("", "set token=7 in the file")) == "set token=7 in the file"


def _assert_no_token(meeting: Meeting) -> None:
    shown = repr(meeting)
    assert "eyJ" not in shown
    assert re.search("jwt=(?!…)", shown) is None
    assert (
        raw_controls("".join(map(str, (meeting.topic, meeting.link, meeting.meeting_id, meeting.provider))))
        == []
    )


def test_other_plugins_are_meetings_where_they_have_an_https_link() -> None:
    meeting = _meeting(_post("custom_webex", meeting_link="https://webex.example/x#f", meeting_topic="T"))
    assert (meeting.provider, meeting.link, meeting.topic) == ("webex", "https://webex.example/x", "T")
    assert not meeting.certain
    for link in ("http://webex.example/x", "www.google.com", "", None, 5, "javascript:1", ["https://a.de"]):
        assert meeting_of(_post("custom_webex", meeting_link=link), HOSTS) is None
    assert meeting_of(_post("custom_poll", "which day?"), HOSTS) is None


def test_an_unknown_host_is_asked_about() -> None:
    assert not _meeting(_post("custom_jitsi", meeting_link="https://evil.example/room")).certain
    (maybe,) = meeting_links("see https://meet.company.example/standup", HOSTS)
    assert not maybe.certain


@pytest.mark.parametrize(
    "text",
    [
        "https://www.company.example/standup",
        "https://meet.company.example/",
        "https://meet.company.example/a/b",
        "https://meet.jit.si/static/x",
        "https://meet.jit.si/external_api.js",
        "https://meet.google.com/abc-defg-hij",
        "http://meet.jit.si/room",
        "`https://meet.jit.si/room` `jitsi-meet://meet.jit.si/room`",
        "```\nhttps://meet.jit.si/room\n```",
        "https://meet.jit.si.evil.example/room",
        "https://meet.jit.si@evil.example/room",
        "no link",
    ],
)
def test_what_is_no_meeting(text: str) -> None:
    assert meeting_links(text, HOSTS) == ()
    assert meeting_of(_post("", text), HOSTS) is None


def test_a_written_link_counts_by_its_target() -> None:
    text = "[https://meet.jit.si/a](https://evil.example/x) [join](https://meet.jit.si/b)"
    assert [meeting.link for meeting in meeting_links(text, HOSTS)] == ["https://meet.jit.si/b"]


def test_links_of_the_desktop_app_count() -> None:
    (meeting,) = meeting_links("jitsi-meet://meet.example.org/room, please", HOSTS)
    assert meeting.link == "https://meet.example.org/room"


def test_plain_http_only_for_a_configured_host() -> None:
    assert (
        _meeting(_post("custom_jitsi", meeting_link="http://meet.example.org/r")).link
        == "http://meet.example.org/r"
    )
    assert _meeting(_post("custom_jitsi", meeting_link="http://other.example/r")).link == ""


def test_links_in_what_the_server_wrote_do_not_count() -> None:
    assert meeting_of(_post("system_header_change", "https://meet.jit.si/room"), HOSTS) is None


def test_a_certain_link_is_preferred() -> None:
    post = _post("", "https://meet.unknown.example/a or https://meet.jit.si/b")
    assert _meeting(post).link == "https://meet.jit.si/b"


@pytest.mark.parametrize(
    ("value", "millis"),
    [
        (1795455000, 1795455000_000),
        ("2026-11-23 18:10:00 Z", 1795457400_000),
        ("2026-11-23 19:10:00 +01:00", 1795457400_000),
        ("2026-11-23 13:10:00 -05:00", 1795457400_000),
        (-62135596800, 0),
        (10**18, 0),
        (True, 0),
        (1.5, 0),
        ("2026-13-45 99:99:99 Z", 0),
        ("0001-01-01 00:00:00 Z", 0),
        ("2026-11-23 18:10:00 +99:00", 0),
        ("soon", 0),
        (None, 0),
        ([], 0),
    ],
)
def test_validity_in_all_its_forms(value: Any, millis: int) -> None:
    assert (
        _meeting(_post("custom_jitsi", jwt_meeting=True, jwt_meeting_valid_until=value)).valid_until == millis
    )
    assert _meeting(_post("custom_jitsi", jwt_meeting=False, jwt_meeting_valid_until=value)).valid_until == 0


_PROPS = (
    "meeting_id", "meeting_link", "meeting_topic", "default_meeting_topic", "meeting_personal", "jwt_meeting",
    "jwt_meeting_valid_until", "meeting_status", "meeting_provider", "meeting_end_time", "start_at", "end_at",
    "title", "attachments", "meeting_creator_username",
)  # fmt: skip
_TYPES = (
    "custom_jitsi",
    "custom_zoom",
    "custom_mstmeetings",
    "custom_bbb",
    "custom_calls",
    "custom_other",
    "custom_",
)
_TOKENS = (
    TOKEN,
    f"https://meet.example.org/{TOKEN}",
    f"https://meet.example.org/r?jwt={TOKEN}#config.x=%22{TOKEN}%22",
    f"https://{TOKEN}.example/r",
    f"https://meet.example.org/r?a=1&JWT={TOKEN}",
    f"https://meet.example.org/r?jwt=secret#jwt={TOKEN}&config.token={TOKEN}",
    f"topic ?jwt={TOKEN} more",
    f"ey\u200bJFAKE.TOKEN.VALUE {TOKEN}",
)


@pytest.mark.parametrize("type_", _TYPES)
@pytest.mark.parametrize("value", _TOKENS)
def test_a_token_in_any_prop_goes_nowhere(type_: str, value: str) -> None:
    type_ = f"custom_{type_}"
    for key in _PROPS:
        props = {"meeting_link": "https://meet.example.org/r", "jwt_meeting": True, key: value}
        meeting = meeting_of(_post(type_, value, **props), HOSTS)
        if meeting is not None:
            _assert_no_token(meeting)
            assert "eyJ" not in join_url(meeting, name="Anna")
    meeting = meeting_of(_post("", value), HOSTS)
    if meeting is not None:
        _assert_no_token(meeting)


@pytest.mark.parametrize("type_", _TYPES)
def test_f49_hostile_props_are_harmless(type_: str) -> None:
    for text in HOSTILE:
        props = dict.fromkeys(_PROPS, text)
        linked = {**props, "meeting_link": f"https://meet.example.org/{text}"}
        for meeting in (
            meeting_of(_post(f"custom_{type_}", text, **props), HOSTS),
            meeting_of(_post(f"custom_{type_}", **linked), HOSTS),
        ):
            if meeting is not None:
                _assert_no_token(meeting)
                assert len(meeting.topic) <= 300


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@given(st.sampled_from(_TYPES), st.dictionaries(st.sampled_from(_PROPS), _json))
def test_every_prop_may_be_of_any_type(type_: str, props: dict[str, Any]) -> None:
    post = _post(f"custom_{type_}", **props)
    meeting = meeting_of(post, HOSTS)
    meeting_token(post)
    assert type_ != "jitsi" or meeting is not None
    if meeting is not None:
        assert isinstance(meeting.topic, str)
        assert meeting.valid_until >= 0
        assert isinstance(hash(meeting), int)


@given(st.text())
def test_every_text_can_be_searched_for_meetings(text: str) -> None:
    for meeting in meeting_links(f"https://{text} jitsi-meet://{text}", HOSTS):
        assert meeting.link


def test_the_token_is_given_out_only_where_it_is_one() -> None:
    link = f"https://a.de/r?jwt={TOKEN}"
    assert meeting_token(_post("custom_jitsi", meeting_link=link)) == TOKEN
    assert meeting_token(_post("custom_jitsi", meeting_jwt="a b\x1b", meeting_link="x")) == ""
    assert meeting_token(_post("custom_zoom", meeting_jwt=TOKEN)) == ""
    assert meeting_token(_post("custom_jitsi")) == ""


def test_joining() -> None:
    post = _recorded("custom_jitsi-with-jwt")
    url = join_url(_meeting(post), name="Anna", preset="audio", token=meeting_token(post))
    assert url.startswith(f"https://meet.example.org/abc?jwt={TOKEN}#config.startAudioOnly=true")
    assert "userInfo.displayName=%22Anna%22" in url
    zoom = _meeting(_recorded("custom_zoom"))
    assert join_url(zoom, name="Anna") == zoom.link
    assert join_url(Meeting("jitsi")) == ""
    assert new_room_name(bytes(13)).startswith("team-")


def test_the_topic_of_our_own_announcement_is_in_its_props() -> None:
    one = replace(
        _post("", "Komm: https://meet.example.org/Erste"), props={"meeting_topic": "Plan\x1b[2J eyJ.a.b"}
    )
    (meeting,) = meetings_of(one, HOSTS)
    assert meeting.topic.startswith("Plan")
    assert "\x1b" not in meeting.topic
    two = replace(one, message=f"{one.message} https://meet.example.org/Zweite")
    assert [found.topic for found in meetings_of(two, HOSTS)] == ["", ""]
    odd = replace(one, props={"meeting_topic": ["Plan"]})
    assert [found.topic for found in meetings_of(odd, HOSTS)] == [""]


def test_a_text_with_several_links_has_as_many_meetings() -> None:
    text = "https://meet.example.org/Erste and https://meet.example.org/Zweite?jwt=eyJ.a.b#config.x=1"
    first, second = meetings_of(_post("", text), HOSTS)
    assert (first.meeting_id, second.meeting_id, second.post_id) == ("Erste", "Zweite", "p")
    assert leads_to("https://meet.example.org/Zweite?jwt=eyJ.a.b#config.x=1", second)
    assert not leads_to("https://meet.example.org/Erste", second)
    assert not leads_to("https://evil.example/Zweite", second)
    assert not leads_to("", Meeting("calls"))
